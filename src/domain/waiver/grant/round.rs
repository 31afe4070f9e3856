//! Rounding of what is free, by line and by case, within prices and caps.

use super::{Granted, Ground};
use crate::domain::waiver::{
    quantity::{Mode, to_step},
    tariff::Step,
};

impl Ground<'_> {
    pub(super) fn round_lines(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.line_rounding else {
            return Some(());
        };
        for line in 0..self.priced.len() {
            let free = granted.free(line);
            let listed = self.priced.get(line)?.listed;
            let by = rounded_within(free, step, listed)? - free;
            if by != 0 {
                granted.rounded.push((line, by));
            }
        }
        Some(())
    }

    /// The case's sum to its step; what is added or taken goes on the last lines, within prices and caps.
    pub(super) fn round_case(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.case_rounding else {
            return Some(());
        };
        let total = granted.total()?;
        let target = to_step(total, step.fen, step.mode)?;
        let target = if target > total && !self.has_room(granted, target - total)? {
            to_step(total, step.fen, Mode::Down)?
        } else {
            target
        };
        let mut by = target - total;
        for line in self.order.iter().rev() {
            let (free, listed) = (granted.free(*line), self.priced.get(*line)?.listed);
            let here = if by > 0 {
                by.min(if free > 0 { listed - free } else { 0 })
            } else {
                by.max(-free)
            };
            if here != 0 {
                granted.rounded.push((*line, here));
                by -= here;
            }
        }
        Some(())
    }

    /// Whether so much more may be free: on lines that are free in part, under no cap.
    fn has_room(&self, granted: &Granted, more: i64) -> Option<bool> {
        let mut room = 0_i64;
        for (line, priced) in self.priced.iter().enumerate() {
            let free = granted.free(line);
            if free > 0 {
                room = room.checked_add(priced.listed - free)?;
            }
        }
        let mut capped = self.offsite && self.offsite_limit().is_some();
        for (at, cap) in self.plan.policy.caps.iter().enumerate() {
            capped |= self.limit_of(at, cap)?.is_some();
        }
        Some(room >= more && !capped)
    }
}

/// An amount on a step, within nothing and a price.
fn rounded_within(amount: i64, step: Step, most: i64) -> Option<i64> {
    let up = to_step(amount, step.fen, step.mode)?;
    if up <= most {
        return Some(up);
    }
    // Everything is free: the odd part of the price stays free too.
    Some(if amount == most {
        most
    } else {
        to_step(amount, step.fen, Mode::Down)?
    })
}
