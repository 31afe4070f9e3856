//! What one answer means as its field's kind, or why it means nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{
    Answer, Field, FieldKind, Value,
    fault::{nearest, shortened},
    message::{Params, params},
};
use crate::domain::{
    certificate::{AnyCertificateNumber, BlankSerial},
    code_list::CodeList,
    date::{PartialDate, parse_typed},
    id_number::{IdKind, IdNumber},
    money::Fen,
    name::{PersonName, with_proper_dots},
    text::{clean, graphemes, half_width, show_code_points},
};

/// What an answer came to: a value or none, and what is to be said about it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The value; none where nothing was answered or it could not be read.
    pub value: Option<Value>,
    /// What is to be said: code and parameters.
    pub said: Vec<(&'static str, Params)>,
}

/// What reading needs beside the answer.
pub(super) struct Desk<'a> {
    /// Lists of codes.
    pub lists: &'a BTreeMap<String, CodeList>,
    /// The case's day.
    pub day: NaiveDate,
}

impl Reading {
    fn of(value: Value) -> Self {
        Self {
            value: Some(value),
            said: Vec::new(),
        }
    }

    fn wrong(code: &'static str, params: Params) -> Self {
        Self {
            value: None,
            said: vec![(code, params)],
        }
    }

    /// A fault with its sentence in both languages.
    fn fault(code: &'static str, zh: &str, en: &str) -> Self {
        Self::wrong(code, params([("fault", zh), ("fault_en", en)]))
    }

    fn saying(mut self, code: &'static str, params: Params) -> Self {
        self.said.push((code, params));
        self
    }
}

/// Most characters of an answer whose field states no limit.
pub(crate) fn longest(field: &Field) -> usize {
    let of_kind = match field.kind {
        FieldKind::Text => 1000,
        FieldKind::Address => 200,
        FieldKind::Name => 100,
        _ => 40,
    };
    field.max.unwrap_or(of_kind)
}

/// Reads an answer. `id_kind` is the kind of document named beside an identity number.
pub(super) fn read(desk: &Desk, field: &Field, answer: &Answer, id_kind: Option<IdKind>) -> Reading {
    match (&field.kind, answer) {
        (FieldKind::Flag, Answer::Flag(flag)) => Reading::of(Value::Flag(*flag)),
        (FieldKind::Integer, Answer::Integer(number)) => Reading::of(Value::Integer(*number)),
        (FieldKind::Money, Answer::Integer(fen)) => Reading::of(Value::Money(Fen(*fen))),
        (FieldKind::Table(columns), Answer::Rows(rows)) => table(desk, columns, rows),
        (FieldKind::Flag | FieldKind::Table(_), _) | (_, Answer::Flag(_) | Answer::Integer(_) | Answer::Rows(_)) => {
            Reading::wrong("answer.kind", Params::new())
        }
        (_, Answer::Text(text)) => typed(desk, field, text, id_kind),
    }
}

/// Longer texts are no answers and are not looked at any closer, in bytes; fields take far less.
const MOST_BYTES: usize = 100_000;

/// A text as given: without what nobody can see, which is named; not longer than the field allows.
fn typed(desk: &Desk, field: &Field, given: &str, id_kind: Option<IdKind>) -> Reading {
    let too_long = |found: usize| {
        let counts = params([("most", &longest(field).to_string()), ("found", &found.to_string())]);
        Reading::wrong("answer.too-long", counts)
    };
    if given.len() > MOST_BYTES {
        return too_long(given.chars().count());
    }
    let cleaned = clean(given);
    let text = cleaned.text.trim();
    if text.is_empty() {
        return Reading::default();
    }
    let found = graphemes(text);
    if found > longest(field) {
        return too_long(found);
    }
    let reading = meaning(desk, field, text, id_kind);
    if cleaned.dropped.is_empty() {
        return reading;
    }
    let mut dropped: Vec<char> = cleaned.dropped;
    dropped.sort_unstable();
    dropped.dedup();
    let shown: String = dropped.into_iter().take(8).collect();
    reading.saying("answer.invisible", params([("characters", &show_code_points(&shown))]))
}

fn meaning(desk: &Desk, field: &Field, text: &str, id_kind: Option<IdKind>) -> Reading {
    match &field.kind {
        FieldKind::Name => name(text),
        FieldKind::IdNumber { .. } => id_number(text, id_kind),
        FieldKind::Date => date(text, desk.day),
        FieldKind::Code(list) => code(desk, list, text),
        FieldKind::Money => match Fen::parse(&half_width(text)) {
            Ok(fen) => Reading::of(Value::Money(fen)),
            Err(fault) => Reading::fault("answer.money", &fault.to_string(), &fault.english()),
        },
        FieldKind::Integer => match half_width(text).parse() {
            Ok(number) => Reading::of(Value::Integer(number)),
            Err(_) => Reading::wrong("answer.kind", Params::new()),
        },
        FieldKind::Phone => phone(text),
        FieldKind::BankCard => bank_card(text),
        FieldKind::CertificateNumber => match AnyCertificateNumber::parse(text) {
            Ok(number) => Reading::of(Value::Text(number.to_string())),
            Err(fault) => Reading::fault("answer.certificate-number", &fault.to_string(), &fault.english()),
        },
        FieldKind::BlankSerial => match BlankSerial::parse(text) {
            Ok(serial) => Reading::of(Value::Text(serial.to_string())),
            Err(fault) => Reading::fault("answer.blank-serial", &fault.to_string(), &fault.english()),
        },
        // A code that names no area, or a number typed into the wrong field, is no place.
        FieldKind::Address if !text.chars().any(char::is_alphabetic) => Reading::wrong("answer.address", Params::new()),
        FieldKind::Text | FieldKind::Address | FieldKind::Flag | FieldKind::Table(_) => {
            Reading::of(Value::Text(text.to_owned()))
        }
    }
}

fn name(text: &str) -> Reading {
    match PersonName::parse(text) {
        Err(fault) => Reading::fault("answer.name", &fault.to_string(), &fault.english()),
        Ok(name) => {
            let reading = Reading::of(Value::Text(name.as_str().to_owned()));
            if with_proper_dots(text) == text {
                reading
            } else {
                reading.saying("answer.name-dot", Params::new())
            }
        }
    }
}

fn id_number(text: &str, kind: Option<IdKind>) -> Reading {
    let parsed = kind.map_or_else(|| IdNumber::recognise(text), |kind| IdNumber::parse(kind, text));
    match parsed {
        Err(fault) => Reading::fault("answer.id-number", &fault.to_string(), &fault.english()),
        Ok(id) => {
            let hint = id.hint();
            let reading = Reading::of(Value::Id(id));
            match hint {
                Some(hint) => reading.saying("answer.id-hint", params([("hint", hint)])),
                None => reading,
            }
        }
    }
}

fn date(text: &str, today: NaiveDate) -> Reading {
    let read = text.parse::<PartialDate>().or_else(|_| parse_typed(text, today));
    match read {
        Ok(date) => Reading::of(Value::Date(date)),
        Err(fault) => Reading::fault("answer.date", &fault.to_string(), &fault.english()),
    }
}

fn code(desk: &Desk, list: &str, text: &str) -> Reading {
    let entries = desk.lists.get(list);
    let Some(entry) = entries.and_then(|entries| entries.named(text, desk.day)) else {
        let known = entries.into_iter().flat_map(CodeList::entries);
        let given = shortened(text);
        // Of a code of two digits every other one is near: guessing would mislead.
        let spelt = text.chars().any(char::is_alphabetic);
        let near = nearest(text, known.map(|entry| entry.code.as_str())).filter(|_| spelt);
        return match near {
            Some(near) => Reading::wrong("answer.code-near", params([("given", &given), ("nearest", &near)])),
            None => Reading::wrong("answer.code", params([("given", &given)])),
        };
    };
    if !entry.validity.holds_on(desk.day) {
        return Reading::wrong("answer.code-ended", params([("given", text), ("name", &entry.name)]));
    }
    Reading::of(Value::Code {
        code: entry.code.clone(),
        name: entry.name.clone(),
    })
}

/// Digits with the signs people write between them; 5 to 20 digits.
fn phone(text: &str) -> Reading {
    let text = half_width(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let sound = text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    if sound && (5..=20).contains(&digits) {
        Reading::of(Value::Text(text))
    } else {
        Reading::wrong("answer.phone", Params::new())
    }
}

/// 12 to 19 digits whose last one checks the others (ISO/IEC 7812, Luhn).
fn bank_card(text: &str) -> Reading {
    let digits: String = half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut sum = 0;
    for (at, c) in digits.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else {
            return Reading::wrong("answer.bank-card", Params::new());
        };
        let weighed = if at % 2 == 1 { digit * 2 } else { digit };
        sum += weighed / 10 + weighed % 10;
    }
    if (12..=19).contains(&digits.len()) && sum % 10 == 0 {
        Reading::of(Value::Text(digits))
    } else {
        Reading::wrong("answer.bank-card", Params::new())
    }
}

/// Rows, each read column by column; what is said about a cell names its row and column.
fn table(desk: &Desk, columns: &[Field], rows: &[BTreeMap<String, Answer>]) -> Reading {
    let mut values = Vec::with_capacity(rows.len());
    let mut said = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut cells = BTreeMap::new();
        for column in columns {
            let reading = row.get(&column.path).map(|cell| read(desk, column, cell, None));
            let reading = reading.unwrap_or_default();
            for (code, mut given) in reading.said {
                given.insert("row".to_owned(), (at + 1).to_string());
                given.insert("column".to_owned(), column.path.clone());
                said.push((code, given));
            }
            if let Some(value) = reading.value {
                cells.insert(column.path.clone(), value);
            }
        }
        values.push(cells);
    }
    Reading {
        value: (!values.is_empty()).then_some(Value::Rows(values)),
        said,
    }
}
