//! The shipped calendar against the worked examples of the field.

use chrono::Days;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shipped() -> WorkCalendar {
    WorkCalendar::from_csv(include_str!("../../../forms/calendar/calendar.csv")).unwrap()
}

/// 2026 as the notice of November 2025 has it.
#[rstest]
#[case("2026-01-01", "2026-01-03")]
#[case("2026-02-15", "2026-02-23")]
#[case("2026-04-04", "2026-04-06")]
#[case("2026-05-01", "2026-05-05")]
#[case("2026-06-19", "2026-06-21")]
#[case("2026-09-25", "2026-09-27")]
#[case("2026-10-01", "2026-10-07")]
fn rest_of_2026(#[case] first: &str, #[case] last: &str) {
    let calendar = shipped();
    for rest in day(first).iter_days().take_while(|d| *d <= day(last)) {
        assert_eq!(calendar.day_kind(rest), DayKind::Rest, "{rest}");
    }
    assert_ne!(calendar.day_kind(day(last).succ_opt().unwrap()), DayKind::Rest);
}

#[rstest]
#[case("2026-01-04")]
#[case("2026-02-14")]
#[case("2026-02-28")]
#[case("2026-05-09")]
#[case("2026-09-20")]
#[case("2026-10-10")]
fn make_up_days_of_2026(#[case] work: &str) {
    assert_eq!(shipped().day_kind(day(work)), DayKind::MakeUp);
}

#[test]
fn a_weekday_named_as_working_is_an_ordinary_day() {
    // The notice of January 2020 named Monday, 3 February as the day work begins again.
    assert_eq!(shipped().day_kind(day("2020-02-03")), DayKind::Working);
    assert_eq!(shipped().day_kind(day("2020-01-31")), DayKind::Rest);
}

#[test]
fn ten_years_are_known_and_no_more() {
    assert_eq!(
        shipped().known_years().collect::<Vec<_>>(),
        (2017..=2026).collect::<Vec<_>>()
    );
    assert_eq!(shipped().day_kind(day("2027-01-02")), DayKind::Unknown);
    assert_eq!(shipped().day_kind(day("2016-10-10")), DayKind::Unknown);
    assert_eq!(shipped().day_kind(day("2026-11-24")), DayKind::Working);
    assert_eq!(shipped().day_kind(day("2026-11-28")), DayKind::Rest);
}

/// The divorce windows of domain.md A.7: thirty days from the day after acceptance, rolled; thirty more, rolled.
#[rstest]
#[case("2025-12-01", "2025-12-31", "2026-01-30")]
#[case("2026-01-15", "2026-02-14", "2026-03-16")]
#[case("2026-03-02", "2026-04-01", "2026-05-06")]
#[case("2026-09-01", "2026-10-08", "2026-11-09")]
fn two_windows(#[case] accepted: &str, #[case] cooling_ends: &str, #[case] claim_ends: &str) {
    let calendar = shipped();
    let cooling = calendar.roll_forward(day(accepted) + Days::new(30));
    assert_eq!(
        cooling,
        Rolled {
            day: day(cooling_ends),
            provisional: false
        }
    );
    let claim = calendar.roll_forward(cooling.day + Days::new(30));
    assert_eq!(
        claim,
        Rolled {
            day: day(claim_ends),
            provisional: false
        }
    );
}

#[test]
fn a_term_that_ends_in_an_unpublished_year_is_provisional() {
    let rolled = shipped().roll_forward(day("2027-01-02"));
    assert_eq!(
        rolled,
        Rolled {
            day: day("2027-01-04"),
            provisional: true
        }
    );
    assert!(shipped().add_working_days(day("2026-12-25"), 10).provisional);
    assert!(!shipped().add_working_days(day("2026-12-21"), 5).provisional);
}

#[test]
fn working_days_pass_over_rest_and_meet_make_up_days() {
    let calendar = shipped();
    assert_eq!(calendar.add_working_days(day("2026-09-30"), 1).day, day("2026-10-08"));
    assert_eq!(calendar.add_working_days(day("2026-10-09"), 1).day, day("2026-10-10"));
    assert_eq!(
        calendar.working_days_between(day("2026-09-30"), day("2026-10-12")).days,
        4
    );
    assert_eq!(
        calendar.working_days_between(day("2026-10-12"), day("2026-09-30")).days,
        0
    );
}

#[rstest]
#[case("year,day,kind,name\n2026,2026-01-01,holiday,元旦\n", "kind")]
#[case("year,day,kind,name\n2026,2026-02-30,rest,元旦\n", "day")]
#[case("year,day,kind,name\nx,2026-01-01,rest,元旦\n", "year")]
#[case("year,day,kind,name\n2026,2026-01-01,rest,\n2026,2026-01-01,work,\n", "day")]
fn wrong_lines_are_named(#[case] text: &str, #[case] column: &str) {
    assert_eq!(WorkCalendar::from_csv(text).unwrap_err().column, column);
}

proptest! {
    #[test]
    fn a_rolled_day_is_no_rest_day_and_not_earlier(offset in 0_u64..5_000) {
        let calendar = shipped();
        let from = day("2016-01-01") + Days::new(offset);
        let rolled = calendar.roll_forward(from);
        prop_assert!(rolled.day >= from && calendar.day_kind(rolled.day) != DayKind::Rest);
        prop_assert_eq!(calendar.roll_forward(rolled.day).day, rolled.day);
    }

    #[test]
    fn counting_undoes_adding(offset in 0_u64..3_000, count in 0_u32..60) {
        let calendar = shipped();
        let from = day("2017-01-01") + Days::new(offset);
        let reached = calendar.add_working_days(from, count);
        prop_assert_eq!(calendar.working_days_between(from, reached.day).days, count);
    }
}
