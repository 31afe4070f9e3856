//! Every sentence that says why something could not be done, in both languages, so that somebody reads them.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::fault::Fault;
use super::*;
use crate::store::{Against, Flaw, StoreError};

fn faults() -> Vec<Fault> {
    let text = |text: &str| text.to_owned();
    let day = nine().date();
    vec![
        Fault::BadPassword,
        Fault::Locked(nine()),
        Fault::Disabled(text("li.na")),
        Fault::NotAllowed(Permission::Register),
        Fault::Licence(None),
        Fault::Licence(Some(day)),
        Fault::NeedsSecond(Permission::Approve),
        Fault::OwnApproval,
        Fault::FixedClock,
        Fault::TrainingOnly,
        Fault::NoSuchAccount(text("li.na")),
        Fault::AccountTaken(text("li.na")),
        Fault::AccountName(text("Li Na")),
        Fault::WeakPassword,
        Fault::LastAdministrator,
        Fault::NoSuchRole(text("chef")),
        Fault::NoRole,
        Fault::RolesApart(Role::Registrar, Role::StockKeeper),
        Fault::NoForm(text("marriage")),
        Fault::NoBusiness(text("adoption")),
        Fault::NoGround(text("ground.none")),
        Fault::NoLayout(text("marriage-review")),
        Fault::NoWords("marriage.next-refused".into()),
        Fault::NoDefinition(text("marriage-review")),
        Fault::BadJson(text("缺 \"guitai\": 1")),
        Fault::KeyReused(text("k-1")),
        Fault::NoCase(text("C330521-2026-000001")),
        Fault::CaseClosed(text("C330521-2026-000001")),
        Fault::NoSettlement(text("S330521-2026-000001")),
        Fault::NoTariff(
            text("没有收费目录“sampel”，现有 sample"),
            text("There is no tariff \"sampel\"; there are sample"),
        ),
        Fault::SpanBackwards(day, day),
        Fault::SettlementVoid(text("S330521-2026-000001")),
        Fault::SettlementFollows(text("S330521-2026-000002"), text("S330521-2026-000001")),
        Fault::SettlementFollowed(text("S330521-2026-000001"), text("S330521-2026-000002")),
        Fault::NoDocument(text("9")),
        Fault::PaperChanged("结婚证（男方）".into(), "C330521-2026-000001".into()),
        Fault::CopyReason(text("结婚登记核对单")),
        Fault::PageGone(text("结婚证（男方）"), Standing::Replaced),
        Fault::ArchiveReason(text("结婚登记审查处理表"), Standing::Void),
        Fault::NoReason,
        Fault::ReasonTooLong(60, 180),
        Fault::BadSerial(text("印制号没有填写"), text("no serial was given")),
        Fault::RangeTooLong(30_000),
        Fault::NoSuchBlankKind(text("birth")),
        Fault::BlankElsewhere(text("浙J0000001"), "不在库里"),
        Fault::NoBlank(text("1")),
        Fault::BadBlock(text("J330521-2026-000002 - J330521-2026-000001")),
        Fault::BlockOverlaps,
        Fault::BlockUnused,
        Fault::BlockPast(2024),
        Fault::NoSuchSetting(text("idle")),
        Fault::BadSetting(text("desk.1.dx"), "-20 到 20 的毫米数"),
        Fault::BadRegistryCode(text("33052")),
        Fault::RegistryName,
        Fault::RegistryNameLong(100, 36),
        Fault::RestoreTraining(true),
        Fault::RestoreTraining(false),
        Fault::RestoreOther(text("330521"), text("330108")),
        Fault::Unreadable(text("C330521-2026-000001")),
        Fault::Machine(text("getrandom")),
    ]
}

fn torn() -> Flaw {
    Flaw::Row {
        table: "certificate",
        id: 1,
        seq: 2,
        action: "marriage.hand-in".to_owned(),
    }
}

/// One of each thing that may not fit.
fn flaws() -> Vec<Flaw> {
    let (table, action) = ("certificate", "marriage.hand-in".to_owned());
    vec![
        Flaw::File("malformed".to_owned()),
        Flaw::Header(0),
        Flaw::Value,
        Flaw::NoHead,
        Flaw::Head(3, 2),
        Flaw::NoEntry(2),
        Flaw::Entry { seq: 2, action },
        Flaw::Body(2),
        Flaw::NoRow { table, id: 1, seq: 2 },
        torn(),
        Flaw::Rows {
            table,
            first: 1,
            last: 300,
            seq: 2,
        },
        Flaw::Stranger { table, id: 1 },
        Flaw::Count(table, 3, 2),
        Flaw::Against(Against::NumberWithoutCase, "J 2026 1".to_owned()),
        Flaw::NoSetting("registry.code"),
    ]
}

#[test]
fn what_does_not_fit_is_said_in_both_languages() {
    let source = include_str!("../../store/flaw.rs");
    assert_eq!(variants(source, "enum Flaw {"), told(&flaws()));
    for flaw in flaws() {
        let [zh, en] = flaw.words();
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(chinese(&zh) && !chinese(&en), "{zh} {en}");
        let problem = Problem::from(StoreError::Damaged(flaw));
        assert!(!chinese(&problem.english()), "{}", problem.english());
    }
}

fn store_faults() -> Vec<StoreError> {
    let path = || "/var/lib/guitai/r.db".to_owned();
    vec![
        StoreError::NotFound(path()),
        StoreError::Exists(path()),
        StoreError::NotADatabase(path()),
        StoreError::Foreign(path()),
        StoreError::Newer {
            path: path(),
            found: 9,
            known: 1,
        },
        StoreError::NetworkPath(path()),
        StoreError::ReadOnly(path()),
        StoreError::Busy,
        StoreError::InUse(path()),
        StoreError::Full,
        StoreError::NoFolder("/media/usb".to_owned()),
        StoreError::Damaged(torn()),
        StoreError::BadCopy {
            flaw: torn(),
            kept: path(),
        },
        StoreError::BadBackup {
            flaw: torn(),
            backup: path(),
        },
        StoreError::Same(path()),
        StoreError::Changed("C330521-2026-000001".to_owned()),
        StoreError::Twin("certificate.number".to_owned()),
        StoreError::Io("disk I/O error".to_owned()),
        StoreError::Other("no such table".to_owned()),
    ]
}

/// The names between `enum Name {` and its end, as they stand in the source.
fn variants(source: &str, head: &str) -> BTreeSet<String> {
    let body = source.split_once(head).unwrap().1.split_once("\n}").unwrap().0;
    let named = body.lines().filter_map(|line| line.strip_prefix("    "));
    let named = named.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    named
        .map(|line| line.chars().take_while(char::is_ascii_alphanumeric).collect())
        .collect()
}

fn told<T: std::fmt::Debug>(all: &[T]) -> BTreeSet<String> {
    let name = |one: &T| {
        format!("{one:?}")
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect()
    };
    all.iter().map(name).collect()
}

#[test]
fn every_sentence_is_looked_at() {
    assert_eq!(variants(include_str!("../fault.rs"), "enum Fault {"), told(&faults()));
    let source = include_str!("../../store/error.rs");
    assert_eq!(variants(source, "enum StoreError {"), told(&store_faults()));
    let problems = faults().into_iter().map(Problem::from);
    let problems = problems.chain(store_faults().into_iter().map(Problem::from));
    let mut all = String::new();
    for problem in problems {
        writeln!(
            all,
            "[{} {:?}]\n{problem}\n{}\n",
            problem.code,
            problem.kind,
            problem.english()
        )
        .unwrap();
    }
    insta::assert_snapshot!("problems", all);
}

#[test]
fn i11_a_sentence_says_what_happened_and_what_to_do_and_holds_no_hole() {
    for problem in faults().into_iter().map(Problem::from) {
        let (zh, en) = (problem.to_string(), problem.english());
        assert!(!problem.what.is_empty() && !problem.next.is_empty(), "{zh}");
        assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{zh}");
        assert!(
            !en.contains("  ") && !en.contains("..") && !zh.contains("。。"),
            "{zh} {en}"
        );
        assert!(!problem.what_en.ends_with('.') && !problem.what.ends_with('。'), "{zh}");
        assert_eq!(problem.why.is_some(), problem.why_en.is_some());
    }
}
