//! A form being filled in: answers and the field under the caret. Knows no keys' meaning and no cells.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::values::{self, Read};
use crate::desk::Draft;
use crate::domain::text::graphemes;
use crate::forms::{Answer, Answers, Circumstances, Examination, Facts, Field, FieldKind, Form, Override};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::state::Shared;

/// A form being filled in.
#[derive(Debug)]
pub struct Sheet {
    /// The form.
    pub form: Arc<Form>,
    /// Answers, confirmations, and the key under which it will be handed in.
    pub draft: Draft,
    /// How the fields stand now, and what the desk last said about the case.
    pub examination: Examination,
    /// What stands in the field under the caret.
    pub input: Input,
    /// Whether nothing was typed since the caret came here: the first character then replaces a code or a date.
    fresh: bool,
    /// What stood in the field before the last character.
    before: (Input, bool),
    at: usize,
    visited: BTreeSet<String>,
}

/// What became of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It says what was said before.
    Unchanged,
    /// It is an answer now.
    Changed,
    /// It can mean several lines of its list.
    Ambiguous,
}

/// Whether the first character typed into a field replaces what stood there.
pub fn is_replaced(field: &Field) -> bool {
    values::is_short(&field.kind) || field.fill.is_some()
}

impl Sheet {
    /// A draft on its form, on the field it was left at.
    pub fn new(form: Arc<Form>, draft: Draft, shared: &Shared) -> Self {
        let mut sheet = Self {
            form,
            examination: Examination::default(),
            input: Input::default(),
            fresh: true,
            before: (Input::default(), true),
            at: 0,
            visited: BTreeSet::new(),
            draft,
        };
        if sheet.draft.id == 0 && sheet.draft.case.is_none() {
            sheet.put_defaults();
        }
        sheet.examine(shared);
        let left_at = sheet.position(&sheet.draft.field.clone());
        let typed = sheet.draft.typed.take().filter(|_| left_at.is_some());
        sheet.go(left_at.or(sheet.first_needing()).unwrap_or_default());
        if let Some(typed) = typed {
            sheet.begin(&typed);
        }
        sheet
    }

    fn put_defaults(&mut self) {
        for field in self.form.fields().filter(|field| !field.declaration && !field.derived) {
            if let Some(offer) = field.offer.as_ref().or(field.default.as_ref()) {
                self.draft.answers.set_text(&field.path, offer);
            }
        }
    }

    /// Where a field stands in the form's order.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.form.fields().position(|field| field.path == path)
    }

    /// The field at a place in the form's order.
    pub fn field_at(&self, at: usize) -> Option<&Field> {
        self.form.fields().nth(at)
    }

    /// The place of the caret in the form's order.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The field under the caret.
    pub fn here(&self) -> Option<&Field> {
        self.field_at(self.at)
    }

    /// Whether a field is asked now.
    pub fn is_shown(&self, path: &str) -> bool {
        self.examination.field(path).is_none_or(|field| field.shown)
    }

    /// Whether the caret has been in a field.
    pub fn was_visited(&self, path: &str) -> bool {
        self.visited.contains(path)
    }

    /// What is written for a field: what a person put right, else the answer, else the value derived for it.
    pub fn written(&self, field: &Field) -> String {
        let answers = &self.draft.answers;
        let by_hand = answers.overrides.get(&field.path).map(|by_hand| &by_hand.value);
        match by_hand.or(answers.get(&field.path)) {
            Some(answer) => values::text_of(answer),
            None => {
                let derived = self.examination.value(&field.path);
                derived.map(|value| value.data()).unwrap_or_default()
            }
        }
    }

    /// Puts the caret into a field.
    pub fn go(&mut self, at: usize) {
        self.at = at;
        let Some(field) = self.here() else { return };
        let (path, max, text) = (field.path.clone(), field.max, self.written(field));
        self.input = Input::new(&text, max);
        self.fresh = true;
        self.draft.field.clone_from(&path);
        self.visited.insert(path);
    }

    /// Types into the field; whether the key was one for it. Derived fields take none.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(field) = self.here().filter(|field| !field.derived) else {
            return false;
        };
        let (replaces, max) = (self.fresh && is_replaced(field), field.max);
        if let Key::Char(_) = key {
            self.before = (self.input.clone(), self.fresh);
            if replaces {
                self.input = Input::new("", max);
            }
        }
        let taken = self.input.key(key);
        self.fresh &= !taken;
        taken
    }

    /// Begins the field with a text, as if it had been typed.
    pub fn begin(&mut self, text: &str) {
        let max = self.here().and_then(|field| field.max);
        self.input = Input::new(text, max);
        self.fresh = false;
    }

    /// Pastes into the field; what was dropped.
    pub fn paste(&mut self, text: &str) -> Vec<char> {
        let Some(field) = self.here().filter(|field| !field.derived) else {
            return vec![];
        };
        if self.fresh && is_replaced(field) {
            self.input = Input::new("", field.max);
        }
        self.fresh = false;
        self.input.paste(text, 0)
    }

    /// Whether nothing was typed since the caret came here.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// What was typed into the field and is no answer yet.
    pub fn typed(&self) -> Option<&str> {
        Some(self.input.text()).filter(|_| !self.fresh)
    }

    /// Takes back the last character, which turned out to be the first of a burst: what it replaced stands again.
    pub fn take_back(&mut self) {
        (self.input, self.fresh) = std::mem::take(&mut self.before);
    }

    /// Whether the field is exactly as long as it gets. A code is, where it stands in its list: more digits may follow.
    pub fn is_full(&self, shared: &Shared) -> bool {
        let typed = self.input.text();
        self.here().is_some_and(|field| {
            let known = match &field.kind {
                FieldKind::Code(list) => shared.forms.list(list).is_some_and(|list| list.get(typed).is_some()),
                _ => true,
            };
            known && field.fill.is_some_and(|count| graphemes(typed) == count)
        })
    }

    /// Goes on typing in a field that was accepted too soon, with the answers as they were before.
    pub fn resume(&mut self, at: usize, answers: Answers, typed: &str, shared: &Shared) {
        self.draft.answers = answers;
        self.examine(shared);
        self.go(at);
        self.begin(typed);
    }

    /// The answer under the caret goes on being edited, rather than replaced by the next character.
    pub fn edit(&mut self) {
        self.fresh = false;
    }

    /// Makes an answer of what stands in the field.
    pub fn accept(&mut self, shared: &Shared) -> Accepted {
        let Some(field) = self.here().cloned() else {
            return Accepted::Unchanged;
        };
        if field.derived || self.fresh {
            return Accepted::Unchanged;
        }
        self.input.code_point();
        let typed = self.input.text().trim().to_owned();
        match values::read(&field.kind, &typed, shared) {
            Read::Is(answer) => {
                let before = self.draft.answers.clone();
                self.draft.answers.set(&field.path, answer);
                self.after(&before, shared)
            }
            Read::Several => Accepted::Ambiguous,
        }
    }

    /// Whether the answer under the caret is no value of its kind.
    pub fn is_unread(&self) -> bool {
        self.here().is_some_and(|field| self.is_unreadable(field))
    }

    /// Keeps what was typed as it stands, though nobody can tell what it means yet.
    fn keep_typed(&mut self, shared: &Shared) -> Accepted {
        let Some(path) = self.here().map(|field| field.path.clone()) else {
            return Accepted::Unchanged;
        };
        let before = self.draft.answers.clone();
        self.draft.answers.set_text(&path, self.input.text().trim());
        self.after(&before, shared)
    }

    /// Makes an answer of what stands in the field, whatever it may mean.
    pub fn accept_or_keep(&mut self, shared: &Shared) -> Accepted {
        match self.accept(shared) {
            Accepted::Ambiguous => self.keep_typed(shared),
            accepted => accepted,
        }
    }

    /// Sets answers, each as if it were typed: what a card reader or a list gives.
    pub fn set(&mut self, answers: &[(String, String)], shared: &Shared) -> Accepted {
        let before = self.draft.answers.clone();
        for (path, text) in answers {
            let answer = self.answer_of(path, text, shared);
            self.draft.answers.set(path, answer);
        }
        self.after(&before, shared)
    }

    /// Puts a derived value right, with the reason; the empty value goes back to the derived one. `None` where
    /// it is no value of its kind: nothing was changed.
    pub fn put_right(&mut self, path: &str, value: &str, reason: &str, shared: &Shared) -> Option<Accepted> {
        let before = self.draft.answers.clone();
        if value.is_empty() {
            self.draft.answers.overrides.remove(path);
        } else {
            let by_hand = Override {
                value: self.answer_of(path, value, shared),
                reason: reason.to_owned(),
            };
            self.draft.answers.overrides.insert(path.to_owned(), by_hand);
        }
        let accepted = self.after(&before, shared);
        if !value.is_empty() && self.examination.value(path).is_none() {
            self.draft.answers = before;
            self.examine(shared);
            return None;
        }
        Some(accepted)
    }

    fn answer_of(&self, path: &str, text: &str, shared: &Shared) -> Answer {
        let kind = self.form.field(path).map(|field| &field.kind);
        match kind.map(|kind| values::read(kind, text, shared)) {
            Some(Read::Is(answer)) => answer,
            _ => Answer::Text(text.to_owned()),
        }
    }

    fn after(&mut self, before: &Answers, shared: &Shared) -> Accepted {
        // What was put right of one number is not right of another.
        let answers = &mut self.draft.answers;
        for section in &self.form.sections {
            let changed = section
                .fields
                .iter()
                .filter(|field| before.get(&field.path) != answers.get(&field.path));
            let derived: Vec<String> = changed
                .flat_map(|field| &field.derives)
                .map(|name| format!("{}.{name}", section.id))
                .collect();
            answers.overrides.retain(|path, _| !derived.contains(path));
        }
        let changed = *before != self.draft.answers;
        if changed {
            // What the desk said about another answer is said no more; it will say what it has to about this one.
            let answers = &self.draft.answers;
            let stands = |path: &str| before.get(path) == answers.get(path);
            let findings = &mut self.examination.findings;
            findings.retain(|finding| finding.field.as_deref().is_none_or(stands));
            self.examine(shared);
        }
        if let Some(field) = self.here() {
            self.input = Input::new(&self.written(field), field.max);
            self.fresh = true;
        }
        if changed {
            Accepted::Changed
        } else {
            Accepted::Unchanged
        }
    }

    /// Holds the answers against the form without asking the record: how the fields stand, at once. What the desk said
    /// about the case stays until it says something else.
    fn examine(&mut self, shared: &Shared) {
        let now = Circumstances {
            day: shared.now.date(),
            leap: shared.profile.leap,
        };
        let answers = &self.draft.answers;
        self.examination.fields = shared.forms.fields(&self.form, answers, &Facts::default(), now);
    }

    /// The desk's word on the case. What a person confirmed of something that is said no more, or of something else
    /// now, is confirmed no more.
    pub fn examined(&mut self, examination: Examination) {
        let before = std::mem::replace(&mut self.examination, examination);
        let now = &self.examination.findings;
        self.draft.confirm.retain(|rule, _| {
            let said = now.iter().find(|finding| finding.rule == *rule);
            let said_before = before.findings.iter().find(|finding| finding.rule == *rule);
            said.is_some_and(|said| said_before.is_none_or(|before| before.params == said.params))
        });
    }

    /// The same field of the other party, where two sections of one group stand side by side.
    pub fn same_of_other(&self, path: &str) -> Option<String> {
        let (id, name) = path.split_once('.')?;
        let sections = &self.form.sections;
        let group = sections.iter().find(|section| section.id == id)?.group.as_ref()?;
        let other = sections
            .iter()
            .find(|section| section.id != id && section.group.as_ref() == Some(group))?;
        let path = format!("{}.{name}", other.id);
        self.form.field(&path).map(|field| field.path.clone())
    }
}
