//! What the worked cases of price lists and policies prove. A check runs them all; those of a county's file are also run
//! before anybody is charged by it, once and only when it is used: the program's own are proven before it is released.

use chrono::NaiveDate;

use super::{
    alone,
    book::{Loaded, WaiverBook},
    chosen::out_of_dates,
    coverage::{self, Coverage},
    example::Example,
    policy::PolicyFile,
    tariff::TariffFile,
};
use crate::{
    domain::{
        finding::{Finding, Severity},
        waiver::{Claim, Detail, Head, Outcome, Plan, Policy, Status, Tariff, settle},
    },
    forms::{
        Fault,
        head::{looked_at_later, not_looked_at},
    },
};

/// What running the examples of all files came to.
#[derive(Debug, Default)]
pub struct BookReport {
    /// Examples run.
    pub examples: usize,
    /// Examples that came out otherwise, by file and line; files that charge people and have none.
    pub failures: Vec<Fault>,
    /// Files whose last look at the source is too long ago, or was never noted.
    pub notices: Vec<Fault>,
    /// Which rules no example exercises, by file.
    pub coverage: Vec<Coverage>,
}

impl WaiverBook {
    /// Runs the examples of all files and says what none of them exercises. `today` decides which files were last
    /// held against their source too long ago.
    pub fn check(&self, today: NaiveDate) -> BookReport {
        let mut report = BookReport::default();
        for own in &self.tariffs {
            let head = &own.of.tariff.head;
            report.notices.extend(not_looked_at(&own.path, head.checked_on, today));
            // What is inside the program was looked at before it was released, whatever the clock says.
            let later = looked_at_later(&own.path, head.checked_on, today).filter(|_| own.county);
            report.failures.extend(later);
            let outcomes = prices(&own.of);
            report.add(&own.path, &outcomes);
            report
                .coverage
                .push(coverage::of_tariff(&own.path, own.county, &own.of.tariff, &outcomes));
            if own.of.examples.is_empty() && !self.proven_by_a_policy(&own.of.tariff) {
                report.without_cases(head, no_case(&own.path));
            }
        }
        for own in &self.policies {
            let head = &own.of.policy.head;
            report.notices.extend(not_looked_at(&own.path, head.checked_on, today));
            // What is inside the program was looked at before it was released, whatever the clock says.
            let later = looked_at_later(&own.path, head.checked_on, today).filter(|_| own.county);
            report.failures.extend(later);
            let outcomes = self.cases(&own.of);
            report.add(&own.path, &outcomes);
            report
                .coverage
                .push(coverage::of_policy(&own.path, own.county, &own.of.policy, &outcomes));
            if own.of.examples.is_empty() {
                report.without_cases(head, no_case(&own.path));
            }
        }
        report
    }

    /// Findings for what the worked cases of a policy and its price list leave unproven: an error where the file is in
    /// force, a word where it is only tried.
    pub(super) fn doubts(&self, policy: &Policy, tariff: &Tariff) -> Vec<Finding> {
        let mut doubts = Vec::new();
        let own = self.policies.iter().find(|own| std::ptr::eq(&own.of.policy, policy));
        if let Some(own) = own.filter(|own| own.county) {
            let unproven = own.unproven.get_or_init(|| self.unproven_policy(own));
            doubts.extend(doubt("policy", &policy.head, unproven));
        }
        let own = self.tariffs.iter().find(|own| std::ptr::eq(&own.of.tariff, tariff));
        if let Some(own) = own.filter(|own| own.county) {
            let unproven = own.unproven.get_or_init(|| self.unproven_tariff(own));
            doubts.extend(doubt("tariff", &tariff.head, unproven));
        }
        doubts
    }

    fn unproven_policy(&self, own: &Loaded<PolicyFile>) -> Vec<Fault> {
        if own.of.examples.is_empty() {
            return vec![no_case(&own.path)];
        }
        failures(&own.path, &self.cases(&own.of))
    }

    fn unproven_tariff(&self, own: &Loaded<TariffFile>) -> Vec<Fault> {
        if own.of.examples.is_empty() && !self.proven_by_a_policy(&own.of.tariff) {
            return vec![no_case(&own.path)];
        }
        failures(&own.path, &prices(&own.of))
    }

    /// Whether the examples of a policy bill by this version of a list and come out.
    fn proven_by_a_policy(&self, tariff: &Tariff) -> bool {
        let written_for = |own: &&Loaded<PolicyFile>| own.of.policy.tariffs.contains(&tariff.head.id);
        self.policies.iter().filter(written_for).any(|own| {
            own.of.examples.iter().any(|example| {
                let billed = |list: &Tariff| std::ptr::eq(list, tariff) && !example.claim.bill.is_empty();
                self.list_of(&own.of.policy, example).is_ok_and(billed)
                    && example.differences(&self.run(&own.of.policy, example)).is_empty()
            })
        })
    }

    /// What comes of the examples of a policy.
    fn cases<'e>(&self, file: &'e PolicyFile) -> Outcomes<'e> {
        let run = |example| (example, self.run(&file.policy, example));
        file.examples.iter().map(run).collect()
    }

    /// Runs one example of a policy, under the policy's own version.
    fn run(&self, policy: &Policy, example: &Example) -> Outcome {
        match self.list_of(policy, example) {
            Ok(tariff) => settle(&self.plan(tariff, policy), &example.claim, Detail::Explained),
            Err(finding) => Outcome::stopped(vec![*finding]),
        }
    }

    /// A policy held against a price list, by the program's calendar.
    pub(super) fn plan<'a>(&'a self, tariff: &'a Tariff, policy: &'a Policy) -> Plan<'a> {
        Plan::new(tariff, policy).by(&self.calendar)
    }

    /// The price list that an example is billed by.
    fn list_of(&self, policy: &Policy, example: &Example) -> Result<&Tariff, Box<Finding>> {
        let chosen = example.day(policy.chosen_by);
        if chosen.is_some_and(|day| !policy.head.covers(day)) {
            let finding = out_of_dates(&policy.head.id, &example.claim.dates, &[policy]);
            return Err(Box::new(finding));
        }
        let id = example
            .tariff
            .as_ref()
            .or(policy.tariffs.first())
            .cloned()
            .unwrap_or_default();
        let day = example.claim.dates.cremation.or(chosen);
        let fits = |tariff: &&Tariff| match day {
            Some(day) => tariff.head.covers(day),
            None => tariff.head.overlaps(&policy.head),
        };
        let mut versions = self.tariffs().filter(|tariff| tariff.head.id == id);
        versions.find(fits).ok_or_else(|| Box::new(self.no_tariff(&id, day)))
    }
}

/// Examples with what came of them.
type Outcomes<'e> = Vec<(&'e Example, Outcome)>;

impl BookReport {
    fn add(&mut self, path: &str, outcomes: &Outcomes<'_>) {
        self.examples += outcomes.len();
        self.failures.extend(failures(path, outcomes));
    }

    /// A file without a case: it charges nobody, so it is a fault where it is meant to.
    fn without_cases(&mut self, head: &Head, fault: Fault) {
        match head.status {
            Status::InForce => self.failures.push(fault),
            Status::Sample => self.notices.push(fault),
            Status::Draft | Status::Repealed => {}
        }
    }
}

/// What comes of the examples of a price list, under a policy that gives nobody anything.
fn prices(file: &TariffFile) -> Outcomes<'_> {
    let plan = Plan::new(&file.tariff, alone::nothing_free());
    let mut outcomes = Vec::new();
    for example in &file.examples {
        let claim = Claim {
            classes: Vec::new(),
            ..example.claim.clone()
        };
        outcomes.push((example, settle(&plan, &claim, Detail::Sums)));
    }
    outcomes
}

fn failures(path: &str, outcomes: &Outcomes<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (example, outcome) in outcomes {
        let told = example.differences(outcome).into_iter();
        faults.extend(told.map(|(line, problem)| Fault {
            file: path.to_owned(),
            line,
            key: "example".to_owned(),
            problem: format!("“{}”：{problem}", example.name),
            nearest: None,
        }));
    }
    faults
}

fn no_case(path: &str) -> Fault {
    Fault {
        line: 1,
        key: "example".to_owned(),
        ..Fault::of_file(
            path,
            "没有一个算例 [[example]]：有效（in_force）的文件没有算例证明就停用，不能收费",
        )
    }
}

/// The finding that a file's worked cases do not prove it, with the first fault; none where they do.
fn doubt(field: &str, head: &Head, unproven: &[Fault]) -> Option<Finding> {
    let first = unproven.first()?;
    let in_force = head.status == Status::InForce;
    let severity = if in_force { Severity::Error } else { Severity::Warn };
    let (then, then_en) = if in_force {
        ("停用，不能结算", "it is put aside and settles nothing")
    } else {
        ("仅供试算", "for trial only")
    };
    let more = match unproven.len() - 1 {
        0 => String::new(),
        more => format!("（另有 {more} 处）"),
    };
    let zh = format!("《{}》没有被自己的算例证明，{then}：{first}{more}", head.title.zh);
    let en = format!(
        "\"{}\" is not proven by its own worked cases, {then_en}: {first}",
        head.title.en
    );
    let mut finding = Finding::plain(severity, format!("{field}-unproven"), Some(field), zh, en);
    finding.params.insert("file".into(), first.file.clone());
    finding.params.insert("line".into(), first.line.to_string());
    Some(finding)
}
