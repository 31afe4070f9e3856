//! What a family brings: dates, classes, facts, evidence, and the lines of the bill.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    condition::{Known, Lookup},
    quantity::Quantity,
};
use crate::domain::{
    calendar::WorkCalendar,
    date::{LeapBirthday, age},
    money::Fen,
};

/// Names that every policy may ask for without declaring them: they are computed from dates and the bill.
pub const DERIVED: [&str; 8] = [
    "age",
    "offsite",
    "death_date",
    "cremation_date",
    "claim_date",
    "days_death_to_cremation",
    "days_death_to_claim",
    "days_cremation_to_claim",
];

/// Attributes that any line may carry, whether the list asks for them or not.
pub const ATTRIBUTES: [&str; 14] = [
    "zone",
    "km",
    "floors",
    "lift",
    "hours",
    "days",
    "months",
    "years",
    "grade",
    "age",
    "infectious",
    "cost",
    "from",
    "to",
];

/// The days by which policies are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// Of death.
    pub death: Option<NaiveDate>,
    /// Of cremation.
    pub cremation: Option<NaiveDate>,
    /// Of the claim.
    pub claim: Option<NaiveDate>,
}

/// Which of the dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// Of death (死亡日期).
    Death,
    /// Of cremation (火化日期).
    Cremation,
    /// Of the claim (申请日期).
    Claim,
}

/// One line of a bill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct BillLine {
    /// Code on the price list.
    pub item: String,
    /// How much; may be absent where the item is counted from an attribute.
    pub quantity: Option<Quantity>,
    /// What was charged a unit, where it is not the list's price.
    pub unit_price: Option<Fen>,
    /// Zone, kilometres, floors …
    pub attributes: Vec<(String, Known)>,
    /// What the invoice calls it, where another hall billed it.
    pub name: String,
}

/// A cremation at another place, to be reimbursed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offsite {
    /// The hall that billed.
    pub hall: String,
}

/// Everything a settlement rests on beside the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The days.
    pub dates: Dates,
    /// Birth of the deceased.
    pub birth: Option<NaiveDate>,
    /// Classes claimed, by id.
    pub classes: Vec<String>,
    /// Facts by id.
    pub facts: BTreeMap<String, Known>,
    /// Evidence shown, by id; `None` where nobody said.
    pub evidence: Option<BTreeSet<String>>,
    /// Option chosen in each alternative.
    pub choices: BTreeMap<String, String>,
    /// Set for a cremation elsewhere.
    pub offsite: Option<Offsite>,
    /// The bill.
    pub bill: Vec<BillLine>,
}

/// A claim with what follows from its dates, for conditions to ask.
#[derive(Debug)]
pub struct Seen<'a> {
    claim: &'a Claim,
    age: Option<Known>,
    offsite: Known,
    to_cremation: Option<Known>,
    death_to_claim: Option<Known>,
    cremation_to_claim: Option<Known>,
    days: [Option<Known>; 3],
    calendar: Option<&'a WorkCalendar>,
}

/// A line of a claim, for conditions to ask: its own attributes first, then the claim's facts, then what the price
/// list says to assume.
#[derive(Debug, Clone, Copy)]
pub struct SeenLine<'a> {
    /// The line.
    pub line: &'a BillLine,
    /// What the list assumes of a line that does not say.
    pub assume: &'a [(String, Known)],
    /// The claim.
    pub seen: &'a Seen<'a>,
}

impl DateKind {
    /// The word in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::Cremation => "cremation",
            Self::Claim => "claim",
        }
    }

    /// What people call it.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Death => ("死亡日期", "date of death"),
            Self::Cremation => ("火化日期", "date of cremation"),
            Self::Claim => ("申请日期", "date of the claim"),
        }
    }
}

impl Dates {
    /// The day of a kind.
    pub fn get(&self, kind: DateKind) -> Option<NaiveDate> {
        match kind {
            DateKind::Death => self.death,
            DateKind::Cremation => self.cremation,
            DateKind::Claim => self.claim,
        }
    }
}

impl BillLine {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&Known> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<Quantity> {
        match self.attribute(name)? {
            Known::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl<'a> Seen<'a> {
    /// A claim and what follows from it.
    pub fn new(claim: &'a Claim) -> Self {
        let dates = claim.dates;
        let between = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
            let days = to?.signed_duration_since(from?).num_days();
            Quantity::whole(days).map(Known::Number)
        };
        let years = claim.birth.zip(dates.death).map(|(birth, death)| {
            let years = age(birth, death, LeapBirthday::default());
            Known::Number(Quantity(i64::from(years) * super::quantity::THOUSAND))
        });
        Self {
            claim,
            age: years,
            offsite: Known::Flag(claim.offsite.is_some()),
            to_cremation: between(dates.death, dates.cremation),
            death_to_claim: between(dates.death, dates.claim),
            cremation_to_claim: between(dates.cremation, dates.claim),
            days: [dates.death, dates.cremation, dates.claim].map(|day| day.map(Known::Day)),
            calendar: None,
        }
    }

    /// The same with a calendar to count working days by.
    pub fn by(mut self, calendar: Option<&'a WorkCalendar>) -> Self {
        self.calendar = calendar;
        self
    }

    /// The calendar to count working days by.
    pub fn calendar(&self) -> Option<&'a WorkCalendar> {
        self.calendar
    }
}

impl<'a> Seen<'a> {
    /// The claim itself.
    pub fn claim(&self) -> &'a Claim {
        self.claim
    }

    /// Whether a paper was shown.
    pub fn shown(&self, evidence: &str) -> bool {
        self.claim
            .evidence
            .as_ref()
            .is_some_and(|shown| shown.contains(evidence))
    }

    /// A stated amount, in 分.
    pub fn money(&self, name: &str) -> Option<i64> {
        match self.look(name)? {
            Known::Number(amount) if amount.0 >= 0 => Some(amount.0 / super::quantity::THOUSAND),
            _ => None,
        }
    }

    /// The day of a kind.
    pub fn day(&self, kind: DateKind) -> Option<NaiveDate> {
        self.claim.dates.get(kind)
    }

    /// A stated day.
    pub fn day_fact(&self, name: &str) -> Option<NaiveDate> {
        match self.look(name)? {
            Known::Day(day) => Some(*day),
            Known::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl Lookup for Seen<'_> {
    fn look(&self, name: &str) -> Option<&Known> {
        let stated = self.claim.facts.get(name);
        if stated.is_some() {
            return stated;
        }
        match name {
            "age" => self.age.as_ref(),
            "offsite" => Some(&self.offsite),
            "death_date" => self.days.first()?.as_ref(),
            "cremation_date" => self.days.get(1)?.as_ref(),
            "claim_date" => self.days.get(2)?.as_ref(),
            "days_death_to_cremation" => self.to_cremation.as_ref(),
            "days_death_to_claim" => self.death_to_claim.as_ref(),
            "days_cremation_to_claim" => self.cremation_to_claim.as_ref(),
            _ => None,
        }
    }
}

impl Lookup for SeenLine<'_> {
    fn look(&self, name: &str) -> Option<&Known> {
        let assumed = || self.assume.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        self.line
            .attribute(name)
            .or_else(|| self.seen.look(name))
            .or_else(assumed)
    }
}

/// The last day of a window of months and days after a day: the same day of a later month, or that month's last.
pub fn window_end(from: NaiveDate, months: u32, days: u32) -> Option<NaiveDate> {
    let later = from.checked_add_months(chrono::Months::new(months))?;
    later.checked_add_days(chrono::Days::new(days.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_and_days_follow_from_the_dates_and_a_stated_fact_goes_first() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let mut claim = Claim {
            birth: day("2020-03-01"),
            ..Claim::default()
        };
        assert_eq!(Seen::new(&claim).look("age"), None);
        claim.dates.death = day("2026-02-28");
        claim.dates.claim = day("2026-03-10");
        let seen = Seen::new(&claim);
        assert_eq!(seen.look("age"), Some(&Known::Number(Quantity(5000))));
        assert_eq!(seen.look("days_death_to_claim"), Some(&Known::Number(Quantity(10_000))));
        assert_eq!(seen.look("days_cremation_to_claim"), None);
        assert_eq!(seen.look("offsite"), Some(&Known::Flag(false)));
        claim.facts.insert("age".into(), Known::Number(Quantity(7000)));
        assert_eq!(Seen::new(&claim).look("age"), Some(&Known::Number(Quantity(7000))));
    }

    #[test]
    fn a_window_of_months_ends_on_the_same_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(window_end(day("2026-01-31"), 1, 0), Some(day("2026-02-28")));
        assert_eq!(window_end(day("2026-01-15"), 6, 0), Some(day("2026-07-15")));
        assert_eq!(window_end(day("2026-01-15"), 0, 90), Some(day("2026-04-15")));
    }
}
