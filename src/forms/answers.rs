//! Answers as given: by a person at the screen, by a card reader, by a JSON file; not yet held against any rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One answer as it came. Money and whole numbers are integers, everything else but flags and rows is text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A whole number, or money in 分.
    Integer(i64),
    /// Text: names, codes, dates, numbers of documents. Also whatever was typed and could not be read yet.
    Text(String),
    /// Repeating rows, each by column.
    Rows(Vec<BTreeMap<String, Answer>>),
}

/// A derived value that a person put right, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The value in its place.
    pub value: Answer,
    /// Why.
    pub reason: String,
}

/// All answers of a case by path (`man.name`); an absent path is an unanswered field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Answers by path.
    pub given: BTreeMap<String, Answer>,
    /// Derived fields put right by hand, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overrides: BTreeMap<String, Override>,
}

impl Answers {
    /// Sets an answer; an empty text takes it away.
    pub fn set(&mut self, path: &str, answer: Answer) {
        if answer == Answer::Text(String::new()) {
            self.given.remove(path);
        } else {
            self.given.insert(path.to_owned(), answer);
        }
    }

    /// Sets a text answer; the empty text takes it away.
    pub fn set_text(&mut self, path: &str, text: &str) {
        self.set(path, Answer::Text(text.to_owned()));
    }

    /// The answer at a path.
    pub fn get(&self, path: &str) -> Option<&Answer> {
        self.given.get(path)
    }

    /// The text answered at a path; empty where nothing, or no text, was given.
    pub fn text(&self, path: &str) -> &str {
        match self.given.get(path) {
            Some(Answer::Text(text)) => text,
            _ => "",
        }
    }
}
