//! Charges for what lies beyond an included distance, floor or time.

use super::{Of, Part, Priced};
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        condition::{Known, Lookup, Truth},
        quantity::Percent,
        speak::{not_known, say},
        tariff::Beyond,
    },
};

impl Of<'_> {
    pub(super) fn beyond(
        &self,
        place: usize,
        beyond: &Beyond,
        factors: &[Percent],
        priced: &mut Priced,
        findings: &mut Vec<Finding>,
    ) -> Option<()> {
        let amount = match self.line.look(&beyond.attribute) {
            Some(Known::Number(amount)) if amount.0 >= 0 => *amount,
            None if beyond.included.0 > 0 => {
                let (name, unit) = (&beyond.attribute, &beyond.unit);
                let zh = format!(
                    "第{}行“{}”没有填 {name}，按不超过 {}{unit}计",
                    self.at + 1,
                    self.item.name.zh,
                    beyond.included
                );
                let en = format!(
                    "Line {}: {name} of \"{}\" is not given, taken as within {}",
                    self.at + 1,
                    self.item.name.en,
                    beyond.included
                );
                findings.push(say(Severity::Warn, "attribute-assumed", self.field(name), zh, en));
                return Some(());
            }
            _ => {
                self.missing(std::slice::from_ref(&beyond.attribute), findings);
                return None;
            }
        };
        let counted = self.counted(beyond.counted(amount), &beyond.attribute, findings)?;
        if counted.0 == 0 {
            return Some(());
        }
        let mut missing = Vec::new();
        let truth = beyond.when.holds(&self.line, &mut missing);
        self.note_assumed(&beyond.when, findings);
        match truth {
            Truth::Yes => {}
            Truth::No => return Some(()),
            Truth::Unknown => {
                self.missing(&missing, findings);
                return None;
            }
        }
        if let Some(reason) = &beyond.unknown {
            let (what, what_en) = (
                format!("{}超出部分", self.item.name.zh),
                format!("{} beyond", self.item.name.en),
            );
            findings.push(not_known(
                "price-unknown",
                self.field(&beyond.attribute),
                &what,
                &what_en,
                reason,
            ));
            return None;
        }
        let each = self.scaled(beyond.each, factors, findings)?;
        self.push(priced, Part::Beyond(place), counted, each, findings)
    }
}
