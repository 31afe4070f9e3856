//! Seeded records verify, and everybody in them is found in every way.

use super::*;

#[test]
fn seeded_people_are_found_in_every_way_and_the_record_verifies() {
    let mut hall = Hall::new();
    let admin = hall.sign_in("admin");
    let mut last = (0, 0);
    let seeded = hall
        .registry
        .seed(&admin, 20_300, &mut |done, of| last = (done, of))
        .unwrap();
    assert_eq!((seeded.records, last), (20_300, (20_300, 20_300)));
    let registrar = hall.sign_in("registrar");
    for n in (1..300).step_by(37) {
        let number = format!("J{}-2010-{n:06}", seeded.code);
        let line = hall.registry.find(&registrar, &number).unwrap().lines.remove(0);
        let row = hall
            .registry
            .read(|reader| Ok(reader.certificate_by_number(&number)?.unwrap()))
            .unwrap();
        let keys = crate::domain::name::name_keys(&row.second_name);
        let (id, name) = (&row.second_id, &row.second_name);
        for query in [
            id.clone(),
            id[14..].to_owned(),
            format!("{name} {}", &id[14..]),
            id.to_lowercase(),
        ] {
            let found = hall.registry.find(&registrar, &query).unwrap();
            assert!(found.lines.contains(&line), "{query}: {found:?}");
        }
        for query in [name.clone(), keys.pinyin, keys.initials] {
            let found = hall.registry.find(&registrar, &query).unwrap();
            assert!(found.more || found.lines.contains(&line), "{query}: {found:?}");
        }
        assert!(line.first_id.contains("********") && !line.first_id.contains(&row.first_id[6..14]));
    }
    // One in a hundred is a case of our own, with all that belongs to one.
    let own = "J330521-2026-000100";
    let view = hall.case(own);
    assert_eq!(
        (view.outcome.as_str(), view.steps.len(), view.documents.len()),
        ("registered", 4, 8)
    );
    let name = view
        .values
        .iter()
        .find(|value| value.path == "woman.name")
        .unwrap()
        .text
        .clone();
    let found = hall.registry.find(&registrar, &name).unwrap();
    assert!(
        found.more || found.lines.iter().any(|line| line.number == own),
        "{name}"
    );
    hall.verify();
}
