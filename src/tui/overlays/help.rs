//! Help (F1): the screen's explanation in full, its keys with their twins, and how fields are typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Then;
use crate::tui::cells::{centred, put, window};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, names_of};
use crate::tui::screens::{Caret, Page};
use crate::tui::state::Shared;
use crate::tui::theme::PLAIN;
use crate::tui::words;
use crate::tui::wrap::wrap;

/// The help of one screen.
#[derive(Debug)]
pub struct Help {
    paragraphs: Vec<String>,
    first: usize,
}

impl Help {
    /// Of a screen as it stands now.
    pub fn of(page: &dyn Page, shared: &Shared) -> Self {
        let lang = shared.lang;
        let mut paragraphs: Vec<String> = page.explain(shared).into_iter().map(|note| note.text).collect();
        paragraphs.push(String::new());
        for command in page.commands(shared) {
            let key = match command.call {
                Call::Action(action) => names_of(action),
                Call::Letter(letter) => letter.to_string(),
            };
            let why = command.why_not.map(|why| format!("  ({why})")).unwrap_or_default();
            paragraphs.push(format!("{key:<8}{}{why}", command.label));
        }
        let always = [
            (Action::Help, words::HELP),
            (Action::Commands, words::COMMANDS),
            (Action::Language, words::LANGUAGE),
        ];
        paragraphs.extend(always.map(|(action, word)| format!("{:<8}{}", names_of(action), word.say(lang))));
        paragraphs.push(String::new());
        paragraphs.push(format!("Enter   {}", words::KEY_ENTER.say(lang)));
        paragraphs.push(format!("Tab     {}", words::KEY_TAB.say(lang)));
        paragraphs.push(format!("^U      {}", words::KEY_EMPTY.say(lang)));
        let rest = [
            words::KEY_FULL,
            words::KEY_LOCK,
            words::KEY_CODE_POINT,
            words::KEY_SIGNS,
            words::KEY_TWINS,
        ];
        paragraphs.extend(rest.map(|word| word.say(lang).to_owned()));
        Self { paragraphs, first: 0 }
    }

    /// Arrows scroll, anything else closes.
    pub fn key(&mut self, key: Key) -> Then {
        match key {
            Key::Down => self.first += 1,
            Key::Up => self.first = self.first.saturating_sub(1),
            Key::PageDown => self.first += 10,
            Key::PageUp => self.first = self.first.saturating_sub(10),
            _ => return Then::Close,
        }
        Then::Stay
    }

    /// Draws it.
    pub fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let wide = centred(area, 72, area.height.saturating_sub(2));
        let inner = window(buf, wide, words::HELP.say(shared.lang), PLAIN);
        let lines = self.paragraphs.iter().flat_map(|text| match wrap(text, inner.width) {
            lines if lines.is_empty() => vec![String::new()],
            lines => lines,
        });
        let lines: Vec<String> = lines.collect();
        let first = self.first.min(lines.len().saturating_sub(inner.height.into()));
        for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(first)) {
            put(buf, inner.x, y, inner.width, line, PLAIN);
        }
        None
    }
}
