//! Benefits applied to priced lines, caps and rounding: from prices to what is free.

mod apply;
mod cap;
mod elsewhere;
mod give;
mod given;
mod room;
mod round;
mod target;

use apply::Course;
pub use given::{Bound, Cut, Cutting, Grant, Granted, Trail};

use super::{
    claim::{BillLine, Seen, SeenLine},
    condition::Truth,
    plan::{Plan, Reach},
    policy::Class,
    price::{Piece, Priced},
    quantity::THOUSAND,
    speak::overflow,
    tariff::{Price, TariffLine},
};
use crate::domain::finding::Finding;

/// Most single units that the lines of one bill are parted into.
const MOST_PARTS: i64 = 1_000_000;

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
        let mut course = Course::new(pieces);
        for (at, targets) in benefits {
            if self.apply(*at, targets, &mut course, findings).is_none() {
                findings.push(overflow(None));
                return None;
            }
        }
        let mut granted = course.granted;
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
