//! Files that contradict themselves or each other: every fault by file and line, nothing half read.

use rstest::rstest;
use serde_json::json;

use crate::forms::waiver::{Request, WaiverBook, settle};

const LIST: &str = r#"id = "t"
title = "目录"
effective_from = 2026-01-01
status = "in_force"
source = "测试"
item = [
  { code = "COLD", name = "冷藏", class = "basic", unit = "天", price = 80 },
  { code = "PICK", name = "捡灰炉", class = "non_basic", unit = "具", open = "没有看到" },
]
"#;

const HEAD: &str = r#"id = "p"
title = "政策"
effective_from = 2026-01-01
status = "in_force"
source = "测试"
tariffs = ["t"]
chosen_by = "death"
fact = [{ id = "local", kind = "flag", label = "本县户籍" }, { id = "paid", kind = "money", label = "已付" }]
class = [{ id = "all", name = "全体" }, { id = "other", name = "另类" }]
"#;

/// What is wrong with a policy of the head and a rest that begins on line 10, and with a list beside it.
fn faults(list: &str, rest: &str) -> String {
    let policy = format!("{HEAD}{rest}");
    let files = [("rules/tariff/t.toml", list), ("rules/policy/p.toml", policy.as_str())];
    let book = WaiverBook::read(files);
    let told: Vec<String> = book.faults().iter().map(ToString::to_string).collect();
    let left = book.policies().count() + book.tariffs().count();
    assert!(
        left < 2 || told.is_empty(),
        "a file with faults must not be used: {told:?}"
    );
    told.join("\n")
}

#[test]
fn a_class_that_stands_alone_gets_something() {
    let own = "class = [{ id = \"all\", name = \"全体\" },\n { id = \"alone\", name = \"只按本类\", stacking = \"replace\" }]\n";
    let head = HEAD.lines().filter(|line| !line.starts_with("class"));
    let head: String = head.map(|line| format!("{line}\n")).collect();
    let told = |benefit: &str| {
        let policy = format!("{head}{own}{benefit}");
        let book = WaiverBook::read([("rules/tariff/t.toml", LIST), ("rules/policy/p.toml", policy.as_str())]);
        let told: Vec<String> = book.faults().iter().map(ToString::to_string).collect();
        told.join("\n")
    };
    let benefit = "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], classes = [\"all\"] }]";
    let nothing = told(benefit);
    assert!(
        nothing.contains("p.toml:10") && nothing.contains("没有一项减免或奖补给本类"),
        "{nothing}"
    );
    assert_eq!(told(&benefit.replace(", classes = [\"all\"]", "")), "");
}

#[test]
fn the_head_alone_is_sound() {
    assert_eq!(faults(LIST, ""), "");
}

#[rstest]
#[case::unknown_key(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], free_quantty = 3 }]",
    "p.toml:10",
    "free_quantity"
)]
#[case::unknown_item("benefit = [{ id = \"b\", name = \"减\", items = [\"CLOD\"] }]", "p.toml:10", "COLD")]
#[case::unknown_selector(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"@basics\"] }]",
    "p.toml:10",
    "没有“@basics”"
)]
#[case::no_order(
    "benefit = [{ id = \"a\", name = \"甲\", items = [\"COLD\"] },\n { id = \"b\", name = \"乙\", items = [\"@basic\"] }]",
    "p.toml:11",
    "没有写先后"
)]
#[case::same_order(
    "benefit = [{ id = \"a\", name = \"甲\", items = [\"**\"], order = 1 },\n { id = \"b\", name = \"乙\", items = [\"COLD\"], order = 1 }]",
    "p.toml:11",
    "没有写先后"
)]
#[case::twice(
    "benefit = [{ id = \"b\", name = \"甲\", items = [\"COLD\"] },\n { id = \"b\", name = \"乙\", items = [\"PICK\"] }]",
    "p.toml:11",
    "写了两次"
)]
#[case::setoff_without_worth(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"PICK\"], setoff_to = [\"COLD\"] }]",
    "p.toml:10",
    "setoff_worth"
)]
#[case::wrong_unit(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], free_quantity = 3, free_unit = \"小时\" }]",
    "p.toml:10",
    "按“天”计"
)]
#[case::negative(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], amount_cap = -5 }]",
    "p.toml:10",
    "不为负"
)]
#[case::zero_quantity(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], free_quantity = 0 }]",
    "p.toml:10",
    "大于零"
)]
#[case::three_decimals(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], unit_cap = 1.005 }]",
    "p.toml:10",
    "两位小数"
)]
#[case::over_a_hundred(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], percent = 101 }]",
    "p.toml:10",
    "0 到 100"
)]
#[case::huge(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], amount_cap = 99999999999999999999 }]",
    "p.toml:10",
    "金额"
)]
#[case::unknown_class(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], for_class = [{ class = \"al\", percent = 5 }] }]",
    "p.toml:10",
    "all"
)]
#[case::for_a_class_that_never_gets_it(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], classes = [\"all\"],\n for_class = [{ class = \"other\", percent = 5 }] }]",
    "p.toml:11",
    "永远用不上"
)]
#[case::unknown_fact(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], when = { locl = true } }]",
    "p.toml:10",
    "local"
)]
#[case::flag_compared(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], when = { local_under = true } }]",
    "p.toml:10",
    "不能比大小"
)]
#[case::wrong_kind(
    "benefit = [{ id = \"b\", name = \"减\", items = [\"COLD\"], when = { local = \"是\" } }]",
    "p.toml:10",
    "true 或 false"
)]
#[case::cap_without_order("cap = [{ id = \"c\", name = \"封顶\", amount = 5 }]", "p.toml:10", "order")]
#[case::caps_of_one_order(
    "cap = [{ id = \"c\", name = \"封顶\", amount = 5, order = 1 },\n { id = \"d\", name = \"又\", amount = 6, order = 1 }]",
    "p.toml:11",
    "先后次序不明"
)]
#[case::cap_without_amount("cap = [{ id = \"c\", name = \"封顶\", order = 1 }]", "p.toml:10", "amount")]
#[case::less_is_no_amount(
    "cap = [{ id = \"c\", name = \"封顶\", amount = 5, order = 1, less = \"local\" }]",
    "p.toml:10",
    "paid"
)]
#[case::award_for_nothing("award = [{ id = \"a\", name = \"奖\", amount = 5 }]", "p.toml:10", "什么情形才发")]
#[case::award_without_amount(
    "award = [{ id = \"a\", name = \"奖\", when = { local = true } }]",
    "p.toml:10",
    "amount"
)]
#[case::one_option(
    "alternative = [{ id = \"w\", choose = \"best\", option = [{ id = \"o\", name = \"一\" }] }]",
    "p.toml:10",
    "至少要有两个"
)]
#[case::parts_short(
    "payer = [{ id = \"x\", name = \"县\" }]\nsplit = [{ part = [{ payer = \"x\", percent = 90 }] }]",
    "p.toml:11",
    "正好分完"
)]
#[case::nobody_bears_the_rest(
    "payer = [{ id = \"x\", name = \"县\" }, { id = \"y\", name = \"省\" }]\nsplit = [{ items = [\"COLD\"], part = [{ payer = \"x\", percent = 100 }] }]",
    "p.toml:10",
    "最后要有一个"
)]
#[case::only_up_to(
    "payer = [{ id = \"x\", name = \"县\" }, { id = \"y\", name = \"省\" }]\nsplit = [{ up_to = 5, part = [{ payer = \"x\", percent = 100 }] }]",
    "p.toml:10",
    "最后要有一个"
)]
#[case::example_fact(
    "example = [{ name = \"例\", facts = { lokal = true }, expect = { free = 0 } }]",
    "p.toml:10",
    "local"
)]
#[case::example_class(
    "example = [{ name = \"例\", classes = [\"alle\"], expect = { free = 0 } }]",
    "p.toml:10",
    "all"
)]
#[case::example_without_result("example = [{ name = \"例\" }]", "p.toml:10", "expect")]
#[case::window_without_length("claim_within = { from = \"death\" }", "p.toml:10", "months")]
#[case::no_toml("benefit = [", "p.toml:10", "不是 TOML")]
fn a_fault_in_a_policy_is_told_by_line(#[case] rest: &str, #[case] place: &str, #[case] word: &str) {
    let told = faults(LIST, rest);
    assert!(
        told.lines().any(|line| line.contains(place) && line.contains(word)),
        "{told}"
    );
}

#[rstest]
#[case::two_prices("price = 80 }", "price = 80, ceiling = 90 }", "t.toml:7", "不止一种")]
#[case::no_price("price = 80 }", "quote = \"\" }", "t.toml:7", "没有价格")]
#[case::half_a_range("price = 80 }", "lowest = 80 }", "t.toml:7", "lowest 和 highest")]
#[case::range_upside_down("price = 80 }", "lowest = 80, highest = 70 }", "t.toml:7", "不高于")]
#[case::tiers_without_mode("price = 80 }", "tiers = [{ price = 5 }] }", "t.toml:7", "tier_mode")]
#[case::tiers_falling(
    "price = 80 }",
    "tier_mode = \"whole\", tiers = [{ up_to = 5, price = 5 }, { up_to = 3, price = 6 }] }",
    "t.toml:7",
    "从小到大"
)]
#[case::no_class("class = \"basic\"", "class = \"base\"", "t.toml:7", "basic")]
#[case::one_code_twice("code = \"PICK\"", "code = \"COLD\"", "t.toml:8", "代码重复")]
#[case::ends_before_it_begins("status =", "effective_to = 2025-12-31\nstatus =", "t.toml:4", "早于")]
#[case::no_day("effective_from = 2026-01-01", "effective_from = \"2026-01-01\"", "t.toml:3", "日期")]
#[case::beyond_unpriced(
    "price = 80 }",
    "price = 80, beyond = [{ attribute = \"km\", unit = \"公里\" }] }",
    "t.toml:7",
    "each"
)]
#[case::rate_of_two_prices(
    "price = 80 }",
    "rate = [{ when = { zone = \"一\" }, price = 5, ceiling = 6 }] }",
    "t.toml:7",
    "之一"
)]
#[case::unknown_attribute(
    "price = 80 }",
    "rate = [{ when = { zoen = \"一\" }, price = 5 }] }",
    "t.toml:7",
    "zone"
)]
fn a_fault_in_a_price_list_is_told_by_line(
    #[case] old: &str,
    #[case] new: &str,
    #[case] place: &str,
    #[case] word: &str,
) {
    let told = faults(&LIST.replacen(old, new, 1), "");
    assert!(
        told.lines().any(|line| line.contains(place) && line.contains(word)),
        "{told}"
    );
}

#[test]
fn two_versions_on_one_day_are_neither_used() {
    let later = LIST.replace("2026-01-01", "2026-06-01");
    let book = WaiverBook::read([("rules/tariff/a.toml", LIST), ("rules/tariff/b.toml", later.as_str())]);
    assert_eq!((book.faults().len(), book.tariffs().count()), (2, 0));
    let ended = LIST.replace("status =", "effective_to = 2026-05-31\nstatus =");
    let book = WaiverBook::read([
        ("rules/tariff/a.toml", ended.as_str()),
        ("rules/tariff/b.toml", later.as_str()),
    ]);
    assert_eq!((book.faults().len(), book.tariffs().count()), (0, 2));
}

#[test]
fn a_file_not_held_against_its_source_for_a_year_is_told() {
    let checked = |day: &str| LIST.replace("source =", &format!("checked_on = {day}\nsource ="));
    let notices = |text: &str| {
        let book = WaiverBook::read([("rules/tariff/t.toml", text)]);
        book.check("2026-11-25".parse().unwrap()).notices.len()
    };
    assert_eq!(notices(&checked("2025-11-25")), 0);
    assert_eq!(notices(&checked("2025-11-24")), 1);
    assert_eq!(notices(LIST), 1);
}

/// What is said to a claim under the policy `p`, and to one by the list `t` alone.
fn said(files: &[(&str, &str)]) -> [String; 2] {
    let book = WaiverBook::read(files.iter().copied());
    let claim = |with: serde_json::Value| {
        let mut claim = json!({"guitai": 1, "dates": {"death": "2026-06-10"}, "classes": ["all"],
            "bill": [{"item": "COLD", "quantity": 1}]});
        claim
            .as_object_mut()
            .unwrap()
            .extend(with.as_object().cloned().unwrap());
        let outcome = settle(&book, &Request::from_json(&claim).unwrap());
        let says: Vec<String> = outcome
            .findings
            .iter()
            .map(|f| format!("{} {}", f.rule, f.says))
            .collect();
        says.join("\n")
    };
    [json!({"policy": "p"}), json!({"tariff": "t", "classes": []})].map(claim)
}

#[test]
fn who_asks_for_what_a_broken_file_defines_is_told_of_the_file_and_its_first_fault() {
    let policy = format!("{HEAD}benefit = [{{ id = \"cold\", name = \"冷藏\", items = [\"COLD\"] }}]\n");
    let sound = [("rules/tariff/t.toml", LIST), ("rules/policy/p.toml", policy.as_str())];
    assert_eq!(said(&sound)[0], "");
    let broken = policy.replace("in_force", "inforce");
    let [claim, alone] = said(&[sound[0], ("rules/policy/p.toml", &broken)]);
    assert!(
        claim.contains("policy-broken") && claim.contains("rules/policy/p.toml:4 status"),
        "{claim}"
    );
    assert!(alone.starts_with("no-policy-named"), "{alone}");
    // Not even TOML, under another name.
    let [claim, _] = said(&[
        sound[0],
        ("rules/policy/county.toml", &format!("id = \"p\"\n{}", "x = = 1")),
    ]);
    assert!(
        claim.contains("policy-broken") && claim.contains("rules/policy/county.toml:"),
        "{claim}"
    );
    // A list that is broken takes its policies with it: both say what must be mended.
    let list = LIST.replace("price = 80", "price = -80");
    for told in said(&[("rules/tariff/t.toml", &list), sound[1]]) {
        assert!(
            told.contains("-broken") && told.contains("rules/tariff/t.toml:7"),
            "{told}"
        );
    }
    // Twins.
    let [claim, _] = said(&[sound[0], sound[1], ("rules/policy/p2.toml", &policy)]);
    assert!(
        claim.contains("policy-broken") && claim.contains("施行日期重叠"),
        "{claim}"
    );
    // A later version that is broken does not hold back the one in force; on its own days it is named.
    let ended = policy.replace("status", "effective_to = 2026-05-31\nstatus");
    let [claim, _] = said(&[
        sound[0],
        ("rules/policy/p.toml", &ended),
        ("rules/policy/p@2.toml", &broken),
    ]);
    assert!(claim.contains("policy-broken") && claim.contains("p@2.toml"), "{claim}");
    let [claim, _] = said(&[("rules/policy/p.toml", "id = \"q\""), sound[0]]);
    assert!(claim.contains("no-such-policy"), "{claim}");
}
