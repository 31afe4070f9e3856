//! What a claim says: the request that is computed, and beside it who applies, where money goes, which settlement it
//! follows, what was refused on an invoice, and what a supervisor put right.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answers::from_answers;
use super::cleaning::{Cleaning, From, Invisible};
use super::say;
use crate::desk::submit::Given;
use crate::domain::finding::{Finding, Severity};
use crate::domain::money::Fen;
use crate::domain::waiver::BillLine;
use crate::forms::waiver::Request;

/// Keys of a claim that are the desk's own.
const OWN: [&str; 7] = ["applicant", "account", "former", "reason", "override", "note", "case"];

/// A claim as the desk reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// What is computed; without the lines that were refused.
    pub request: Request,
    /// Who applies: name, id_no, phone, relation.
    pub agent: BTreeMap<String, String>,
    /// Where money goes: name, bank, no.
    pub account: BTreeMap<String, String>,
    /// The settlement it follows.
    pub former: String,
    /// Why it follows it.
    pub reason: String,
    /// A word for the record.
    pub note: String,
    /// Lines of an invoice that were refused.
    pub refused: Vec<Refused>,
    /// What is free otherwise than computed.
    pub overrides: Vec<Override>,
    /// Why.
    pub override_reason: String,
    /// What was taken out of its texts.
    pub invisible: Vec<Invisible>,
}

/// A line of an invoice that was refused: its place from 0, the line, why.
pub(super) type Refused = (usize, BillLine, String);

/// A line that is free otherwise than computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Override {
    /// Place of the line, from 0.
    pub line: usize,
    /// What is free.
    pub free: Fen,
    /// Who bears the difference; empty for the policy's first payer.
    pub payer: String,
}

/// Reads a claim.
pub(super) fn read(given: &Given) -> Result<Told, Vec<Finding>> {
    let (mut map, from) = match given {
        Given::Json(map) => (map.clone(), From::Json),
        Given::Form(answers) => (from_answers(answers), From::Keys),
    };
    let mut cleaning = Cleaning::new(from);
    cleaning.all(&mut map);
    let mut reading = Reading {
        findings: cleaning.findings,
    };
    let mut told = reading.own(&map);
    told.invisible = cleaning.invisible;
    let (claim, refused) = reading.without_refused(map);
    match Request::from_json(&Value::Object(claim)) {
        Ok(request) => told.request = request,
        Err(findings) => reading.findings.extend(findings),
    }
    told.refused = refused;
    if !told.refused.is_empty() && told.request.claim.offsite.is_none() && reading.findings.is_empty() {
        let (zh, en) = (
            "只有异地火化的发票才能逐行剔除",
            "Lines are refused on invoices from elsewhere alone",
        );
        reading.wrong("bill", zh, en);
    }
    if reading.findings.is_empty() {
        Ok(told)
    } else {
        Err(reading.findings)
    }
}

#[derive(Default)]
struct Reading {
    findings: Vec<Finding>,
}

impl Reading {
    fn wrong(&mut self, path: &str, zh: &str, en: &str) {
        let (zh, en) = (format!("{path}：{zh}"), format!("{path}: {en}"));
        self.findings.push(say(Severity::Error, "input", path, zh, en));
    }

    fn own(&mut self, map: &Map<String, Value>) -> Told {
        let mut told = Told {
            agent: self.texts(map, "applicant", &["name", "id_no", "phone", "relation"]),
            account: self.texts(map, "account", &["name", "bank", "no"]),
            former: self.text("former", map.get("former")).to_uppercase(),
            reason: self.text("reason", map.get("reason")),
            note: self.text("note", map.get("note")),
            ..Told::default()
        };
        match map.get("override") {
            None | Some(Value::Null) => {}
            Some(Value::Object(object)) => self.overrides(object, &mut told),
            Some(_) => self.wrong("override", "应是 { \"reason\", \"lines\" }", "must be an object"),
        }
        told
    }

    fn overrides(&mut self, object: &Map<String, Value>, told: &mut Told) {
        told.override_reason = self.text("override.reason", object.get("reason"));
        if told.override_reason.is_empty() {
            self.wrong("override.reason", "没有写明原因", "the reason is missing");
        }
        let lines = object.get("lines").and_then(Value::as_array);
        for line in lines.into_iter().flatten() {
            let place = line
                .get("line")
                .and_then(Value::as_u64)
                .and_then(|n| usize::try_from(n).ok());
            let free = line.get("free").and_then(Value::as_i64);
            let (Some(place), Some(free)) = (place.and_then(|n| n.checked_sub(1)), free) else {
                self.wrong(
                    "override.lines",
                    "应是 [{ \"line\": 行号, \"free\": 分 }]",
                    "must name the line and what is free",
                );
                continue;
            };
            told.overrides.push(Override {
                line: place,
                free: Fen(free),
                payer: self.text("override.lines.payer", line.get("payer")),
            });
        }
        if told.overrides.is_empty() {
            self.wrong("override.lines", "没有一行", "no line is named");
        }
    }

    /// The claim without the desk's own keys, and without the lines that somebody refused.
    fn without_refused(&mut self, mut map: Map<String, Value>) -> (Map<String, Value>, Vec<Refused>) {
        for key in OWN {
            map.remove(key);
        }
        let mut refused = Vec::new();
        let Some(Value::Array(lines)) = map.get_mut("bill") else {
            return (map, refused);
        };
        let mut kept = Vec::with_capacity(lines.len());
        for (at, mut line) in std::mem::take(lines).into_iter().enumerate() {
            let path = format!("bill.{}", at + 1);
            let reason = line.as_object_mut().and_then(|line| line.remove("refused"));
            let reason = self.text(&format!("{path}.refused"), reason.as_ref());
            if reason.is_empty() {
                kept.push(line);
            } else if let Some(line) = self.refused_line(&path, line) {
                refused.push((at, line, reason));
            }
        }
        *lines = kept;
        (map, refused)
    }

    /// A refused line must still say what was asked for.
    fn refused_line(&mut self, path: &str, line: Value) -> Option<BillLine> {
        let alone = json!({"policy": "-", "bill": [line]});
        match Request::from_json(&alone) {
            Ok(request) => request.claim.bill.into_iter().next(),
            Err(findings) => {
                self.findings.extend(findings.into_iter().map(|mut finding| {
                    let under = |text: &str| text.replacen("bill.1", path, 1);
                    finding.says = under(&finding.says);
                    finding.says_en = under(&finding.says_en);
                    finding.field = finding.field.as_deref().map(under);
                    finding
                }));
                None
            }
        }
    }

    fn texts(&mut self, map: &Map<String, Value>, key: &str, known: &[&str]) -> BTreeMap<String, String> {
        let object = match map.get(key) {
            None | Some(Value::Null) => return BTreeMap::new(),
            Some(Value::Object(object)) => object,
            Some(_) => {
                self.wrong(key, "应是对象 { … }", "must be an object");
                return BTreeMap::new();
            }
        };
        for unknown in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let zh = format!("没有这个键，可写的有 {}", known.join("、"));
            self.wrong(&format!("{key}.{unknown}"), &zh, "unknown");
        }
        known
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    self.text(&format!("{key}.{name}"), object.get(*name)),
                )
            })
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    fn text(&mut self, path: &str, value: Option<&Value>) -> String {
        match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(_) => {
                self.wrong(path, "应是文字", "must be a text");
                String::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desks_own_keys_stand_in_the_schema() {
        let schema = crate::forms::waiver::request_schema();
        for key in OWN {
            assert!(schema["properties"].get(key).is_some(), "{key}");
        }
    }
}
