//! An invoice from elsewhere, accepted as it was paid.

use super::{Grant, Granted, Ground};
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        benefit::Benefit,
        speak::{line_field, overflow, quoted, say},
        tariff::selects,
    },
};

impl Ground<'_> {
    /// Accepts the lines of another hall's invoice as paid, then applies caps and rounding.
    pub fn accept(&self, findings: &mut Vec<Finding>) -> Option<Granted> {
        let rules = &self.plan.policy.offsite;
        let listed = |code: &str| {
            if rules.items.is_empty() {
                let own = self.plan.tariff.position(code);
                let ours = |benefit: &Benefit| self.classes.iter().any(|class| benefit.is_for(class));
                let named = |at| own.is_some_and(|item| self.plan.reach(at, item).is_some());
                let mut all = self.plan.policy.benefits.iter().enumerate();
                all.any(|(at, benefit)| ours(benefit) && named(at))
            } else {
                selects(&rules.items, code, self.plan.tariff.item(code))
            }
        };
        let mut granted = Granted::default();
        for line in self.order {
            let (bill, priced) = (self.bill.get(*line)?, self.priced.get(*line)?);
            if listed(&bill.item) {
                granted.grants.push(Grant {
                    benefit: None,
                    line: *line,
                    quantity: priced.quantity.0,
                    amount: priced.listed,
                    ..Grant::default()
                });
            } else {
                let zh = format!("第{}行“{}”不在报销项目内，不予报销", line + 1, bill.item);
                let en = format!("Line {}: \"{}\" is not an item that is reimbursed", line + 1, bill.item);
                let finding = say(Severity::Warn, "offsite-line-refused", line_field(*line), zh, en);
                findings.push(quoted(finding, &rules.quote));
            }
        }
        let finished = self.cap(&mut granted).and_then(|()| self.round_case(&mut granted));
        if finished.is_none() {
            findings.push(overflow(None));
        }
        finished.map(|()| granted)
    }
}
