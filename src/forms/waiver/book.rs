//! All price lists and policies: read, and held against each other. Which of them count is in `chosen`, what their
//! worked cases prove in `proof`.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{
    check,
    policy::{self, PolicyFile},
    reader::Reader,
    tariff::{self, TariffFile},
};
use crate::{
    domain::{
        calendar::WorkCalendar,
        waiver::{Head, Policy, Tariff},
    },
    forms::{Fault, fault::line_of_key, sha256},
};

/// All price lists and policies.
#[derive(Debug, Default)]
pub struct WaiverBook {
    pub(super) tariffs: Vec<Loaded<TariffFile>>,
    pub(super) policies: Vec<Loaded<PolicyFile>>,
    /// Files that are put aside, by what they would have defined.
    pub(super) broken: Vec<Broken>,
    pub(super) calendar: WorkCalendar,
    faults: Vec<Fault>,
}

/// A file that could be read.
#[derive(Debug)]
pub(super) struct Loaded<T> {
    pub path: String,
    pub text: String,
    /// Whether it lies in the county's folder; what is inside the program was proven before it was released.
    pub county: bool,
    pub of: T,
    /// What its worked cases leave unproven, once somebody asked.
    pub unproven: OnceLock<Vec<Fault>>,
}

/// A file that is put aside.
#[derive(Debug)]
pub(super) struct Broken {
    /// Whether it is a price list.
    pub tariff: bool,
    /// The id it states, or else its name.
    pub id: String,
    /// Its first fault.
    pub fault: Fault,
}

/// A data file as the book reads it: path below `forms/`, text, whether it lies in the county's folder.
pub type Source<'f> = (&'f str, &'f str, bool);

impl WaiverBook {
    /// Reads the program's own files, given as path below `forms/` and text.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        Self::read_laid(files.into_iter().map(|(path, text)| (path, text, false)))
    }

    /// The same with the calendar that working days are counted by.
    pub fn by(mut self, calendar: WorkCalendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// Reads files; those outside `rules/tariff/` and `rules/policy/` are passed by. A broken file is left out and
    /// stands in [`WaiverBook::faults`].
    pub fn read_laid<'f>(files: impl IntoIterator<Item = Source<'f>>) -> Self {
        let mut book = Self::default();
        let mut policies = Vec::new();
        let mut waiting: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for source in files {
            let (path, text, _) = source;
            if path.starts_with("rules/tariff/") {
                let mut reader = Reader::new(path, text);
                let read = tariff::read(&mut reader, sha256(text));
                if let Some(own) = book.keep(source, reader, read, true) {
                    book.tariffs.push(own);
                }
            } else if path.starts_with("rules/policy/") {
                policies.push(source);
            }
        }
        book.part_twins();
        for source in policies {
            let (path, text, _) = source;
            let mut reader = Reader::new(path, text);
            let read = policy::read(&mut reader, sha256(text));
            if let Some(list) = read.as_ref().and_then(|file| book.waits_for(&file.policy)) {
                let (cause, fault) = (list.fault.file.clone(), list.fault.clone());
                waiting.entry(cause).or_default().push(path);
                book.put_aside(false, path, text, fault);
                book.faults.extend(reader.faults);
                continue;
            }
            if let Some(file) = &read {
                let lists: Vec<&Tariff> = book.tariffs.iter().map(|loaded| &loaded.of.tariff).collect();
                check::check(&mut reader, file, &lists);
            }
            if let Some(own) = book.keep(source, reader, read, false) {
                book.policies.push(own);
            }
        }
        book.part_twins();
        for (cause, policies) in waiting {
            let problem = format!("本文件有错停用，{} 因此停用：先改好本文件", policies.join("、"));
            book.faults.push(Fault {
                line: 1,
                ..Fault::of_file(&cause, problem)
            });
        }
        // Price lists first: a fault there is often the cause of one in a policy.
        book.faults
            .sort_by_key(|fault| (fault.file.starts_with("rules/policy/"), fault.file.clone(), fault.line));
        book
    }

    /// A sound file; one with faults is put aside and remembered by its id.
    fn keep<T>(&mut self, source: Source<'_>, reader: Reader<'_>, read: Option<T>, tariff: bool) -> Option<Loaded<T>> {
        let (path, text, county) = source;
        if let Some(first) = reader.faults.iter().min_by_key(|fault| fault.line) {
            self.put_aside(tariff, path, text, first.clone());
        }
        let sound = reader.faults.is_empty();
        self.faults.extend(reader.faults);
        read.filter(|_| sound).map(|of| Loaded {
            path: path.to_owned(),
            text: text.to_owned(),
            county,
            of,
            unproven: OnceLock::new(),
        })
    }

    fn put_aside(&mut self, tariff: bool, path: &str, text: &str, fault: Fault) {
        let id = id_of(path, text);
        self.broken.push(Broken { tariff, id, fault });
    }

    /// The broken price list that a policy cannot be held against: every code would be unknown.
    fn waits_for(&self, policy: &Policy) -> Option<&Broken> {
        let there = |id: &str| {
            self.tariffs()
                .any(|own| own.head.id == id && own.head.overlaps(&policy.head))
        };
        let lacking = |list: &&Broken| list.tariff && policy.tariffs.contains(&list.id) && !there(&list.id);
        self.broken.iter().find(lacking)
    }

    /// Two usable versions of one id on one day: neither counts, since nobody can say which.
    fn part_twins(&mut self) {
        let tariffs: Vec<Version<'_>> = self
            .tariffs
            .iter()
            .map(|own| (own.path.as_str(), own.text.as_str(), &own.of.tariff.head))
            .collect();
        let policies: Vec<Version<'_>> = self
            .policies
            .iter()
            .map(|own| (own.path.as_str(), own.text.as_str(), &own.of.policy.head))
            .collect();
        for (bad, tariff) in [(twins(&tariffs), true), (twins(&policies), false)] {
            self.tariffs.retain(|own| !bad.contains_key(&own.path));
            self.policies.retain(|own| !bad.contains_key(&own.path));
            for fault in bad.into_values() {
                self.broken.push(Broken {
                    tariff,
                    id: fault.key.clone(),
                    fault: fault.clone(),
                });
                self.faults.push(fault);
            }
        }
    }

    /// What is wrong with the files.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// All price lists that could be read, drafts too.
    pub fn tariffs(&self) -> impl Iterator<Item = &Tariff> {
        self.tariffs.iter().map(|own| &own.of.tariff)
    }

    /// All policies that could be read, drafts too.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().map(|own| &own.of.policy)
    }

    /// The text of the file with a hash, for the record of a case.
    pub fn text(&self, sha256: &str) -> Option<&str> {
        let tariff = self.tariffs.iter().find(|own| own.of.tariff.head.sha256 == sha256);
        let policy = || {
            self.policies
                .iter()
                .find(|own| own.of.policy.head.sha256 == sha256)
                .map(|own| own.text.as_str())
        };
        tariff.map(|own| own.text.as_str()).or_else(policy)
    }
}

/// Path, text and head of a version.
type Version<'v> = (&'v str, &'v str, &'v Head);

/// Paths of files of one id with overlapping dates, each with its fault.
fn twins(versions: &[Version<'_>]) -> BTreeMap<String, Fault> {
    let mut faults = BTreeMap::new();
    for (at, (path, text, head)) in versions.iter().enumerate() {
        for (other_path, other_text, other) in versions.iter().take(at) {
            let both = head.status.usable() && other.status.usable();
            if both && head.id == other.id && head.overlaps(other) {
                for (own, own_text, against) in [(path, text, other_path), (other_path, other_text, path)] {
                    let problem = format!(
                        "与 {against} 的 id 相同而施行日期重叠：两个文件都停用，请改 effective_from/effective_to"
                    );
                    let fault = Fault {
                        line: line_of_key(own_text, "effective_from"),
                        key: head.id.clone(),
                        ..Fault::of_file(own, problem)
                    };
                    faults.insert((*own).to_owned(), fault);
                }
            }
        }
    }
    faults
}

/// The id that a broken file states, or else the one its name says.
fn id_of(path: &str, text: &str) -> String {
    let head = text.lines().take_while(|line| !line.starts_with('['));
    let mut stated = head.filter_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('='));
    let stated = stated.find_map(|value| value.split(['"', '\'']).nth(1));
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split(['@', '.']).next().unwrap_or_default();
    stated.filter(|id| !id.is_empty()).unwrap_or(stem).to_owned()
}
