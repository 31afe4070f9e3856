//! The question before an act that cannot be taken back: the last four characters of an ID number. Keys that came
//! before it was painted do not count; the loop turns those away.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{About, Then, Told};
use crate::tui::cells::{centred, put, window};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::theme::PLAIN;
use crate::tui::widgets::line;
use crate::tui::words;
use crate::tui::wrap::wrap;

/// How many characters are asked for.
const COUNT: usize = 4;

/// A question that proves that the person looked.
#[derive(Debug)]
pub struct Proof {
    /// Which question it is, so that the loop knows when this one was painted.
    pub number: u64,
    about: About,
    title: String,
    /// What will be done, and on what grounds.
    said: Vec<String>,
    help: String,
    expected: String,
    input: Input,
}

impl Proof {
    /// Before an act on a person with this ID number.
    pub fn new(number: u64, about: About, title: &str, help: &str, id_no: &str) -> Self {
        let skip = id_no.chars().count().saturating_sub(COUNT);
        Self {
            number,
            about,
            title: title.to_owned(),
            said: vec![],
            help: help.to_owned(),
            expected: id_no.chars().skip(skip).collect(),
            input: Input::new("", Some(COUNT)),
        }
    }

    /// With what must be read before it is answered.
    #[must_use]
    pub fn saying(mut self, said: Vec<String>) -> Self {
        self.said = said;
        self
    }

    /// The fourth right character answers; no Enter is needed.
    pub fn key(&mut self, shared: &mut Shared, key: Key) -> Then {
        if key == Key::Enter || !self.input.key(key) || self.input.text().chars().count() < COUNT {
            return Then::Stay;
        }
        if self.input.text().eq_ignore_ascii_case(&self.expected) {
            return Then::Tell(Told {
                about: self.about.clone(),
                texts: vec![],
            });
        }
        self.input = Input::new("", Some(COUNT));
        shared.tell("!", words::NOT_THOSE.say(shared.lang));
        Then::Stay
    }

    /// A burst is no answer; what came of it as a key is taken back.
    pub fn text(&mut self, typed: usize) {
        self.input.take_back(typed);
    }

    /// Draws it.
    pub fn view(&self, _: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let wide = if self.said.is_empty() { 56 } else { 72 };
        let room = area.width.min(wide).saturating_sub(4);
        let said = self.said.iter().flat_map(|text| wrap(text, room));
        let mut lines: Vec<String> = said.collect();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&self.help, room));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(3).saturating_add(4);
        let inner = window(buf, centred(area, wide, height), &self.title, PLAIN);
        let low = inner.bottom().saturating_sub(1);
        for (y, text) in (inner.y..low).zip(&lines) {
            put(buf, inner.x, y, inner.width, text, PLAIN);
        }
        line(buf, Rect::new(inner.x, low, 6, 1), &self.input, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing;

    #[test]
    fn only_the_right_four_answer_and_a_reader_cannot() {
        let mut state = testing::state();
        let mut proof = Proof::new(1, About::HandIn, "t", "h", "33052119900307001X");
        for c in "0017".chars() {
            assert_eq!(proof.key(&mut state.shared, Key::Char(c)), Then::Stay);
        }
        assert!(state.shared.note.is_some());
        assert_eq!(proof.key(&mut state.shared, Key::Enter), Then::Stay);
        let answers: Vec<Then> = "001x"
            .chars()
            .map(|c| proof.key(&mut state.shared, Key::Char(c)))
            .collect();
        let told = Told {
            about: About::HandIn,
            texts: vec![],
        };
        assert_eq!(answers.last(), Some(&Then::Tell(told)));
    }
}
