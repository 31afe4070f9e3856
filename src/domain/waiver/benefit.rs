//! What a policy gives: benefits with their limits, ways to choose between, limits over several lines.

use std::collections::BTreeMap;

use super::{
    condition::Condition,
    policy::{Class, ClassAmount},
    quantity::{Percent, Quantity},
    status::Words,
};
use crate::domain::money::Fen;

/// How much a benefit gives; what is `None` does not limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// So many units.
    pub quantity: Option<Quantity>,
    /// So much a unit, before the share.
    pub unit: Option<Fen>,
    /// So much free a unit, after the share.
    pub unit_free: Option<Fen>,
    /// So much in all.
    pub amount: Option<Fen>,
    /// This share of the rest.
    pub percent: Option<Percent>,
    /// So much of an attribute: 40 公里, 3 层.
    pub reach: BTreeMap<String, Quantity>,
}

/// An item a benefit counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Code on the price list; `*` is every item that no other benefit names.
    pub item: String,
    /// How many of the item's units make one unit of the benefit; thousandths.
    pub per: Quantity,
    /// Whether the item stands in place of the benefit's own, up to the own's price (抵扣).
    pub setoff: bool,
}

/// One benefit (减免项目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Items it counts for, in the order in which they use it up.
    pub targets: Vec<Target>,
    /// Items that get nothing of it, which is worth saying.
    pub pay_all: Vec<String>,
    /// Classes that get it; empty for everybody, also for a class that replaces the others.
    pub classes: Vec<String>,
    /// What must hold.
    pub when: Condition,
    /// What must hold for the line.
    pub line: Condition,
    /// Items of which one must be on the bill.
    pub with: Vec<String>,
    /// Items of which none may be on the bill.
    pub without: Vec<String>,
    /// Papers that must be shown.
    pub evidence: Vec<String>,
    /// How much.
    pub limits: Limits,
    /// How much for a class instead; somebody in several classes gets the best of each limit.
    pub by_class: Vec<(String, Limits)>,
    /// The sentence on a class of its own, where the notice has one.
    pub class_quotes: Vec<(String, String)>,
    /// The quantity is given once for each of these: a number fact or attribute.
    pub times: Option<String>,
    /// From which of these on: 2 = 第二具起.
    pub times_from: i64,
    /// What the family bears first.
    pub family_first: Fen,
    /// What a unit that is set off is worth; `None` for the list's price of the benefit's first item.
    pub setoff_worth: Option<Fen>,
    /// Place among benefits that count for the same item.
    pub order: Option<i64>,
    /// What is not known of it; lines it counts for are refused.
    pub unknown: Option<Words>,
    /// What to look at before relying on it, said wherever it gives something.
    pub caution: Option<Words>,
    /// The sentence of the notice.
    pub quote: String,
    /// Line of the file.
    pub at_line: usize,
}

/// How one of several is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// The family says.
    Stated,
    /// What gives most.
    Best,
}

/// One of several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Benefits that count only when it is chosen.
    pub benefits: Vec<String>,
    /// Awards that count only when it is chosen.
    pub awards: Vec<String>,
}

/// A set of ways of which one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Its id.
    pub id: String,
    /// How one is chosen.
    pub choosing: Choosing,
    /// How many of the ways count together; one, where the notice does not say (任选四项).
    pub take: usize,
    /// The ways.
    pub options: Vec<Choice>,
    /// The sentence of the notice.
    pub quote: String,
}

/// A limit over several lines (封顶).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// The items under it; empty for the whole case.
    pub items: Vec<String>,
    /// The benefits under it; empty for all.
    pub benefits: Vec<String>,
    /// How much.
    pub amount: ClassAmount,
    /// This share of what the lines under it cost: those of its items that its benefits are for.
    pub percent: Option<Percent>,
    /// So much of what these lines cost stays with the family.
    pub family_at_least: Option<Fen>,
    /// An amount fact: what was already received from elsewhere, taken off.
    pub less: Option<String>,
    /// Whether money paid out counts under it too (含奖补); it goes first.
    pub includes_awards: bool,
    /// Place in the order of application.
    pub order: i64,
    /// The sentence of the notice.
    pub quote: String,
}

impl Benefit {
    /// What somebody in these classes gets: for each limit the best.
    pub fn limits_for(&self, classes: &[&Class]) -> Limits {
        let of = |class: &&Class| {
            let own = self.by_class.iter().find(|(id, _)| *id == class.id);
            own.map_or(&self.limits, |(_, limits)| limits)
        };
        let mut all = classes.iter().filter(|class| self.is_for(class)).map(of);
        let Some(first) = all.next() else {
            return self.limits.clone();
        };
        all.fold(first.clone(), |best, other| best.or_more(other))
    }

    /// The sentence it rests on for somebody in these classes: of the class whose limits count, or its own.
    pub fn quote_for(&self, classes: &[&Class]) -> &str {
        let counted = self.limits_for(classes);
        let held = |id: &String| classes.iter().any(|class| class.id == *id && self.is_for(class));
        let mut own = self
            .by_class
            .iter()
            .filter(|(id, limits)| held(id) && *limits == counted);
        let quote = own.find_map(|(id, _)| self.class_quotes.iter().find(|(class, _)| class == id));
        quote.map_or(&self.quote, |(_, quote)| quote)
    }

    /// Whether a class gets it.
    pub fn is_for(&self, class: &Class) -> bool {
        self.classes.is_empty() || self.classes.contains(&class.id)
    }
}

impl Limits {
    /// The wider of each limit; none at all is the widest.
    fn or_more(self, other: &Self) -> Self {
        fn wider<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> Option<T> {
            a.zip(b).map(|(a, b)| a.max(b))
        }
        let reach = self.reach.iter().filter_map(|(name, own)| {
            let other = other.reach.get(name)?;
            Some((name.clone(), *own.max(other)))
        });
        Self {
            quantity: wider(self.quantity, other.quantity),
            unit: wider(self.unit, other.unit),
            unit_free: wider(self.unit_free, other.unit_free),
            amount: wider(self.amount, other.amount),
            percent: wider(self.percent, other.percent),
            reach: reach.collect(),
        }
    }
}
