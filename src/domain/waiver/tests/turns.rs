//! Benefits that follow each other on one item, classes that stand alone, what a bill may hold, answers that wait.

use super::*;

fn half(limits: Limits) -> Limits {
    Limits {
        percent: Some(Percent(5000)),
        ..limits
    }
}

fn in_order(mut benefits: Vec<Benefit>) -> Policy {
    for (order, benefit) in (0_i64..).zip(&mut benefits) {
        benefit.order = Some(order);
    }
    Policy {
        benefits,
        ..sample_policy()
    }
}

fn free(policy: &Policy, claim: &Claim) -> Fen {
    settled(&sample_tariff(), policy, claim).free
}

/// 头三天减半，第四至七天免费: whatever the first days leave to pay, the next ones begin behind them.
#[rstest]
#[case(&[7], 120 + 320)]
#[case(&[5], 120 + 160)]
#[case(&[2], 80)]
#[case(&[2, 5, 3], 120 + 320)]
fn the_next_days_begin_behind_the_first(#[case] days: &[i64], #[case] expected: i64) {
    let policy = in_order(vec![
        benefit("first", &["COLD"], half(units(3))),
        benefit("then", &["COLD"], units(4)),
    ]);
    let bill = days.iter().map(|days| line("COLD", *days)).collect();
    assert_eq!(free(&policy, &claim(bill)), yuan(expected));
}

#[test]
fn a_share_of_all_that_follows_leaves_the_first_days_alone() {
    let dear = Limits {
        unit: Some(yuan(50)),
        ..units(3)
    };
    let policy = in_order(vec![
        benefit("first", &["COLD"], dear.clone()),
        benefit("rest", &["COLD"], half(Limits::default())),
    ]);
    assert_eq!(free(&policy, &claim(vec![line("COLD", 7)])), yuan(150 + 160));
    let policy = in_order(vec![
        benefit("first", &["COLD"], dear),
        benefit("then", &["COLD"], half(units(4))),
    ]);
    assert_eq!(free(&policy, &claim(vec![line("COLD", 9)])), yuan(150 + 160));
}

/// An amount towards the bill counts no units: it pays what the first days left.
#[test]
fn an_amount_pays_what_is_left() {
    let amount = Limits {
        amount: Some(yuan(100)),
        ..Limits::default()
    };
    let policy = in_order(vec![
        benefit("first", &["COLD"], half(units(3))),
        benefit("amount", &["COLD"], amount),
    ]);
    assert_eq!(free(&policy, &claim(vec![line("COLD", 3)])), yuan(120 + 100));
}

/// What a class has of its own begins at the first unit: it tops up what everybody gets.
#[test]
fn a_class_tops_up_what_everybody_gets() {
    let mut policy = in_order(vec![
        benefit("first", &["COLD"], half(units(3))),
        benefit("needy", &["COLD"], units(3)),
    ]);
    policy.benefits[1].classes = vec!["needy".into()];
    let needy = Claim {
        classes: vec!["needy".into()],
        ..claim(vec![line("COLD", 3)])
    };
    assert_eq!(free(&policy, &needy), yuan(240));
}

#[test]
fn what_is_set_off_takes_no_turn() {
    let mut policy = in_order(vec![
        benefit("cremate", &["CREMATE"], units(1)),
        benefit("pick", &["PICK"], half(units(1))),
    ]);
    policy.benefits[0].targets.push(target("PICK", true));
    // 330 set off, half of the other 270.
    assert_eq!(free(&policy, &claim(vec![line("PICK", 1)])), yuan(330 + 135));
}

#[test]
fn a_class_that_replaces_keeps_what_is_for_everybody() {
    let mut policy = sample_policy();
    policy.classes[1].stacking = Stacking::Replace;
    policy.benefits = in_order(vec![
        benefit("all", &["CREMATE"], units(1)),
        benefit("cold", &["COLD"], units(1)),
        benefit("general", &["URN"], units(1)),
    ])
    .benefits;
    policy.benefits[1].by_class = vec![("needy".into(), units(5))];
    policy.benefits[2].classes = vec!["general".into()];
    let both = Claim {
        classes: vec!["general".into(), "needy".into()],
        ..claim(vec![line("CREMATE", 1), line("COLD", 9), line("URN", 1)])
    };
    let tariff = sample_tariff();
    let outcome = settle(&Plan::new(&tariff, &policy), &both, Detail::Sums);
    assert_eq!(outcome.settlement.as_ref().unwrap().free, yuan(330 + 400));
    assert!(outcome.findings.iter().any(|finding| finding.rule == "class-replaced"));
}

#[test]
fn the_most_of_a_bill_is_counted_over_its_lines() {
    let mut tariff = sample_tariff();
    tariff.items[2].max_quantity = Some(Quantity::ONE);
    let policy = sample_policy();
    let plan = Plan::new(&tariff, &policy);
    let twice = claim(vec![line("CREMATE", 1), line("COLD", 1), line("CREMATE", 1)]);
    let outcome = settle(&plan, &twice, Detail::Sums);
    assert_eq!(outcome.verdict, Verdict::Incomplete);
    assert_eq!(outcome.findings[0].rule, "quantity-too-large");
    assert!(
        outcome.findings[0].says.contains("第1、3行"),
        "{:?}",
        outcome.findings[0]
    );
    let once = settle(&plan, &claim(vec![line("CREMATE", 1)]), Detail::Sums);
    assert_eq!(once.verdict, Verdict::Settled);
}

fn tree() -> Award {
    Award {
        times_from: 1,
        id: "tree".into(),
        name: Words::new("树葬", "tree"),
        amount: ClassAmount {
            quotes: Vec::new(),
            amount: Some(yuan(2000)),
            by_class: Vec::new(),
        },
        actual: None,
        percent: None,
        times: None,
        rest_of: Vec::new(),
        classes: Vec::new(),
        when: Condition::Test("tree".into(), Test::Is(Known::Flag(true))),
        window: None,
        unused: Vec::new(),
        items: Vec::new(),
        evidence: Vec::new(),
        to: Words::new("家属", "family"),
        unknown: None,
        quote: String::new(),
    }
}

/// I6: an award that waits for an answer is not the less of two.
#[rstest]
#[case(Choosing::Best, "answer-missing")]
#[case(Choosing::Stated, "choice-missing")]
fn an_open_question_decides_no_choice(#[case] choosing: Choosing, #[case] rule: &str) {
    let mut policy = sample_policy();
    policy.awards = vec![tree()];
    let option = |id: &str, benefits: &[&str], awards: &[&str]| Choice {
        id: id.into(),
        name: Words::new(id, id),
        benefits: benefits.iter().map(|id| (*id).to_owned()).collect(),
        awards: awards.iter().map(|id| (*id).to_owned()).collect(),
    };
    policy.alternatives = vec![Alternative {
        id: "place".into(),
        choosing,
        take: 1,
        options: vec![option("store", &["store"], &[]), option("tree", &[], &["tree"])],
        quote: String::new(),
    }];
    let tariff = sample_tariff();
    let plan = Plan::new(&tariff, &policy);
    let mut claim = claim(vec![line("STORE", 1)]);
    let outcome = settle(&plan, &claim, Detail::Sums);
    assert_eq!(outcome.verdict, Verdict::Incomplete, "{:?}", outcome.findings);
    assert_eq!(outcome.findings[0].rule, rule);
    if choosing == Choosing::Best {
        assert_eq!(outcome.findings[0].field.as_deref(), Some("facts.tree"));
    }
    claim.facts.insert("tree".into(), Known::Flag(false));
    let outcome = settle(&plan, &claim, Detail::Sums);
    assert_eq!(outcome.settlement.unwrap().free, yuan(30));
}
