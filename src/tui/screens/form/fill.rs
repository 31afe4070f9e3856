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
        let text = self.sheet.input.text();
        // A value opens the whole list on its line; anything else narrows it.
        let stands = match field.kind {
            FieldKind::Address => lists::area_in(text, shared),
            _ => (self.sheet.written(field) == text).then(|| text.to_owned()),
        };
        let typed = if stands.is_some() { "" } else { text };
        let title = label(field, shared).to_owned();
        let pick = Pick::new(About::Field(field.path.clone()), &title, lines, typed);
        let pick = pick.at(&stands.unwrap_or_default());
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
        let area = field.is_some_and(|field| field.kind == FieldKind::Address)
            && lists::area_in(&text, shared).as_ref() == Some(&text);
        if area && self.sheet.here().is_some_and(|field| field.path == path) {
            // What was typed behind another area stays behind this one.
            let stood = self.sheet.input.text();
            let before = lists::area_in(stood, shared).map_or(stood.len(), |area| area.len());
            let rest = stood.get(before..).unwrap_or_default().to_owned();
            self.sheet.begin(&format!("{text}{rest}"));
            self.typing = true;
            return;
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
        let (path, stands) = (field.path.clone(), self.sheet.written(field));
        self.ask_right(shared, &path, &stands, "");
    }

    fn ask_right(&self, shared: &mut Shared, path: &str, value: &str, reason: &str) {
        let lang = shared.lang;
        let name = self.full_label(path, shared);
        let title = words::OVERRIDE_TITLE.fill(lang, &[&name]);
        let about = About::Override(path.to_owned());
        let prompt = Prompt::new(about, &title, words::OVERRIDE_HELP.say(lang))
            .line(words::OVERRIDE_VALUE.say(lang), value, false)
            .line(words::REASON.say(lang), reason, true);
        shared.open(Overlay::Prompt(prompt));
    }

    /// Sets what was said to that; a value that cannot be read is asked for again.
    pub(super) fn set_right(&mut self, shared: &mut Shared, path: &str, value: &str, reason: &str) {
        match self.sheet.put_right(path, value, reason, shared) {
            Some(Accepted::Changed) => self.changed(),
            None => {
                let name = self.full_label(path, shared);
                let said = words::OVERRIDE_UNREADABLE.fill(shared.lang, &[value, &name]);
                shared.tell("!", said);
                self.ask_right(shared, path, value, reason);
            }
            Some(_) => {}
        }
    }

    /// Whose field it is, and its name: `男方·出生日期`.
    fn full_label(&self, path: &str, shared: &Shared) -> String {
        let form = &self.sheet.form;
        let section = form
            .sections
            .iter()
            .find(|section| path.starts_with(&format!("{}.", section.id)));
        let title = section.map(|section| shared.lang.of(&section.title, &section.title_en));
        let name = form.field(path).map(|field| label(field, shared));
        let parts: Vec<&str> = title.into_iter().chain(name).collect();
        parts.join(shared.lang.of("·", ", "))
    }

    /// Says that a field is derived, and how it is put right.
    pub(super) fn tell_derived(&self, shared: &mut Shared) {
        let said = words::DERIVED.fill(shared.lang, &[&names_of(Action::Override)]);
        shared.tell(" ", said);
    }
}
