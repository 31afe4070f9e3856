//! `forms check`: every file read, every example run, everything that is wrong said by file and line.

use chrono::NaiveDate;

use super::{
    Circumstances, Fault, Forms,
    examine::{self, Sight, weigh_one},
    head::not_looked_at,
    library::Edition,
    rule::{Example, Rule},
    waiver::Coverage,
};
use crate::domain::{date::LeapBirthday, finding::Severity};

/// What the check of all files came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// Files read.
    pub files: usize,
    /// Rules of forms.
    pub rules: usize,
    /// Examples run, those of price lists and policies too.
    pub examples: usize,
    /// What is wrong; any of these means that the files must not be used as they are.
    pub faults: Vec<Fault>,
    /// What somebody should look at: files laid over others that have changed, sources not looked at for a year.
    pub warnings: Vec<Fault>,
    /// Which rules of each policy no example exercises.
    pub coverage: Vec<Coverage>,
}

impl Forms {
    /// Reads everything that is read only when needed, and runs every example.
    pub fn check(&self, today: NaiveDate) -> Checked {
        let mut checked = Checked {
            files: self.files().len(),
            faults: self.faults().to_vec(),
            warnings: self.warnings().to_vec(),
            ..Checked::default()
        };
        checked.faults.extend(self.late_faults().cloned());
        for edition in self.editions() {
            checked.rules += edition.form.rules.0.len();
            self.run(edition, &mut checked);
            for (path, checked_on) in &edition.sources {
                checked.warnings.extend(not_looked_at(path, *checked_on, today));
            }
        }
        let book = self.waivers().check(today);
        checked.examples += book.examples;
        checked.faults.extend(book.failures);
        checked.warnings.extend(book.notices);
        checked.coverage = book.coverage;
        checked.warnings.dedup();
        checked
    }

    /// Runs the examples of one edition of a form and its rules.
    fn run(&self, edition: &Edition, checked: &mut Checked) {
        let Some(rules) = &edition.examples else { return };
        let base = &rules.base;
        let fault = |line: usize, problem: String| Fault {
            file: rules.path.clone(),
            line,
            key: "example".to_owned(),
            problem,
            nearest: None,
        };
        let now = |day| Circumstances {
            day,
            leap: LeapBirthday::default(),
        };
        if edition.holds_on(base.day) {
            let examined = self.examine(&edition.form, &base.answers, &base.facts, now(base.day));
            for finding in examined.findings.iter().filter(|one| one.severity < Severity::Info) {
                checked
                    .faults
                    .push(fault(base.line, format!("[base] 本应没有问题：{}", finding.says)));
            }
        }
        for example in &rules.examples {
            let (day, answers, facts) = example.case(base);
            let Some(rule) = rule_of(edition, example).filter(|_| edition.holds_on(day)) else {
                continue;
            };
            checked.examples += 1;
            let values = examine::values(self.books(), &edition.form, &answers, now(day));
            let sight = Sight {
                values: &values,
                facts: &facts,
                now: now(day),
                calendar: self.calendar(),
                blind: &example.unknown,
            };
            let ran = weigh_one(rule, &sight);
            if let Some(problem) = example.differs(&ran) {
                checked.faults.push(fault(example.line, problem));
            }
        }
    }
}

fn rule_of<'e>(edition: &'e Edition, example: &Example) -> Option<&'e Rule> {
    edition.form.rules.0.iter().find(|rule| rule.id == example.rule)
}
