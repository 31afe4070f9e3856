//! The papers of a case: printed, printed once more with a reason, and made anew after a booklet was spoiled.

use super::Case;
use super::tabs::{self, Tab};
use crate::desk::{DocumentLine, Standing};
use crate::domain::party::Side;
use crate::tui::effect::Ask;
use crate::tui::overlays::{About, Matter, Overlay, Pick, Prompt};
use crate::tui::state::Shared;
use crate::tui::widgets::ChoiceLine;
use crate::tui::words;

impl Case {
    pub(super) fn documents(&self) -> &[DocumentLine] {
        self.view.as_ref().map_or(&[], |view| &view.documents)
    }

    /// The paper of a number in the list.
    pub(super) fn document(&self, said: &str) -> Option<&DocumentLine> {
        let n: usize = said.parse().ok()?;
        self.documents().get(n.checked_sub(1)?)
    }

    /// Serials under the certificate, each with whose booklet it is.
    pub(super) fn blanks(&self) -> Vec<(Side, &str)> {
        let certificate = self.view.as_ref().and_then(|view| view.certificate.as_ref());
        let both = certificate.map(|known| [&known.blank_first, &known.blank_second]);
        let both = both.into_iter().flatten().zip(Side::BOTH);
        both.filter_map(|(serial, side)| Some((side, serial.as_deref()?)))
            .collect()
    }

    /// The chosen paper, or a list to choose from.
    pub(super) fn print(&self, shared: &mut Shared) {
        let documents = self.documents();
        if self.tab == Tab::Papers {
            let chosen = documents.get(self.at.at(documents.len()));
            return chosen
                .into_iter()
                .for_each(|document| Self::print_one(shared, document));
        }
        let line = |(n, document): (usize, &DocumentLine)| {
            let label = format!("{n} {}", tabs::paper(document, shared).row);
            ChoiceLine::new(&n.to_string(), &document.title, &label)
        };
        let lines = (1..).zip(documents).map(line).collect();
        let title = words::WHICH_PAPER.say(shared.lang);
        shared.open(Overlay::Pick(Pick::new(About::Matter(Matter::Paper), title, lines, "")));
    }

    /// The first copy of a paper that holds needs no reason; any other does, and says so itself.
    pub(super) fn print_one(shared: &mut Shared, document: &DocumentLine) {
        let lang = shared.lang;
        if document.standing != Standing::Current && document.overlay {
            return shared.tell("!", words::PAGE_GONE.fill(lang, &[&document.title]));
        }
        if document.copies == 0 && document.standing == Standing::Current {
            let documents = vec![document.id];
            shared.ask(Ask::Print {
                documents,
                reason: String::new(),
            });
            return;
        }
        let help = match (document.standing, &document.serial) {
            (Standing::Replaced, _) => words::REPLACED_HELP.say(lang).to_owned(),
            (Standing::Void, _) => words::VOID_HELP.say(lang).to_owned(),
            (Standing::Current, Some(serial)) => words::PAGE_AGAIN_HELP.fill(lang, &[serial]),
            (Standing::Current, None) => words::ONE_MORE_HELP.say(lang).to_owned(),
        };
        let title = format!("{}  {}", words::ONE_MORE.say(lang), document.title);
        let prompt = Prompt::new(About::Copy(document.id), &title, &help);
        shared.open(Overlay::Prompt(prompt.line(words::REASON.say(lang), "", true)));
    }

    /// Which booklet was spoiled.
    pub(super) fn replace(&self, shared: &mut Shared) {
        let line = |(n, (side, serial)): (usize, &(Side, &str))| {
            let whose = shared.lang.of(side.label(), side.as_str());
            ChoiceLine::new(serial, serial, &format!("{n} {whose} {serial}"))
        };
        let lines = (1..).zip(&self.blanks()).map(line).collect();
        let title = words::WHICH_BLANK.say(shared.lang);
        shared.open(Overlay::Pick(Pick::new(
            About::Matter(Matter::WhichBlank),
            title,
            lines,
            "",
        )));
    }

    /// What a spoiled booklet is asked about: whose it is, and why.
    pub(super) fn ask_why_spoiled(&self, shared: &mut Shared, serial: String) {
        let whose = self.blanks().into_iter().find(|(_, known)| *known == serial);
        let whose = whose.map(|(side, _)| shared.lang.of(side.label(), side.as_str()).to_owned());
        let named = format!("{} {serial}", whose.unwrap_or_default());
        let title = words::SPOIL_TITLE.fill(shared.lang, &[named.trim()]);
        let help = words::SPOIL_HELP.say(shared.lang);
        Self::ask_reason(shared, About::Spoil(serial), &title, help);
    }
}
