//! A policy tried on many bills (测算): what it would cost by item, class and payer. Nothing is written down.

use std::collections::BTreeMap;

use super::{
    claim::Claim,
    plan::Plan,
    settle::{Detail, Outcome, Verdict, settle},
};

/// Sums over many bills, in 分; wide enough for any number of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Bills settled.
    pub settled: u64,
    /// Bills refused or incomplete.
    pub stopped: u64,
    /// What they cost.
    pub listed: i128,
    /// What is free.
    pub free: i128,
    /// What families pay.
    pub family: i128,
    /// Money paid out.
    pub awards: i128,
    /// Free by item.
    pub by_item: BTreeMap<String, i128>,
    /// Free by the classes that counted, joined with `+`.
    pub by_class: BTreeMap<String, i128>,
    /// Free by payer, as `by_item` and `by_class` without what is paid out.
    pub by_payer: BTreeMap<String, i128>,
    /// Money paid out by award.
    pub awards_by_award: BTreeMap<String, i128>,
    /// Money paid out by the classes that counted.
    pub awards_by_class: BTreeMap<String, i128>,
    /// Money paid out by payer.
    pub awards_by_payer: BTreeMap<String, i128>,
    /// Bills stopped by rule.
    pub by_rule: BTreeMap<String, u64>,
}

impl Totals {
    /// Tries a plan on bills.
    pub fn rehearse<'c>(plan: &Plan<'_>, claims: impl IntoIterator<Item = &'c Claim>) -> Self {
        let mut totals = Self::default();
        for claim in claims {
            totals.add(&settle(plan, claim, Detail::Sums));
        }
        totals
    }

    /// Adds one outcome.
    pub fn add(&mut self, outcome: &Outcome) {
        let (Verdict::Settled, Some(settlement)) = (outcome.verdict, &outcome.settlement) else {
            self.stopped += 1;
            for finding in outcome.findings.iter().filter(|finding| finding.stops()) {
                *count(&mut self.by_rule, &finding.rule) += 1;
            }
            return;
        };
        self.settled += 1;
        self.listed += i128::from(settlement.listed.0);
        self.free += i128::from(settlement.free.0);
        self.family += i128::from(settlement.family.0);
        for line in &settlement.lines {
            *count(&mut self.by_item, &line.item) += i128::from(line.free.0);
        }
        let joined;
        let classes = match settlement.classes.as_slice() {
            [only] => only,
            several => {
                joined = several.join("+");
                &joined
            }
        };
        *count(&mut self.by_class, classes) += i128::from(settlement.free.0);
        for borne in &settlement.payers {
            *count(&mut self.by_payer, &borne.payer) += i128::from(borne.amount.0);
        }
        for award in &settlement.awards {
            let amount = i128::from(award.amount.0);
            self.awards += amount;
            *count(&mut self.awards_by_award, &award.id) += amount;
            *count(&mut self.awards_by_class, classes) += amount;
            for borne in &award.payers {
                *count(&mut self.awards_by_payer, &borne.payer) += i128::from(borne.amount.0);
            }
        }
    }

    /// Adds sums over other bills.
    pub fn merge(&mut self, other: &Self) {
        self.settled += other.settled;
        self.stopped += other.stopped;
        self.listed += other.listed;
        self.free += other.free;
        self.family += other.family;
        self.awards += other.awards;
        for (own, more) in [
            (&mut self.by_item, &other.by_item),
            (&mut self.by_class, &other.by_class),
            (&mut self.by_payer, &other.by_payer),
            (&mut self.awards_by_award, &other.awards_by_award),
            (&mut self.awards_by_class, &other.awards_by_class),
            (&mut self.awards_by_payer, &other.awards_by_payer),
        ] {
            for (key, sum) in more {
                *count(own, key) += sum;
            }
        }
        for (rule, bills) in &other.by_rule {
            *count(&mut self.by_rule, rule) += bills;
        }
    }
}

fn count<'m, T: Default>(map: &'m mut BTreeMap<String, T>, key: &str) -> &'m mut T {
    map.entry(key.to_owned()).or_default()
}
