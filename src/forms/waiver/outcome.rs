//! What came of a claim, as JSON: amounts in whole 分. The desk adds number and documents.

use serde_json::{Map, Value, json};

use crate::domain::{
    finding::Finding,
    waiver::{Borne, Outcome, Settlement, Verdict},
};

/// The outcome of a claim as the commands print it.
pub fn to_json(outcome: &Outcome) -> Value {
    let mut root = Map::new();
    root.insert("guitai".into(), Value::from(1));
    root.insert("outcome".into(), Value::from(word(outcome.verdict)));
    match &outcome.settlement {
        Some(settlement) => sums(settlement, &mut root),
        None => {
            root.insert("lines".into(), json!([]));
            for key in ["listed", "free", "family", "in_words"] {
                root.insert(key.into(), Value::Null);
            }
            root.insert("awards".into(), json!([]));
        }
    }
    root.insert("findings".into(), outcome.findings.iter().map(finding).collect());
    Value::Object(root)
}

/// The word of an outcome.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Settled => "settled",
        Verdict::Refused => "refused",
        Verdict::Incomplete => "incomplete",
    }
}

fn sums(settlement: &Settlement, root: &mut Map<String, Value>) {
    let lines = settlement.lines.iter().map(|line| {
        json!({
            "item": line.item,
            "name": line.name.zh,
            "unit": line.unit,
            "quantity": number(line.quantity.0),
            "unit_price": line.unit_price.0,
            "listed": line.listed.0,
            "free": line.free.0,
            "family": line.family.0,
            "payers": payers(&line.payers),
            "costs": line.costs.zh,
            "says": line.says.iter().map(|words| words.zh.as_str()).collect::<Vec<_>>(),
            "says_en": line.says.iter().map(|words| words.en.as_str()).collect::<Vec<_>>(),
            "rule": line.rule,
        })
    });
    root.insert("lines".into(), lines.collect());
    root.insert("listed".into(), Value::from(settlement.listed.0));
    root.insert("free".into(), Value::from(settlement.free.0));
    root.insert("family".into(), Value::from(settlement.family.0));
    root.insert("payers".into(), payers(&settlement.payers));
    let awards = settlement.awards.iter().map(|award| {
        json!({
            "id": award.id,
            "name": award.name.zh,
            "amount": award.amount.0,
            "to": award.to.zh,
            "payers": payers(&award.payers),
            "says": award.says.zh,
            "quote": award.quote,
        })
    });
    root.insert("awards".into(), awards.collect());
    let quotes = settlement.quotes.iter();
    let quotes = quotes.map(|quote| json!({"says": quote.says.zh, "lines": quote.lines}));
    root.insert("quotes".into(), quotes.collect());
    root.insert("classes".into(), json!(settlement.classes));
    let choices = settlement
        .choices
        .iter()
        .map(|(id, option)| (id.clone(), Value::from(option.as_str())));
    root.insert("choices".into(), Value::Object(choices.collect()));
    root.insert("in_words".into(), Value::from(settlement.family.in_words()));
    root.insert("free_in_words".into(), Value::from(settlement.free.in_words()));
}

/// Thousandths as a JSON number: whole ones as integers.
fn number(thousandths: i64) -> Value {
    if thousandths % 1000 == 0 {
        return Value::from(thousandths / 1000);
    }
    let text = crate::domain::waiver::Quantity(thousandths).to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

fn payers(payers: &[Borne]) -> Value {
    let one = |borne: &Borne| (borne.payer.clone(), Value::from(borne.amount.0));
    Value::Object(payers.iter().map(one).collect())
}

fn finding(finding: &Finding) -> Value {
    serde_json::to_value(finding).unwrap_or(Value::Null)
}
