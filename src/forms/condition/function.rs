//! The functions of the profile: their names, what they take and what they give. Nothing else can be called.

use super::Kind;

/// A function of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `known(x)`: whether a path has a value. Never undecided.
    Known,
    /// `age(birth, on)`: completed years (周岁).
    Age,
    /// `add_years(d, n)`: the same day so many years later.
    AddYears,
    /// `add_days(d, n)`: so many days later.
    AddDays,
    /// `add_working_days(d, n)`: the day on which so many working days after `d` are full.
    AddWorkingDays,
    /// `working_days(from, to)`: how many working days there are after `from`, up to and including `to`.
    WorkingDays,
    /// `days(from, to)`: how many days from one to the other.
    Days,
    /// `year(d)`.
    Year,
    /// `month(d)`.
    Month,
    /// `day(d)`: the day of the month.
    Day,
    /// `size(x)`: characters of a text, or number of rows.
    Size,
    /// `date("2026-01-31")`.
    Date,
    /// `yuan(n)`: so many yuan as money.
    Yuan,
    /// `x.startsWith(y)`.
    StartsWith,
    /// `x.endsWith(y)`.
    EndsWith,
    /// `x.contains(y)`.
    Contains,
}

impl Function {
    /// All functions.
    pub const ALL: [Self; 16] = [
        Self::Known,
        Self::Age,
        Self::AddYears,
        Self::AddDays,
        Self::AddWorkingDays,
        Self::WorkingDays,
        Self::Days,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Size,
        Self::Date,
        Self::Yuan,
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Age => "age",
            Self::AddYears => "add_years",
            Self::AddDays => "add_days",
            Self::AddWorkingDays => "add_working_days",
            Self::WorkingDays => "working_days",
            Self::Days => "days",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Size => "size",
            Self::Date => "date",
            Self::Yuan => "yuan",
            Self::StartsWith => "startsWith",
            Self::EndsWith => "endsWith",
            Self::Contains => "contains",
        }
    }

    /// Whether it stands behind a text: `x.contains(y)`.
    pub const fn is_method(self) -> bool {
        matches!(self, Self::StartsWith | Self::EndsWith | Self::Contains)
    }

    /// What it takes; empty for `known` and `size`, which take one of several kinds.
    pub fn takes(self) -> &'static [Kind] {
        match self {
            Self::Known | Self::Size => &[],
            Self::Age | Self::WorkingDays | Self::Days => &[Kind::Date, Kind::Date],
            Self::AddYears | Self::AddDays | Self::AddWorkingDays => &[Kind::Date, Kind::Integer],
            Self::Year | Self::Month | Self::Day => &[Kind::Date],
            Self::Date => &[Kind::Text],
            Self::Yuan => &[Kind::Integer],
            Self::StartsWith | Self::EndsWith | Self::Contains => &[Kind::Text, Kind::Text],
        }
    }

    /// What it gives.
    pub const fn gives(self) -> Kind {
        match self {
            Self::Known | Self::StartsWith | Self::EndsWith | Self::Contains => Kind::Flag,
            Self::Age | Self::WorkingDays | Self::Days | Self::Year | Self::Month | Self::Day | Self::Size => {
                Kind::Integer
            }
            Self::AddYears | Self::AddDays | Self::AddWorkingDays | Self::Date => Kind::Date,
            Self::Yuan => Kind::Money,
        }
    }

    /// The function of a name.
    pub fn named(name: &str, method: bool) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|function| function.name() == name && function.is_method() == method)
    }
}
