//! Rounding of what is free, by line and by case. Where rounding up would go beyond a price, a limit of a benefit or a
//! cap, it goes down instead; what is free in whole stays so to the last 分.

use super::{Granted, Ground};
use crate::domain::waiver::quantity::{Mode, to_step};

impl Ground<'_> {
    /// Each line to the step; caps come after it and cut what is then too much.
    pub(super) fn round_lines(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.line_rounding else {
            return Some(());
        };
        for (line, priced) in self.priced.iter().enumerate() {
            let free = granted.free(line);
            let target = to_step(free, step.fen, step.mode)?;
            if target <= free {
                Self::lower(granted, line, free - target);
                continue;
            }
            let mut raised = granted.clone();
            if self.raise(&mut raised, line, target - free, &mut [])? == target - free {
                *granted = raised;
            } else if free < priced.listed {
                Self::lower(granted, line, free - to_step(free, step.fen, Mode::Down)?);
            }
        }
        Some(())
    }

    /// The case's sum to its step; what is added or taken goes on the last lines.
    pub(super) fn round_case(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.case_rounding else {
            return Some(());
        };
        let total = granted.total()?;
        let mut target = to_step(total, step.fen, step.mode)?;
        if target > total {
            let mut raised = granted.clone();
            let mut caps = self.cap_rooms(&raised)?;
            let mut by = target - total;
            for line in self.order.iter().rev() {
                by -= self.raise(&mut raised, *line, by, &mut caps)?;
            }
            if by == 0 {
                *granted = raised;
                return Some(());
            }
            let listed = self
                .priced
                .iter()
                .try_fold(0_i64, |sum, line| sum.checked_add(line.listed))?;
            if total == listed {
                return Some(());
            }
            target = to_step(total, step.fen, Mode::Down)?;
        }
        let mut by = total - target;
        for line in self.order.iter().rev() {
            by -= Self::lower(granted, *line, by);
        }
        Some(())
    }
}
