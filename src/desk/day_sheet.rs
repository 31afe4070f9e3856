//! The day sheet (日结单) as a paper: filed and signed, it proves the audit chain up to its head.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::day::{Counted, DayView, day_view};
use super::fault::Fault;
use super::paper::{Papers, Sheet, StoredDocument};
use super::permission::Permission;
use super::record::row;
use super::registry::{Act, House, Registry};
use super::stock::StockLine;
use super::{Problem, Session};
use crate::domain::date::PartialDate;
use crate::domain::document::{Binding, Mode};
use crate::domain::money::Fen;
use crate::forms::sha256;

/// What the counters are called on the sheet.
const LABELS: [(&str, &str); 9] = [
    ("marriage.accepted", "结婚登记受理（对）"),
    ("marriage.registered", "结婚登记（对）"),
    ("marriage.recorded", "结婚登记待并网（对）"),
    ("marriage.refused", "不予办理结婚登记（对）"),
    ("marriage.imported", "导入结婚档案（条）"),
    ("waiver.settled", "减免结算（件）"),
    ("waiver.refused", "减免不予办理（件）"),
    ("waiver.voided", "作废结算（件）"),
    ("blank.spoiled", "作废空白证（本，含换下往日已用的）"),
];

impl Registry {
    /// Makes the day sheet of a day and stores it. The chain's head on it is the last entry before the sheet's own.
    ///
    /// # Errors
    /// No permission, a missing layout, or the store cannot be written.
    pub fn day_sheet(&mut self, session: &Session, day: NaiveDate) -> Result<StoredDocument, Problem> {
        let session = &session.at_one_moment();
        let subject = format!("day {day}");
        let act = Act::new("day.sheet", &subject);
        self.perform(session, Permission::Day, act, |tx, house| {
            let view = day_view(tx, house, day, session.desk())?;
            let record_sha256 = sha256(&serde_json::to_string(&view).map_err(|e| Fault::Machine(e.to_string()))?);
            let papers = Papers {
                house,
                case: &subject,
                record_sha256: &record_sha256,
                dated: session.now(),
                specimen: house.profile.training,
            };
            let sheet = Sheet {
                name: "day-sheet",
                title: "日结单",
                layout: "day-sheet",
                mode: Mode::Full,
                bindings: bindings(house, session, &view),
            };
            papers.store(tx, sheet)
        })
    }
}

/// The word of a counter.
fn label(kind: &str) -> &str {
    LABELS
        .iter()
        .find(|(known, _)| *known == kind)
        .map_or(kind, |(_, label)| label)
}

fn bindings(house: &House, session: &Session, view: &DayView) -> BTreeMap<String, Binding> {
    let text = |text: &str| Binding::Text(text.to_owned());
    let acts = view
        .counts
        .iter()
        .map(|Counted { kind, n }| row([("label", label(kind)), ("count", &n.to_string())]));
    let refused = view.refusals.iter().map(|one| {
        let ground = if one.article.is_empty() {
            &one.ground
        } else {
            &one.article
        };
        row([("ground", ground.as_str()), ("count", &one.n.to_string())])
    });
    let waived = view.waived.iter().map(|line| {
        row([
            ("item", line.item_name.as_str()),
            ("payer", &line.payer_name),
            ("count", &line.n.to_string()),
            ("sum", &Fen(line.fen).to_string()),
        ])
    });
    [
        ("registry", text(&house.profile.name)),
        ("day", text(&PartialDate::Day(view.day).chinese())),
        ("by", text(session.display())),
        ("rows_acts", Binding::Rows(acts.collect())),
        ("rows_refused", Binding::Rows(refused.collect())),
        ("rows_blanks", Binding::Rows(blanks(view))),
        ("rows_waived", Binding::Rows(waived.collect())),
        ("numbers", text(&view.number_ranges.join("、"))),
        ("unconfirmed", text(&view.unconfirmed.to_string())),
        ("audit_seq", text(&view.audit_seq.to_string())),
        ("audit_head", text(&view.audit_head)),
    ]
    .map(|(name, binding)| (name.to_owned(), binding))
    .into()
}

/// What was spoiled; told apart what an earlier day counts as used.
fn spoiled(line: &StockLine) -> String {
    let mut told = line.spoiled_serials.join("、");
    if !line.withdrawn_serials.is_empty() {
        let gap = if told.is_empty() { "" } else { "；" };
        told.push_str(&format!("{gap}另换下往日已用：{}", line.withdrawn_serials.join("、")));
    }
    told
}

fn blanks(view: &DayView) -> Vec<BTreeMap<String, String>> {
    let rows = view.stock.lines.iter().map(|line| {
        let number = |n: i64| n.to_string();
        row([
            ("kind", super::stock::kind_label(&line.kind)),
            ("opening", &number(line.opening)),
            ("received", &number(line.received)),
            ("used", &number(line.used)),
            ("spoiled", &number(line.spoiled)),
            ("closing", &number(line.closing)),
            ("serials", &line.closing_serials.join("、")),
            ("used_serials", &line.used_serials.join("、")),
            ("spoiled_serials", &spoiled(line)),
        ])
    });
    rows.collect()
}
