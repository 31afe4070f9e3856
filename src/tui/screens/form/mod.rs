//! A form (录入), and its check (审查): two parties side by side, each accepted field saved and examined at once.
//!
//! It shows any form: sections of one group stand side by side. [`sheet`] knows answers and the caret, [`marks`] how the
//! fields stand, [`look`] draws, [`moves`] walks, [`fill`] and [`scan`] answer without typing, [`save`] keeps drafts,
//! [`check`] and [`handin`] are the steps behind it; this file gives each key to one of them.

pub(super) mod card;
mod check;
mod explain;
mod fill;
mod handin;
mod leap;
mod lists;
mod look;
mod marks;
mod moves;
mod save;
mod scan;
mod sheet;
#[cfg(test)]
mod tests;
mod values;
mod walk;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::check::Check;
use self::leap::Run;
use self::sheet::Sheet;
use super::{Caret, Page, places};
use crate::desk::{Draft, Problem};
use crate::domain::finding::{Finding, Severity};
use crate::forms::Field;
use crate::tui::effect::{Reply, Ticket};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Told};
use crate::tui::state::{Note, Shared};
use crate::tui::words;

/// A form on the screen.
#[derive(Debug)]
pub struct FormScreen {
    sheet: Sheet,
    /// The second step, where it is seen.
    check: Option<Check>,
    /// The question about the case that was asked last.
    examining: Option<Ticket>,
    /// The act that was asked for.
    handing_in: Option<Ticket>,
    /// A second person signs in; whether the act closes the case as refused.
    approving: Option<(Ticket, bool)>,
    /// The ground that a person chose to refuse on.
    ground: Option<String>,
    /// The save that was not answered yet.
    saving: Option<Ticket>,
    /// Whether that save bears answers, not the caret's place alone.
    saving_answers: bool,
    /// Whether anybody answered anything; what the form begins with is no draft.
    begun: bool,
    /// Answers changed since they were last given to be saved.
    unsaved: bool,
    /// The caret moved since then: the draft is to be offered again on this field.
    moved: bool,
    /// Answers changed since the desk was last asked about the case.
    unexamined: bool,
    /// Something was typed into the field since the draft was last given to be saved.
    typing: bool,
    /// Typing paused while a save was under way: another one follows it.
    paused: bool,
    /// The field that the last character was typed in.
    typed_at: Option<usize>,
    /// A full field sent the caret on by itself, and no key came since.
    leapt: bool,
    /// The digits typed without a break, over fields that were full.
    run: Option<Run>,
    /// The last key walked to a finding.
    walking: bool,
    /// Nothing is left to be filled in, and the last key asked for more.
    filled: bool,
}

impl FormScreen {
    /// A draft on its form; `None` where the form cannot be used today.
    pub fn new(draft: Draft, shared: &Shared) -> Option<Self> {
        let form = shared.forms.form(&draft.form, shared.now.date())?.clone();
        Some(Self::over(Sheet::new(Arc::new(form), draft, shared)))
    }

    fn over(sheet: Sheet) -> Self {
        Self {
            begun: sheet.draft.id != 0 || sheet.typed().is_some(),
            check: None,
            examining: None,
            handing_in: None,
            approving: None,
            ground: None,
            saving: None,
            saving_answers: false,
            unsaved: false,
            moved: false,
            unexamined: true,
            typing: false,
            paused: false,
            typed_at: None,
            leapt: false,
            run: None,
            walking: false,
            filled: false,
            sheet,
        }
    }

    /// Something was pressed: what the key before it did counts no more.
    fn pressed(&mut self) {
        (self.leapt, self.walking, self.filled) = (false, false, false);
    }
}

/// A field's label in the language of the screen.
fn label<'a>(field: &'a Field, shared: &Shared) -> &'a str {
    shared.lang.of(&field.label, &field.label_en)
}

/// A finding as a note: its sentence, its article, and whether it stops.
pub(super) fn note(finding: &Finding, shared: &Shared) -> Note {
    let article = finding.article.iter().map(|article| format!("  《{article}》"));
    let article: String = article.collect();
    let stops = finding.severity <= Severity::Confirm;
    Note {
        mark: if stops { "!" } else { " " },
        text: format!("{}{article}", shared.lang.of(&finding.says, &finding.says_en)),
    }
}

impl Page for FormScreen {
    fn title(&self, shared: &Shared) -> String {
        let form = &self.sheet.form;
        let steps = [
            (words::STEP_ENTER, self.check.is_none()),
            (words::STEP_CHECK, self.check.is_some()),
            (words::STEP_DONE, false),
        ];
        let steps = steps.into_iter().enumerate().map(|(at, (word, here))| {
            let step = format!("{}{}", at + 1, word.say(shared.lang));
            if here { format!("[{step}]") } else { step }
        });
        let steps = steps.collect::<Vec<_>>().join(" ");
        let title = shared.lang.of(&form.title, &form.title_en);
        if !self.begun {
            return format!("{title}  {steps}");
        }
        let waits = self.typing || self.paused || self.unsaved || self.saving_answers && self.saving.is_some();
        let saved = if waits { words::UNSAVED } else { words::SAVED };
        // Where room is short the steps give way.
        format!("{title}  {}  {steps}", saved.say(shared.lang))
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        if let Some(check) = &self.check {
            return check.commands(self, shared);
        }
        let lang = shared.lang;
        let mut commands = vec![
            Command::named(Action::GoOn, words::STEP_CHECK.say(lang)),
            Command::usual(Action::List, lang),
            Command::usual(Action::Same, lang),
            Command::usual(Action::Park, lang),
            self.refusal(shared),
            Command::usual(Action::Walk, lang),
            Command::named(Action::Up, words::PARK.say(lang)),
            Command::usual(Action::Discard, lang),
        ];
        if self.sheet.here().is_some_and(|field| field.derived) {
            commands.insert(1, Command::usual(Action::Override, lang));
        }
        commands.extend(places::find(shared));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        let at = self.sheet.at();
        let walked = std::mem::take(&mut self.walking);
        self.pressed();
        match call {
            call if self.check.is_some() => self.call_in_check(shared, call),
            Call::Action(Action::GoOn) => self.go_to_check(shared),
            Call::Action(Action::List) => self.list(shared),
            Call::Action(Action::Same) => self.same(shared),
            Call::Action(Action::Park | Action::Up) => return self.park(shared),
            Call::Action(Action::Refuse) => self.refuse(shared),
            Call::Action(Action::Walk) => self.walk(shared, walked),
            Call::Action(Action::Override) => self.put_right(shared),
            Call::Action(Action::Discard) => self.ask_discard(shared),
            Call::Action(Action::Find) => drop(places::go(shared, call)),
            _ => {}
        }
        self.settle(shared, at);
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        let at = self.sheet.at();
        let leapt = self.leapt;
        self.pressed();
        match self.check {
            Some(_) => self.key_in_check(shared, key),
            None => self.key_in_field(shared, key, leapt),
        }
        self.settle(shared, at);
    }

    fn text(&mut self, shared: &mut Shared, text: &str, typed: usize) {
        let at = self.sheet.at();
        self.pressed();
        if self.check.is_none() {
            self.burst(shared, text, typed);
        }
        self.settle(shared, at);
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        let at = self.sheet.at();
        let mut texts = told.texts.into_iter();
        let (first, second) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        match told.about {
            About::Field(path) => self.take(shared, path, first),
            About::Override(path) => self.set_right(shared, &path, &first, &second),
            About::Confirm(rule) => {
                self.sheet.draft.confirm.insert(rule, first);
                self.unsaved = true;
            }
            About::Ground => {
                self.ground = Some(first);
                self.prove(shared, About::Refuse);
            }
            About::Discard => return self.discard(shared, &first),
            About::HandIn => self.hand_in(shared, false),
            About::Refuse => self.hand_in(shared, true),
            About::Second { refuse } => self.second_look(shared, refuse, &first, &second),
            _ => {}
        }
        self.settle(shared, at);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Saved { .. }) if self.saving == Some(ticket) => {
                self.saving = None;
                self.save(shared);
            }
            Ok(Reply::Examined(examination)) if self.examining == Some(ticket) => self.sheet.examined(examination),
            Ok(Reply::Done) if matches!(self.approving, Some((asked, _)) if asked == ticket) => {
                if let Some((_, refuse)) = self.approving.take() {
                    self.go_in(shared, refuse);
                }
            }
            Ok(Reply::HandedIn(submitted)) if self.handing_in == Some(ticket) => self.handed_in(shared, submitted),
            Ok(_) => {}
            Err(problem) => {
                // What could not be saved is given again with the next key.
                if self.saving.take_if(|asked| *asked == ticket).is_some() {
                    self.unsaved = true;
                }
                self.handing_in.take_if(|asked| *asked == ticket);
                self.approving.take_if(|(asked, _)| *asked == ticket);
                shared.tell_problem(&problem);
            }
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.settle(shared, self.sheet.at());
    }

    fn owes(&self) -> bool {
        self.typing
    }

    fn keep(&mut self, shared: &mut Shared) {
        self.paused |= std::mem::take(&mut self.typing);
        self.begun |= self.paused;
        self.save(shared);
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        match &self.check {
            Some(check) => check.explain(self, shared),
            None => explain::of(self, shared),
        }
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        match &self.check {
            Some(check) => check.view(self, shared, buf, area),
            None => look::view(&self.sheet, shared, buf, area),
        }
    }
}
