//! What the parts of a case say, line by line: values, steps, findings, papers, history.

use ratatui::style::Style;

use crate::desk::{CaseView, DocumentLine, SettlementView, Standing, ValueLine};
use crate::domain::finding::{Finding, Severity};
use crate::domain::money::Fen;
use crate::domain::party::Side;
use crate::tui::cells::{pad, width};
use crate::tui::labels::{self, Group};
use crate::tui::screens::printing;
use crate::tui::state::Shared;
use crate::tui::theme::{BOLD, PLAIN, WRONG};
use crate::tui::widgets::widest;
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
    Bills,
}

impl Tab {
    /// Every part with its digit and its word.
    pub const ALL: [(Self, char, Word); 6] = [
        (Self::Values, '1', words::CASE_VALUES),
        (Self::Steps, '2', words::CASE_STEPS),
        (Self::Findings, '3', words::CASE_FINDINGS),
        (Self::Papers, '4', words::PAPERS),
        (Self::History, '5', words::CASE_HISTORY),
        (Self::Bills, '6', words::CASE_BILLS),
    ];

    /// The parts that a case has.
    pub fn of(view: &CaseView) -> impl Iterator<Item = (Self, char, Word)> {
        let bills = !view.settlements.is_empty();
        Self::ALL
            .into_iter()
            .filter(move |(tab, ..)| bills || *tab != Self::Bills)
    }
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
    fn heading(row: String) -> Self {
        Self {
            whole: String::new(),
            row,
            style: BOLD,
        }
    }

    fn plain(row: String, whole: String) -> Self {
        Self {
            row,
            whole,
            style: PLAIN,
        }
    }
}

/// The lines of a part.
pub fn lines(view: &CaseView, tab: Tab, shared: &Shared) -> Vec<Line> {
    let lang = shared.lang;
    match tab {
        Tab::Values => values(view, shared),
        Tab::Steps => steps(view, lang),
        Tab::Findings => findings(view, lang),
        Tab::Papers => view.documents.iter().map(|document| paper(document, shared)).collect(),
        Tab::History => history(view, lang),
        Tab::Bills => view.settlements.iter().flat_map(|bill| bills(bill, lang)).collect(),
    }
}

/// Least and most cells of a label.
const LABEL: (u16, u16) = (12, 24);

/// Cells of a value, where two stand side by side.
const VALUE: u16 = 28;

/// Section by section; both parties side by side.
fn values(view: &CaseView, shared: &Shared) -> Vec<Line> {
    let lang = shared.lang;
    let [man, woman] = Side::BOTH.map(Side::as_str);
    let find = |section: &str, field: &str| {
        let path = format!("{section}.{field}");
        view.values.iter().find(|value| value.path == path)
    };
    let text = |value: Option<&ValueLine>| value.map(|value| value.text.clone()).unwrap_or_default();
    let told = |value: &ValueLine| match &value.put_right {
        Some(why) => format!("{}  {}", value.text, words::PUT_RIGHT.fill(lang, &[why])),
        None => value.text.clone(),
    };
    let (mut lines, mut last) = (vec![], "");
    let labels = view.values.iter().map(|value| lang.of(&value.label, &value.label_en));
    let room = widest(labels).clamp(LABEL.0, LABEL.1);
    for value in &view.values {
        let label = lang.of(&value.label, &value.label_en);
        let Some((section, field)) = value.path.split_once('.') else {
            continue;
        };
        let second = section == woman && find(man, field).is_some();
        if section != last && !second {
            last = section;
            let other = if section == man {
                title(view, shared, woman)
            } else {
                String::new()
            };
            let heading = cells(room, &title(view, shared, section), "", &other, section == man);
            if !heading.trim().is_empty() {
                lines.push(Line::heading(heading));
            }
        }
        let other = (section == man).then(|| find(woman, field)).flatten();
        if !second {
            let row = cells(room, label, &value.text, &text(other), section == man);
            let whole = format!("{label}  {}  {}", told(value), other.map(told).unwrap_or_default());
            lines.push(Line::plain(row, whole));
        }
    }
    lines
}

/// A row of the values; the heading of two parties stands over the values.
fn cells(room: u16, label: &str, value: &str, other: &str, pair: bool) -> String {
    match (pair, value.is_empty()) {
        (true, true) => format!("{} {} {other}", pad("", room), pad(label, VALUE)),
        (true, false) => format!("{} {} {other}", pad(label, room), pad(value, VALUE)),
        (false, true) => label.to_owned(),
        (false, false) => format!("{} {value}", pad(label, room)),
    }
}

/// What the form calls a section.
fn title(view: &CaseView, shared: &Shared, section: &str) -> String {
    let form = shared.forms.form(&view.form, view.day);
    let known = form.and_then(|form| form.sections.iter().find(|known| known.id == section));
    known
        .map(|known| shared.lang.of(&known.title, &known.title_en).to_owned())
        .unwrap_or_default()
}

/// A settlement and its lines.
fn bills(bill: &SettlementView, lang: Lang) -> Vec<Line> {
    let sums = |name: &str, [listed, free, family]: [i64; 3]| {
        let [listed, free, family] = [listed, free, family].map(|fen| format!("{:>11}", Fen(fen).to_string()));
        format!("{}{listed}{free}{family}", pad(name, 40))
    };
    let state = labels::of(lang, Group::State, &bill.state);
    let kind = labels::of(lang, Group::Bill, &bill.kind);
    let head = [bill.number.as_str(), kind, state, bill.reason.as_str()];
    let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
    let columns = [words::LISTED, words::FREE, words::FAMILY].map(|word| {
        let word = word.say(lang);
        format!("{}{word}", " ".repeat(11_usize.saturating_sub(width(word).into())))
    });
    let mut lines = vec![
        Line::heading(head.join("  ")),
        Line::heading(format!("{}{}", pad("", 40), columns.concat())),
    ];
    lines.extend(bill.lines.iter().map(|line| {
        let row = sums(
            &format!("{}  {}", line.name, line.quantity),
            [line.listed, line.free, line.family],
        );
        Line::plain(row, format!("{}: {}", line.name, line.says.join("  ")))
    }));
    let [listed, free, family] = [bill.listed, bill.free, bill.family].map(|fen| Fen(fen).to_string());
    let total = words::BILL_TOTAL.fill(lang, &[&listed, &free, &family]);
    let follows = bill.follows.iter().map(|first| format!("  ← {first}"));
    lines.push(Line::heading(total + &follows.collect::<String>()));
    if bill.awards > 0 {
        let text = words::AWARDED.fill(lang, &[&Fen(bill.awards).to_string()]);
        lines.push(Line::plain(text.clone(), text));
    }
    lines
}

fn steps(view: &CaseView, lang: Lang) -> Vec<Line> {
    let line = |step: &crate::desk::StepLine| {
        let name = labels::of(lang, Group::Step, &step.step);
        let desk = words::DESK.fill(lang, &[&step.desk]);
        let at = step.at.format("%Y-%m-%d %H:%M:%S");
        let row = format!("{} {at}  {}  {desk}", pad(name, 14), pad(&step.actor, 14));
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

/// A paper: its title, what it is set on, whether it still holds, how often it was printed.
pub fn paper(document: &DocumentLine, shared: &Shared) -> Line {
    let lang = shared.lang;
    let state = state_of(document, lang);
    let how = printing::how(shared, &document.layout, document.overlay, document.serial.as_deref());
    let gone = match document.standing {
        Standing::Current => "",
        Standing::Replaced => words::PAPER_REPLACED.say(lang),
        Standing::Void => words::PAPER_VOID.say(lang),
    };
    let state = [gone, &state].into_iter().filter(|part| !part.is_empty());
    let state = state.collect::<Vec<_>>().join("  ");
    Line::plain(
        format!("{} {} {state}", pad(&document.title, 26), pad(&how, 16)),
        format!("{}  {how}  {state}", document.title),
    )
}

/// How often a paper was printed, and what became of the last copy.
fn state_of(document: &DocumentLine, lang: Lang) -> String {
    match document.copies {
        0 => format!(". {}", words::NOT_PRINTED.say(lang)),
        n => {
            let mark = match document.last.as_str() {
                "printed" | "written" => "√",
                _ => "!",
            };
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
        // What has no word here is for the program alone.
        let words = entry.detail.iter().filter_map(|(key, value)| {
            let word = labels::known(lang, Group::Detail, key)?;
            Some(format!("{word}{}{value}", lang.of("：", ": ")))
        });
        let detail = words.collect::<Vec<_>>().join("  ");
        Line::plain(
            format!("{at}  {}  {}  {detail}", pad(&entry.actor, 12), pad(action, 16)),
            format!("{at}  {}  {desk}  {action}  {detail}", entry.actor),
        )
    };
    view.history.iter().map(line).collect()
}
