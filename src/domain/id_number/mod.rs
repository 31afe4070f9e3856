//! Identity numbers of every kind a desk meets (证件号码): what they say, and which part of a wrong one is wrong.
//!
//! Numbers with a check digit are held to it. All others are only compared with their usual form: an unusual one is
//! reported by [`IdNumber::hint`] and never refused. An area code is never looked up here.

use std::fmt;

use chrono::NaiveDate;

use super::{area::AreaCode, party::Sex, text};

mod fault;
mod foreigner;
mod kind;
mod mask;
mod repair;
mod resident;
mod travel;

pub use fault::IdFault;
pub use kind::{IdKind, UnknownKind};
pub use repair::{Repair, Slip};
pub use resident::check_character;

/// An identity number that its kind allows, normalised: half-width, upper case, no blanks.
///
/// ```
/// use guitai::domain::{id_number::{IdKind, IdNumber}, party::Sex};
/// let id = IdNumber::parse(IdKind::ResidentId, "33052119900307001x")?;
/// assert_eq!(id.birth().map(|day| day.to_string()).as_deref(), Some("1990-03-07"));
/// assert_eq!(id.sex(), Some(Sex::Male));
/// assert_eq!(id.masked(), "330521********001X");
/// # Ok::<(), guitai::domain::id_number::IdFault>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber {
    kind: IdKind,
    text: String,
}

impl IdNumber {
    /// Reads a number of a kind.
    pub fn parse(kind: IdKind, given: &str) -> Result<Self, IdFault> {
        let text = normalise(kind, given)?;
        match kind {
            IdKind::ResidentId | IdKind::HkMacauTaiwanPermit => resident::check(kind, &text)?,
            IdKind::ResidentId15 => resident::check_fifteen(&text)?,
            IdKind::Legacy => resident::check_legacy(&text)?,
            IdKind::ForeignerPermanent => foreigner::check(&text)?,
            _ => travel::check(&text)?,
        }
        Ok(Self { kind, text })
    }

    /// Reads a number whose kind is not told, as search and archives have it; what fits nothing else is `Other`.
    pub fn recognise(given: &str) -> Result<Self, IdFault> {
        let strict = [
            IdKind::ResidentId,
            IdKind::HkMacauTaiwanPermit,
            IdKind::ForeignerPermanent,
            IdKind::ResidentId15,
            IdKind::Legacy,
        ];
        let found = strict.into_iter().find_map(|kind| Self::parse(kind, given).ok());
        found.map_or_else(|| Self::parse(IdKind::Other, given), Ok)
    }

    /// What kind of document bears it.
    pub fn kind(&self) -> IdKind {
        self.kind
    }

    /// The whole number. Lists and logs show [`IdNumber::masked`] instead.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The date of birth, where the number holds it.
    pub fn birth(&self) -> Option<NaiveDate> {
        match self.kind {
            IdKind::ResidentId | IdKind::HkMacauTaiwanPermit => resident::birth(&self.text, 6),
            IdKind::ResidentId15 => resident::birth_of_fifteen(&self.text),
            IdKind::Legacy => resident::birth(&self.text, 10),
            IdKind::ForeignerPermanent => foreigner::birth(&self.text),
            _ => None,
        }
    }

    /// The sex, where the number holds it.
    pub fn sex(&self) -> Option<Sex> {
        let digit = match self.kind {
            IdKind::ResidentId | IdKind::HkMacauTaiwanPermit => self.text.get(16..17)?,
            IdKind::ResidentId15 => self.text.get(14..15)?,
            _ => return None,
        };
        let odd = digit.parse::<u8>().ok()? % 2 == 1;
        Some(if odd { Sex::Male } else { Sex::Female })
    }

    /// The code of the area where it was first given, where the number holds it; possibly of an area long abolished.
    pub fn area(&self) -> Option<AreaCode> {
        match self.kind {
            IdKind::ResidentId | IdKind::ResidentId15 | IdKind::HkMacauTaiwanPermit => self.text.get(..6)?.parse().ok(),
            _ => None,
        }
    }

    /// The number with its middle hidden: `330521********001X`.
    pub fn masked(&self) -> String {
        mask::masked(self.kind, &self.text)
    }

    /// The 18-digit number a person with this 15-digit number got later; `None` for every other kind.
    pub fn upgraded(&self) -> Option<Self> {
        if self.kind != IdKind::ResidentId15 {
            return None;
        }
        resident::upgrade(&self.text).map(|text| Self {
            kind: IdKind::ResidentId,
            text,
        })
    }

    /// The number as it stands, and the other one that a mainland resident has or had: 15 digits for 18 and the
    /// reverse. Records may have one person under either.
    pub fn forms(&self) -> Vec<String> {
        let other = match self.kind {
            IdKind::ResidentId => resident::downgrade(&self.text),
            IdKind::ResidentId15 => resident::upgrade(&self.text),
            _ => None,
        };
        std::iter::once(self.text.clone()).chain(other).collect()
    }

    /// The form such numbers usually have, where this one differs from it: a hint, not a fault.
    pub fn hint(&self) -> Option<&'static str> {
        travel::hint(self.kind, &self.text)
    }
}

/// Whether two numbers are of one person: the same number, or the 15- and the 18-digit form of one.
pub fn same_person(a: &IdNumber, b: &IdNumber) -> bool {
    let long = |id: &IdNumber| id.upgraded().unwrap_or_else(|| id.clone());
    let (a, b) = (long(a), long(b));
    // What was imported without its kind is compared by its text alone.
    let comparable = a.kind == b.kind || a.kind == IdKind::Other || b.kind == IdKind::Other;
    comparable && a.text == b.text
}

/// What is longer than this is no number, however it is read; in bytes.
const MOST_BYTES: usize = 1000;

/// Half-width, upper case, without blanks; dashes and brackets stay only where they can belong to the number.
fn normalise(kind: IdKind, given: &str) -> Result<String, IdFault> {
    if given.len() > MOST_BYTES {
        return Err(IdFault::Length {
            expected: "1-40",
            found: given.chars().count(),
        });
    }
    let clean = text::clean(&text::half_width(given)).text;
    let fold = |c: char| match c {
        '（' => '(',
        '）' => ')',
        _ => c,
    };
    let kept = clean
        .chars()
        .map(fold)
        .filter(|c| kind.is_free_text() || !c.is_whitespace());
    let text = kept.collect::<String>().trim().to_uppercase();
    if text.is_empty() { Err(IdFault::Empty) } else { Ok(text) }
}

impl fmt::Debug for IdNumber {
    /// Shows the masked number: what is logged by mistake must not tell a whole one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({} {})", self.kind, self.masked())
    }
}

#[cfg(test)]
mod tests;
