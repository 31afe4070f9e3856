//! The evening: figures that add up, a sheet that proves the log, a copy that opens.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::json;

use super::couple::{but, couple};
use super::*;
use crate::domain::document::Binding;

/// Two couples registered, one refused, one booklet replaced, one blank spoiled.
fn day() -> Hall {
    let mut hall = Hall::new();
    let first = hall.submit(&couple(1));
    hall.submit(&couple(2));
    let young = but(
        couple(3),
        &[("man.declared_status", json!("20")), ("close_as_refused", json!(true))],
    );
    assert_eq!(hall.submit(&young).outcome, Outcome::Refused);
    let (registrar, keeper) = (hall.sign_in("registrar"), hall.sign_in("stockkeeper"));
    let case = first.case.unwrap();
    hall.registry
        .replace_blank(&registrar, &case, "练J0000001", "印坏")
        .unwrap();
    hall.registry.spoil_blank(&keeper, "练J0000006", "受潮").unwrap();
    hall.registry
        .receive_blanks(&keeper, "marriage", "浙J0000001", "浙J0000010", "省厅")
        .unwrap();
    hall
}

#[test]
fn the_figures_of_a_day_add_up_and_name_serials_and_numbers() {
    let mut hall = day();
    let session = hall.sign_in("supervisor");
    let view = hall.registry.day_view(&session, nine().date()).unwrap();
    let counts: Vec<(&str, i64)> = view.counts.iter().map(|line| (line.kind.as_str(), line.n)).collect();
    assert_eq!(
        counts,
        [
            ("blank.spoiled", 2),
            ("marriage.refused", 1),
            ("marriage.registered", 2)
        ]
    );
    let line = &view.stock.lines[0];
    assert_eq!(
        (line.opening, line.received, line.used, line.spoiled, line.closing),
        (2200, 10, 4, 2, 2204)
    );
    assert_eq!(line.opening + line.received - line.used - line.spoiled, line.closing);
    assert_eq!(line.used_serials, ["练J0000002-练J0000005"]);
    assert_eq!(line.spoiled_serials, ["练J0000001", "练J0000006"]);
    assert_eq!(view.number_ranges, ["J330521-2026-000001 - 000002"]);
    assert_eq!((view.unconfirmed, view.refusals.len()), (2, 1));
    assert!(view.refusals[0].article.contains("婚姻登记条例"), "{:?}", view.refusals);
    hall.verify();
}

#[test]
fn i4_the_sheet_of_a_day_proves_the_log_up_to_its_head() {
    let mut hall = day();
    let session = hall.sign_in("supervisor");
    let view = hall.registry.day_view(&session, nine().date()).unwrap();
    let sheet = hall.registry.day_sheet(&session, nine().date()).unwrap().document;
    assert_eq!(sheet.text("audit_seq"), Some(view.audit_seq.to_string().as_str()));
    assert_eq!(sheet.text("audit_head"), Some(view.audit_head.as_str()));
    let Binding::Rows(blanks) = &sheet.bindings["rows_blanks"] else {
        panic!()
    };
    assert_eq!(
        (blanks[0]["opening"].as_str(), blanks[0]["closing"].as_str()),
        ("2200", "2204")
    );
    // The same day says the same again, but for the head.
    let again = hall.registry.day_sheet(&session, nine().date()).unwrap().document;
    assert_eq!(again.bindings["rows_acts"], sheet.bindings["rows_acts"]);
    assert_ne!(again.text("audit_seq"), sheet.text("audit_seq"));
}

#[test]
fn i4_what_is_done_tomorrow_leaves_todays_figures_alone() {
    let mut hall = day();
    let tomorrow = nine() + TimeDelta::days(1);
    let session = hall.sign_in("supervisor");
    let figures = |hall: &Hall| {
        let view = hall.registry.day_view(&session, nine().date()).unwrap();
        (view.counts, view.stock.lines, view.numbers, view.refusals)
    };
    let before = figures(&hall);
    let registrar = hall
        .registry
        .sign_in("registrar", "training", "1", Clock::Fixed(tomorrow))
        .unwrap();
    let registry = &mut hall.registry;
    registry
        .submit(&registrar, "marriage", &couple(4), SubmitOptions::default())
        .unwrap();
    registry
        .replace_blank(&registrar, "C330521-2026-000002", "练J0000003", "墨迹")
        .unwrap();
    assert_eq!(figures(&hall), before);
    let next = hall.registry.day_view(&session, tomorrow.date()).unwrap();
    let line = &next.stock.lines[0];
    assert_eq!(
        (line.opening, line.received, line.used, line.spoiled, line.closing),
        (2204, 0, 3, 0, 2201)
    );
    assert_eq!(line.used_serials, ["练J0000007-练J0000009"]);
    assert_eq!(
        (line.spoiled_serials.len(), &line.withdrawn_serials),
        (0, &vec!["练J0000003".to_owned()])
    );
    hall.verify();
}

#[test]
fn a_copy_opens_and_goes_on_where_it_was_made() {
    let mut hall = day();
    let session = hall.sign_in("supervisor");
    let (copy, back) = (hall.folder.path().join("copy.db"), hall.folder.path().join("back.db"));
    let backup = |hall: &mut Hall, session: &Session, to: &Path| hall.registry.backup(session, to, &mut |_, _| {});
    assert_eq!(backup(&mut hall, &session, &copy).unwrap().unnoted, None);
    assert_eq!(backup(&mut hall, &session, &copy).unwrap_err().code, "store.exists");
    let clerk = hall.sign_in("clerk");
    assert_eq!(backup(&mut hall, &clerk, &back).unwrap_err().code, "not-allowed");
    hall.submit(&couple(8));
    let clock = Clock::Fixed(nine());
    let admin = Credentials::new("admin", "training", "1", clock);
    let restore = |who: &Credentials| Registry::restore(&copy, &back, forms(), who, &mut |_, _| {});
    let code = |who: &Credentials| restore(who).unwrap_err().code;
    // Nothing stands there yet: the backup says who may.
    assert_eq!(code(&Credentials::new("admin", "wrong", "1", clock)), "sign-in.wrong");
    assert_eq!(code(&Credentials::new("clerk", "training", "1", clock)), "not-allowed");
    assert_eq!(restore(&admin).unwrap().kept, None);
    Registry::verify_file(&back, &mut |_, _| {}).unwrap();
    let mut restored = Registry::open(&back, forms()).unwrap();
    let log = restored.read(|reader| Ok(reader.history_of("")?)).unwrap();
    let entry = log.last().unwrap();
    assert_eq!(
        (entry.action.as_str(), entry.actor.as_str()),
        ("registry.restore", "admin")
    );
    let registrar = restored.sign_in("registrar", "training", "1", clock).unwrap();
    let done = restored
        .submit(&registrar, "marriage", &couple(9), SubmitOptions::default())
        .unwrap();
    assert_eq!(done.number.as_deref(), Some("J330521-2026-000003"));
    // In the place of a file that a desk has open: refused; when nobody has: put aside.
    assert_eq!(code(&admin), "store.in-use");
    drop(restored);
    let kept = restore(&admin).unwrap().kept.unwrap();
    Registry::verify_file(&kept, &mut |_, _| {}).unwrap();
    // Now the record that stands there says who may, and keeps the tries.
    assert_eq!(code(&Credentials::new("admin", "wrong", "1", clock)), "sign-in.wrong");
    let log = Registry::open(&back, forms())
        .unwrap()
        .read(|reader| Ok(reader.history_of("admin")?));
    assert_eq!(log.unwrap().last().unwrap().action, "sign-in.failed");
}

#[test]
fn a_backup_of_another_registry_replaces_nothing() {
    let (mut hall, other) = (day(), Hall::new());
    let session = hall.sign_in("supervisor");
    let copy = hall.folder.path().join("copy.db");
    hall.registry.backup(&session, &copy, &mut |_, _| {}).unwrap();
    let target = other.path();
    let Hall { folder, registry } = other;
    drop(registry);
    for (key, value, told) in [
        ("registry.code", "330108", "restore.other"),
        ("registry.training", "false", "restore.training"),
    ] {
        let mut registry = Registry::open(&target, forms()).unwrap();
        let session = registry
            .sign_in("admin", "training", "1", Clock::Fixed(nine()))
            .unwrap();
        let entry = super::registry::Act::new("test", "").entry(&session);
        registry.store.write(entry, |tx| tx.set_setting(key, value)).unwrap();
        drop(registry);
        let who = Credentials::new("admin", "training", "1", Clock::System);
        let problem = Registry::restore(&copy, &target, forms(), &who, &mut |_, _| {}).unwrap_err();
        assert_eq!(problem.code, told);
    }
    drop(folder);
}

/// How many serials stand in ranges such as `练J0000007-练J0000009`.
fn serials(ranges: &[String]) -> i64 {
    let number = |serial: &str| {
        serial
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .parse::<i64>()
            .unwrap()
    };
    let lengths = ranges.iter().map(|range| match range.split_once('-') {
        Some((first, last)) => number(last) - number(first) + 1,
        None => 1,
    });
    lengths.sum()
}

#[test]
fn i3_each_day_adds_up_and_leads_to_the_next_whenever_it_is_looked_at() {
    let mut hall = Hall::new();
    let days: Vec<_> = (0..4).map(|n| nine() + TimeDelta::days(n)).collect();
    let told = |hall: &mut Hall| {
        let session = hall.sign_in("supervisor");
        let line = |at: &chrono::NaiveDateTime| {
            let view = hall.registry.day_view(&session, at.date()).unwrap();
            let line = view.stock.lines[0].clone();
            assert_eq!(
                line.opening + line.received - line.used - line.spoiled,
                line.closing,
                "{line:?}"
            );
            let counts = [line.used, line.spoiled, line.closing];
            let lists = [&line.used_serials, &line.spoiled_serials, &line.closing_serials];
            assert_eq!(lists.map(|list| serials(list)), counts, "{line:?}");
            line
        };
        let lines: Vec<_> = days.iter().map(line).collect();
        for pair in lines.windows(2) {
            assert_eq!(pair[0].closing, pair[1].opening, "{pair:?}");
        }
        lines
    };
    let mut seen = Vec::new();
    for (n, at) in days.iter().enumerate() {
        let clock = Clock::Fixed(*at);
        let registrar = hall.registry.sign_in("registrar", "training", "1", clock).unwrap();
        let keeper = hall.registry.sign_in("stockkeeper", "training", "1", clock).unwrap();
        let registry = &mut hall.registry;
        let done = registry
            .submit(&registrar, "marriage", &couple(n as u32 + 1), SubmitOptions::default())
            .unwrap();
        let under = |registry: &Registry, case: &str| {
            let view = registry.case_view(&registrar, case).unwrap();
            view.certificate.unwrap().blank_first.unwrap()
        };
        // One of today's twice, and one of each day before.
        for k in (0..=n).chain([n]) {
            let case = format!("C330521-2026-{:06}", k + 1);
            let serial = under(registry, &case);
            registry.replace_blank(&registrar, &case, &serial, "印坏").unwrap();
        }
        assert!(done.done());
        registry
            .spoil_blank(&keeper, &format!("练J000{}", 1000 + n), "受潮")
            .unwrap();
        seen.push(told(&mut hall)[n].clone());
    }
    let later = told(&mut hall);
    assert_eq!(later, seen);
    assert!(later[2].withdrawn_serials.len() == 2 && later[2].spoiled == 3);
    hall.verify();
}
