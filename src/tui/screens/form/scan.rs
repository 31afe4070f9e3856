//! A burst over a form: a card fills the section of its party, and the caret goes to what comes next.

use super::card::{Burst, Card};
use super::sheet::Accepted;
use super::{FormScreen, card};
use crate::tui::state::Shared;
use crate::tui::words;

impl FormScreen {
    /// Takes a burst; what is no card is text for the field.
    pub(super) fn burst(&mut self, shared: &mut Shared, text: &str, typed: usize) {
        // The first character may have filled a field and sent the caret on: it is in an answer by now.
        let typed = if self.typed_at == Some(self.sheet.at()) {
            typed
        } else {
            0
        };
        if typed > 0 {
            self.sheet.take_back();
        }
        let here = self.sheet.here().map(|field| field.path.clone()).unwrap_or_default();
        let section = self.section_of(&here).or_else(|| self.first_scanned());
        match (card::read(&shared.desk.reader, text), section) {
            (Burst::Card(card), Some(section)) => self.take_card(shared, &card, section),
            (Burst::Unreadable, Some(_)) => {
                let said = words::CARD_UNREADABLE.say(shared.lang);
                shared.tell("!", said);
            }
            _ => {
                let dropped = self.sheet.paste(text).len();
                self.typing = true;
                if dropped > 0 {
                    let said = words::DROPPED.fill(shared.lang, &[&dropped.to_string()]);
                    shared.tell("!", said);
                }
            }
        }
    }

    fn take_card(&mut self, shared: &mut Shared, card: &Card, section: usize) {
        if self.sheet.accept_or_keep(shared) == Accepted::Changed {
            self.changed();
        }
        let section = match self.place_of(card, section) {
            Ok(section) => section,
            Err(taken) => {
                let title = self.title_of(taken, shared);
                let said = words::CARD_ELSEWHERE.fill(shared.lang, &[&title, &title]);
                return shared.tell("!", said);
            }
        };
        let answers = self.answers_in(section, card);
        self.set(shared, &answers);
        let said = words::CARD_TAKEN.fill(shared.lang, &[&self.title_of(section, shared)]);
        shared.tell("√", said);
        self.go_behind_card(section);
    }

    /// The section that takes a card read in `section`. It is the one where this number stands already; else that one,
    /// unless the card is of the other party's sex. Where another person stands in the right one, nothing is taken: that
    /// section is given.
    fn place_of(&self, card: &Card, section: usize) -> Result<usize, usize> {
        let stands = |at: usize| {
            let path = self.scanned(at).unwrap_or_default();
            self.sheet.draft.answers.text(&path).to_owned()
        };
        let other = self.other_of(section);
        let mut places = std::iter::once(section).chain(other);
        if let Some(same) = places.find(|at| stands(*at) == card.id) {
            return Ok(same);
        }
        let Some(other) = other else {
            return if stands(section).is_empty() {
                Ok(section)
            } else {
                Err(section)
            };
        };
        let can_be = |at: usize| {
            let sex = self.sheet.form.sections.get(at).and_then(|section| section.sex);
            sex.is_none() || card.sex().is_none() || sex == card.sex()
        };
        let right = if !can_be(section) && can_be(other) {
            other
        } else {
            section
        };
        if stands(right).is_empty() {
            Ok(right)
        } else {
            Err(right)
        }
    }

    fn answers_in(&self, section: usize, card: &Card) -> Vec<(String, String)> {
        let section = self.sheet.form.sections.get(section);
        section.map(|section| card.answers(section)).unwrap_or_default()
    }

    /// The section of the other party.
    fn other_of(&self, section: usize) -> Option<usize> {
        self.section_of(&self.sheet.same_of_other(&self.scanned(section)?)?)
    }

    /// To the other party's card where none was read yet, else to the first field that needs something.
    fn go_behind_card(&mut self, section: usize) {
        let other = self.scanned(section).and_then(|path| self.sheet.same_of_other(&path));
        let other = other.filter(|path| self.sheet.draft.answers.text(path).is_empty());
        let at = other.and_then(|path| self.sheet.position(&path));
        if let Some(at) = at.or(self.sheet.first_needing()) {
            self.sheet.go(at);
        }
    }

    fn title_of(&self, section: usize, shared: &Shared) -> String {
        let section = self.sheet.form.sections.get(section);
        let title = section.map(|section| shared.lang.of(&section.title, &section.title_en));
        title.unwrap_or_default().to_owned()
    }

    /// The section of a field, where a card reader can fill it.
    fn section_of(&self, path: &str) -> Option<usize> {
        let id = path.split('.').next()?;
        let at = self.sheet.form.sections.iter().position(|section| section.id == id)?;
        self.scanned(at).map(|_| at)
    }

    /// The first section that a card reader can fill.
    fn first_scanned(&self) -> Option<usize> {
        (0..self.sheet.form.sections.len()).find(|at| self.scanned(*at).is_some())
    }

    /// The field of a section that a card reader begins with.
    fn scanned(&self, section: usize) -> Option<String> {
        let section = self.sheet.form.sections.get(section)?;
        let field = section.fields.iter().find(|field| field.scan)?;
        Some(field.path.clone())
    }
}
