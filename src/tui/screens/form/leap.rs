//! Full fields: one that is as long as it gets sends the caret on by itself. Two things must not come of that: an
//! Enter pressed from habit must not skip the next field, and a long number must not be dealt out over several.

use super::FormScreen;
use crate::domain::code_list::CodeEntry;
use crate::forms::{Answers, Field, FieldKind};
use crate::tui::event::Key;
use crate::tui::state::Shared;

/// Digits typed in one go, and how the form stood before the first of them.
#[derive(Debug)]
pub struct Run {
    /// The field they began in.
    from: usize,
    typed: String,
    before: Answers,
}

impl FormScreen {
    /// Behind a character: a full field is accepted, and the caret goes on if its value can be read.
    pub(super) fn leap(&mut self, shared: &mut Shared) {
        if !self.sheet.is_full(shared) {
            return;
        }
        let at = self.sheet.at();
        if !self.accept(shared) {
            return;
        }
        if self.sheet.is_unread() {
            return self.sheet.edit();
        }
        self.go_on();
        self.leapt = self.sheet.at() != at;
    }

    /// Before a key: keeps count of digits typed in one go. Where the caret leapt on and its field takes no digits,
    /// they are no code with something behind it but one long number: it goes back to where it began; whether it did.
    pub(super) fn runs_over(&mut self, shared: &Shared, key: Key) -> bool {
        let at = self.sheet.at();
        let c = match key {
            Key::Char(c) if c.is_ascii_digit() => c,
            // The last character of an ID number.
            Key::Char(c @ ('x' | 'X')) if self.run.as_ref().is_some_and(|run| run.from == at) => c,
            _ => {
                self.run = None;
                return false;
            }
        };
        match self.run.take() {
            Some(mut run) if run.from != at && !self.takes(c, shared) => {
                run.typed.push(c);
                self.sheet.resume(run.from, run.before, &run.typed, shared);
                self.changed();
                true
            }
            Some(mut run) => {
                run.typed.push(c);
                self.run = Some(run);
                false
            }
            None => {
                self.run = self.begins(at, c);
                false
            }
        }
    }

    fn begins(&self, at: usize, c: char) -> Option<Run> {
        let field = self.sheet.here().filter(|field| field.fill.is_some())?;
        let before = self.sheet.draft.answers.clone();
        let stood = match self.sheet.typed() {
            None if super::sheet::is_replaced(field) => "",
            _ => self.sheet.input.text(),
        };
        Some(Run {
            from: at,
            typed: format!("{stood}{c}"),
            before,
        })
    }

    /// Whether a digit can be typed into the field under the caret.
    fn takes(&self, c: char, shared: &Shared) -> bool {
        let Some(field) = self.sheet.here() else { return true };
        match &field.kind {
            FieldKind::Code(list) => self.may_become(field, list, c, shared),
            FieldKind::Text | FieldKind::Name | FieldKind::Address => !self.sheet.is_fresh(),
            _ => true,
        }
    }

    /// Whether a code of a list begins with what would stand in its field.
    fn may_become(&self, field: &Field, list: &str, c: char, shared: &Shared) -> bool {
        let stands = match self.sheet.typed() {
            None if super::sheet::is_replaced(field) => "",
            _ => self.sheet.input.text(),
        };
        let becomes = format!("{stands}{c}");
        let entries = shared.forms.list(list).map(|list| list.entries()).unwrap_or_default();
        let by_place = |entry: &CodeEntry| !entry.code.starts_with(|c: char| c.is_ascii_digit());
        let fits = |entry: &CodeEntry| entry.code.starts_with(&becomes);
        entries.iter().any(|entry| by_place(entry) || fits(entry))
    }
}
