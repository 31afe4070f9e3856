//! Pieces that several screens are drawn with: data in, cells out.

mod choice;
mod reading;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use choice::{Choice, Line as ChoiceLine};
pub use reading::Reading;

use super::cells::{put, width};
use super::input::Input;
use super::screens::Caret;
use super::theme::{BAR, HERE, PLAIN};

/// An input line in a row; its caret, if it is the one under it. A field that is not shows its begin.
pub fn line(buf: &mut Buffer, area: Rect, input: &Input, here: bool) -> Option<Caret> {
    if !here {
        put(buf, area.x, area.y, area.width, input.text(), PLAIN);
        return None;
    }
    let (shown, at) = input.window(area.width);
    put(buf, area.x, area.y, area.width, &" ".repeat(area.width.into()), HERE);
    put(buf, area.x, area.y, area.width, shown, HERE);
    // What goes beyond an edge is shown to: the caret stands on neither of these cells.
    if !input.text().starts_with(shown) {
        put(buf, area.x, area.y, 1, "<", BAR);
    }
    if !input.text().ends_with(shown) && at + 1 < area.width {
        put(buf, area.right().saturating_sub(1), area.y, 1, ">", BAR);
    }
    Some(Position {
        x: area.x + at.min(area.width),
        y: area.y,
    })
}

/// A text that the next character replaces: all of it is chosen, and the caret stands behind it.
pub fn chosen(buf: &mut Buffer, area: Rect, text: &str) -> Caret {
    put(buf, area.x, area.y, area.width, &" ".repeat(area.width.into()), HERE);
    let end = put(buf, area.x, area.y, area.width, text, BAR);
    Position {
        x: end.min(area.right().saturating_sub(1)),
        y: area.y,
    }
}

/// A row of a list; the chosen one is reversed and bears `>`.
pub fn row(buf: &mut Buffer, area: Rect, text: &str, chosen: bool) {
    let style = if chosen { BAR } else { PLAIN };
    if chosen {
        put(buf, area.x, area.y, area.width, &" ".repeat(area.width.into()), style);
    }
    put(buf, area.x, area.y, 1, if chosen { ">" } else { " " }, style);
    put(buf, area.x + 2, area.y, area.width.saturating_sub(2), text, style);
}

/// The first line of a list of `count` to be shown in `rows`, so that `at` is seen.
pub fn first_shown(at: usize, count: usize, rows: usize) -> usize {
    at.saturating_sub(rows.saturating_sub(1) / 2)
        .min(count.saturating_sub(rows))
}

/// As [`first_shown`], but turning by half pages: most moves leave everything where it is.
pub fn first_of_page(at: usize, count: usize, rows: usize) -> usize {
    let half = (rows / 2).max(1);
    let beyond = (at + 1).saturating_sub(rows);
    (beyond.div_ceil(half) * half).min(count.saturating_sub(rows))
}

/// Columns of a table in one row: each text padded to its width.
pub fn columns(texts: &[(&str, u16)]) -> String {
    let padded = texts.iter().map(|(text, room)| super::cells::pad(text, *room));
    padded.collect::<Vec<_>>().join(" ")
}

/// How many cells the longest of some texts takes.
pub fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> u16 {
    texts.map(width).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_its_line_and_turns_seldom() {
        for rows in 1..30 {
            let mut turns = 0;
            for at in 1..50 {
                let first = first_of_page(at, 50, rows);
                assert!(
                    first <= at && at < first + rows && first + rows <= 50.max(rows),
                    "{at} in {rows} from {first}"
                );
                turns += usize::from(first != first_of_page(at - 1, 50, rows));
            }
            assert!(turns <= 50 / (rows / 2).max(1), "{turns} turns of {rows} rows");
        }
    }
}
