//! What the parts of a case say, line by line: values, steps, findings, papers, history.

use ratatui::style::Style;

use crate::desk::{CaseView, DocumentLine, SettlementView, ValueLine};
use crate::domain::finding::{Finding, Severity};
use crate::domain::money::Fen;
use crate::domain::party::Side;
use crate::tui::cells::pad;
use crate::tui::labels::{self, Group};
use crate::tui::theme::{PLAIN, WRONG};
use crate::tui::words::{self, Lang, Word};

/// A part of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Values,
    Steps,
    Findings,
    Papers,
    History,
}

impl Tab {
    /// Every part with its digit and its word.
    pub const ALL: [(Self, char, Word); 5] = [
        (Self::Values, '1', words::CASE_VALUES),
        (Self::Steps, '2', words::CASE_STEPS),
        (Self::Findings, '3', words::CASE_FINDINGS),
        (Self::Papers, '4', words::PAPERS),
        (Self::History, '5', words::CASE_HISTORY),
    ];
}

/// A line of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the row shows, cut where there is no room.
    pub row: String,
    /// All of it, for the explanation.
    pub whole: String,
    /// Its look.
    pub style: Style,
}

impl Line {
    fn plain(row: String, whole: String) -> Self {
        Self {
            row,
            whole,
            style: PLAIN,
        }
    }
}

/// The lines of a part.
pub fn lines(view: &CaseView, tab: Tab, lang: Lang) -> Vec<Line> {
    match tab {
        Tab::Values => values(view, lang),
        Tab::Steps => steps(view, lang),
        Tab::Findings => findings(view, lang),
        Tab::Papers => view.documents.iter().map(|document| paper(document, lang)).collect(),
        Tab::History => history(view, lang),
    }
}

/// Width of a label and of a value, where two stand side by side.
const LABEL: u16 = 14;
const VALUE: u16 = 30;

/// Both parties side by side, what belongs to neither below.
fn values(view: &CaseView, lang: Lang) -> Vec<Line> {
    let [man, woman] = Side::BOTH.map(|side| format!("{}.", side.as_str()));
    let find = |path: &str| view.values.iter().find(|value| value.path == path);
    let text = |value: Option<&ValueLine>| value.map(|value| value.text.clone()).unwrap_or_default();
    let mut lines = vec![];
    for value in &view.values {
        let label = lang.of(&value.label, &value.label_en);
        let told = |value: &ValueLine| match &value.put_right {
            Some(why) => format!("{}  {}", value.text, words::PUT_RIGHT.fill(lang, &[why])),
            None => value.text.clone(),
        };
        if let Some(field) = value.path.strip_prefix(&man) {
            let other = find(&format!("{woman}{field}"));
            let row = format!("{} {} {}", pad(label, LABEL), pad(&value.text, VALUE), text(other));
            let whole = format!("{label}  {}  {}", told(value), other.map(told).unwrap_or_default());
            lines.push(Line::plain(row, whole));
        } else if let Some(field) = value.path.strip_prefix(&woman) {
            if find(&format!("{man}{field}")).is_none() {
                let row = format!("{} {} {}", pad(label, LABEL), pad("", VALUE), value.text);
                lines.push(Line::plain(row, format!("{label}  {}", told(value))));
            }
        } else {
            let row = format!("{} {}", pad(label, LABEL), value.text);
            lines.push(Line::plain(row, format!("{label}  {}", told(value))));
        }
    }
    lines.extend(view.settlements.iter().flat_map(|settlement| fees(settlement, lang)));
    lines
}

/// A settlement: its sums, then its lines with their reasons.
fn fees(settlement: &SettlementView, lang: Lang) -> Vec<Line> {
    let yuan = |fen: i64| Fen(fen).to_string();
    let state = match settlement.state.as_str() {
        "voided" => words::SETTLEMENT_VOID,
        _ => words::DONE_SETTLED,
    };
    let [listed, free, family] = [settlement.listed, settlement.free, settlement.family].map(yuan);
    let sums = words::BILL_TOTAL.fill(lang, &[&listed, &free, &family]);
    let head = format!("{}  {}  {sums}", settlement.number, state.say(lang));
    let follows = settlement
        .follows
        .iter()
        .map(|first| format!("  ← {first}"))
        .collect::<String>();
    let whole = format!("{head}{follows}  {}", settlement.reason);
    let mut lines = vec![Line::plain(format!("{head}{follows}"), whole)];
    lines.extend(settlement.lines.iter().map(|line| {
        let [listed, free, family] = [line.listed, line.free, line.family].map(yuan);
        let row = format!(
            "  {} {} {listed:>10} {free:>10} {family:>10}",
            pad(&line.name, 22),
            pad(&line.quantity, 10)
        );
        Line::plain(row, format!("{}  {}", line.name, line.says.join(" ")))
    }));
    lines
}

fn steps(view: &CaseView, lang: Lang) -> Vec<Line> {
    let line = |step: &crate::desk::StepLine| {
        let name = labels::of(lang, Group::Step, &step.step);
        let desk = words::DESK.fill(lang, &[&step.desk]);
        let at = step.at.format("%Y-%m-%d %H:%M:%S");
        let row = format!("{} {at}  {}  {desk}", pad(name, LABEL), pad(&step.actor, 14));
        Line::plain(row.clone(), row)
    };
    view.steps.iter().map(line).collect()
}

fn findings(view: &CaseView, lang: Lang) -> Vec<Line> {
    let line = |finding: &Finding| {
        let heavy = finding.severity <= Severity::Confirm;
        let mark = if heavy { "!" } else { "." };
        let says = lang.of(&finding.says, &finding.says_en);
        let confirmed = view.confirmed.iter().find(|(rule, ..)| *rule == finding.rule);
        let confirmed = confirmed.map(|(_, reason, by)| words::CONFIRMED_BY.fill(lang, &[by, reason]));
        let article = finding.article.clone().unwrap_or_default();
        let parts = [says, &article, confirmed.as_deref().unwrap_or_default()];
        let whole = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("  ");
        Line {
            row: format!("{mark} {whole}"),
            whole,
            style: if heavy { WRONG } else { PLAIN },
        }
    };
    view.findings.iter().map(line).collect()
}

fn paper(document: &DocumentLine, lang: Lang) -> Line {
    let state = state_of(document, lang);
    Line::plain(
        format!("{} {state}", pad(&document.title, 40)),
        format!("{}  {}  {state}", document.title, document.name),
    )
}

/// How often a paper was printed, and what became of the last copy.
pub fn state_of(document: &DocumentLine, lang: Lang) -> String {
    match document.copies {
        0 => format!(". {}", words::NOT_PRINTED.say(lang)),
        n => {
            let mark = if document.last == "printed" { "√" } else { "!" };
            let last = labels::of(lang, Group::Print, &document.last);
            format!("{mark} {}", words::COPIES.fill(lang, &[&n.to_string(), last]))
        }
    }
}

fn history(view: &CaseView, lang: Lang) -> Vec<Line> {
    let line = |entry: &crate::desk::HistoryLine| {
        let action = labels::of(lang, Group::Action, &entry.action);
        let desk = words::DESK.fill(lang, &[&entry.desk]);
        let at = entry.at.format("%Y-%m-%d %H:%M:%S");
        Line::plain(
            format!("{at}  {}  {}  {}", pad(&entry.actor, 12), pad(action, 16), entry.detail),
            format!("{at}  {}  {desk}  {action}  {}", entry.actor, entry.detail),
        )
    };
    view.history.iter().map(line).collect()
}
