//! Our own ratatui backend: it remembers where the terminal's pen stands and how it writes, so a run of double-width
//! cells needs no moves, a frame is one `write`, and a frame that changes nothing writes nothing.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Frames above this size go inside a synchronized update; a smaller one arrives in one read anyway.
const SMALL: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const BARE: Ink = Ink {
    fg: Color::Reset,
    bg: Color::Reset,
    modifier: Modifier::empty(),
};

/// Attributes and their SGR codes.
const MARKS: [(Modifier, u16); 5] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
];

/// The backend over a place that takes bytes.
#[derive(Debug)]
pub struct Paper<W: Write> {
    out: W,
    size: Size,
    frame: Vec<u8>,
    /// Where the terminal writes next; unknown after the last column and after clusters whose width terminals dispute.
    pen: Option<Position>,
    ink: Option<Ink>,
    caret_shown: Option<bool>,
    caret: Option<Position>,
    colour: bool,
}

impl<W: Write> Paper<W> {
    /// Of a size; `colour` false leaves colours out, attributes stay.
    pub fn new(out: W, size: Size, colour: bool) -> Self {
        Self {
            out,
            size,
            frame: Vec::with_capacity(1 << 14),
            pen: None,
            ink: None,
            caret_shown: None,
            caret: None,
            colour,
        }
    }

    /// The size is asked once per resize, not once per frame.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
    }

    /// After a stop: what the terminal shows is not known.
    pub fn forget(&mut self) {
        (self.pen, self.ink, self.caret_shown) = (None, None, None);
    }

    /// Writes a mark behind the frame, for those who watch from outside.
    pub fn mark(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        match self.pen {
            Some(pen) if pen == (Position { x, y }) => return Ok(()),
            Some(pen) if pen.y == y && x == pen.x + 1 => self.frame.extend(b"\x1b[C"),
            Some(pen) if pen.y == y => write!(self.frame, "\x1b[{}G", x + 1)?,
            _ if x == 0 => write!(self.frame, "\x1b[{}H", y + 1)?,
            _ => write!(self.frame, "\x1b[{};{}H", y + 1, x + 1)?,
        }
        self.pen = Some(Position { x, y });
        Ok(())
    }

    fn dip(&mut self, cell: &Cell) -> io::Result<()> {
        let (fg, bg) = if self.colour {
            (cell.fg, cell.bg)
        } else {
            (Color::Reset, Color::Reset)
        };
        let to = Ink {
            fg,
            bg,
            modifier: cell.modifier,
        };
        if self.ink == Some(to) {
            return Ok(());
        }
        let mut codes: Vec<String> = vec![];
        let mut from = self.ink.unwrap_or(BARE);
        if self.ink.is_none() || !(from.modifier - to.modifier).is_empty() {
            codes.push(String::new()); // an empty code is 0: cheaper than undoing one by one
            from = BARE;
        }
        let fresh = to.modifier - from.modifier;
        codes.extend(
            MARKS
                .iter()
                .filter(|(mark, _)| fresh.contains(*mark))
                .map(|(_, code)| code.to_string()),
        );
        if from.fg != to.fg {
            codes.push(code(to.fg, 30));
        }
        if from.bg != to.bg {
            codes.push(code(to.bg, 40));
        }
        write!(self.frame, "\x1b[{}m", codes.join(";"))?;
        self.ink = Some(to);
        Ok(())
    }

    /// Blanks from `x` on: erased where that is shorter than writing them.
    fn blanks(&mut self, x: u16, y: u16, count: u16) -> io::Result<()> {
        if x + count >= self.size.width && count > 3 {
            self.frame.extend(b"\x1b[K");
        } else if count > 8 {
            write!(self.frame, "\x1b[{count}X")?;
        } else {
            self.frame.extend(std::iter::repeat_n(b' ', count.into()));
            self.pen = Some(Position { x: x + count, y });
        }
        Ok(())
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.modifier.is_empty() && cell.bg == Color::Reset
}

/// The sixteen colours in their short form, which a Linux console knows; others as they come.
fn code(color: Color, base: u16) -> String {
    use Color as C;
    let short = match color {
        C::Reset => 9,
        C::Black => 0,
        C::Red => 1,
        C::Green => 2,
        C::Yellow => 3,
        C::Blue => 4,
        C::Magenta => 5,
        C::Cyan => 6,
        C::Gray => 7,
        C::DarkGray => 60,
        C::LightRed => 61,
        C::LightGreen => 62,
        C::LightYellow => 63,
        C::LightBlue => 64,
        C::LightMagenta => 65,
        C::LightCyan => 66,
        C::White => 67,
        C::Indexed(n) => return format!("{};5;{n}", base + 8),
        C::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    (base + short).to_string()
}

impl<W: Write> Backend for Paper<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut content = content.peekable();
        while let Some((x, y, cell)) = content.next() {
            self.go(x, y)?;
            self.dip(cell)?;
            if is_blank(cell) {
                let mut count = 1;
                while content
                    .next_if(|(nx, ny, next)| *ny == y && *nx == x + count && is_blank(next))
                    .is_some()
                {
                    count += 1;
                }
                self.blanks(x, y, count)?;
            } else {
                self.frame.extend(cell.symbol().as_bytes());
                self.pen = Some(Position {
                    x: x + cell.cell_width(),
                    y,
                });
            }
            // At the last column the terminal waits before it wraps; of long clusters nobody knows the width.
            if self.pen.is_some_and(|pen| pen.x >= self.size.width) || cell.symbol().len() > 4 {
                self.pen = None;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.caret = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(()) // a position follows
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.caret.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.caret = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.forget();
        self.frame.extend(b"\x1b[m\x1b[2J");
        self.ink = Some(BARE);
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    /// The end of a frame: caret, brackets of the synchronized update, one write.
    fn flush(&mut self) -> io::Result<()> {
        let drawn = !self.frame.is_empty();
        if let Some(caret) = self.caret {
            self.go(caret.x, caret.y)?;
        }
        if self.caret_shown != Some(self.caret.is_some()) {
            self.caret_shown = Some(self.caret.is_some());
            self.frame.extend(if self.caret.is_some() {
                b"\x1b[?25h"
            } else {
                b"\x1b[?25l"
            });
        }
        if drawn && self.frame.len() > SMALL {
            self.frame.splice(0..0, *b"\x1b[?2026h");
            self.frame.extend(b"\x1b[?2026l");
        }
        if !self.frame.is_empty() {
            self.out.write_all(&self.frame)?;
            self.out.flush()?;
            self.frame.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::cells;

    /// What a frame with these texts costs, after a first empty one.
    fn frames(texts: &[&str]) -> Vec<String> {
        let mut terminal = Terminal::new(Paper::new(Vec::new(), Size::new(20, 3), true)).unwrap();
        let mut seen = vec![];
        for text in texts {
            terminal
                .draw(|frame| {
                    cells::put(frame.buffer_mut(), 2, 1, 18, text, Style::new());
                    frame.set_cursor_position((0, 0));
                })
                .unwrap();
            seen.push(String::from_utf8(std::mem::take(&mut terminal.backend_mut().out)).unwrap());
        }
        seen
    }

    #[test]
    fn a_run_of_hanzi_needs_no_moves_and_no_change_needs_nothing() {
        let seen = frames(&["x", "张三丰", "张三丰"]);
        assert_eq!(seen[1], "\x1b[2;3H张三丰\x1b[1H");
        assert_eq!(seen[2], "");
    }

    #[test]
    fn a_row_is_erased_rather_than_overwritten() {
        assert_eq!(frames(&["", "abcdefghijklmnopqr", ""])[2], "\x1b[2;3H\x1b[K\x1b[1H");
    }

    #[test]
    fn without_colours_attributes_stay() {
        let mut paper = Paper::new(Vec::new(), Size::new(4, 1), false);
        let mut cell = Cell::new("x");
        cell.set_style(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        paper.draw([(0, 0, &cell)].into_iter()).unwrap();
        paper.flush().unwrap();
        assert_eq!(String::from_utf8(paper.out).unwrap(), "\x1b[1H\x1b[;1mx\x1b[?25l");
    }
}
