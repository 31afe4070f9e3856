//! Why something could not be done, in words a clerk can act on: what happened, why, and what to do next.
//!
//! A rule that says no is no problem: that is a finding. Every text stands in [`super::fault`].

use std::fmt;
use std::ops::Deref;

/// What kind of trouble it is; commands turn it into their exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A rule of the desk says no to this act.
    Refused,
    /// What was given is wrong.
    Input,
    /// The installation, a setting or a data file is not as it must be.
    Setup,
    /// Somebody else is writing; trying again helps.
    Busy,
    /// The account may not do this.
    NotAllowed,
    /// The record does not fit.
    Damaged,
    /// No room on the disk.
    Full,
    /// A mistake of this program.
    Bug,
}

/// The words of a problem in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What happened, and what is safe.
    pub what: String,
    /// The same in English.
    pub what_en: String,
    /// The article or the reason, where there is one.
    pub why: Option<String>,
    /// The same in English.
    pub why_en: Option<String>,
    /// What to do.
    pub next: String,
    /// The same in English.
    pub next_en: String,
}

/// Something that could not be done. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name for it, such as `sign-in.locked`.
    pub code: &'static str,
    /// What kind of trouble it is.
    pub kind: ProblemKind,
    said: Box<Said>,
}

impl Problem {
    /// A problem with what happened and what to do, in both languages.
    pub fn new(code: &'static str, kind: ProblemKind, what: [String; 2], next: [&str; 2]) -> Self {
        let [what, what_en] = what;
        let [next, next_en] = next.map(str::to_owned);
        let said = Said {
            what,
            what_en,
            next,
            next_en,
            ..Said::default()
        };
        Self {
            code,
            kind,
            said: Box::new(said),
        }
    }

    /// The same with its reason.
    #[must_use]
    pub fn because(mut self, why: [&str; 2]) -> Self {
        let [why, why_en] = why.map(str::to_owned);
        self.said.why = Some(why);
        self.said.why_en = Some(why_en);
        self
    }

    /// All of it in English, in one line.
    pub fn english(&self) -> String {
        let why = self.why_en.iter().map(|why| format!(" ({why})")).collect::<String>();
        format!("{}{why}. {}.", self.what_en, self.next_en)
    }
}

impl Deref for Problem {
    type Target = Said;
    fn deref(&self) -> &Said {
        &self.said
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = self.why.iter().map(|why| format!("（{why}）")).collect::<String>();
        write!(f, "{}{why}。{}。", self.what, self.next)
    }
}

impl std::error::Error for Problem {}
