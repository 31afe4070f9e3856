//! Which benefits can count for a claim, and for which of its lines, in the order in which they use them up.

use std::cmp::Reverse;

use super::Ground;
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
    waiver::{
        benefit::Benefit,
        condition::Truth,
        plan::Reach,
        price::Priced,
        speak::{line_field, not_known, quoted, say},
        tariff::{Price, selects},
    },
};

impl Ground<'_> {
    /// The benefits that can count for this claim, in order; `None` in a finding where that is not known.
    pub fn applicable(&self, findings: &mut Vec<Finding>) -> Vec<usize> {
        let mut applicable = Vec::new();
        for at in &self.plan.order {
            let Some(benefit) = self.plan.policy.benefits.get(*at) else {
                continue;
            };
            let touched = |line: &Priced| line.item.is_some_and(|item| self.plan.reach(*at, item).is_some());
            if !self.classes.iter().any(|class| benefit.is_for(class)) || !self.priced.iter().any(touched) {
                continue;
            }
            if !self.company_fits(benefit) {
                continue;
            }
            let mut missing = Vec::new();
            match benefit.when.holds(self.seen, &mut missing) {
                Truth::Yes => {
                    findings.extend(self.lacking(benefit));
                    applicable.push(*at);
                }
                Truth::No => {}
                Truth::Unknown => findings.extend(missing.iter().map(|name| self.unknown_fact(benefit, name))),
            }
        }
        applicable
    }

    /// Whether what must be on the bill is, and what must not be is not.
    pub fn company_fits(&self, benefit: &Benefit) -> bool {
        let billed = |patterns: &Vec<String>| {
            let mut lines = self.bill.iter().enumerate();
            lines.any(|(at, line)| selects(patterns, &line.item, self.item(at)))
        };
        (benefit.with.is_empty() || billed(&benefit.with)) && !billed(&benefit.without)
    }

    /// Whether what a benefit asks of a line is known to hold.
    pub fn fits_line(&self, benefit: &Benefit, line: usize) -> bool {
        let holds = |seen| benefit.line.holds(&seen, &mut Vec::new()) == Truth::Yes;
        self.seen_line(line).is_some_and(holds)
    }

    /// Papers of the benefit that were not shown.
    fn lacking(&self, benefit: &Benefit) -> Vec<Finding> {
        let lacking = benefit.evidence.iter().filter(|id| !self.seen.shown(id));
        let say_one = |id: &String| {
            let name = self.plan.policy.evidence_name(id);
            let zh = format!("“{}”凭“{}”减免，尚未查验", benefit.name.zh, name.zh);
            let en = format!("\"{}\" must be proved by: {}", benefit.name.en, name.en);
            let field = Some("evidence".to_owned());
            let mut finding = say(Severity::Error, "evidence-missing", field, zh, en);
            finding.params.insert("evidence".into(), id.clone());
            quoted(finding, &benefit.quote)
        };
        lacking.map(say_one).collect()
    }

    pub(super) fn unknown_fact(&self, benefit: &Benefit, name: &str) -> Finding {
        let label = self.plan.policy.fact_name(name);
        let zh = format!(
            "“{}”是否减免要看“{}”（{name}），没有填写或不是所要的内容",
            benefit.name.zh, label.zh
        );
        let en = format!(
            "Whether \"{}\" is free depends on \"{}\" ({name}), which is not known",
            benefit.name.en, label.en
        );
        let finding = say(Severity::Error, "fact-unknown", Some(format!("facts.{name}")), zh, en);
        quoted(finding, &benefit.quote)
    }

    /// Lines a benefit counts for, in the order in which they use it up.
    pub fn targets(&self, at: usize, findings: &mut Vec<Finding>) -> Vec<(usize, Reach)> {
        let Some(benefit) = self.plan.policy.benefits.get(at) else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for line in self.order {
            let item = self.priced.get(*line).and_then(|priced| priced.item);
            let Some(reach) = item.and_then(|item| self.plan.reach(at, item)) else {
                continue;
            };
            let Some(seen) = self.seen_line(*line) else {
                continue;
            };
            let mut missing = Vec::new();
            match benefit.line.holds(&seen, &mut missing) {
                Truth::Yes => targets.push((*line, reach)),
                Truth::No => {}
                Truth::Unknown => findings.extend(missing.iter().map(|name| {
                    let zh = format!("第{}行：“{}”是否减免要看“{name}”，没有填写", line + 1, benefit.name.zh);
                    let en = format!(
                        "Line {}: whether \"{}\" is free depends on \"{name}\"",
                        line + 1,
                        benefit.name.en
                    );
                    let field = Some(format!("bill.{}.{name}", line + 1));
                    quoted(say(Severity::Error, "attribute-missing", field, zh, en), &benefit.quote)
                })),
            }
        }
        // Stable: lines of one rank and price stay in the order that does not depend on entry.
        targets.sort_by_key(|(line, reach)| (reach.rank, Reverse(self.worth(*line))));
        targets
    }

    /// By what a line comes before others: its price of a unit. A stay priced by tiers keeps its own order, so that
    /// the first days are the first days however many lines they were entered in.
    fn worth(&self, line: usize) -> Option<Fen> {
        match self.item(line).map(|item| &item.price) {
            Some(Price::Tiers(_, tiers)) => tiers.first().map(|tier| tier.price),
            _ => self.priced.get(line).map(|priced| priced.unit),
        }
    }

    /// Refuses lines that fall under a benefit whose text is not known.
    pub fn refuse_unknown(&self, applicable: &[usize], findings: &mut Vec<Finding>) {
        for at in applicable {
            let Some(benefit) = self.plan.policy.benefits.get(*at) else {
                continue;
            };
            let Some(reason) = &benefit.unknown else {
                continue;
            };
            for (line, _) in self.targets(*at, findings) {
                let (zh, en) = self.item(line).map_or(("", ""), |item| (&item.name.zh, &item.name.en));
                findings.push(quoted(
                    not_known("policy-unknown", line_field(line), zh, en, reason),
                    &benefit.quote,
                ));
            }
        }
    }
}
