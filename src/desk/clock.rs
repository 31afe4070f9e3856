//! The only place that asks what time it is.

use chrono::{Local, NaiveDate, NaiveDateTime, SubsecRound};

/// Where the time of an act comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, local time.
    System,
    /// A told time; on training databases only.
    Fixed(NaiveDateTime),
}

impl Clock {
    /// Now, to the second.
    pub fn now(self) -> NaiveDateTime {
        match self {
            Self::System => Local::now().naive_local().trunc_subsecs(0),
            Self::Fixed(at) => at,
        }
    }

    /// Today.
    pub fn today(self) -> NaiveDate {
        self.now().date()
    }
}
