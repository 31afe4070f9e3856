//! What must hold for any list, policy and bill.

use proptest::prelude::*;

use super::*;

/// A list of seven items at any price, a policy with any limits, overlaps in order, nested caps, shares.
pub(super) fn world() -> impl Strategy<Value = (Tariff, Policy)> {
    let prices = prop::collection::vec(1_i64..100_000, 7);
    let limit = (
        prop::option::of(1_i64..6),
        prop::option::of(1_i64..50_000),
        prop::option::of(1_i64..80_000),
        prop::option::of(1_i64..=10_000),
    );
    let benefits = prop::collection::vec(
        (
            prop::sample::subsequence((0..7).collect::<Vec<usize>>(), 1..4),
            limit,
            any::<bool>(),
            prop::option::of(1_i64..30_000),
        ),
        1..6,
    );
    let caps = (
        prop::option::of(1_i64..100_000),
        prop::option::of(1_i64..150_000),
        prop::option::of(1_i64..=10_000),
        prop::option::of(0_i64..20_000),
    );
    let tiers = prop::option::of((1_i64..4, 1_i64..50_000, 1_i64..50_000, any::<bool>()));
    let splits = (0_i64..=10_000, prop::option::of(0_i64..60_000));
    (prices, benefits, caps, tiers, splits).prop_map(
        |(prices, benefits, (group, whole, percent, leave), tiers, (share, up_to))| {
            let mut tariff = sample_tariff();
            let priced = tariff
                .items
                .iter()
                .zip(prices)
                .map(|(old, price)| item(&old.code, &old.unit, Price::Fixed(Fen(price))));
            let mut items: Vec<TariffLine> = priced.collect();
            if let Some((days, first, then, whole)) = tiers {
                let tier = |up_to: Option<i64>, price| Tier {
                    up_to: up_to.and_then(Quantity::whole),
                    price: Fen(price),
                };
                let mode = if whole { TierMode::Whole } else { TierMode::Marginal };
                items[1].price = Price::Tiers(mode, vec![tier(Some(days), first), tier(None, then)]);
            }
            tariff = Tariff::new(head("sample"), items, None);
            let mut policy = sample_policy();
            let build = |(at, (items, limit, needy, setoff)): (usize, (Vec<usize>, _, bool, Option<i64>))| {
                let (quantity, unit, amount, percent): (Option<i64>, Option<i64>, Option<i64>, Option<i64>) = limit;
                let codes: Vec<&str> = items.iter().map(|item| tariff.items[*item].code.as_str()).collect();
                let mut own = benefit(
                    &format!("b{at}"),
                    &codes,
                    Limits {
                        quantity: quantity.and_then(Quantity::whole),
                        unit: unit.map(Fen),
                        amount: amount.map(Fen),
                        percent: percent.map(Percent),
                        ..Limits::default()
                    },
                );
                own.order = i64::try_from(at).ok();
                if let (Some(worth), Some(last)) = (setoff, own.targets.last_mut()) {
                    last.setoff = true;
                    own.setoff_worth = Some(Fen(worth));
                }
                if needy {
                    own.classes = vec!["needy".into()];
                }
                own
            };
            policy.benefits = benefits.into_iter().enumerate().map(build).collect();
            policy
                .caps
                .extend(group.map(|amount| cap_of("group", &["COLD", "URN"], amount, 1)));
            // Each within the next: a wide limit before a narrow one may waste what it left.
            policy.caps.extend(whole.map(|amount| cap_of("whole", &[], amount, 3)));
            if percent.is_some() || leave.is_some() {
                let mut share = cap_of("share", &["STORE", "COLD", "URN"], 0, 2);
                share.amount.amount = None;
                (share.percent, share.family_at_least) = (percent.map(Percent), leave.map(Fen));
                policy.caps.push(share);
            }
            policy.splits[0].parts[0].1 = Share::Percent(Percent(share));
            if let Some(up_to) = up_to {
                let mut first = policy.splits[0].clone();
                (first.up_to, first.parts) = (Some(Fen(up_to)), vec![(1, Share::Percent(Percent::ALL))]);
                policy.splits.insert(0, first);
            }
            (tariff, policy)
        },
    )
}

pub(super) fn cap_of(id: &str, items: &[&str], amount: i64, order: i64) -> Cap {
    Cap {
        includes_awards: false,
        id: id.into(),
        name: Words::new(id, id),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        benefits: Vec::new(),
        percent: None,
        family_at_least: None,
        less: None,
        amount: ClassAmount {
            quotes: Vec::new(),
            amount: Some(Fen(amount)),
            by_class: Vec::new(),
        },
        order,
        quote: String::new(),
    }
}

/// What is free under each cap is no more than it lets be.
fn within_caps(policy: &Policy, settlement: &Settlement) -> Result<(), TestCaseError> {
    for cap in &policy.caps {
        let under = |line: &&SettledLine| cap.items.is_empty() || cap.items.contains(&line.item);
        let sum = |of: fn(&SettledLine) -> i64| settlement.lines.iter().filter(under).map(of).sum::<i64>();
        let (free, cost) = (sum(|line| line.free.0), sum(|line| line.listed.0));
        prop_assert!(free <= cap.amount.amount.map_or(i64::MAX, |amount| amount.0));
        prop_assert!(free * 10_000 <= cost * cap.percent.map_or(10_000, |percent| percent.0));
        prop_assert!(free <= (cost - cap.family_at_least.unwrap_or_default().0).max(0));
    }
    Ok(())
}

pub(super) fn bill() -> impl Strategy<Value = Vec<BillLine>> {
    let codes = ["TRANSPORT", "COLD", "CREMATE", "PICK", "STORE", "URN", "OTHER_URN"];
    prop::collection::vec((prop::sample::select(codes.to_vec()), 1_i64..8), 1..9)
        .prop_map(|lines| lines.into_iter().map(|(code, quantity)| line(code, quantity)).collect())
}

proptest! {
    #[test]
    fn rounding_keeps_every_fen(
        (tariff, mut policy) in world(),
        bill in bill(),
        step in prop::sample::select(vec![1_i64, 10, 100]),
        mode in prop::sample::select(vec![Mode::HalfUp, Mode::Down, Mode::Up]),
        by_line in any::<bool>(),
    ) {
        let step = Some(Step { fen: step, mode });
        if by_line { policy.line_rounding = step } else { policy.case_rounding = step }
        let settlement = settled(&tariff, &policy, &claim(bill));
        for line in &settlement.lines {
            prop_assert!(0 <= line.free.0 && line.free <= line.listed);
            prop_assert_eq!(line.payers.iter().map(|borne| borne.amount.0).sum::<i64>(), line.free.0);
        }
        prop_assert_eq!(settlement.payers.iter().map(|borne| borne.amount.0).sum::<i64>(), settlement.free.0);
        within_caps(&policy, &settlement)?;
        for own in &policy.benefits {
            let limits = own.limits_for(&[&policy.classes[0]]);
            let alone = settlement.lines.iter().filter(|line| line.rule == own.id);
            let sum = alone.clone().map(|line| line.free.0).sum::<i64>();
            prop_assert!(sum <= limits.amount.map_or(i64::MAX, |amount| amount.0), "{}", own.id);
            for line in alone {
                let most = limits.unit.and_then(|unit| line.quantity.at(unit));
                prop_assert!(line.free <= most.unwrap_or(line.listed), "{}", own.id);
            }
        }
    }

    #[test]
    fn a_case_is_rounded_as_it_says_where_no_limit_is_near(
        price in 1_i64..90_000, percent in 1_i64..=9_999, mode in prop::sample::select(vec![Mode::HalfUp, Mode::Down, Mode::Up]),
        cap in prop::option::of(200_000_i64..300_000),
    ) {
        let tariff = Tariff::new(head("sample"), vec![item("COLD", "天", Price::Fixed(Fen(price)))], None);
        let mut policy = sample_policy();
        let share = Limits { percent: Some(Percent(percent)), ..Limits::default() };
        policy.benefits = vec![benefit("share", &["COLD"], share)];
        policy.case_rounding = Some(Step { fen: 100, mode });
        policy.caps.extend(cap.map(|amount| cap_of("whole", &[], amount, 1)));
        let settlement = settled(&tariff, &policy, &claim(vec![line("COLD", 1)]));
        let exact = Percent(percent).of(price, Mode::HalfUp).unwrap();
        let up = quantity::to_step(exact, 100, mode).unwrap();
        let down = exact / 100 * 100;
        prop_assert_eq!(settlement.free.0, if up <= price { up } else if exact == price { price } else { down });
    }

    #[test]
    fn of_classes_by_the_highest_the_best_one_counts((tariff, mut policy) in world(), bill in bill()) {
        for class in &mut policy.classes {
            class.stacking = Stacking::Highest;
        }
        let of = |classes: &[&str]| {
            let claim = Claim { classes: classes.iter().map(|id| (*id).to_owned()).collect(), ..claim(bill.clone()) };
            settled(&tariff, &policy, &claim).free
        };
        prop_assert_eq!(of(&["general", "needy"]), of(&["general"]).max(of(&["needy"])));
    }

    #[test]
    fn every_fen_has_one_place((tariff, policy) in world(), bill in bill()) {
        let settlement = settled(&tariff, &policy, &claim(bill));
        for line in &settlement.lines {
            prop_assert_eq!(line.listed.0, line.free.0 + line.family.0);
            prop_assert!(0 <= line.free.0 && line.free <= line.listed);
            prop_assert_eq!(line.payers.iter().map(|borne| borne.amount.0).sum::<i64>(), line.free.0);
        }
        prop_assert_eq!(settlement.listed.0, settlement.free.0 + settlement.family.0);
        prop_assert_eq!(settlement.payers.iter().map(|borne| borne.amount.0).sum::<i64>(), settlement.free.0);
        within_caps(&policy, &settlement)?;
    }

    #[test]
    fn the_order_of_lines_changes_nothing((tariff, policy) in world(), bill in bill(), seed in any::<prop::sample::Index>()) {
        let before = settled(&tariff, &policy, &claim(bill.clone()));
        let mut turned = bill.clone();
        turned.rotate_left(seed.index(bill.len()));
        turned.reverse();
        let after = settled(&tariff, &policy, &claim(turned));
        let sorted = |settlement: &Settlement| {
            let mut lines: Vec<_> = settlement.lines.iter().map(|l| (l.item.clone(), l.quantity, l.free, l.family)).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(sorted(&before), sorted(&after));
        prop_assert_eq!(&before.payers, &after.payers);
        prop_assert_eq!(&before, &settled(&tariff, &policy, &claim(bill)));
    }

    #[test]
    fn another_class_never_takes_away((tariff, policy) in world(), bill in bill()) {
        let one = claim(bill);
        let both = Claim { classes: vec!["needy".into(), "general".into()], ..one.clone() };
        prop_assert!(settled(&tariff, &policy, &one).free <= settled(&tariff, &policy, &both).free);
    }

    #[test]
    fn a_line_in_two_parts_gets_no_more((tariff, policy) in world(), mut bill in bill(), seed in any::<prop::sample::Index>()) {
        let whole = settled(&tariff, &policy, &claim(bill.clone())).free;
        let at = seed.index(bill.len());
        let quantity = bill[at].quantity.unwrap().0 / 1000;
        prop_assume!(quantity > 1);
        bill[at].quantity = Quantity::whole(quantity - 1);
        let rest = line(&bill[at].item, 1);
        bill.push(rest);
        prop_assert!(settled(&tariff, &policy, &claim(bill)).free <= whole);
    }
}
