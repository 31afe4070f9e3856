//! A case as the screen shows it: values, steps, papers, findings, certificate, history. ID numbers stay masked
//! until somebody says why they must be seen (I9).

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::fault::Fault;
use super::paper;
use super::permission::Permission;
use super::printing::{Standing, standing};
use super::record::{Record, masked, masked_within};
use super::registry::{Act, Registry};
use super::stock::reason_given;
use super::{Problem, Session};
use crate::domain::document::Mode;
use crate::domain::finding::Finding;
use crate::store::{CaseRow, Reader};

/// A value of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// Path of its field.
    pub path: String,
    /// Label in Chinese.
    pub label: String,
    /// Label in English.
    pub label_en: String,
    /// The value as papers print it, masked where it must be.
    pub text: String,
    /// Why a person put a derived value right.
    pub put_right: Option<String>,
}

/// A step of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// `pre_check`, `accept`, `review`, `register`, `refuse` ...
    pub step: String,
    /// Which account.
    pub actor: String,
    /// At which desk.
    pub desk: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A paper of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its id, for printing.
    pub id: i64,
    /// Its name within the case.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is set over a pre-printed blank.
    pub overlay: bool,
    /// Its layout.
    pub layout: String,
    /// The serial of the blank it is made for.
    pub serial: Option<String>,
    /// Whether it still says what holds.
    pub standing: Standing,
    /// Copies announced so far.
    pub copies: i64,
    /// What became of the last one: `written`, `printed`, `failed`, `unknown`, `pending`; empty without copies.
    pub last: String,
}

/// An entry of a case's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// When.
    pub at: NaiveDateTime,
    /// Which account.
    pub actor: String,
    /// At which desk.
    pub desk: String,
    /// What was done, as the audit log calls it.
    pub action: String,
    /// What else it says: name and value.
    pub detail: Vec<(String, String)>,
}

/// The certificate of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateView {
    /// Certificate or slip number.
    pub number: String,
    /// `valid`, `recorded`, `ended`, `void`.
    pub state: String,
    /// What the province said: `none`, `pending`, `exported`, `confirmed`, `rejected`.
    pub confirmation: String,
    /// Serial of the first party's booklet.
    pub blank_first: Option<String>,
    /// Serial of the second party's booklet.
    pub blank_second: Option<String>,
}

/// A settlement of a case; all sums in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementView {
    /// Number of its voucher.
    pub number: String,
    /// `normal`, `supplement`, `refund` or `offsite`.
    pub kind: String,
    /// `settled` or `voided`.
    pub state: String,
    /// The settlement it follows.
    pub follows: Option<String>,
    /// At list prices.
    pub listed: i64,
    /// What the family does not pay.
    pub free: i64,
    /// What the family pays.
    pub family: i64,
    /// What the family is given.
    pub awards: i64,
    /// Why it follows, was made otherwise, or was voided.
    pub reason: String,
    /// Its lines.
    pub lines: Vec<SettlementLine>,
}

/// A line of a settlement; all sums in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementLine {
    /// What was done.
    pub name: String,
    /// How much of it, with its unit.
    pub quantity: String,
    /// At the list price.
    pub listed: i64,
    /// What the family does not pay.
    pub free: i64,
    /// What the family pays.
    pub family: i64,
    /// Why, sentence by sentence.
    pub says: Vec<String>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// Case number.
    pub case: String,
    /// The form.
    pub form: String,
    /// The form's title.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// `accepted`, `closed` or `withdrawn`.
    pub state: String,
    /// `registered`, `recorded`, `refused` ...; empty while open.
    pub outcome: String,
    /// Business day.
    pub day: NaiveDate,
    /// Its certificate, where it has one.
    pub certificate: Option<CertificateView>,
    /// What was settled of its fees.
    pub settlements: Vec<SettlementView>,
    /// Values in the form's order.
    pub values: Vec<ValueLine>,
    /// Who did which step when.
    pub steps: Vec<StepLine>,
    /// Its papers.
    pub documents: Vec<DocumentLine>,
    /// What the rules said.
    pub findings: Vec<Finding>,
    /// Rules that were confirmed: rule, reason, account.
    pub confirmed: Vec<(String, String, String)>,
    /// What was done with it, oldest first.
    pub history: Vec<HistoryLine>,
    /// Whether ID numbers are masked.
    pub masked: bool,
}

impl Registry {
    /// A case by its number, or by its certificate's or slip's; ID numbers masked.
    ///
    /// # Errors
    /// No such case, no permission, or the store cannot be read.
    pub fn case_view(&self, session: &Session, number: &str) -> Result<CaseView, Problem> {
        session.allow(Permission::Look)?;
        self.read(|reader| view(reader, &known(reader, number)?, true))
    }

    /// A case with its ID numbers whole; who saw it and why is kept.
    ///
    /// # Errors
    /// No such case, no reason, no permission, or the store cannot be written.
    pub fn unmask(&mut self, session: &Session, number: &str, reason: &str) -> Result<CaseView, Problem> {
        let reason = reason_given(reason)?;
        let case = self.read(|reader| known(reader, number))?.id;
        let act = Act::new("case.unmask", &case).with(json!({"reason": reason}));
        self.perform(session, Permission::Unmask, act, |tx, _| {
            view(tx, &known(tx, &case)?, false)
        })
    }
}

/// The case behind a case, certificate or slip number.
pub(super) fn known(reader: &Reader, number: &str) -> Result<CaseRow, Problem> {
    let number = number.trim().to_uppercase();
    let found = match reader.case(&number)? {
        Some(row) => Some(row),
        None => reader.case_by_number(&number)?,
    };
    found.ok_or_else(|| Fault::NoCase(number).into())
}

fn view(reader: &Reader, row: &CaseRow, mask: bool) -> Result<CaseView, Problem> {
    let record = Record::read(&row.id, &row.examined)?;
    let copies = reader.copies_of_case(&row.id)?.into_iter();
    let copies: BTreeMap<i64, (i64, String)> = copies.map(|(id, n, last)| (id, (n, last))).collect();
    let documents = reader.documents_of(&row.id)?.into_iter().map(|document| {
        let standing = standing(reader, &document)?;
        let stored = paper::read(document)?;
        let (made, last) = copies.get(&stored.id).cloned().unwrap_or_default();
        Ok(DocumentLine {
            id: stored.id,
            overlay: stored.document.mode == Mode::Overlay,
            serial: stored.document.blank().map(str::to_owned),
            layout: stored.document.layout,
            standing,
            copies: made,
            last,
            name: stored.document.name,
            title: stored.document.title,
        })
    });
    let documents: Vec<DocumentLine> = documents.collect::<Result<_, Problem>>()?;
    let values = record.values.into_iter().map(|value| ValueLine {
        text: if mask && value.mask {
            masked(&value.paper)
        } else {
            value.paper
        },
        path: value.path,
        label: value.label,
        label_en: value.label_en,
        put_right: value.put_right.map(|put| put.reason),
    });
    let unreadable = |e: serde_json::Error| Fault::Unreadable(format!("{}: {e}", row.id));
    let mut findings: Vec<Finding> = serde_json::from_str(&row.findings).map_err(unreadable)?;
    if mask {
        findings.iter_mut().for_each(veil);
    }
    Ok(CaseView {
        case: row.id.clone(),
        form: row.kind.clone(),
        title: record.title,
        title_en: record.title_en,
        state: row.state.clone(),
        outcome: row.outcome.clone(),
        day: row.day,
        certificate: reader.certificate_of_case(&row.id)?.map(|known| CertificateView {
            number: known.number,
            state: known.state,
            confirmation: known.confirmation,
            blank_first: known.blank_first,
            blank_second: known.blank_second,
        }),
        settlements: settlements(reader, &row.id)?,
        values: values.collect(),
        steps: steps(reader, &row.id)?,
        documents,
        findings,
        confirmed: record
            .confirmed
            .into_iter()
            .map(|one| (one.rule, one.reason, one.by))
            .collect(),
        history: history(reader, &row.id)?,
        masked: mask,
    })
}

fn settlements(reader: &Reader, case: &str) -> Result<Vec<SettlementView>, Problem> {
    let mut views = Vec::new();
    for row in reader.settlements_of(case)? {
        let lines = reader.bill_lines(&row.number)?.into_iter().map(|line| SettlementLine {
            name: line.name,
            quantity: format!("{} {}", line.quantity, line.unit),
            listed: line.listed,
            free: line.free,
            family: line.family,
            says: serde_json::from_str(&line.says).unwrap_or_default(),
        });
        views.push(SettlementView {
            lines: lines.collect(),
            number: row.number,
            kind: row.kind,
            state: row.state,
            follows: row.replaces,
            listed: row.listed,
            free: row.free,
            family: row.family,
            awards: row.awards,
            reason: row.reason,
        });
    }
    Ok(views)
}

/// Masks the numbers that a finding's words or values name.
fn veil(finding: &mut Finding) {
    for text in [&mut finding.says, &mut finding.says_en] {
        *text = masked_within(text);
    }
    for value in finding.params.values_mut() {
        *value = masked_within(value);
    }
}

fn steps(reader: &Reader, case: &str) -> Result<Vec<StepLine>, Problem> {
    let steps = reader.steps_of(case)?.into_iter().map(|row| StepLine {
        step: row.step,
        actor: row.actor,
        desk: row.desk,
        at: row.at,
    });
    Ok(steps.collect())
}

fn history(reader: &Reader, case: &str) -> Result<Vec<HistoryLine>, Problem> {
    let entries = reader.history_of(case)?.into_iter().map(|entry| HistoryLine {
        detail: told(&entry.body),
        at: entry.at,
        actor: entry.actor,
        desk: entry.desk,
        action: entry.action,
    });
    Ok(entries.collect())
}

/// The detail of an audit entry, without what nobody said and what only the program needs.
fn told(body: &str) -> Vec<(String, String)> {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let detail = body.get("detail").and_then(serde_json::Value::as_object);
    let words = detail.into_iter().flatten().filter_map(|(key, value)| match value {
        _ if matches!(key.as_str(), "key" | "draft") => None,
        serde_json::Value::String(text) if text.is_empty() => None,
        serde_json::Value::String(text) => Some((key.clone(), text.clone())),
        serde_json::Value::Null => None,
        other => Some((key.clone(), other.to_string())),
    });
    words.collect()
}
