//! What a changed answer makes necessary: the draft is saved, and the desk asked about the case.

use super::FormScreen;
use crate::tui::effect::Ask;
use crate::tui::overlays::{About, Overlay, Prompt};
use crate::tui::state::{Shared, Wish};
use crate::tui::words;

impl FormScreen {
    /// An answer is another one now: [`FormScreen::settle`] has it saved, and the desk asked about the case.
    pub(super) fn changed(&mut self) {
        self.begun = true;
        self.unsaved = true;
        self.unexamined = true;
    }

    /// Asks for what the last key made necessary, once the caret stands where it goes.
    pub(super) fn settle(&mut self, shared: &mut Shared, at_before: usize) {
        self.moved |= self.sheet.at() != at_before;
        if self.saving.is_none() {
            self.save(shared);
        }
        if std::mem::take(&mut self.unexamined) {
            self.examining = Some(shared.ask(self.question()));
        }
    }

    /// Has the draft saved, if there is something new in it.
    pub(super) fn save(&mut self, shared: &mut Shared) {
        let new = self.unsaved || self.paused || self.moved;
        if self.begun && new && self.handing_in.is_none() {
            self.saving_answers = self.unsaved || self.paused || self.typing;
            (self.unsaved, self.moved, self.paused, self.typing) = (false, false, false, false);
            self.sheet.draft.typed = self.sheet.typed().map(str::to_owned);
            self.saving = Some(shared.ask(Ask::SaveDraft(self.sheet.draft.clone())));
        }
    }

    /// Asks whether the draft is to go.
    pub(super) fn ask_discard(&self, shared: &mut Shared) {
        let lang = shared.lang;
        let prompt = Prompt::new(About::Discard, words::DISCARD.say(lang), words::DISCARD_HELP.say(lang));
        shared.open(Overlay::Prompt(prompt.letters("yn")));
    }

    /// The draft goes, where a person said so.
    pub(super) fn discard(&mut self, shared: &mut Shared, letter: &str) {
        if letter == "y" {
            let draft = &self.sheet.draft;
            shared.ask(Ask::DropDraft {
                id: draft.id,
                key: draft.key.clone(),
            });
            shared.wish(Wish::Up);
        }
    }

    pub(super) fn question(&self) -> Ask {
        let draft = &self.sheet.draft;
        Ask::Examine {
            form: draft.form.clone(),
            answers: draft.answers.clone(),
            draft: (draft.key.clone(), draft.id),
            case: draft.case.clone(),
        }
    }
}
