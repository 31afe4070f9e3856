//! One settlement: price list, policy, claim in; lines, payers, awards and findings out. The same input gives the same
//! output, whatever the order of the lines.

mod best;
mod outcome;
mod present;

use best::{not_highest, take_highest};
pub use outcome::{Borne, Detail, Outcome, Quote, SettledAward, SettledLine, Settlement, Verdict};
use present::present;

use super::{
    bearing::OffsiteRule,
    claim::{Claim, Seen},
    eligibility, facts,
    grant::Ground,
    plan::Plan,
    price::{self, Priced, Pricing},
    speak::say,
    status::Status,
};
use crate::domain::finding::{Finding, Severity};

/// Settles a claim.
pub fn settle(plan: &Plan<'_>, claim: &Claim, detail: Detail) -> Outcome {
    let mut findings = Vec::new();
    let seen = Seen::new(claim).by(plan.calendar);
    mark_status(plan, &mut findings);
    let wrong = facts::wrong(plan, claim, &seen);
    if !wrong.is_empty() {
        // What rests on a wrong value would be told wrong too.
        findings.extend(wrong);
        return Outcome::stopped(findings);
    }
    let classes = eligibility::classes_of(plan.policy, claim, &seen, &mut findings);
    if claim.bill.is_empty() && plan.policy.awards.is_empty() {
        let (zh, en) = ("账单没有一行", "The bill has no line");
        findings.push(say(
            Severity::Error,
            "bill-empty",
            Some("bill".into()),
            zh.into(),
            en.into(),
        ));
    }
    let how = Pricing {
        tariff: plan.tariff,
        offsite: claim.offsite.is_some(),
        home_prices: plan.policy.offsite.rule == OffsiteRule::HomePrices,
        told: detail == Detail::Explained,
        names: &plan.names,
    };
    let (priced, order) = price::price(how, &claim.bill, &seen, &mut findings);
    let priced: Option<Vec<Priced>> = priced.into_iter().collect();
    let (Some(priced), false) = (priced, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    let sets = eligibility::sets_of(&classes);
    let taken = take_highest(&sets, &mut findings, &|classes| Ground {
        plan,
        seen: &seen,
        bill: &claim.bill,
        priced: &priced,
        order: &order,
        classes,
        offsite: claim.offsite.is_some(),
    });
    let (Some((ground, taken)), false) = (taken, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    findings.extend(not_highest(&classes, ground.classes));
    let settlement = present(&ground, claim, &taken, detail, &mut findings);
    let (Some(settlement), false) = (settlement, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    sort(&mut findings);
    Outcome {
        verdict: Verdict::Settled,
        settlement: Some(settlement),
        findings,
    }
}

fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(Finding::stops)
}

/// Heaviest first, each once.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.severity);
    if findings.len() < 2 {
        return;
    }
    let said_before = |(at, finding): (usize, &Finding)| findings.iter().take(at).any(|before| before == finding);
    let twice: Vec<bool> = findings.iter().enumerate().map(said_before).collect();
    let mut twice = twice.into_iter();
    findings.retain(|_| !twice.next().unwrap_or(false));
}

fn mark_status(plan: &Plan<'_>, findings: &mut Vec<Finding>) {
    for (head, rule) in [
        (&plan.policy.head, "sample-policy"),
        (&plan.tariff.head, "sample-tariff"),
    ] {
        if head.status == Status::Sample {
            let zh = format!("《{}》是样例，不是真实的规定", head.title.zh);
            let en = format!("\"{}\" is a sample, no real rule", head.title.en);
            findings.push(say(Severity::Info, rule, None, zh, en));
        }
    }
}
