//! The bill of a waiver (减免结算): who and when above, the lines below, sums and reasons running along.
//!
//! [`head`] knows the fields above, [`table`] the line that is being typed, [`keys`] what keys do to both, [`draw`] how
//! it looks, [`ending`] the deliberate question and what became of it. Each change is saved as a draft,
//! and the desk computes it at once on the same road as the act.

mod draw;
mod ending;
mod head;
mod keys;
mod table;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::head::{Field, Kind};
use self::table::{Entry, Row};
use super::{Caret, Page, printing};
use crate::desk::{Draft, Given, ItemLine, Permission, Problem, WaiverPreview};
use crate::forms::Answer;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::words;

/// A bill on the screen.
#[derive(Debug)]
pub struct Bill {
    draft: Draft,
    preview: WaiverPreview,
    items: Vec<ItemLine>,
    fields: Vec<Field>,
    place: Place,
    /// What is typed in the field above that the caret stands in.
    input: Input,
    entry: Entry,
    /// What is done once the desk has answered.
    then: Then,
    previewing: Option<Ticket>,
    saving: Option<Ticket>,
    handing_in: Option<Ticket>,
    /// A second person signs in; what is approved with that.
    approving: Option<(Ticket, Override)>,
    unsaved: bool,
    begun: bool,
}

/// A line that is free otherwise than computed: its place from 0, what is free in 分, why.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Override {
    line: usize,
    free: i64,
    reason: String,
}

/// Where the caret stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a field above, by its place.
    Head(usize),
    /// In the line that is being typed.
    Entry,
    /// On a line of the bill.
    Row(usize),
}

/// What is done once the desk has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Nothing,
    /// To the next field that needs something.
    GoOn,
    /// The deliberate question before this.
    Ask(Ending),
}

/// How a claim may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Settle,
    Refuse,
}

impl Bill {
    /// A claim being typed.
    pub fn new(mut draft: Draft, shared: &Shared) -> Self {
        let begun = draft.id != 0;
        let today = shared.now.date().to_string();
        for (path, text) in [("policy", &shared.profile.waiver_policy), ("dates.claim", &today)] {
            let alone = path == "policy" && draft.answers.get("tariff").is_some();
            if draft.answers.get(path).is_none() && !alone {
                draft.answers.set_text(path, text);
            }
        }
        let mut bill = Self {
            preview: WaiverPreview::default(),
            items: vec![],
            fields: vec![],
            place: Place::Head(0),
            input: Input::default(),
            entry: Entry::new(&[], shared.lang, shared.now.date()),
            then: Then::GoOn,
            previewing: None,
            saving: None,
            handing_in: None,
            approving: None,
            unsaved: false,
            begun,
            draft,
        };
        bill.fields = head::fields(&bill.draft.answers, &bill.preview);
        bill.enter(Place::Head(0), shared);
        bill
    }

    fn rows(&self) -> &[Row] {
        match self.draft.answers.get("bill") {
            Some(Answer::Rows(rows)) => rows,
            _ => &[],
        }
    }

    fn offsite(&self) -> bool {
        self.draft.answers.get("offsite.hall").is_some()
    }

    fn field(&self) -> Option<&Field> {
        match self.place {
            Place::Head(at) => self.fields.get(at),
            _ => None,
        }
    }

    /// Puts the caret somewhere; a field shows what it holds.
    fn enter(&mut self, place: Place, shared: &Shared) {
        self.place = place;
        let text = match self.field() {
            Some(field) if matches!(field.kind, Kind::Some(_)) => String::new(),
            Some(field) => head::shown(&self.draft.answers, field, shared.lang),
            None => String::new(),
        };
        self.input = Input::new(&text, Some(head::LONGEST));
    }

    /// Something is another answer now: it is computed and saved.
    fn changed(&mut self, shared: &mut Shared, then: Then) {
        self.begun = true;
        self.unsaved = true;
        self.compute(shared, then);
        if self.saving.is_none() {
            self.save(shared);
        }
    }

    /// Asks the desk how the claim stands. What follows from the answer waits for it, and so do the keys.
    fn compute(&mut self, shared: &mut Shared, then: Then) {
        let ask = Ask::Errand(Errand::Bill {
            given: Box::new(Given::Form(self.draft.answers.clone())),
            draft: self.draft.id,
            items: self.items.is_empty(),
        });
        self.then = then;
        self.previewing = Some(match then {
            Then::Nothing => shared.ask(ask),
            _ => shared.ask_and_wait(ask),
        });
    }

    fn save(&mut self, shared: &mut Shared) {
        if self.begun && self.unsaved && self.handing_in.is_none() {
            self.unsaved = false;
            self.draft.field = self.field().map(|field| field.path.clone()).unwrap_or_default();
            self.saving = Some(shared.ask(Ask::SaveDraft(self.draft.clone())));
        }
    }

    /// Takes what stands in the field above; whether the caret may leave it.
    fn accept(&mut self, shared: &mut Shared, then: Then) -> bool {
        let Some(field) = self.field().cloned() else {
            return true;
        };
        if matches!(field.kind, Kind::Some(_)) {
            if then != Then::Nothing {
                self.compute(shared, then);
            }
            return true;
        }
        match head::answer(field.kind, self.input.text(), shared.now.date()) {
            Ok(answer) => {
                let before = self.draft.answers.get(&field.path).cloned();
                self.draft.answers.set(&field.path, answer);
                if before.as_ref() != self.draft.answers.get(&field.path) {
                    self.changed(shared, then);
                } else if then == Then::GoOn {
                    self.go_on(shared);
                }
                true
            }
            Err(word) => {
                let said = word.say(shared.lang);
                shared.tell("!", said);
                false
            }
        }
    }

    /// To the next field that needs something; behind the last one, to the bill.
    fn go_on(&mut self, shared: &mut Shared) {
        let from = match self.place {
            Place::Head(at) => at + 1,
            _ => return,
        };
        let next = self
            .fields
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, field)| field.needed);
        let place = next.map_or(Place::Entry, |(at, _)| Place::Head(at));
        self.enter(place, shared);
    }

    fn previewed(&mut self, shared: &mut Shared, preview: WaiverPreview, items: Option<Vec<ItemLine>>) {
        let here = self.field().map(|field| field.path.clone());
        self.preview = preview;
        // What was confirmed of something that is said no more is confirmed no more.
        let said = &self.preview.findings;
        self.draft
            .confirm
            .retain(|rule, _| said.iter().any(|finding| finding.rule == *rule));
        if let Some(items) = items {
            self.items = items;
            self.entry = Entry::new(&self.items, shared.lang, shared.now.date());
        }
        self.fields = head::fields(&self.draft.answers, &self.preview);
        if let Some(at) = here.and_then(|path| self.fields.iter().position(|field| field.path == path)) {
            self.place = Place::Head(at);
        }
        match std::mem::replace(&mut self.then, Then::Nothing) {
            Then::Nothing => {}
            Then::GoOn => self.go_on_from_start(shared),
            Then::Ask(ending) => self.prove(shared, ending),
        }
    }

    /// A claim that was opened begins at the first field that needs something.
    fn go_on_from_start(&mut self, shared: &mut Shared) {
        let first = self.field().is_some_and(|field| field.needed);
        if !first || !self.input.is_empty() {
            self.go_on(shared);
        }
    }

    /// To the field or the line that the first finding is about.
    fn walk(&mut self, shared: &mut Shared) {
        let stops = self.preview.findings.iter().filter(|finding| finding.stops());
        for path in stops.filter_map(|finding| finding.field.clone()) {
            if let Some(at) = self.fields.iter().position(|field| field.path == path) {
                return self.enter(Place::Head(at), shared);
            }
            let line = path
                .strip_prefix("bill.")
                .and_then(|rest| rest.split('.').next()?.parse::<usize>().ok());
            if let Some(at) = line.and_then(|n| n.checked_sub(1)).filter(|at| *at < self.rows().len()) {
                self.place = Place::Row(at);
                return;
            }
        }
        let said = words::NO_FINDINGS.say(shared.lang);
        shared.tell("√", said);
    }

    fn park(&mut self, shared: &mut Shared) {
        self.keep(shared);
        if self.begun {
            let said = words::PARKED.say(shared.lang);
            shared.tell("√", said);
        }
        shared.wish(Wish::Up);
    }
}

impl Page for Bill {
    fn title(&self, shared: &Shared) -> String {
        let lang = shared.lang;
        let policy = self.preview.policy.as_ref().map(|title| lang.of(&title.zh, &title.en));
        let saved = if self.saving.is_none() && !self.unsaved {
            words::SAVED
        } else {
            words::UNSAVED
        };
        let saved = if self.begun { saved.say(lang) } else { "" };
        let former = self.draft.answers.text("former");
        let what = if former.is_empty() {
            words::WAIVER.say(lang).to_owned()
        } else {
            format!("{} {former}", words::FOLLOW.say(lang))
        };
        format!("{what}  {}  {saved}", policy.unwrap_or_default())
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let refused = self.preview.findings.iter().any(ending::refuses);
        let no_refusal = (!refused).then(|| words::BILL_NO_REFUSAL.say(lang).to_owned());
        let no_print = (!shared.may(Permission::Print)).then(|| words::NOT_YOURS.say(lang).to_owned());
        let mut commands = vec![
            Command::named(Action::GoOn, words::BILL_SETTLE.say(lang)),
            Command::usual(Action::List, lang),
            Command::named(Action::Back, words::BILL_HEAD.say(lang)),
            Command::usual(Action::Park, lang),
            Command::usual(Action::Refuse, lang).unless(no_refusal),
            Command::usual(Action::Walk, lang),
            Command::named(Action::Print, words::BILL_WALL.say(lang)).unless(no_print),
            Command::named(Action::Up, words::PARK.say(lang)),
        ];
        if matches!(self.place, Place::Row(_)) {
            let word = if self.offsite() {
                words::BILL_REJECT
            } else {
                words::BILL_OVERRIDE
            };
            commands.insert(1, Command::named(Action::Override, word.say(lang)));
        }
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::GoOn) if self.accept(shared, Then::Nothing) => {
                self.compute(shared, Then::Ask(Ending::Settle));
            }
            Call::Action(Action::Refuse) if self.accept(shared, Then::Nothing) => {
                self.compute(shared, Then::Ask(Ending::Refuse));
            }
            Call::Action(Action::List) => self.list(shared),
            Call::Action(Action::Back) if self.accept(shared, Then::Nothing) => self.enter(Place::Head(0), shared),
            Call::Action(Action::Print) => self.print_list(shared),
            Call::Action(Action::Walk) if self.accept(shared, Then::Nothing) => self.walk(shared),
            Call::Action(Action::Override) if self.offsite() => self.reject(shared),
            Call::Action(Action::Override) => self.ask_override(shared),
            Call::Action(Action::Park | Action::Up) => self.park(shared),
            _ => {}
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match self.place {
            Place::Head(_) => self.key_in_head(shared, key),
            Place::Entry => self.key_in_entry(shared, key),
            Place::Row(at) => self.key_on_row(shared, at, key),
        }
    }

    fn text(&mut self, shared: &mut Shared, text: &str, typed: usize) {
        self.burst(shared, text, typed);
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        if printing::told(shared, &told).is_some() {
            return;
        }
        if told.about == About::Field(ending::OVERRIDE.to_owned()) {
            return self.override_line(shared, &told.texts);
        }
        let first = told.texts.into_iter().next().unwrap_or_default();
        match told.about {
            About::Field(path) => self.chosen(shared, &path, &first),
            About::Confirm(rule) => {
                self.draft.confirm.insert(rule, first);
                self.changed(shared, Then::Ask(Ending::Settle));
            }
            About::HandIn => self.hand_in(shared, Ending::Settle),
            About::Refuse => self.hand_in(shared, Ending::Refuse),
            _ => {}
        }
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Brought(Brought::Bill { preview, items })) if self.previewing == Some(ticket) => {
                self.previewing = None;
                self.previewed(shared, *preview, items);
            }
            Ok(Reply::Saved { .. }) if self.saving == Some(ticket) => {
                self.saving = None;
                self.save(shared);
            }
            Ok(Reply::Done) if self.approving.as_ref().is_some_and(|(asked, _)| *asked == ticket) => {
                self.approved(shared);
            }
            Ok(Reply::Brought(Brought::Sheet(sheet))) => {
                let documents = vec![sheet.id];
                let reason = String::new();
                shared.ask(Ask::Print { documents, reason });
            }
            Ok(Reply::Printed(printed)) => printing::tell(shared, &printed),
            Ok(Reply::HandedIn(submitted)) if self.handing_in == Some(ticket) => self.handed_in(shared, submitted),
            Ok(_) => {}
            Err(problem) => {
                if self.saving.take_if(|asked| *asked == ticket).is_some() {
                    self.unsaved = true;
                }
                self.handing_in.take_if(|asked| *asked == ticket);
                self.approving.take_if(|(asked, _)| *asked == ticket);
                self.previewing.take_if(|asked| *asked == ticket);
                shared.tell_problem(&problem);
            }
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.compute(shared, self.then);
    }

    fn keep(&mut self, shared: &mut Shared) {
        self.accept(shared, Then::Nothing);
        self.save(shared);
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        draw::explain(self, shared)
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        draw::view(self, shared, buf, area)
    }
}
