//! Signing in (登录): account and password. The example of a small screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Home, Page, Screen};
use crate::desk::Problem;
use crate::tui::cells::{centred, put, window};
use crate::tui::effect::{Ask, Effect, Reply, Ticket};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::line;
use crate::tui::words;

/// Most characters of an account or a password.
const LONGEST: usize = 100;

/// The sign-in screen.
#[derive(Debug)]
pub struct SignIn {
    name: Input,
    password: Input,
    at_password: bool,
    asked: Option<Ticket>,
}

impl SignIn {
    /// With an account to begin with; the caret then waits for its password.
    pub fn new(name: &str) -> Self {
        Self {
            name: Input::new(name, Some(LONGEST)),
            password: Input::new("", Some(LONGEST)),
            at_password: !name.is_empty(),
            asked: None,
        }
    }

    fn here(&mut self) -> &mut Input {
        if self.at_password {
            &mut self.password
        } else {
            &mut self.name
        }
    }
}

impl Page for SignIn {
    fn title(&self, shared: &Shared) -> String {
        let desk = words::DESK.fill(shared.lang, &[&shared.desk.desk]);
        format!("{}  {desk}", shared.profile.name)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        vec![Command::named(Action::Up, words::LEAVE.say(shared.lang))]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        if call == Call::Action(Action::Up) {
            shared.effect(Effect::Quit(0));
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match key {
            Key::Tab | Key::BackTab | Key::Up | Key::Down => self.at_password = !self.at_password,
            Key::Enter if !self.at_password => self.at_password = !self.name.is_empty(),
            Key::Enter => {
                let ask = Ask::SignIn {
                    name: self.name.text().trim().to_owned(),
                    password: self.password.text().to_owned(),
                };
                self.asked = Some(shared.ask_and_wait(ask));
            }
            key => drop(self.here().key(key)),
        }
    }

    fn text(&mut self, _: &mut Shared, text: &str, typed: usize) {
        self.here().paste(text, typed);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        if self.asked.take() != Some(ticket) {
            return;
        }
        match reply {
            Ok(Reply::SignedIn(session)) => {
                shared.session = Some(session);
                shared.wish(Wish::Swap(Box::new(Screen::Home(Home::default()))));
            }
            Ok(_) => {}
            Err(problem) => {
                self.password = Input::new("", Some(LONGEST));
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::SIGN_IN_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let inner = window(buf, centred(area, 50, 6), words::SIGN_IN.say(shared.lang), PLAIN);
        let stars = Input::new(&"*".repeat(self.password.text().chars().count()), None);
        let rows = [(words::NAME, &self.name, false), (words::PASSWORD, &stars, true)];
        let mut caret = None;
        for ((label, input, second), y) in rows.into_iter().zip(inner.y + 1..) {
            let here = second == self.at_password;
            put(
                buf,
                inner.x,
                y,
                9,
                label.say(shared.lang),
                if here { BOLD } else { PLAIN },
            );
            let field = Rect::new(inner.x + 10, y, inner.width.saturating_sub(11), 1);
            let at = line(buf, field, input, here);
            caret = if here { at } else { caret };
        }
        caret
    }
}
