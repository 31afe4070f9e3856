//! Claims as they come: bad numbers, unknown words, dates outside - a finding with the line and the reason, never a sum.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    domain::waiver::{Outcome, Verdict},
    forms::waiver::{Request, settle, settle_on, to_json},
};

/// A claim under the sample county with something put in its place.
fn outcome(pointer: &str, value: Value) -> Outcome {
    let mut claim = json!({
        "guitai": 1, "policy": "sample", "tariff": "sample",
        "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
        "deceased": {"name": "样例", "birth": "1950-01-01"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
        "bill": [{"item": "CREMATE", "quantity": 1}, {"item": "COLD", "quantity": 5}],
    });
    match claim.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (above, key) = pointer.rsplit_once('/').unwrap();
            claim.pointer_mut(above).unwrap()[key] = value;
        }
    }
    match Request::from_json(&claim) {
        Ok(request) => settle(&super::book(), &request),
        Err(findings) => Outcome::stopped(findings),
    }
}

#[test]
fn a_sound_claim_is_settled_and_written_as_told() {
    let settled = outcome("/bill/1/unit_price", json!(8000));
    let written = to_json(&settled);
    assert_eq!(written["outcome"], "settled");
    assert_eq!((&written["free"], &written["family"]), (&json!(57_000), &json!(16_000)));
    let says = written["lines"][1]["says"][0].as_str().unwrap();
    assert_eq!(
        says,
        "普通冷藏 5 天 × 80.00 = 400.00；政策免 3 天（免费冷藏）= 240.00；您付 160.00"
    );
    // What is written stands in the schema.
    let told = super::super::request_schema()["$defs"]["answer"]["properties"].clone();
    let unknown: Vec<&String> = written
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| told.get(key).is_none())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[rstest]
#[case::negative("/bill/1/quantity", json!(-1), "quantity-not-positive", "bill.2.quantity")]
#[case::zero("/bill/1/quantity", json!(0), "quantity-not-positive", "bill.2.quantity")]
#[case::fraction("/bill/0/quantity", json!(0.5), "quantity-not-whole", "bill.1.quantity")]
#[case::four_decimals("/bill/1/quantity", json!(1.0001), "input", "bill.2.quantity")]
#[case::exponent("/bill/1/quantity", json!(1e300), "input", "bill.2.quantity")]
#[case::word("/bill/1/quantity", json!("many"), "input", "bill.2.quantity")]
#[case::huge("/bill/1/quantity", json!(1_000_000), "quantity-too-large", "bill.2.quantity")]
#[case::two_cremations("/bill/0/quantity", json!(2), "quantity-too-large", "bill.1.quantity")]
#[case::not_fen("/bill/1/unit_price", json!(80.5), "input", "bill.2.unit_price")]
#[case::negative_price("/bill/1/unit_price", json!(-8000), "price-negative", "bill.2.unit_price")]
#[case::above_the_list("/bill/1/unit_price", json!(8001), "above-list", "bill.2.unit_price")]
#[case::off_the_list("/bill/1/item", json!("CLOD"), "off-list", "bill.2.item")]
#[case::no_item("/bill/1/item", json!(""), "input", "bill.2.item")]
#[case::unknown_attribute("/bill/1/hurs", json!(3), "attribute-unknown", "bill.2.hurs")]
#[case::no_lines("/bill", json!([]), "bill-empty", "bill")]
#[case::no_bill("/bill", json!("COLD"), "input", "bill")]
#[case::unknown_class("/classes", json!(["generl"]), "class-unknown", "classes.1")]
#[case::no_class("/classes", json!([]), "class-missing", "classes")]
#[case::no_paper("/evidence", json!([]), "evidence-missing", "evidence")]
#[case::no_fact("/facts", json!({}), "fact-unknown", "facts.hukou")]
#[case::fact_of_another_kind("/facts", json!({"hukou": true}), "fact-wrong", "facts.hukou")]
#[case::name_for_a_code("/facts", json!({"hukou": "浙江"}), "fact-wrong", "facts.hukou")]
#[case::half_a_code("/facts", json!({"hukou": "3303"}), "fact-wrong", "facts.hukou")]
#[case::fact_that_nobody_asks("/facts", json!({"hukou": "330521", "huko": "1"}), "fact-not-asked", "facts.huko")]
#[case::paper_that_nobody_asks("/evidence", json!(["hukou_page", "hukou_pge"]), "evidence-not-asked", "evidence")]
#[case::distance_below_nothing("/bill/1", json!({"item": "TRANSPORT", "quantity": 1, "km": -5}), "attribute-wrong", "bill.2.km")]
#[case::distance_in_words("/bill/1", json!({"item": "TRANSPORT", "quantity": 1, "km": "远"}), "attribute-wrong", "bill.2.km")]
#[case::unknown_key("/polcy", json!("x"), "input", "polcy")]
#[case::unknown_policy("/policy", json!("smaple"), "no-such-policy", "policy")]
#[case::unknown_list("/tariff", json!("hangzhou"), "tariff-not-of-policy", "tariff")]
#[case::no_date("/dates", json!({"claim": "2026-11-24"}), "date-missing", "dates.death")]
#[case::no_day("/dates/death", json!("2026-02-30"), "input", "dates.death")]
#[case::outside_its_dates("/dates/death", json!("2025-12-31"), "no-policy", "dates")]
#[case::days_turned_round("/dates/cremation", json!("2026-11-19"), "dates-contradict", "dates.cremation")]
#[case::born_after_death("/deceased/birth", json!("2026-12-01"), "dates-contradict", "dates.death")]
#[case::unknown_choice("/choices", json!({"way": "x"}), "choice-unknown", "choices.way")]
#[case::elsewhere("/offsite", json!(true), "offsite-not-allowed", "offsite")]
#[case::another_version("/guitai", json!(2), "input", "guitai")]
fn what_is_wrong_is_found_where_it_stands(
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] rule: &str,
    #[case] field: &str,
) {
    let outcome = outcome(pointer, value);
    assert_ne!(outcome.verdict, Verdict::Settled);
    assert_eq!(outcome.settlement, None);
    let found = outcome.findings.iter().find(|finding| finding.rule == rule);
    let found = found.unwrap_or_else(|| panic!("{rule} is not in {:?}", outcome.findings));
    assert_eq!(found.field.as_deref(), Some(field));
    assert!(!found.says.is_empty() && !found.says_en.is_empty());
}

#[test]
fn sums_that_no_number_holds_are_told() {
    let huge = json!([{"item": "CREMATE", "quantity": 99_999, "unit_price": i64::MAX}]);
    let claim = json!({"guitai": 1, "policy": "heihe", "dates": {"death": "2024-01-01"}, "classes": ["general"],
        "facts": {"hukou": "231102", "benefit_elsewhere": false}, "offsite": true, "bill": huge});
    let outcome = settle(&super::book(), &Request::from_json(&claim).unwrap());
    assert_eq!((outcome.verdict, &outcome.settlement), (Verdict::Incomplete, &None));
    assert_eq!(outcome.findings[0].rule, "overflow");
}

#[test]
fn a_slip_names_the_nearest_word_and_another_policys_fact_is_passed_by() {
    let slip = outcome("/facts", json!({"hukou": "330521", "huko": "1"}));
    assert!(
        slip.findings[0].says.contains("是不是“hukou”"),
        "{:?}",
        slip.findings[0]
    );
    let other = outcome("/facts", json!({"hukou": "330521", "burial_zone": true}));
    assert_eq!(other.verdict, Verdict::Settled);
    assert!(other.findings.iter().any(|finding| finding.rule == "fact-unused"));
}

/// I10: on what it rests, and what can be done.
#[rstest]
#[case("/bill/1/item", json!("CLOD"), "off-list", "补入目录")]
#[case("/dates/death", json!("2025-12-31"), "no-policy", "按收费目录全额结算")]
#[case("/facts", json!({"hukou": "110101", "death_in_county": false}), "class-not-met", "费用按自费结算")]
fn every_refusal_says_what_it_rests_on_and_what_comes_next(
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] rule: &str,
    #[case] next: &str,
) {
    let outcome = outcome(pointer, value);
    assert_eq!(outcome.verdict, Verdict::Refused);
    let found = outcome.findings.iter().find(|finding| finding.rule == rule).unwrap();
    assert!(found.says.contains(next), "{found:?}");
    assert!(
        found.article.as_ref().is_some_and(|article| !article.is_empty()),
        "{found:?}"
    );
}

#[rstest]
#[case("2026-11-24", &[])]
#[case("2026-11-23", &["dates.claim"])]
#[case("2026-11-19", &["dates.death", "dates.cremation", "dates.claim"])]
fn nothing_is_settled_that_has_not_happened_yet(#[case] today: &str, #[case] fields: &[&str]) {
    let claim = json!({
        "guitai": 1, "policy": "sample", "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "bill": [{"item": "CREMATE", "quantity": 1}],
    });
    let request = Request::from_json(&claim).unwrap();
    let outcome = settle_on(&super::book(), &request, today.parse().unwrap());
    let early = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule == "date-in-future");
    let early: Vec<&str> = early.filter_map(|finding| finding.field.as_deref()).collect();
    assert_eq!(early, fields);
    assert_eq!(outcome.verdict == Verdict::Settled, fields.is_empty());
}

#[test]
fn a_file_that_nobody_has_looked_at_for_a_year_says_so_with_the_result() {
    let claim = json!({
        "guitai": 1, "policy": "sample", "dates": {"death": "2026-11-20"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "bill": [{"item": "CREMATE", "quantity": 1}],
    });
    let request = Request::from_json(&claim).unwrap();
    let told = |today: &str| {
        let outcome = settle_on(&super::book(), &request, today.parse().unwrap());
        let own = outcome
            .findings
            .into_iter()
            .filter(|finding| finding.rule == "source-unchecked");
        own.count()
    };
    assert_eq!((told("2027-06-01"), told("2028-06-01")), (0, 2));
}
