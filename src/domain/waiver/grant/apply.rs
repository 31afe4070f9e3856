//! One benefit applied to its lines: how often it is given, from which unit on, and what a set-off is worth.

use std::collections::BTreeMap;

use super::{Grant, Granted, Ground, Trail, give::Giver};
use crate::domain::{
    finding::Finding,
    waiver::{
        benefit::Benefit,
        condition::{Known, Lookup},
        plan::{Allowance, Reach},
        price::{Piece, unit_price},
        quantity::{Mode, Quantity, THOUSAND, divide, from_on},
        tariff::Bounds,
    },
};

/// What becomes of the lines while one benefit after the other is applied.
pub(super) struct Course {
    /// The pieces of each line and what of them is still to be paid.
    pieces: Vec<Vec<Piece>>,
    /// How many units of a line the benefits of one queue have used: by queue and line.
    used: BTreeMap<(usize, usize), i64>,
    /// What was given so far.
    pub granted: Granted,
}

impl Course {
    /// Nothing is given yet.
    pub fn new(pieces: Vec<Vec<Piece>>) -> Self {
        Self {
            pieces,
            used: BTreeMap::new(),
            granted: Granted::default(),
        }
    }
}

impl Ground<'_> {
    /// How often a benefit's quantity is given; what is not known is in the findings.
    fn times(&self, benefit: &Benefit, targets: &[(usize, Reach)], findings: &mut Vec<Finding>) -> Quantity {
        let Some(name) = &benefit.times else {
            return Quantity::ONE;
        };
        let number = |known: &Known| match known {
            Known::Number(number) => Some(Quantity(from_on(number.0, benefit.times_from))),
            _ => None,
        };
        let of_line = |(line, _): &(usize, Reach)| self.bill.get(*line)?.number(name);
        let best = targets.iter().filter_map(of_line).max();
        let best = best.map(|number| Quantity(from_on(number.0, benefit.times_from)));
        let times = best.or_else(|| self.seen.look(name).and_then(number));
        if times.is_none() && !targets.is_empty() {
            findings.push(self.unknown_fact(benefit, name));
        }
        times.unwrap_or_default()
    }

    /// Applies a benefit; `None` on overflow.
    pub(super) fn apply(
        &self,
        at: usize,
        targets: &[(usize, Reach)],
        course: &mut Course,
        findings: &mut Vec<Finding>,
    ) -> Option<()> {
        let Some(benefit) = self.plan.policy.benefits.get(at) else {
            return Some(());
        };
        let limits = benefit.limits_for(self.classes);
        let times = self.times(benefit, targets, findings);
        let quantity = match limits.quantity {
            Some(quantity) => {
                let product = i128::from(quantity.0) * i128::from(times.0);
                Some(Quantity(divide(product, THOUSAND.into(), Mode::Down)?))
            }
            None => None,
        };
        let most = limits.amount.map(|amount| amount.0);
        let mut giver = Giver {
            worth: None,
            allowance: Allowance::new(quantity, self.plan.scale.get(at).copied().unwrap_or(1)),
            amount_left: most.unwrap_or(i64::MAX),
            family_first: benefit.family_first.0,
            sum: 0,
            given: 0,
            trail: Trail::default(),
            bounds: Bounds::default(),
            limits,
        };
        let mut sums: BTreeMap<Option<usize>, i64> = BTreeMap::new();
        for (line, reach) in targets {
            let (Some(item), Some(pieces)) = (self.item(*line), course.pieces.get_mut(*line)) else {
                continue;
            };
            let priced = self.priced.get(*line);
            let ceiling = priced.and_then(|priced| Some((priced.home?, priced.quantity.0)));
            giver.bounds = priced.map(|priced| priced.bounds).unwrap_or_default();
            giver.worth = match reach.setoff {
                true => self.setoff_worth(benefit, *line, findings)?,
                false => None,
            };
            // What is set off stands for another item: it takes no turn among the units of its own.
            let queue = self.plan.queue(at).filter(|_| !reach.setoff);
            let turn = queue.map(|queue| course.used.entry((queue, *line)).or_default());
            let behind = turn.as_ref().map(|used| **used);
            let position = priced.and_then(|priced| priced.item);
            giver.sum = sums.get(&position).copied().unwrap_or_default();
            let (quantity, amount) = giver.give(*reach, item, ceiling, behind, pieces)?;
            sums.insert(position, giver.sum);
            if let (Some(used), true) = (turn, giver.allowance.limited()) {
                *used = used.checked_add(quantity)?;
            }
            if amount > 0 {
                course.granted.grants.push(Grant {
                    benefit: Some(at),
                    line: *line,
                    quantity,
                    amount,
                    setoff: reach.setoff,
                    trail: std::mem::take(&mut giver.trail),
                    ..Grant::default()
                });
            }
        }
        if most.is_some() {
            course.granted.left.insert(at, giver.amount_left);
        }
        Some(())
    }

    /// What a unit that is set off is worth: stated, or the list's price of the benefit's first own item in the case of
    /// the line. `None` inside where it has no one price; none at all where that is not known, which is in the findings.
    fn setoff_worth(&self, benefit: &Benefit, line: usize, findings: &mut Vec<Finding>) -> Option<Option<i64>> {
        if let Some(worth) = benefit.setoff_worth {
            return Some(Some(worth.0));
        }
        let own = benefit.targets.iter().find(|target| !target.setoff);
        let Some(item) = own.and_then(|own| self.plan.tariff.item(&own.item)) else {
            return Some(None);
        };
        let bill = self.bill.get(line)?;
        unit_price(self.plan.tariff, item, line, bill, self.seen, findings).map(|price| price.map(|price| price.0))
    }
}
