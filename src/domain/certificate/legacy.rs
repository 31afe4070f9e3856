//! Certificate numbers from before 2004, as archives hold them.

use std::fmt;

use thiserror::Error;

use super::{CertificateNumber, NumberFault, plain};
use crate::domain::text;

/// A number in no known form, kept as it stands: `政字第2002208号`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LegacyNumber(String);

/// The parts of a number by the interim norm of 2003, `德清结字010300012`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimNumber {
    /// Short name of the region.
    pub region: String,
    /// Whether a marriage (结字), else a divorce (离字).
    pub marriage: bool,
    /// Number of the office.
    pub office: u32,
    /// Two-digit year as written.
    pub year: u32,
    /// Place in the sequence.
    pub sequence: u32,
}

/// A certificate number of any time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AnyCertificateNumber {
    /// As given since 2004.
    Current(CertificateNumber),
    /// As given before.
    Legacy(LegacyNumber),
}

/// A text that cannot be a number of any time.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("字号里没有数字")]
pub struct NoDigits;

impl LegacyNumber {
    /// Takes any text with at least one digit (Chinese numerals count), without invisible characters.
    pub fn parse(given: &str) -> Result<Self, NoDigits> {
        let kept = text::clean(given.trim()).text;
        let digit = |c: char| c.is_numeric() || "〇零一二三四五六七八九十百".contains(c);
        if kept.contains(digit) {
            Ok(Self(kept))
        } else {
            Err(NoDigits)
        }
    }

    /// The text as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts, where it follows the interim norm of 2003.
    pub fn interim(&self) -> Option<InterimNumber> {
        let plain = text::half_width(&self.0).replace(['第', '号'], "");
        let marriage = plain.contains("结字");
        let (region, digits) = plain.split_once(if marriage { "结字" } else { "离字" })?;
        if region.is_empty() || digits.len() != 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
        let (office, year, sequence) = (part(0..2)?, part(2..4)?, part(4..9)?);
        Some(InterimNumber {
            region: region.to_owned(),
            marriage,
            office,
            year,
            sequence,
        })
    }
}

impl AnyCertificateNumber {
    /// Reads a number of any time. What begins like a present number must be one: a slip of the hand is no old number.
    pub fn parse(given: &str) -> Result<Self, NumberFault> {
        let plain = plain(given)?;
        let rest = plain.trim_start_matches(['B', 'J', 'L']);
        let looks_current = rest.len() < plain.len() && rest.starts_with(|c: char| c.is_ascii_digit());
        if looks_current {
            return CertificateNumber::parse(given).map(Self::Current);
        }
        let legacy = LegacyNumber::parse(given).map(Self::Legacy);
        legacy.map_err(|NoDigits| NumberFault::Parts(given.trim().to_owned()))
    }

    /// The present number, if it is one.
    pub fn current(&self) -> Option<CertificateNumber> {
        match self {
            Self::Current(number) => Some(*number),
            Self::Legacy(_) => None,
        }
    }
}

impl fmt::Display for LegacyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for AnyCertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current(number) => number.fmt(f),
            Self::Legacy(number) => number.fmt(f),
        }
    }
}
