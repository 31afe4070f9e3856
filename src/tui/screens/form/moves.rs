//! How keys move over a form: accept and go on, walk, park, and on to the check.

use super::check::Check;
use super::sheet::Accepted;
use super::{FormScreen, walk};
use crate::domain::finding::Finding;
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

    pub(super) fn enter(&mut self, shared: &mut Shared) {
        if self.accept(shared) {
            self.go_on(shared);
        }
    }

    pub(super) fn go_on(&mut self, shared: &mut Shared) {
        match self.sheet.next_needing() {
            Some(at) => self.sheet.go(at),
            None => {
                let said = words::ALL_FILLED.say(shared.lang);
                shared.tell("√", said);
            }
        }
    }

    pub(super) fn go(&mut self, shared: &mut Shared, at: Option<usize>) {
        if let Some(at) = at.filter(|_| self.accept(shared)) {
            self.sheet.go(at);
        }
    }

    /// To the next finding that is about a field.
    pub(super) fn walk(&mut self, shared: &mut Shared) {
        let findings = &self.sheet.examination.findings;
        let about: Vec<&Finding> = findings.iter().filter(|finding| finding.field.is_some()).collect();
        let Some(finding) = about.get(self.walked % about.len().max(1)) else {
            let said = words::NO_FINDINGS.say(shared.lang);
            return shared.tell("√", said);
        };
        let at = finding.field.as_ref().and_then(|path| self.sheet.position(path));
        self.walked += 1;
        self.go(shared, at);
    }

    pub(super) fn park(&mut self, shared: &mut Shared) {
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

    pub(super) fn key_in_field(&mut self, shared: &mut Shared, key: Key) {
        let at = self.sheet.at();
        match key {
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
                if typed && taken {
                    self.typed_at = Some(at);
                    if self.sheet.is_full() {
                        self.enter(shared);
                    }
                } else if typed {
                    self.tell_derived(shared);
                }
            }
        }
    }
}
