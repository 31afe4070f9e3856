//! Why a text is no date, in words a clerk can read out.

use thiserror::Error;

use super::PartialDate;

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

impl DateFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::NotADate(text) => format!("\"{text}\" is no date: write 19900307, 1990-3-7 or 1990-03"),
            Self::NoSuchMonth { month } => format!("There is no month {month}"),
            Self::NoSuchDay { year, month, day, last } => {
                format!("{year}-{month:02} has no day {day}; it has {last} days")
            }
            Self::YearOutOfRange(year) => format!("The year {year} cannot be right"),
            Self::Ambiguous { text, month, day } => {
                format!("\"{text}\" can mean {month} or {day}; write the year in full")
            }
        }
    }
}
