//! How keys move over a form: accept and go on, walk, park, and on to the check.

use super::check::Check;
use super::sheet::Accepted;
use super::values::is_short;
use super::{FormScreen, check, walk};
use crate::tui::event::Key;
use crate::tui::screens::Page;
use crate::tui::state::{Shared, Wish};
use crate::tui::words;

impl FormScreen {
    /// Accepts what stands in the field; whether the caret may leave it.
    pub(super) fn accept(&mut self, shared: &mut Shared) -> bool {
        match self.sheet.accept(shared) {
            Accepted::Unchanged => true,
            Accepted::Changed => {
                self.changed();
                true
            }
            Accepted::Ambiguous => {
                self.list(shared);
                false
            }
        }
    }

    /// Accepts and goes on. What was typed and cannot be read holds the caret once: what is wrong is said there.
    pub(super) fn enter(&mut self, shared: &mut Shared) {
        let typed = self.sheet.typed().is_some();
        if !self.accept(shared) {
            return;
        }
        if typed && self.sheet.is_unread() {
            if self.sheet.here().is_some_and(|field| !is_short(&field.kind)) {
                self.sheet.edit();
            }
            return;
        }
        match self.sheet.open_confirmation().filter(|_| !typed) {
            Some(finding) => check::confirm(finding, shared),
            None => self.go_on(),
        }
    }

    pub(super) fn go_on(&mut self) {
        match self.sheet.next_needing() {
            Some(at) => self.sheet.go(at),
            None => self.filled = true,
        }
    }

    pub(super) fn go(&mut self, shared: &mut Shared, at: Option<usize>) {
        if let Some(at) = at.filter(|_| self.accept(shared)) {
            self.sheet.go(at);
        }
    }

    /// To the next field that something is said about: what is wrong first, then what a person must confirm, then what
    /// is missing; each in the order of the form.
    pub(super) fn walk(&mut self, shared: &mut Shared, again: bool) {
        let stops = self.sheet.stops();
        let here = stops.iter().position(|at| *at == self.sheet.at());
        let next = here.filter(|_| again).map_or(0, |here| here + 1);
        let Some(at) = stops.get(next % stops.len().max(1)) else {
            let said = words::NO_FINDINGS.say(shared.lang);
            return shared.tell("√", said);
        };
        self.go(shared, Some(*at));
        self.walking = true;
    }

    pub(super) fn park(&mut self, shared: &mut Shared) {
        if self.sheet.accept(shared) == Accepted::Changed {
            self.changed();
        }
        self.keep(shared);
        let said = words::PARKED.say(shared.lang);
        shared.tell("√", said);
        shared.wish(Wish::Up);
    }

    /// To the check, once the desk has said all it has to say.
    pub(super) fn go_to_check(&mut self, shared: &mut Shared) {
        if self.accept(shared) {
            self.unexamined = false;
            self.examining = Some(shared.ask_and_wait(self.question()));
            self.check = Some(Check::default());
        }
    }

    pub(super) fn key_in_field(&mut self, shared: &mut Shared, key: Key, leapt: bool) {
        let at = self.sheet.at();
        if self.runs_over(shared, key) {
            return;
        }
        match key {
            Key::Enter if leapt => {}
            Key::Enter if self.sheet.here().is_some_and(|field| field.derived) => self.put_right(shared),
            Key::Enter => self.enter(shared),
            Key::Tab => self.go(shared, walk::step(&self.sheet, at, 1)),
            Key::BackTab => self.go(shared, walk::step(&self.sheet, at, -1)),
            Key::Down => self.go(shared, walk::below(&self.sheet, at, 1)),
            Key::Up => self.go(shared, walk::below(&self.sheet, at, -1)),
            Key::PageDown => self.go(shared, walk::below(&self.sheet, at, 8)),
            Key::PageUp => self.go(shared, walk::below(&self.sheet, at, -8)),
            key if self.is_sign(key) => self.sign(shared, key),
            key => {
                let typed = matches!(key, Key::Char(_));
                let taken = self.sheet.key(key);
                self.typing |= taken;
                if typed && taken {
                    self.typed_at = Some(at);
                    self.leap(shared);
                } else if typed {
                    self.tell_derived(shared);
                }
            }
        }
    }
}
