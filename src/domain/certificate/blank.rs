//! Serials printed on blank certificates (印制号) and ranges of them. A serial keeps its leading zeros.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::text::half_width;

/// More digits than this at the end of a serial count as part of its prefix.
const MOST_DIGITS: usize = 18;

/// The serial of one blank: a prefix and a number of fixed width, `330021000123` or `浙J0001234`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlankSerial {
    prefix: String,
    width: usize,
    number: u64,
}

/// Serials from one to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialRange {
    first: BlankSerial,
    last: BlankSerial,
}

/// Why a text is no serial, or two serials no range.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BlankFault {
    /// Nothing was written.
    #[error("印制号没有填写")]
    Empty,
    /// Does not end in a digit.
    #[error("印制号“{0}”应以数字结尾")]
    NoDigits(String),
    /// Holds a character that is neither letter nor digit.
    #[error("印制号里不应有“{0}”")]
    Strange(char),
    /// The two serials differ in prefix or width.
    #[error("“{0}”与“{1}”不是同一批号码：前缀或位数不同")]
    NotOneRow(BlankSerial, BlankSerial),
    /// The last stands before the first.
    #[error("末号“{1}”在首号“{0}”之前")]
    Backwards(BlankSerial, BlankSerial),
}

impl BlankFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "The serial is missing".to_owned(),
            Self::NoDigits(text) => format!("The serial \"{text}\" should end in digits"),
            Self::Strange(c) => format!("A serial cannot hold \"{c}\""),
            Self::NotOneRow(a, b) => format!("{a} and {b} differ in prefix or width"),
            Self::Backwards(a, b) => format!("The last serial {b} stands before the first, {a}"),
        }
    }
}

impl BlankSerial {
    /// Reads a serial; blanks are left out, full-width characters made half-width, letters upper case.
    pub fn parse(text: &str) -> Result<Self, BlankFault> {
        let plain: String = half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
        let plain = plain.to_ascii_uppercase();
        if plain.is_empty() {
            return Err(BlankFault::Empty);
        }
        if let Some(strange) = plain.chars().find(|c| !c.is_alphanumeric() && *c != '-') {
            return Err(BlankFault::Strange(strange));
        }
        let digits = plain
            .bytes()
            .rev()
            .take_while(u8::is_ascii_digit)
            .count()
            .min(MOST_DIGITS);
        let (prefix, tail) = plain.split_at(plain.len() - digits);
        let number = tail.parse().map_err(|_| BlankFault::NoDigits(plain.clone()))?;
        Ok(Self {
            prefix: prefix.to_owned(),
            width: digits,
            number,
        })
    }

    /// The text before the number.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The number without its leading zeros.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next serial; `None` after the last that fits the width.
    pub fn next(&self) -> Option<Self> {
        self.plus(1)
    }

    /// The serial so many places on; `None` after the last that fits the width.
    pub fn plus(&self, places: u64) -> Option<Self> {
        let number = self.number.checked_add(places)?;
        let fits = number.checked_ilog10().map_or(1, |log| log as usize + 1) <= self.width;
        fits.then(|| Self { number, ..self.clone() })
    }

    /// Whether both belong to one row of numbers.
    fn in_row_with(&self, other: &Self) -> bool {
        self.prefix == other.prefix && self.width == other.width
    }
}

impl SerialRange {
    /// A range of one row of numbers, first to last.
    pub fn new(first: BlankSerial, last: BlankSerial) -> Result<Self, BlankFault> {
        if !first.in_row_with(&last) {
            return Err(BlankFault::NotOneRow(first, last));
        }
        if first.number > last.number {
            return Err(BlankFault::Backwards(first, last));
        }
        Ok(Self { first, last })
    }

    /// The first serial.
    pub fn first(&self) -> &BlankSerial {
        &self.first
    }

    /// The last serial.
    pub fn last(&self) -> &BlankSerial {
        &self.last
    }

    /// How many serials it holds.
    pub fn count(&self) -> u64 {
        self.last.number - self.first.number + 1
    }

    /// Whether a serial belongs to it.
    pub fn contains(&self, serial: &BlankSerial) -> bool {
        self.first.in_row_with(serial) && (self.first.number..=self.last.number).contains(&serial.number)
    }

    /// Whether the two share a serial.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(&other.first) || other.contains(&self.first)
    }

    /// All its serials in order.
    pub fn iter(&self) -> impl Iterator<Item = BlankSerial> {
        let number = self.first.number..=self.last.number;
        number.map(|number| BlankSerial {
            number,
            ..self.first.clone()
        })
    }
}

impl fmt::Display for BlankSerial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:0width$}", self.prefix, self.number, width = self.width)
    }
}

impl fmt::Display for SerialRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl TryFrom<String> for BlankSerial {
    type Error = BlankFault;

    fn try_from(text: String) -> Result<Self, BlankFault> {
        Self::parse(&text)
    }
}

impl From<BlankSerial> for String {
    fn from(serial: BlankSerial) -> Self {
        serial.to_string()
    }
}
