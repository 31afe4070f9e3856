//! A claim as the screen keeps it - answers by path - and as JSON: each said as the other.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value, json};

use crate::domain::id_number::IdNumber;
use crate::domain::waiver::Quantity;
use crate::forms::{Answer, Answers};

/// What lists call a claim that is being typed.
pub(crate) fn label(answers: &Answers) -> String {
    answers.text("deceased.name").trim().to_owned()
}

/// The ID numbers of the deceased and the applicant, as far as they can be read.
pub(crate) fn people(answers: &Answers) -> [String; 2] {
    ["deceased.id_no", "applicant.id_no"].map(|path| id_key(answers.text(path)))
}

/// An ID number as papers show it.
pub(super) fn id_shown(text: &str) -> String {
    IdNumber::recognise(text).map_or_else(|_| text.trim().to_uppercase(), |id| id.as_str().to_owned())
}

/// An ID number as the record looks a person up: of the 15-digit number the 18-digit one that followed it.
pub(super) fn id_key(text: &str) -> String {
    let id = IdNumber::recognise(text).ok();
    let long = id.and_then(|id| id.upgraded()).map(|long| long.as_str().to_owned());
    long.unwrap_or_else(|| id_shown(text))
}

/// Answers by path as the JSON they stand for; lists are texts with spaces between.
pub(super) fn from_answers(answers: &Answers) -> Map<String, Value> {
    // A bill without a line is one that is being begun; a paper that nobody marked on the check list was not seen.
    let mut root = Map::from_iter([("bill".to_owned(), json!([])), ("evidence".to_owned(), json!([]))]);
    for (path, answer) in &answers.given {
        let value = match (path.as_str(), answer) {
            ("classes" | "evidence", Answer::Text(text)) => text.split_whitespace().collect(),
            ("bill", Answer::Rows(rows)) => rows.iter().map(bill_line).collect(),
            (_, answer) => json!(answer),
        };
        match path.split_once('.') {
            None => drop(root.insert(path.clone(), value)),
            Some((section, field)) => {
                let section = root.entry(section).or_insert_with(|| json!({}));
                if let Some(section) = section.as_object_mut() {
                    section.insert(field.to_owned(), value);
                }
            }
        }
    }
    root
}

/// A claim that came as JSON as the answers that say the same; what only a command can say is left out.
pub(crate) fn to_answers(map: &Map<String, Value>) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in map
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "override" | "case"))
    {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields {
                    answers
                        .given
                        .extend(plain(value).map(|answer| (format!("{key}.{field}"), answer)));
                }
            }
            Value::Array(lines) if key == "bill" => {
                let row = |line: &Value| {
                    let cells = line.as_object().into_iter().flatten();
                    cells
                        .filter_map(|(key, value)| Some((key.clone(), plain(value)?)))
                        .collect()
                };
                answers.set(key, Answer::Rows(lines.iter().map(row).collect()));
            }
            Value::Array(ids) => {
                let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
                answers.set_text(key, &ids.join(" "));
            }
            value => answers.given.extend(plain(value).map(|answer| (key.clone(), answer))),
        }
    }
    answers
}

fn plain(value: &Value) -> Option<Answer> {
    match value {
        Value::String(text) => Some(Answer::Text(text.clone())),
        Value::Bool(flag) => Some(Answer::Flag(*flag)),
        Value::Number(number) => Some(
            number
                .as_i64()
                .map_or_else(|| Answer::Text(number.to_string()), Answer::Integer),
        ),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A row of a bill: what is typed beside item and name is a number where it reads as one.
fn bill_line(row: &BTreeMap<String, Answer>) -> Value {
    let cell = |(key, answer): (&String, &Answer)| {
        let value = match answer {
            Answer::Text(text) if !matches!(key.as_str(), "item" | "name" | "refused") => number(text),
            other => json!(other),
        };
        (key.clone(), value)
    };
    Value::Object(row.iter().map(cell).collect())
}

fn number(text: &str) -> Value {
    let plain = Quantity::parse(text).and_then(|_| serde_json::from_str::<Number>(text).ok());
    plain.map_or_else(|| json!(text), Value::Number)
}
