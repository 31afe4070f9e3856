//! What is free: what each benefit gave on each line, by which steps, and what rounding and caps made of it.

use std::collections::BTreeMap;

/// What one benefit gives on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grant {
    /// Position of the benefit; `None` for an invoice accepted as it is.
    pub benefit: Option<usize>,
    /// Place of the line in the bill, from 0.
    pub line: usize,
    /// Thousandths of the item's unit that it covers.
    pub quantity: i64,
    /// What it gives after rounding and caps, in 分.
    pub amount: i64,
    /// What rounding added or took.
    pub rounded: i64,
    /// What caps took away, in their order.
    pub cuts: Vec<Cut>,
    /// Whether something stands in the benefit's own item's place.
    pub setoff: bool,
    /// By which steps it came to its amount.
    pub trail: Trail,
}

/// The steps from the price of the covered units to what is given; amounts in 分.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// What the covered units cost.
    pub price: i64,
    /// What of it other benefits had left.
    pub open: i64,
    /// What the limits of a unit leave of that.
    pub within: i64,
    /// The most those limits would let be given; `None` where there are none.
    pub most: Option<i64>,
    /// Which limits of a unit took something away.
    pub bounds: Vec<Bound>,
    /// What is taken of the charges beyond the units.
    pub beyond: i64,
    /// Of which charges, by position, and how much of their attribute.
    pub reached: Vec<(usize, i64)>,
    /// What the family bears first of it.
    pub first: i64,
    /// What the percentage leaves.
    pub share: i64,
    /// What the most that is free of a unit leaves of that.
    pub kept: i64,
    /// The most that is free of these units; `None` where it is not limited.
    pub kept_most: Option<i64>,
    /// What the benefit had given on earlier lines.
    pub before: i64,
    /// What is given within the benefit's amount, before rounding and caps.
    pub given: i64,
}

/// A limit of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The benefit's most for a unit.
    Unit,
    /// The own list's price, for an invoice from elsewhere.
    Home,
    /// What a unit that is set off is worth.
    Worth,
}

/// What a cap took from one grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Place in [`Granted::cuttings`].
    pub by: usize,
    /// How much.
    pub amount: i64,
}

/// A cap that took something away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutting {
    /// Position of the cap; `None` for the one on cremation elsewhere.
    pub cap: Option<usize>,
    /// What it lets be free.
    pub limit: i64,
    /// What would have been free under it.
    pub sum: i64,
}

/// What is free under one way of choosing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Granted {
    /// What was given, benefit by benefit.
    pub grants: Vec<Grant>,
    /// Caps that took something away, in their order.
    pub cuttings: Vec<Cutting>,
    /// What is left of the amounts of benefits that have one.
    pub left: BTreeMap<usize, i64>,
}

impl Grant {
    /// What caps took away.
    pub fn cut(&self) -> i64 {
        self.cuts.iter().map(|cut| cut.amount).sum()
    }

    /// How much more the limits of a unit let it give.
    pub fn room(&self) -> i64 {
        let limits = [self.trail.most, self.trail.kept_most].into_iter().flatten();
        let most = limits.min().map(|most| most.saturating_add(self.trail.beyond));
        most.map_or(i64::MAX, |most| (most - self.amount).max(0))
    }
}

impl Granted {
    /// What is free on a line.
    pub fn free(&self, line: usize) -> i64 {
        let own = self.grants.iter().filter(|grant| grant.line == line);
        own.map(|grant| grant.amount).sum()
    }

    /// What is free in all; `None` on overflow.
    pub fn total(&self) -> Option<i64> {
        let mut all = self.grants.iter().map(|grant| grant.amount);
        all.try_fold(0_i64, i64::checked_add)
    }

    /// What a benefit gave.
    pub fn of_benefit(&self, benefit: usize) -> i64 {
        let own = self.grants.iter().filter(|grant| grant.benefit == Some(benefit));
        own.map(|grant| grant.amount).fold(0, i64::saturating_add)
    }

    /// How much more the amount of a grant's benefit lets be given.
    pub fn left_of(&self, grant: &Grant) -> i64 {
        let left = grant.benefit.and_then(|benefit| self.left.get(&benefit));
        left.map_or(i64::MAX, |left| (*left).max(0))
    }
}
