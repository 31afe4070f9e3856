//! The idle lock (锁屏): nothing of the case is seen until whoever is signed in has typed the password.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Then;
use crate::desk::Problem;
use crate::tui::cells::{centred, put, window};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::theme::{BOLD, PLAIN, WRONG};
use crate::tui::widgets::line;
use crate::tui::words::{self, Lang};
use crate::tui::wrap::wrap;

/// A locked screen.
#[derive(Debug)]
pub struct Lock {
    password: Input,
    asked: Option<Ticket>,
    /// What was wrong with the last password. What else is told may be of a case, and is not shown here.
    said: String,
}

impl Lock {
    /// Locked now.
    pub fn new() -> Self {
        Self {
            password: Input::new("", Some(100)),
            asked: None,
            said: String::new(),
        }
    }

    /// Enter asks; Esc does not open it.
    pub fn key(&mut self, shared: &mut Shared, key: Key) -> Then {
        self.said.clear();
        if key == Key::Enter {
            let password = self.password.text().to_owned();
            self.asked = Some(shared.ask_and_wait(Ask::Unlock { password }));
        } else {
            self.password.key(key);
        }
        Then::Stay
    }

    /// A password may be pasted.
    pub fn text(&mut self, text: &str, typed: usize) {
        self.password.paste(text, typed);
    }

    /// The right password opens it.
    pub fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) -> Then {
        if self.asked.take() != Some(ticket) {
            return Then::Stay;
        }
        self.password = Input::new("", Some(100));
        match reply {
            Ok(_) => Then::Close,
            Err(problem) => {
                self.said = match shared.lang {
                    Lang::Zh => problem.to_string(),
                    Lang::En => problem.english(),
                };
                Then::Stay
            }
        }
    }

    /// Draws it on the empty screen.
    pub fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let inner = window(buf, centred(area, 56, 10), words::LOCKED.say(shared.lang), PLAIN);
        let who = shared
            .session
            .as_ref()
            .map(|session| session.display())
            .unwrap_or_default();
        let said = words::LOCKED_HELP.fill(shared.lang, &[who]);
        for (y, text) in (inner.y..inner.bottom()).zip(wrap(&said, inner.width)) {
            put(buf, inner.x, y, inner.width, &text, PLAIN);
        }
        let wrong = wrap(&self.said, inner.width);
        for (y, text) in (inner.y + 3..inner.bottom()).zip(&wrong) {
            put(buf, inner.x, y, inner.width, text, WRONG);
        }
        let y = inner.bottom().saturating_sub(1);
        put(buf, inner.x, y, 9, words::PASSWORD.say(shared.lang), BOLD);
        let stars = Input::new(&"*".repeat(self.password.text().chars().count()), None);
        line(
            buf,
            Rect::new(inner.x + 10, y, inner.width.saturating_sub(11), 1),
            &stars,
            true,
        )
    }
}
