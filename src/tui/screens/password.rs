//! One's own password: the old one, the new one twice.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page};
use crate::desk::Problem;
use crate::tui::cells::{centred, put, window};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::Errand;
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::line;
use crate::tui::words::{self, Word};

/// What is asked for, in order.
const LABELS: [Word; 3] = [words::PASSWORD_OLD, words::PASSWORD_NEW, words::PASSWORD_AGAIN];

/// Most characters of a password.
const LONGEST: usize = 100;

/// The screen of one's own password.
#[derive(Debug, Default)]
pub struct Password {
    typed: [Input; 3],
    at: usize,
    asked: Option<Ticket>,
}

impl Password {
    fn here(&mut self) -> Option<&mut Input> {
        self.typed.get_mut(self.at)
    }

    /// Both new ones must be the same before anybody is asked.
    fn change(&mut self, shared: &mut Shared) {
        let [old, new, again] = self.typed.each_ref().map(|input| input.text().to_owned());
        if new != again {
            self.start(1);
            return shared.tell("!", words::PASSWORDS_DIFFER.say(shared.lang));
        }
        self.asked = Some(shared.ask_and_wait(Ask::Errand(Errand::OwnPassword { old, new })));
    }

    /// Empties the lines from one on, and goes there.
    fn start(&mut self, from: usize) {
        for input in self.typed.iter_mut().skip(from) {
            *input = Input::new("", Some(LONGEST));
        }
        self.at = from;
    }
}

impl Page for Password {
    fn title(&self, shared: &Shared) -> String {
        words::OWN_PASSWORD.say(shared.lang).to_owned()
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        vec![Command::usual(Action::Up, shared.lang)]
    }

    fn call(&mut self, shared: &mut Shared, _: Call) {
        shared.wish(Wish::Up);
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        let last = LABELS.len() - 1;
        match key {
            Key::Enter if self.at < last => self.at += usize::from(self.here().is_some_and(|here| !here.is_empty())),
            Key::Enter => self.change(shared),
            Key::Tab | Key::Down => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Key::BackTab | Key::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            key => {
                self.here().map(|here| here.key(key));
            }
        }
    }

    fn text(&mut self, _: &mut Shared, text: &str, typed: usize) {
        self.here().map(|here| here.paste(text, typed));
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        if self.asked.take() != Some(ticket) {
            return;
        }
        match reply {
            Ok(_) => {
                shared.wish(Wish::Up);
                shared.tell("√", words::PASSWORD_CHANGED.say(shared.lang));
            }
            Err(problem) => {
                let old_was_wrong = problem.code.starts_with("sign-in");
                self.start(usize::from(!old_was_wrong));
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::PASSWORD_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let inner = window(buf, centred(area, 50, 7), words::OWN_PASSWORD.say(shared.lang), PLAIN);
        let mut caret = None;
        for (((n, label), input), y) in LABELS.iter().enumerate().zip(&self.typed).zip(inner.y + 1..) {
            let here = n == self.at;
            let stars = Input::new(&"*".repeat(input.text().chars().count()), None);
            put(
                buf,
                inner.x,
                y,
                16,
                label.say(shared.lang),
                if here { BOLD } else { PLAIN },
            );
            let field = Rect::new(inner.x + 17, y, inner.width.saturating_sub(18), 1);
            caret = line(buf, field, &stars, here).or(caret);
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::screens::Screen;
    use crate::tui::testing::Counter;
    use crate::tui::words::Lang;

    fn at() -> Counter {
        let mut counter = Counter::signed_in("clerk");
        counter.show(Screen::Password(Password::default()));
        counter
    }

    #[test]
    fn the_new_one_signs_in_after_it_was_typed_twice() {
        let mut counter = at();
        counter.keys("training<Enter>neu1neu2<Enter>neu1neu3<Enter>");
        assert_eq!(counter.note(), words::PASSWORDS_DIFFER.say(Lang::Zh));
        counter.keys("neu1neu2<Enter>neu1neu2<Enter>");
        assert_eq!(counter.note(), words::PASSWORD_CHANGED.say(Lang::Zh));
        counter.keys("<Esc><Enter>clerk<Enter>neu1neu2<Enter>");
        assert!(counter.state.shared.session.is_some(), "{}", counter.note());
    }

    #[test]
    fn a_wrong_old_one_is_said_and_nothing_stays_on_the_screen() {
        let mut counter = at();
        counter.keys("falsch<Enter>neu1neu2<Enter>");
        assert!(!counter.screen(80, 24).contains("neu1"), "stars alone are shown");
        counter.keys("neu1neu2<Enter>");
        assert!(counter.note().contains("密码不对"), "{}", counter.note());
        assert!(!counter.screen(80, 24).contains('*'));
        insta::assert_snapshot!("password-80x24", counter.screen(80, 24));
        counter.screen(20, 5);
    }
}
