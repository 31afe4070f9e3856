//! A couple from answers to a certificate, or to the reason why not.

use serde_json::json;

use super::couple::{but, couple};
use super::*;
use crate::domain::finding::Severity;

#[test]
fn i3_a_couple_gets_the_next_number_two_blanks_and_every_paper() {
    let mut hall = Hall::new();
    for (n, number) in [(1, "J330521-2026-000001"), (2, "J330521-2026-000002")] {
        let done = hall.submit(&couple(n));
        assert_eq!(
            (done.outcome, done.number.as_deref()),
            (Outcome::Registered, Some(number)),
            "{:?}",
            done.findings
        );
        let names: Vec<&str> = done
            .documents
            .iter()
            .map(|paper| paper.document.name.as_str())
            .collect();
        let expected = [
            "marriage-declaration-man",
            "marriage-declaration-woman",
            "marriage-review",
            "marriage-check",
            "marriage-certificate-man",
            "marriage-certificate-man-full",
            "marriage-certificate-woman",
            "marriage-certificate-woman-full",
        ];
        assert_eq!(names, expected);
        let view = hall.case(number);
        let certificate = view.certificate.unwrap();
        assert_eq!(
            (certificate.state.as_str(), certificate.confirmation.as_str()),
            ("valid", "pending")
        );
        let serial = |place| Some(format!("练J{:07}", 2 * (n - 1) + place));
        assert_eq!(
            (certificate.blank_first, certificate.blank_second),
            (serial(1), serial(2))
        );
        let steps: Vec<&str> = view.steps.iter().map(|step| step.step.as_str()).collect();
        assert_eq!(steps, ["pre_check", "accept", "review", "register"]);
    }
    assert_eq!(hall.blanks(), 1996);
    hall.verify();
}

#[test]
fn i8_the_certificate_says_what_was_examined() {
    let mut hall = Hall::new();
    let done = hall.submit(&couple(3));
    let paper = |name: &str| done.documents.iter().find(|paper| paper.document.name == name).unwrap();
    let (review, certificate) = (paper("marriage-review"), paper("marriage-certificate-woman"));
    for field in ["name", "sex", "nationality", "birth", "id_no"] {
        for side in ["man", "woman"] {
            let path = format!("{side}.{field}");
            let said = certificate.document.text(&path).unwrap();
            assert_eq!(review.document.text(&path), Some(said));
            assert!(!said.is_empty(), "{path}");
        }
    }
    assert_eq!(certificate.document.text("number"), done.number.as_deref());
    assert_eq!(certificate.document.text("holder"), Some("李乸"));
    assert_eq!(certificate.document.record_sha256, review.document.record_sha256);
    assert!(certificate.document.specimen);
}

#[test]
fn without_a_block_a_couple_is_recorded_with_a_slip_and_no_certificate_prints() {
    let mut hall = Hall::never();
    let done = hall.submit(&couple(1));
    assert_eq!(
        (done.outcome, done.number.as_deref()),
        (Outcome::Recorded, Some("W330521-2026-000001"))
    );
    assert!(
        done.documents
            .iter()
            .all(|paper| !paper.document.name.contains("certificate"))
    );
    assert_eq!(hall.blanks(), 2000);
    let certificate = hall.case("w330521-2026-000001").certificate.unwrap();
    assert_eq!(
        (certificate.state.as_str(), certificate.confirmation.as_str()),
        ("recorded", "pending")
    );
    assert_eq!(certificate.blank_first, None);
    hall.verify();
}

#[test]
fn i6_a_check_that_was_not_made_never_leads_to_a_certificate_where_the_province_gives_the_numbers() {
    let mut hall = Hall::never();
    let number = "J330521-2026-200123";
    let unchecked = but(
        couple(1),
        &[
            ("check.woman", json!("not_checked")),
            ("case.number", json!(number)),
            ("confirm.not-checked-woman", json!({"reason": "断网，看了身份证原件"})),
        ],
    );
    let done = hall.submit(&unchecked);
    assert_eq!(
        (done.outcome, done.number.as_deref()),
        (Outcome::Recorded, Some("W330521-2026-000001"))
    );
    assert!(done.findings.iter().any(|finding| finding.rule == "number.held"));
    assert_eq!(hall.blanks(), 2000);
    // Nobody got the number: with the checks made it goes to whom the province gave it.
    let checked = but(couple(2), &[("case.number", json!(number))]);
    let done = hall.submit(&checked);
    assert_eq!(
        (done.outcome, done.number.as_deref()),
        (Outcome::Registered, Some(number))
    );
    hall.verify();
}

#[test]
fn i6_a_check_that_was_not_made_needs_somebody_to_say_why() {
    let mut hall = Hall::new();
    let before = hall.entries();
    let unchecked = but(couple(1), &[("check.man", json!("not_checked"))]);
    let open = hall.submit(&unchecked);
    assert_eq!((open.outcome, open.case.as_deref()), (Outcome::Incomplete, None));
    let asked: Vec<&str> = open
        .findings
        .iter()
        .filter(|f| f.stops())
        .map(|f| f.rule.as_str())
        .collect();
    assert_eq!(asked, ["not-checked-man"]);
    let empty = but(
        unchecked.clone(),
        &[("confirm.not-checked-man", json!({"reason": " \u{200b}"}))],
    );
    assert_eq!(hall.submit(&empty).outcome, Outcome::Incomplete);
    // Nothing was written but the auditor's and the registrar's own sign-ins.
    assert_eq!(hall.entries() - before, 3);
    let said = but(unchecked, &[("confirm.not-checked-man", json!({"reason": "系统停机"}))]);
    let done = hall.submit(&said);
    assert_eq!(done.outcome, Outcome::Registered);
    let view = hall.case(done.number.as_deref().unwrap());
    assert_eq!(
        view.confirmed,
        [("not-checked-man".into(), "系统停机".into(), "registrar".into())]
    );
}

#[test]
fn i6_what_nobody_answered_is_missing_and_never_taken_for_fine() {
    let mut hall = Hall::new();
    for path in [
        "man.id_type",
        "man.id_no",
        "man.name",
        "man.ethnicity",
        "man.declared_status",
        "woman.id_no",
        "check.man",
        "check.woman",
    ] {
        let without = but(couple(1), &[(path, json!(null))]);
        let open = hall.submit(&without);
        assert_eq!(open.outcome, Outcome::Incomplete, "{path}");
        let named = |f: &crate::domain::finding::Finding| f.stops() && f.field.as_deref() == Some(path);
        assert!(open.findings.iter().any(named), "{path}: {:?}", open.findings);
    }
    for path in ["man.occupation", "woman.education", "man.phone", "woman.hukou_address"] {
        let n = 10 + u32::try_from(path.len()).unwrap();
        let without = but(couple(n), &[(path, json!(null))]);
        let done = hall.submit(&without);
        assert_eq!(done.outcome, Outcome::Registered, "{path}: {:?}", done.findings);
        let named =
            |f: &crate::domain::finding::Finding| f.severity == Severity::Warn && f.field.as_deref() == Some(path);
        assert!(done.findings.iter().any(named), "{path}");
    }
}

#[test]
fn i3_a_number_of_the_province_is_this_registrys_of_this_year_and_nobodys_yet() {
    let mut hall = Hall::never();
    let typed = |n, number: &str| but(couple(n), &[("case.number", json!(number))]);
    let stopped = |hall: &mut Hall, couple| {
        let open = hall.submit(&couple);
        assert_eq!(open.outcome, Outcome::Incomplete);
        open.findings.iter().find(|f| f.stops()).unwrap().rule.clone()
    };
    let done = hall.submit(&typed(1, "J330521-2026-200777"));
    assert_eq!(done.number.as_deref(), Some("J330521-2026-200777"));
    assert_eq!(stopped(&mut hall, typed(2, "J330521-2026-200777")), "number.taken");
    assert_eq!(stopped(&mut hall, typed(2, "L330521-2026-000778")), "number.kind");
    assert_eq!(stopped(&mut hall, typed(2, "J330522-2026-000778")), "number.registry");
    assert_eq!(stopped(&mut hall, typed(2, "J330521-2025-000778")), "number.year");
    assert_eq!(
        stopped(&mut hall, typed(2, "J330521-2026-77")),
        "answer.certificate-number"
    );
    // What is known from archives, or is our own slip, is not passed over as if nothing had been typed.
    assert_eq!(stopped(&mut hall, typed(2, "W330521-2026-000001")), "number.slip");
    assert_eq!(stopped(&mut hall, typed(2, "BJ330521-2026-000778")), "number.kind");
    assert_eq!(stopped(&mut hall, typed(2, "政字第2002208号")), "number.form");
    hall.verify();
}

#[test]
fn i3_a_number_typed_in_never_lies_in_a_block_given_out_here() {
    let mut hall = Hall::new();
    let typed = but(couple(1), &[("case.number", json!("J330521-2026-000002"))]);
    let open = hall.submit(&typed);
    assert_eq!(
        open.findings.iter().find(|f| f.stops()).unwrap().rule,
        "number.in-block"
    );
    // Had it been taken, the block would stop here for good.
    for n in 2..5 {
        assert_eq!(hall.submit(&couple(n)).outcome, Outcome::Registered);
    }
    hall.verify();
}

#[test]
fn i3_no_block_is_opened_over_numbers_that_certificates_bear() {
    let mut hall = Hall::never();
    let number = "J330521-2026-150000";
    assert_eq!(
        hall.submit(&but(couple(1), &[("case.number", json!(number))])).outcome,
        Outcome::Registered
    );
    let (supervisor, admin) = (hall.sign_in("supervisor"), hall.sign_in("admin"));
    hall.registry.set_setting(&admin, "issue_offline", "own_block").unwrap();
    let mut open = |first, last| {
        hall.registry
            .open_block(&supervisor, first, last, "断网")
            .map_err(|p| p.code)
    };
    assert_eq!(
        open("J330521-2026-149000", "J330521-2026-151000"),
        Err("block.overlaps")
    );
    assert_eq!(open("J330521-2026-150001", "J330521-2026-151000"), Ok(()));
}

#[test]
fn i2_without_blanks_nothing_is_registered_and_no_number_is_used() {
    let mut hall = Hall::new();
    let session = hall
        .registry
        .sign_in("registrar", "training", "9", Clock::Fixed(nine()))
        .unwrap();
    let json = couple(1);
    let open = hall
        .registry
        .submit(&session, "marriage", &json, SubmitOptions::default())
        .unwrap();
    assert_eq!(open.outcome, Outcome::Incomplete);
    assert!(
        open.findings.iter().any(|f| f.rule == "blanks" && f.stops()),
        "{:?}",
        open.findings
    );
    let done = hall.submit(&json);
    assert_eq!(done.number.as_deref(), Some("J330521-2026-000001"));
    assert_eq!(done.case.as_deref(), Some("C330521-2026-000001"));
}

#[test]
fn a_licence_that_ran_out_registers_nobody_though_it_held_at_sign_in() {
    let mut hall = Hall::new();
    let (admin, session) = (hall.sign_in("admin"), hall.sign_in("registrar"));
    hall.registry
        .set_licence(&admin, "registrar", nine().date().pred_opt())
        .unwrap();
    let refused = hall
        .registry
        .submit(&session, "marriage", &couple(1), SubmitOptions::default());
    assert_eq!(refused.unwrap_err().code, "not-allowed.licence");
    assert_eq!(hall.blanks(), 2000);
    let clerk = hall.sign_in("clerk");
    let refused = hall
        .registry
        .submit(&clerk, "marriage", &couple(1), SubmitOptions::default());
    assert_eq!(refused.unwrap_err().code, "not-allowed");
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let mut hall = Hall::new();
    let session = hall.sign_in("registrar");
    let before = hall.entries();
    let dry = SubmitOptions { dry_run: true };
    let json = but(couple(1), &[("key", json!("k"))]);
    let told = hall.registry.submit(&session, "marriage", &json, dry).unwrap();
    assert_eq!(
        (told.outcome, told.number, told.documents.len()),
        (Outcome::Registered, None, 0)
    );
    assert_eq!((hall.entries() - before, hall.blanks()), (1, 2000));
    assert_eq!(hall.submit(&json).number.as_deref(), Some("J330521-2026-000001"));
}
