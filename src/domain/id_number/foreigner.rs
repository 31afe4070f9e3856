//! 外国人永久居留身份证: 18 characters since December 2023, 15 before.

use chrono::NaiveDate;

use super::{IdFault, resident};

/// Checks either form: `9`, two digits of the place, three of the country, birth, sequence and check character; or
/// three letters and twelve digits, which bear no check that we know.
pub fn check(text: &str) -> Result<(), IdFault> {
    let found = text.chars().count();
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let fits = |(at, c): &(usize, char)| {
            if *at < 3 {
                c.is_ascii_alphabetic()
            } else {
                c.is_ascii_digit()
            }
        };
        if let Some((at, found)) = text.chars().enumerate().find(|place| !fits(place)) {
            return Err(IdFault::Character {
                position: at + 1,
                found,
            });
        }
        return if found == 15 {
            Ok(())
        } else {
            Err(IdFault::Length {
                expected: "15 或 18",
                found,
            })
        };
    }
    resident::characters(text).map_err(|fault| match fault {
        IdFault::Length { found, .. } => IdFault::Length {
            expected: "15 或 18",
            found,
        },
        other => other,
    })?;
    if !text.starts_with('9') {
        return Err(IdFault::Area {
            digits: text.get(..6).unwrap_or_default().to_owned(),
        });
    }
    resident::whole(text, 6, |candidate| candidate.starts_with('9'))
}

/// The date of birth in the new form. The old form's two-digit year does not tell the century.
pub fn birth(text: &str) -> Option<NaiveDate> {
    if text.len() == 18 {
        resident::birth(text, 6)
    } else {
        None
    }
}
