//! One person, however they are asked for.

use serde_json::json;

use super::couple::{but, couple, id};
use super::*;
use crate::store::{CertificateRow, PartyRow};

fn found(hall: &mut Hall, query: &str) -> usize {
    let session = hall.sign_in("registrar");
    hall.registry.find(&session, query).unwrap().lines.len()
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let mut hall = Hall::new();
    for (n, name) in (1..).zip([
        "阿卜杜热合曼·买买提",
        "吕布",
        "葛\u{E0100}城",
        "Zhang Wei",
        "𠮷野家",
        "José Núñez",
    ]) {
        let done = hall.submit(&but(couple(n), &[("man.name", json!(name))]));
        assert_eq!(done.outcome, Outcome::Registered, "{:?}", done.findings);
    }
    for query in [
        "阿卜杜热合曼•买买提",
        "阿卜杜热合曼.买买提",
        "阿卜杜热合曼、买买提",
        "阿卜杜热合曼买买提",
        "阿卜杜热合曼",
        "吕布",
        "吕　布",
        "lvbu",
        "lubu",
        "LÜBU",
        "葛城",
        "葛\u{E0100}城",
        "Zhang Wei",
        "zhang wei",
        "ZHANGWEI",
        "zw",
        "U+20BB7野家",
        "josé núñez",
        "JOSE",
    ] {
        assert_eq!(found(&mut hall, query), 1, "{query}");
    }
    assert_eq!(found(&mut hall, "张伟"), 0);
}

#[test]
fn a_number_finds_the_person_under_the_old_one_and_the_new_one() {
    let mut hall = Hall::new();
    hall.submit(&couple(1));
    let long = id(3);
    let short = format!("{}{}", &long[..6], &long[8..17]);
    let spaced = format!("{} {} {}", &long[..6], &long[6..14], &long[14..]);
    for query in [&long, &short, &spaced, &long.to_lowercase()] {
        assert_eq!(found(&mut hall, query), 1, "{query}");
    }
    // An archive of the eighties has the number of 15 digits.
    let session = hall.sign_in("admin");
    let entry = crate::desk::registry::Act::new("test", "").entry(&session);
    let row = CertificateRow {
        number: "政字第2002208号".into(),
        kind: "marriage".into(),
        registered_on: nine().date(),
        case: None,
        state: "valid".into(),
        origin: "imported".into(),
        confirmation: "none".into(),
        blank_first: None,
        blank_second: None,
        first_name: "王老五".into(),
        first_id: "330521490307001".into(),
        second_name: "李四".into(),
        second_id: String::new(),
    };
    let party = PartyRow {
        side: "man".into(),
        name: row.first_name.clone(),
        id_no: row.first_id.clone(),
        birth: None,
    };
    hall.registry
        .store
        .write(entry, |tx| {
            let id = tx.insert_certificate(&row)?;
            tx.insert_party(id, &party)
        })
        .unwrap();
    for query in ["330521490307001", "330521194903070012", "330521 19490307 0012"] {
        assert_eq!(found(&mut hall, query), 1, "{query}");
    }
}
