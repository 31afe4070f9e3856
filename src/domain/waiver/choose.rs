//! Ways of which one counts (择一): stated by the family, or the one that gives most.

use std::collections::BTreeSet;

use super::{
    benefit::{Alternative, Choice, Choosing},
    claim::Claim,
    policy::Policy,
    speak::{quoted, say},
};
use crate::domain::finding::{Finding, Severity};

/// Most combinations of ways that are tried for the best.
pub const MOST_WAYS: usize = 256;

/// One way: for each alternative the positions of the options that count.
pub(super) type Way = Vec<Vec<usize>>;

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
            left.iter().map(move |options| {
                let mut way = way.clone();
                way.push(options.clone());
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
) -> Vec<Vec<usize>> {
    let field = Some(format!("choices.{}", alternative.id));
    let names = || {
        let shown = alternative
            .options
            .iter()
            .map(|option| format!("{}（{}）", option.id, option.name.zh));
        shown.collect::<Vec<_>>().join("、")
    };
    if let Some(stated) = claim.choices.get(&alternative.id) {
        let mut taken: Vec<usize> = Vec::new();
        for word in stated.split('+').map(str::trim) {
            match alternative.options.iter().position(|option| option.id == word) {
                Some(at) => taken.push(at),
                None => {
                    let zh = format!("“{word}”不是“{}”的选项，可选 {}", alternative.id, names());
                    let en = format!("\"{word}\" is no option of \"{}\"", alternative.id);
                    findings.push(say(Severity::Error, "choice-unknown", field.clone(), zh, en));
                }
            }
        }
        taken.sort_unstable();
        taken.dedup();
        if taken.len() > alternative.take {
            let (id, take) = (&alternative.id, alternative.take);
            let zh = format!("“{id}”最多选 {take} 项，选了 {} 项", taken.len());
            let en = format!("\"{id}\": at most {take} may be chosen");
            let finding = say(Severity::Error, "choice-too-many", field, zh, en);
            findings.push(quoted(finding, &alternative.quote));
        }
        return vec![taken];
    }
    if alternative.choosing == Choosing::Best {
        return combinations(alternative.options.len(), alternative.take);
    }
    let open = alternative
        .options
        .iter()
        .enumerate()
        .filter(|(_, option)| does_something(option));
    let open: Vec<usize> = open.map(|(at, _)| at).collect();
    if open.is_empty() {
        // Nothing to choose between; what each way lacks is still said.
        return vec![(0..alternative.options.len()).collect()];
    }
    if open.len() <= alternative.take {
        return vec![open];
    }
    let zh = format!(
        "“{}”只能选 {} 项，家属应选：{}",
        alternative.id,
        alternative.take,
        names()
    );
    let en = format!("\"{}\": the family must choose {}", alternative.id, alternative.take);
    findings.push(quoted(
        say(Severity::Error, "choice-missing", field, zh, en),
        &alternative.quote,
    ));
    vec![Vec::new()]
}

/// All ways to take so many of so many, in order.
fn combinations(of: usize, take: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for left in (0..take.min(of)).rev() {
        let longer = |begun: &Vec<usize>| {
            let (from, begun) = (begun.last().map_or(0, |last| last + 1), begun.clone());
            (from..of - left).map(move |next| begun.iter().copied().chain([next]).collect::<Vec<usize>>())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// How many ways there are to take so many of so many; the most a number holds where there are more.
pub fn ways_to_take(of: usize, take: usize) -> usize {
    let take = take.min(of.saturating_sub(take));
    (0..take).fold(1_usize, |ways, at| ways.saturating_mul(of - at) / (at + 1))
}

/// Benefits and awards that stand in an option which a way does not take.
pub(super) fn closed<'p>(policy: &'p Policy, way: &[Vec<usize>]) -> BTreeSet<&'p str> {
    let mut closed = BTreeSet::new();
    for (alternative, taken) in policy.alternatives.iter().zip(way) {
        for (at, option) in alternative.options.iter().enumerate() {
            if !taken.contains(&at) {
                closed.extend(option.benefits.iter().map(String::as_str));
                closed.extend(option.awards.iter().map(String::as_str));
            }
        }
    }
    // What stands in several options is open when one of them is taken.
    for (alternative, taken) in policy.alternatives.iter().zip(way) {
        for option in taken.iter().filter_map(|at| alternative.options.get(*at)) {
            for id in option.benefits.iter().chain(&option.awards) {
                closed.remove(id.as_str());
            }
        }
    }
    closed
}
