//! A policy held against a price list once, so that many bills can be settled under both.

use std::collections::BTreeSet;

use super::{
    benefit::{Benefit, Limits},
    policy::Policy,
    quantity::{Quantity, THOUSAND},
    tariff::{Tariff, TariffLine, selects},
};
use crate::domain::{calendar::WorkCalendar, money::Fen};

/// A policy and a price list, ready to settle bills.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The price list.
    pub tariff: &'a Tariff,
    /// The policy.
    pub policy: &'a Policy,
    /// Benefits in the order of application, as positions.
    pub order: Vec<usize>,
    /// Per benefit: what each item of the list is to it.
    pub reach: Vec<Vec<Option<Reach>>>,
    /// Per benefit: the queue in which it uses up units one after the other with others for the same people.
    queues: Vec<Option<usize>>,
    /// Per benefit: by how much quantities are scaled so that every conversion is whole.
    pub scale: Vec<i128>,
    /// Per cap: whether it holds for each item; empty for the whole case.
    pub capped: Vec<Vec<bool>>,
    /// Caps in the order of application.
    pub cap_order: Vec<usize>,
    /// Names that benefits ask of a line.
    pub names: Vec<String>,
    /// By what working days are counted; without it none can be.
    pub calendar: Option<&'a WorkCalendar>,
}

/// What an item is to a benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Place in the order in which items use it up.
    pub rank: usize,
    /// Units of the item that make one of the benefit.
    pub per: i64,
    /// Stands in place of the benefit's own item.
    pub setoff: bool,
}

impl<'a> Plan<'a> {
    /// Holds them together.
    pub fn new(tariff: &'a Tariff, policy: &'a Policy) -> Self {
        let mut order: Vec<usize> = (0..policy.benefits.len()).collect();
        order.sort_by_key(|at| policy.benefits.get(*at).and_then(|benefit| benefit.order));
        let mut cap_order: Vec<usize> = (0..policy.caps.len()).collect();
        cap_order.sort_by_key(|at| policy.caps.get(*at).map(|cap| cap.order));
        let patterns = || policy.benefits.iter().flat_map(|benefit| &benefit.targets);
        let own = |item: &&TariffLine| {
            let mut narrow = patterns().filter(|target| !matches!(target.item.as_str(), "*" | "**"));
            narrow.any(|target| item.is_selected_by(&target.item))
        };
        let named: BTreeSet<&str> = tariff.items.iter().filter(own).map(|item| item.code.as_str()).collect();
        let capped = policy.caps.iter().map(|cap| {
            let all = if cap.items.is_empty() { &[][..] } else { &tariff.items };
            let holds = |item: &TariffLine| selects(&cap.items, &item.code, Some(item));
            all.iter().map(holds).collect()
        });
        let mut names = Vec::new();
        for benefit in &policy.benefits {
            let mut asked = Vec::new();
            benefit.line.names(&mut asked);
            let limits = std::iter::once(&benefit.limits).chain(benefit.by_class.iter().map(|(_, limits)| limits));
            names.extend(asked.into_iter().map(str::to_owned));
            names.extend(limits.flat_map(|limits| limits.reach.keys().cloned()));
            names.extend(benefit.times.clone());
        }
        let reach: Vec<Vec<Option<Reach>>> = policy
            .benefits
            .iter()
            .map(|benefit| reach_of(benefit, tariff, &named))
            .collect();
        Self {
            tariff,
            policy,
            order,
            queues: queues_of(&policy.benefits, &reach),
            reach,
            scale: policy.benefits.iter().map(Benefit::scale).collect(),
            capped: capped.collect(),
            cap_order,
            names,
            calendar: None,
        }
    }

    /// The same with a calendar to count working days by.
    pub fn by(mut self, calendar: &'a WorkCalendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// What an item is to a benefit.
    pub fn reach(&self, benefit: usize, item: usize) -> Option<Reach> {
        self.reach.get(benefit)?.get(item).copied().flatten()
    }

    /// The queue a benefit stands in, where it does.
    pub fn queue(&self, benefit: usize) -> Option<usize> {
        self.queues.get(benefit).copied().flatten()
    }

    /// Whether a cap holds for an item.
    pub fn is_capped(&self, cap: usize, item: Option<usize>) -> bool {
        let Some(items) = self.capped.get(cap) else {
            return false;
        };
        items.is_empty() || item.is_some_and(|item| items.get(item).copied().unwrap_or(false))
    }
}

/// Benefits that count units of one item for the same people follow each other (头三天 …，第四至七天 …): a queue is
/// named by its first benefit. One that gives an amount alone counts no units, it takes from what is still to be paid.
fn queues_of(benefits: &[Benefit], reach: &[Vec<Option<Reach>>]) -> Vec<Option<usize>> {
    let takes = |at: usize| reach.get(at).into_iter().flatten();
    let own = |reach: &Option<Reach>| reach.is_some_and(|reach| !reach.setoff);
    let queues = benefits.iter().enumerate().map(|(at, benefit)| {
        let others = benefits.iter().enumerate().filter(|(other, _)| *other != at);
        let mut fellows = others.filter(|(other, fellow)| {
            let same_people = fellow.classes() == benefit.classes();
            let counted = benefit.is_counted() || fellow.is_counted();
            let shared = || takes(at).zip(takes(*other)).any(|(one, two)| own(one) && own(two));
            same_people && counted && fellow.by_units() && shared()
        });
        let queued = benefit.by_units() && fellows.next().is_some();
        let first = || benefits.iter().position(|fellow| fellow.classes() == benefit.classes());
        queued.then(first).flatten()
    });
    queues.collect()
}

fn reach_of(benefit: &Benefit, tariff: &Tariff, named: &BTreeSet<&str>) -> Vec<Option<Reach>> {
    let of = |item: &TariffLine| {
        let code = item.code.as_str();
        let fits = |pattern: &str| match pattern {
            "*" => !named.contains(code),
            other => item.is_selected_by(other),
        };
        // What is named stands before what a selector takes in.
        let by_name = benefit.targets.iter().position(|target| target.item == code);
        let rank = by_name.or_else(|| benefit.targets.iter().position(|target| fits(&target.item)))?;
        let target = benefit.targets.get(rank)?;
        Some(Reach {
            rank,
            per: target.per.0,
            setoff: target.setoff,
        })
    };
    tariff.items.iter().map(of).collect()
}

impl Benefit {
    /// The classes it is for, in one order.
    fn classes(&self) -> BTreeSet<&str> {
        self.classes.iter().map(String::as_str).collect()
    }

    fn limits(&self) -> impl Iterator<Item = &Limits> {
        std::iter::once(&self.limits).chain(self.by_class.iter().map(|(_, limits)| limits))
    }

    /// Whether it gives so many units.
    fn is_counted(&self) -> bool {
        self.limits().any(|limits| limits.quantity.is_some())
    }

    /// Whether it gives by the unit, not an amount towards what is to be paid.
    fn by_units(&self) -> bool {
        let all = |limits: &Limits| limits.amount.is_none() && self.family_first == Fen::ZERO;
        let each = |limits: &Limits| limits.quantity.is_some() || limits.unit.is_some() || limits.percent.is_some();
        self.limits().any(|limits| each(limits) || all(limits))
    }

    /// Least common multiple of its conversions.
    fn scale(&self) -> i128 {
        let pers = self.targets.iter().map(|target| target.per);
        pers.fold(1, |scale, Quantity(per)| {
            let per = i128::from(per.max(1));
            scale / gcd(scale, per) * per
        })
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What is left of a benefit's quantity, scaled so that every conversion is whole.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    left: Option<i128>,
    scale: i128,
}

impl Allowance {
    /// A quantity of the benefit's unit; `None` for without end.
    pub fn new(quantity: Option<Quantity>, scale: i128) -> Self {
        Self {
            left: quantity.map(|quantity| i128::from(quantity.0.max(0)).saturating_mul(scale)),
            scale,
        }
    }

    /// How many thousandths of an item's unit may still be taken, at most so many.
    pub fn offer(&self, per: i64, wanted: i64) -> i64 {
        let Some(left) = self.left else {
            return wanted;
        };
        let units = left.saturating_mul(per.into()) / (self.scale * i128::from(THOUSAND));
        i64::try_from(units).unwrap_or(i64::MAX).min(wanted)
    }

    /// Takes them.
    pub fn take(&mut self, per: i64, units: i64) {
        if let Some(left) = &mut self.left {
            let used = i128::from(units).saturating_mul(self.scale) * i128::from(THOUSAND) / i128::from(per.max(1));
            *left = (*left - used).max(0);
        }
    }

    /// Whether it has an end.
    pub fn limited(&self) -> bool {
        self.left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_days_or_seventy_two_hours_are_shared_to_the_hour() {
        let mut three_days = Allowance::new(Some(Quantity(3000)), 24_000);
        assert_eq!(three_days.offer(24_000, 100_000), 72_000);
        three_days.take(24_000, 10_000);
        assert_eq!(three_days.offer(24_000, 100_000), 62_000);
        three_days.take(24_000, 14_000);
        assert_eq!(three_days.offer(1000, 100_000), 2000);
        assert_eq!(Allowance::new(None, 1).offer(1000, 5), 5);
    }
}
