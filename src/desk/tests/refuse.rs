//! Cases the law says no to, and cases that need a person's word.

use chrono::NaiveDate;
use serde_json::json;

use super::couple::{answers, but, couple, id};
use super::*;
use crate::domain::finding::{Finding, Severity};

/// A man who is 22 the day after the tests' day.
const TOO_YOUNG: &str = "330521200411250015";

#[test]
fn i10_a_refusal_names_the_article_and_the_next_step_and_is_written_on_demand_alone() {
    let mut hall = Hall::new();
    let young = but(couple(1), &[("man.id_no", json!(TOO_YOUNG))]);
    let before = hall.entries();
    let said = hall.submit(&young);
    assert_eq!(
        (said.outcome, said.case.as_deref(), said.documents.len()),
        (Outcome::Refused, None, 0)
    );
    assert_eq!(hall.entries() - before, 2);
    let refused = hall.submit(&but(young, &[("close_as_refused", json!(true))]));
    assert_eq!((refused.outcome, refused.number.as_deref()), (Outcome::Refused, None));
    let [paper] = refused.documents.as_slice() else {
        panic!("{:?}", refused.documents)
    };
    assert_eq!(paper.document.name, "marriage-refusal");
    let crate::domain::document::Binding::Rows(grounds) = &paper.document.bindings["grounds"] else {
        panic!()
    };
    assert_eq!(grounds.len(), 1);
    assert!(grounds[0]["says"].contains("2026-11-25") && grounds[0]["article"].contains("第一千零四十七条"));
    assert!(paper.document.text("next").unwrap().contains("行政复议"));
    let view = hall.case(refused.case.as_deref().unwrap());
    assert_eq!(
        (view.state.as_str(), view.outcome.as_str(), view.certificate),
        ("closed", "refused", None)
    );
    assert_eq!(hall.blanks(), 2000);
    hall.verify();
}

#[test]
fn i10_every_finding_that_stops_says_why_or_what_is_missing() {
    let mut hall = Hall::new();
    let wrong = [
        ("man.declared_status", json!("20")),
        ("woman.declared_status", json!("90")),
        ("man.id_no", json!("330521200411250015")),
        ("woman.nationality", json!("FRA")),
        ("man.id_type", json!("passport")),
        ("woman.id_no", json!(id(3))),
        ("check.man", json!("disagrees")),
    ];
    for change in wrong {
        let said = hall.submit(&but(couple(1), std::slice::from_ref(&change)));
        assert!(!said.done(), "{change:?}");
        for finding in said.findings.iter().filter(|finding| finding.stops()) {
            assert!(
                !finding.says.is_empty() && !finding.says.contains('{') && !finding.says.contains('…'),
                "{finding:?}"
            );
            assert!(finding.severity > crate::domain::finding::Severity::Refuse || finding.article.is_some());
        }
    }
}

#[test]
fn i10_a_person_refuses_on_each_ground_of_the_law_that_no_rule_computes() {
    let mut hall = Hall::new();
    let grounds = forms().grounds();
    assert!(grounds.len() >= 3, "{grounds:?}");
    for (n, ground) in (1..).zip(grounds) {
        assert!(ground.article.is_some(), "{ground:?}");
        let session = hall.sign_in("registrar");
        let mut handed = HandedIn::new("marriage", answers(&couple(n)));
        handed.ground = Some(ground.rule.clone());
        let said = hall.registry.hand_in(&session, &handed, false).unwrap();
        assert_eq!((said.outcome, said.case), (Outcome::Refused, None));
        handed.wish = Wish::FinishOrRefuse;
        let refused = hall.registry.hand_in(&session, &handed, false).unwrap();
        assert_eq!((refused.outcome, refused.documents.len()), (Outcome::Refused, 1));
    }
    let session = hall.sign_in("supervisor");
    let view = hall.registry.day_view(&session, nine().date()).unwrap();
    assert!(view.refusals.iter().all(|line| line.n == 1 && !line.article.is_empty()));
    hall.verify();
}

#[test]
fn what_is_no_ground_refuses_nobody_and_registers_nobody() {
    let mut hall = Hall::new();
    let session = hall.sign_in("registrar");
    for code in ["answer.wanted", "number.held", "no-such-ground"] {
        let mut handed = HandedIn::new("marriage", answers(&couple(1)));
        handed.ground = Some(code.to_owned());
        handed.wish = Wish::FinishOrRefuse;
        assert_eq!(
            hall.registry.hand_in(&session, &handed, false).unwrap_err().code,
            "refuse.ground",
            "{code}"
        );
    }
    assert_eq!(hall.blanks(), 2000);
}

fn stopped_by(said: &Submitted) -> Vec<&str> {
    said.findings
        .iter()
        .filter(|finding| finding.stops())
        .map(|finding| finding.rule.as_str())
        .collect()
}

#[test]
fn a_marriage_in_our_record_asks_for_a_persons_word_whatever_number_it_is_under() {
    let mut hall = Hall::new();
    assert_eq!(hall.submit(&couple(1)).outcome, Outcome::Registered);
    let again = but(couple(2), &[("man.id_no", json!(id(3)))]);
    let open = hall.submit(&again);
    assert_eq!(stopped_by(&open), ["running-marriage-man"]);
    assert!(open.findings[0].says.contains("J330521-2026-000001"));
    let said = but(
        again,
        &[("confirm.running-marriage-man", json!({"reason": "看了杭州的离婚证"}))],
    );
    assert_eq!(hall.submit(&said).outcome, Outcome::Registered);
    // A couple that was only recorded is married as far as this record knows.
    let mut never = Hall::never();
    assert_eq!(never.submit(&couple(1)).outcome, Outcome::Recorded);
    let open = never.submit(&couple(1));
    assert_eq!(stopped_by(&open), ["running-marriage-man", "running-marriage-woman"]);
}

#[test]
fn a_divorce_elsewhere_ends_a_marriage_and_a_registered_death_stops_everything() {
    let mut hall = Hall::new();
    assert_eq!(hall.submit(&couple(1)).outcome, Outcome::Registered);
    hall.event(&id(3), "divorce", nine().date());
    hall.event(&id(2), "divorce", nine().date());
    hall.event(&id(6), "death", NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    let done = hall.submit(&couple(1));
    assert_eq!(done.outcome, Outcome::Registered, "{:?}", done.findings);
    let open = hall.submit(&couple(3));
    assert_eq!(stopped_by(&open), ["registered-death-woman"]);
    // Nobody who stands here died; the law says no to whoever bears the number, with a paper that says why.
    let closed = hall.submit(&but(couple(3), &[("close_as_refused", json!(true))]));
    assert_eq!((closed.outcome, closed.documents.len()), (Outcome::Refused, 1));
    assert!(open.findings[0].says.contains("2026-01-05"));
    hall.verify();
}

#[test]
fn i2_the_same_couple_is_found_before_acceptance_whichever_way_it_came() {
    let mut hall = Hall::new();
    let elsewhere = hall
        .registry
        .sign_in("clerk", "training", "2", Clock::Fixed(nine()))
        .unwrap();
    let mut draft = Draft::new(&elsewhere, "marriage").unwrap();
    draft.answers = answers(&couple(1));
    hall.registry.save_draft(&elsewhere, &mut draft).unwrap();
    let open = hall.submit(&couple(1));
    assert_eq!(stopped_by(&open), ["couple-case"]);
    assert!(open.findings[0].says.contains("2号窗口"), "{}", open.findings[0].says);
    // Handed in to acceptance - at a desk without blanks, which only who registers needs -, the draft goes and the case is what is found.
    let mut handed = HandedIn::new("marriage", draft.answers.clone());
    (handed.wish, handed.draft) = (Wish::Accept, Some(draft.id));
    let accepted = hall.registry.hand_in(&elsewhere, &handed, false).unwrap();
    assert_eq!(accepted.outcome, Outcome::Accepted);
    assert!(hall.registry.drafts(&elsewhere).unwrap().is_empty());
    let open = hall.submit(&couple(1));
    assert_eq!(stopped_by(&open), ["open-case-man", "couple-case", "open-case-woman"]);
    assert!(open.findings[0].says.contains("C330521-2026-000001"));
    // The screen, typing the couple anew, hears it as well.
    let typed = hall
        .registry
        .examine(&elsewhere, "marriage", &draft.answers, None, None)
        .unwrap();
    let heard = |rule: &str| typed.findings.iter().any(|finding: &Finding| finding.rule == rule);
    assert!(heard("couple-case") && heard("open-case-man"));
    // Going on with the case itself is no twin.
    let elsewhere = hall.sign_in("registrar");
    handed.wish = Wish::Finish;
    handed.draft = None;
    handed.case = accepted.case.clone();
    let done = hall.registry.hand_in(&elsewhere, &handed, false).unwrap();
    assert_eq!((done.outcome, done.case), (Outcome::Registered, accepted.case));
    hall.verify();
}

#[test]
fn i11_a_reason_that_no_paper_has_room_for_or_that_hides_something_is_told_before_anything_is_written() {
    let mut hall = Hall::new();
    let session = hall.sign_in("registrar");
    let mut code = |reason: &str| {
        let unchecked = [
            ("check.man", json!("not_checked")),
            ("confirm.not-checked-man", json!({"reason": reason})),
        ];
        let json = but(couple(1), &unchecked);
        let done = hall
            .registry
            .submit(&session, "marriage", &json, SubmitOptions::default());
        done.map(|done| done.outcome).map_err(|problem| problem.code)
    };
    assert_eq!(code(&"断".repeat(61)), Err("reason.long"));
    assert_eq!(code("断网\u{7}"), Err("submit.json"));
    assert_eq!(code(&"断".repeat(60)), Ok(Outcome::Registered));
}

#[test]
fn i10_what_the_law_does_not_allow_can_be_closed_with_its_article() {
    let mut hall = Hall::new();
    let close = ("close_as_refused", json!(true));
    let cases = [
        ("not-voluntary-woman", ("woman.voluntary", json!(false))),
        ("kinship", ("case.kinship", json!(true))),
        ("same-sex", ("woman.id_no", json!(id(5)))),
        ("spouse-declared-man", ("man.declared_status", json!("20"))),
        ("nationality-woman", ("woman.nationality", json!("FRA"))),
        ("ground.kinship", ("ground", json!("ground.kinship"))),
        ("ground.has-spouse", ("ground", json!("ground.has-spouse"))),
        ("ground.documents", ("ground", json!("ground.documents"))),
    ];
    for (n, (rule, change)) in (1..).zip(cases) {
        let json = but(couple(n), &[change, close.clone()]);
        let refused = hall.submit(&json);
        assert_eq!(
            (refused.outcome, refused.documents.len()),
            (Outcome::Refused, 1),
            "{rule}"
        );
        let ground = refused
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Refuse);
        let ground = ground.unwrap();
        assert_eq!(ground.rule, rule);
        assert!(ground.article.is_some() && !ground.says_en.is_empty(), "{ground:?}");
    }
    let passport = [
        ("man.id_type", json!("passport")),
        ("man.id_no", json!("E12345678")),
        close,
    ];
    let mut foreign = but(couple(20), &passport);
    foreign["man"]["sex"] = json!("male");
    foreign["man"]["birth"] = json!("1990-03-07");
    assert_eq!(hall.submit(&foreign).outcome, Outcome::Refused);
    let session = hall.sign_in("registrar");
    let nonsense = but(couple(21), &[("ground", json!("ground.nonsense"))]);
    let unknown = hall
        .registry
        .submit(&session, "marriage", &nonsense, SubmitOptions::default());
    assert_eq!(unknown.unwrap_err().code, "refuse.ground");
    hall.verify();
}

#[test]
fn a_refusal_goes_to_somebody() {
    let mut hall = Hall::new();
    let kin = |changes: &[(&str, serde_json::Value)]| {
        let kin = but(
            couple(1),
            &[("case.kinship", json!(true)), ("close_as_refused", json!(true))],
        );
        but(kin, changes)
    };
    for (path, value) in [
        ("man.name", json!("")),
        ("woman.name", json!(null)),
        ("woman.id_no", json!("123")),
        ("woman", json!(null)),
        ("man.id_no", json!("")),
    ] {
        let open = hall.submit(&kin(&[(path, value)]));
        assert_eq!(
            (open.outcome, open.case.as_deref()),
            (Outcome::Incomplete, None),
            "{path}"
        );
        let named =
            |f: &Finding| f.severity == Severity::Error && f.field.as_deref().is_some_and(|at| at.starts_with(path));
        assert!(open.findings.iter().any(named), "{path}: {:?}", open.findings);
    }
    // What is not on the paper keeps nobody from getting it.
    let refused = hall.submit(&kin(&[("man.ethnicity", json!(null)), ("check", json!(null))]));
    assert_eq!(refused.outcome, Outcome::Refused);
}

#[test]
fn whoever_is_not_born_yet_has_a_wrong_number_and_is_not_refused() {
    let mut hall = Hall::new();
    let body = "33052120300101001";
    let id_no = format!("{body}{}", crate::domain::id_number::check_character(body).unwrap());
    let open = hall.submit(&but(
        couple(1),
        &[("man.id_no", json!(id_no)), ("close_as_refused", json!(true))],
    ));
    assert_eq!(open.outcome, Outcome::Incomplete);
    assert_eq!(stopped_by(&open), ["not-yet-born-man"]);
}

#[test]
fn i7_what_no_font_prints_is_said_before_a_number_and_blanks_are_used() {
    let mut hall = Hall::new();
    hall.registry = hall
        .another()
        .that_prints(|text| text.chars().find(|c| *c == '\u{E000}'));
    let unprintable = [
        but(couple(1), &[("man.name", json!("张\u{E000}"))]),
        but(couple(1), &[("woman.hukou_address", json!("某村\u{E000}"))]),
        but(
            couple(1),
            &[
                ("check.man", json!("not_checked")),
                ("confirm.not-checked-man", json!({"reason": "断网\u{E000}"})),
            ],
        ),
    ];
    for json in unprintable {
        let open = hall.submit(&json);
        assert_eq!(open.outcome, Outcome::Incomplete, "{:?}", open.findings);
        let mut found = open.findings.iter().filter(|finding| finding.stops());
        let found = found.find(|finding| finding.rule == "answer.unprintable").unwrap();
        for says in [&found.says, &found.says_en] {
            assert!(says.contains("U+E000") && !says.contains("own."), "{says}");
        }
    }
    assert_eq!(hall.blanks(), 2000);
    assert_eq!(hall.submit(&couple(1)).number.as_deref(), Some("J330521-2026-000001"));
}
