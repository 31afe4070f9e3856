//! Which rules of a file its examples exercise, and which none does: what nobody tried is not proven.

use std::collections::BTreeSet;

use super::example::Example;
use crate::domain::waiver::{Outcome, Policy, Tariff};

/// The rules of one file that examples exercise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The file.
    pub file: String,
    /// Whether it lies in the county's folder.
    pub county: bool,
    /// How many rules it has.
    pub rules: usize,
    /// Rules that no example exercises, as `benefit cold`.
    pub missed: Vec<String>,
}

impl Coverage {
    fn of(file: &str, county: bool, rules: Vec<String>, seen: &BTreeSet<String>) -> Self {
        Self {
            file: file.to_owned(),
            county,
            rules: rules.len(),
            missed: rules.into_iter().filter(|rule| !seen.contains(rule)).collect(),
        }
    }
}

/// Items of a price list that examples bill.
pub(super) fn of_tariff(file: &str, county: bool, tariff: &Tariff, outcomes: &[(&Example, Outcome)]) -> Coverage {
    let rules = tariff.items.iter().map(|item| format!("item {}", item.code)).collect();
    let billed = outcomes.iter().flat_map(|(example, _)| &example.claim.bill);
    let seen = billed.map(|line| format!("item {}", line.item)).collect();
    Coverage::of(file, county, rules, &seen)
}

/// Rules of a policy that examples exercise.
pub(super) fn of_policy(file: &str, county: bool, policy: &Policy, outcomes: &[(&Example, Outcome)]) -> Coverage {
    let mut rules = Vec::new();
    rules.extend(policy.eligibility.iter().map(|own| format!("eligibility {}", own.id)));
    rules.extend(policy.classes.iter().map(|own| format!("class {}", own.id)));
    rules.extend(policy.benefits.iter().map(|own| format!("benefit {}", own.id)));
    for alternative in &policy.alternatives {
        let options = alternative.options.iter();
        rules.extend(options.map(|option| format!("alternative {} {}", alternative.id, option.id)));
    }
    rules.extend(policy.caps.iter().map(|own| format!("cap {}", own.id)));
    rules.extend(policy.awards.iter().map(|own| format!("award {}", own.id)));
    if policy.payers.len() > 1 {
        rules.extend(policy.payers.iter().map(|own| format!("payer {}", own.id)));
    }
    if policy.offsite.allowed.is_some() {
        rules.push("offsite".to_owned());
    }
    if policy.window.is_some() || policy.offsite.window.is_some() {
        rules.push("claim_within".to_owned());
    }
    rules.push("outside its dates".to_owned());
    let mut seen = BTreeSet::new();
    for (example, outcome) in outcomes {
        see(policy, example, outcome, &mut seen);
    }
    Coverage::of(file, county, rules, &seen)
}

fn see(policy: &Policy, example: &Example, outcome: &Outcome, seen: &mut BTreeSet<String>) {
    for finding in &outcome.findings {
        match finding.rule.as_str() {
            "claim-late" => seen.insert("claim_within".to_owned()),
            "award-unknown" => {
                let id = finding.params.get("award").map_or("", String::as_str);
                seen.insert(format!("award {id}"))
            }
            "no-policy" => seen.insert("outside its dates".to_owned()),
            rule => seen.insert(format!("eligibility {rule}")),
        };
        if finding.rule == "policy-unknown" {
            let billed = |benefit: &&crate::domain::waiver::Benefit| {
                let hit = |code: &str| example.claim.bill.iter().any(|line| line.item == code);
                benefit.unknown.is_some() && benefit.targets.iter().any(|t| t.item == "*" || hit(&t.item))
            };
            seen.extend(
                policy
                    .benefits
                    .iter()
                    .filter(billed)
                    .map(|own| format!("benefit {}", own.id)),
            );
        }
    }
    let Some(settlement) = &outcome.settlement else {
        return;
    };
    seen.extend(settlement.classes.iter().map(|id| format!("class {id}")));
    let rules = settlement.lines.iter().flat_map(|line| line.rule.split('+'));
    for rule in rules {
        let kind = if rule == "offsite" {
            rule.to_owned()
        } else {
            format!("benefit {rule}")
        };
        seen.insert(kind);
    }
    if example.claim.offsite.is_some() {
        seen.insert("offsite".to_owned());
    }
    let awarded = settlement.awards.iter().flat_map(|award| &award.payers);
    let borne = settlement.payers.iter().chain(awarded);
    seen.extend(borne.map(|borne| format!("payer {}", borne.payer)));
    seen.extend(settlement.capped.iter().map(|id| format!("cap {id}")));
    seen.extend(settlement.awards.iter().map(|own| format!("award {}", own.id)));
    for (alternative, options) in &settlement.choices {
        let options = options.split('+');
        seen.extend(options.map(|option| format!("alternative {alternative} {option}")));
    }
}
