//! A burst over a form: a card fills the section of its party, and the caret goes to what comes next.

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
        let here = self.sheet.here().map(|field| field.path.clone()).unwrap_or_default();
        let read = card::read(&shared.desk.reader, text);
        let section = self.section_of(&here).or_else(|| self.first_scanned());
        let (Some(card), Some(section)) = (read, section) else {
            let dropped = self.sheet.paste(text, typed).len();
            if dropped > 0 {
                let said = words::DROPPED.fill(shared.lang, &[&dropped.to_string()]);
                shared.tell("!", said);
            }
            return;
        };
        self.sheet.take_back(typed);
        self.accept(shared);
        let Some(section) = self.free_for(&card.id, section) else {
            let said = words::CARD_ELSEWHERE.fill(shared.lang, &[&self.title_of(section, shared)]);
            return shared.tell("!", said);
        };
        let answers = self.sheet.form.sections.get(section);
        let answers = answers.map(|section| card.answers(section)).unwrap_or_default();
        self.set(shared, &answers);
        let said = words::CARD_TAKEN.fill(shared.lang, &[&self.title_of(section, shared)]);
        shared.tell("√", said);
        self.go_behind_card(section);
    }

    /// The section that takes a card read in `section`: that one, unless another person stands there; then the other
    /// party's, if that one is empty or the same person's.
    fn free_for(&self, id: &str, section: usize) -> Option<usize> {
        let free = |path: &str| ["", id].contains(&self.sheet.draft.answers.text(path));
        let own = self.scanned(section)?;
        let other = self.sheet.same_of_other(&own);
        if self.sheet.draft.answers.text(&own) != id
            && let Some(path) = other.as_ref().filter(|path| self.sheet.draft.answers.text(path) == id)
        {
            return self.section_of(path);
        }
        if free(&own) {
            return Some(section);
        }
        self.section_of(&other.filter(|path| free(path))?)
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
