//! Ways of which one counts (择一): stated by the family, or the one that gives most.

use std::collections::BTreeSet;

use super::{
    claim::Claim,
    policy::{Alternative, Choice, Choosing, Policy},
    speak::{quoted, say},
};
use crate::domain::finding::{Finding, Severity};

/// Most combinations of ways that are tried for the best.
pub const MOST_WAYS: usize = 256;

/// One way: for each alternative the position of the option.
pub(super) type Way = Vec<usize>;

/// All ways that are left after what the family stated; findings where something must be stated.
pub(super) fn ways(
    policy: &Policy,
    claim: &Claim,
    does_something: &dyn Fn(&Choice) -> bool,
    findings: &mut Vec<Finding>,
) -> Vec<Way> {
    for id in claim.choices.keys() {
        if !policy.alternatives.iter().any(|alternative| alternative.id == *id) {
            let zh = format!("政策没有“{id}”这项选择");
            let en = format!("The policy has no alternative \"{id}\"");
            findings.push(say(
                Severity::Error,
                "choice-unknown",
                Some(format!("choices.{id}")),
                zh,
                en,
            ));
        }
    }
    let mut ways: Vec<Way> = vec![Vec::new()];
    for alternative in &policy.alternatives {
        let left = options(alternative, claim, does_something, findings);
        let longer = ways.iter().flat_map(|way| {
            left.iter().map(move |option| {
                let mut way = way.clone();
                way.push(*option);
                way
            })
        });
        ways = longer.take(MOST_WAYS).collect();
    }
    ways
}

fn options(
    alternative: &Alternative,
    claim: &Claim,
    does_something: &dyn Fn(&Choice) -> bool,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let field = Some(format!("choices.{}", alternative.id));
    let names = || {
        let shown = alternative
            .options
            .iter()
            .map(|option| format!("{}（{}）", option.id, option.name.zh));
        shown.collect::<Vec<_>>().join("、")
    };
    if let Some(stated) = claim.choices.get(&alternative.id) {
        let at = alternative.options.iter().position(|option| option.id == *stated);
        if at.is_none() {
            let zh = format!("“{stated}”不是“{}”的选项，可选 {}", alternative.id, names());
            let en = format!("\"{stated}\" is no option of \"{}\"", alternative.id);
            findings.push(say(Severity::Error, "choice-unknown", field, zh, en));
        }
        return vec![at.unwrap_or(0)];
    }
    if alternative.choosing == Choosing::Best {
        return (0..alternative.options.len()).collect();
    }
    let open = alternative
        .options
        .iter()
        .enumerate()
        .filter(|(_, option)| does_something(option));
    let open: Vec<usize> = open.map(|(at, _)| at).collect();
    match open.as_slice() {
        [] => vec![0],
        [only] => vec![*only],
        _ => {
            let zh = format!("“{}”只能择一，家属应选：{}", alternative.id, names());
            let en = format!("\"{}\": the family must choose one", alternative.id);
            findings.push(quoted(
                say(Severity::Error, "choice-missing", field, zh, en),
                &alternative.quote,
            ));
            vec![0]
        }
    }
}

/// Benefits and awards that stand in an option which a way does not take.
pub(super) fn closed<'p>(policy: &'p Policy, way: &[usize]) -> BTreeSet<&'p str> {
    let mut closed = BTreeSet::new();
    for (alternative, taken) in policy.alternatives.iter().zip(way) {
        for (at, option) in alternative.options.iter().enumerate() {
            if at != *taken {
                closed.extend(option.benefits.iter().map(String::as_str));
                closed.extend(option.awards.iter().map(String::as_str));
            }
        }
    }
    // What stands in several options is open when one of them is taken.
    for (alternative, taken) in policy.alternatives.iter().zip(way) {
        if let Some(option) = alternative.options.get(*taken) {
            for id in option.benefits.iter().chain(&option.awards) {
                closed.remove(id.as_str());
            }
        }
    }
    closed
}
