//! Answers that need no typing: from a list, from the other party, from the last case, from what is usual here; and
//! derived values put right.

use super::sheet::Accepted;
use super::{FormScreen, label, lists, values};
use crate::forms::FieldKind;
use crate::tui::event::Key;
use crate::tui::keys::{Action, names_of};
use crate::tui::overlays::{About, Overlay, Pick, Prompt};
use crate::tui::state::Shared;
use crate::tui::words;

impl FormScreen {
    /// F4: the list of the field, narrowed by what was typed in it.
    pub(super) fn list(&mut self, shared: &mut Shared) {
        let Some(field) = self.sheet.here().filter(|field| !field.derived) else {
            return self.tell_derived(shared);
        };
        let Some(lines) = lists::lines(field, shared) else {
            let said = words::NO_LIST.say(shared.lang);
            return shared.tell(" ", said);
        };
        let stands = self.sheet.written(field) == self.sheet.input.text();
        let typed = if stands { "" } else { self.sheet.input.text() };
        let title = label(field, shared).to_owned();
        let pick = Pick::new(About::Field(field.path.clone()), &title, lines, typed);
        shared.open(Overlay::Pick(pick));
    }

    /// F5: the answer of the case before.
    pub(super) fn same(&mut self, shared: &mut Shared) {
        let Some(field) = self.sheet.here().filter(|field| !field.derived) else {
            return self.tell_derived(shared);
        };
        let last = shared.last.get(&field.path).filter(|_| field.dup);
        let last = last.map(values::text_of);
        self.fill(shared, last);
    }

    /// `=` and `+`, as the first key in an empty field where the sign is no value.
    pub(super) fn is_sign(&self, key: Key) -> bool {
        let Some(field) = self.sheet.here().filter(|field| !field.derived) else {
            return false;
        };
        let value = matches!(field.kind, FieldKind::Phone | FieldKind::Text) && key == Key::Char('+');
        matches!(key, Key::Char('=' | '+')) && self.sheet.input.is_empty() && !value
    }

    /// `=`: the answer of the other party. `+`: what is usual at this office.
    pub(super) fn sign(&mut self, shared: &mut Shared, key: Key) {
        let text = match key {
            Key::Char('=') => self.of_other(),
            _ => self.usual(shared),
        };
        self.fill(shared, text);
    }

    fn of_other(&self) -> Option<String> {
        let other = self.sheet.same_of_other(&self.sheet.here()?.path)?;
        let field = self.sheet.form.field(&other)?;
        Some(self.sheet.written(field))
    }

    /// The registry's own county for an address, else what the form says is usual.
    fn usual(&self, shared: &Shared) -> Option<String> {
        let field = self.sheet.here()?;
        match field.kind {
            FieldKind::Address => lists::name_of(shared.profile.code, shared),
            _ => field.default.clone(),
        }
    }

    /// Fills the field with an answer from elsewhere and goes on.
    fn fill(&mut self, shared: &mut Shared, text: Option<String>) {
        let Some(field) = self.sheet.here().cloned() else {
            return;
        };
        if field.declaration {
            let said = words::NEVER_COPIED.say(shared.lang);
            return shared.tell("!", said);
        }
        match text.filter(|text| !text.is_empty()) {
            Some(text) => self.take(shared, field.path, text),
            None => {
                let said = words::NOTHING_SAME.say(shared.lang);
                shared.tell(" ", said);
            }
        }
    }

    /// Takes an answer for a field and goes on; behind an area the rest of the address is to be typed.
    pub(super) fn take(&mut self, shared: &mut Shared, path: String, text: String) {
        let field = self.sheet.form.field(&path);
        let area = field.is_some_and(|field| field.kind == FieldKind::Address) && lists::is_area(&text, shared);
        if area && self.sheet.here().is_some_and(|field| field.path == path) {
            return self.sheet.begin(&text);
        }
        self.set(shared, &[(path, text)]);
        self.go_on();
    }

    /// Sets answers as if they were typed.
    pub(super) fn set(&mut self, shared: &mut Shared, answers: &[(String, String)]) {
        if self.sheet.set(answers, shared) == Accepted::Changed {
            self.changed();
        }
    }

    /// Asks for another value of a derived field, and why.
    pub(super) fn put_right(&mut self, shared: &mut Shared) {
        let Some(field) = self.sheet.here().filter(|field| field.derived) else {
            return;
        };
        let lang = shared.lang;
        let title = words::OVERRIDE_TITLE.fill(lang, &[label(field, shared)]);
        let about = About::Override(field.path.clone());
        let prompt = Prompt::new(about, &title, words::OVERRIDE_HELP.say(lang))
            .line(words::OVERRIDE_VALUE.say(lang), &self.sheet.written(field), false)
            .line(words::REASON.say(lang), "", true);
        shared.open(Overlay::Prompt(prompt));
    }

    /// Sets what was said to that.
    pub(super) fn set_right(&mut self, shared: &mut Shared, path: &str, value: &str, reason: &str) {
        if self.sheet.put_right(path, value, reason, shared) == Accepted::Changed {
            self.changed();
        }
    }

    /// Says that a field is derived, and how it is put right.
    pub(super) fn tell_derived(&self, shared: &mut Shared) {
        let said = words::DERIVED.fill(shared.lang, &[&names_of(Action::Override)]);
        shared.tell(" ", said);
    }
}
