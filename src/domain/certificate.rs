//! Numbers of certificates and their blanks (字号, 印制号). Knows their shape, not which of them are taken.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{area::AreaCode, text::half_width};

mod blank;
mod kind;
mod legacy;

pub use blank::{BlankFault, BlankSerial, SerialRange};
pub use kind::{CertificateKind, NumberFault};
pub use legacy::{AnyCertificateNumber, InterimNumber, LegacyNumber};

/// A certificate number as given since 2004: `J330521-2026-000001` (婚姻登记证字号).
///
/// ```
/// use guitai::domain::certificate::{CertificateKind, CertificateNumber};
/// let number = CertificateNumber::parse("bj330521—2026—000012")?;
/// assert_eq!(number.kind(), CertificateKind::MarriageReissue);
/// assert_eq!(number.to_string(), "BJ330521-2026-000012");
/// # Ok::<(), guitai::domain::certificate::NumberFault>(())
/// ```
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
