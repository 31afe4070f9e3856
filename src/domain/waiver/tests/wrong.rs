//! Stated values that are not of the kind asked for are told as what they are; shares round to the whole.

use super::*;

fn asking(kind: FactKind) -> Policy {
    let mut policy = sample_policy();
    policy.facts = vec![FactSpec {
        id: "asked".into(),
        kind,
        label: Words::new("所问", "asked"),
    }];
    policy
}

fn told(policy: &Policy, value: Known) -> Option<String> {
    let mut claim = claim(vec![line("COLD", 1)]);
    claim.facts.insert("asked".into(), value);
    let tariff = sample_tariff();
    let outcome = settle(&Plan::new(&tariff, policy), &claim, Detail::Sums);
    let wrong = outcome
        .findings
        .into_iter()
        .find(|finding| finding.rule == "fact-wrong")?;
    assert_eq!(outcome.settlement, None);
    assert_eq!(wrong.field.as_deref(), Some("facts.asked"));
    Some(wrong.says)
}

fn text(text: &str) -> Known {
    Known::Text(text.into())
}

#[rstest]
#[case(FactKind::Flag, Known::Flag(false), None)]
#[case(FactKind::Flag, text("yes"), Some("应是是或否（true、false），写的是“yes”"))]
#[case(FactKind::Number, Known::Number(Quantity(2500)), None)]
#[case(FactKind::Number, Known::Number(Quantity(-1000)), Some("写的是“-1”"))]
#[case(FactKind::Money, Known::Number(Quantity(100_500)), Some("单位分"))]
#[case(FactKind::Money, Known::Number(Quantity(-500_000)), Some("写的是“-500”"))]
#[case(FactKind::Day, text("2026-11-20"), None)]
#[case(FactKind::Day, text("2026-13-21"), Some("应是日期"))]
#[case(FactKind::Area, text("330521"), None)]
#[case(FactKind::Area, Known::Number(Quantity(330_521_000)), None)]
#[case(FactKind::Area, text("3305"), Some("六位行政区划代码"))]
#[case(FactKind::Text, Known::Flag(true), Some("应是文字"))]
fn a_value_of_another_kind_is_told_as_what_it_is(
    #[case] kind: FactKind,
    #[case] value: Known,
    #[case] says: Option<&str>,
) {
    let told = told(&asking(kind), value);
    match says {
        Some(says) => assert!(told.as_ref().is_some_and(|told| told.contains(says)), "{told:?}"),
        None => assert_eq!(told, None),
    }
}

#[test]
fn what_is_given_once_for_each_is_counted_in_whole_numbers() {
    let mut policy = asking(FactKind::Number);
    policy.benefits[1].times = Some("asked".into());
    let told = told(&policy, Known::Number(Quantity(2500)));
    assert!(told.is_some_and(|told| told.contains("整数")));
}

#[test]
fn what_begins_after_the_claim_has_not_happened() {
    let mut policy = asking(FactKind::Day);
    policy.window = Some(Window {
        from: DateKind::Claim,
        from_fact: Some("asked".into()),
        months: 12,
        days: 0,
        working_days: 0,
        quote: String::new(),
    });
    let mut claim = claim(vec![line("COLD", 1)]);
    claim.dates.claim = Some(day("2026-11-24"));
    let tariff = sample_tariff();
    let mut outcome = |burial: &str| {
        claim.facts.insert("asked".into(), text(burial));
        settle(&Plan::new(&tariff, &policy), &claim, Detail::Sums)
    };
    assert_eq!(outcome("2026-11-24").verdict, Verdict::Settled);
    let early = outcome("2026-11-25");
    assert_eq!(early.verdict, Verdict::Incomplete);
    assert_eq!(early.findings[0].rule, "dates-contradict");
}

/// 33.33 % of 30.00 is 10.00; the rest takes what is left.
#[rstest]
#[case(3333, 3000, 1000, 2000)]
#[case(5000, 1, 1, 0)]
#[case(3333, 1, 0, 1)]
fn shares_round_half_up_and_the_rest_takes_the_remainder(
    #[case] percent: i64,
    #[case] price: i64,
    #[case] first: i64,
    #[case] rest: i64,
) {
    let tariff = Tariff::new(head("sample"), vec![item("COLD", "天", Price::Fixed(Fen(price)))], None);
    let mut policy = sample_policy();
    policy.benefits = vec![benefit("cold", &["COLD"], Limits::default())];
    policy.splits[0].parts[0].1 = Share::Percent(Percent(percent));
    let settlement = settled(&tariff, &policy, &claim(vec![line("COLD", 1)]));
    let of = |id: &str| {
        settlement
            .payers
            .iter()
            .find(|own| own.payer == id)
            .map_or(0, |own| own.amount.0)
    };
    assert_eq!((of("county"), of("province")), (first, rest));
}
