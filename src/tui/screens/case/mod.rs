//! A case (业务): its parts under digits, its papers to be printed again, its blanks to be replaced, its ID numbers whole
//! for a reason that is kept.

mod tabs;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::tabs::{Line, Tab};
use super::{Bill, Caret, Page, Screen};
use crate::desk::{CaseView, Permission, Problem};
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::labels::{self, Group};
use crate::tui::overlays::{About, Matter, Overlay, Pick, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{ChoiceLine, Reading};
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

    fn fetch(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask(Ask::Errand(Errand::Case(self.number.clone()))));
    }

    fn lines(&self, shared: &Shared) -> Vec<Line> {
        let view = self.view.as_ref();
        view.map(|view| tabs::lines(view, self.tab, shared.lang))
            .unwrap_or_default()
    }

    /// Serials under the certificate.
    fn blanks(&self) -> Vec<&str> {
        let certificate = self.view.as_ref().and_then(|view| view.certificate.as_ref());
        let both = certificate.map(|known| [&known.blank_first, &known.blank_second]);
        both.into_iter().flatten().flatten().map(String::as_str).collect()
    }

    /// The settlement of the case that stands.
    fn settlement(&self) -> Option<&str> {
        let settlements = self.view.iter().flat_map(|view| &view.settlements);
        let mut standing = settlements.filter(|known| known.state == "settled");
        standing.next().map(|known| known.number.as_str())
    }

    /// Commands of a settlement: what follows it, and voiding it.
    fn of_settlement(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let unless = |good: bool, word: words::Word| (!good).then(|| word.say(lang).to_owned());
        let may = |permission| unless(shared.may(permission), words::NOT_YOURS);
        let gone = || unless(self.settlement().is_some(), words::SETTLEMENT_VOID);
        vec![
            Command::named(Action::GoOn, words::FOLLOW.say(lang)).unless(may(Permission::Settle).or_else(gone)),
            Command::named(Action::Spoil, words::VOID_SETTLEMENT.say(lang))
                .unless(may(Permission::Approve).or_else(gone)),
        ]
    }

    /// Asks why the settlement is voided, or followed.
    fn ask_about_settlement(&self, shared: &mut Shared, void: bool) {
        let Some(number) = self.settlement().map(str::to_owned) else {
            return;
        };
        let (matter, title, help) = if void {
            (
                Matter::VoidSettlement(number),
                words::VOID_SETTLEMENT,
                words::VOID_SETTLEMENT_HELP,
            )
        } else {
            (Matter::Follow(number), words::FOLLOW, words::FOLLOW_HELP)
        };
        Self::ask_reason(
            shared,
            About::Matter(matter),
            title.say(shared.lang),
            help.say(shared.lang),
        );
    }

    fn replace(&self, shared: &mut Shared) {
        let line = |(n, serial): (usize, &&str)| ChoiceLine::new(serial, serial, &format!("{n} {serial}"));
        let lines = (1..).zip(&self.blanks()).map(line).collect();
        let title = words::WHICH_BLANK.say(shared.lang);
        shared.open(Overlay::Pick(Pick::new(
            About::Matter(Matter::WhichBlank),
            title,
            lines,
            "",
        )));
    }

    fn ask_reason(shared: &mut Shared, about: About, title: &str, help: &str) {
        let reason = words::REASON.say(shared.lang);
        shared.open(Overlay::Prompt(Prompt::new(about, title, help).line(reason, "", true)));
    }
}

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
        let blanks = unless(!self.blanks().is_empty(), words::NO_BLANKS);
        let mut commands: Vec<Command> = Tab::ALL
            .iter()
            .map(|(_, digit, word)| Command::letter(*digit, word.say(lang)))
            .collect();
        commands.extend([Command::named(Action::Same, words::UNMASK.say(lang))
            .unless(may(Permission::Unmask).or(unless(masked, words::UNMASKED_ALREADY)))]);
        if self.view.as_ref().is_some_and(|view| !view.settlements.is_empty()) {
            commands.extend(self.of_settlement(shared));
        } else {
            let replace = Command::named(Action::Spoil, words::REPLACE_BLANK.say(lang));
            commands.push(replace.unless(may(Permission::Spoil).or(blanks)));
        }
        commands.push(Command::usual(Action::Up, lang));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        let lang = shared.lang;
        match call {
            Call::Letter(letter) => {
                let chosen = Tab::ALL.iter().find(|(_, digit, _)| *digit == letter);
                if let Some((tab, ..)) = chosen {
                    (self.tab, self.at) = (*tab, Reading::default());
                }
            }
            Call::Action(Action::Same) => {
                let about = About::Matter(Matter::Unmask);
                Self::ask_reason(shared, about, words::UNMASK.say(lang), words::UNMASK_HELP.say(lang));
            }
            Call::Action(Action::GoOn) => self.ask_about_settlement(shared, false),
            Call::Action(Action::Spoil) if self.settlement().is_some() => self.ask_about_settlement(shared, true),
            Call::Action(Action::Spoil) => self.replace(shared),
            Call::Action(_) => shared.wish(Wish::Up),
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        let count = self.lines(shared).len();
        self.at.key(key, count);
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        let said = told.texts.into_iter().next().unwrap_or_default();
        match told.about {
            About::Matter(Matter::Unmask) => {
                let case = self.number.clone();
                self.asked = Some(shared.ask(Ask::Errand(Errand::Unmask { case, reason: said })));
            }
            About::Matter(Matter::WhichBlank) => {
                let title = words::SPOIL_TITLE.fill(shared.lang, &[&said]);
                let help = words::SPOIL_HELP.say(shared.lang);
                Self::ask_reason(shared, About::Spoil(said), &title, help);
            }
            About::Matter(Matter::VoidSettlement(number)) => {
                let case = self.number.clone();
                let errand = Errand::VoidSettlement {
                    case,
                    number,
                    reason: said,
                };
                self.asked = Some(shared.ask(Ask::Errand(errand)));
            }
            About::Matter(Matter::Follow(number)) => {
                shared.ask_and_wait(Ask::Errand(Errand::Follow { number, reason: said }));
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
            Ok(Reply::Brought(Brought::Case(view))) if self.asked == Some(ticket) => self.view = Some(*view),
            Ok(Reply::Draft(draft)) => {
                let bill = Bill::new(draft, shared);
                shared.push(Screen::Bill(Box::new(bill)));
            }
            Ok(Reply::Replaced(replaced)) => {
                let said = words::REPLACED.fill(shared.lang, &[&replaced.serial]);
                self.fetch(shared);
                shared.tell("√", said);
            }
            Ok(_) => {}
            Err(problem) => shared.tell_problem(&problem),
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let plain = |text: String| Note { mark: " ", text };
        let mut lines = self.lines(shared);
        let at = self.at.at(lines.len());
        let chosen = (at < lines.len()).then(|| lines.swap_remove(at).whole);
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
        for (tab, digit, word) in Tab::ALL {
            let here = tab == self.tab;
            let count = tabs::lines(view, tab, lang).len();
            let text = format!("{digit} {} {count}", word.say(lang));
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
