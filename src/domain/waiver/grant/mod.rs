//! Benefits applied to priced lines, caps and rounding: from prices to what is free.

mod cap;
mod elsewhere;
mod give;
mod round;
mod target;

use give::Giver;

use super::{
    benefit::Benefit,
    claim::{BillLine, Seen, SeenLine},
    condition::{Known, Lookup, Truth},
    plan::{Allowance, Plan, Reach},
    policy::Class,
    price::{Piece, Priced, unit_price},
    quantity::{Mode, Quantity, THOUSAND, divide},
    speak::overflow,
    tariff::{Price, TariffLine},
};
use crate::domain::finding::Finding;

/// Most single units that the lines of one bill are parted into.
const MOST_PARTS: i64 = 1_000_000;

/// What one benefit gives on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Position of the benefit; `None` for an invoice accepted as it is.
    pub benefit: Option<usize>,
    /// Place of the line in the bill, from 0.
    pub line: usize,
    /// Thousandths of the item's unit that it covers.
    pub quantity: i64,
    /// What it gives after caps, in 分.
    pub amount: i64,
    /// What caps took away.
    pub cut: i64,
    /// Whether something stands in the benefit's own item's place.
    pub setoff: bool,
}

/// What is free under one way of choosing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Granted {
    /// What was given, benefit by benefit.
    pub grants: Vec<Grant>,
    /// Rounding of a line's free amount: line and difference.
    pub rounded: Vec<(usize, i64)>,
    /// Caps that took something away.
    pub cut_by: Vec<usize>,
    /// Whether the cap on cremation elsewhere did.
    pub cut_offsite: bool,
}

/// What benefits are applied to.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The policy held against its price list.
    pub plan: &'a Plan<'a>,
    /// What is known of the case.
    pub seen: &'a Seen<'a>,
    /// The lines as handed in.
    pub bill: &'a [BillLine],
    /// The same lines with their prices.
    pub priced: &'a [Priced],
    /// Lines in the order that does not depend on how they were entered.
    pub order: &'a [usize],
    /// The classes that hold.
    pub classes: &'a [&'a Class],
    /// Whether the cremation was elsewhere.
    pub offsite: bool,
}

impl Granted {
    /// What is free on a line.
    pub fn free(&self, line: usize) -> i64 {
        let granted: i64 = self
            .grants
            .iter()
            .filter(|grant| grant.line == line)
            .map(|grant| grant.amount)
            .sum();
        let rounded: i64 = self
            .rounded
            .iter()
            .filter(|(at, _)| *at == line)
            .map(|(_, by)| by)
            .sum();
        granted + rounded
    }

    /// What is free in all; `None` on overflow.
    pub fn total(&self) -> Option<i64> {
        let rounded = self.rounded.iter().map(|(_, by)| *by);
        let mut all = self.grants.iter().map(|grant| grant.amount).chain(rounded);
        all.try_fold(0_i64, i64::checked_add)
    }

    /// What a benefit gave.
    pub fn of_benefit(&self, benefit: usize) -> i64 {
        let own = self.grants.iter().filter(|grant| grant.benefit == Some(benefit));
        own.map(|grant| grant.amount).fold(0, i64::saturating_add)
    }
}

impl<'a> Ground<'a> {
    fn item(&self, line: usize) -> Option<&'a TariffLine> {
        self.plan.tariff.items.get(self.priced.get(line)?.item?)
    }

    fn seen_line(&self, line: usize) -> Option<SeenLine<'a>> {
        Some(SeenLine {
            line: self.bill.get(line)?,
            assume: self.item(line).map_or(&[], |item| item.assume.as_slice()),
            seen: self.seen,
        })
    }

    /// Applies the benefits, then caps and rounding; `None` on overflow, which is in the findings.
    pub fn grant(&self, benefits: &[(usize, Vec<(usize, Reach)>)], findings: &mut Vec<Finding>) -> Option<Granted> {
        let mut pieces: Vec<Vec<Piece>> = self.priced.iter().map(|priced| priced.pieces.clone()).collect();
        self.part_shared(benefits, &mut pieces);
        let mut granted = Granted::default();
        for (at, targets) in benefits {
            if self.apply(*at, targets, &mut pieces, &mut granted, findings).is_none() {
                findings.push(overflow(None));
                return None;
            }
        }
        let finished = self.round_lines(&mut granted).and_then(|()| self.cap(&mut granted));
        let finished = finished.and_then(|()| self.round_case(&mut granted));
        if finished.is_none() {
            findings.push(overflow(None));
        }
        finished.map(|()| granted)
    }

    /// Parts lines that several benefits count for into single units: what the first leaves of a unit is then the same
    /// to the second, however many lines the units were entered in.
    fn part_shared(&self, benefits: &[(usize, Vec<(usize, Reach)>)], pieces: &mut [Vec<Piece>]) {
        let mut hits = vec![0_usize; pieces.len()];
        for (line, _) in benefits.iter().flat_map(|(_, targets)| targets) {
            if let Some(hits) = hits.get_mut(*line) {
                *hits += 1;
            }
        }
        let mut room = MOST_PARTS;
        for (own, _) in pieces.iter_mut().zip(hits).filter(|(_, hits)| *hits > 1) {
            let units: i64 = own
                .iter()
                .map(|piece| piece.quantity / THOUSAND)
                .fold(0, i64::saturating_add);
            if units <= room {
                room -= units;
                *own = own.iter().flat_map(Piece::units).collect();
            }
        }
    }

    /// How often a benefit's quantity is given; what is not known is in the findings.
    fn times(&self, benefit: &Benefit, targets: &[(usize, Reach)], findings: &mut Vec<Finding>) -> Quantity {
        let Some(name) = &benefit.times else {
            return Quantity::ONE;
        };
        let number = |known: &Known| match known {
            Known::Number(number) => Some(Quantity(number.0.max(0))),
            _ => None,
        };
        let of_line = |(line, _): &(usize, Reach)| self.bill.get(*line)?.number(name);
        let best = targets.iter().filter_map(of_line).max();
        let times = best.or_else(|| self.seen.look(name).and_then(number));
        if times.is_none() && !targets.is_empty() {
            findings.push(self.unknown_fact(benefit, name));
        }
        times.unwrap_or_default()
    }

    fn apply(
        &self,
        at: usize,
        targets: &[(usize, Reach)],
        pieces: &mut [Vec<Piece>],
        granted: &mut Granted,
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
        let mut giver = Giver {
            worth: None,
            allowance: Allowance::new(quantity, self.plan.scale.get(at).copied().unwrap_or(1)),
            amount_left: limits.amount.map_or(i64::MAX, |amount| amount.0),
            family_first: benefit.family_first.0,
            sum: 0,
            step: self.plan.tariff.rounding,
            limits,
        };
        for (line, reach) in targets {
            let (Some(item), Some(own)) = (self.item(*line), pieces.get_mut(*line)) else {
                continue;
            };
            let ceiling = self
                .priced
                .get(*line)
                .and_then(|priced| Some((priced.home?, priced.quantity.0)));
            giver.worth = match reach.setoff {
                true => self.setoff_worth(benefit, *line, findings)?,
                false => None,
            };
            let (quantity, amount) = giver.give(*reach, item, ceiling, own)?;
            if amount > 0 {
                granted.grants.push(Grant {
                    benefit: Some(at),
                    line: *line,
                    quantity,
                    amount,
                    cut: 0,
                    setoff: reach.setoff,
                });
            }
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

    /// What of a benefit's amount stays unused, where it counts for this claim.
    pub fn rest(&self, at: usize, granted: &Granted) -> i64 {
        let Some(benefit) = self.plan.policy.benefits.get(at) else {
            return 0;
        };
        let is_ours = self.classes.iter().any(|class| benefit.is_for(class));
        if !is_ours || benefit.when.holds(self.seen, &mut Vec::new()) != Truth::Yes || !self.company_fits(benefit) {
            return 0;
        }
        let limits = benefit.limits_for(self.classes);
        let own = benefit.targets.iter().find(|target| !target.setoff);
        let fixed = || match self.plan.tariff.item(&own?.item)?.price {
            Price::Fixed(price) => Some(price),
            _ => None,
        };
        let worth = benefit.setoff_worth.or(limits.unit).or_else(fixed);
        let by_quantity = || limits.quantity?.at(worth?);
        let all = limits.amount.or_else(by_quantity).unwrap_or_default();
        (all.0 - granted.of_benefit(at)).max(0)
    }
}
