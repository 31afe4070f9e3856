//! Commands (F10): everything the screen can do now, found by pinyin, initials or a part of its name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Then, pick};
use crate::tui::event::Key;
use crate::tui::keys::{Call, Command};
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::widgets::{Choice, ChoiceLine};
use crate::tui::words;

/// The commands of one screen.
#[derive(Debug)]
pub struct Palette {
    calls: Vec<Call>,
    choice: Choice,
}

impl Palette {
    /// Of these commands.
    pub fn new(commands: Vec<Command>) -> Self {
        let line = |(at, command): (usize, &Command)| {
            let why = command
                .why_not
                .as_ref()
                .map(|why| format!("  ({why})"))
                .unwrap_or_default();
            let label = format!("{:<4}{}{why}", command.key_name(), command.label);
            ChoiceLine::new(&at.to_string(), &command.label, &label)
        };
        Self {
            choice: Choice::new(commands.iter().enumerate().map(line).collect(), ""),
            calls: commands.into_iter().map(|command| command.call).collect(),
        }
    }

    /// Enter calls the chosen one.
    pub fn key(&mut self, _: &mut Shared, key: Key) -> Then {
        if key != Key::Enter {
            self.choice.key(key, pick::ROWS);
            return Then::Stay;
        }
        let chosen = self.choice.chosen().and_then(|line| line.value.parse::<usize>().ok());
        match chosen.and_then(|at| self.calls.get(at)) {
            Some(call) => Then::Call(*call),
            None => Then::Stay,
        }
    }

    /// Narrows by a paste.
    pub fn text(&mut self, text: &str, typed: usize) {
        self.choice.text(text, typed);
    }

    /// Draws it.
    pub fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        pick::draw(&self.choice, words::COMMAND_TITLE.say(shared.lang), shared, buf, area)
    }
}
