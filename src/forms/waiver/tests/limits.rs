//! Caps on some benefits and payers by brackets of the case.

use rstest::rstest;

use super::bands::told;

const ITEMS: &str = r#"
    { code = "A", name = "冷藏", class = "basic", unit = "天", price = 100 },
    { code = "B", name = "火化", class = "basic", unit = "具", price = 250 },
"#;

fn case(bill: &str, more: &str, expect: &str) -> String {
    format!(
        "\n[[example]]\nname = \"例\"\ndeath = 2026-02-01\nclasses = [\"all\"]\nbill = [{bill}]\n{more}\nexpect = {{ {expect} }}\n"
    )
}

const BOTH: &str = r#"{ item = "A", quantity = 1 }, { item = "B", quantity = 1 }"#;

#[rstest]
#[case::percent("percent = 50", 50)]
#[case::own_share("family_at_least = 40", 60)]
#[case::received("percent = 100, less = \"x\"", 70)]
fn a_cap_on_some_benefits_measures_the_lines_they_are_for(#[case] limit: &str, #[case] free: i64) {
    let policy = format!(
        "fact = [{{ id = \"x\", kind = \"money\", label = \"已付\" }}]\n\
         benefit = [{{ id = \"a\", name = \"冷藏\", items = [\"A\"] }}]\n\
         cap = [{{ id = \"c\", name = \"封顶\", benefits = [\"a\"], {limit}, order = 1 }}]\n{}",
        case(BOTH, "facts = { x = 30 }", &format!("free = {free}")),
    );
    assert_eq!(told(ITEMS, &policy), "");
}

#[test]
fn a_line_of_another_zone_is_not_under_the_cap() {
    let policy = format!(
        "benefit = [{{ id = \"a\", name = \"冷藏\", items = [\"A\"], line = {{ zone = \"城区\" }} }}]\n\
         cap = [{{ id = \"c\", name = \"封顶\", benefits = [\"a\"], percent = 50, order = 1 }}]\n{}",
        case(
            r#"{ item = "A", quantity = 2, zone = "城区" }, { item = "A", quantity = 3, zone = "湖区" }"#,
            "",
            "free = 100"
        ),
    );
    assert_eq!(told(ITEMS, &policy), "");
}

#[test]
fn brackets_count_from_the_first_yuan_of_the_case() {
    let head = r#"benefit = [{ id = "a", name = "全部", items = ["**"] }]
payer = [{ id = "county", name = "县" }, { id = "province", name = "省" }]
split = [
    { up_to = 300, part = [{ payer = "province", percent = 60 }, { payer = "county", rest = true }] },
    { up_to = 500, part = [{ payer = "province", percent = 40 }, { payer = "county", rest = true }] },
    { part = [{ payer = "county", rest = true }] },
]
"#;
    // 300 × 60 % + 200 × 40 %, however the amount is parted into lines.
    let whole = case(
        r#"{ item = "A", quantity = 10 }"#,
        "",
        "payers = { province = 260, county = 740 }",
    );
    let parted = case(
        r#"{ item = "A", quantity = 2 }, { item = "B", quantity = 3 }"#,
        "",
        "payers = { province = 260, county = 690 }",
    );
    let small = case(
        r#"{ item = "A", quantity = 2 }"#,
        "",
        "payers = { province = 120, county = 80 }",
    );
    assert_eq!(told(ITEMS, &format!("{head}{whole}{parted}{small}")), "");
}

#[test]
fn brackets_of_different_items_do_not_fill_each_other() {
    let policy = r#"benefit = [{ id = "a", name = "全部", items = ["**"] }]
payer = [{ id = "county", name = "县" }, { id = "province", name = "省" }]
split = [
    { items = ["A"], up_to = 300, part = [{ payer = "province", percent = 100 }] },
    { items = ["B"], up_to = 400, part = [{ payer = "province", percent = 100 }] },
    { part = [{ payer = "county", rest = true }] },
]
"#;
    let bill = r#"{ item = "A", quantity = 5 }, { item = "B", quantity = 2 }"#;
    let policy = format!(
        "{policy}{}",
        case(bill, "", "payers = { province = 700, county = 300 }")
    );
    assert_eq!(told(ITEMS, &policy), "");
}
