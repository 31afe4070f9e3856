//! Conditions over facts and over a line's attributes, in three values: what is not known never counts as yes or no.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::quantity::Quantity;

/// A known fact or attribute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Yes or no.
    Flag(bool),
    /// A number with at most three decimals.
    Number(Quantity),
    /// A day.
    Day(NaiveDate),
    /// A word, a code, an area.
    Text(String),
}

/// The answer of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// What it asks for is not known.
    Unknown,
}

/// How a known value is tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal to it.
    Is(Known),
    /// Known, and not equal to it.
    IsNot(Known),
    /// One of these words.
    OneOf(Vec<String>),
    /// An area code beginning with one of these.
    Within(Vec<String>),
    /// Less than.
    Under(Known),
    /// Less than or equal.
    UpTo(Known),
    /// Equal or more.
    From(Known),
    /// More than.
    Over(Known),
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A named fact or attribute passes a test.
    Test(String, Test),
    /// All of them; the empty list holds.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// Where names are looked up.
pub trait Lookup {
    /// The value of a name; `None` where it is not known.
    fn look(&self, name: &str) -> Option<&Known>;
}

impl Known {
    /// As a person reads it.
    pub fn show(&self) -> Cow<'_, str> {
        match self {
            Self::Flag(true) => "是".into(),
            Self::Flag(false) => "否".into(),
            Self::Number(number) => number.to_string().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Text(text) => text.into(),
        }
    }

    fn word(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Flag(_) => None,
            other => Some(other.show()),
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => Quantity::parse(text),
            _ => None,
        }
    }

    /// How it stands to another of the same kind; `None` for different kinds.
    fn against(&self, other: &Self) -> Option<std::cmp::Ordering> {
        match other {
            Self::Flag(other) => match self {
                Self::Flag(own) => Some(own.cmp(other)),
                _ => None,
            },
            Self::Number(other) => Some(self.number()?.cmp(other)),
            Self::Day(other) => Some(self.day()?.cmp(other)),
            Self::Text(other) => Some(self.word()?.as_ref().cmp(other)),
        }
    }
}

impl Truth {
    fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

impl Test {
    /// Whether a value passes; a value of another kind is not known.
    pub fn passes(&self, value: &Known) -> Truth {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let order = |other: &Known, fits: &[std::cmp::Ordering]| value.against(other).map(|o| fits.contains(&o));
        Truth::of(match self {
            Self::Is(other) => order(other, &[Equal]),
            Self::IsNot(other) => order(other, &[Less, Greater]),
            Self::OneOf(words) => value.word().map(|word| words.iter().any(|other| *other == word)),
            Self::Within(areas) => value
                .word()
                .map(|word| areas.iter().any(|area| word.starts_with(area.as_str()))),
            Self::Under(other) => order(other, &[Less]),
            Self::UpTo(other) => order(other, &[Less, Equal]),
            Self::From(other) => order(other, &[Equal, Greater]),
            Self::Over(other) => order(other, &[Greater]),
        })
    }

    /// Whether no value can pass both.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Is(a), Self::Is(b)) => a != b,
            (Self::Is(a), test) | (test, Self::Is(a)) => test.passes(a) == Truth::No,
            (Self::OneOf(a), Self::OneOf(b)) => !a.iter().any(|word| b.contains(word)),
            (Self::Under(top), Self::From(low) | Self::Over(low))
            | (Self::From(low) | Self::Over(low), Self::Under(top))
            | (Self::UpTo(top), Self::Over(low))
            | (Self::Over(low), Self::UpTo(top)) => top.against(low).is_some_and(std::cmp::Ordering::is_le),
            _ => false,
        }
    }
}

impl Condition {
    /// The condition that always holds.
    pub const ALWAYS: Self = Self::All(Vec::new());

    /// Whether it holds; names that would decide it and are not known are added to `missing`.
    pub fn holds(&self, known: &dyn Lookup, missing: &mut Vec<String>) -> Truth {
        let before = missing.len();
        let truth = match self {
            Self::Test(name, test) => {
                let truth = known.look(name).map_or(Truth::Unknown, |value| test.passes(value));
                if truth == Truth::Unknown {
                    missing.push(name.clone());
                }
                truth
            }
            Self::All(parts) => decide(parts, known, missing, Truth::No, Truth::Yes),
            Self::Any(parts) => decide(parts, known, missing, Truth::Yes, Truth::No),
            Self::Not(part) => match part.holds(known, missing) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
            },
        };
        if truth != Truth::Unknown {
            missing.truncate(before);
        }
        truth
    }

    /// The names it asks for.
    pub fn names<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Self::Test(name, _) => into.push(name),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.names(into)),
            Self::Not(part) => part.names(into),
        }
    }

    /// Whether both can be seen at a glance never to hold together; `false` where it takes more than a glance.
    pub fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Test(a, one), Self::Test(b, two)) => a == b && one.excludes(two),
            (Self::Not(part), whole) | (whole, Self::Not(part)) if **part == *whole => true,
            (Self::All(parts), whole) | (whole, Self::All(parts)) => parts.iter().any(|part| part.excludes(whole)),
            (Self::Any(parts), whole) | (whole, Self::Any(parts)) => {
                !parts.is_empty() && parts.iter().all(|part| part.excludes(whole))
            }
            _ => false,
        }
    }
}

/// One part with the value `settles` decides; else any unknown part leaves it open.
fn decide(parts: &[Condition], known: &dyn Lookup, missing: &mut Vec<String>, settles: Truth, else_: Truth) -> Truth {
    let mut open = false;
    for part in parts {
        match part.holds(known, missing) {
            truth if truth == settles => return settles,
            Truth::Unknown => open = true,
            _ => {}
        }
    }
    if open { Truth::Unknown } else { else_ }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rstest::rstest;

    use super::*;

    impl Lookup for BTreeMap<&str, Known> {
        fn look(&self, name: &str) -> Option<&Known> {
            self.get(name)
        }
    }

    fn is(name: &str, flag: bool) -> Condition {
        Condition::Test(name.into(), Test::Is(Known::Flag(flag)))
    }

    #[rstest]
    #[case(Condition::All(vec![is("a", true), is("u", true)]), Truth::Unknown, &["u"])]
    #[case(Condition::All(vec![is("u", true), is("a", false)]), Truth::No, &[])]
    #[case(Condition::Any(vec![is("u", true), is("a", true)]), Truth::Yes, &[])]
    #[case(Condition::Any(vec![is("a", false), is("u", true)]), Truth::Unknown, &["u"])]
    #[case(Condition::Not(Box::new(is("u", true))), Truth::Unknown, &["u"])]
    #[case(Condition::ALWAYS, Truth::Yes, &[])]
    #[case(Condition::Any(vec![]), Truth::No, &[])]
    fn unknown_is_neither_yes_nor_no(#[case] condition: Condition, #[case] truth: Truth, #[case] names: &[&str]) {
        let known = BTreeMap::from([("a", Known::Flag(true))]);
        let mut missing = Vec::new();
        assert_eq!(condition.holds(&known, &mut missing), truth);
        assert_eq!(missing, names);
    }

    #[rstest]
    #[case(Test::Within(vec!["3301".into()]), Known::Text("330108".into()), Truth::Yes)]
    #[case(Test::Within(vec!["3301".into()]), Known::Number(Quantity(330_108_000)), Truth::Yes)]
    #[case(Test::Within(vec!["3301".into()]), Known::Text("330521".into()), Truth::No)]
    #[case(Test::Under(Known::Number(Quantity(7000))), Known::Number(Quantity(7000)), Truth::No)]
    #[case(Test::UpTo(Known::Number(Quantity(7000))), Known::Number(Quantity(7000)), Truth::Yes)]
    #[case(Test::Under(Known::Number(Quantity(7000))), Known::Flag(true), Truth::Unknown)]
    #[case(Test::IsNot(Known::Text("a".into())), Known::Text("b".into()), Truth::Yes)]
    #[case(Test::Is(Known::Flag(true)), Known::Text("true".into()), Truth::Unknown)]
    fn tests_compare_like_with_like(#[case] test: Test, #[case] value: Known, #[case] truth: Truth) {
        assert_eq!(test.passes(&value), truth);
    }

    #[test]
    fn what_cannot_hold_together_is_seen_at_a_glance() {
        let zone = |zone: &str| Condition::Test("zone".into(), Test::Is(Known::Text(zone.into())));
        assert!(zone("a").excludes(&Condition::All(vec![is("x", true), zone("b")])));
        assert!(!zone("a").excludes(&zone("a")));
        assert!(zone("a").excludes(&Condition::Not(Box::new(zone("a")))));
        let age = |test| Condition::Test("age".into(), test);
        let seven = Known::Number(Quantity(7000));
        assert!(age(Test::Under(seven.clone())).excludes(&age(Test::From(seven.clone()))));
        assert!(!age(Test::UpTo(seven.clone())).excludes(&age(Test::From(seven))));
    }
}
