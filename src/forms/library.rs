//! All data files of this program, compiled: embedded ones, and a county's laid over them.
//!
//! A broken file disables what it defines and nothing else. What only some commands need (areas, calendar, papers,
//! price lists and policies) is read when first asked for.

use std::{collections::BTreeMap, io, path::Path, sync::OnceLock};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{
    Answers, Circumstances, Examination, Facts, Fault, FieldState, Form,
    definition::{self, Definition},
    examine::{self, Books},
    head::{Head, names},
    json,
    message::Messages,
    paper::{self, Paper},
    rule::{self, Base, Example, RuleFile, Rules},
    schema,
    source::{DataFile, Files},
    waiver::{self, WaiverBook},
};
use crate::domain::{area::AreaTable, calendar::WorkCalendar, code_list::CodeList, finding::Finding};

/// The file with the words of findings raised in Rust.
const MESSAGES: &str = "rules/messages.toml";

/// A form with the rules that hold at the same time.
#[derive(Debug)]
pub(super) struct Edition {
    /// The form; its dates are those on which both hold.
    pub form: Form,
    /// The examples of its rules, if it has rules.
    pub examples: Option<Examples>,
    /// Its files, with the day on which each was last held against its source.
    pub sources: Vec<(String, Option<NaiveDate>)>,
}

/// Examples of a file of rules.
#[derive(Debug)]
pub(super) struct Examples {
    pub path: String,
    pub base: Base,
    pub examples: Vec<Example>,
}

/// The data files: embedded ones, and a county's laid over them.
#[derive(Debug, Default)]
pub struct Forms {
    files: Files,
    lists: BTreeMap<String, CodeList>,
    messages: Messages,
    editions: Vec<Edition>,
    faults: Vec<Fault>,
    areas: OnceLock<(AreaTable, Vec<Fault>)>,
    calendar: OnceLock<(WorkCalendar, Vec<Fault>)>,
    papers: OnceLock<(Vec<Paper>, Vec<Fault>)>,
    waivers: OnceLock<WaiverBook>,
}

impl Edition {
    /// Whether it is used on a day.
    pub(super) fn holds_on(&self, day: NaiveDate) -> bool {
        self.form.effective_from <= day && self.form.effective_to.is_none_or(|to| day <= to)
    }
}

impl Forms {
    /// The files inside the program.
    pub fn embedded() -> Self {
        Self::of(Files::embedded())
    }

    /// The files inside the program with a county's folder laid over them. What is wrong stands in
    /// [`Forms::faults`].
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn with_folder(folder: &Path) -> io::Result<Self> {
        Ok(Self::of(Files::with_folder(folder)?))
    }

    pub(super) fn of(files: Files) -> Self {
        let mut forms = Self {
            faults: files.faults.clone(),
            ..Self::default()
        };
        for file in files.of("codes", ".csv").filter(|file| file.stem() != "areas") {
            match CodeList::from_csv(file.stem(), &file.text) {
                Ok(list) => {
                    forms.lists.insert(file.stem().to_owned(), list);
                }
                Err(fault) => forms.faults.push(row_fault(file, &fault)),
            }
        }
        match files.get(MESSAGES) {
            Some(file) => {
                let (messages, faults) = Messages::read(file);
                forms.messages = messages;
                forms.faults.extend(faults);
            }
            None => forms.faults.push(Fault::of_file(MESSAGES, "缺少这个文件")),
        }
        forms.read_forms(&files);
        forms.files = files;
        forms.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        forms
    }

    fn read_forms(&mut self, files: &Files) {
        let mut definitions = Vec::new();
        for file in files.of("desk", ".toml") {
            match definition::read(file, &self.lists) {
                Ok(definition) => definitions.push((file, definition)),
                Err(faults) => self.faults.extend(faults),
            }
        }
        let mut definitions = self.apart(definitions, |definition| &definition.head);
        let rules: Vec<&DataFile> = files
            .of("rules", ".toml")
            .filter(|file| file.path != MESSAGES)
            .collect();
        for file in &rules {
            let known = files.of("desk", ".toml").any(|form| {
                let id = form.stem().split('@').next().unwrap_or_default();
                names(file.stem(), id)
            });
            if !known {
                let problem = "没有这张表单（desk/ 里没有同名的文件），规则没有所属";
                self.faults.push(Fault::of_file(&file.path, problem));
            }
        }
        for (file, definition) in definitions.drain(..) {
            let own = rules
                .iter()
                .filter(|rules| names(rules.stem(), &definition.head.id.value));
            let mut read = Vec::new();
            let mut none = true;
            for rules in own {
                none = false;
                match rule::read(rules, &definition.form, &self.lists) {
                    Ok(of) => read.push((*rules, of)),
                    Err(faults) => self.faults.extend(faults),
                }
            }
            if none {
                let sources = vec![(file.path.clone(), definition.head.checked_on)];
                self.editions.push(Edition {
                    form: definition.form,
                    examples: None,
                    sources,
                });
                continue;
            }
            for (rules, of) in self.apart(read, |rules| &rules.head) {
                self.editions.extend(edition(file, &definition, rules, of));
            }
        }
    }

    /// Versions of one id that share a day: neither counts, since nobody can say which.
    fn apart<'f, T>(&mut self, read: Vec<(&'f DataFile, T)>, head: impl Fn(&T) -> &Head) -> Vec<(&'f DataFile, T)> {
        let mut alone = vec![true; read.len()];
        for (at, (file, of)) in read.iter().enumerate() {
            for (other_at, (other_file, other)) in read.iter().enumerate() {
                if at != other_at && head(of).overlaps(head(other)) {
                    self.faults.push(head(of).overlap_fault(&file.path, &other_file.path));
                    if let Some(alone) = alone.get_mut(at) {
                        *alone = false;
                    }
                    break;
                }
            }
        }
        let kept = read.into_iter().zip(alone).filter(|(_, alone)| *alone);
        kept.map(|(one, _)| one).collect()
    }

    /// What is wrong with forms, rules, messages and lists. Papers, price lists and policies are read later:
    /// [`Forms::check`] tells of everything.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What a person should look at: files laid over others that have changed since.
    pub fn warnings(&self) -> &[Fault] {
        &self.files.warnings
    }

    /// The form of an id in force on a day; `None` outside its dates or where its file is broken.
    pub fn form(&self, id: &str, on: NaiveDate) -> Option<&Form> {
        let edition = self
            .editions
            .iter()
            .find(|edition| edition.form.id == id && edition.holds_on(on))?;
        Some(&edition.form)
    }

    /// All forms, each once for each time in which the same rules hold.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.editions.iter().map(|edition| &edition.form)
    }

    /// A list of codes.
    pub fn list(&self, id: &str) -> Option<&CodeList> {
        self.lists.get(id)
    }

    /// Administrative areas; read when first asked for.
    pub fn areas(&self) -> &AreaTable {
        &self.read_areas().0
    }

    fn read_areas(&self) -> &(AreaTable, Vec<Fault>) {
        self.areas.get_or_init(|| {
            let path = "codes/areas.csv";
            let Some(file) = self.files.get(path) else {
                return (AreaTable::default(), vec![Fault::of_file(path, "缺少这个文件")]);
            };
            match AreaTable::from_csv(&file.text) {
                Ok(areas) => (areas, Vec::new()),
                Err(fault) => (AreaTable::default(), vec![row_fault(file, &fault)]),
            }
        })
    }

    /// Rest days and make-up workdays of all files under `calendar/`; read when first asked for.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.read_calendar().0
    }

    fn read_calendar(&self) -> &(WorkCalendar, Vec<Fault>) {
        self.calendar.get_or_init(|| {
            let mut calendar = WorkCalendar::default();
            for file in self.files.of("calendar", ".csv") {
                if let Err(fault) = calendar.add_csv(&file.text) {
                    // Days read in part are days misread: without its files every year is unknown.
                    return (WorkCalendar::default(), vec![row_fault(file, &fault)]);
                }
            }
            (calendar, Vec::new())
        })
    }

    /// The layout of an id.
    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.papers().iter().find(|paper| paper.id == id)
    }

    /// All layouts that could be read.
    pub fn papers(&self) -> &[Paper] {
        &self.read_papers().0
    }

    /// What is wrong with the files that are read when first asked for.
    pub(super) fn late_faults(&self) -> impl Iterator<Item = &Fault> {
        let read = [&self.read_areas().1, &self.read_calendar().1, &self.read_papers().1];
        read.into_iter().flatten().chain(self.waivers().faults())
    }

    fn read_papers(&self) -> &(Vec<Paper>, Vec<Fault>) {
        self.papers.get_or_init(|| {
            let (mut papers, mut faults) = (Vec::new(), Vec::new());
            for file in self.files.of("paper", ".toml") {
                match paper::parse(&file.path, &file.text) {
                    Ok(paper) => papers.push(paper),
                    Err(wrong) => faults.extend(wrong),
                }
            }
            (papers, faults)
        })
    }

    /// Price lists and waiver policies.
    pub fn waivers(&self) -> &WaiverBook {
        self.waivers.get_or_init(|| {
            let all = self.files.all().iter();
            let book = WaiverBook::read_laid(all.map(|file| (file.path.as_str(), &*file.text, file.county)));
            book.by(self.calendar().clone())
        })
    }

    /// All files, those of the county in the place of those inside the program.
    pub fn files(&self) -> &[DataFile] {
        self.files.all()
    }

    /// The finding of a code in `rules/messages.toml`: raised by the desk, its words from the data.
    pub fn message(&self, code: &str, field: Option<&str>, params: BTreeMap<String, String>) -> Option<Finding> {
        self.messages.finding(code, field, params)
    }

    /// A text that papers print, by its code in `rules/messages.toml`, with its values.
    pub fn paper_text(&self, code: &str, params: &BTreeMap<String, String>) -> Option<String> {
        self.messages.text(code, params)
    }

    /// Grounds to refuse a case that a person finds and no rule can compute, from `rules/messages.toml`.
    pub fn grounds(&self) -> Vec<Finding> {
        self.messages.grounds()
    }

    /// Holds answers and facts against a form and its rules.
    pub fn examine(&self, form: &Form, answers: &Answers, facts: &Facts, now: Circumstances) -> Examination {
        examine::examine(self.books(), form, answers, facts, now)
    }

    /// How the fields of a form stand, without what its rules say: a fraction of an examination.
    pub fn fields(&self, form: &Form, answers: &Answers, facts: &Facts, now: Circumstances) -> Vec<FieldState> {
        examine::fields(self.books(), form, answers, facts, now)
    }

    /// Reads answers that came as JSON nested by section; the keys of `beside` are passed by.
    ///
    /// # Errors
    /// Sections or fields that the form does not have, values of another type, control characters: a finding each.
    pub fn read_answers(
        &self,
        form: &Form,
        json: &Map<String, Value>,
        beside: &[&str],
    ) -> Result<Answers, Vec<Finding>> {
        json::read(&self.messages, form, json, beside)
    }

    /// The JSON Schema of what `submit` takes for a form on a day, of a waiver claim (`waiver`), or of what a waiver
    /// policy (`policy`) or a price list (`tariff`) may say as a file.
    pub fn schema(&self, id: &str, on: NaiveDate) -> Option<Value> {
        match id {
            "waiver" => Some(waiver::request_schema()),
            "policy" => Some(waiver::policy_schema()),
            "tariff" => Some(waiver::tariff_schema()),
            form => {
                let form = self.form(form, on)?;
                Some(schema::of(form, |list| self.list(list), &self.grounds(), on))
            }
        }
    }

    pub(super) fn books(&self) -> Books<'_> {
        Books {
            lists: &self.lists,
            areas: self.areas(),
            calendar: self.calendar(),
            messages: &self.messages,
        }
    }

    pub(super) fn editions(&self) -> &[Edition] {
        &self.editions
    }
}

/// A form and a file of rules while both hold.
fn edition(file: &DataFile, definition: &Definition, rules: &DataFile, of: RuleFile) -> Option<Edition> {
    let (form, rule) = (&definition.head, &of.head);
    let from = form.from.max(rule.from);
    let to = match (form.to, rule.to) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    if to.is_some_and(|to| to < from) {
        return None;
    }
    let sources = vec![
        (file.path.clone(), form.checked_on),
        (rules.path.clone(), rule.checked_on),
    ];
    Some(Edition {
        form: Form {
            effective_from: from,
            effective_to: to,
            rules_sha256: rules.sha256().to_owned(),
            rules_text: rules.text.to_string(),
            rules: Rules(of.rules),
            ..definition.form.clone()
        },
        examples: Some(Examples {
            path: rules.path.clone(),
            base: of.base,
            examples: of.examples,
        }),
        sources,
    })
}

fn row_fault(file: &DataFile, fault: &crate::domain::rows::RowFault) -> Fault {
    Fault {
        file: file.path.clone(),
        line: usize::try_from(fault.line).unwrap_or_default(),
        key: fault.column.clone(),
        problem: fault.problem.clone(),
        nearest: None,
    }
}
