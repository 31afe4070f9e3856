//! Settlements as a whole: the worked checks of the field; in `any`, what must hold for any list, policy and bill.

mod any;
mod limits;
mod says;
mod turns;
mod wrong;

use chrono::NaiveDate;
use rstest::rstest;

use super::*;
use crate::domain::money::Fen;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn head(id: &str) -> Head {
    Head {
        id: id.into(),
        title: Words::new("样例县", "Sample county"),
        effective_from: day("2026-01-01"),
        effective_to: None,
        status: Status::InForce,
        source: "synthetic".into(),
        checked_on: None,
        checked_by: String::new(),
        verbatim: true,
        sha256: String::new(),
    }
}

fn item(code: &str, unit: &str, price: Price) -> TariffLine {
    TariffLine {
        code: code.into(),
        name: Words::new(code, code),
        class: ItemClass::Basic,
        unit: unit.into(),
        price,
        rates: Vec::new(),
        factors: Vec::new(),
        beyond: Vec::new(),
        assume: Vec::new(),
        started: None,
        counted_from: None,
        fractions: false,
        max_quantity: None,
        at_least: None,
        at_most: None,
        includes: Vec::new(),
        unknown: None,
        quote: String::new(),
    }
}

fn yuan(yuan: i64) -> Fen {
    Fen(yuan * 100)
}

fn sample_tariff() -> Tariff {
    let mut transport = item("TRANSPORT", "具", Price::Fixed(yuan(230)));
    transport.beyond.push(Beyond {
        attribute: "km".into(),
        unit: "公里".into(),
        included: Quantity(40_000),
        basis: Basis::RoundTrip,
        started: None,
        up_to: None,
        each: yuan(3),
        per: None,
        when: Condition::ALWAYS,
        unknown: None,
    });
    let mut store = item("STORE", "年", Price::Fixed(yuan(30)));
    store.started = Some(Quantity(500));
    store.counted_from = Some(("months".into(), Quantity(12_000)));
    let items = vec![
        transport,
        item("COLD", "天", Price::Fixed(yuan(80))),
        item("CREMATE", "具", Price::Fixed(yuan(330))),
        item("PICK", "具", Price::Fixed(yuan(600))),
        store,
        item("URN", "只", Price::Fixed(yuan(200))),
        item("OTHER_URN", "只", Price::Ceiling(yuan(3000))),
    ];
    Tariff::new(head("sample"), items, None)
}

fn target(item: &str, setoff: bool) -> Target {
    Target {
        item: item.into(),
        per: Quantity::ONE,
        setoff,
    }
}

fn benefit(id: &str, items: &[&str], limits: Limits) -> Benefit {
    Benefit {
        times_from: 1,
        class_quotes: Vec::new(),
        id: id.into(),
        name: Words::new(id, id),
        targets: items.iter().map(|item| target(item, false)).collect(),
        pay_all: Vec::new(),
        classes: Vec::new(),
        when: Condition::ALWAYS,
        line: Condition::ALWAYS,
        with: Vec::new(),
        without: Vec::new(),
        evidence: Vec::new(),
        limits,
        by_class: Vec::new(),
        times: None,
        family_first: Fen::ZERO,
        setoff_worth: None,
        order: None,
        unknown: None,
        caution: None,
        quote: String::new(),
        at_line: 1,
    }
}

fn units(quantity: i64) -> Limits {
    Limits {
        quantity: Quantity::whole(quantity),
        ..Limits::default()
    }
}

fn class(id: &str, stacking: Stacking) -> Class {
    Class {
        id: id.into(),
        name: Words::new(id, id),
        when: Condition::ALWAYS,
        evidence: Vec::new(),
        evidence_any: Vec::new(),
        evidence_must: false,
        stacking,
        quote: String::new(),
    }
}

fn sample_policy() -> Policy {
    let mut cremate = benefit("cremate", &["CREMATE"], units(1));
    cremate.targets.push(target("PICK", true));
    let mut transport = benefit("transport", &["TRANSPORT"], units(1));
    transport.limits.reach.insert("km".into(), Quantity(50_000));
    let mut urn = benefit("urn", &["URN"], units(1));
    urn.pay_all = vec!["OTHER_URN".into()];
    Policy {
        head: head("sample"),
        tariffs: vec!["sample".into()],
        chosen_by: DateKind::Death,
        facts: Vec::new(),
        evidence: Vec::new(),
        eligibility: Vec::new(),
        window: None,
        classes: vec![class("general", Stacking::Add), class("needy", Stacking::Add)],
        benefits: vec![
            transport,
            benefit("cold", &["COLD"], units(3)),
            cremate,
            benefit("store", &["STORE"], units(1)),
            urn,
        ],
        alternatives: Vec::new(),
        caps: Vec::new(),
        awards: Vec::new(),
        offsite: OffsiteRules::none(),
        payers: ["county", "province"]
            .map(|id| Payer {
                id: id.into(),
                name: Words::new(id, id),
            })
            .to_vec(),
        splits: vec![Split {
            items: Vec::new(),
            classes: Vec::new(),
            awards: Vec::new(),
            when: Condition::ALWAYS,
            up_to: None,
            parts: vec![(0, Share::Percent(Percent(7000))), (1, Share::Rest)],
            quote: String::new(),
        }],
        line_rounding: None,
        case_rounding: None,
    }
}

fn line(item: &str, quantity: i64) -> BillLine {
    BillLine {
        item: item.into(),
        quantity: Quantity::whole(quantity),
        ..BillLine::default()
    }
}

fn km(mut line: BillLine, km: i64) -> BillLine {
    line.attributes.push(("km".into(), Known::Number(Quantity(km * 1000))));
    line
}

fn claim(bill: Vec<BillLine>) -> Claim {
    Claim {
        classes: vec!["general".into()],
        bill,
        ..Claim::default()
    }
}

fn settled(tariff: &Tariff, policy: &Policy, claim: &Claim) -> Settlement {
    let outcome = settle(&Plan::new(tariff, policy), claim, Detail::Explained);
    outcome.settlement.unwrap_or_else(|| panic!("{:?}", outcome.findings))
}

#[rstest]
#[case(vec![line("COLD", 5), line("CREMATE", 1), km(line("TRANSPORT", 1), 40)], 80_000, 16_000)]
#[case(vec![line("PICK", 1)], 33_000, 27_000)]
#[case(vec![line("CREMATE", 1), line("PICK", 1)], 33_000, 60_000)]
#[case(vec![km(line("TRANSPORT", 1), 60)], 29_000, 6_000)]
fn published_numbers_come_out(#[case] bill: Vec<BillLine>, #[case] free: i64, #[case] family: i64) {
    let settlement = settled(&sample_tariff(), &sample_policy(), &claim(bill));
    assert_eq!((settlement.free.0, settlement.family.0), (free, family));
}

#[rstest]
#[case(5, 1_500)]
#[case(7, 3_000)]
#[case(13, 4_500)]
fn under_half_a_year_is_half_and_over_is_a_year(#[case] months: i64, #[case] listed: i64) {
    let mut store = line("STORE", 1);
    store.quantity = None;
    store
        .attributes
        .push(("months".into(), Known::Number(Quantity(months * 1000))));
    let settlement = settled(&sample_tariff(), &sample_policy(), &claim(vec![store]));
    assert_eq!(settlement.listed.0, listed);
}

/// 30 a day up to day 3, 40 to day 7, 50 after.
fn tiered(mode: TierMode) -> Tariff {
    let tier = |up_to: Option<i64>, price| Tier {
        up_to: up_to.and_then(Quantity::whole),
        price: yuan(price),
    };
    let price = Price::Tiers(mode, vec![tier(Some(3), 30), tier(Some(7), 40), tier(None, 50)]);
    Tariff::new(head("sample"), vec![item("COLD", "天", price)], None)
}

#[rstest]
#[case(TierMode::Marginal, &[3], 90, 90)]
#[case(TierMode::Marginal, &[9], 350, 90)] // 3 × 30 + 4 × 40 + 2 × 50
#[case(TierMode::Marginal, &[2, 5, 2], 350, 90)]
#[case(TierMode::Whole, &[5], 200, 120)]
#[case(TierMode::Whole, &[9], 450, 150)]
#[case(TierMode::Whole, &[4, 5], 450, 150)]
fn tiers_count_the_stay_however_it_was_entered(
    #[case] mode: TierMode,
    #[case] days: &[i64],
    #[case] listed: i64,
    #[case] free: i64,
) {
    let bill = days.iter().map(|days| line("COLD", *days)).collect();
    let mut policy = sample_policy();
    policy.benefits = vec![benefit("cold", &["COLD"], units(3))];
    let settlement = settled(&tiered(mode), &policy, &claim(bill));
    assert_eq!((settlement.listed, settlement.free), (yuan(listed), yuan(free)));
}

#[test]
fn another_urn_is_paid_in_full_and_above_its_ceiling_refused() {
    let mut urn = line("OTHER_URN", 1);
    urn.unit_price = Some(yuan(1200));
    let settlement = settled(&sample_tariff(), &sample_policy(), &claim(vec![urn.clone()]));
    assert_eq!(settlement.family, yuan(1200));
    assert!(settlement.lines[0].says[0].zh.contains("不抵扣"));
    urn.unit_price = Some(yuan(3001));
    let (tariff, policy) = (sample_tariff(), sample_policy());
    let outcome = settle(&Plan::new(&tariff, &policy), &claim(vec![urn]), Detail::Sums);
    assert_eq!(outcome.verdict, Verdict::Refused);
    assert_eq!(outcome.findings[0].rule, "above-list");
}

#[test]
fn a_family_can_follow_the_chain() {
    let settlement = settled(&sample_tariff(), &sample_policy(), &claim(vec![line("COLD", 5)]));
    let chain = &settlement.lines[0].says[0].zh;
    assert_eq!(
        chain,
        "COLD 5 天 × 80.00 = 400.00；政策免 3 天（cold）= 240.00；您付 160.00"
    );
}

#[rstest]
#[case(line("NONSENSE", 1), "off-list", Verdict::Refused)]
#[case(line("COLD", 0), "quantity-not-positive", Verdict::Incomplete)]
#[case(line("COLD", -1), "quantity-not-positive", Verdict::Incomplete)]
#[case(line("COLD", 100_001), "quantity-too-large", Verdict::Incomplete)]
#[case(BillLine { quantity: Some(Quantity(1500)), ..line("COLD", 1) }, "quantity-not-whole", Verdict::Incomplete)]
#[case(BillLine { unit_price: Some(Fen(8001)), ..line("COLD", 1) }, "above-list", Verdict::Refused)]
#[case(BillLine { unit_price: Some(Fen(-1)), ..line("COLD", 1) }, "price-negative", Verdict::Incomplete)]
fn bad_lines_are_findings_and_never_sums(#[case] bad: BillLine, #[case] rule: &str, #[case] verdict: Verdict) {
    let (tariff, policy) = (sample_tariff(), sample_policy());
    let outcome = settle(
        &Plan::new(&tariff, &policy),
        &claim(vec![line("COLD", 1), bad]),
        Detail::Sums,
    );
    assert_eq!((outcome.verdict, &outcome.settlement), (verdict, &None));
    assert_eq!(outcome.findings[0].rule, rule);
    assert!(
        outcome.findings[0]
            .field
            .as_deref()
            .is_some_and(|field| field.starts_with("bill.2"))
    );
}

fn offsite_policy() -> Policy {
    let mut policy = sample_policy();
    policy.offsite.allowed = Some(Vec::new());
    policy.offsite.cap = ClassAmount {
        quotes: Vec::new(),
        amount: Some(yuan(792)),
        by_class: vec![("needy".into(), yuan(1172))],
    };
    policy
}

#[rstest]
#[case("general", 650, 650)]
#[case("general", 900, 792)]
#[case("needy", 900, 900)]
#[case("needy", 1300, 1172)]
fn cremation_elsewhere_is_reimbursed_as_paid_up_to_the_cap(#[case] class: &str, #[case] paid: i64, #[case] free: i64) {
    let mut cremate = line("CREMATE", 1);
    cremate.unit_price = Some(yuan(paid));
    let claim = Claim {
        classes: vec![class.into()],
        offsite: Some(Offsite::default()),
        ..claim(vec![
            cremate,
            BillLine {
                unit_price: Some(yuan(50)),
                ..line("FLOWERS", 1)
            },
        ])
    };
    let settlement = settled(&sample_tariff(), &offsite_policy(), &claim);
    assert_eq!((settlement.free, settlement.lines[1].free), (yuan(free), Fen::ZERO));
    let closed = settle(&Plan::new(&sample_tariff(), &sample_policy()), &claim, Detail::Sums);
    assert_eq!(closed.findings[0].rule, "offsite-not-allowed");
}

#[test]
fn an_unknown_fact_is_named_and_neither_free_nor_paid() {
    let mut policy = sample_policy();
    policy.benefits[1].when = Condition::Test("local".into(), Test::Is(Known::Flag(true)));
    let tariff = sample_tariff();
    let plan = Plan::new(&tariff, &policy);
    let mut claim = claim(vec![line("COLD", 1)]);
    let outcome = settle(&plan, &claim, Detail::Sums);
    assert_eq!(outcome.verdict, Verdict::Incomplete);
    assert_eq!(outcome.findings[0].field.as_deref(), Some("facts.local"));
    claim.facts.insert("local".into(), Known::Flag(false));
    assert_eq!(settled(&tariff, &policy, &claim).free, Fen::ZERO);
}

/// An amount that pays one of two days, then one day more: all of it is free, in one line or in two.
#[rstest]
#[case(&[2])]
#[case(&[1, 1])]
fn what_an_amount_leaves_is_whole_days(#[case] days: &[i64]) {
    let mut policy = sample_policy();
    let amount = Limits {
        amount: Some(yuan(80)),
        ..Limits::default()
    };
    policy.benefits = vec![
        benefit("amount", &["COLD"], amount),
        benefit("day", &["COLD"], units(1)),
    ];
    let bill = days.iter().map(|days| line("COLD", *days)).collect();
    let settlement = settled(&sample_tariff(), &policy, &claim(bill));
    assert_eq!(settlement.free, yuan(160));
}
