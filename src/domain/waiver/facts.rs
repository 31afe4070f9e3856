//! Whether what is stated is of the kind that is asked for. A wrong value is told as what it is and what was expected;
//! it is neither taken for missing nor for a no.

use super::{
    claim::{Claim, Seen},
    condition::{Condition, Known, Test},
    plan::Plan,
    policy::{FactKind, FactSpec, Policy, Window},
    quantity::Quantity,
    speak::say,
    tariff::TariffLine,
};
use crate::domain::finding::{Finding, Severity};

/// Attributes that any line may carry, with the kind of their values.
const KINDS: [(&str, FactKind); 9] = [
    ("km", FactKind::Number),
    ("floors", FactKind::Number),
    ("hours", FactKind::Number),
    ("days", FactKind::Number),
    ("months", FactKind::Number),
    ("years", FactKind::Number),
    ("cost", FactKind::Money),
    ("lift", FactKind::Flag),
    ("infectious", FactKind::Flag),
];

/// What of a claim is stated and is not of the kind asked for.
pub(super) fn wrong(plan: &Plan<'_>, claim: &Claim, seen: &Seen<'_>) -> Vec<Finding> {
    let policy = plan.policy;
    let mut findings = Vec::new();
    for fact in &policy.facts {
        let Some(value) = claim.facts.get(&fact.id) else {
            continue;
        };
        if let Some((zh, en)) = expected(fact.kind, value, is_counted(policy, &fact.id)) {
            findings.push(wrong_fact(fact, value, zh, en));
        }
    }
    findings.extend(windows(policy).filter_map(|window| begins_late(policy, window, seen)));
    for (at, line) in claim.bill.iter().enumerate() {
        let Some(item) = plan.tariff.item(&line.item) else {
            continue;
        };
        for (name, value) in &line.attributes {
            let kind = kind_of(plan, item, name);
            let Some((zh, en)) = kind.and_then(|kind| expected(kind, value, false)) else {
                continue;
            };
            let (n, shown) = (at + 1, value.show());
            let zh = format!("第{n}行“{}”的 {name} 应是{zh}，写的是“{shown}”", item.name.zh);
            let en = format!("Line {n}: {name} of \"{}\" must be {en}, not \"{shown}\"", item.name.en);
            let field = Some(format!("bill.{n}.{name}"));
            findings.push(say(Severity::Error, "attribute-wrong", field, zh, en));
        }
    }
    findings
}

fn wrong_fact(fact: &FactSpec, value: &Known, zh: &str, en: &str) -> Finding {
    let (label, id, shown) = (&fact.label, &fact.id, value.show());
    let zh = format!("“{}”（{id}）应是{zh}，写的是“{shown}”", label.zh);
    let en = format!("\"{}\" ({id}) must be {en}, not \"{shown}\"", label.en);
    say(Severity::Error, "fact-wrong", Some(format!("facts.{id}")), zh, en)
}

/// What should stand where a value does not fit; `None` where it does.
fn expected(kind: FactKind, value: &Known, counted: bool) -> Option<(&'static str, &'static str)> {
    let number = |text: &str| Quantity::parse(text);
    let stated = match value {
        Known::Number(number) => Some(*number),
        Known::Text(text) => number(text),
        Known::Flag(_) | Known::Day(_) => None,
    };
    let positive = stated.is_some_and(|number| number.0 >= 0);
    let whole = stated.is_some_and(Quantity::is_whole);
    let (fits, zh, en) = match kind {
        FactKind::Flag => (
            matches!(value, Known::Flag(_)),
            "是或否（true、false）",
            "true or false",
        ),
        FactKind::Number if counted => (positive && whole, "不为负的整数", "a whole number, not negative"),
        FactKind::Number => (positive, "不为负的数", "a number, not negative"),
        FactKind::Money => (
            matches!(value, Known::Number(_)) && positive && whole,
            "不为负的整数，单位分（80 元写 8000）",
            "a whole number of fen, not negative",
        ),
        FactKind::Day => {
            let is_day = |text: &str| text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok();
            let fits = match value {
                Known::Day(_) => true,
                Known::Text(text) => is_day(text),
                Known::Flag(_) | Known::Number(_) => false,
            };
            (fits, "日期，如 2026-11-20", "a day such as 2026-11-20")
        }
        FactKind::Area => {
            let code = value.show();
            let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
            (digits, "六位行政区划代码，如 330521", "an area code of six digits")
        }
        FactKind::Text => (matches!(value, Known::Text(_) | Known::Number(_)), "文字", "a text"),
    };
    (!fits).then_some((zh, en))
}

/// Whether an amount or a quantity is given once for each of a fact.
fn is_counted(policy: &Policy, id: &str) -> bool {
    let is = |times: &Option<String>| times.as_deref() == Some(id);
    policy.awards.iter().any(|award| is(&award.times)) || policy.benefits.iter().any(|benefit| is(&benefit.times))
}

/// The kind of an attribute: as every line knows it, or as the list and the policy ask for it.
fn kind_of(plan: &Plan<'_>, item: &TariffLine, name: &str) -> Option<FactKind> {
    if let Some((_, kind)) = KINDS.iter().find(|(own, _)| *own == name) {
        return Some(*kind);
    }
    let benefits = &plan.policy.benefits;
    let counted = item.beyond.iter().any(|beyond| beyond.attribute == name)
        || item.counted_from.as_ref().is_some_and(|(own, _)| own == name)
        || benefits.iter().any(|benefit| benefit.times.as_deref() == Some(name));
    if counted {
        return Some(FactKind::Number);
    }
    let own = item.rates.iter().map(|rate| &rate.when);
    let own = own.chain(item.factors.iter().map(|factor| &factor.when));
    let own = own.chain(item.beyond.iter().map(|beyond| &beyond.when));
    let mut all = own.chain(benefits.iter().map(|benefit| &benefit.line));
    all.find_map(|condition| asked(condition, name))
}

/// The kind of value that a condition asks of a name, where that can be told.
fn asked(condition: &Condition, name: &str) -> Option<FactKind> {
    match condition {
        Condition::Test(own, test) if own == name => match test {
            Test::Is(value) | Test::IsNot(value) => match value {
                Known::Flag(_) => Some(FactKind::Flag),
                Known::Day(_) => Some(FactKind::Day),
                Known::Number(_) => Some(FactKind::Number),
                Known::Text(_) => Some(FactKind::Text),
            },
            Test::Under(value) | Test::UpTo(value) | Test::From(value) | Test::Over(value) => match value {
                Known::Day(_) => Some(FactKind::Day),
                Known::Number(_) => Some(FactKind::Number),
                Known::Flag(_) | Known::Text(_) => None,
            },
            Test::OneOf(_) => Some(FactKind::Text),
            Test::Within(_) => None,
        },
        Condition::Test(..) => None,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(|part| asked(part, name)),
        Condition::Not(part) => asked(part, name),
    }
}

fn windows(policy: &Policy) -> impl Iterator<Item = &Window> {
    let awards = policy.awards.iter().filter_map(|award| award.window.as_ref());
    policy.window.iter().chain(&policy.offsite.window).chain(awards)
}

/// A day from which a claim's time runs and which lies behind the claim: what is claimed has not happened yet.
fn begins_late(policy: &Policy, window: &Window, seen: &Seen<'_>) -> Option<Finding> {
    let name = window.from_fact.as_ref()?;
    let (day, claimed) = (seen.day_fact(name)?, seen.claim().dates.claim?);
    if day <= claimed {
        return None;
    }
    let label = policy.fact_name(name);
    let zh = format!("“{}”（{name}）{day} 晚于申请日期 {claimed}：办妥以后再申请", label.zh);
    let en = format!(
        "\"{}\" ({name}) {day} is after the claim of {claimed}: claim when it is done",
        label.en
    );
    Some(say(
        Severity::Error,
        "dates-contradict",
        Some(format!("facts.{name}")),
        zh,
        en,
    ))
}
