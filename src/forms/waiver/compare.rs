//! Two outcomes side by side: the same bill under two policies, two classes or two facts (假如). It computes no
//! settlement; it says where two differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::outcome::to_json;
use crate::domain::waiver::{Outcome, SettledLine, Settlement};

/// Where `b` differs from `a`, as the commands print it: both outcomes whole, and differences `b - a` in 分. Sums are
/// compared where both were settled; lines are matched by code, in the order of the bill.
pub fn compare(a: &Outcome, b: &Outcome) -> Value {
    let difference = match (&a.settlement, &b.settlement) {
        (Some(a), Some(b)) => differences(a, b),
        _ => Value::Null,
    };
    json!({"guitai": 1, "a": to_json(a), "b": to_json(b), "difference": difference})
}

fn differences(a: &Settlement, b: &Settlement) -> Value {
    let awards = |of: &Settlement| of.awards.iter().map(|award| award.amount.0).sum::<i64>();
    let mut payers: BTreeMap<&str, i64> = BTreeMap::new();
    for (settlement, sign) in [(a, -1), (b, 1)] {
        let awarded = settlement.awards.iter().flat_map(|award| &award.payers);
        for borne in settlement.payers.iter().chain(awarded) {
            *payers.entry(&borne.payer).or_default() += sign * borne.amount.0;
        }
    }
    payers.retain(|_, by| *by != 0);
    json!({
        "listed": b.listed.0 - a.listed.0, "free": b.free.0 - a.free.0, "family": b.family.0 - a.family.0,
        "awards": awards(b) - awards(a), "payers": payers,
        "lines": matched(a, b).into_iter().filter_map(|(a, b)| line(a, b)).collect::<Vec<_>>(),
    })
}

/// The lines of both by code; the second line of a code meets the second.
fn matched<'s>(a: &'s Settlement, b: &'s Settlement) -> Vec<(Option<&'s SettledLine>, Option<&'s SettledLine>)> {
    let mut rest: Vec<&SettledLine> = b.lines.iter().collect();
    let mut pairs = Vec::with_capacity(a.lines.len());
    for own in &a.lines {
        let at = rest.iter().position(|other| other.item == own.item);
        pairs.push((Some(own), at.map(|at| rest.remove(at))));
    }
    pairs.extend(rest.into_iter().map(|other| (None, Some(other))));
    pairs
}

/// A line that is not the same in both.
fn line(a: Option<&SettledLine>, b: Option<&SettledLine>) -> Option<Value> {
    let sums = |line: &SettledLine| [line.listed.0, line.free.0, line.family.0];
    if a.map(sums) == b.map(sums) {
        return None;
    }
    let any = a.or(b)?;
    let side = |line: Option<&SettledLine>| {
        line.map_or(Value::Null, |line| {
            let says = line.says.first().map(|words| words.zh.as_str());
            json!({
                "listed": line.listed.0, "free": line.free.0, "family": line.family.0, "rule": line.rule, "says": says,
            })
        })
    };
    let mut told = Map::new();
    told.insert("item".into(), json!(any.item));
    told.insert("name".into(), json!(any.name.zh));
    told.insert("a".into(), side(a));
    told.insert("b".into(), side(b));
    Some(Value::Object(told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        money::Fen,
        waiver::{Borne, Verdict},
    };

    fn outcome(lines: &[(&str, i64, i64)], payer: &str) -> Outcome {
        let lines: Vec<SettledLine> = lines
            .iter()
            .map(|(item, listed, free)| SettledLine {
                item: (*item).to_owned(),
                name: crate::domain::waiver::Words::new(*item, ""),
                unit: "次".into(),
                quantity: crate::domain::waiver::Quantity(1000),
                unit_price: Fen(*listed),
                listed: Fen(*listed),
                free: Fen(*free),
                family: Fen(listed - free),
                payers: Vec::new(),
                says: Vec::new(),
                ..SettledLine::default()
            })
            .collect();
        let sum = |of: fn(&SettledLine) -> i64| Fen(lines.iter().map(of).sum());
        let settlement = Settlement {
            listed: sum(|line| line.listed.0),
            free: sum(|line| line.free.0),
            family: sum(|line| line.family.0),
            payers: vec![Borne {
                payer: payer.to_owned(),
                amount: sum(|line| line.free.0),
            }],
            lines,
            ..Settlement::default()
        };
        Outcome {
            verdict: Verdict::Settled,
            settlement: Some(settlement),
            findings: Vec::new(),
        }
    }

    #[test]
    fn what_differs_is_told_line_by_line_and_payer_by_payer() {
        let a = outcome(&[("COLD", 400, 240), ("COLD", 80, 80), ("URN", 900, 0)], "county");
        let b = outcome(&[("COLD", 400, 400), ("COLD", 80, 80), ("SEA", 100, 100)], "hall");
        let told = compare(&a, &b);
        let difference = &told["difference"];
        assert_eq!(
            [&difference["listed"], &difference["free"], &difference["family"]],
            [-800, 260, -1060].map(Value::from).each_ref()
        );
        assert_eq!(difference["payers"], json!({"county": -320, "hall": 580}));
        let items: Vec<&str> = difference["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["item"].as_str().unwrap())
            .collect();
        assert_eq!(items, ["COLD", "URN", "SEA"]);
        assert_eq!(difference["lines"][1]["b"], Value::Null);
        assert_eq!(compare(&a, &a)["difference"]["lines"], json!([]));
        assert_eq!(compare(&a, &Outcome::stopped(Vec::new()))["difference"], Value::Null);
    }
}
