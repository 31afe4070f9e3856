//! Numbers of certificates and their blanks (字号, 印制号). Knows their shape, not which of them are taken.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{area::AreaCode, text::half_width};

mod blank;
mod legacy;

pub use blank::{BlankFault, BlankSerial, SerialRange};
pub use legacy::{AnyCertificateNumber, InterimNumber, LegacyNumber};

/// The four sequences of certificate numbers, each of its own, restarted each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 结婚证 (J).
    Marriage,
    /// 离婚证 (L).
    Divorce,
    /// 补领的结婚证 (BJ).
    MarriageReissue,
    /// 补领的离婚证 (BL).
    DivorceReissue,
}

/// Why a text is no certificate or slip number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberFault {
    /// Nothing was written.
    #[error("字号没有填写")]
    Empty,
    /// Does not begin with J, L, BJ or BL (W for a slip).
    #[error("“{0}”不以 {1} 开头")]
    Letters(String, &'static str),
    /// The six digits of the registry are not six digits.
    #[error("登记机关代码“{0}”应是六位数字")]
    Registry(String),
    /// The year is not four digits between 1950 and 2199.
    #[error("年份“{0}”应是四位数字")]
    Year(String),
    /// The sequence is not six digits, or is 000000.
    #[error("流水号“{0}”应是六位数字，从 000001 起")]
    Sequence(String),
    /// Too few or too many parts between dashes.
    #[error("“{0}”应写成 J330521-2026-000001")]
    Parts(String),
}

/// A certificate number as given since 2004: `J330521-2026-000001` (婚姻登记证字号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateNumber {
    kind: CertificateKind,
    body: Body,
}

/// The number of a slip for a case without a certificate number (待并网): `W330521-2026-000001`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SlipNumber(Body);

/// Registry, year and sequence, which both numbers share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Body {
    registry: AreaCode,
    year: i32,
    sequence: u32,
}

impl CertificateKind {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Marriage,
        Self::Divorce,
        Self::MarriageReissue,
        Self::DivorceReissue,
    ];

    /// The letters in front of the number.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Marriage => "J",
            Self::Divorce => "L",
            Self::MarriageReissue => "BJ",
            Self::DivorceReissue => "BL",
        }
    }

    /// Its name in data, such as `marriage_reissue`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Divorce => "divorce",
            Self::MarriageReissue => "marriage_reissue",
            Self::DivorceReissue => "divorce_reissue",
        }
    }

    /// The word for it on Chinese papers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Marriage => "结婚证",
            Self::Divorce => "离婚证",
            Self::MarriageReissue => "补领结婚证",
            Self::DivorceReissue => "补领离婚证",
        }
    }
}

impl FromStr for CertificateKind {
    type Err = NumberFault;

    fn from_str(text: &str) -> Result<Self, NumberFault> {
        let found = Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text || kind.letters() == text);
        found.ok_or_else(|| NumberFault::Letters(text.to_owned(), "J、L、BJ、BL"))
    }
}

impl CertificateNumber {
    /// A number of its parts; the year from 1950 to 2199, the sequence from 1 to 999999.
    pub fn new(kind: CertificateKind, registry: AreaCode, year: i32, sequence: u32) -> Result<Self, NumberFault> {
        Ok(Self {
            kind,
            body: Body::new(registry, year, sequence)?,
        })
    }

    /// Reads a number; small letters, full-width characters and other dashes are understood.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let plain = plain(text)?;
        let digits = plain.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(plain.len());
        let (letters, body) = plain.split_at(digits);
        let kind = CertificateKind::ALL.into_iter().find(|kind| kind.letters() == letters);
        let kind = kind.ok_or_else(|| NumberFault::Letters(text.trim().to_owned(), "J、L、BJ、BL"))?;
        Ok(Self {
            kind,
            body: Body::read(body)?,
        })
    }

    /// Which sequence it belongs to.
    pub fn kind(&self) -> CertificateKind {
        self.kind
    }

    /// The code of the registry that gave it.
    pub fn registry(&self) -> AreaCode {
        self.body.registry
    }

    /// The year it was given in.
    pub fn year(&self) -> i32 {
        self.body.year
    }

    /// Its place in the year's sequence, from 1.
    pub fn sequence(&self) -> u32 {
        self.body.sequence
    }
}

impl SlipNumber {
    /// A number of its parts; the year from 1950 to 2199, the sequence from 1 to 999999.
    pub fn new(registry: AreaCode, year: i32, sequence: u32) -> Result<Self, NumberFault> {
        Body::new(registry, year, sequence).map(Self)
    }

    /// Reads a number as [`CertificateNumber::parse`] does.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let plain = plain(text)?;
        let body = plain.strip_prefix('W');
        Body::read(body.ok_or_else(|| NumberFault::Letters(text.trim().to_owned(), "W"))?).map(Self)
    }

    /// The code of the registry.
    pub fn registry(&self) -> AreaCode {
        self.0.registry
    }

    /// The year.
    pub fn year(&self) -> i32 {
        self.0.year
    }

    /// The place in the year's sequence, from 1.
    pub fn sequence(&self) -> u32 {
        self.0.sequence
    }
}

impl Body {
    fn new(registry: AreaCode, year: i32, sequence: u32) -> Result<Self, NumberFault> {
        if !(1950..2200).contains(&year) {
            return Err(NumberFault::Year(year.to_string()));
        }
        if !(1..=999_999).contains(&sequence) {
            return Err(NumberFault::Sequence(format!("{sequence:06}")));
        }
        Ok(Self {
            registry,
            year,
            sequence,
        })
    }

    /// Reads `330521-2026-000001`.
    fn read(text: &str) -> Result<Self, NumberFault> {
        let parts: Vec<&str> = text.split('-').collect();
        let [registry, year, sequence] = *parts.as_slice() else {
            return Err(NumberFault::Parts(text.to_owned()));
        };
        let code = registry
            .parse()
            .map_err(|_| NumberFault::Registry(registry.to_owned()))?;
        let number = |part: &str, width| {
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u32>().ok().filter(|_| digits)
        };
        let year_number = number(year, 4).and_then(|n| i32::try_from(n).ok());
        let year_number = year_number.ok_or_else(|| NumberFault::Year(year.to_owned()))?;
        let sequence = number(sequence, 6).ok_or_else(|| NumberFault::Sequence(sequence.to_owned()))?;
        Self::new(code, year_number, sequence)
    }
}

/// Half-width, upper case, no blanks, every dash an ASCII one.
fn plain(text: &str) -> Result<String, NumberFault> {
    let fold = |c: char| {
        if matches!(c, '–' | '—' | '−' | '‐' | '‑' | '―' | '一') {
            '-'
        } else {
            c
        }
    };
    let plain: String = half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(fold)
        .collect();
    if plain.is_empty() {
        Err(NumberFault::Empty)
    } else {
        Ok(plain.to_ascii_uppercase())
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}-{:06}", self.registry, self.year, self.sequence)
    }
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind.letters(), self.body)
    }
}

impl fmt::Display for SlipNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "W{}", self.0)
    }
}

impl TryFrom<String> for CertificateNumber {
    type Error = NumberFault;

    fn try_from(text: String) -> Result<Self, NumberFault> {
        Self::parse(&text)
    }
}

impl From<CertificateNumber> for String {
    fn from(number: CertificateNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for SlipNumber {
    type Error = NumberFault;

    fn try_from(text: String) -> Result<Self, NumberFault> {
        Self::parse(&text)
    }
}

impl From<SlipNumber> for String {
    fn from(number: SlipNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests;
