//! Until when a claim may come: years, months, days and working days by the calendar.

use rstest::rstest;

use crate::{
    domain::calendar::WorkCalendar,
    forms::waiver::{WaiverBook, tests::bands},
};

/// What is wrong with a window of cremations: days of cremation and claim, and how the claim must end.
fn told(window: &str, cases: &[(&str, &str, &str)]) -> String {
    let mut policy = bands::policy(&format!(
        "claim_within = {{ from = \"cremation\", {window} }}\n\
         benefit = [{{ id = \"b\", name = \"冷藏\", items = [\"A\"] }}]"
    ));
    for (cremation, claim, expect) in cases {
        policy += &format!(
            "\n[[example]]\nname = \"{cremation} {claim}\"\ndeath = {cremation}\ncremation = {cremation}\nclaim = {claim}\n\
             classes = [\"all\"]\nbill = [{{ item = \"A\", quantity = 1 }}]\nexpect = {{ {expect} }}\n"
        );
    }
    let list = bands::list(r#"{ code = "A", name = "冷藏", class = "basic", unit = "天", price = 100 }"#);
    let list = list.replace("2026-01-01", "2020-01-01");
    let policy = policy.replace("2026-01-01", "2020-01-01");
    let files = [
        ("rules/tariff/t.toml", list.as_str()),
        ("rules/policy/p.toml", policy.as_str()),
    ];
    let days = include_str!("../../../../forms/calendar/calendar.csv");
    let book = WaiverBook::read(files).by(WorkCalendar::from_csv(days).unwrap());
    let report = book.check("2026-11-25".parse().unwrap());
    let told = book.faults().iter().chain(&report.failures);
    told.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

const IN_TIME: &str = "free = 100";
const LATE: &str = "outcome = \"refused\", findings = [\"claim-late\"]";
const UNKNOWN: &str = "outcome = \"incomplete\", findings = [\"calendar-unknown\"]";

#[rstest]
// Seven days of rest and a Saturday on which offices work: the tenth working day is 20 October.
#[case::over_the_holidays("working_days = 10", &[
    ("2026-09-30", "2026-10-20", IN_TIME), ("2026-09-30", "2026-10-21", LATE), ("2026-09-30", "2026-09-30", IN_TIME),
])]
// 2027 is not published: what it could decide is not decided, what it cannot is.
#[case::into_an_unknown_year("working_days = 10", &[
    ("2026-12-25", "2026-12-31", IN_TIME), ("2026-12-25", "2027-01-04", UNKNOWN), ("2026-12-25", "2027-03-01", UNKNOWN),
])]
#[case::years("years = 1", &[
    ("2024-02-29", "2025-02-28", IN_TIME), ("2024-02-29", "2025-03-01", LATE),
])]
#[case::months_then_working_days("months = 1, working_days = 1", &[
    ("2026-09-01", "2026-10-08", IN_TIME), ("2026-09-01", "2026-10-09", LATE),
])]
fn a_window_ends_by_the_calendar(#[case] window: &str, #[case] cases: &[(&str, &str, &str)]) {
    assert_eq!(told(window, cases), "");
}

#[test]
fn a_window_without_a_length_is_a_fault() {
    assert!(told("months = 0", &[]).contains("working_days"));
}
