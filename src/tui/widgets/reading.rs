//! A list that is read line by line: the line under the cursor bears `>` and is always seen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{first_shown, row};
use crate::tui::cells::put;
use crate::tui::event::Key;

/// Lines that PageDown passes.
const PAGE: usize = 10;

/// Where the cursor stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    at: usize,
}

impl Reading {
    /// The line under the cursor.
    pub fn at(self, count: usize) -> usize {
        self.at.min(count.saturating_sub(1))
    }

    /// Takes a key that moves the cursor over so many lines; whether it was one.
    pub fn key(&mut self, key: Key, count: usize) -> bool {
        let (at, last) = (self.at(count), count.saturating_sub(1));
        self.at = match key {
            Key::Down => (at + 1).min(last),
            Key::Up => at.saturating_sub(1),
            Key::PageDown => (at + PAGE).min(last),
            Key::PageUp => at.saturating_sub(PAGE),
            Key::Home => 0,
            Key::End => last,
            _ => return false,
        };
        true
    }

    /// Draws the lines around the cursor.
    pub fn view(self, buf: &mut Buffer, area: Rect, lines: &[(String, Style)]) {
        let at = self.at(lines.len());
        let first = first_shown(at, lines.len(), area.height.into());
        let seen = lines.iter().enumerate().skip(first);
        for ((n, (text, style)), y) in seen.zip(area.y..area.bottom()) {
            if n == at {
                row(buf, Rect::new(area.x, y, area.width, 1), text, true);
            } else {
                put(buf, area.x + 2, y, area.width.saturating_sub(2), text, *style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_among_the_lines() {
        let mut reading = Reading::default();
        for (key, at) in [
            (Key::Up, 0),
            (Key::PageDown, 2),
            (Key::Down, 2),
            (Key::Home, 0),
            (Key::End, 2),
        ] {
            assert!(reading.key(key, 3));
            assert_eq!(reading.at(3), at, "{key:?}");
        }
        assert_eq!(reading.at(1), 0, "fewer lines than before");
        assert_eq!(reading.at(0), 0);
        assert!(!reading.key(Key::Char('x'), 3));
    }
}
