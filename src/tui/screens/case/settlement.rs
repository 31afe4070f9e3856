//! What can be done with a settlement from its case: another one that follows it, and voiding it.

use super::Case;
use crate::desk::Permission;
use crate::tui::keys::{Action, Command};
use crate::tui::overlays::{About, Matter};
use crate::tui::state::Shared;
use crate::tui::words;

impl Case {
    /// Whether fees were ever settled here.
    pub(super) fn is_settled(&self) -> bool {
        self.view.as_ref().is_some_and(|view| !view.settlements.is_empty())
    }

    /// The settlement of the case that stands.
    pub(super) fn settlement(&self) -> Option<&str> {
        let settlements = self.view.iter().flat_map(|view| &view.settlements);
        let mut standing = settlements.filter(|known| known.state == "settled");
        standing.next().map(|known| known.number.as_str())
    }

    /// Commands of a settlement: what follows it, and voiding it.
    pub(super) fn of_settlement(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let unless = |good: bool, word: words::Word| (!good).then(|| word.say(lang).to_owned());
        let may = |permission| unless(shared.may(permission), words::NOT_YOURS);
        let gone = || unless(self.settlement().is_some(), words::SETTLEMENT_VOID);
        vec![
            Command::named(Action::GoOn, words::FOLLOW.say(lang)).unless(may(Permission::Settle).or_else(gone)),
            Command::named(Action::Spoil, words::VOID_SETTLEMENT.say(lang))
                .unless(may(Permission::Approve).or_else(gone)),
        ]
    }

    /// Asks why the settlement is voided, or followed.
    pub(super) fn ask_about_settlement(&self, shared: &mut Shared, void: bool) {
        let Some(number) = self.settlement().map(str::to_owned) else {
            return;
        };
        let (matter, title, help) = if void {
            (
                Matter::VoidSettlement(number),
                words::VOID_SETTLEMENT,
                words::VOID_SETTLEMENT_HELP,
            )
        } else {
            (Matter::Follow(number), words::FOLLOW, words::FOLLOW_HELP)
        };
        let (title, help) = (title.say(shared.lang), help.say(shared.lang));
        Self::ask_reason(shared, About::Matter(matter), title, help);
    }
}
