//! Who sees whom, and what the log keeps of it.

use serde_json::json;

use super::couple::{answers, but, couple, id};
use super::*;

#[test]
fn i9_numbers_are_masked_until_somebody_says_why_and_the_log_keeps_who() {
    let mut hall = Hall::new();
    let number = hall.submit(&couple(1)).number.unwrap();
    let whole = id(3);
    let registrar = hall.sign_in("registrar");
    let line = hall.registry.find(&registrar, &number).unwrap().lines.remove(0);
    assert!(
        line.first_id.starts_with("330521********") && line.first_id.ends_with(&whole[14..]),
        "{line:?}"
    );
    let view = hall.registry.case_view(&registrar, &number).unwrap();
    assert!(view.masked && !format!("{view:?}").contains(&whole));
    assert_eq!(
        hall.registry.unmask(&registrar, &number, "").unwrap_err().code,
        "reason.none"
    );
    let clerk = hall.sign_in("clerk");
    assert_eq!(
        hall.registry.unmask(&clerk, &number, "核对").unwrap_err().code,
        "not-allowed"
    );
    let view = hall.registry.unmask(&registrar, &number, "核对原件").unwrap();
    assert!(!view.masked && format!("{view:?}").contains(&whole));
    let history = hall.registry.case_view(&registrar, &number).unwrap().history;
    let last = history.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.actor.as_str()),
        ("case.unmask", "registrar")
    );
    assert!(last.detail.contains(&("reason".to_owned(), "核对原件".to_owned())));
}

#[test]
fn i9_every_search_is_in_the_log_and_no_whole_number_is() {
    let mut hall = Hall::new();
    hall.submit(&couple(1));
    let registrar = hall.sign_in("registrar");
    let whole = id(3);
    for query in [
        whole.clone(),
        format!("张 {whole}"),
        whole.to_lowercase(),
        format!("{whole}、{}", id(2)),
        format!("{} {} {}", &whole[..6], &whole[6..14], &whole[14..]),
    ] {
        hall.registry.find(&registrar, &query).unwrap();
    }
    let log = hall.registry.read(|reader| Ok(reader.history_of("")?)).unwrap();
    let searches: Vec<_> = log.iter().filter(|entry| entry.action == "find").collect();
    assert_eq!(searches.len(), 5);
    for entry in searches {
        assert!(
            entry.body.contains("330521") && !entry.body.contains("19900307"),
            "{}",
            entry.body
        );
    }
}

#[test]
fn i9_drafts_and_looking_people_up_are_for_who_takes_cases() {
    let mut hall = Hall::new();
    let clerk = hall.sign_in("clerk");
    let mut draft = Draft::new(&clerk, "marriage").unwrap();
    draft.answers = answers(&couple(1));
    hall.registry.save_draft(&clerk, &mut draft).unwrap();
    for name in ["stockkeeper", "auditor", "admin", "supervisor"] {
        let session = hall.sign_in(name);
        let registry = &mut hall.registry;
        assert_eq!(registry.drafts(&session).unwrap_err().code, "not-allowed", "{name}");
        assert!(registry.home(&session).unwrap().drafts.is_empty());
        let looked = registry.examine(&session, "marriage", &draft.answers, None, None);
        assert_eq!(looked.unwrap_err().code, "not-allowed");
    }
    for name in ["stockkeeper", "admin"] {
        let session = hall.sign_in(name);
        assert_eq!(hall.registry.find(&session, "张").unwrap_err().code, "not-allowed");
        assert_eq!(hall.registry.case_view(&session, "x").unwrap_err().code, "not-allowed");
        assert!(hall.registry.home(&session).unwrap().accepted.is_empty());
    }
    assert_eq!(hall.registry.home(&clerk).unwrap().drafts.len(), 1);
}

#[test]
fn a_name_that_is_none_is_not_kept_since_it_may_be_a_password() {
    let mut hall = Hall::new();
    let typed = hall.registry.sign_in("Mima-2026!", "x", "1", Clock::Fixed(nine()));
    assert_eq!(typed.unwrap_err().code, "sign-in.wrong");
    let log = hall
        .registry
        .read(|reader| Ok(reader.history_of("Mima-2026!")?))
        .unwrap();
    assert!(log.is_empty());
}

#[test]
fn i7_text_is_kept_as_it_came_and_found() {
    let mut hall = Hall::new();
    let json = but(
        couple(1),
        &[
            ("man.name", json!("吴𠮷\u{E0100}")),
            ("woman.name", json!("买买提·艾力")),
        ],
    );
    let done = hall.submit(&json);
    assert_eq!(done.outcome, Outcome::Registered, "{:?}", done.findings);
    let registrar = hall.sign_in("registrar");
    for query in ["吴𠮷", "买买提", "330521199003070036"] {
        let found = hall.registry.find(&registrar, query).unwrap();
        assert!(query.len() == 18 || found.lines.len() == 1, "{query}");
    }
    let text = |path: &str| {
        let paper = done
            .documents
            .iter()
            .find(|paper| paper.document.name == "marriage-certificate-man")
            .unwrap();
        paper.document.text(path).unwrap().to_owned()
    };
    assert_eq!(
        (text("man.name").as_str(), text("woman.name").as_str()),
        ("吴𠮷\u{E0100}", "买买提·艾力")
    );
}
