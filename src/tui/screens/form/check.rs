//! The check before registering (审查): what the paper will say for both parties, and every point that is still open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sheet::Sheet;
use super::{FormScreen, label, look, note};
use crate::desk::Permission;
use crate::domain::finding::{Finding, Severity};
use crate::forms::Field;
use crate::tui::cells::{pad, put, width};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Overlay, Prompt};
use crate::tui::screens::Caret;
use crate::tui::state::{Note, Shared};
use crate::tui::theme::{BAR, BOLD, PLAIN, of_mark};
use crate::tui::widgets::first_of_page;
use crate::tui::words;

/// Least cells of the labels' column.
const LABEL: u16 = 12;

/// The second step of a form.
#[derive(Debug, Default)]
pub struct Check {
    /// The line that is chosen: findings first, then values.
    at: usize,
}

/// A line of the check.
enum Line<'a> {
    Finding(&'a Finding),
    /// Fields of the same name, side by side.
    Fields([Option<&'a Field>; 2]),
}

impl Check {
    /// Findings first, heaviest first; then what the paper will say.
    fn lines<'a>(sheet: &'a Sheet) -> Vec<Line<'a>> {
        let findings = sheet
            .examination
            .findings
            .iter()
            .filter(|finding| finding.severity < Severity::Info);
        let mut lines: Vec<Line> = findings.map(Line::Finding).collect();
        let sections = &sheet.form.sections;
        let filled = |field: &&Field| sheet.is_shown(&field.path) && !sheet.written(field).is_empty();
        for (at, section) in sections.iter().enumerate() {
            let beside = |near: Option<usize>| {
                let near = near.and_then(|near| sections.get(near));
                near.filter(|near| section.group.is_some() && near.group == section.group)
            };
            if beside(at.checked_sub(1)).is_some() {
                continue;
            }
            match beside(Some(at + 1)) {
                Some(next) => {
                    let pairs = section.fields.iter().zip(&next.fields);
                    let pairs = pairs.map(|(left, right)| [Some(left).filter(filled), Some(right).filter(filled)]);
                    lines.extend(pairs.filter(|pair| pair.iter().any(Option::is_some)).map(Line::Fields));
                }
                None => lines.extend(
                    section
                        .fields
                        .iter()
                        .filter(filled)
                        .map(|field| Line::Fields([Some(field), None])),
                ),
            }
        }
        lines
    }

    /// What can be done here.
    pub fn commands(&self, screen: &FormScreen, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let open = screen.sheet.open_points().len();
        let why = (open > 0).then(|| words::OPEN_POINTS.fill(lang, &[&open.to_string()]));
        let word = if shared.may(Permission::Register) {
            words::REGISTER
        } else {
            words::ACCEPT
        };
        vec![
            Command::named(Action::GoOn, word.say(lang)).unless(why),
            Command::usual(Action::Back, lang),
            screen.refusal(shared),
            Command::usual(Action::Walk, lang),
            Command::named(Action::Up, words::BACK.say(lang)),
        ]
    }

    /// The chosen finding in full, and how to go on.
    pub fn explain(&self, screen: &FormScreen, shared: &Shared) -> Vec<Note> {
        let lang = shared.lang;
        let mut notes = vec![];
        let lines = Self::lines(&screen.sheet);
        if let Some(Line::Finding(finding)) = lines.get(self.at) {
            notes.push(note(finding, shared));
            if let Some(reason) = screen.sheet.draft.confirm.get(&finding.rule) {
                notes.push(Note {
                    mark: "√",
                    text: words::CONFIRMED.fill(lang, &[reason]),
                });
            }
        }
        let open = screen.sheet.open_points().len();
        let said = match open {
            0 => words::CHECK_HELP.say(lang).to_owned(),
            open => format!(
                "{}  {}",
                words::OPEN_POINTS.fill(lang, &[&open.to_string()]),
                words::CHECK_HELP.say(lang)
            ),
        };
        notes.push(Note { mark: " ", text: said });
        notes
    }

    /// Draws it.
    pub fn view(&self, screen: &FormScreen, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let sheet = &screen.sheet;
        let lines = Self::lines(sheet);
        let labels = lines.iter().filter_map(|line| match line {
            Line::Fields([left, right]) => left.or(*right).map(|field| width(label(field, shared))),
            Line::Finding(_) => None,
        });
        let labels = labels.max().unwrap_or(LABEL).max(LABEL).min(area.width / 4);
        let half = area.width.saturating_sub(labels + 5) / 2;
        put(
            buf,
            area.x + 1,
            area.y,
            labels + 2,
            words::ON_PAPER.say(shared.lang),
            BOLD,
        );
        let heads = sheet.form.sections.iter().filter(|section| section.group.is_some());
        for (section, at) in heads.take(2).zip(0_u16..) {
            let x = area.x + 4 + labels + at * half;
            let title = shared.lang.of(&section.title, &section.title_en);
            put(buf, x, area.y, half, title, BOLD);
        }
        let rows = usize::from(area.height.saturating_sub(1));
        let first = first_of_page(self.at, lines.len(), rows);
        for ((at, line), y) in lines.iter().enumerate().skip(first).zip(area.y + 1..area.bottom()) {
            let style = if at == self.at { BAR } else { PLAIN };
            let (mark, text) = match line {
                Line::Finding(finding) => {
                    let done = sheet.draft.confirm.contains_key(&finding.rule);
                    let mark = match (finding.stops(), done) {
                        (true, true) => "√",
                        (true, false) => "!",
                        _ => ".",
                    };
                    (mark, note(finding, shared).text)
                }
                Line::Fields(pair) => (" ", self::pair(sheet, *pair, labels, half, shared)),
            };
            if at == self.at {
                put(buf, area.x, y, area.width, &" ".repeat(area.width.into()), style);
                put(buf, area.x, y, 1, ">", style);
            }
            put(
                buf,
                area.x + 1,
                y,
                2,
                mark,
                if at == self.at { BAR } else { of_mark(mark) },
            );
            put(buf, area.x + 3, y, area.width.saturating_sub(4), &text, style);
        }
        None
    }
}

/// Label and both values in columns.
fn pair(sheet: &Sheet, pair: [Option<&Field>; 2], labels: u16, half: u16, shared: &Shared) -> String {
    let name = pair
        .iter()
        .flatten()
        .next()
        .map(|field| label(field, shared))
        .unwrap_or_default();
    let value = |field: Option<&Field>| match field {
        Some(field) => {
            let shown = look::shown(sheet, field, &sheet.written(field), shared);
            format!("{shown}{}", look::rare(&shown))
        }
        None => String::new(),
    };
    let [left, right] = pair.map(value);
    format!("{} {}{}", pad(name, labels), pad(&left, half), right)
}

impl FormScreen {
    /// Commands of the check.
    pub(super) fn call_in_check(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::GoOn) => self.prove(shared, About::HandIn),
            Call::Action(Action::Back | Action::Up) => self.check = None,
            Call::Action(Action::Refuse) => self.refuse(shared),
            Call::Action(Action::Walk) => self.choose_open(),
            _ => {}
        }
    }

    /// Keys of the check: arrows walk, Enter confirms a finding or goes to a field.
    pub(super) fn key_in_check(&mut self, shared: &mut Shared, key: Key) {
        let lines = Check::lines(&self.sheet);
        let last = lines.len().saturating_sub(1);
        let Some(check) = &mut self.check else { return };
        match key {
            Key::Down | Key::Tab => check.at = (check.at + 1).min(last),
            Key::Up | Key::BackTab => check.at = check.at.saturating_sub(1),
            Key::PageDown => check.at = (check.at + 10).min(last),
            Key::PageUp => check.at = check.at.saturating_sub(10),
            Key::Enter | Key::Char(' ') => {
                let path = match lines.get(check.at) {
                    Some(Line::Finding(finding)) if finding.severity == Severity::Confirm => {
                        return confirm(finding, shared);
                    }
                    Some(Line::Finding(finding)) => finding.field.clone(),
                    Some(Line::Fields(pair)) => pair.iter().flatten().next().map(|field| field.path.clone()),
                    None => None,
                };
                if let Some(at) = path.and_then(|path| self.sheet.position(&path)) {
                    self.check = None;
                    self.sheet.go(at);
                }
            }
            _ => {}
        }
    }

    /// To the first point that is still open.
    pub(super) fn choose_open(&mut self) {
        let confirmed = &self.sheet.draft.confirm;
        let open = Check::lines(&self.sheet).iter().position(|line| match line {
            Line::Finding(finding) => finding.stops() && !confirmed.contains_key(&finding.rule),
            Line::Fields(_) => false,
        });
        if let (Some(check), Some(at)) = (&mut self.check, open) {
            check.at = at;
        }
    }
}

/// Asks for the reason with which a finding is confirmed.
pub(super) fn confirm(finding: &Finding, shared: &mut Shared) {
    let lang = shared.lang;
    let help = format!("{} {}", note(finding, shared).text, words::CONFIRM_HELP.say(lang));
    let about = About::Confirm(finding.rule.clone());
    let prompt = Prompt::new(about, words::CONFIRM_TITLE.say(lang), &help);
    shared.open(Overlay::Prompt(prompt.line(words::REASON.say(lang), "", true)));
}
