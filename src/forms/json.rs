//! Answers as exchanged JSON, nested by section: `{"man": {"name": "…"}}`. What does not fit is told by path.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Answer, Answers, Field, FieldKind, Form, Override,
    fault::{nearest, shortened},
    message::{Messages, Params, params},
};
use crate::domain::{finding::Finding, text::has_control};

/// Key of derived values that a person put right: `{"man.birth": {"value": "1990-03-07", "reason": "…"}}`.
pub(super) const OVERRIDES: &str = "overrides";

/// Reads answers; the keys of `beside` are the reader's own and passed by.
pub(super) fn read(
    messages: &Messages,
    form: &Form,
    json: &Map<String, Value>,
    beside: &[&str],
) -> Result<Answers, Vec<Finding>> {
    let mut reading = Reading {
        messages,
        form,
        answers: Answers::default(),
        findings: Vec::new(),
    };
    for (key, value) in json {
        if key == OVERRIDES {
            reading.overrides(value);
        } else if !beside.contains(&key.as_str()) {
            reading.section(key, value, beside);
        }
    }
    if reading.findings.is_empty() {
        Ok(reading.answers)
    } else {
        Err(reading.findings)
    }
}

struct Reading<'a> {
    messages: &'a Messages,
    form: &'a Form,
    answers: Answers,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn say(&mut self, code: &str, path: &str, given: Params) {
        let path = shortened(path);
        let label = params([
            ("label", &self.form.label(&path)),
            ("label_en", &self.form.label_en(&path)),
        ]);
        let all = given.into_iter().chain(label).collect();
        self.findings.push(self.messages.examined(code, Some(&path), all));
    }

    fn unknown(&mut self, path: &str, known: &[&str]) {
        let given = shortened(path);
        match nearest(path, known.iter().copied()) {
            Some(near) => self.say(
                "answer.unknown-near",
                path,
                params([("given", &given), ("nearest", &near)]),
            ),
            None => self.say("answer.unknown", path, params([("given", &given)])),
        }
    }

    fn section(&mut self, id: &str, value: &Value, beside: &[&str]) {
        let form = self.form;
        let Some(section) = form.sections.iter().find(|section| section.id == id) else {
            let mut known: Vec<&str> = form.sections.iter().map(|section| section.id.as_str()).collect();
            known.extend(beside);
            known.push(OVERRIDES);
            return self.unknown(id, &known);
        };
        let Some(fields) = value.as_object() else {
            return self.say("answer.kind", id, Params::new());
        };
        for (name, value) in fields {
            let path = format!("{id}.{name}");
            match section.fields.iter().find(|field| field.path == path) {
                Some(field) => {
                    if let Some(answer) = self.answer(field, &path, value) {
                        self.answers.set(&path, answer);
                    }
                }
                None => {
                    let known: Vec<&str> = section.fields.iter().map(|field| field.path.as_str()).collect();
                    self.unknown(&path, &known);
                }
            }
        }
    }

    /// An answer of the type its field takes; `null` is none.
    fn answer(&mut self, field: &Field, path: &str, value: &Value) -> Option<Answer> {
        let answer = match (&field.kind, value) {
            (_, Value::Null) => return None,
            (FieldKind::Flag, Value::Bool(flag)) => Some(Answer::Flag(*flag)),
            (FieldKind::Integer | FieldKind::Money, Value::Number(number)) => number.as_i64().map(Answer::Integer),
            (FieldKind::Table(columns), Value::Array(rows)) => return self.rows(columns, path, rows),
            (FieldKind::Flag | FieldKind::Integer | FieldKind::Money | FieldKind::Table(_), _) => None,
            (_, Value::String(text)) if has_control(text) => {
                self.say("answer.control", path, Params::new());
                return None;
            }
            // A code is itself, without the blanks that a person may type: the schema lists what it may be.
            (FieldKind::Code(_), Value::String(text)) if text.trim() != text => {
                self.say("answer.code", path, params([("given", &shortened(text))]));
                return None;
            }
            (_, Value::String(text)) => Some(Answer::Text(text.clone())),
            _ => None,
        };
        if answer.is_none() {
            self.say("answer.kind", path, Params::new());
        }
        answer
    }

    fn rows(&mut self, columns: &[Field], path: &str, rows: &[Value]) -> Option<Answer> {
        let mut read = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let place = format!("{path}[{}]", at + 1);
            let Some(cells) = row.as_object() else {
                self.say("answer.kind", &place, Params::new());
                continue;
            };
            let mut answers = BTreeMap::new();
            for (name, cell) in cells {
                let cell_path = format!("{place}.{name}");
                match columns.iter().find(|column| column.path == *name) {
                    Some(column) => {
                        if let Some(answer) = self.answer(column, &cell_path, cell) {
                            answers.insert(name.clone(), answer);
                        }
                    }
                    None => {
                        let known: Vec<&str> = columns.iter().map(|column| column.path.as_str()).collect();
                        self.unknown(&cell_path, &known);
                    }
                }
            }
            read.push(answers);
        }
        Some(Answer::Rows(read))
    }

    fn overrides(&mut self, value: &Value) {
        let form = self.form;
        let Some(all) = value.as_object() else {
            if !value.is_null() {
                self.say("answer.kind", OVERRIDES, Params::new());
            }
            return;
        };
        for (path, given) in all {
            let Some(field) = form.field(path).filter(|field| field.derived) else {
                let derived = form.fields().filter(|field| field.derived);
                let known: Vec<&str> = derived.map(|field| field.path.as_str()).collect();
                self.unknown(path, &known);
                continue;
            };
            let sound = given.as_object().filter(|own| own.len() == 2);
            let reason = sound.and_then(|own| own.get("reason")).and_then(Value::as_str);
            let value = sound.and_then(|own| own.get("value"));
            let (Some(reason), Some(value)) = (reason, value) else {
                self.say("answer.kind", path, Params::new());
                continue;
            };
            if has_control(reason) {
                self.say("answer.control", path, Params::new());
            } else if let Some(value) = self.answer(field, path, value) {
                let reason = reason.to_owned();
                self.answers.overrides.insert(path.clone(), Override { value, reason });
            }
        }
    }
}

impl Answers {
    /// The answers as exchanged JSON, nested by section in the order of the form.
    pub fn to_json(&self, form: &Form) -> Value {
        let mut root = Map::new();
        for section in &form.sections {
            let mut fields = Map::new();
            for field in &section.fields {
                let name = field
                    .path
                    .rsplit_once('.')
                    .map_or(field.path.as_str(), |(_, name)| name);
                if let Some(answer) = self.get(&field.path) {
                    fields.insert(name.to_owned(), json!(answer));
                }
            }
            if !fields.is_empty() {
                root.insert(section.id.clone(), Value::Object(fields));
            }
        }
        if !self.overrides.is_empty() {
            root.insert(OVERRIDES.to_owned(), json!(self.overrides));
        }
        Value::Object(root)
    }
}
