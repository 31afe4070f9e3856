//! What is told of a line can be checked with a pencil, and names only what applied to it.

use proptest::prelude::*;

use super::{any::bill, any::cap_of, any::world, *};

fn chain(policy: &Policy, bill: Vec<BillLine>) -> Vec<String> {
    let settlement = settled(&sample_tariff(), policy, &claim(bill));
    settlement.lines.iter().map(|line| line.says[0].zh.clone()).collect()
}

fn one(own: Benefit) -> Policy {
    Policy {
        benefits: vec![own],
        ..sample_policy()
    }
}

#[rstest]
#[case(Limits { amount: Some(yuan(200)), ..Limits::default() }, "；政策免 3 天（cold）= 240.00，本项最高 200.00，免 200.00；您付 40.00")]
#[case(
    Limits { unit: Some(yuan(20)), percent: Some(Percent(5000)), ..Limits::default() },
    "；政策免 3 天（cold）：3 天 × 20.00（单价上限） × 50% = 30.00；您付 210.00"
)]
#[case(units(2), "；政策免 2 天（cold）= 160.00；您付 80.00")]
fn every_step_is_spoken(#[case] limits: Limits, #[case] tail: &str) {
    let told = chain(&one(benefit("cold", &["COLD"], limits)), vec![line("COLD", 3)]);
    assert_eq!(told[0], format!("COLD 3 天 × 80.00 = 240.00{tail}"));
}

#[test]
fn what_the_family_bears_first_is_spoken() {
    let mut own = benefit("cold", &["COLD"], units(3));
    own.family_first = yuan(100);
    let told = chain(&one(own), vec![line("COLD", 3)]);
    assert!(
        told[0].ends_with("：3 天 × 80.00 − 家属先付 100.00 = 140.00；您付 100.00"),
        "{told:?}"
    );
}

#[test]
fn what_is_beyond_is_part_of_both_sums() {
    let told = chain(&sample_policy(), vec![km(line("TRANSPORT", 1), 60)]);
    assert_eq!(
        told[0],
        "TRANSPORT 1 具 × 230.00 + 单程超出 40 公里的往返 40 公里 × 3.00 = 350.00；\
         政策免 1 具（transport）：1 具 × 230.00 + 超出的 20 公里 60.00 = 290.00；您付 60.00"
    );
}

#[test]
fn a_factor_and_the_most_of_a_line_are_told() {
    let mut tariff = sample_tariff();
    tariff.items[1].factors.push(Factor {
        when: Condition::ALWAYS,
        percent: Percent(5000),
        also_beyond: false,
        also_bounds: false,
        name: Words::new("减半", "half"),
    });
    tariff.items[1].at_most = Some(yuan(100));
    let settlement = settled(&tariff, &sample_policy(), &claim(vec![line("COLD", 4)]));
    let told = &settlement.lines[0].says[0].zh;
    assert!(
        told.starts_with("COLD 4 天 × 40.00 = 160.00，按目录的最高额或取整收 100.00（目录价 80.00 × 50%（减半））；"),
        "{told}"
    );
}

/// A cap is named on the lines it cut and on no other, with its limit and what went over it.
#[test]
fn a_cap_is_named_where_it_cut() {
    let mut policy = sample_policy();
    policy.caps = vec![cap_of("group", &["COLD"], 20_000, 1), cap_of("case", &[], 40_000, 2)];
    for cap in &mut policy.caps {
        cap.quote = format!("quote of {}", cap.id);
    }
    let settlement = settled(
        &sample_tariff(),
        &policy,
        &claim(vec![line("COLD", 3), line("CREMATE", 1)]),
    );
    let told: Vec<String> = settlement
        .lines
        .iter()
        .map(|line| {
            line.says
                .iter()
                .map(|says| says.zh.as_str())
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert!(told[0].contains("= 240.00，超过“group”200.00 的部分 40.00 不免，实免 200.00；您付 40.00"));
    assert!(
        told[0].contains("quote of group") && !told[0].contains("quote of case"),
        "{told:?}"
    );
    assert!(
        told[1].contains(
            "；“case”400.00：所含各项合计 530.00，超过的部分 130.00 不免，其中本行 130.00，实免 200.00；您付 130.00"
        ),
        "{told:?}"
    );
    assert!(
        told[1].contains("quote of case") && !told[1].contains("quote of group"),
        "{told:?}"
    );
}

#[test]
fn a_sentence_that_many_lines_rest_on_is_there_once() {
    let mut policy = sample_policy();
    policy.benefits[1].quote = "三天".into();
    let settlement = settled(
        &sample_tariff(),
        &policy,
        &claim(vec![line("COLD", 1), line("CREMATE", 1), line("COLD", 1)]),
    );
    assert_eq!(settlement.quotes.len(), 1);
    assert_eq!(settlement.quotes[0].lines, [1, 3]);
}

/// The last amount of a sentence, in 分.
fn last_amount(text: &str) -> i64 {
    let plain = text.replace(['（', '）'], " ");
    let words = plain.split([' ', '，', '：', '免', '收', '付', '”']);
    let mut amounts = words.filter_map(|word| {
        let (yuan, fen) = word.split_once('.')?;
        Some(yuan.parse::<i64>().ok()? * 100 + fen.parse::<i64>().ok().filter(|_| fen.len() == 2)?)
    });
    amounts.next_back().unwrap_or_else(|| panic!("no amount in {text}"))
}

/// What a formula of units, sums and a percentage comes to, in 分.
fn worth(formula: &str) -> i64 {
    let (body, percent) = match formula.rsplit_once(" × ").filter(|(_, last)| last.ends_with('%')) {
        Some((body, percent)) => (body, Percent::parse(percent.trim_end_matches('%'))),
        None => (formula, None),
    };
    let mut sum = 0;
    for term in body.trim_matches(['（', '）']).split(" + ") {
        sum += match term.split_once(" × ") {
            Some((units, each)) => {
                let units = units.rsplit(' ').find_map(Quantity::parse).unwrap();
                let each = each.split('（').next().unwrap();
                units.at(Fen(last_amount(each))).unwrap().0
            }
            // The amount before what is said of it.
            None => last_amount(term.split('（').next().unwrap_or(term)),
        };
    }
    percent.map_or(sum, |percent| percent.of(sum, Mode::HalfUp).unwrap())
}

proptest! {
    #[test]
    fn a_family_can_add_it_up((tariff, mut policy) in world(), bill in bill(), round in any::<bool>()) {
        policy.line_rounding = round.then_some(Step { fen: 100, mode: Mode::HalfUp });
        let settlement = settled(&tariff, &policy, &claim(bill));
        for line in &settlement.lines {
            let told = &line.says[0].zh;
            let mut parts = told.split('；');
            let listed = last_amount(parts.next().unwrap());
            prop_assert_eq!(listed, line.listed.0, "{}", told);
            let mut free: Vec<i64> = Vec::new();
            let mut pays = None;
            for part in parts {
                if let Some(amount) = part.strip_prefix("您付 ") {
                    pays = Some(last_amount(amount));
                } else if part.starts_with('“') && part.contains("实免") {
                    *free.last_mut().unwrap() = last_amount(part);
                } else if part.starts_with("政策") {
                    free.push(last_amount(part));
                    if let Some((_, formula)) = part.split_once('：').filter(|_| !part.contains("合并取整")) {
                        let (formula, rest) = formula.split_once("= ").unwrap();
                        prop_assert_eq!(worth(formula.trim_end()), last_amount(rest.split('，').next().unwrap()), "{}", told);
                    }
                }
            }
            prop_assert_eq!(pays, Some(line.family.0), "{}", told);
            prop_assert_eq!(listed - free.iter().sum::<i64>(), line.family.0, "{}", told);
        }
    }
}
