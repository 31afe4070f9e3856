//! Dates as people type them at a desk.

use chrono::{Datelike, NaiveDate};

use super::{DateFault, PartialDate, year_of};
use crate::domain::text::half_width;

/// Reads a date as people type it. `latest` decides the century of two-digit years: never later than that day.
pub fn parse_typed(text: &str, latest: NaiveDate) -> Result<PartialDate, DateFault> {
    let plain = half_width(text);
    let plain = plain.trim();
    let fault = || DateFault::NotADate(text.trim().to_owned());
    if plain.bytes().all(|b| b.is_ascii_digit()) {
        return read_digits(plain, latest);
    }
    let parts = plain
        .trim_end_matches(['日', '号', '月', '年'])
        .split(['-', '/', '.', '年', '月']);
    let mut numbers = Vec::new();
    for part in parts.map(str::trim) {
        let short = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        numbers.push((
            part.len(),
            part.parse::<u32>().ok().filter(|_| short).ok_or_else(fault)?,
        ));
    }
    match *numbers.as_slice() {
        [(4, year)] => PartialDate::new(year_of(year), None, None),
        [(4, year), (1 | 2, month)] => PartialDate::new(year_of(year), Some(month), None),
        [(4, year), (1 | 2, month), (1 | 2, day)] => PartialDate::new(year_of(year), Some(month), Some(day)),
        [(2, year), (1 | 2, month), (1 | 2, day)] => short_year(year, month, day, latest),
        _ => Err(fault()),
    }
}

/// `1990`, `199003`, `900307`, `19900307`.
fn read_digits(digits: &str, latest: NaiveDate) -> Result<PartialDate, DateFault> {
    let fault = || DateFault::NotADate(digits.to_owned());
    let number = |range: std::ops::Range<usize>| {
        digits
            .get(range)
            .and_then(|part| part.parse::<u32>().ok())
            .ok_or_else(fault)
    };
    match digits.len() {
        4 => PartialDate::new(year_of(number(0..4)?), None, None),
        6 => {
            let month = PartialDate::new(year_of(number(0..4)?), Some(number(4..6)?), None);
            let day = short_year(number(0..2)?, number(2..4)?, number(4..6)?, latest);
            match (month, day) {
                (Ok(month), Ok(day)) => Err(DateFault::Ambiguous {
                    text: digits.to_owned(),
                    month,
                    day,
                }),
                (Ok(month), Err(_)) => Ok(month),
                (Err(_), day) => day,
            }
        }
        8 => PartialDate::new(year_of(number(0..4)?), Some(number(4..6)?), Some(number(6..8)?)),
        _ => Err(fault()),
    }
}

/// A day with a two-digit year, in the last century that is not after `latest`.
fn short_year(year: u32, month: u32, day: u32, latest: NaiveDate) -> Result<PartialDate, DateFault> {
    let century = latest.year().div_euclid(100) * 100;
    let near = PartialDate::new(century + year_of(year), Some(month), Some(day));
    match near {
        Ok(near) if near.earliest() <= latest => Ok(near),
        // 29 February may exist in one of the two centuries only.
        _ => PartialDate::new(century - 100 + year_of(year), Some(month), Some(day)),
    }
}
