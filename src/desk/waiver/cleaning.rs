//! Text at the door (I7): what nobody can see is taken out and named; in JSON a control character is an error, since no
//! hand typed it.

use serde_json::{Map, Value};

use super::say;
use crate::domain::finding::{Finding, Severity};
use crate::domain::text::{clean, has_control};

/// What was taken out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Invisible {
    /// Path of the text.
    pub path: String,
    /// The characters, each once.
    pub characters: String,
}

/// Where a claim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Json,
    Keys,
}

/// What cleaning comes to.
#[derive(Debug)]
pub(super) struct Cleaning {
    from: From,
    pub invisible: Vec<Invisible>,
    pub findings: Vec<Finding>,
}

impl Cleaning {
    pub(super) fn new(from: From) -> Self {
        Self {
            from,
            invisible: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Cleans every text of a claim, in its place.
    pub(super) fn all(&mut self, map: &mut Map<String, Value>) {
        for (key, value) in map {
            self.value(key, value);
        }
    }

    fn value(&mut self, path: &str, value: &mut Value) {
        match value {
            Value::String(text) => self.text(path, text),
            Value::Array(values) => {
                for (n, value) in (1..).zip(values) {
                    self.value(&format!("{path}.{n}"), value);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    self.value(&format!("{path}.{key}"), value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, path: &str, text: &mut String) {
        if self.from == From::Json && has_control(text) {
            let (zh, en) = (
                format!("{path}：有控制字符"),
                format!("{path}: holds control characters"),
            );
            self.findings.push(say(Severity::Error, "input", path, zh, en));
        }
        let cleaned = clean(text);
        if cleaned.dropped.is_empty() {
            return;
        }
        let mut dropped = cleaned.dropped;
        dropped.sort_unstable();
        dropped.dedup();
        self.invisible.push(Invisible {
            path: path.to_owned(),
            characters: dropped.into_iter().take(8).collect(),
        });
        *text = cleaned.text;
    }
}
