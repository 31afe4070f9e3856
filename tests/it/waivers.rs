//! `submit waiver` from outside: JSON in and out as documented, papers with the sums of the answer, refusals with reasons.

use serde_json::{Value, json};

use crate::support::desk::Desk;

/// A claim under the sample county's policy.
fn claim() -> Value {
    json!({
        "guitai": 1, "policy": "sample", "tariff": "sample",
        "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
        "deceased": {"name": "沈阿根", "id_no": "330521194903070012", "birth": "1949-03-07"},
        "applicant": {"name": "沈小明", "relation": "儿子"},
        "classes": ["general"], "facts": {"hukou": "330521", "death_in_county": true}, "evidence": ["hukou_page"],
        "bill": [{"item": "COLD", "quantity": 5, "unit_price": 8000}, {"item": "VISIT", "quantity": 2}],
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut claim = claim();
    claim[key] = value;
    claim
}

#[test]
fn a_claim_is_settled_with_every_fen_in_its_place() {
    let desk = Desk::new().signed_in_as("clerk");
    let dry = desk.submit("waiver", &claim(), &["--dry-run"]).done().json();
    assert_eq!(
        (&dry["outcome"], &dry["number"], &dry["family"]),
        (&json!("settled"), &Value::Null, &json!(16_000))
    );
    let answer = desk.submit("waiver", &claim(), &[]).done().json();
    assert_eq!(answer["guitai"], 1);
    assert_eq!(answer["number"], "M330521-2026-000001");
    let [listed, free, family] = ["listed", "free", "family"].map(|key| answer[key].as_i64().unwrap());
    assert_eq!((listed, free, family), (44_000, 28_000, 16_000));
    assert_eq!(answer["in_words"], "人民币壹佰陆拾元整");
    let cold = &answer["lines"][0];
    assert_eq!(
        (&cold["item"], &cold["quantity"], &cold["rule"]),
        (&json!("COLD"), &json!(5), &json!("cold"))
    );
    assert_eq!(
        (&cold["listed"], &cold["free"], &cold["family"]),
        (&json!(40_000), &json!(24_000), &json!(16_000))
    );
    assert_eq!(cold["payers"], json!({"county": 24_000}));
    assert!(cold["says"][0].as_str().unwrap().contains("政策免 3 天"));
    let names: Vec<&str> = answer["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "waiver-application",
            "waiver-settlement",
            "waiver-voucher",
            "waiver-free"
        ]
    );
    desk.signed_in_as("auditor").run(&["verify"]).done();
}

#[test]
fn a_second_claim_for_the_same_deceased_is_told_and_one_key_is_one_act() {
    let desk = Desk::new().signed_in_as("clerk");
    let keyed = with("key", json!("k-1"));
    let first = desk.submit("waiver", &keyed, &[]).done().json();
    assert_eq!(desk.submit("waiver", &keyed, &[]).done().json(), first);
    let other = desk.submit("waiver", &claim(), &[]).ended(1).json();
    assert_eq!(
        (&other["outcome"], &other["findings"][0]["rule"]),
        (&json!("incomplete"), &json!("waiver.settled-before"))
    );
}

#[test]
fn what_cannot_be_settled_ends_with_its_reason_and_writes_nothing() {
    let desk = Desk::new().signed_in_as("clerk");
    for (key, value, outcome, rule) in [
        (
            "dates",
            json!({"death": "2025-12-30", "cremation": "2025-12-31"}),
            "refused",
            "no-policy",
        ),
        (
            "bill",
            json!([{"item": "CLEANING", "quantity": 1}]),
            "refused",
            "off-list",
        ),
        (
            "bill",
            json!([{"item": "URN_OTHER", "quantity": 1, "unit_price": 300_001}]),
            "refused",
            "above-list",
        ),
        (
            "bill",
            json!([{"item": "COLD", "quantity": 0}]),
            "incomplete",
            "quantity-not-positive",
        ),
        ("classes", json!(["general", "needy"]), "incomplete", "evidence-missing"),
        ("facts", json!({"hukou": "330108"}), "incomplete", "fact-unknown"),
        ("policy", json!("smaple"), "incomplete", "no-such-policy"),
    ] {
        let answer = desk.submit("waiver", &with(key, value), &[]).ended(1).json();
        let rules: Vec<&str> = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["rule"].as_str().unwrap())
            .collect();
        assert_eq!(answer["outcome"], outcome, "{rules:?}");
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
        assert_eq!((&answer["number"], &answer["lines"]), (&Value::Null, &json!([])));
    }
    desk.submit("waiver", &with("guitai", json!(2)), &[]).ended(2);
    let stranger = Desk::new().signed_in_as("auditor");
    stranger.submit("waiver", &claim(), &[]).ended(3);
}

#[test]
fn the_price_list_for_the_wall_and_the_payment_list_are_printed_and_audited() {
    let desk = Desk::new().signed_in_as("clerk");
    desk.submit("waiver", &claim(), &[]).done();
    let desk = desk.signed_in_as("supervisor");
    let json = desk
        .run(&["waiver", "price-list", "yantai", "-o", "wall.pdf"])
        .done()
        .json();
    assert_eq!((&json["tariff"], &json["on"]), (&json!("yantai"), &json!("2026-11-24")));
    assert_eq!(json["documents"][0]["name"], "price-list");
    assert!(std::fs::read(desk.path("wall.pdf")).unwrap().starts_with(b"%PDF-"));
    let json = desk
        .run(&["waiver", "payments", "2026-11", "-o", "pay.pdf"])
        .done()
        .json();
    assert_eq!(
        (&json["from"], &json["to"]),
        (&json!("2026-11-01"), &json!("2026-11-30"))
    );
    assert_eq!(json["documents"][0]["name"], "waiver-payment-list");
    assert!(std::fs::read(desk.path("pay.pdf")).unwrap().starts_with(b"%PDF-"));
    desk.run(&["waiver", "price-list", "hangzou", "-o", "x.pdf"])
        .ended(2)
        .says("hangzou");
    desk.run(&["waiver", "price-list", "hangzhou", "--on", "2009-01-01"])
        .ended(2)
        .says("2009-01-01");
    desk.run(&["waiver", "payments", "2026-11-24..2026-11-01"]).ended(2);
    let clerk = desk.signed_in_as("clerk");
    clerk.run(&["waiver", "payments", "2026-11"]).ended(3);
    clerk.signed_in_as("auditor").run(&["verify"]).done();
}
