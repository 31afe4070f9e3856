//! The working calendar (法定休假日, 调休): which days are rest days, and how terms roll forward.
//!
//! A year whose notice is not published is unknown and stays visible as such; it never silently counts as normal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::rows::{self, RowFault};

/// What kind of day it is for an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// An ordinary working day (工作日).
    Working,
    /// A weekend or a statutory rest day (休息日).
    Rest,
    /// A weekend day on which offices work (调休上班).
    MakeUp,
    /// A day of a year whose notice is not known.
    Unknown,
}

/// A day reached by counting, and whether an unpublished year could still move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rolled {
    /// The day.
    pub day: NaiveDate,
    /// Whether a day of an unknown year was looked at on the way.
    pub provisional: bool,
}

/// So many working days, and whether an unpublished year could still change the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The number of days.
    pub days: u32,
    /// Whether a day of an unknown year was looked at on the way.
    pub provisional: bool,
}

/// Rest days and make-up days of the years whose notice is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    years: BTreeSet<i32>,
    special: BTreeMap<NaiveDate, DayKind>,
}

impl WorkCalendar {
    /// Reads `year,day,kind,name` where `year` is the year of the State Council notice and kind `rest` or `work`.
    pub fn from_csv(text: &str) -> Result<Self, RowFault> {
        let mut calendar = Self::default();
        calendar.add_csv(text)?;
        Ok(calendar)
    }

    /// Adds another year's list; nothing is added where a line is wrong.
    pub fn add_csv(&mut self, text: &str) -> Result<(), RowFault> {
        let mut years = BTreeSet::new();
        let mut special = BTreeMap::new();
        for row in rows::read(text, &["year", "day", "kind", "name"])? {
            let year = row.required("year")?.parse::<i32>();
            years.insert(year.map_err(|_| row.fault("year", "应是四位年份".to_owned()))?);
            row.required("day")?;
            let kind = match row.cell("kind") {
                "rest" => DayKind::Rest,
                "work" => DayKind::MakeUp,
                other => return Err(row.fault("kind", format!("“{other}”应是 rest 或 work"))),
            };
            if let Some(day) = row.day("day")?
                && special.insert(day, kind).is_some_and(|before| before != kind)
            {
                return Err(row.fault("day", format!("{day} 既是休息日又是上班日")));
            }
        }
        self.years.extend(years);
        self.special.extend(special);
        Ok(())
    }

    /// The years whose notice is known.
    pub fn known_years(&self) -> impl Iterator<Item = i32> {
        self.years.iter().copied()
    }

    /// What kind of day it is.
    pub fn day_kind(&self, day: NaiveDate) -> DayKind {
        match self.special.get(&day) {
            Some(DayKind::MakeUp) if !is_weekend(day) => DayKind::Working,
            Some(kind) => *kind,
            None if !self.years.contains(&day.year()) => DayKind::Unknown,
            None if is_weekend(day) => DayKind::Rest,
            None => DayKind::Working,
        }
    }

    /// The day itself, or the first day after the rest it falls into (Civil Code 203).
    pub fn roll_forward(&self, day: NaiveDate) -> Rolled {
        let mut rolled = Rolled {
            day,
            provisional: false,
        };
        loop {
            let (works, known) = self.works(rolled.day);
            rolled.provisional |= !known;
            match rolled.day.succ_opt() {
                Some(next) if !works => rolled.day = next,
                _ => return rolled,
            }
        }
    }

    /// How many working days there are after `from`, up to and including `to`; 0 where `to` is not later.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Counted {
        let mut counted = Counted {
            days: 0,
            provisional: false,
        };
        for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
            let (works, known) = self.works(day);
            counted.days += u32::from(works);
            counted.provisional |= !known;
        }
        counted
    }

    /// The day on which the given number of working days after `day` is full; the next day counts as the first.
    pub fn add_working_days(&self, day: NaiveDate, count: u32) -> Rolled {
        let mut rolled = Rolled {
            day,
            provisional: false,
        };
        let mut left = count;
        while left > 0 {
            let Some(next) = rolled.day.succ_opt() else {
                return rolled;
            };
            rolled.day = next;
            let (works, known) = self.works(next);
            left -= u32::from(works);
            rolled.provisional |= !known;
        }
        rolled
    }

    /// Whether offices work that day, and whether that is certain; an unknown year is taken as weeks without holidays.
    fn works(&self, day: NaiveDate) -> (bool, bool) {
        match self.day_kind(day) {
            DayKind::Working | DayKind::MakeUp => (true, true),
            DayKind::Rest => (false, true),
            DayKind::Unknown => (!is_weekend(day), false),
        }
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
