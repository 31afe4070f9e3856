//! Facts: what the desk looked up for the rules of a form (`facts.*`), each declared by the form.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// One looked-up fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Yes or no.
    Flag(bool),
    /// A text; the empty text is "nothing found".
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A day.
    Day(NaiveDate),
    /// It was not, or could not be, looked up: rules that ask for it come out undecided.
    Unknown,
}

/// Facts by id. A declared fact that is absent counts as [`Fact::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(pub BTreeMap<String, Fact>);

impl Facts {
    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, id: &str, fact: Fact) -> Self {
        self.0.insert(id.to_owned(), fact);
        self
    }
}
