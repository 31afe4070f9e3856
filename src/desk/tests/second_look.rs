//! Derived values put right by hand: a second person looks before anything is registered, and papers say so.

use serde_json::json;

use super::couple::{but, couple};
use super::*;
use crate::domain::document::Binding;
use crate::domain::id_number::check_character;

/// A man born in 2010, by his number.
fn young() -> String {
    let body = "33052120100101001";
    format!("{body}{}", check_character(body).unwrap())
}

/// A couple whose man is old enough by hand alone.
fn put_right(n: u32) -> serde_json::Value {
    but(
        couple(n),
        &[
            ("man.id_no", json!(young())),
            (
                "overrides",
                json!({"man.birth": {"value": "1990-01-01", "reason": "证件登记有误"}}),
            ),
        ],
    )
}

fn submit_with(hall: &mut Hall, second: Option<&str>, couple: &serde_json::Value) -> Result<Submitted, Problem> {
    let mut session = hall.sign_in("registrar");
    if let Some(second) = second {
        hall.registry.sign_in_second(&mut session, second, "training")?;
    }
    hall.registry
        .submit(&session, "marriage", couple, SubmitOptions::default())
}

#[test]
fn nobody_makes_somebody_older_alone() {
    let mut hall = Hall::new();
    let alone = submit_with(&mut hall, None, &put_right(1)).unwrap();
    assert_eq!((alone.outcome, &alone.case), (Outcome::Incomplete, &None));
    let open = alone.findings.iter().find(|finding| finding.stops()).unwrap();
    assert_eq!(
        (open.rule.as_str(), open.field.as_deref()),
        (UNAPPROVED, Some("man.birth"))
    );
    for (second, code) in [
        ("registrar", "not-allowed.own"),
        ("clerk", "not-allowed"),
        ("auditor", "not-allowed"),
    ] {
        let refused = submit_with(&mut hall, Some(second), &put_right(1)).unwrap_err();
        assert_eq!(refused.code, code, "{second}");
    }
    for (n, second) in [(2, "registrar2"), (3, "supervisor")] {
        let mut couple = put_right(n);
        couple["woman"]["id_no"] = super::couple::couple(n)["woman"]["id_no"].clone();
        couple["man"]["id_no"] = json!(super::couple::id(2 * n + 1));
        couple["overrides"] = json!({"man.birth": {"value": "1990-03-08", "reason": "户口簿如此"}});
        let done = submit_with(&mut hall, Some(second), &couple).unwrap();
        assert_eq!(done.outcome, Outcome::Registered, "{:?}", done.findings);
        let view = hall.case(done.case.as_deref().unwrap());
        let step = view.steps.iter().find(|step| step.step == "approve").unwrap();
        assert_eq!(step.actor, second);
    }
    hall.verify();
}

#[test]
fn a_registrar_may_go_on_with_what_a_clerk_put_right_and_not_with_their_own() {
    let mut hall = Hall::new();
    let accepted_by = |hall: &mut Hall, who: &str, n| {
        let couple = put_right(n);
        let couple = but(couple, &[("woman.id_no", json!(super::couple::id(2 * n)))]);
        let mut handed = HandedIn::new("marriage", super::couple::answers(&couple));
        handed.wish = Wish::Accept;
        let session = hall.sign_in(who);
        let accepted = hall.registry.hand_in(&session, &handed, false).unwrap();
        handed.wish = Wish::Finish;
        handed.case = accepted.case.clone();
        (accepted, handed)
    };
    let (accepted, handed) = accepted_by(&mut hall, "clerk", 1);
    assert_eq!(accepted.outcome, Outcome::Accepted, "{:?}", accepted.findings);
    let registrar = hall.sign_in("registrar");
    let done = hall.registry.hand_in(&registrar, &handed, false).unwrap();
    assert_eq!(done.outcome, Outcome::Registered, "{:?}", done.findings);
    // Another value than the one that was accepted is the registrar's own.
    hall = Hall::new();
    let (_, mut handed) = accepted_by(&mut hall, "clerk", 1);
    if let Given::Form(answers) = &mut handed.answers {
        let put = answers.overrides.get_mut("man.birth").unwrap();
        put.value = crate::forms::Answer::Text("1991-01-01".into());
    }
    let registrar = hall.sign_in("registrar");
    let done = hall.registry.hand_in(&registrar, &handed, false).unwrap();
    assert_eq!(done.outcome, Outcome::Incomplete);
}

#[test]
fn papers_say_that_a_value_was_put_right_by_whom_and_why() {
    let mut hall = Hall::new();
    let done = submit_with(&mut hall, Some("registrar2"), &put_right(1)).unwrap();
    let paper = |name: &str| {
        let found = done.documents.iter().find(|paper| paper.document.name == name);
        &found.unwrap().document
    };
    let note = paper("marriage-review").text("note").unwrap();
    for part in ["男方出生日期", "2010年01月01日", "证件登记有误"] {
        assert!(note.contains(part), "{note}");
    }
    let Some(Binding::Rows(rows)) = paper("marriage-check").bindings.get("rows") else {
        panic!("no rows");
    };
    let birth = rows.iter().find(|row| row["label"] == "出生日期").unwrap();
    assert!(!birth["source"].contains("号码得出"), "{birth:?}");
    let why = rows.iter().find(|row| row["label"].contains("更正")).unwrap();
    let registrar = hall.sign_in("registrar").display().to_owned();
    let second = hall.sign_in("registrar2").display().to_owned();
    for part in ["2010年01月01日", "证件登记有误", &registrar, &second] {
        assert!(why["man"].contains(part), "{why:?}");
    }
    // Of the woman nothing was put right.
    assert_eq!(why["woman"], "");
}

#[test]
fn a_couple_that_is_only_recorded_is_registered_on_no_paper() {
    let mut hall = Hall::never();
    let done = hall.submit(&couple(1));
    assert_eq!(done.outcome, Outcome::Recorded);
    let review = done
        .documents
        .iter()
        .find(|paper| paper.document.name == "marriage-review");
    let review = &review.unwrap().document;
    let (opinion, day) = (review.text("opinion").unwrap(), review.text("registered_on").unwrap());
    assert!(opinion.contains("待并网") && !opinion.contains("准予登记"), "{opinion}");
    assert!(day.contains("待并网") && !day.contains("2026"), "{day}");
}
