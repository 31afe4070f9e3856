//! The same act, sent again, is one act with one answer; many desks at once get one number each.

use serde_json::json;

use super::couple::{answers, but, couple};
use super::*;

#[test]
fn i12_the_same_key_is_one_act_with_one_answer() {
    let mut hall = Hall::new();
    let json = but(couple(1), &[("key", json!("desk-1-0001"))]);
    let (first, again) = (hall.submit(&json), hall.submit(&json));
    assert!(!first.repeated && again.repeated);
    assert_eq!(
        (first.case, first.number, first.outcome),
        (again.case, again.number, again.outcome)
    );
    let ids = |papers: &[StoredDocument]| papers.iter().map(|paper| paper.id).collect::<Vec<_>>();
    assert_eq!(ids(&first.documents), ids(&again.documents));
    assert_eq!(hall.blanks(), 1998);
    let session = hall.sign_in("registrar");
    let other = but(json, &[("man.name", json!("赵一"))]);
    let refused = hall
        .registry
        .submit(&session, "marriage", &other, SubmitOptions::default());
    assert_eq!(refused.unwrap_err().code, "submit.key");
    hall.verify();
}

#[test]
fn i12_an_acceptance_sent_again_after_the_registration_accepts_nobody_anew() {
    let mut hall = Hall::new();
    let (clerk, registrar) = (hall.sign_in("clerk"), hall.sign_in("registrar"));
    let mut accepting = HandedIn::new("marriage", answers(&couple(1)));
    (accepting.wish, accepting.key) = (Wish::Accept, Some("a".to_owned()));
    let accepted = hall.registry.hand_in(&clerk, &accepting, false).unwrap();
    let mut finishing = HandedIn::new("marriage", answers(&couple(1)));
    (finishing.case, finishing.key) = (accepted.case.clone(), Some("b".to_owned()));
    let done = hall.registry.hand_in(&registrar, &finishing, false).unwrap();
    assert_eq!(done.outcome, Outcome::Registered);
    let again = hall.registry.hand_in(&clerk, &accepting, false).unwrap();
    assert_eq!(
        (again.outcome, again.case, again.repeated),
        (Outcome::Accepted, accepted.case, true)
    );
    let again = hall.registry.hand_in(&registrar, &finishing, false).unwrap();
    assert_eq!(
        (again.outcome, again.number, again.repeated),
        (Outcome::Registered, done.number, true)
    );
    hall.verify();
}

#[test]
fn i12_a_key_whose_try_wrote_nothing_is_free_for_what_was_put_right() {
    let mut hall = Hall::new();
    let wrong = but(couple(1), &[("key", json!("k")), ("man.name", json!(null))]);
    assert_eq!(hall.submit(&wrong).outcome, Outcome::Incomplete);
    let right = but(couple(1), &[("key", json!("k"))]);
    assert_eq!(hall.submit(&right).outcome, Outcome::Registered);
}

#[test]
fn who_confirmed_at_the_acceptance_is_not_forgotten_at_the_registration() {
    let mut hall = Hall::new();
    let (clerk, registrar) = (hall.sign_in("clerk"), hall.sign_in("registrar"));
    let unchecked = but(
        couple(1),
        &[
            ("check.man", json!("not_checked")),
            ("check.woman", json!("not_checked")),
        ],
    );
    let mut handed = HandedIn::new("marriage", answers(&unchecked));
    let reason = |text: &str| text.to_owned();
    handed.confirm = [("not-checked-man", "断网"), ("not-checked-woman", "断网")]
        .map(|(rule, text)| (rule.to_owned(), reason(text)))
        .into();
    handed.wish = Wish::Accept;
    handed.case = hall.registry.hand_in(&clerk, &handed, false).unwrap().case;
    handed.wish = Wish::Finish;
    handed
        .confirm
        .insert("not-checked-woman".to_owned(), reason("已电话核实"));
    let done = hall.registry.hand_in(&registrar, &handed, false).unwrap();
    let confirmed = hall.case(done.number.as_deref().unwrap()).confirmed;
    let by: Vec<(&str, &str)> = confirmed
        .iter()
        .map(|(_, reason, by)| (reason.as_str(), by.as_str()))
        .collect();
    assert_eq!(by, [("断网", "clerk"), ("已电话核实", "registrar")]);
}

#[test]
fn i3_many_desks_at_once_leave_no_twin_and_no_gap() {
    let mut hall = Hall::new();
    let keeper = hall.sign_in("stockkeeper");
    let desks = 4;
    for desk in 1..=desks {
        let (first, last) = (2000 + 10 * desk - 9, 2000 + 10 * desk);
        let range = [first, last].map(|n| format!("练J{n:07}"));
        hall.registry
            .issue_blanks(&keeper, &range[0], &range[1], &format!("d{desk}"))
            .unwrap();
    }
    let at = |desk: u32| {
        let mut registry = hall.another();
        std::thread::spawn(move || {
            let session = registry
                .sign_in("registrar", "training", &format!("d{desk}"), Clock::Fixed(nine()))
                .unwrap();
            let numbers = (0..5).map(|n| {
                let json = couple(1 + desk * 5 + n);
                registry
                    .submit(&session, "marriage", &json, SubmitOptions::default())
                    .unwrap()
                    .number
                    .unwrap()
            });
            numbers.collect::<Vec<_>>()
        })
    };
    let threads: Vec<_> = (1..=desks).map(at).collect();
    let mut numbers: Vec<String> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=20).map(|n| format!("J330521-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
    hall.verify();
}

#[test]
fn i12_the_same_key_from_two_desks_at_once_is_one_act() {
    let hall = Hall::new();
    let submit = || {
        let mut registry = hall.another();
        std::thread::spawn(move || {
            let session = registry
                .sign_in("registrar", "training", "1", Clock::Fixed(nine()))
                .unwrap();
            let json = but(couple(1), &[("key", json!("same"))]);
            registry
                .submit(&session, "marriage", &json, SubmitOptions::default())
                .unwrap()
        })
    };
    let threads = [submit(), submit()];
    let answers = threads.map(|thread| thread.join().unwrap());
    assert_eq!(answers.iter().filter(|answer| answer.repeated).count(), 1);
    assert_eq!(answers[0].number, answers[1].number);
}
