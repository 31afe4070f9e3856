//! The day (日结): everything that was done on it, which blanks are left, where the audit chain stands; as a paper too.

mod lines;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Caret, Page, places, printing};
use crate::desk::{DayView, Permission, Problem};
use crate::domain::date::parse_typed;
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Matter, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::PLAIN;
use crate::tui::widgets::Reading;
use crate::tui::words::{self, Lang};

/// The letter that asks for a date.
const GO_TO: char = 'd';

/// The letter that asks for the days of a payment list.
const PAY: char = 'p';

/// The day screen.
#[derive(Debug)]
pub struct Day {
    day: NaiveDate,
    view: Option<DayView>,
    asked: Option<Ticket>,
    at: Reading,
}

impl Day {
    /// Of a day.
    pub fn new(day: NaiveDate) -> Self {
        Self {
            day,
            view: None,
            asked: None,
            at: Reading::default(),
        }
    }

    fn go(&mut self, shared: &mut Shared, day: Option<NaiveDate>) {
        if let Some(day) = day.filter(|day| *day <= shared.now.date()) {
            self.day = day;
            self.fetch(shared);
        } else {
            shared.tell("!", words::NO_SUCH_DAY.say(shared.lang));
        }
    }

    /// From which day to which; the month of the day that is seen, as far as it has come.
    fn ask_payments(&self, shared: &mut Shared) {
        let lang = shared.lang;
        let about = About::Matter(Matter::Payments);
        let first = self.day.with_day(1).unwrap_or(self.day).to_string();
        let prompt = Prompt::new(about, words::PAYMENTS.say(lang), words::PAYMENTS_HELP.say(lang));
        let prompt = prompt.line(words::PAYMENTS_FROM.say(lang), &first, true);
        let prompt = prompt.line(words::PAYMENTS_TO.say(lang), &self.day.to_string(), true);
        shared.open(Overlay::Prompt(prompt));
    }

    fn fetch(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask(Ask::Errand(Errand::Day(self.day))));
    }

    fn lines(&self, lang: Lang) -> Vec<(String, Style)> {
        self.view
            .as_ref()
            .map(|view| lines::lines(view, lang))
            .unwrap_or_default()
    }
}

impl Page for Day {
    fn title(&self, shared: &Shared) -> String {
        format!("{}  {}", words::DAY.say(shared.lang), self.day)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let may = (!shared.may(Permission::Print)).then(|| words::NOT_YOURS.say(lang).to_owned());
        let pay = (!shared.may(Permission::Approve)).then(|| words::NOT_YOURS.say(lang).to_owned());
        let mut commands = vec![
            Command::named(Action::Print, words::DAY_SHEET.say(lang)).unless(may),
            Command::named(Action::Back, words::DAY_BEFORE.say(lang)),
            Command::named(Action::GoOn, words::DAY_AFTER.say(lang)),
            Command::letter(GO_TO, words::GO_TO_DAY.say(lang)),
            Command::letter(PAY, words::PAYMENTS.say(lang)).unless(pay),
            Command::usual(Action::Up, lang),
        ];
        commands.extend(places::find(shared));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::Print) => {
                shared.ask(Ask::Errand(Errand::DaySheet(self.day)));
            }
            Call::Action(Action::Back) => self.go(shared, self.day.checked_sub_days(Days::new(1))),
            Call::Action(Action::GoOn) => self.go(shared, self.day.checked_add_days(Days::new(1))),
            call if places::go(shared, call) => {}
            Call::Action(_) => shared.wish(Wish::Up),
            Call::Letter(PAY) => self.ask_payments(shared),
            Call::Letter(_) => {
                let title = words::GO_TO_DAY.say(shared.lang);
                let help = words::GO_TO_DAY_HELP.say(shared.lang);
                let prompt = Prompt::new(About::Matter(Matter::Day), title, help);
                shared.open(Overlay::Prompt(prompt.line(title, "", true)));
            }
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match key {
            Key::Left => self.go(shared, self.day.checked_sub_days(Days::new(1))),
            Key::Right => self.go(shared, self.day.checked_add_days(Days::new(1))),
            key => {
                let count = self.lines(shared.lang).len();
                self.at.key(key, count);
            }
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        if printing::told(shared, &told).is_some() {
            return;
        }
        let today = shared.now.date();
        let mut days = told
            .texts
            .iter()
            .map(|typed| parse_typed(typed, today).ok().and_then(|day| day.day()));
        let first = days.next().flatten();
        match (told.about, first, days.next().flatten()) {
            (About::Matter(Matter::Payments), Some(from), Some(to)) => {
                shared.ask_and_wait(Ask::Errand(Errand::PaymentList(from, to)));
            }
            (About::Matter(Matter::Payments), ..) => shared.tell("!", words::NO_SUCH_DAY.say(shared.lang)),
            _ => self.go(shared, first),
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.fetch(shared);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Brought(Brought::Day(view))) if self.asked == Some(ticket) => self.view = Some(*view),
            Ok(Reply::Brought(Brought::Sheet(sheet))) => {
                let documents = vec![sheet.id];
                let reason = String::new();
                shared.ask(Ask::Print { documents, reason });
            }
            Ok(Reply::Printed(printed)) => {
                self.fetch(shared);
                printing::tell(shared, &printed);
            }
            Ok(_) => {}
            Err(problem) => shared.tell_problem(&problem),
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let plain = |text: String| Note { mark: " ", text };
        let mut lines = self.lines(shared.lang);
        let at = self.at.at(lines.len());
        let chosen = (at > 0 && at < lines.len()).then(|| lines.swap_remove(at).0.trim().to_owned());
        let help = words::DAY_HELP.say(shared.lang).to_owned();
        chosen.into_iter().chain([help]).map(plain).collect()
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let Some(view) = &self.view else { return None };
        if view.day != self.day {
            put(
                buf,
                area.x + 2,
                area.y,
                area.width.saturating_sub(2),
                words::WAIT.say(shared.lang),
                PLAIN,
            );
            return None;
        }
        self.at.view(buf, area, &self.lines(shared.lang));
        None
    }
}
