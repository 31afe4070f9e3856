//! Dates with the precision they are known in, ages, and what people type. Has no clock: "today" is an argument.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

mod fault;
mod typed;

pub use fault::DateFault;
pub use typed::parse_typed;

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

fn year_of(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
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
