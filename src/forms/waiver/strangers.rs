//! Facts and papers of a claim that its policy does not ask for: a slip of the hand is an error that names the nearest
//! word, what another policy asks for is passed by with a word.

use std::collections::BTreeSet;

use super::book::WaiverBook;
use crate::{
    domain::{
        finding::{Finding, Severity},
        waiver::{ATTRIBUTES, Claim, DERIVED, Policy, Tariff},
    },
    forms::fault::{nearest, shortened},
};

/// What is stated and nobody asks for.
pub(super) fn strangers(book: &WaiverBook, policy: &Policy, tariff: &Tariff, claim: &Claim) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own: BTreeSet<&str> = facts_of(policy).collect();
    let mut asked = own.clone();
    asked.extend(DERIVED.iter().chain(&ATTRIBUTES).copied());
    asked.extend(tariff.items.iter().flat_map(|item| item.attributes()));
    asked.extend(policy.benefits.iter().filter_map(|benefit| benefit.times.as_deref()));
    for benefit in &policy.benefits {
        let mut names = Vec::new();
        benefit.line.names(&mut names);
        asked.extend(names);
        asked.extend(benefit.limits.reach.keys().map(String::as_str));
    }
    for name in claim.facts.keys().filter(|name| !asked.contains(name.as_str())) {
        let elsewhere = book.policies().any(|other| facts_of(other).any(|id| id == name));
        findings.push(stranger(
            policy,
            ("fact", "事实"),
            format!("facts.{name}"),
            name,
            &own,
            elsewhere,
        ));
    }
    let own: BTreeSet<&str> = papers_of(policy).collect();
    for id in claim.evidence.iter().flatten().filter(|id| !own.contains(id.as_str())) {
        let elsewhere = book.policies().any(|other| papers_of(other).any(|own| own == id));
        findings.push(stranger(
            policy,
            ("evidence", "证件"),
            "evidence".to_owned(),
            id,
            &own,
            elsewhere,
        ));
    }
    findings
}

fn facts_of(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.facts.iter().map(|fact| fact.id.as_str())
}

fn papers_of(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.evidence.iter().map(|evidence| evidence.id.as_str())
}

fn stranger(
    policy: &Policy,
    (what, what_zh): (&str, &str),
    field: String,
    word: &str,
    own: &BTreeSet<&str>,
    elsewhere: bool,
) -> Finding {
    let title = &policy.head.title;
    let word = shortened(word);
    if elsewhere {
        let zh = format!("政策《{}》不看{what_zh}“{word}”，没有用到", title.zh);
        let en = format!(
            "The policy \"{}\" does not ask for {what} \"{word}\"; it was passed by",
            title.en
        );
        return Finding::plain(Severity::Info, format!("{what}-unused"), Some(&field), zh, en);
    }
    let near = nearest(&word, own.iter().copied());
    let hint = near
        .as_ref()
        .map(|near| format!("（是不是“{near}”？）"))
        .unwrap_or_default();
    let hint_en = near
        .map(|near| format!(" (did you mean \"{near}\"?)"))
        .unwrap_or_default();
    let known: Vec<&str> = own.iter().copied().collect();
    let list = if known.is_empty() {
        "没有".to_owned()
    } else {
        known.join("、")
    };
    let zh = format!("政策《{}》没有{what_zh}“{word}”{hint}，可写的：{list}", title.zh);
    let en = format!(
        "The policy \"{}\" knows no {what} \"{word}\"{hint_en}; it knows: {}",
        title.en,
        known.join(", ")
    );
    let rule = format!("{what}-not-asked");
    Finding::plain(Severity::Error, &rule, Some(&field), zh, en)
}
