//! How the fields of a sheet stand: what is filled in, what is wrong, where Enter stops next.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::Sheet;
use crate::desk::UNAPPROVED;
use crate::domain::finding::{Finding, Severity};
use crate::forms::Field;

/// The marks in the order that headings count them.
pub const MARKS: [&str; 3] = ["√", "!", "."];

impl Sheet {
    /// `√` stands, `!` is wrong, `.` is still to be filled in or being typed anew, nothing where nothing is needed.
    pub fn mark(&self, field: &Field) -> &'static str {
        if self.is_retyped(field) {
            return ".";
        }
        let stands = !self.written(field).is_empty();
        let wrong = stands && self.wrong(&field.path).is_some();
        match (wrong || self.is_unreadable(field), stands) {
            (true, _) => "!",
            (false, true) => "√",
            (false, false) if self.is_required(field) || field.wanted => ".",
            _ => " ",
        }
    }

    /// Whether something else than the answer stands in a field: what is said about the answer is not about it.
    pub fn is_retyped(&self, field: &Field) -> bool {
        let here = self.here().is_some_and(|here| here.path == field.path);
        here && self.typed().is_some_and(|typed| typed != self.written(field))
    }

    /// What a person must still confirm about the field under the caret.
    pub fn open_confirmation(&self) -> Option<&Finding> {
        let here = self.here()?;
        let open = self.examination.open(&self.draft.confirm);
        open.filter(|finding| finding.severity == Severity::Confirm && finding.rule != UNAPPROVED)
            .find(|finding| finding.field.as_deref() == Some(&here.path))
    }

    /// The fields that something is said about: what is wrong first, then what a person must confirm, then what must
    /// not be missing, then the rest; each in the order of the form.
    pub fn stops(&self) -> Vec<usize> {
        let findings = self.examination.findings.iter();
        let weight = |finding: &Finding| match finding.severity {
            _ if self.is_missing(finding) => 2 + i32::from(finding.severity > Severity::Error),
            Severity::Refuse | Severity::Error => 0,
            Severity::Confirm if !self.draft.confirm.contains_key(&finding.rule) => 1,
            _ => 4,
        };
        let at = |finding: &Finding| self.position(finding.field.as_ref()?);
        let mut stops: Vec<(i32, usize)> = findings
            .filter_map(|finding| Some((weight(finding), at(finding)?)))
            .collect();
        stops.sort_unstable();
        let mut seen = BTreeSet::new();
        stops.retain(|(_, at)| seen.insert(*at));
        stops.into_iter().map(|(_, at)| at).collect()
    }

    /// Whether a finding only says that an answer is missing: its mark says so already.
    pub fn is_missing(&self, finding: &Finding) -> bool {
        let field = finding.field.as_ref().and_then(|path| self.form.field(path));
        field.is_some_and(|field| self.written(field).is_empty()) && finding.severity != Severity::Refuse
    }

    /// The finding that makes the answer of a field wrong.
    pub fn wrong<'a>(&'a self, path: &'a str) -> Option<&'a Finding> {
        self.examination
            .about(path)
            .find(|finding| finding.severity <= Severity::Error)
    }

    fn is_required(&self, field: &Field) -> bool {
        let state = self.examination.field(&field.path);
        state.map_or(field.required, |state| state.required)
    }

    /// Something was typed that is no value of its kind.
    pub(super) fn is_unreadable(&self, field: &Field) -> bool {
        let known = self.examination.field(&field.path);
        self.draft.answers.get(&field.path).is_some() && known.is_some_and(|state| state.value.is_none())
    }

    /// Whether Enter should stop at a field.
    fn needs(&self, field: &Field) -> bool {
        if !self.is_shown(&field.path) || field.derived {
            return false;
        }
        let empty = self.written(field).is_empty();
        let wanted = field.wanted && !field.skip && !self.was_visited(&field.path);
        empty && (self.is_required(field) || wanted) || self.mark(field) == "!"
    }

    /// The first field that needs something.
    pub fn first_needing(&self) -> Option<usize> {
        self.form.fields().position(|field| self.needs(field))
    }

    /// The next field behind the caret that needs something, round the end.
    pub fn next_needing(&self) -> Option<usize> {
        let fields = self.form.fields().enumerate();
        let needing: Vec<usize> = fields
            .filter(|(_, field)| self.needs(field))
            .map(|(at, _)| at)
            .collect();
        let behind = needing.iter().find(|at| **at > self.at()).or(needing.first());
        behind.copied().filter(|at| *at != self.at())
    }

    /// The findings that keep the case from going on. What a second person must approve is asked for with the act.
    pub fn open_points(&self) -> Vec<&Finding> {
        let open = self.examination.open(&self.draft.confirm);
        open.filter(|finding| finding.rule != UNAPPROVED).collect()
    }

    /// What only one person has seen, and whoever registers must not go on with alone.
    pub fn unapproved(&self) -> Vec<&Finding> {
        let open = self.examination.open(&self.draft.confirm);
        open.filter(|finding| finding.rule == UNAPPROVED).collect()
    }

    /// How many fields of a section bear each mark.
    pub fn counts(&self, section: usize) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        let fields = self
            .form
            .sections
            .get(section)
            .into_iter()
            .flat_map(|section| &section.fields);
        for field in fields.filter(|field| self.is_shown(&field.path)) {
            *counts.entry(self.mark(field)).or_insert(0) += 1;
        }
        counts
    }
}
