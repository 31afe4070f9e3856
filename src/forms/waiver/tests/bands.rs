//! Distances, limits of a line and first units: what is free is what it would have cost alone.

use rstest::rstest;

use crate::forms::waiver::WaiverBook;

const LIST: &str = r#"id = "t"
title = "目录"
effective_from = 2026-01-01
status = "sample"
source = "测试"
checked_on = 2026-11-25
checked_by = "张明"
"#;

const POLICY: &str = r#"id = "p"
title = "政策"
effective_from = 2026-01-01
status = "sample"
source = "测试"
checked_on = 2026-11-25
checked_by = "张明"
tariffs = ["t"]
chosen_by = "death"
class = [{ id = "all", name = "全体" }]
"#;

/// A price list of these items.
pub(super) fn list(items: &str) -> String {
    format!("{LIST}item = [{items}]\n")
}

/// A policy for that list, of these parts.
pub(super) fn policy(parts: &str) -> String {
    format!("{POLICY}{parts}\n")
}

/// What is wrong with a list of items and a policy, and with its worked cases.
pub(super) fn told(items: &str, policy: &str) -> String {
    let (list, policy) = (list(items), self::policy(policy));
    let files = [
        ("rules/tariff/t.toml", list.as_str()),
        ("rules/policy/p.toml", policy.as_str()),
    ];
    let book = WaiverBook::read(files);
    let report = book.check("2026-11-25".parse().unwrap());
    assert_eq!(report.examples, policy.matches("[[example]]").count());
    let told = book.faults().iter().chain(&report.failures);
    told.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The same with cases of one line of the item A: what the line says, what it costs, what is free.
fn wrong(items: &str, policy: &str, cases: &[(&str, &str, &str)]) -> String {
    let mut text = policy.to_owned();
    for (bill, listed, free) in cases {
        text += &format!(
            "\n[[example]]\nname = \"{bill}\"\ndeath = 2026-02-01\nclasses = [\"all\"]\n\
             bill = [{{ item = \"A\", {bill} }}]\nexpect = {{ listed = {listed}, free = {free} }}"
        );
    }
    told(items, &text)
}

const TRIP: &str = r#"{ code = "A", name = "接运", class = "basic", unit = "具", price = 120, BOUND,
    beyond = [{ attribute = "km", unit = "公里", basis = "one_way", included = 20, each = 5 }] }"#;

#[rstest]
// 最高 260 元，40 公里以内免费: what 40 km would have cost, 220, is free for whoever goes farther.
#[case::most("at_most = 260", &[
    ("quantity = 1, km = 30", "170", "170"), ("quantity = 1, km = 47", "255", "220"),
    ("quantity = 1, km = 48", "260", "220"), ("quantity = 1, km = 60", "260", "220"),
])]
// 最高 200 元: even 40 km cost no more.
#[case::most_within("at_most = 200", &[("quantity = 1, km = 36", "200", "200"), ("quantity = 1, km = 90", "200", "200")])]
// 最低 300 元: 40 km would have cost the least too.
#[case::least("at_least = 300", &[
    ("quantity = 1, km = 30", "300", "300"), ("quantity = 1, km = 50", "300", "300"),
    ("quantity = 1, km = 70", "370", "300"),
])]
fn whoever_goes_farther_never_gets_less(#[case] bound: &str, #[case] cases: &[(&str, &str, &str)]) {
    let policy = r#"benefit = [{ id = "b", name = "接运", items = ["A"], up_to = { km = 40 } }]"#;
    assert_eq!(wrong(&TRIP.replace("BOUND", bound), policy, cases), "");
}

#[test]
fn a_second_benefit_reaches_on_from_where_the_first_ended() {
    let policy = r#"benefit = [
        { id = "b", name = "前三十公里", items = ["A"], up_to = { km = 30 }, order = 1 },
        { id = "c", name = "四十公里内减半", items = ["A"], up_to = { km = 40 }, percent = 50, order = 2 },
    ]"#;
    let cases = [
        ("quantity = 1, km = 35", "195", "182.5"),
        ("quantity = 1, km = 60", "320", "195"),
    ];
    assert_eq!(wrong(&TRIP.replace("BOUND", "at_most = 900"), policy, &cases), "");
}

#[test]
fn bands_of_a_whole_round_trip_have_both_edges_on_the_round_trip() {
    let items = r#"{ code = "A", name = "接运", class = "basic", unit = "具", price = 160, beyond = [
        { attribute = "km", unit = "公里", included = 10, up_to = 30, each = 4, basis = "round_trip_total" },
        { attribute = "km", unit = "公里", included = 30, each = 6, basis = "round_trip_total" } ] }"#;
    let policy = r#"benefit = [{ id = "b", name = "接运", items = ["A"], up_to = { km = 10 } }]"#;
    // 往返 50 公里: 20 × 4 + 20 × 6; 往返 20 公里: 10 × 4.
    let cases = [
        ("quantity = 1, km = 25", "360", "200"),
        ("quantity = 1, km = 10", "200", "200"),
        ("quantity = 1, km = 15", "240", "200"),
        ("quantity = 1, km = 5", "160", "160"),
    ];
    assert_eq!(wrong(items, policy, &cases), "");
}

#[rstest]
// 每次 20 元，最高 50 元，两次免费: two carries cost 40.
#[case::first_two("free_quantity = 2", &[("quantity = 3", "50", "40"), ("quantity = 2", "40", "40"), ("quantity = 9", "50", "40")])]
// 每次最高 20 元、合计 50 元.
#[case::unit_cap("free_quantity = 2, unit_cap = 20, amount_cap = 50", &[("quantity = 3", "50", "40")])]
#[case::no_limit("unit_cap = 15", &[("quantity = 3", "50", "45"), ("quantity = 4", "50", "50")])]
fn the_most_of_a_line_is_reached_by_its_last_units(#[case] limits: &str, #[case] cases: &[(&str, &str, &str)]) {
    let items = r#"{ code = "A", name = "抬运", class = "basic", unit = "次", price = 20, at_most = 50 }"#;
    let policy = format!(r#"benefit = [{{ id = "b", name = "抬运", items = ["A"], {limits} }}]"#);
    assert_eq!(wrong(items, &policy, cases), "");
}

#[test]
fn what_the_first_benefit_leaves_of_a_capped_line_is_the_seconds() {
    let items = r#"{ code = "A", name = "冷藏", class = "basic", unit = "天", price = 100, at_most = 500 }"#;
    let policy = r#"benefit = [
        { id = "b", name = "头三天", items = ["A"], free_quantity = 3, order = 1 },
        { id = "c", name = "其后减半", items = ["A"], free_quantity = 7, percent = 50, order = 2 },
    ]"#;
    // 300 for the first three days, half of the 200 that the other seven still cost.
    assert_eq!(
        wrong(
            items,
            policy,
            &[("quantity = 10", "500", "400"), ("quantity = 4", "400", "350")]
        ),
        ""
    );
}

#[test]
fn a_charge_for_each_started_month_beyond_the_free_days() {
    // 十五天内免费，超过的每月（30 天）20 元，不足一月按一月.
    let items = r#"{ code = "A", name = "寄存", class = "basic", unit = "次", price = 0,
        beyond = [{ attribute = "days", unit = "天", included = 15, each = 20, per = 30 }] }"#;
    let policy = r#"benefit = [{ id = "b", name = "寄存", items = ["A"], up_to = { days = 45 } }]"#;
    let cases = [
        ("quantity = 1, days = 15", "0", "0"),
        ("quantity = 1, days = 16", "20", "20"),
        ("quantity = 1, days = 45", "20", "20"),
        ("quantity = 1, days = 46", "40", "20"),
        ("quantity = 1, days = 106", "80", "20"),
    ];
    assert_eq!(wrong(items, policy, &cases), "");
    // Half months, where the list says so.
    let halves = items.replace("per = 30", "per = 30, started = 15");
    let cases = [
        ("quantity = 1, days = 16", "10", "10"),
        ("quantity = 1, days = 46", "30", "20"),
    ];
    assert_eq!(wrong(&halves, policy, &cases), "");
}

#[test]
fn a_factor_may_raise_the_most_of_a_line() {
    let items = r#"{ code = "A", name = "抬运", class = "basic", unit = "次", price = 20, at_least = 30, at_most = 50,
        assume = { infectious = false },
        factor = [{ when = { infectious = true }, percent = 200, also_bounds = true, name = "传染病加倍" }] }"#;
    let policy = r#"benefit = [{ id = "b", name = "抬运", items = ["A"], free_quantity = 2 }]"#;
    let cases = [
        ("quantity = 3, infectious = true", "100", "80"),
        ("quantity = 3", "50", "40"),
        ("quantity = 1, infectious = true", "60", "60"),
    ];
    assert_eq!(wrong(items, policy, &cases), "");
}
