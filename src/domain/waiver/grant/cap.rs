//! Limits over several lines, in their declared order.

use super::{Granted, Ground};

impl Ground<'_> {
    /// Caps in their order: what the benefits gave first stays, what goes over the cap is taken from the last.
    pub(super) fn cap(&self, granted: &mut Granted) -> Option<()> {
        for at in &self.plan.cap_order {
            let Some(limit) = self
                .plan
                .policy
                .caps
                .get(*at)
                .and_then(|cap| cap.amount.limit(self.classes))
            else {
                continue;
            };
            let holds = |item: Option<usize>| self.plan.is_capped(*at, item);
            if self.cut(granted, limit.0, &holds)? {
                granted.cut_by.push(*at);
            }
        }
        if self.offsite {
            let limit = self.plan.policy.offsite.cap.limit(self.classes);
            if let Some(limit) = limit {
                self.cut(granted, limit.0, &|_| true)?;
            }
        }
        Some(())
    }

    fn cut(&self, granted: &mut Granted, limit: i64, holds: &dyn Fn(Option<usize>) -> bool) -> Option<bool> {
        let under = |line: usize| holds(self.priced.get(line).and_then(|priced| priced.item));
        let rounded = granted
            .rounded
            .iter()
            .filter(|(line, _)| under(*line))
            .map(|(_, by)| *by);
        let given = granted
            .grants
            .iter()
            .filter(|grant| under(grant.line))
            .map(|grant| grant.amount);
        let sum = given.chain(rounded).try_fold(0_i64, i64::checked_add)?;
        let mut over = sum - limit;
        if over <= 0 {
            return Some(false);
        }
        // A line's rounding goes before the line is cut, so that no line ends below nothing.
        for (line, by) in &mut granted.rounded {
            if under(*line) && *by > 0 {
                let less = over.min(*by).max(0);
                *by -= less;
                over -= less;
            }
        }
        for grant in granted.grants.iter_mut().rev().filter(|grant| under(grant.line)) {
            let fall: i64 = granted
                .rounded
                .iter()
                .filter(|(line, by)| *line == grant.line && *by < 0)
                .map(|r| r.1)
                .sum();
            let less = over.min((grant.amount + fall).max(0)).max(0);
            grant.amount -= less;
            grant.cut += less;
            over -= less;
        }
        Some(true)
    }
}
