//! A case (业务): its parts under digits, its papers to be printed again, its blanks to be replaced, its ID numbers whole
//! for a reason that is kept.

mod papers;
mod settlement;
mod tabs;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::tabs::{Line, Tab};
use super::{Bill, Caret, Page, Screen, places};
use crate::desk::{CaseView, Permission, Problem};
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::labels::{self, Group};
use crate::tui::overlays::{About, Matter, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::Reading;
use crate::tui::words;

/// The case screen.
#[derive(Debug)]
pub struct Case {
    number: String,
    view: Option<CaseView>,
    asked: Option<Ticket>,
    tab: Tab,
    at: Reading,
}

impl Case {
    /// Of a case, certificate or slip number.
    pub fn new(number: &str) -> Self {
        Self {
            number: number.to_owned(),
            view: None,
            asked: None,
            tab: Tab::default(),
            at: Reading::default(),
        }
    }

    /// What is typed before the case is first seen waits for it.
    fn fetch(&mut self, shared: &mut Shared) {
        let ask = Ask::Errand(Errand::Case(self.number.clone()));
        self.asked = Some(match self.view {
            Some(_) => shared.ask(ask),
            None => shared.ask_and_wait(ask),
        });
    }

    fn lines(&self, shared: &Shared) -> Vec<Line> {
        let view = self.view.as_ref();
        view.map(|view| tabs::lines(view, self.tab, shared)).unwrap_or_default()
    }

    fn ask_reason(shared: &mut Shared, about: About, title: &str, help: &str) {
        let reason = words::REASON.say(shared.lang);
        shared.open(Overlay::Prompt(Prompt::new(about, title, help).line(reason, "", true)));
    }
}

/// The key that asks for whole ID numbers.
const UNMASK: char = 'v';

impl Page for Case {
    fn title(&self, shared: &Shared) -> String {
        let title = self
            .view
            .as_ref()
            .map(|view| shared.lang.of(&view.title, &view.title_en));
        let number = self.view.as_ref().map_or(&self.number, |view| &view.case);
        format!("{}  {number}", title.unwrap_or_else(|| words::CASE.say(shared.lang)))
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let unless = |good: bool, word: words::Word| (!good).then(|| word.say(lang).to_owned());
        let may = |permission| unless(shared.may(permission), words::NOT_YOURS);
        let masked = self.view.as_ref().is_some_and(|view| view.masked);
        let papers = unless(!self.documents().is_empty(), words::NO_PAPERS);
        let blanks = unless(!self.blanks().is_empty(), words::NO_BLANKS);
        let mut commands = vec![
            Command::letter(UNMASK, words::UNMASK.say(lang))
                .unless(may(Permission::Unmask).or(unless(masked, words::UNMASKED_ALREADY))),
            Command::usual(Action::Print, lang).unless(may(Permission::Print).or(papers)),
        ];
        if self.is_settled() {
            commands.extend(self.of_settlement(shared));
        } else {
            let replace = Command::named(Action::Spoil, words::REPLACE_BLANK.say(lang));
            commands.push(replace.unless(may(Permission::Spoil).or(blanks)));
        }
        commands.push(Command::usual(Action::Up, lang));
        commands.extend(places::find(shared));
        let tabs = self.view.iter().flat_map(Tab::of);
        commands.extend(tabs.map(|(_, digit, word)| Command::letter(digit, word.say(lang))));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        let lang = shared.lang;
        match call {
            Call::Letter(UNMASK) => {
                let about = About::Matter(Matter::Unmask);
                Self::ask_reason(shared, about, words::UNMASK.say(lang), words::UNMASK_HELP.say(lang));
            }
            Call::Letter(letter) => {
                let chosen = Tab::ALL.iter().find(|(_, digit, _)| *digit == letter);
                if let Some((tab, ..)) = chosen {
                    (self.tab, self.at) = (*tab, Reading::default());
                }
            }
            Call::Action(Action::Print) => self.print(shared),
            Call::Action(Action::GoOn) => self.ask_about_settlement(shared, false),
            Call::Action(Action::Spoil) if self.is_settled() => self.ask_about_settlement(shared, true),
            Call::Action(Action::Spoil) => self.replace(shared),
            call if places::go(shared, call) => {}
            Call::Action(_) => shared.wish(Wish::Up),
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        let count = self.lines(shared).len();
        if key == Key::Enter && self.tab == Tab::Papers {
            self.print(shared);
        } else {
            self.at.key(key, count);
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        if super::printing::told(shared, &told).is_some() {
            return self.fetch(shared);
        }
        let said = told.texts.into_iter().next().unwrap_or_default();
        match told.about {
            About::Matter(Matter::Unmask) => {
                let case = self.number.clone();
                self.asked = Some(shared.ask(Ask::Errand(Errand::Unmask { case, reason: said })));
            }
            About::Matter(Matter::Paper) => {
                let chosen = self.document(&said);
                chosen
                    .into_iter()
                    .for_each(|document| Self::print_one(shared, document));
            }
            About::Matter(Matter::WhichBlank) => self.ask_why_spoiled(shared, said),
            About::Matter(Matter::VoidSettlement(number)) => {
                let errand = Errand::VoidSettlement {
                    case: self.number.clone(),
                    number,
                    reason: said,
                };
                self.asked = Some(shared.ask(Ask::Errand(errand)));
            }
            About::Matter(Matter::Follow(number)) => {
                shared.ask_and_wait(Ask::Errand(Errand::Follow { number, reason: said }));
            }
            About::Copy(document) => {
                let documents = vec![document];
                shared.ask(Ask::Print {
                    documents,
                    reason: said,
                });
            }
            About::Spoil(serial) => {
                let case = self.view.as_ref().map(|view| view.case.clone()).unwrap_or_default();
                shared.ask(Ask::ReplaceBlank {
                    case,
                    serial,
                    reason: said,
                });
            }
            _ => {}
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.fetch(shared);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Brought(Brought::Case(view))) if self.asked == Some(ticket) => {
                if self.view.is_none() && !view.settlements.is_empty() {
                    self.tab = Tab::Bills;
                }
                self.view = Some(*view);
            }
            Ok(Reply::Draft(draft)) => {
                let bill = Bill::new(draft, shared);
                shared.push(Screen::Bill(Box::new(bill)));
            }
            Ok(Reply::Replaced(replaced)) => {
                let said = words::REPLACED.fill(shared.lang, &[&replaced.serial]);
                self.fetch(shared);
                shared.tell("√", said);
            }
            Ok(Reply::Printed(printed)) => {
                self.fetch(shared);
                super::printing::tell(shared, &printed);
            }
            Ok(_) => {}
            Err(problem) => {
                if self.asked != Some(ticket) {
                    self.fetch(shared);
                }
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let plain = |text: String| Note { mark: " ", text };
        let mut lines = self.lines(shared);
        let at = self.at.at(lines.len());
        let chosen = (at < lines.len()).then(|| lines.swap_remove(at).whole);
        let chosen = chosen.filter(|whole| !whole.is_empty());
        let help = match self.tab {
            Tab::Papers => words::CASE_PAPERS_HELP,
            _ => words::CASE_HELP,
        };
        let help = help.say(shared.lang).to_owned();
        chosen.into_iter().chain([help]).map(plain).collect()
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let view = self.view.as_ref()?;
        let lang = shared.lang;
        let room = area.width.saturating_sub(2);
        let rows = [head(view, shared), certificate(view, shared)];
        let mut y = area.y;
        for text in rows.iter().filter(|text| !text.is_empty()) {
            put(buf, area.x + 1, y, room, text, PLAIN);
            y += 1;
        }
        let mut x = area.x + 1;
        for (tab, digit, word) in Tab::of(view) {
            let here = tab == self.tab;
            let count = match tab {
                Tab::Findings => format!(" {}", view.findings.len()),
                Tab::Papers => format!(" {}", view.documents.len()),
                _ => String::new(),
            };
            let text = format!("{digit} {}{count}", word.say(lang));
            let text = if here { format!("[{text}]") } else { format!(" {text} ") };
            x = put(
                buf,
                x,
                y,
                area.right().saturating_sub(x),
                &text,
                if here { BOLD } else { PLAIN },
            ) + 1;
        }
        let lines = self.lines(shared);
        let low = Rect {
            y: y + 1,
            height: area.bottom().saturating_sub(y + 1),
            ..area
        };
        if lines.is_empty() {
            put(buf, low.x + 2, low.y, room, words::NOTHING_HERE.say(lang), PLAIN);
        }
        let shown: Vec<_> = lines.into_iter().map(|line| (line.row, line.style)).collect();
        self.at.view(buf, low, &shown);
        None
    }
}

/// How the case stands.
fn head(view: &CaseView, shared: &Shared) -> String {
    let lang = shared.lang;
    let state = labels::of(lang, Group::State, &view.state);
    let outcome = labels::of(lang, Group::Outcome, &view.outcome);
    let day = words::CASE_DAY.fill(lang, &[&view.day.to_string()]);
    let masked = if view.masked { "" } else { words::UNMASKED.say(lang) };
    [&day, state, outcome, masked]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// Its certificate, its blanks, and what the province said.
fn certificate(view: &CaseView, shared: &Shared) -> String {
    let lang = shared.lang;
    let Some(known) = &view.certificate else {
        return String::new();
    };
    let state = labels::of(lang, Group::State, &known.state);
    // A voucher is the registry's own: there is nothing for the province to confirm.
    let province = match view.settlements.is_empty() {
        true => labels::of(lang, Group::Confirmation, &known.confirmation),
        false => "",
    };
    let blanks = [&known.blank_first, &known.blank_second];
    let blanks = blanks
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let blanks = match blanks.is_empty() {
        true => String::new(),
        false => format!("  {} {blanks}", words::SERIALS.say(lang)),
    };
    format!(
        "{} {}  {state}  {province}{blanks}",
        words::NUMBER.say(lang),
        known.number
    )
}
