//! Quantities of a bill in thousandths of the unit, percentages in hundredths, and exact division. No float anywhere.

use std::fmt;

use crate::domain::money::Fen;

/// How many thousandths make one.
pub const THOUSAND: i64 = 1000;

/// A quantity in thousandths of its unit: 1.5 天 is 1500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(pub i64);

/// A percentage in hundredths of a percent: 12.5 % is 1250.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub i64);

/// What becomes of the part that is smaller than the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A half or more goes up (四舍五入).
    #[default]
    HalfUp,
    /// Dropped (舍去).
    Down,
    /// Any part goes up (进一).
    Up,
}

impl Quantity {
    /// One unit.
    pub const ONE: Self = Self(THOUSAND);

    /// So many whole units; `None` on overflow.
    pub fn whole(units: i64) -> Option<Self> {
        units.checked_mul(THOUSAND).map(Self)
    }

    /// Whether no part of a unit is left over.
    pub fn is_whole(self) -> bool {
        self.0 % THOUSAND == 0
    }

    /// Reads a plain decimal with at most three digits after the point; a sign is read, an exponent is not.
    pub fn parse(text: &str) -> Option<Self> {
        decimal(text, 3).map(Self)
    }

    /// What the quantity costs at a price a unit, a half 分 going up; `None` on overflow.
    pub fn at(self, unit: Fen) -> Option<Fen> {
        divide(i128::from(self.0) * i128::from(unit.0), THOUSAND.into(), Mode::HalfUp).map(Fen)
    }
}

impl Percent {
    /// The whole.
    pub const ALL: Self = Self(100 * 100);

    /// Reads a plain decimal with at most two digits after the point.
    pub fn parse(text: &str) -> Option<Self> {
        decimal(text, 2).map(Self)
    }

    /// The share of an amount.
    pub fn of(self, amount: i64, mode: Mode) -> Option<i64> {
        divide(i128::from(amount) * i128::from(self.0), Self::ALL.0.into(), mode)
    }
}

/// Reads a decimal as a count of its smallest places; `None` for anything else and on overflow.
pub fn decimal(text: &str, places: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let part_kept = part.trim_end_matches('0');
    if !plain(whole) || !plain(part) || part_kept.len() > places {
        return None;
    }
    let number: i64 = format!("{whole}{part_kept:0<places$}").parse().ok()?;
    Some(sign * number)
}

/// A quotient of whole numbers, rounded; `None` where the divisor is not positive or the result too large.
pub fn divide(number: i128, by: i128, mode: Mode) -> Option<i64> {
    if by <= 0 {
        return None;
    }
    let (whole, rest) = (number.div_euclid(by), number.rem_euclid(by));
    let up = match mode {
        Mode::HalfUp => rest >= by - rest && rest > 0,
        Mode::Down => false,
        Mode::Up => rest > 0,
    };
    i64::try_from(whole + i128::from(up)).ok()
}

/// How many of a number of things, in thousandths, count from the n-th on: of three bodies two from the second on.
pub fn from_on(number: i64, first: i64) -> i64 {
    number
        .saturating_sub(first.saturating_sub(1).saturating_mul(THOUSAND))
        .max(0)
}

/// The amount on the next multiple of a step; `None` on overflow.
pub fn to_step(amount: i64, step: i64, mode: Mode) -> Option<i64> {
    divide(amount.into(), step.into(), mode)?.checked_mul(step)
}

fn show(f: &mut fmt::Formatter<'_>, number: i64, places: u32) -> fmt::Result {
    let scale = 10_u64.pow(places);
    let (whole, part) = (number.unsigned_abs() / scale, number.unsigned_abs() % scale);
    let sign = if number < 0 { "-" } else { "" };
    if part == 0 {
        return write!(f, "{sign}{whole}");
    }
    let digits = format!("{part:0width$}", width = places as usize);
    write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, self.0, 3)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, self.0, 2)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("5", Some(5000))]
    #[case("1.5", Some(1500))]
    #[case("0.001", Some(1))]
    #[case("1000.0", Some(1_000_000))]
    #[case("-2", Some(-2000))]
    #[case("0.0001", None)]
    #[case("1e3", None)]
    #[case("1.", None)]
    #[case(".5", None)]
    #[case("", None)]
    #[case("99999999999999999999", None)]
    fn quantities_are_plain_decimals(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(Quantity::parse(text), expected.map(Quantity));
    }

    #[rstest]
    #[case(1500, 3, Some(5))] // 4.5 分
    #[case(1499, 1, Some(1))]
    #[case(1, 1, Some(0))]
    #[case(i64::MAX, i64::MAX, None)]
    fn prices_round_half_a_fen_up(#[case] quantity: i64, #[case] unit: i64, #[case] expected: Option<i64>) {
        assert_eq!(Quantity(quantity).at(Fen(unit)), expected.map(Fen));
    }

    #[rstest]
    #[case(12_345, 100, Mode::Down, 12_300)]
    #[case(12_345, 10, Mode::HalfUp, 12_350)]
    #[case(12_301, 100, Mode::Up, 12_400)]
    #[case(12_300, 100, Mode::Up, 12_300)]
    fn amounts_go_to_their_step(#[case] amount: i64, #[case] step: i64, #[case] mode: Mode, #[case] expected: i64) {
        assert_eq!(to_step(amount, step, mode), Some(expected));
    }

    #[test]
    fn numbers_are_shown_without_idle_zeros() {
        assert_eq!(Quantity(1500).to_string(), "1.5");
        assert_eq!(Quantity(-2000).to_string(), "-2");
        assert_eq!(Percent(1250).to_string(), "12.5");
        assert_eq!(divide(1, 0, Mode::Down), None);
    }
}
