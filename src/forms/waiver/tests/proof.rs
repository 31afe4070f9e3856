//! Nobody is charged by a file that its own worked cases do not prove.

use serde_json::json;

use crate::{
    domain::waiver::{Outcome, Verdict},
    forms::waiver::{Request, WaiverBook, settle},
};

const LIST: &str = r#"id = "t"
title = "目录"
effective_from = 2026-01-01
status = "in_force"
source = "测试"
checked_on = 2026-11-25
item = [{ code = "COLD", name = "冷藏", class = "basic", unit = "天", price = 80 }]
"#;

const PRICED: &str = r#"example = [{ name = "两天", bill = [{ item = "COLD", quantity = 2 }], expect = { listed = 160 } }]
"#;

const POLICY: &str = r#"id = "p"
title = "政策"
effective_from = 2026-01-01
status = "in_force"
source = "测试"
checked_on = 2026-11-25
tariffs = ["t"]
chosen_by = "death"
class = [{ id = "all", name = "全体" }]
benefit = [{ id = "b", name = "冷藏", items = ["COLD"], free_quantity = 3 }]
"#;

const CASE: &str = r#"
[[example]]
name = "五天"
death = 2026-02-01
classes = ["all"]
bill = [{ item = "COLD", quantity = 5 }]
[example.expect]
free = 240
"#;

/// What comes of a claim under a list and a policy of the county's folder.
fn settled(list: &str, policy: &str, county: bool) -> Outcome {
    let files = [
        ("rules/tariff/t.toml", list, county),
        ("rules/policy/p.toml", policy, county),
    ];
    let book = WaiverBook::read_laid(files);
    let request = Request::from_json(&json!({
        "guitai": 1, "policy": "p", "dates": {"death": "2026-02-01"}, "classes": ["all"],
        "bill": [{"item": "COLD", "quantity": 5}],
    }))
    .unwrap();
    settle(&book, &request)
}

fn said(outcome: &Outcome, rule: &str) -> String {
    let found = outcome.findings.iter().find(|finding| finding.rule == rule);
    found.map(|finding| finding.says.clone()).unwrap_or_default()
}

#[test]
fn a_policy_in_force_settles_only_where_its_own_cases_come_out() {
    let proven = format!("{POLICY}{CASE}");
    let outcome = settled(LIST, &proven, true);
    assert_eq!((outcome.verdict, outcome.findings.len()), (Verdict::Settled, 0));
    let wrong = proven.replace("free = 240", "free = 230");
    let outcome = settled(LIST, &wrong, true);
    assert_eq!(outcome.verdict, Verdict::Incomplete);
    let told = said(&outcome, "policy-unproven");
    assert!(
        told.contains("rules/policy/p.toml:17") && told.contains("240.00"),
        "{told}"
    );
    let outcome = settled(LIST, POLICY, true);
    assert!(said(&outcome, "policy-unproven").contains("没有一个算例") && outcome.settlement.is_none());
    // The program's own are proven before it is released.
    assert_eq!(settled(LIST, &wrong, false).verdict, Verdict::Settled);
}

#[test]
fn a_price_list_is_proven_by_its_own_cases_or_by_those_of_a_policy() {
    let proven = format!("{POLICY}{CASE}");
    assert_eq!(
        settled(&format!("{LIST}{PRICED}"), &proven, true).verdict,
        Verdict::Settled
    );
    let wrong = PRICED.replace("160", "170");
    let outcome = settled(&format!("{LIST}{wrong}"), &proven, true);
    assert!(outcome.settlement.is_none());
    let told = said(&outcome, "tariff-unproven");
    assert!(
        told.contains("rules/tariff/t.toml:8") && told.contains("160.00"),
        "{told}"
    );
    // Neither has a case: both are said.
    let outcome = settled(LIST, POLICY, true);
    assert!(said(&outcome, "tariff-unproven").contains("没有一个算例"));
}

#[test]
fn a_sample_is_tried_without_a_case_and_says_so() {
    let sample = |text: &str| text.replace("in_force", "sample");
    let outcome = settled(&sample(LIST), &sample(POLICY), true);
    assert_eq!(outcome.verdict, Verdict::Settled);
    assert!(said(&outcome, "policy-unproven").contains("仅供试算"));
}

#[test]
fn the_check_names_files_in_force_without_a_case() {
    let files = [("rules/tariff/t.toml", LIST), ("rules/policy/p.toml", POLICY)];
    let report = |files: [(&str, &str); 2]| WaiverBook::read(files).check("2026-11-25".parse().unwrap());
    let failures: Vec<String> = report(files).failures.iter().map(ToString::to_string).collect();
    assert_eq!(failures.len(), 2, "{failures:?}");
    assert!(
        failures.iter().all(|told| told.contains("没有一个算例")),
        "{failures:?}"
    );
    let proven = format!("{POLICY}{CASE}");
    assert_eq!(report([files[0], (files[1].0, &proven)]).failures, []);
}

#[test]
fn a_broken_price_list_is_named_once_as_the_cause() {
    let proven = format!("{POLICY}{CASE}");
    let second = proven.replace("id = \"p\"", "id = \"q\"");
    let broken = LIST.replace("price = 80", "prise = 80");
    let files = [
        ("rules/policy/p.toml", proven.as_str(), true),
        ("rules/policy/q.toml", second.as_str(), true),
        ("rules/tariff/t.toml", broken.as_str(), true),
    ];
    let book = WaiverBook::read_laid(files);
    let told: Vec<String> = book.faults().iter().map(ToString::to_string).collect();
    assert!(
        told.iter().all(|fault| fault.starts_with("rules/tariff/t.toml:")),
        "{told:?}"
    );
    let stopped = told
        .iter()
        .filter(|fault| fault.contains("rules/policy/p.toml、rules/policy/q.toml"));
    assert_eq!(stopped.count(), 1, "{told:?}");
    let outcome = settled(&broken, &proven, true);
    let told = said(&outcome, "policy-broken");
    assert!(
        told.contains("rules/tariff/t.toml:7") && told.contains("price"),
        "{told}"
    );
}

#[test]
fn a_broken_draft_leaves_the_version_in_force_alone() {
    let proven = format!("{POLICY}{CASE}");
    let draft = proven.replace("in_force", "draft").replace("items =", "itms =");
    let files = [
        ("rules/policy/p.toml", proven.as_str(), true),
        ("rules/policy/p@2027.toml", draft.as_str(), true),
        ("rules/tariff/t.toml", LIST, true),
    ];
    let book = WaiverBook::read_laid(files);
    assert!(!book.faults().is_empty());
    assert_eq!(book.policies().count(), 1);
    let dates = crate::domain::waiver::Dates {
        death: "2026-02-01".parse().ok(),
        ..Default::default()
    };
    assert!(book.policy("p", &dates).is_ok());
    // Nothing else is taken in the place of a version that cannot be read.
    let old = proven.replace(
        "effective_from = 2026-01-01",
        "effective_from = 2025-01-01\neffective_to = 2025-12-31",
    );
    let list = LIST.replace("effective_from = 2026", "effective_from = 2025");
    let list = ("rules/tariff/t.toml", list.as_str(), true);
    let files = [("rules/policy/p.toml", old.as_str(), true), files[1], list];
    let told = WaiverBook::read_laid(files).policy("p", &dates).unwrap_err();
    assert!(told[0].says.contains("p@2027.toml"), "{told:?}");
}

/// Nobody has looked at a source on a day to come.
#[rstest::rstest]
#[case("2026-11-25", 0)]
#[case("2026-11-24", 2)]
fn a_look_at_the_source_lies_behind_us(#[case] today: &str, #[case] faults: usize) {
    let proven = format!("{POLICY}{CASE}");
    let files = [
        ("rules/tariff/t.toml", LIST, true),
        ("rules/policy/p.toml", proven.as_str(), true),
    ];
    let report = WaiverBook::read_laid(files).check(today.parse().unwrap());
    let later = report.failures.iter().filter(|fault| fault.key == "checked_on");
    assert_eq!(later.count(), faults, "{:?}", report.failures);
}
