//! The rows on the papers of a waiver: lines of the bill, their reasons, papers seen, payers, awards, quotes.

use std::collections::BTreeMap;

use super::preview;
use super::settling::Settling;
use crate::desk::record::row;
use crate::domain::waiver::{Borne, Policy, SettledAward, SettledLine, Settlement, Tariff};

type Row = BTreeMap<String, String>;

pub(super) fn bill_row(n: usize, line: &SettledLine) -> Row {
    row([
        ("n", &n.to_string()),
        ("code", &line.item),
        ("name", &line.name.zh),
        ("unit", &line.unit),
        ("quantity", &line.quantity.to_string()),
        ("price", &line.unit_price.to_string()),
        ("listed", &line.listed.to_string()),
        ("free", &line.free.to_string()),
        ("family", &line.family.to_string()),
    ])
}

pub(super) fn invoice_row(n: usize, line: &SettledLine) -> Row {
    row([
        ("n", &n.to_string()),
        ("code", &line.item),
        ("name", &line.name.zh),
        ("quantity", &line.quantity.to_string()),
        ("amount", &line.listed.to_string()),
        ("accepted", &line.free.to_string()),
        ("reason", &says(line, false)),
    ])
}

/// The chain of amounts; what a benefit rests on stands in a table of its own.
pub(super) fn explained(n: usize, line: &SettledLine) -> Row {
    row([
        ("n", &n.to_string()),
        ("name", &line.name.zh),
        ("says", &says(line, line.rule.is_empty())),
    ])
}

/// Why a line costs what it costs.
fn says(line: &SettledLine, with_quotes: bool) -> String {
    let wanted = if with_quotes { line.says.len() } else { 1 };
    let sentences = line.says.iter().take(wanted).map(|words| words.zh.as_str());
    sentences.collect::<Vec<_>>().join("；")
}

pub(super) fn award(award: &SettledAward) -> Row {
    let says = if award.quote.is_empty() {
        &award.to.zh
    } else {
        &award.quote
    };
    row([
        ("title", &award.name.zh),
        ("amount", &award.amount.to_string()),
        ("says", says),
    ])
}

pub(super) fn payers(settling: &Settling, settlement: &Settlement) -> Vec<Row> {
    let name = |id: &str| {
        let policy = settling.basis.map(|(policy, _)| policy);
        let known = policy.and_then(|policy| policy.payers.iter().find(|payer| payer.id == id));
        known.map_or_else(|| id.to_owned(), |payer| payer.name.zh.clone())
    };
    let one = |borne: &Borne| row([("payer", &name(&borne.payer)), ("amount", &borne.amount.to_string())]);
    settlement.payers.iter().map(one).collect()
}

/// Papers that the classes and the way of claiming ask for, with whether they were seen.
pub(super) fn evidence(policy: &Policy, settling: &Settling) -> Vec<Row> {
    let asked = preview::evidence(policy, &settling.told.request.claim);
    let one = |(n, line): (usize, preview::EvidenceLine)| {
        let seen = if line.shown { "已查验" } else { "未提供" };
        row([("n", &n.to_string()), ("title", &line.name.zh), ("seen", seen)])
    };
    (1..).zip(asked).map(one).collect()
}

/// The sentences of the notice behind what is free, each once with the items it is about.
pub(super) fn quotes((policy, _): (&Policy, &Tariff), settlement: &Settlement) -> Vec<Row> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in &settlement.lines {
        for id in line.rule.split('+') {
            let benefit = policy.benefits.iter().find(|benefit| benefit.id == id);
            let quote = benefit.map_or("", |benefit| benefit.quote.as_str());
            let name = line.name.zh.as_str();
            match found.iter_mut().find(|(known, _)| *known == quote) {
                _ if quote.is_empty() => {}
                Some((_, items)) if items.contains(&name) => {}
                Some((_, items)) => items.push(name),
                None => found.push((quote, vec![name])),
            }
        }
    }
    let quoted = |(quote, items): (&str, Vec<&str>)| {
        row([
            ("item", &items.join("、")),
            ("quote", quote),
            ("source", &policy.head.source),
        ])
    };
    found.into_iter().map(quoted).collect()
}
