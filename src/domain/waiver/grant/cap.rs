//! Limits over several lines, in their declared order.

use super::{Cut, Cutting, Grant, Granted, Ground};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
    waiver::{
        award::Due,
        benefit::{Benefit, Cap},
        quantity::Mode,
        speak::{quoted, say},
    },
};

impl Ground<'_> {
    /// Caps in their order: what the benefits gave first stays, what goes over the cap is taken from the last.
    pub(super) fn cap(&self, granted: &mut Granted) -> Option<()> {
        for (at, limit) in self.limits()? {
            let sum = self.under(granted, at)?;
            let mut over = sum - limit;
            if over <= 0 {
                continue;
            }
            let by = granted.cuttings.len();
            granted.cuttings.push(Cutting { cap: at, limit, sum });
            for grant in granted.grants.iter_mut().rev().filter(|grant| self.is_under(grant, at)) {
                let amount = over.min(grant.amount).max(0);
                if amount > 0 {
                    grant.amount -= amount;
                    grant.cuts.push(Cut { by, amount });
                    over -= amount;
                }
            }
        }
        Some(())
    }

    /// The caps of this case in their order with what they let be free, the one on cremation elsewhere last.
    pub(super) fn limits(&self) -> Option<Vec<(Option<usize>, i64)>> {
        let mut limits = Vec::new();
        for at in &self.plan.cap_order {
            let Some(cap) = self.plan.policy.caps.get(*at) else {
                continue;
            };
            limits.extend(self.limit_of(*at, cap)?.map(|limit| (Some(*at), limit)));
        }
        let elsewhere = self.offsite_limit().filter(|_| self.offsite);
        limits.extend(elsewhere.map(|limit| (None, limit)));
        Some(limits)
    }

    /// Whether a grant falls under a cap.
    pub(super) fn is_under(&self, grant: &Grant, at: Option<usize>) -> bool {
        let Some(at) = at else {
            return true;
        };
        let Some(cap) = self.plan.policy.caps.get(at) else {
            return false;
        };
        let item = self.priced.get(grant.line).and_then(|priced| priced.item);
        let benefit = || grant.benefit.and_then(|at| self.plan.policy.benefits.get(at));
        self.plan.is_capped(at, item)
            && (cap.benefits.is_empty() || benefit().is_some_and(|own| cap.benefits.contains(&own.id)))
    }

    /// What is free under a cap; `None` on overflow.
    pub(super) fn under(&self, granted: &Granted, at: Option<usize>) -> Option<i64> {
        let own = granted.grants.iter().filter(|grant| self.is_under(grant, at));
        own.map(|grant| grant.amount).try_fold(0_i64, i64::checked_add)
    }

    /// The limit of a cap for this case: the least of what it states; `None` inside where it sets none here.
    pub(super) fn limit_of(&self, at: usize, cap: &Cap) -> Option<Option<i64>> {
        let mut limit = cap.amount.limit(self.classes).map(|amount| amount.0);
        if cap.percent.is_some() || cap.family_at_least.is_some() {
            let cost = self.cost_under(at, cap)?;
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

    /// What the lines under a cap cost; `None` on overflow.
    pub fn cost_under(&self, at: usize, cap: &Cap) -> Option<i64> {
        let lines = self.priced.iter().enumerate();
        let under = lines.filter(|(line, priced)| self.plan.is_capped(at, priced.item) && self.is_covered(cap, *line));
        under.map(|(_, priced)| priced.listed).try_fold(0_i64, i64::checked_add)
    }

    /// Caps that count money paid out too: what is over is taken from the awards, the last first.
    pub fn cap_awards(&self, granted: &mut Granted, awards: &mut Vec<Due>, findings: &mut Vec<Finding>) -> Option<()> {
        let policy = self.plan.policy;
        for (at, limit) in self.limits()? {
            let Some(cap) = at.and_then(|at| policy.caps.get(at)).filter(|cap| cap.includes_awards) else {
                continue;
            };
            let paid = awards.iter().map(|due| due.amount.0);
            let sum = paid
                .chain([self.under(granted, at)?])
                .try_fold(0_i64, i64::checked_add)?;
            let mut over = sum - limit;
            if over <= 0 {
                continue;
            }
            granted.cuttings.push(Cutting { cap: at, limit, sum });
            for due in awards.iter_mut().rev() {
                let cut = over.min(due.amount.0);
                over -= cut;
                let before = due.amount;
                due.amount.0 -= cut;
                let amount = due.amount;
                if let (Some(award), true) = (policy.awards.get(due.at), cut > 0) {
                    let (name, limit) = (&award.name, Fen(limit));
                    let zh = format!(
                        "“{}”{before}：与减免合计超过“{}”{limit}，实发 {amount}",
                        name.zh, cap.name.zh
                    );
                    let en = format!(
                        "\"{}\" {before}: over \"{}\" {limit} with what is free, {amount} is paid",
                        name.en, cap.name.en
                    );
                    due.says
                        .zh
                        .push_str(&format!("，与减免合计不超过“{}”{limit}，实发 {amount}", cap.name.zh));
                    due.says
                        .en
                        .push_str(&format!(", {amount} within \"{}\" {limit}", cap.name.en));
                    findings.push(quoted(say(Severity::Info, "award-capped", None, zh, en), &cap.quote));
                }
            }
        }
        awards.retain(|due| due.amount.0 > 0);
        Some(())
    }

    /// Whether a cap on some benefits has to do with a line: one of them is for it.
    fn is_covered(&self, cap: &Cap, line: usize) -> bool {
        let Some(item) = self.priced.get(line).and_then(|priced| priced.item) else {
            return cap.benefits.is_empty();
        };
        let is_for = |(at, benefit): (usize, &Benefit)| {
            cap.benefits.contains(&benefit.id) && self.plan.reach(at, item).is_some() && self.fits_line(benefit, line)
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
}
