//! Limits over several lines, in their declared order.

use std::collections::BTreeSet;

use super::{Grant, Granted, Ground};
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        benefit::{Benefit, Cap},
        condition::Truth,
        quantity::Mode,
        speak::{quoted, say},
    },
};

impl Ground<'_> {
    /// Caps in their order: what the benefits gave first stays, what goes over the cap is taken from the last.
    pub(super) fn cap(&self, granted: &mut Granted) -> Option<()> {
        for at in &self.plan.cap_order {
            let Some(cap) = self.plan.policy.caps.get(*at) else {
                continue;
            };
            let Some(limit) = self.limit_of(*at, cap)? else {
                continue;
            };
            let under = |grant: &Grant| {
                let item = self.priced.get(grant.line).and_then(|priced| priced.item);
                let benefit = || grant.benefit.and_then(|at| self.plan.policy.benefits.get(at));
                self.plan.is_capped(*at, item)
                    && (cap.benefits.is_empty() || benefit().is_some_and(|own| cap.benefits.contains(&own.id)))
            };
            if self.cut(granted, limit, &under, cap.benefits.is_empty())? {
                granted.cut_by.push(*at);
            }
        }
        if let (true, Some(limit)) = (self.offsite, self.offsite_limit()) {
            granted.cut_offsite = self.cut(granted, limit, &|_| true, true)?;
        }
        Some(())
    }

    /// The limit of a cap for this case: the least of what it states; `None` inside where it sets none here.
    pub(super) fn limit_of(&self, at: usize, cap: &Cap) -> Option<Option<i64>> {
        let mut limit = cap.amount.limit(self.classes).map(|amount| amount.0);
        if cap.percent.is_some() || cap.family_at_least.is_some() {
            let mut cost = 0_i64;
            for (line, priced) in self.priced.iter().enumerate() {
                if self.plan.is_capped(at, priced.item) && self.is_covered(cap, line) {
                    cost = cost.checked_add(priced.listed)?;
                }
            }
            let share = match cap.percent {
                Some(percent) => percent.of(cost, Mode::Down)?,
                None => cost,
            };
            let most = share.min(cost - cap.family_at_least.unwrap_or_default().0);
            limit = Some(limit.map_or(most, |limit| limit.min(most)));
        }
        let less = cap.less.as_ref().and_then(|name| self.seen.money(name)).unwrap_or(0);
        Some(limit.map(|limit| (limit - less).max(0)))
    }

    /// Whether a cap on some benefits has to do with a line: one of them is for it.
    fn is_covered(&self, cap: &Cap, line: usize) -> bool {
        let Some(item) = self.priced.get(line).and_then(|priced| priced.item) else {
            return cap.benefits.is_empty();
        };
        let is_for = |(at, benefit): (usize, &Benefit)| {
            let fits = |seen| benefit.line.holds(&seen, &mut Vec::new()) == Truth::Yes;
            cap.benefits.contains(&benefit.id)
                && self.plan.reach(at, item).is_some()
                && self.seen_line(line).is_some_and(fits)
        };
        cap.benefits.is_empty() || self.plan.policy.benefits.iter().enumerate().any(is_for)
    }

    /// The most that cremation elsewhere gives.
    pub(super) fn offsite_limit(&self) -> Option<i64> {
        let rules = &self.plan.policy.offsite;
        let less = rules.less.as_ref().and_then(|name| self.seen.money(name)).unwrap_or(0);
        Some((rules.cap.limit(self.classes)?.0 - less).max(0))
    }

    /// Amounts received elsewhere that caps ask for and nobody stated: nothing is cut by what is not known.
    pub fn unknown_received(&self) -> Vec<Finding> {
        let policy = self.plan.policy;
        let caps = policy
            .caps
            .iter()
            .filter_map(|cap| Some((cap.less.as_ref()?, &cap.quote)));
        let offsite = policy.offsite.less.as_ref().map(|name| (name, &policy.offsite.quote));
        let all = caps.chain(offsite.filter(|_| self.offsite));
        let unknown = all.filter(|(name, _)| self.seen.money(name).is_none());
        unknown
            .map(|(name, quote)| {
                let label = policy.fact_name(name);
                let zh = format!("“{}”（{name}）没有填写：没有收到的填 0", label.zh);
                let en = format!("\"{}\" ({name}) is not stated; nothing received is 0", label.en);
                let field = Some(format!("facts.{name}"));
                quoted(say(Severity::Error, "fact-unknown", field, zh, en), quote)
            })
            .collect()
    }

    /// Takes what is over a limit from what was given last; whether it took anything. Rounding of lines counts where
    /// whole lines are under the limit.
    fn cut(
        &self,
        granted: &mut Granted,
        limit: i64,
        under: &dyn Fn(&Grant) -> bool,
        whole_lines: bool,
    ) -> Option<bool> {
        let lines: BTreeSet<usize> = granted
            .grants
            .iter()
            .filter(|grant| under(grant))
            .map(|grant| grant.line)
            .collect();
        let rounded = granted
            .rounded
            .iter()
            .filter(|(line, _)| whole_lines && lines.contains(line))
            .map(|(_, by)| *by);
        let given = granted
            .grants
            .iter()
            .filter(|grant| under(grant))
            .map(|grant| grant.amount);
        let sum = given.chain(rounded).try_fold(0_i64, i64::checked_add)?;
        let mut over = sum - limit;
        if over <= 0 {
            return Some(false);
        }
        // A line's rounding goes before the line is cut, so that no line ends below nothing.
        for (line, by) in &mut granted.rounded {
            if whole_lines && lines.contains(line) && *by > 0 {
                let less = over.min(*by).max(0);
                *by -= less;
                over -= less;
            }
        }
        for grant in granted.grants.iter_mut().rev().filter(|grant| under(grant)) {
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
