//! Numbers built as GB 11643: citizens (18 and 15 digits) and 港澳台居民居住证; and the placeholder of old archives.

use chrono::{Datelike, NaiveDate};

use super::{IdFault, IdKind, repair};

/// Weights of the first 17 digits (GB 11643-1999, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Area codes that stand for Hong Kong, Macau and Taiwan on 港澳台居民居住证.
const PERMIT_AREAS: [&str; 3] = ["810000", "820000", "830000"];

/// The check character of the first 17 digits; `None` where they are not 17 digits. More characters may follow.
pub fn check_character(text: &str) -> Option<char> {
    let digits = text.get(..17)?;
    let mut sum = 0;
    for (c, weight) in digits.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    char::from_digit((12 - sum % 11) % 11, 11).map(|c| if c == 'a' { 'X' } else { c })
}

/// The date in the eight digits from a place (from 0); a year before 1800 or after 2199 is no birth date.
pub fn birth(text: &str, at: usize) -> Option<NaiveDate> {
    let digits = text.get(at..at + 8)?;
    let day = NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    (plain && (1800..2200).contains(&day.year())).then_some(day)
}

/// The date in a 15-digit number: 19xx, but 18xx where the sequence is 996-999, reserved for people over a hundred.
pub fn birth_of_fifteen(text: &str) -> Option<NaiveDate> {
    birth(&upgrade(text)?, 6)
}

/// The 18-character form of a 15-digit number.
pub fn upgrade(text: &str) -> Option<String> {
    let (area, rest) = text.split_at_checked(6)?;
    let century = if matches!(text.get(12..15)?, "996" | "997" | "998" | "999") {
        "18"
    } else {
        "19"
    };
    let digits = format!("{area}{century}{rest}");
    let check = check_character(&digits)?;
    Some(format!("{digits}{check}"))
}

/// The 15-digit form of an 18-character number; `None` for whoever was born when these cards had ended.
pub fn downgrade(text: &str) -> Option<String> {
    let fifteen = format!("{}{}", text.get(..6)?, text.get(8..17)?);
    (upgrade(&fifteen).as_deref() == Some(text)).then_some(fifteen)
}

/// Checks an 18-character number of a citizen or a 港澳台居民居住证.
pub fn check(kind: IdKind, text: &str) -> Result<(), IdFault> {
    if kind == IdKind::ResidentId {
        for other in [IdKind::Legacy, IdKind::ResidentId15] {
            let fits = if other == IdKind::Legacy {
                check_legacy(text)
            } else {
                check_fifteen(text)
            };
            if fits.is_ok() {
                return Err(IdFault::OtherKind { kind: other });
            }
        }
    }
    characters(text)?;
    let area = text.get(..6).unwrap_or_default();
    let permit = PERMIT_AREAS.contains(&area);
    let right_area = match kind {
        IdKind::HkMacauTaiwanPermit => permit,
        _ => !area.starts_with(['0', '9']),
    };
    let plausible = |candidate: &str| {
        let area = candidate.get(..6).unwrap_or_default();
        let permit = PERMIT_AREAS.contains(&area);
        if kind == IdKind::ResidentId {
            !permit && !area.starts_with(['0', '9'])
        } else {
            permit
        }
    };
    whole(text, 6, plausible)?;
    match kind {
        IdKind::ResidentId if permit => Err(IdFault::OtherKind {
            kind: IdKind::HkMacauTaiwanPermit,
        }),
        IdKind::ResidentId if area.starts_with('9') => Err(IdFault::OtherKind {
            kind: IdKind::ForeignerPermanent,
        }),
        IdKind::HkMacauTaiwanPermit if !permit && !area.starts_with(['0', '9']) => Err(IdFault::OtherKind {
            kind: IdKind::ResidentId,
        }),
        _ if right_area => Ok(()),
        _ => Err(IdFault::Area {
            digits: area.to_owned(),
        }),
    }
}

/// Checks that there are 17 digits and a digit or X.
pub fn characters(text: &str) -> Result<(), IdFault> {
    let found = text.chars().count();
    let wrong = text
        .chars()
        .enumerate()
        .find(|(at, c)| !(c.is_ascii_digit() || *at == 17 && *c == 'X'));
    if let Some((at, found)) = wrong {
        return Err(IdFault::Character {
            position: at + 1,
            found,
        });
    }
    if found == 18 {
        Ok(())
    } else {
        Err(IdFault::Length { expected: "18", found })
    }
}

/// Checks birth date and check character of 18 characters known to be 17 digits and a digit or X.
pub fn whole(text: &str, birth_at: usize, plausible: impl Fn(&str) -> bool) -> Result<(), IdFault> {
    let (Some(expected), Some(found)) = (check_character(text), text.chars().last()) else {
        return Err(IdFault::Length {
            expected: "18",
            found: text.chars().count(),
        });
    };
    if birth(text, birth_at).is_none() {
        let digits = text.get(birth_at..birth_at + 8).unwrap_or_default().to_owned();
        let explained_by = repair::explain(text, birth_at, plausible);
        return Err(IdFault::Birth {
            digits,
            first: birth_at + 1,
            last: birth_at + 8,
            explained_by,
        });
    }
    if expected != found {
        let explained_by = repair::explain(text, birth_at, plausible);
        return Err(IdFault::CheckDigit {
            position: 18,
            expected,
            found,
            explained_by,
        });
    }
    Ok(())
}

/// Checks a 15-digit number; it has no check digit.
pub fn check_fifteen(text: &str) -> Result<(), IdFault> {
    if let Some((at, found)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
        return Err(IdFault::Character {
            position: at + 1,
            found,
        });
    }
    if text.len() != 15 {
        return Err(IdFault::Length {
            expected: "15",
            found: text.len(),
        });
    }
    if text.starts_with(['0', '9']) {
        return Err(IdFault::Area {
            digits: text.get(..6).unwrap_or_default().to_owned(),
        });
    }
    if birth_of_fifteen(text).is_some() {
        return Ok(());
    }
    let digits = text.get(6..12).unwrap_or_default().to_owned();
    Err(IdFault::Birth {
        digits,
        first: 7,
        last: 12,
        explained_by: Vec::new(),
    })
}

/// Checks ten zeros and a date: what archives were given where no number was known.
pub fn check_legacy(text: &str) -> Result<(), IdFault> {
    characters(text)?;
    if !text.starts_with("0000000000") {
        return Err(IdFault::Area {
            digits: text.get(..6).unwrap_or_default().to_owned(),
        });
    }
    if birth(text, 10).is_some() {
        return Ok(());
    }
    let digits = text.get(10..18).unwrap_or_default().to_owned();
    Err(IdFault::Birth {
        digits,
        first: 11,
        last: 18,
        explained_by: Vec::new(),
    })
}
