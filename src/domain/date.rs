//! Dates with the precision they are known in, ages, and what people type. Has no clock: "today" is an argument.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A date as far as it is known: old archives often give the year or the month only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// A year: `1990`.
    Year(i32),
    /// A month of a year (1-12): `1990-03`.
    Month(i32, u32),
    /// A day: `1990-03-07`.
    Day(NaiveDate),
}

/// When someone born on 29 February is a year older in a year without that day (Civil Code 202; a setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeapBirthday {
    /// On 28 February: no matching day, so the last day of the month.
    #[default]
    LastOfFebruary,
    /// On 1 March.
    FirstOfMarch,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateFault {
    /// Not written as a date.
    #[error("“{0}”不是日期：写成 19900307、1990-3-7 或 1990年3月7日")]
    NotADate(String),
    /// The month is not 1-12.
    #[error("{month} 月不存在")]
    NoSuchMonth {
        /// The month as typed.
        month: u32,
    },
    /// The month has no such day.
    #[error("{year} 年 {month} 月没有 {day} 日，该月共 {last} 天")]
    NoSuchDay {
        /// Year.
        year: i32,
        /// Month.
        month: u32,
        /// The day as typed.
        day: u32,
        /// The last day of that month.
        last: u32,
    },
    /// Outside 1800-2199, so certainly mistyped.
    #[error("{0} 年不合理")]
    YearOutOfRange(i32),
    /// Six digits that can be read in two ways.
    #[error("“{text}”有两种读法（{month} 或 {day}），请写全年份")]
    Ambiguous {
        /// The text as typed.
        text: String,
        /// As year and month.
        month: PartialDate,
        /// As two-digit year, month and day.
        day: PartialDate,
    },
}

impl PartialDate {
    /// A year, month or day that exists between 1800 and 2199.
    pub fn new(year: i32, month: Option<u32>, day: Option<u32>) -> Result<Self, DateFault> {
        if !(1800..2200).contains(&year) {
            return Err(DateFault::YearOutOfRange(year));
        }
        let Some(month) = month else {
            return Ok(Self::Year(year));
        };
        let last = last_day_of(year, month).ok_or(DateFault::NoSuchMonth { month })?;
        let Some(day) = day else {
            return Ok(Self::Month(year, month));
        };
        let known = NaiveDate::from_ymd_opt(year, month, day);
        known
            .map(Self::Day)
            .ok_or(DateFault::NoSuchDay { year, month, day, last })
    }

    /// The day, where it is known to the day.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
        }
    }

    /// The first day it can mean.
    pub fn earliest(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Year(year) => (year, 1),
            Self::Month(year, month) => (year, month),
            Self::Day(day) => return day,
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
    }

    /// The last day it can mean.
    pub fn latest(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Year(year) => (year, 12),
            Self::Month(year, month) => (year, month),
            Self::Day(day) => return day,
        };
        let last = last_day_of(year, month).unwrap_or(1);
        NaiveDate::from_ymd_opt(year, month, last).unwrap_or_default()
    }

    /// As official papers write it: `1990年03月07日`, `1990年03月`, `1990年`.
    pub fn chinese(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}年"),
            Self::Month(year, month) => format!("{year:04}年{month:02}月"),
            Self::Day(day) => day.format("%Y年%m月%d日").to_string(),
        }
    }
}

/// The last day of a month; `None` for a month that does not exist.
fn last_day_of(year: i32, month: u32) -> Option<u32> {
    (28..=31)
        .rev()
        .find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some())
}

/// Reads a date as people type it. `latest` decides the century of two-digit years: never later than that day.
pub fn parse_typed(text: &str, latest: NaiveDate) -> Result<PartialDate, DateFault> {
    let plain = super::text::half_width(text);
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

fn year_of(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
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

/// The same day so many years later (or earlier, if negative); `None` outside the calendar.
pub fn add_years(date: NaiveDate, years: i32, leap: LeapBirthday) -> Option<NaiveDate> {
    let year = date.year().checked_add(years)?;
    let (month, day) = match leap {
        LeapBirthday::LastOfFebruary => (2, 28),
        LeapBirthday::FirstOfMarch => (3, 1),
    };
    date.with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, month, day))
}

/// So many days later (or earlier, if negative); `None` outside the calendar.
pub fn add_days(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 {
        date.checked_sub_days(count)
    } else {
        date.checked_add_days(count)
    }
}

/// Completed years (周岁), reached on the birthday itself; negative before birth.
pub fn age(birth: NaiveDate, on: NaiveDate, leap: LeapBirthday) -> i32 {
    let years = on.year() - birth.year();
    let reached = add_years(birth, years, leap).is_some_and(|birthday| birthday <= on);
    if reached { years } else { years - 1 }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateFault;

    /// Reads the exchanged form only: `1990`, `1990-03`, `1990-03-07`.
    fn from_str(text: &str) -> Result<Self, DateFault> {
        let fault = || DateFault::NotADate(text.to_owned());
        let mut numbers = Vec::new();
        for (at, part) in text.split('-').enumerate() {
            let width = if at == 0 { 4 } else { 2 };
            if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(fault());
            }
            numbers.push(part.parse::<u32>().map_err(|_| fault())?);
        }
        match *numbers.as_slice() {
            [year] => Self::new(year_of(year), None, None),
            [year, month] => Self::new(year_of(year), Some(month), None),
            [year, month, day] => Self::new(year_of(year), Some(month), Some(day)),
            _ => Err(fault()),
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateFault;

    fn try_from(text: String) -> Result<Self, DateFault> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests;
