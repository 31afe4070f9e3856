//! `waiver compare`: what if - two claims side by side, or one claim and the same with something changed.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};

use super::{claim_of, exit, say_findings};
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::stop::{Exit, Stop};
use crate::desk::waiver_outcome;
use crate::domain::money::Fen;
use crate::domain::waiver::Outcome;
use crate::forms::waiver;

/// 两份申请并排比较；或一份申请，改一处看看 / two claims side by side, or one with something changed
#[derive(Debug, Args)]
pub(in crate::cli) struct Compare {
    /// 申请甲的 JSON / the first claim
    a: PathBuf,
    /// 申请乙的 JSON；不写就是甲加上 --set / the second; the first with --set if left out
    #[arg(required_unless_present = "set")]
    b: Option<PathBuf>,
    /// 在乙里改一处，可多次，如 policy=sample、facts.death_in_county=true、dates.death=2026-01-05 / change something in the second
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
}

impl Compare {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let a = claim_of(&self.a)?;
        let mut b = match &self.b {
            Some(file) => claim_of(file)?,
            None => a.clone(),
        };
        for change in &self.set {
            set(&mut b, change)?;
        }
        let (forms, today) = (context.forms()?, context.clock().today());
        let (a, b) = (waiver_outcome(&forms, &a, today)?, waiver_outcome(&forms, &b, today)?);
        for (name, outcome) in [("甲/A", &a), ("乙/B", &b)] {
            output::say(&format!("{name}：{}", sums(outcome, context)));
            say_findings(&outcome.findings, context);
        }
        output::json(&waiver::compare(&a, &b))?;
        Ok(match exit(&a) {
            Exit::Done => exit(&b),
            stopped => stopped,
        })
    }
}

fn sums(outcome: &Outcome, context: &Context) -> String {
    let lang = context.lang();
    let Some(settlement) = &outcome.settlement else {
        return lang.of("不能结算", "cannot be settled").to_owned();
    };
    let (listed, free, family) = (settlement.listed, settlement.free, settlement.family);
    let awards = Fen(settlement.awards.iter().map(|award| award.amount.0).sum());
    lang.of(
        &format!("合计 {listed}，免 {free}，自付 {family}，奖补 {awards}"),
        &format!("total {listed}, free {free}, family {family}, awards {awards}"),
    )
    .to_owned()
}

/// Sets `facts.hukou=330108` in a claim. A quoted text and `null` are always JSON; where a text stands, anything else
/// is put as text, elsewhere what reads as JSON is JSON.
fn set(claim: &mut Value, change: &str) -> Result<(), Stop> {
    let bad = || {
        Stop::input(
            &format!("“{change}”应写成 路径=值，如 facts.death_in_county=true。"),
            &format!("\"{change}\" should read PATH=VALUE, such as facts.death_in_county=true."),
        )
    };
    let (path, value) = change.split_once('=').ok_or_else(bad)?;
    let mut place = claim;
    for step in path.split('.') {
        if step.is_empty() {
            return Err(bad());
        }
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        // Lines of the bill are counted from one, as in findings.
        let next = match place {
            Value::Object(object) => Some(object.entry(step).or_insert(Value::Null)),
            Value::Array(lines) => {
                let at = step.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                at.and_then(|at| lines.get_mut(at))
            }
            _ => None,
        };
        place = next.ok_or_else(bad)?;
    }
    *place = match serde_json::from_str(value) {
        Ok(json @ (Value::String(_) | Value::Null)) => json,
        Ok(json) if !place.is_string() => json,
        _ => Value::String(value.to_owned()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_reaches_facts_and_lines_and_names_what_it_cannot_reach() {
        let mut claim = json!({"policy": "a", "facts": {"hukou": "1"}, "bill": [{"item": "COLD", "quantity": 1}]});
        for change in [
            "policy=b",
            "facts.hukou=330521",
            "facts.local=true",
            "bill.1.quantity=5",
            "choices.way=tree",
            "classes=[\"needy\"]",
            "dates.death=\"2015-01-01\"",
            "dates.claim=2015-01-02",
            "dates.claim=2015-01-03",
        ] {
            set(&mut claim, change).unwrap();
        }
        assert_eq!(
            claim,
            json!({"policy": "b", "bill": [{"item": "COLD", "quantity": 5}],
                   "facts": {"hukou": "330521", "local": true}, "choices": {"way": "tree"}, "classes": ["needy"],
                   "dates": {"death": "2015-01-01", "claim": "2015-01-03"}})
        );
        for change in [
            "policy",
            "=1",
            "bill.0.quantity=1",
            "bill.2.quantity=1",
            "policy.x=1",
            "a..b=1",
        ] {
            assert!(set(&mut claim, change).is_err(), "{change}");
        }
        set(&mut claim, "policy=null").unwrap();
        assert_eq!(claim["policy"], Value::Null);
    }
}
