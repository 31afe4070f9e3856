//! The few looks there are. Bold, reverse and underline carry everything; colour is a second signal only, always a dark
//! foreground, never a background: right on white, on black, in 16 colours and with `NO_COLOR`.

use ratatui::style::{Color, Modifier, Style};

/// Text as it is.
pub const PLAIN: Style = Style::new();
/// Headings, and the label of the field under the caret.
pub const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
/// Title and key bars, and the chosen row of a list.
pub const BAR: Style = Style::new().add_modifier(Modifier::REVERSED);
/// The field under the caret.
pub const HERE: Style = Style::new().add_modifier(Modifier::UNDERLINED);
/// What is wrong; always beside a `!`.
pub const WRONG: Style = Style::new().fg(Color::Red);
/// What is done; always beside a `√`.
pub const DONE: Style = Style::new().fg(Color::Green);

/// The look of a mark.
pub fn of_mark(mark: &str) -> Style {
    match mark {
        "!" => WRONG,
        "√" => DONE,
        _ => PLAIN,
    }
}
