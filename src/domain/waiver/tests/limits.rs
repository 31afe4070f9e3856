//! Rounding beside the limits: where up would go beyond one, it goes down.

use super::*;

fn rounded(mode: Mode, by_line: bool, limits: Limits) -> Policy {
    let step = Some(Step { fen: 100, mode });
    let mut policy = sample_policy();
    policy.benefits = vec![benefit("cold", &["COLD"], limits)];
    if by_line {
        policy.line_rounding = step;
    } else {
        policy.case_rounding = step;
    }
    policy
}

#[rstest]
fn rounding_goes_beyond_no_limit(#[values(Mode::HalfUp, Mode::Up)] mode: Mode, #[values(true, false)] by_line: bool) {
    let free = |policy: &Policy| {
        let settlement = settled(&sample_tariff(), policy, &claim(vec![line("COLD", 3)]));
        settlement.free
    };
    let amount = Limits {
        amount: Some(Fen(9950)),
        ..Limits::default()
    };
    assert_eq!(free(&rounded(mode, by_line, amount)), yuan(99));
    let unit = Limits {
        unit: Some(Fen(3320)),
        ..units(3)
    };
    assert_eq!(free(&rounded(mode, by_line, unit)), yuan(99)); // 99.60 is the most
    let share = Limits {
        percent: Some(Percent(3333)),
        ..Limits::default()
    };
    // 79.99: nothing is near.
    assert_eq!(free(&rounded(mode, by_line, share)), yuan(80));
    let mut capped = rounded(mode, by_line, Limits::default());
    capped.caps = vec![any::cap_of("most", &[], 9950, 1)];
    let case = free(&capped);
    assert!(case <= Fen(9950), "{case}");
}

/// Two lines under one amount: what one line's rounding took is not there for the other.
#[test]
fn lines_share_the_room_of_their_benefit() {
    let mut policy = rounded(Mode::Up, true, Limits::default());
    policy.benefits[0] = benefit(
        "both",
        &["COLD", "CREMATE"],
        Limits {
            percent: Some(Percent(3333)),
            amount: Some(Fen(13_690)),
            ..Limits::default()
        },
    );
    let settlement = settled(
        &sample_tariff(),
        &policy,
        &claim(vec![line("COLD", 1), line("CREMATE", 1)]),
    );
    // 26.66 and 109.99 of 136.90: there is room for one of them to go up, not for both.
    let mut free: Vec<Fen> = settlement.lines.iter().map(|line| line.free).collect();
    free.sort();
    assert_eq!(free, [yuan(26), yuan(110)]);
}
