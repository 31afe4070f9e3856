//! Quantities from recorded times: how long something was used, in the unit that it is billed by. What part of a unit
//! counts is the price list's to say.

use chrono::NaiveDateTime;

use super::{
    claim::BillLine,
    condition::Known,
    quantity::{Mode, Quantity, THOUSAND, divide},
};

/// The two attributes of a line that hold the times, as `2026-11-20T15:00`.
pub const TIMES: [&str; 2] = ["from", "to"];

/// What the times of a line come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timed {
    /// The line states no times.
    No,
    /// Something is wrong with them, or the unit is none of time.
    Wrong,
    /// So much.
    Quantity(Quantity),
}

/// Minutes of a unit that counts time: 具/小时 as 小时.
pub fn minutes_of(unit: &str) -> Option<i64> {
    match unit.rsplit('/').next()?.trim() {
        "小时" | "时" => Some(60),
        "天" | "日" => Some(24 * 60),
        _ => None,
    }
}

/// A recorded time.
pub fn time(text: &str) -> Option<NaiveDateTime> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text.trim(), format).ok())
}

/// How much of a unit passed between two times; a started thousandth counts. `None` where none or less passed.
pub fn between(unit: &str, from: NaiveDateTime, to: NaiveDateTime) -> Option<Quantity> {
    let passed = to.signed_duration_since(from).num_minutes();
    let thousandths = i128::from(passed) * i128::from(THOUSAND);
    let quantity = divide(thousandths, minutes_of(unit)?.into(), Mode::Up)?;
    (passed > 0).then_some(Quantity(quantity))
}

/// The quantity of a line from its times.
pub(super) fn timed(line: &BillLine, unit: &str) -> Timed {
    let stated = TIMES.map(|name| line.attribute(name));
    if stated == [None, None] {
        return Timed::No;
    }
    let [from, to] = stated.map(|known| match known {
        Some(Known::Text(text)) => time(text),
        _ => None,
    });
    let quantity = from.zip(to).and_then(|(from, to)| between(unit, from, to));
    quantity.map_or(Timed::Wrong, Timed::Quantity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_passed_is_counted_in_the_unit_of_the_item() {
        let of = |unit: &str, from: &str, to: &str| between(unit, time(from)?, time(to)?).map(|q| q.to_string());
        let day = |from: &str, to: &str| of("具/天", &format!("2026-11-20T{from}"), &format!("2026-11-22T{to}"));
        assert_eq!(day("15:00", "09:00").as_deref(), Some("1.75"));
        assert_eq!(day("15:00", "15:00").as_deref(), Some("2"));
        let hour = |to: &str| of("小时", "2026-11-20 08:00", &format!("2026-11-20 {to}"));
        assert_eq!(hour("10:30").as_deref(), Some("2.5"));
        assert_eq!(hour("08:20").as_deref(), Some("0.334"), "a started thousandth counts");
        assert_eq!(hour("08:00"), None);
        assert_eq!(hour("07:00"), None);
        assert_eq!(of("具", "2026-11-20T08:00", "2026-11-20T09:00"), None);
        assert_eq!(time("2026-11-31T08:00"), None);
    }
}
