//! What keys do on a bill: in a field above, in the line that is being typed, on a line that stands.

use super::head::{self, Kind, List};
use super::table::{Entry, Row, Typed};
use super::{Bill, Place, Then, ending};
use crate::forms::Answer;
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::state::Shared;
use crate::tui::words;

impl Bill {
    pub(super) fn step(&mut self, shared: &mut Shared, back: bool) {
        if !self.accept(shared, Then::Nothing) {
            return;
        }
        let place = match self.place {
            Place::Head(at) if back => Place::Head(at.saturating_sub(1)),
            Place::Head(at) if at + 1 < self.fields.len() => Place::Head(at + 1),
            _ => Place::Entry,
        };
        self.enter(place, shared);
    }

    pub(super) fn key_in_head(&mut self, shared: &mut Shared, key: Key) {
        let Some(field) = self.field().cloned() else { return };
        match (key, field.kind) {
            (Key::Enter, _) => drop(self.accept(shared, Then::GoOn)),
            (Key::Tab | Key::Down, _) => self.step(shared, false),
            (Key::BackTab | Key::Up, _) => self.step(shared, true),
            (Key::Char(digit), Kind::Some(list)) => self.toggle(shared, list, &field.path, digit),
            (Key::Char('+'), Kind::Area) if self.input.is_empty() => {
                self.input = Input::new(&shared.profile.code.to_string(), Some(head::LONGEST));
                self.accept(shared, Then::GoOn);
            }
            (key, kind) => {
                let typed = matches!(key, Key::Char(_)) && self.input.key(key);
                if !typed {
                    self.input.key(key);
                } else if head::is_full(kind, self.input.text()) {
                    self.accept(shared, Then::GoOn);
                }
            }
        }
    }

    fn toggle(&mut self, shared: &mut Shared, list: List, path: &str, digit: char) {
        let marks = head::marks(list, &self.draft.answers, &self.preview);
        let at = digit.to_digit(10).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
        if let Some(mark) = at.and_then(|at| marks.get(at)) {
            match list {
                List::Choice(at) => {
                    let take = self.preview.choices.get(at).map_or(1, |choosing| choosing.take);
                    head::choose(&mut self.draft.answers, path, &mark.id, take);
                }
                List::Classes | List::Evidence => head::toggle(&mut self.draft.answers, path, &mark.id),
            }
            self.changed(shared, Then::Nothing);
        }
    }

    pub(super) fn key_in_entry(&mut self, shared: &mut Shared, key: Key) {
        let offsite = self.offsite();
        match self.entry.key(&self.items, key, offsite) {
            Typed::Taken => {}
            Typed::Row(row) => self.put_row(shared, row),
            Typed::Wrong(word) => {
                let said = word.say(shared.lang);
                shared.tell("!", said);
            }
            Typed::Passed => match key {
                Key::Up if !self.rows().is_empty() => self.place = Place::Row(self.rows().len() - 1),
                Key::BackTab | Key::Backspace | Key::Up if self.entry.is_empty() => {
                    self.enter(Place::Head(self.fields.len().saturating_sub(1)), shared);
                }
                Key::Enter => {
                    let said = words::BILL_END.say(shared.lang);
                    shared.tell(" ", said);
                }
                _ => {}
            },
        }
    }

    pub(super) fn key_on_row(&mut self, shared: &mut Shared, at: usize, key: Key) {
        match key {
            Key::Up => self.place = Place::Row(at.saturating_sub(1)),
            Key::Down | Key::Tab if at + 1 < self.rows().len() => self.place = Place::Row(at + 1),
            Key::Down | Key::Tab | Key::Char('+') => self.place = Place::Entry,
            Key::BackTab => self.enter(Place::Head(self.fields.len().saturating_sub(1)), shared),
            Key::Enter => {
                let row = self.rows().get(at).cloned().unwrap_or_default();
                self.entry = Entry::of(&self.items, shared, at, &row, self.offsite());
                self.place = Place::Entry;
            }
            Key::Delete | Key::Backspace | Key::Char('-') => {
                let mut rows = self.rows().to_vec();
                if at < rows.len() {
                    rows.remove(at);
                }
                self.set_rows(shared, rows);
                self.place = match self.rows().len().checked_sub(1) {
                    Some(last) => Place::Row(at.min(last)),
                    None => Place::Entry,
                };
            }
            _ => {}
        }
    }

    /// A line is complete: it goes into the bill, in its place or behind the others.
    pub(super) fn put_row(&mut self, shared: &mut Shared, row: Row) {
        let mut rows = self.rows().to_vec();
        match self.entry.editing.and_then(|at| rows.get_mut(at)) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
        self.entry = Entry::new(&self.items, shared.lang, shared.now.date());
        self.set_rows(shared, rows);
    }

    pub(super) fn set_rows(&mut self, shared: &mut Shared, rows: Vec<Row>) {
        // What was approved was approved for the bill as it stood.
        for path in [ending::OVERRIDE_LINES, ending::OVERRIDE_REASON] {
            self.draft.answers.given.remove(path);
        }
        self.draft.answers.set("bill", Answer::Rows(rows));
        self.changed(shared, Then::Nothing);
    }
}
