//! A list of values (F4): narrowed by digits, characters, pinyin or initials; Enter takes the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{About, Then, Told};
use crate::tui::cells::{centred, put, width, window};
use crate::tui::event::Key;
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::theme::PLAIN;
use crate::tui::widgets::{Choice, ChoiceLine, line, row};
use crate::tui::words;
use crate::tui::wrap::wrap;

/// Rows that PageDown passes.
pub const ROWS: usize = 10;

/// A list to choose from.
#[derive(Debug)]
pub struct Pick {
    about: About,
    title: String,
    choice: Choice,
}

impl Pick {
    /// For a field, narrowed by what was typed in it already.
    pub fn new(about: About, title: &str, lines: Vec<ChoiceLine>, typed: &str) -> Self {
        Self {
            about,
            title: title.to_owned(),
            choice: Choice::new(lines, typed),
        }
    }

    /// With the line of a value chosen to begin with.
    #[must_use]
    pub fn at(mut self, value: &str) -> Self {
        self.choice.choose(value);
        self
    }

    /// Enter takes the chosen line.
    pub fn key(&mut self, key: Key) -> Then {
        match (key, self.choice.chosen()) {
            (Key::Enter, Some(chosen)) => Then::Tell(Told {
                about: self.about.clone(),
                texts: vec![chosen.value.clone()],
            }),
            (Key::Enter, None) => Then::Stay,
            _ => {
                self.choice.key(key, ROWS);
                Then::Stay
            }
        }
    }

    /// Narrows by a paste.
    pub fn text(&mut self, text: &str, typed: usize) {
        self.choice.text(text, typed);
    }

    /// Draws it.
    pub fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        draw(&self.choice, &self.title, shared, buf, area)
    }
}

/// Draws a list with the line that narrows it.
pub fn draw(choice: &Choice, title: &str, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let inner = window(buf, centred(area, 56, 16), title, PLAIN);
    let field = Rect::new(inner.x, inner.y, inner.width, 1);
    let caret = line(buf, field, choice.query(), true);
    // A line that is cut can be read whole before it is taken.
    let whole = choice
        .chosen()
        .map(|line| line.label.as_str())
        .filter(|label| width(label) > inner.width.saturating_sub(2));
    let lines = whole.map_or(vec![], |label| wrap(label, inner.width));
    let help = inner
        .bottom()
        .saturating_sub(u16::try_from(lines.len()).unwrap_or(1).max(1));
    let rows = help.saturating_sub(inner.y + 1);
    let mut any = false;
    for (y, (text, chosen)) in (inner.y + 1..help).zip(choice.shown(rows.into())) {
        row(buf, Rect::new(inner.x, y, inner.width, 1), text, chosen);
        any = true;
    }
    let said = if any { words::CHOOSE_HELP } else { words::NO_MATCH };
    put(buf, inner.x, help, inner.width, said.say(shared.lang), PLAIN);
    for (y, text) in (help..inner.bottom()).zip(&lines) {
        put(buf, inner.x, y, inner.width, &" ".repeat(inner.width.into()), PLAIN);
        put(buf, inner.x, y, inner.width, text, PLAIN);
    }
    caret
}
