//! A typed value of a field, as rules compute with it and as papers print it.

use std::collections::BTreeMap;

use crate::domain::{date::PartialDate, id_number::IdNumber, money::Fen};

/// What an answer means once it was read as its field's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Any text: names, phones, addresses, serials.
    Text(String),
    /// An identity number.
    Id(IdNumber),
    /// A date as far as it is known.
    Date(PartialDate),
    /// Money in 分.
    Money(Fen),
    /// A whole number.
    Integer(i64),
    /// A line of a list.
    Code {
        /// The code as data holds it.
        code: String,
        /// Its Chinese name.
        name: String,
    },
    /// Yes or no.
    Flag(bool),
    /// Repeating rows, each by column.
    Rows(Vec<BTreeMap<String, Value>>),
}

impl Value {
    /// As data holds it: `1990-03-07`, `01`, `8000`.
    pub fn data(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Id(id) => id.as_str().to_owned(),
            Self::Date(date) => date.to_string(),
            Self::Money(fen) => fen.0.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Code { code, .. } => code.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Rows(rows) => rows.len().to_string(),
        }
    }

    /// As papers print it: `1990年03月07日`, `汉族`, `80.00`, `是`.
    pub fn paper(&self) -> String {
        match self {
            Self::Date(date) => date.chinese(),
            Self::Money(fen) => fen.to_string(),
            Self::Code { name, .. } => name.clone(),
            Self::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
            other => other.data(),
        }
    }
}
