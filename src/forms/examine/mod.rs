//! Answers held against a form: read, derived, required, and weighed by its rules. Unknown is never taken for yes.

mod read_answer;
mod weigh;

pub(super) use read_answer::longest;
pub(super) use weigh::{Sight, weigh_one};

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Answers, Circumstances, Examination, Facts, Field, FieldKind, FieldState, Form, Value,
    condition::{Condition, Truth},
    message::{Messages, Params, params},
};
use crate::domain::{
    area::{AreaLookup, AreaTable},
    calendar::WorkCalendar,
    code_list::CodeList,
    date::PartialDate,
    finding::Finding,
    id_number::{IdKind, IdNumber},
};
use read_answer::{Desk, Reading};

/// The lists and words that an examination needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Books<'a> {
    pub lists: &'a BTreeMap<String, CodeList>,
    pub areas: &'a AreaTable,
    pub calendar: &'a WorkCalendar,
    pub messages: &'a Messages,
}

/// Holds answers and facts against a form and its rules.
pub(super) fn examine(books: Books, form: &Form, answers: &Answers, facts: &Facts, now: Circumstances) -> Examination {
    let (mut desk, fields) = stand_all(books, form, answers, facts, now);
    let sight = desk.sight(facts, &NOTHING);
    let mut findings = weigh::all(books.messages, form, &sight, &desk.findings);
    findings.append(&mut desk.findings);
    sort(form, &mut findings);
    Examination { fields, findings }
}

/// How the fields stand, no rule weighed: what a screen needs at once behind every answer.
pub(super) fn fields(
    books: Books,
    form: &Form,
    answers: &Answers,
    facts: &Facts,
    now: Circumstances,
) -> Vec<FieldState> {
    stand_all(books, form, answers, facts, now).1
}

fn stand_all<'a>(
    books: Books<'a>,
    form: &'a Form,
    answers: &'a Answers,
    facts: &Facts,
    now: Circumstances,
) -> (Examiner<'a>, Vec<FieldState>) {
    let mut desk = Examiner::new(books, form, answers, now);
    desk.read_all();
    let sight = desk.sight(facts, &NOTHING);
    let stands: Vec<(bool, bool)> = form.fields().map(|field| stands(field, &sight)).collect();
    let mut states = Vec::with_capacity(stands.len());
    for (field, (shown, required)) in form.fields().zip(stands) {
        states.push(FieldState {
            path: field.path.clone(),
            shown,
            required,
            value: desk.values.get(&field.path).filter(|_| shown).cloned(),
            derived: desk.derived.contains(&field.path),
            overridden: desk.overridden.contains_key(&field.path),
            told: desk.overridden.get(&field.path).cloned().flatten(),
        });
        if shown {
            desk.ask(field, required);
        } else {
            desk.values.remove(&field.path);
            desk.findings
                .retain(|finding| finding.field.as_ref() != Some(&field.path));
        }
    }
    (desk, states)
}

static NOTHING: BTreeSet<String> = BTreeSet::new();

/// What all answers come to, before any rule is weighed: for the examples of rules.
pub(super) fn values(books: Books, form: &Form, answers: &Answers, now: Circumstances) -> BTreeMap<String, Value> {
    let mut desk = Examiner::new(books, form, answers, now);
    desk.read_all();
    desk.values
}

/// Whether a field is shown, and whether it must be answered. What cannot be decided is shown and not demanded.
fn stands(field: &Field, sight: &Sight) -> (bool, bool) {
    let holds = |condition: &Condition| condition.holds(sight);
    let shown = field.show_when.as_ref().is_none_or(|when| holds(when) != Truth::No);
    let demanded = field
        .required_when
        .as_ref()
        .is_some_and(|when| holds(when) == Truth::Yes);
    (shown, shown && (field.required || demanded))
}

/// Heaviest first, then in the order of the form.
fn sort(form: &Form, findings: &mut [Finding]) {
    let order: BTreeMap<&str, usize> = form
        .fields()
        .enumerate()
        .map(|(at, field)| (field.path.as_str(), at))
        .collect();
    findings.sort_by_key(|finding| {
        let at = finding.field.as_deref().and_then(|path| order.get(path).copied());
        (finding.severity, at.unwrap_or(usize::MAX))
    });
}

struct Examiner<'a> {
    books: Books<'a>,
    form: &'a Form,
    answers: &'a Answers,
    now: Circumstances,
    values: BTreeMap<String, Value>,
    derived: BTreeSet<String>,
    /// Paths put right by a person, with what their source tells.
    overridden: BTreeMap<String, Option<Value>>,
    findings: Vec<Finding>,
}

impl<'a> Examiner<'a> {
    fn new(books: Books<'a>, form: &'a Form, answers: &'a Answers, now: Circumstances) -> Self {
        Self {
            books,
            form,
            answers,
            now,
            values: BTreeMap::new(),
            derived: BTreeSet::new(),
            overridden: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    fn say(&mut self, code: &str, path: &str, mut params: Params) {
        params.insert("label".to_owned(), self.form.label(path));
        params.insert("label_en".to_owned(), self.form.label_en(path));
        let finding = self.books.messages.examined(code, Some(path), params);
        self.findings.push(finding);
    }

    fn read_all(&mut self) {
        let form = self.form;
        for field in form.fields().filter(|field| !field.derived) {
            let answer = self.answers.get(&field.path);
            let default = || field.default.as_ref().map(|text| Answer::Text(text.clone()));
            let Some(answer) = answer.cloned().or_else(default) else {
                continue;
            };
            let reading = self.read(field, &answer);
            self.keep(field, reading);
        }
        for field in form.fields() {
            let own = field.path.rsplit_once('.').map_or("", |(section, _)| section);
            for told in &field.derives {
                let path = format!("{own}.{told}");
                if let Some(target) = form.field(&path) {
                    self.derive(field, target, told);
                }
            }
        }
    }

    fn read(&self, field: &Field, answer: &Answer) -> Reading {
        let desk = Desk {
            lists: self.books.lists,
            day: self.now.day,
        };
        let id_kind = match &field.kind {
            FieldKind::IdNumber { id_type: Some(path) } => Some(self.id_kind(path)),
            _ => None,
        };
        read_answer::read(&desk, field, answer, id_kind)
    }

    /// The kind of document named at a path; a resident's card as long as none is.
    fn id_kind(&self, path: &str) -> IdKind {
        self.answers.text(path).parse().unwrap_or(IdKind::ResidentId)
    }

    fn keep(&mut self, field: &Field, reading: Reading) {
        for (code, params) in reading.said {
            self.say(code, &field.path, params);
        }
        if let Some(value) = reading.value {
            self.values.insert(field.path.clone(), value);
        }
    }

    /// What an identity number tells about a field; a person may put it right with a reason, or answer where it
    /// tells nothing.
    fn derive(&mut self, source: &Field, target: &Field, told: &str) {
        let path = &target.path;
        let derived = match self.values.get(&source.path) {
            Some(Value::Id(id)) => self.told(&id.clone(), source, told),
            _ => None,
        };
        let given = self.answers.get(path).map(|answer| self.read(target, answer));
        if let Some(put_right) = self.answers.overrides.get(path) {
            let reading = self.read(target, &put_right.value);
            if put_right.reason.trim().is_empty() {
                self.say("answer.override-reason", path, Params::new());
            } else if reading.value.is_some() {
                let was = derived.as_ref().map(Value::paper).unwrap_or_default();
                let reason = params([("reason", put_right.reason.trim()), ("was", &was)]);
                self.say("answer.overridden", path, reason);
                self.overridden.insert(path.clone(), derived);
            }
            return self.keep(target, reading);
        }
        match (derived, given) {
            (Some(derived), Some(given)) if given.value.as_ref().is_some_and(|given| *given != derived) => {
                let shown = params([("derived", &derived.paper())]);
                self.say("answer.derived-differs", path, shown);
                self.derived.insert(path.clone());
                self.values.insert(path.clone(), derived);
            }
            (Some(derived), given) => {
                for (code, params) in given.map(|given| given.said).unwrap_or_default() {
                    self.say(code, path, params);
                }
                self.derived.insert(path.clone());
                self.values.insert(path.clone(), derived);
            }
            (None, Some(given)) => self.keep(target, given),
            (None, None) => {}
        }
    }

    fn told(&mut self, id: &IdNumber, source: &Field, told: &str) -> Option<Value> {
        match told {
            "birth" => id.birth().map(|day| Value::Date(PartialDate::Day(day))),
            "sex" => {
                let sex = id.sex()?;
                Some(Value::Code {
                    code: sex.as_str().to_owned(),
                    name: sex.label().to_owned(),
                })
            }
            _ => {
                let code = id.area()?;
                match self.books.areas.lookup(code, self.now.day) {
                    AreaLookup::Current(area) | AreaLookup::Abolished(area) => {
                        Some(Value::Text(self.books.areas.full_name(&area)))
                    }
                    AreaLookup::Unknown => {
                        let shown = params([("code", &code.to_string())]);
                        self.say("answer.area-unknown", &source.path, shown);
                        None
                    }
                }
            }
        }
    }

    /// Asks for what is missing. A derived field is asked for at its source first.
    fn ask(&mut self, field: &Field, required: bool) {
        if self.values.contains_key(&field.path) || self.stopped(&field.path) {
            return;
        }
        if field.derived
            && self
                .source_of(&field.path)
                .is_some_and(|source| !self.values.contains_key(&source))
        {
            return;
        }
        if required {
            self.say("answer.required", &field.path, Params::new());
        } else if field.wanted {
            self.say("answer.wanted", &field.path, Params::new());
        }
    }

    fn stopped(&self, path: &str) -> bool {
        let stops = |finding: &Finding| finding.stops() && finding.field.as_deref() == Some(path);
        self.findings.iter().any(stops)
    }

    fn source_of(&self, path: &str) -> Option<String> {
        source_of(self.form, path)
    }

    fn sight<'s>(&'s self, facts: &'s Facts, blind: &'s BTreeSet<String>) -> Sight<'s> {
        Sight {
            values: &self.values,
            facts,
            now: self.now,
            calendar: self.books.calendar,
            blind,
        }
    }
}

/// The field that a derived one comes from.
pub(super) fn source_of(form: &Form, path: &str) -> Option<String> {
    let (section, told) = path.rsplit_once('.')?;
    let fields = form.sections.iter().find(|own| own.id == section)?.fields.iter();
    let mut sources = fields.filter(|field| field.derives.iter().any(|name| name == told));
    sources.next().map(|field| field.path.clone())
}
