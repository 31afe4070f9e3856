//! What a notice may say beyond the common: the most that is free of a unit, the second on, awards within a cap, the
//! sentence on a class.

use serde_json::json;

use super::bands::{list, policy, told};
use crate::forms::waiver::{Request, WaiverBook, settle};

const COLD: &str = r#"{ code = "A", name = "冷藏", class = "basic", unit = "天", price = 150 }"#;

fn case(bill: &str, more: &str, expect: &str) -> String {
    format!(
        "\n[[example]]\nname = \"例\"\ndeath = 2026-02-01\nclasses = [\"all\"]\nbill = [{bill}]\n{more}\nexpect = {{ {expect} }}\n"
    )
}

#[test]
fn the_most_of_a_unit_may_hold_before_or_after_the_share() {
    let three = r#"{ item = "A", quantity = 3 }"#;
    // 每日减半，最高 60 元: 75 comes to 60. 每日按不超过 60 元计，减半: 30.
    for (limits, free) in [
        ("unit_at_most = 60", 180),
        ("unit_cap = 60", 90),
        ("unit_at_most = 90", 225),
    ] {
        let benefit = format!("benefit = [{{ id = \"b\", name = \"减半\", items = [\"A\"], percent = 50, {limits} }}]");
        assert_eq!(
            told(
                COLD,
                &format!("{benefit}{}", case(three, "", &format!("free = {free}")))
            ),
            ""
        );
    }
}

#[test]
fn each_from_the_second_on() {
    let parts = r#"fact = [{ id = "urns", kind = "number", label = "同穴骨灰数" }]
award = [{ id = "w", name = "同穴加奖", amount = 500, times = "urns", times_from = 2, when = { urns_from = 1 } }]
benefit = [{ id = "b", name = "第二具起各一天", items = ["A"], free_quantity = 1, times = "urns", times_from = 2 }]
"#;
    let with = |urns: u32, award: u32, free: u32| {
        case(
            r#"{ item = "A", quantity = 5 }"#,
            &format!("facts = {{ urns = {urns} }}"),
            &format!("awards = {{ w = {award} }}, free = {free}"),
        )
    };
    assert_eq!(
        told(COLD, &format!("{parts}{}{}", with(1, 0, 0), with(3, 1000, 300))),
        ""
    );
    let alone = parts.replacen("times = \"urns\", times_from = 2, when", "times_from = 2, when", 1);
    let wrong = told(COLD, &alone);
    assert!(
        wrong.contains("p.toml:12 times_from") && wrong.contains("一起写"),
        "{wrong}"
    );
}

#[test]
fn a_cap_may_count_what_is_paid_out_too() {
    let parts = r#"fact = [{ id = "tree", kind = "flag", label = "树葬" }]
award = [
    { id = "w", name = "树葬奖", amount = 2000, when = { tree = true } },
    { id = "v", name = "又奖", amount = 300, when = { tree = true } },
]
benefit = [{ id = "b", name = "冷藏", items = ["A"] }]
cap = [{ id = "c", name = "含奖补每例最高", amount = 2500, includes_awards = true, order = 1 }]
"#;
    let with = |days: u32, free: u32, w: u32, v: u32| {
        case(
            &format!("{{ item = \"A\", quantity = {days} }}"),
            "facts = { tree = true }",
            &format!("free = {free}, awards = {{ w = {w}, v = {v} }}"),
        )
    };
    let cases = with(1, 150, 2000, 300) + &with(2, 300, 2000, 200) + &with(10, 1500, 1000, 0) + &with(20, 2500, 0, 0);
    assert_eq!(told(COLD, &format!("{parts}{cases}")), "");
}

#[test]
fn a_class_of_its_own_limit_has_its_own_sentence() {
    let parts = r#"benefit = [{ id = "b", name = "冷藏", items = ["A"], amount_cap = 200, quote = "最高200元",
    for_class = [{ class = "needy", amount_cap = 400, quote = "困难群众最高400元" }] }]
cap = [{ id = "c", name = "封顶", amount = 190, by_class = { needy = 390 }, order = 1, quote = "封顶190元",
    quote_by_class = { needy = "困难群众封顶390元" } }]
"#;
    let text = policy(parts).replace(
        "class = [{ id = \"all\", name = \"全体\" }]",
        "class = [{ id = \"all\", name = \"全体\" }, { id = \"needy\", name = \"困难\" }]",
    );
    let list = list(COLD);
    let book = WaiverBook::read([
        ("rules/tariff/t.toml", list.as_str()),
        ("rules/policy/p.toml", text.as_str()),
    ]);
    assert_eq!(book.faults(), []);
    let says = |class: &str| {
        let request = Request::from_json(&json!({
            "guitai": 1, "policy": "p", "dates": {"death": "2026-02-01"}, "classes": [class], "evidence": [],
            "bill": [{"item": "A", "quantity": 5}],
        }))
        .unwrap();
        let settlement = settle(&book, &request).settlement.unwrap();
        let line = &settlement.lines[0];
        line.says
            .iter()
            .map(|words| words.zh.clone())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let (common, own) = (says("all"), says("needy"));
    assert!(
        common.contains("“最高200元”") && common.contains("“封顶190元”") && !common.contains("困难"),
        "{common}"
    );
    assert!(
        own.contains("“困难群众最高400元”") && own.contains("“困难群众封顶390元”") && !own.contains("“最高200元”"),
        "{own}"
    );
}
