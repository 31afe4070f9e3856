//! Settings (设置): what an administrator decides for the registry and for this desk, each with what it may be.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page};
use crate::desk::{Permission, Problem, SettingLine};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Matter, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::PLAIN;
use crate::tui::widgets::{Reading, columns};
use crate::tui::words::{self, Lang};

/// Widths of the columns: what it is, its value, its key.
const WIDTHS: [u16; 3] = [26, 24, 24];

/// The screen of settings.
#[derive(Debug, Default)]
pub struct Settings {
    lines: Vec<SettingLine>,
    at: Reading,
    asked: Option<Ticket>,
    /// What was asked to be changed, and what was typed for it, until it is done.
    doing: Option<(Ticket, String, String)>,
}

impl Settings {
    fn chosen(&self) -> Option<&SettingLine> {
        self.lines.get(self.at.at(self.lines.len()))
    }

    /// Asks for a setting's value; what was typed before stands in it.
    fn ask(shared: &mut Shared, line: &SettingLine, typed: &str) {
        let lang = shared.lang;
        let about = About::Matter(Matter::Setting(line.key.clone()));
        let help = words::SETTING_HELP.fill(lang, &[line.expected, default_of(lang, line)]);
        let [zh, en] = line.title;
        let prompt = Prompt::new(about, &format!("{}  {}", lang.of(zh, en), line.key), &help);
        shared.open(Overlay::Prompt(prompt.line(
            words::SETTING_VALUE.say(lang),
            typed,
            !line.default.is_empty(),
        )));
    }
}

fn default_of(lang: Lang, line: &SettingLine) -> &'static str {
    match line.default {
        "" => words::SETTING_EMPTY.say(lang),
        default => default,
    }
}

fn row(lang: Lang, line: &SettingLine) -> String {
    let [zh, en] = line.title;
    let value = match line.value.as_str() {
        "" => words::SETTING_EMPTY.say(lang),
        value => value,
    };
    let [title, shown, key] = WIDTHS;
    columns(&[(lang.of(zh, en), title), (value, shown), (&line.key, key)])
}

impl Page for Settings {
    fn title(&self, shared: &Shared) -> String {
        words::SETTINGS.say(shared.lang).to_owned()
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let may = (!shared.may(Permission::Settings)).then(|| words::NOT_YOURS.say(lang).to_owned());
        vec![
            Command::named(Action::Override, words::CHANGE_SETTING.say(lang)).unless(may),
            Command::usual(Action::Up, lang),
        ]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match (call, self.chosen()) {
            (Call::Action(Action::Override), Some(line)) => Self::ask(shared, line, &line.value),
            (Call::Action(Action::Up), _) => shared.wish(Wish::Up),
            _ => {}
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match (key, self.chosen()) {
            (Key::Enter, Some(line)) if shared.may(Permission::Settings) => Self::ask(shared, line, &line.value),
            (key, _) => drop(self.at.key(key, self.lines.len())),
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        let About::Matter(Matter::Setting(key)) = told.about else {
            return;
        };
        let value = told.texts.into_iter().next().unwrap_or_default();
        let ticket = shared.ask_and_wait(Ask::Errand(Errand::SetSetting {
            key: key.clone(),
            value: value.clone(),
        }));
        self.doing = Some((ticket, key, value));
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask_and_wait(Ask::Errand(Errand::Settings)));
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        let done = self.doing.take_if(|(known, ..)| *known == ticket);
        match reply {
            Ok(Reply::Brought(Brought::Settings { lines, profile, desk }))
                if done.is_some() || self.asked == Some(ticket) =>
            {
                self.lines = lines;
                (shared.profile, shared.desk) = (*profile, desk);
                if done.is_some() {
                    shared.tell("√", words::DONE.say(shared.lang));
                }
            }
            Ok(_) => {}
            Err(problem) => {
                if let Some((_, key, typed)) = &done {
                    let line = self.lines.iter().find(|line| line.key == *key);
                    line.into_iter().for_each(|line| Self::ask(shared, line, typed));
                }
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let lang = shared.lang;
        let plain = |text: String| Note { mark: " ", text };
        let about = self.chosen().map(|line| {
            let said = words::SETTING_HELP.fill(lang, &[line.expected, default_of(lang, line)]);
            format!("{}  {said}", line.key)
        });
        let help = words::SETTINGS_HELP.say(lang).to_owned();
        about.into_iter().chain([help]).map(plain).collect()
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let body = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        let rows: Vec<_> = self.lines.iter().map(|line| (row(shared.lang, line), PLAIN)).collect();
        self.at.view(buf, body, &rows);
        None
    }
}
