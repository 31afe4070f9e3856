//! One line of text: edited by grapheme, scrolled by cell, no selection.

use unicode_segmentation::UnicodeSegmentation;

use super::cells::{cells, cut, width};
use super::event::Key;
use crate::domain::text;

/// An input line.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte offset, always between two graphemes.
    caret: usize,
    /// Most graphemes.
    max: Option<usize>,
}

impl Input {
    /// A line with a text, the caret behind it.
    pub fn new(text: &str, max: Option<usize>) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            max,
        }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes an editing key; whether it was one.
    pub fn key(&mut self, key: Key) -> bool {
        let (before, after) = (self.before(), self.after());
        match key {
            Key::Char(' ') if self.code_point() => {}
            Key::Char(c) => drop(self.insert(c.encode_utf8(&mut [0; 4]))),
            Key::Left => self.caret = before,
            Key::Right => self.caret = after,
            Key::Home => self.caret = 0,
            Key::End => self.caret = self.text.len(),
            Key::Backspace => {
                self.text.drain(before..self.caret);
                self.caret = before;
            }
            Key::Delete => drop(self.text.drain(self.caret..after)),
            Key::Ctrl('u') => {
                self.text.drain(..self.caret);
                self.caret = 0;
            }
            _ => return false,
        }
        true
    }

    /// Takes a paste whose first `typed` characters came as keys before; what was dropped from it.
    pub fn paste(&mut self, pasted: &str, typed: usize) -> Vec<char> {
        self.take_back(typed);
        self.insert(pasted.trim_matches(['\r', '\n']))
    }

    /// Takes back so many characters before the caret.
    pub fn take_back(&mut self, count: usize) {
        for _ in 0..count {
            self.key(Key::Backspace);
        }
    }

    /// Puts cleaned text at the caret; what was dropped from it. Lines become blanks.
    fn insert(&mut self, given: &str) -> Vec<char> {
        let spaced = given.replace(['\n', '\t', '\u{A0}', '\u{2028}', '\u{2029}'], " ");
        let cleaned = text::clean(&spaced);
        let head = self.text.get(..self.caret).unwrap_or_default();
        let mut fresh = cleaned.text;
        if let Some(max) = self.max {
            let room = max.saturating_sub(text::graphemes(&self.text));
            // A mark or variation selector joins the character before it: it needs no room.
            let joins = text::graphemes(&format!("{head}{fresh}")) == text::graphemes(head);
            if !joins {
                fresh = fresh.graphemes(true).take(room).collect();
            }
        }
        self.text.insert_str(self.caret, &fresh);
        self.caret += fresh.len();
        self.snap();
        cleaned.dropped
    }

    /// `U+20BB7` before the caret becomes 𠮷; whether it did.
    pub fn code_point(&mut self) -> bool {
        let head = self.text.get(..self.caret).unwrap_or_default();
        let Some(at) = head.to_ascii_uppercase().rfind("U+") else {
            return false;
        };
        let Some(c) = head.get(at..).and_then(|typed| text::code_point(typed).ok()) else {
            return false;
        };
        self.text.replace_range(at..self.caret, c.encode_utf8(&mut [0; 4]));
        self.caret = at + c.len_utf8();
        self.snap();
        true
    }

    /// What to show in `room` cells, and the caret's column in it. The window moves by half its width, so typing does
    /// not shift every cell on every key.
    pub fn window(&self, room: u16) -> (&str, u16) {
        let room = room.max(3);
        let caret = width(self.text.get(..self.caret).unwrap_or_default());
        let step = room / 2;
        let first = if caret < room {
            0
        } else {
            (caret - room) / step * step + step
        };
        let (mut x, mut start) = (0, self.text.len());
        for (at, grapheme) in self.text.grapheme_indices(true) {
            if x >= first {
                start = at;
                break;
            }
            x += cells(grapheme);
        }
        let shown = cut(self.text.get(start..).unwrap_or_default(), room);
        (shown, caret.saturating_sub(x))
    }

    fn before(&self) -> usize {
        let head = self.text.get(..self.caret).unwrap_or_default();
        head.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let tail = self.text.get(self.caret..).unwrap_or_default();
        self.caret + tail.graphemes(true).next().map_or(0, str::len)
    }

    /// An insertion may have joined what stands after it: the caret goes behind the whole grapheme.
    fn snap(&mut self) {
        let caret = self.caret;
        let mut borders = self.text.grapheme_indices(true).map(|(at, _)| at);
        self.caret = borders.find(|at| *at >= caret).unwrap_or(self.text.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(input: &mut Input, text: &str) {
        for c in text.chars() {
            input.key(Key::Char(c));
        }
    }

    #[test]
    fn edits_whole_characters() {
        let mut input = Input::new("葛\u{E0100}城e\u{301}", None);
        input.key(Key::Backspace);
        assert_eq!(input.text(), "葛\u{E0100}城");
        input.key(Key::Backspace);
        input.key(Key::Backspace);
        assert!(input.is_empty());
    }

    #[test]
    fn a_code_point_becomes_its_character() {
        let mut input = Input::default();
        typed(&mut input, "吴U+20BB7 ");
        assert_eq!(input.text(), "吴𠮷");
        typed(&mut input, "U+202E ");
        assert_eq!(input.text(), "吴𠮷U+202E ", "a bidi control stays what was typed");
    }

    #[test]
    fn the_caret_is_always_in_view() {
        let mut input = Input::new(&"浙江省湖州市a".repeat(9), None);
        for room in 3..30 {
            input.key(Key::End);
            for _ in 0..80 {
                let (shown, x) = input.window(room);
                assert!(width(shown) <= room && x <= room, "{room} {x}");
                assert_eq!(width(cut(shown, x)), x.min(width(shown)));
                input.key(Key::Left);
            }
        }
    }

    #[test]
    fn a_paste_is_cleaned_and_takes_back_what_came_as_keys() {
        let mut input = Input::new("", Some(4));
        typed(&mut input, "张");
        assert_eq!(input.paste("张\u{200B}三\x1b[31m\r\n", 1), ['\u{200B}', '\u{1b}']);
        assert_eq!(input.text(), "张三[3");
    }

    #[test]
    fn a_joining_mark_fits_into_a_full_line() {
        let mut input = Input::new("葛", Some(1));
        typed(&mut input, "\u{E0100}x");
        assert_eq!(input.text(), "葛\u{E0100}");
    }
}
