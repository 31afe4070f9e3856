//! What may happen to the screens. Nothing else crosses the border into `update`.

use chrono::NaiveDateTime;
use crossterm::event as ct;

use super::effect::{Reply, Ticket};
use crate::desk::Problem;

/// A key, as the screens know keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    /// A letter with Ctrl, lower case.
    Ctrl(char),
    F(u8),
    Enter,
    Tab,
    BackTab,
    Esc,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Key(Key),
    /// A paste, or a reader's burst. `typed` characters at its start were delivered as keys before.
    Text {
        text: String,
        typed: usize,
    },
    /// A key that came before the question on the screen had been painted: it cannot have been meant for it.
    Early,
    Resize(u16, u16),
    /// SIGCONT, or back from our own stop: what the terminal shows is not known.
    Continued,
    Suspend,
    /// SIGTERM, SIGHUP, SIGINT, or a terminal that vanished: save and go.
    Terminated(i32),
    /// Nobody touched a key for the time the registry allows.
    Idle,
    /// Typing paused, with something on the screen that is not saved yet.
    Pause,
    /// The time, once a minute.
    Tick(NaiveDateTime),
    /// The worker's answer to the question of this number.
    Answer(Ticket, Box<Result<Reply, Problem>>),
}

/// crossterm's events in our terms. Press and repeat pass; release, focus and the mouse do not.
pub fn from_crossterm(event: ct::Event) -> Option<Event> {
    use ct::{KeyCode as C, KeyModifiers as M};
    let key = match event {
        ct::Event::Key(key) if key.kind != ct::KeyEventKind::Release => key,
        ct::Event::Paste(text) => return Some(Event::Text { text, typed: 0 }),
        ct::Event::Resize(width, height) => return Some(Event::Resize(width, height)),
        _ => return None,
    };
    // AltGr arrives as Ctrl+Alt on Windows: a character, not a command.
    let ctrl = key.modifiers.contains(M::CONTROL) && !key.modifiers.contains(M::ALT);
    Some(Event::Key(match key.code {
        C::Char(c) if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        C::Char(c) => Key::Char(c),
        C::F(n) => Key::F(n),
        C::Enter => Key::Enter,
        C::Tab => Key::Tab,
        C::BackTab => Key::BackTab,
        C::Esc => Key::Esc,
        C::Backspace => Key::Backspace,
        C::Delete => Key::Delete,
        C::Left => Key::Left,
        C::Right => Key::Right,
        C::Up => Key::Up,
        C::Down => Key::Down,
        C::Home => Key::Home,
        C::End => Key::End,
        C::PageUp => Key::PageUp,
        C::PageDown => Key::PageDown,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn altgr_writes_and_release_does_nothing() {
        let key =
            |code, modifiers, kind| from_crossterm(ct::Event::Key(ct::KeyEvent::new_with_kind(code, modifiers, kind)));
        let (ctrl, alt) = (ct::KeyModifiers::CONTROL, ct::KeyModifiers::ALT);
        let (press, release) = (ct::KeyEventKind::Press, ct::KeyEventKind::Release);
        assert_eq!(
            key(ct::KeyCode::Char('@'), ctrl | alt, press),
            Some(Event::Key(Key::Char('@')))
        );
        assert_eq!(
            key(ct::KeyCode::Char('K'), ctrl, press),
            Some(Event::Key(Key::Ctrl('k')))
        );
        assert_eq!(key(ct::KeyCode::Enter, ct::KeyModifiers::NONE, release), None);
    }
}
