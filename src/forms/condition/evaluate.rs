//! The value of an expression in a situation, in three values: an unknown operand is never taken for anything.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{Arithmetic, Comparison, Datum, Expr, Function, Kind, Node, Situation};
use crate::domain::{
    date::{self, PartialDate},
    text,
};

/// What is missing for an answer: paths without a value, or known too roughly; `calendar.2027` for a year whose
/// rest days are not published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Missing(pub BTreeSet<String>);

type Seen = Result<Datum, Missing>;

impl Missing {
    /// One thing.
    pub fn one(path: impl Into<String>) -> Self {
        Self(BTreeSet::from([path.into()]))
    }

    fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

pub fn value(expr: &Expr, situation: &dyn Situation) -> Seen {
    match &expr.node {
        Node::Constant(datum) => Ok(datum.clone()),
        Node::Path(path) => situation.look(path).ok_or_else(|| Missing::one(path)),
        Node::Not(a) => truth(a, situation).map(|a| Datum::Flag(!a)),
        Node::And(a, b) => decide(a, b, false, situation),
        Node::Or(a, b) => decide(a, b, true, situation),
        Node::Compare(comparison, a, b) => compare(*comparison, a, b, situation),
        Node::In(a, list) => within(a, list, situation),
        Node::Choose(a, b, c) => choose(a, b, c, situation),
        Node::Arithmetic(how, a, b) => arithmetic(*how, &expr.kind, a, b, situation),
        Node::Call(function, args) => call(*function, args, situation),
    }
}

fn truth(expr: &Expr, situation: &dyn Situation) -> Result<bool, Missing> {
    value(expr, situation).map(|datum| datum == Datum::Flag(true))
}

/// And (`by` false) or or (`by` true): one operand that is `by` decides, whatever the other is.
fn decide(a: &Expr, b: &Expr, by: bool, situation: &dyn Situation) -> Seen {
    match (truth(a, situation), truth(b, situation)) {
        (Ok(one), _) | (_, Ok(one)) if one == by => Ok(Datum::Flag(by)),
        (a, b) => both(a, b).map(|_| Datum::Flag(!by)),
    }
}

/// Two values, or all that is missing for either.
fn both<T>(a: Result<T, Missing>, b: Result<T, Missing>) -> Result<(T, T), Missing> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(a.and(b)),
        (Err(missing), Ok(_)) | (Ok(_), Err(missing)) => Err(missing),
    }
}

fn compare(comparison: Comparison, a: &Expr, b: &Expr, situation: &dyn Situation) -> Seen {
    let (x, y) = both(value(a, situation), value(b, situation))?;
    let answer = compared(comparison, &x, &y);
    answer.map(Datum::Flag).ok_or_else(|| rough(&[a, b], situation))
}

/// `None` where roughly known values may compare either way.
fn compared(comparison: Comparison, x: &Datum, y: &Datum) -> Option<bool> {
    match comparison {
        Comparison::Equal => equal(x, y),
        Comparison::NotEqual => equal(x, y).map(|equal| !equal),
        Comparison::Less => less(x, y),
        Comparison::AtLeast => less(x, y).map(|less| !less),
        Comparison::More => less(y, x),
        Comparison::AtMost => less(y, x).map(|less| !less),
    }
}

fn equal(x: &Datum, y: &Datum) -> Option<bool> {
    if let (Some(x), Some(y)) = (x.text(), y.text()) {
        return Some(x == y);
    }
    let (Some((a, b)), Some((c, d))) = (x.bounds(), y.bounds()) else {
        return Some(x == y);
    };
    if b < c || d < a {
        Some(false)
    } else {
        (a == b && c == d).then_some(true)
    }
}

fn less(x: &Datum, y: &Datum) -> Option<bool> {
    let ((a, b), (c, d)) = (x.bounds()?, y.bounds()?);
    if b < c { Some(true) } else { (a >= d).then_some(false) }
}

/// The paths below these expressions whose values are known only roughly.
fn rough(exprs: &[&Expr], situation: &dyn Situation) -> Missing {
    let paths = exprs.iter().flat_map(|expr| expr.paths());
    let is_rough = |path: &&str| {
        let bounds = situation.look(path).and_then(|datum| datum.bounds());
        bounds.is_some_and(|(least, most)| least != most)
    };
    Missing(paths.filter(is_rough).map(str::to_owned).collect())
}

fn within(a: &Expr, list: &[Expr], situation: &dyn Situation) -> Seen {
    let mut missing = Missing::default();
    for element in list {
        match compare(Comparison::Equal, a, element, situation) {
            Ok(Datum::Flag(true)) => return Ok(Datum::Flag(true)),
            Ok(_) => {}
            Err(more) => missing = missing.and(more),
        }
    }
    if missing.0.is_empty() {
        Ok(Datum::Flag(false))
    } else {
        Err(missing)
    }
}

fn choose(a: &Expr, b: &Expr, c: &Expr, situation: &dyn Situation) -> Seen {
    match truth(a, situation) {
        Ok(true) => value(b, situation),
        Ok(false) => value(c, situation),
        Err(missing) => match (value(b, situation), value(c, situation)) {
            (Ok(b), Ok(c)) if equal(&b, &c) == Some(true) => Ok(b),
            _ => Err(missing),
        },
    }
}

fn arithmetic(how: Arithmetic, kind: &Kind, a: &Expr, b: &Expr, situation: &dyn Situation) -> Seen {
    let (x, y) = both(value(a, situation), value(b, situation))?;
    let too_large = || Missing::one("overflow");
    let ((a, b), (c, d)) = x.bounds().zip(y.bounds()).ok_or_else(too_large)?;
    let ends = match how {
        Arithmetic::Add => [a.checked_add(c), b.checked_add(d)],
        Arithmetic::Subtract => [a.checked_sub(d), b.checked_sub(c)],
        // The product of two ranges lies between the products of their ends.
        Arithmetic::Multiply => {
            let products = [(a, c), (a, d), (b, c), (b, d)].map(|(x, y)| x.checked_mul(y));
            let whole = products.into_iter().collect::<Option<Vec<_>>>();
            let whole = whole.ok_or_else(too_large)?;
            [whole.iter().min().copied(), whole.iter().max().copied()]
        }
    };
    match (ends, kind) {
        ([Some(least), Some(_)], Kind::Money) => Ok(Datum::Money(least)),
        ([Some(least), Some(most)], _) => Ok(Datum::Integer(least, most)),
        _ => Err(too_large()),
    }
}

fn call(function: Function, args: &[Expr], situation: &dyn Situation) -> Seen {
    if function == Function::Known {
        let path = args
            .first()
            .and_then(|arg| arg.paths().first().copied())
            .unwrap_or_default();
        return Ok(Datum::Flag(situation.look(path).is_some()));
    }
    let mut values = Vec::new();
    let mut missing = Missing::default();
    for arg in args {
        match value(arg, situation) {
            Ok(datum) => values.push(datum),
            Err(more) => missing = missing.and(more),
        }
    }
    if !missing.0.is_empty() {
        return Err(missing);
    }
    let rough = || rough(&args.iter().collect::<Vec<_>>(), situation);
    match values.as_slice() {
        [Datum::Date(birth), Datum::Date(on)] if function == Function::Age => {
            let age = |birth, on| i64::from(date::age(birth, on, situation.leap()));
            Ok(Datum::Integer(
                age(birth.latest(), on.earliest()),
                age(birth.earliest(), on.latest()),
            ))
        }
        [Datum::Date(from), Datum::Date(to)] => {
            between(function, *from, *to, situation).unwrap_or_else(|| Err(rough()))
        }
        [Datum::Date(date), number] => {
            let number = number
                .bounds()
                .filter(|(least, most)| least == most)
                .map(|(number, _)| number);
            number.map_or_else(
                || Err(rough()),
                |number| later(function, *date, number, situation, &rough),
            )
        }
        [Datum::Date(date)] => part(function, *date).map(Datum::integer).ok_or_else(rough),
        [Datum::Integer(yuan, most)] if yuan == most => yuan
            .checked_mul(100)
            .map(Datum::Money)
            .ok_or_else(|| Missing::one("overflow")),
        [Datum::Rows(count)] => Ok(Datum::integer(i64::try_from(*count).unwrap_or(i64::MAX))),
        [one] => {
            let count = text::graphemes(one.text().unwrap_or_default());
            Ok(Datum::integer(i64::try_from(count).unwrap_or(i64::MAX)))
        }
        [a, b] => {
            let (a, b) = (a.text().unwrap_or_default(), b.text().unwrap_or_default());
            Ok(Datum::Flag(match function {
                Function::StartsWith => a.starts_with(b),
                Function::EndsWith => a.ends_with(b),
                _ => a.contains(b),
            }))
        }
        _ => Err(rough()),
    }
}

/// Days between two dates; `None` where one of them is not known to the day.
fn between(function: Function, from: PartialDate, to: PartialDate, situation: &dyn Situation) -> Option<Seen> {
    let (from, to) = (from.day()?, to.day()?);
    if function == Function::Days {
        return Some(Ok(Datum::integer((to - from).num_days())));
    }
    let counted = situation.calendar().working_days_between(from, to);
    if counted.provisional {
        return Some(Err(Missing::one(format!("calendar.{}", to.year()))));
    }
    Some(Ok(Datum::integer(i64::from(counted.days))))
}

/// A date so many years or days later.
fn later(
    function: Function,
    date: PartialDate,
    number: i64,
    situation: &dyn Situation,
    rough: &dyn Fn() -> Missing,
) -> Seen {
    let overflow = || Missing::one("overflow");
    if function == Function::AddYears {
        let years = i32::try_from(number).map_err(|_| overflow())?;
        let moved = match date {
            PartialDate::Day(day) => date::add_years(day, years, situation.leap()).map(PartialDate::Day),
            PartialDate::Month(year, month) => year.checked_add(years).map(|year| PartialDate::Month(year, month)),
            PartialDate::Year(year) => year.checked_add(years).map(PartialDate::Year),
        };
        return moved.map(Datum::Date).ok_or_else(overflow);
    }
    let day = date.day().ok_or_else(rough)?;
    if function == Function::AddDays {
        return date::add_days(day, number).map(Datum::day).ok_or_else(overflow);
    }
    let count = u32::try_from(number)
        .ok()
        .filter(|count| *count <= 5000)
        .ok_or_else(overflow)?;
    let rolled = situation.calendar().add_working_days(day, count);
    if rolled.provisional {
        return Err(Missing::one(format!("calendar.{}", rolled.day.year())));
    }
    Ok(Datum::day(rolled.day))
}

fn part(function: Function, date: PartialDate) -> Option<i64> {
    match (function, date) {
        (Function::Year, date) => Some(i64::from(date.year())),
        (Function::Month, PartialDate::Month(_, month)) => Some(i64::from(month)),
        (Function::Month, PartialDate::Day(day)) => Some(i64::from(day.month())),
        (_, PartialDate::Day(day)) => Some(i64::from(day.day())),
        _ => None,
    }
}
