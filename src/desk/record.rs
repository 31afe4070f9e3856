//! The record of a case as it was examined (审查快照): what its papers are made from, and what they are held against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Problem;
use super::fault::Fault;
use super::second_look::PutRight;
use crate::domain::document::Binding;
use crate::domain::finding::Finding;
use crate::domain::id_number::IdNumber;
use crate::forms::{Examination, Form, sha256};

/// A value as it was examined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RecordValue {
    pub path: String,
    pub label: String,
    pub label_en: String,
    /// As data holds it.
    pub data: String,
    /// As papers print it.
    pub paper: String,
    /// Whether lists mask it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mask: bool,
    /// Where a person put a derived value right: what it was, why, and who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_right: Option<PutRight>,
}

/// A rule that a person confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Confirmed {
    pub rule: String,
    pub reason: String,
    /// Which account.
    pub by: String,
}

/// The record of a case; its text is canonical: always the same for the same content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub form: String,
    pub title: String,
    pub title_en: String,
    pub day: chrono::NaiveDate,
    pub values: Vec<RecordValue>,
    pub confirmed: Vec<Confirmed>,
    /// What the business added to its answer.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub answer: serde_json::Map<String, serde_json::Value>,
}

/// What each field of a form says, as it was examined.
pub(super) fn values(
    form: &Form,
    put_right: &BTreeMap<String, PutRight>,
    examination: &Examination,
) -> Vec<RecordValue> {
    let value = |state: &crate::forms::FieldState| {
        let value = state.value.as_ref()?;
        let field = form.field(&state.path)?;
        Some(RecordValue {
            path: state.path.clone(),
            label: field.label.clone(),
            label_en: field.label_en.clone(),
            data: value.data(),
            paper: value.paper(),
            mask: field.mask,
            put_right: put_right.get(&state.path).cloned(),
        })
    };
    examination.fields.iter().filter_map(value).collect()
}

impl Record {
    /// Reads the text of a record.
    pub(super) fn read(case: &str, text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|e| Fault::Unreadable(format!("{case}: {e}")).into())
    }

    /// Its text, and the SHA-256 of that.
    pub(super) fn text(&self) -> Result<(String, String), Problem> {
        let text = serde_json::to_string(self).map_err(|e| Fault::Machine(e.to_string()))?;
        let hash = sha256(&text);
        Ok((text, hash))
    }

    /// A value as papers print it; empty where nothing was answered.
    pub(super) fn paper(&self, path: &str) -> &str {
        self.value(path).map_or("", |value| &value.paper)
    }

    /// A value as data holds it; empty where nothing was answered.
    pub(super) fn data(&self, path: &str) -> &str {
        self.value(path).map_or("", |value| &value.data)
    }

    /// The value at a path, where there is one.
    pub(super) fn value(&self, path: &str) -> Option<&RecordValue> {
        self.values.iter().find(|value| value.path == path)
    }
}

/// An ID number as lists show it.
pub(super) fn masked(id_no: &str) -> String {
    IdNumber::recognise(id_no).map_or_else(|_| "*".repeat(id_no.chars().count()), |id| id.masked())
}

/// A text with whatever in it looks like a whole ID number masked.
pub(super) fn masked_within(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let close = |run: &mut String, shown: &mut String| {
        if run.len() >= 15 {
            shown.push_str(&masked(run));
        } else {
            shown.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() || (matches!(c, 'x' | 'X') && !run.is_empty()) {
            run.push(c);
        } else {
            close(&mut run, &mut shown);
            shown.push(c);
        }
    }
    close(&mut run, &mut shown);
    shown
}

/// Text by path, as rows of a paper.
pub(super) fn row<const N: usize>(cells: [(&str, &str); N]) -> BTreeMap<String, String> {
    cells.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// The grounds of a refusal as rows of its paper: number, sentence, article.
pub(super) fn grounds(grounds: &[&Finding]) -> Binding {
    let rows = (1..).zip(grounds).map(|(n, ground): (usize, _)| {
        let article = ground.article.as_deref().unwrap_or_default();
        row([("n", &n.to_string()), ("says", &ground.says), ("article", article)])
    });
    Binding::Rows(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i9_a_whole_id_number_is_masked_wherever_it_stands() {
        let id = "33052119900307001X";
        let hidden = masked(id);
        assert!(!hidden.contains("19900307"), "{hidden}");
        assert_eq!(masked_within(&format!("张三 {id}")), format!("张三 {hidden}"));
        assert_eq!(
            masked_within(&format!("{id}、{}", id.to_lowercase())),
            format!("{hidden}、{hidden}")
        );
        assert_eq!(
            masked_within("J330521-2026-000001 001X 浙J0000001"),
            "J330521-2026-000001 001X 浙J0000001"
        );
        assert!(!masked_within("330521199003070099 号").contains("19900307"));
    }
}
