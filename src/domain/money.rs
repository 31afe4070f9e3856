//! Money in whole 分 and its capital form (大写金额, 支付结算办法 annex 1). Knows no prices.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An amount in 分 (1/100 yuan); never a float.
///
/// ```
/// use guitai::domain::money::Fen;
/// let amount = Fen::parse("1409.5")?;
/// assert_eq!(amount.to_string(), "1409.50");
/// assert_eq!(amount.in_words(), "人民币壹仟肆佰零玖元伍角");
/// # Ok::<(), guitai::domain::money::MoneyFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyFault {
    /// Nothing was written.
    #[error("金额没有填写")]
    Empty,
    /// Something else than digits and one point.
    #[error("“{0}”不是金额：只写数字，最多两位小数，例如 1234.50")]
    NotAnAmount(String),
    /// More than two digits after the point.
    #[error("“{0}”小于分：最多两位小数")]
    BelowFen(String),
    /// More than can be counted.
    #[error("“{0}”超出可记的金额")]
    TooLarge(String),
}

impl MoneyFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "The amount is missing".to_owned(),
            Self::NotAnAmount(text) => format!("\"{text}\" is no amount: digits and at most two decimals, as 1234.50"),
            Self::BelowFen(text) => format!("\"{text}\" has more than two decimals"),
            Self::TooLarge(text) => format!("\"{text}\" is too large"),
        }
    }
}

impl Fen {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The sum; `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` on overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times the amount; `None` on overflow.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// Reads yuan as people type them: `12`, `12.5`, `1,234.50`, full-width digits, `¥` or `元` around them.
    pub fn parse(text: &str) -> Result<Self, MoneyFault> {
        let plain = crate::domain::text::half_width(text);
        let plain = plain
            .trim()
            .trim_start_matches(['¥', '￥'])
            .trim_end_matches('元')
            .trim();
        if plain.is_empty() {
            return Err(MoneyFault::Empty);
        }
        let fault = || MoneyFault::NotAnAmount(text.trim().to_owned());
        let (negative, digits) = plain.strip_prefix('-').map_or((false, plain), |rest| (true, rest));
        let (yuan, cents) = digits.split_once('.').unwrap_or((digits, ""));
        let yuan = without_grouping(yuan).ok_or_else(fault)?;
        if yuan.is_empty() || !cents.bytes().all(|b| b.is_ascii_digit()) || digits.ends_with('.') {
            return Err(fault());
        }
        if cents.len() > 2 {
            return Err(MoneyFault::BelowFen(text.trim().to_owned()));
        }
        let amount = format!("{yuan}{cents:0<2}").parse::<i64>();
        let amount = amount.map_err(|_| MoneyFault::TooLarge(text.trim().to_owned()))?;
        Ok(Self(if negative { -amount } else { amount }))
    }

    /// The capital form with its prefix, as on receipts: `人民币壹仟肆佰零玖元伍角`.
    pub fn in_words(self) -> String {
        let amount = self.0.unsigned_abs();
        let (yuan, jiao, fen) = (amount / 100, amount / 10 % 10, amount % 10);
        let mut words = String::from(if self.0 < 0 { "人民币负" } else { "人民币" });
        if yuan > 0 || amount == 0 {
            words.push_str(&whole_in_words(yuan));
            words.push('元');
        }
        if jiao > 0 {
            words.push(capital(jiao));
            words.push('角');
        } else if fen > 0 && yuan > 0 {
            words.push('零');
        }
        if fen > 0 {
            words.push(capital(fen));
            words.push('分');
        } else if jiao == 0 {
            words.push('整');
        }
        words
    }
}

/// Removes thousands commas where they stand right; `None` for anything but digits.
fn without_grouping(yuan: &str) -> Option<String> {
    let mut groups = yuan.split(',');
    let first = groups.next()?;
    let grouped = first.len() <= 3 || !yuan.contains(',');
    if !grouped || groups.any(|group| group.len() != 3) {
        return None;
    }
    let digits: String = yuan.chars().filter(|c| *c != ',').collect();
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// The capital digit.
fn capital(digit: u64) -> char {
    match digit {
        1 => '壹',
        2 => '贰',
        3 => '叁',
        4 => '肆',
        5 => '伍',
        6 => '陆',
        7 => '柒',
        8 => '捌',
        9 => '玖',
        _ => '零',
    }
}

/// A whole number in capital digits; one 零 for each inner run of zeros, none at the end.
fn whole_in_words(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut words = String::new();
    let mut gap = false;
    // i64 in 分 ends below 10^17 yuan: five groups of four digits.
    for place in (0..5).rev() {
        let group = number / 10_000_u64.pow(place) % 10_000;
        let started = !words.is_empty();
        for (power, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = group / power % 10;
            if digit == 0 {
                gap |= !words.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                words.push('零');
            }
            words.push(capital(digit));
            words.push_str(unit);
        }
        match place {
            // 壹万亿: the 亿 stands even when its own group is empty.
            4 if group > 0 => words.push('亿'),
            2 if group > 0 || started => words.push('亿'),
            1 | 3 if group > 0 => words.push('万'),
            _ => {}
        }
    }
    words
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", amount / 100, amount % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(140_950, "人民币壹仟肆佰零玖元伍角")]
    #[case(600_714, "人民币陆仟零柒元壹角肆分")]
    #[case(32_504, "人民币叁佰贰拾伍元零肆分")]
    #[case(168_032, "人民币壹仟陆佰捌拾元叁角贰分")]
    #[case(1_000, "人民币壹拾元整")]
    #[case(50, "人民币伍角")]
    #[case(3, "人民币叁分")]
    #[case(0, "人民币零元整")]
    #[case(10_000_000, "人民币壹拾万元整")]
    #[case(79_200, "人民币柒佰玖拾贰元整")]
    #[case(10_700_053, "人民币壹拾万零柒仟元伍角叁分")]
    #[case(100_000_001, "人民币壹佰万元零壹分")]
    #[case(10_000_000_100, "人民币壹亿零壹元整")]
    #[case(1_001_000_000, "人民币壹仟零壹万元整")]
    #[case(1_000_010_000_000, "人民币壹佰亿零壹拾万元整")]
    #[case(100_000_000_000_000, "人民币壹万亿元整")]
    #[case(
        i64::MAX,
        "人民币玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"
    )]
    #[case(-12_345, "人民币负壹佰贰拾叁元肆角伍分")]
    fn amounts_in_words(#[case] fen: i64, #[case] words: &str) {
        assert_eq!(Fen(fen).in_words(), words);
    }

    #[rstest]
    #[case("12.5", Ok(Fen(1_250)))]
    #[case(" ¥1,234.50 ", Ok(Fen(123_450)))]
    #[case("１２．０５元", Ok(Fen(1_205)))]
    #[case("-3", Ok(Fen(-300)))]
    #[case("", Err(MoneyFault::Empty))]
    #[case("1.234", Err(MoneyFault::BelowFen("1.234".into())))]
    #[case("12,34", Err(MoneyFault::NotAnAmount("12,34".into())))]
    #[case("12.", Err(MoneyFault::NotAnAmount("12.".into())))]
    #[case(".5", Err(MoneyFault::NotAnAmount(".5".into())))]
    #[case("1e3", Err(MoneyFault::NotAnAmount("1e3".into())))]
    #[case("99999999999999999999", Err(MoneyFault::TooLarge("99999999999999999999".into())))]
    fn typed_amounts(#[case] text: &str, #[case] expected: Result<Fen, MoneyFault>) {
        assert_eq!(Fen::parse(text), expected);
    }

    #[test]
    fn overflow_is_seen() {
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
        assert_eq!(Fen(i64::MAX).checked_mul(2), None);
        assert_eq!(Fen(5).checked_mul(3), Some(Fen(15)));
    }

    proptest! {
        #[test]
        fn shown_amounts_read_back(fen in -1_000_000_000_000_i64..1_000_000_000_000) {
            prop_assert_eq!(Fen::parse(&Fen(fen).to_string()), Ok(Fen(fen)));
        }

        #[test]
        fn words_never_double_or_end_in_zero(fen in 1_i64..100_000_000_000_000) {
            let words = Fen(fen).in_words();
            prop_assert!(!words.contains("零零"), "{}", words);
            prop_assert!(fen < 100 || !words.contains("零元"), "{}", words);
            prop_assert!(words.ends_with(['整', '角', '分']));
        }
    }
}
