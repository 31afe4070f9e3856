//! Price lists (收费目录) as compiled data: what an item costs and how its price depends on the line.

use std::{collections::HashMap, fmt};

use super::{
    condition::{Condition, Known},
    quantity::{Mode, Percent, Quantity, THOUSAND, divide, to_step},
    status::{Head, Words},
};
use crate::domain::money::Fen;

/// A dated price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// Dates, status, source.
    pub head: Head,
    /// Its items in the order of the file.
    pub items: Vec<TariffLine>,
    /// To what a line's price is rounded.
    pub rounding: Option<Step>,
    /// Position of each code.
    by_code: HashMap<String, usize>,
}

/// Whether the price is the government's guidance price or a published reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 基础项目: government guidance price.
    Basic,
    /// 非基础项目: reference price.
    NonBasic,
}

/// A step that amounts are rounded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// In 分: 1, 10 (角) or 100 (元).
    pub fen: i64,
    /// What becomes of the rest.
    pub mode: Mode,
}

/// Between which amounts a line costs, and on which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// At least.
    pub least: Option<Fen>,
    /// At most.
    pub most: Option<Fen>,
    /// Rounded to.
    pub step: Option<Step>,
}

/// One item of a price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    /// Code in bills and policies: `COLD`.
    pub code: String,
    /// Name on the list.
    pub name: Words,
    /// 基础 or 非基础.
    pub class: Class,
    /// Unit of quantity: 具, 天 …
    pub unit: String,
    /// How the price of a unit is found.
    pub price: Price,
    /// Prices of a unit in special cases; the first whose condition holds counts.
    pub rates: Vec<Rate>,
    /// Factors on the price of a unit; all whose condition holds count.
    pub factors: Vec<Factor>,
    /// Charges beyond an included distance, floor …
    pub beyond: Vec<Beyond>,
    /// What an attribute is where neither the line nor the claim says.
    pub assume: Vec<(String, Known)>,
    /// Started steps count whole: 1 = a part hour is an hour, 0.5 = a part half-year is half a year.
    pub started: Option<Quantity>,
    /// The attribute a quantity may be counted from and how much of it makes one unit: months, 12.
    pub counted_from: Option<(String, Quantity)>,
    /// Whether a quantity may have a part of a unit.
    pub fractions: bool,
    /// Most that one bill may hold.
    pub max_quantity: Option<Quantity>,
    /// Least a line costs.
    pub at_least: Option<Fen>,
    /// Most a line costs.
    pub at_most: Option<Fen>,
    /// Items whose service is already in this price.
    pub includes: Vec<String>,
    /// What is not known of it; such a line is refused.
    pub unknown: Option<Words>,
    /// The sentence of the list.
    pub quote: String,
}

/// How the price of a unit is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// A fixed price; a bill may ask for less, never for more.
    Fixed(Fen),
    /// The bill states the price, between these (参考区间); below the lower one is worth a word.
    Range(Fen, Fen),
    /// The bill states the price, up to this (最高限价).
    Ceiling(Fen),
    /// The bill states cost and price; the price goes up to the cost with so much on it (加价率).
    Markup(Percent),
    /// By quantity.
    Tiers(TierMode, Vec<Tier>),
    /// One of the rates must fit.
    Rates,
    /// The list's price is not known to this file; the bill states it, and a finding says so.
    Open(Words),
}

impl fmt::Display for Price {
    /// As a list shows it where it is one number, a range or a ceiling; else what it goes by.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(price) => write!(f, "{price}"),
            Self::Range(low, high) => write!(f, "{low}-{high}"),
            Self::Ceiling(high) => write!(f, "≤{high}"),
            Self::Markup(percent) => write!(f, "进价+{percent}%"),
            Self::Tiers(..) => f.write_str("分段"),
            Self::Rates => f.write_str("分类"),
            Self::Open(_) => f.write_str("按实"),
        }
    }
}

/// How tiers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierMode {
    /// Each part of the stay at its own price.
    Marginal,
    /// The whole stay at the price of its last part.
    Whole,
}

/// A tier of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Up to this quantity; `None` for all beyond.
    pub up_to: Option<Quantity>,
    /// Price of a unit.
    pub price: Fen,
}

/// A price of a unit in a special case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Over the line's attributes.
    pub when: Condition,
    /// Price of a unit: fixed, a range or a ceiling.
    pub price: Price,
    /// What to call the case: 二区, 大厅.
    pub name: Words,
}

/// A factor on the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Over the line's attributes.
    pub when: Condition,
    /// 200 = twice, 50 = half.
    pub percent: Percent,
    /// Whether it counts for the charges beyond the included too, not for the price of a unit alone.
    pub also_beyond: bool,
    /// Whether it counts for the least and the most of a line too.
    pub also_bounds: bool,
    /// What to call the case: 传染病遗体, 未满7岁.
    pub name: Words,
}

/// How a distance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The attribute less what is included.
    OneWay,
    /// Twice what is beyond.
    RoundTrip,
    /// What twice the attribute is beyond the included.
    RoundTripTotal,
}

/// A charge for what lies beyond an included amount of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// The attribute: `km`, `floors`.
    pub attribute: String,
    /// Its unit: 公里, 层.
    pub unit: String,
    /// How much of it is in the base price.
    pub included: Quantity,
    /// How the rest counts.
    pub basis: Basis,
    /// Started steps count whole.
    pub started: Option<Quantity>,
    /// Up to this much of it, counted as the included is; what is beyond is another charge's or nobody's.
    pub up_to: Option<Quantity>,
    /// Price of one more, or of so many as `per` says.
    pub each: Fen,
    /// How much of the attribute the price is for: 30 days; a started one counts whole where `started` says nothing.
    pub per: Option<Quantity>,
    /// Over the line's attributes; stairs, not lift.
    pub when: Condition,
    /// The price beyond is not known: a line that goes there is refused.
    pub unknown: Option<Words>,
}

impl Tariff {
    /// A list of these items.
    pub fn new(head: Head, items: Vec<TariffLine>, rounding: Option<Step>) -> Self {
        let by_code = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.code.clone(), at))
            .collect();
        Self {
            head,
            items,
            rounding,
            by_code,
        }
    }

    /// The position of an item.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The item of a code.
    pub fn item(&self, code: &str) -> Option<&TariffLine> {
        self.items.get(self.position(code)?)
    }
}

/// Names that stand for many items: every one that no benefit names, every one, the basic ones, the others.
pub const SELECTORS: [&str; 4] = ["*", "**", "@basic", "@non_basic"];

/// Whether a code is among these, by itself or by a selector.
pub fn selects(patterns: &[String], code: &str, item: Option<&TariffLine>) -> bool {
    let fits = |pattern: &String| match pattern.as_str() {
        "*" | "**" => true,
        own if own == code => true,
        other => item.is_some_and(|item| item.is_selected_by(other)),
    };
    patterns.iter().any(fits)
}

impl TariffLine {
    /// Whether a code or a selector means it. `*` does here as `**`; what other benefits name is theirs to know.
    pub fn is_selected_by(&self, pattern: &str) -> bool {
        match pattern {
            "*" | "**" => true,
            "@basic" => self.class == Class::Basic,
            "@non_basic" => self.class == Class::NonBasic,
            code => self.code == code,
        }
    }

    /// The attributes its price asks for.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.rates.iter().for_each(|rate| rate.when.names(&mut names));
        self.factors.iter().for_each(|factor| factor.when.names(&mut names));
        for beyond in &self.beyond {
            names.push(&beyond.attribute);
            beyond.when.names(&mut names);
        }
        names.extend(self.counted_from.iter().map(|(name, _)| name.as_str()));
        if matches!(self.price, Price::Markup(_)) {
            names.push("cost");
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Bounds {
    /// What a line costs whose parts come to a sum; `None` on overflow.
    pub fn hold(&self, sum: i64) -> Option<i64> {
        let least = self.least.map_or(sum, |least| sum.max(least.0));
        let most = self.most.map_or(least, |most| least.min(most.0));
        match self.step {
            Some(step) => to_step(most, step.fen, step.mode),
            None => Some(most),
        }
    }
}

impl Beyond {
    /// In what it is counted: 公里, 个 30 天.
    pub fn counted_in(&self) -> String {
        match self.per {
            Some(per) => format!("个 {per} {}", self.unit),
            None => self.unit.clone(),
        }
    }

    /// How many count at an amount of the attribute, in what the price is for: nothing within the included.
    pub fn counted(&self, amount: Quantity) -> Option<Quantity> {
        let (ways, trips) = match self.basis {
            Basis::OneWay => (1, 1),
            Basis::RoundTrip => (1, 2),
            // Both edges of a band are stated of the whole trip.
            Basis::RoundTripTotal => (2, 1),
        };
        let travelled = i128::from(amount.0) * ways;
        let within = self.up_to.map_or(travelled, |most| travelled.min(most.0.into()));
        let over = (within - i128::from(self.included.0)) * trips;
        let over = i64::try_from(over.max(0)).ok()?;
        let over = match self.started.or(self.per) {
            Some(step) => to_step(over, step.0, Mode::Up)?,
            None => over,
        };
        match self.per {
            Some(per) => divide(i128::from(over) * i128::from(THOUSAND), per.0.into(), Mode::HalfUp).map(Quantity),
            None => Some(Quantity(over)),
        }
    }
}
