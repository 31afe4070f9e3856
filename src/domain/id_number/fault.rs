//! What is wrong with an identity number, part by part, in words a clerk can read out.

use thiserror::Error;

use super::{IdKind, Repair};

/// Why a text is no number of its kind; positions count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdFault {
    /// Nothing was written.
    #[error("证件号码没有填写")]
    Empty,
    /// Too short or too long.
    #[error("号码应为 {expected} 位，现有 {found} 位")]
    Length {
        /// How many characters the kind has, as text: `18`, `15 或 18`.
        expected: &'static str,
        /// How many were given.
        found: usize,
    },
    /// A character that cannot stand there.
    #[error("第 {position} 位不应是“{found}”")]
    Character {
        /// Place, from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The digits of the area cannot be any area's.
    #[error("地区码“{digits}”（第 1-6 位）不对")]
    Area {
        /// The digits.
        digits: String,
    },
    /// The digits of the birth date are no date.
    #[error("出生日期“{digits}”（第 {first}-{last} 位）不是真实日期{}", listed(explained_by))]
    Birth {
        /// The digits.
        digits: String,
        /// Place of the first of them, from 1.
        first: usize,
        /// Place of the last of them.
        last: usize,
        /// Single slips of the hand that would explain the number as it stands.
        explained_by: Vec<Repair>,
    },
    /// The check character does not fit the others.
    #[error(
        "校验码（第 {position} 位）应为 {expected}，现为 {found}：号码中有输错的数字{}",
        listed(explained_by)
    )]
    CheckDigit {
        /// Its place, from 1.
        position: usize,
        /// What it would have to be if all others are right.
        expected: char,
        /// What it is.
        found: char,
        /// Single slips of the hand that would explain the number as it stands.
        explained_by: Vec<Repair>,
    },
    /// A right number, but of another kind of document.
    #[error("这是{}的号码，不是所选证件的号码", kind.label())]
    OtherKind {
        /// The kind it belongs to.
        kind: IdKind,
    },
}

impl IdFault {
    /// The fault's name in data.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "id-empty",
            Self::Length { .. } => "id-length",
            Self::Character { .. } => "id-character",
            Self::Area { .. } => "id-area",
            Self::Birth { .. } => "id-birth",
            Self::CheckDigit { .. } => "id-check-digit",
            Self::OtherKind { .. } => "id-other-kind",
        }
    }

    /// Single slips of the hand that would explain the number; empty where none was looked for or found.
    pub fn explained_by(&self) -> &[Repair] {
        match self {
            Self::Birth { explained_by, .. } | Self::CheckDigit { explained_by, .. } => explained_by,
            _ => &[],
        }
    }

    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "The identity number is missing".to_owned(),
            Self::Length { expected, found } => {
                format!(
                    "The number should have {} characters, it has {found}",
                    expected.replace('或', "or")
                )
            }
            Self::Character { position, found } => format!("Place {position} cannot be \"{found}\""),
            Self::Area { digits } => format!("The area code \"{digits}\" (places 1-6) is wrong"),
            Self::Birth {
                digits,
                first,
                last,
                explained_by,
            } => {
                let listed = listed_en(explained_by);
                format!("The birth date \"{digits}\" (places {first}-{last}) is no date{listed}")
            }
            Self::CheckDigit {
                position,
                expected,
                found,
                explained_by,
            } => {
                let listed = listed_en(explained_by);
                format!(
                    "The check character (place {position}) should be {expected}, it is {found}: a digit is wrong{listed}"
                )
            }
            Self::OtherKind { kind } => format!("This is a number of another kind of document ({kind})"),
        }
    }
}

/// Tells whether one slip explains the number; the candidates themselves are a list beside the sentence.
fn listed(repairs: &[Repair]) -> String {
    if repairs.is_empty() {
        return "，且不止一处".to_owned();
    }
    let swaps: Vec<_> = repairs
        .iter()
        .filter(|repair| repair.is_swap())
        .map(|r| r.position().to_string())
        .collect();
    let mut said = Vec::new();
    if !swaps.is_empty() {
        said.push(format!("第 {} 位与其后一位颠倒", swaps.join("、")));
    }
    // Nearly every place has a digit that would do, so their places tell nothing.
    if swaps.len() < repairs.len() {
        said.push("输错一位".to_owned());
    }
    format!("，可能是{}", said.join("，或"))
}

/// As [`listed`], in English.
fn listed_en(repairs: &[Repair]) -> String {
    if repairs.is_empty() {
        return ", and more than one".to_owned();
    }
    let swaps = repairs.iter().filter(|repair| repair.is_swap());
    let swaps: Vec<_> = swaps.map(|repair| repair.position().to_string()).collect();
    let mut said = Vec::new();
    if !swaps.is_empty() {
        said.push(format!("place {} may be swapped with the next", swaps.join(", ")));
    }
    if swaps.len() < repairs.len() {
        said.push("one may be mistyped".to_owned());
    }
    format!("; {}", said.join(", or "))
}
