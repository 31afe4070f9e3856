//! The values conditions compute with and their kinds.

use chrono::NaiveDate;

use crate::{domain::date::PartialDate, forms::Value};

/// The kind of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// Any text: names, numbers of documents.
    Text,
    /// A code of the named list.
    Code(String),
    /// A whole number.
    Integer,
    /// Money in 分.
    Money,
    /// A date with its precision.
    Date,
    /// Repeating rows, of which only the number is known.
    Rows,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// Yes or no.
    Flag(bool),
    /// A text.
    Text(String),
    /// A code and its name.
    Code {
        /// The code.
        code: String,
        /// Its Chinese name.
        name: String,
    },
    /// A whole number, or one between two (both possible), such as the age of someone born in a known year.
    Integer(i64, i64),
    /// Money in 分.
    Money(i64),
    /// A date.
    Date(PartialDate),
    /// So many rows.
    Rows(usize),
}

impl Kind {
    /// Its name in Chinese sentences.
    pub fn label(&self) -> String {
        match self {
            Self::Flag => "是否".to_owned(),
            Self::Text => "文字".to_owned(),
            Self::Code(list) => format!("代码({list})"),
            Self::Integer => "整数".to_owned(),
            Self::Money => "金额".to_owned(),
            Self::Date => "日期".to_owned(),
            Self::Rows => "多行".to_owned(),
        }
    }

    /// Whether values of both kinds can be held against each other.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let textual = |kind: &Self| matches!(kind, Self::Text | Self::Code(_));
        match (self, other) {
            (Self::Code(a), Self::Code(b)) => a == b,
            _ => self == other || textual(self) && textual(other),
        }
    }
}

impl Datum {
    /// A whole number.
    pub fn integer(number: i64) -> Self {
        Self::Integer(number, number)
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Self {
        Self::Date(PartialDate::Day(day))
    }

    /// What conditions see of a field's value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Id(id) => Self::Text(id.as_str().to_owned()),
            Value::Date(date) => Self::Date(*date),
            Value::Money(fen) => Self::Money(fen.0),
            Value::Integer(number) => Self::integer(*number),
            Value::Code { code, name } => Self::Code {
                code: code.clone(),
                name: name.clone(),
            },
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Rows(rows) => Self::Rows(rows.len()),
        }
    }

    /// The text of a text or code.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Code { code: text, .. } => Some(text),
            _ => None,
        }
    }

    /// The least and the greatest number it can be; dates count in days.
    pub fn bounds(&self) -> Option<(i64, i64)> {
        let days = |day: NaiveDate| i64::from(day.to_epoch_days());
        match self {
            Self::Integer(least, most) => Some((*least, *most)),
            Self::Money(fen) => Some((*fen, *fen)),
            Self::Date(date) => Some((days(date.earliest()), days(date.latest()))),
            Self::Rows(count) => i64::try_from(*count).ok().map(|count| (count, count)),
            _ => None,
        }
    }

    /// As a sentence shows it.
    pub fn shown(&self) -> String {
        match self {
            Self::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
            Self::Text(text) => text.clone(),
            Self::Code { name, .. } => name.clone(),
            Self::Integer(least, most) if least == most => least.to_string(),
            Self::Integer(least, most) => format!("{least}-{most}"),
            Self::Money(fen) => crate::domain::money::Fen(*fen).to_string(),
            Self::Date(date) => date.to_string(),
            Self::Rows(count) => count.to_string(),
        }
    }
}
