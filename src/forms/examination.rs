//! The outcome of holding answers against a form and its rules: values, findings, and what still needs an answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Value;
use crate::domain::{
    date::LeapBirthday,
    finding::{Finding, Severity},
};

/// What the rules must be told beside the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// The case's day (`case.day`).
    pub day: NaiveDate,
    /// The registry's setting for birthdays on 29 February.
    pub leap: LeapBirthday,
}

/// How one field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldState {
    /// Path of the field.
    pub path: String,
    /// Whether it is to be shown and asked.
    pub shown: bool,
    /// Whether the case cannot go on without it.
    pub required: bool,
    /// Its value, where it could be read or derived.
    pub value: Option<Value>,
    /// Whether the value was derived from another field.
    pub derived: bool,
    /// Whether a person put the derived value right.
    pub overridden: bool,
    /// What its source tells, where a person put that right.
    pub told: Option<Value>,
}

/// Answers held against a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examination {
    /// Fields in the form's order.
    pub fields: Vec<FieldState>,
    /// Findings, heaviest first, in the order of the form within a severity.
    pub findings: Vec<Finding>,
}

impl Examination {
    /// The value at a path.
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.field(path)?.value.as_ref()
    }

    /// How the field of a path stands.
    pub fn field(&self, path: &str) -> Option<&FieldState> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// The findings about a path.
    pub fn about<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.field.as_deref() == Some(path))
    }

    /// Whether the law says no.
    pub fn refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Refuse)
    }

    /// The findings that keep the case from going on, given the rules that a person confirmed with a reason.
    pub fn open<'a>(&'a self, confirmed: &'a BTreeMap<String, String>) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| {
            finding.stops() && !(finding.severity == Severity::Confirm && confirmed.contains_key(&finding.rule))
        })
    }
}
