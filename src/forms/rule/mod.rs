//! Rules of a form (`rules/<form>.toml`): a condition, what it weighs, what it says, on which article.
//!
//! A rule with `each = ["man", "woman"]` speaks of `own.` and `other.` and becomes one rule for each.

mod example;
mod read;

pub(super) use example::{Base, Example, Expected, Ran};
pub(super) use read::{RuleFile, read};

use std::collections::BTreeMap;

use super::{
    condition::{Condition, Missing, Situation, Truth},
    sentence::Sentence,
};
use crate::domain::finding::{Finding, Severity};

/// How much a finding weighs, as files write it.
pub(super) const SEVERITY: [(&str, Severity); 5] = [
    ("refuse", Severity::Refuse),
    ("error", Severity::Error),
    ("confirm", Severity::Confirm),
    ("warn", Severity::Warn),
    ("info", Severity::Info),
];

/// A compiled rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// Its id; one of several by `each` ends in its section: `running-marriage-man`.
    pub id: String,
    /// Its id as the file has it.
    pub written: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about, for the sentence that says it could not be decided.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// When it speaks.
    pub when: Condition,
    /// The field it is about.
    pub field: Option<String>,
    /// What it says.
    pub says: Sentence,
    /// The same in English.
    pub says_en: Sentence,
    /// The article it rests on.
    pub article: Option<String>,
    /// Line of the file.
    pub line: usize,
}

/// The rules of a form, in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules(pub(super) Vec<Rule>);

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does not speak.
    Silent,
    /// It speaks.
    Speaks(Box<Finding>),
    /// It cannot be said; these paths are missing.
    Undecided(Missing),
}

impl Rule {
    /// What it comes to in a situation.
    pub(super) fn weigh(&self, situation: &dyn Situation) -> Verdict {
        match self.when.holds(situation) {
            Truth::No => Verdict::Silent,
            Truth::Undecided(missing) => Verdict::Undecided(missing),
            Truth::Yes => {
                let (says, params) = self.says.render(situation);
                let (says_en, _) = self.says_en.render(situation);
                Verdict::Speaks(Box::new(Finding {
                    severity: self.severity,
                    rule: self.id.clone(),
                    field: self.field.clone(),
                    params,
                    says,
                    says_en,
                    article: self.article.clone(),
                }))
            }
        }
    }

    /// What it weighs that the rule could not be decided: a law that may say no stops, anything else asks a person.
    pub(super) fn weight_undecided(&self) -> Severity {
        match self.severity {
            Severity::Refuse | Severity::Error => Severity::Error,
            _ => Severity::Confirm,
        }
    }

    /// The parameters of the sentence that it could not be decided.
    pub(super) fn undecided(&self, missing: &str, missing_en: &str) -> BTreeMap<String, String> {
        BTreeMap::from([
            ("rule".to_owned(), self.title.clone()),
            ("rule_en".to_owned(), self.title_en.clone()),
            ("missing".to_owned(), missing.to_owned()),
            ("missing_en".to_owned(), missing_en.to_owned()),
        ])
    }
}
