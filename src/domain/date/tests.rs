//! Dates and ages by table and by property.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const LAST: LeapBirthday = LeapBirthday::LastOfFebruary;
const FIRST: LeapBirthday = LeapBirthday::FirstOfMarch;

#[rstest]
#[case("2004-11-23", "2026-11-23", LAST, 22)]
#[case("2004-11-24", "2026-11-23", LAST, 21)]
#[case("2004-11-24", "2026-11-24", LAST, 22)]
#[case("2006-11-23", "2026-11-23", LAST, 20)]
#[case("2006-11-24", "2026-11-23", LAST, 19)]
#[case("2004-02-29", "2026-02-28", LAST, 22)]
#[case("2004-02-29", "2026-02-28", FIRST, 21)]
#[case("2004-02-29", "2026-03-01", FIRST, 22)]
#[case("2004-02-29", "2024-02-28", LAST, 19)]
#[case("2004-02-29", "2024-02-29", FIRST, 20)]
#[case("2026-11-24", "2026-11-23", LAST, -1)]
fn ages(#[case] birth: &str, #[case] on: &str, #[case] leap: LeapBirthday, #[case] years: i32) {
    assert_eq!(age(day(birth), day(on), leap), years);
}

#[rstest]
#[case("2004-11-24", 22, LAST, "2026-11-24")]
#[case("2004-02-29", 22, LAST, "2026-02-28")]
#[case("2004-02-29", 22, FIRST, "2026-03-01")]
#[case("2004-02-29", 20, FIRST, "2024-02-29")]
#[case("2024-02-29", -1, LAST, "2023-02-28")]
fn years_later(#[case] from: &str, #[case] years: i32, #[case] leap: LeapBirthday, #[case] to: &str) {
    assert_eq!(add_years(day(from), years, leap), Some(day(to)));
}

#[test]
fn days_later_and_the_end_of_the_calendar() {
    assert_eq!(add_days(day("2026-02-27"), 3), Some(day("2026-03-02")));
    assert_eq!(add_days(day("2026-03-02"), -3), Some(day("2026-02-27")));
    assert_eq!(add_days(NaiveDate::MAX, 1), None);
    assert_eq!(add_years(NaiveDate::MAX, 1, LAST), None);
}

#[rstest]
#[case("19900307", "1990-03-07")]
#[case("1990-3-7", "1990-03-07")]
#[case("1990/03/07", "1990-03-07")]
#[case("1990.3.7", "1990-03-07")]
#[case("1990年3月7日", "1990-03-07")]
#[case("１９９０年３月７日", "1990-03-07")]
#[case("1990年3月", "1990-03")]
#[case("1990年", "1990")]
#[case("1990", "1990")]
#[case("199003", "1990-03")]
#[case("900307", "1990-03-07")]
#[case("90-3-7", "1990-03-07")]
#[case("260101", "2026-01-01")]
#[case("261231", "1926-12-31")]
#[case(" 2024-02-29 ", "2024-02-29")]
fn typed_dates(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(parse_typed(text, day("2026-11-24")), Ok(expected.parse().unwrap()));
}

#[rstest]
#[case("2026-02-30", DateFault::NoSuchDay { year: 2026, month: 2, day: 30, last: 28 })]
#[case("20260431", DateFault::NoSuchDay { year: 2026, month: 4, day: 31, last: 30 })]
#[case("2026-13-01", DateFault::NoSuchMonth { month: 13 })]
#[case("0990-01-01", DateFault::YearOutOfRange(990))]
#[case("", DateFault::NotADate("".into()))]
#[case("昨天", DateFault::NotADate("昨天".into()))]
#[case("1990-03-07-01", DateFault::NotADate("1990-03-07-01".into()))]
#[case("1990307", DateFault::NotADate("1990307".into()))]
fn typed_nonsense(#[case] text: &str, #[case] fault: DateFault) {
    assert_eq!(parse_typed(text, day("2026-11-24")), Err(fault));
}

#[test]
fn six_digits_with_two_readings_are_not_guessed() {
    let fault = parse_typed("190307", day("2026-11-24")).unwrap_err();
    let expected = DateFault::Ambiguous {
        text: "190307".into(),
        month: PartialDate::Month(1903, 7),
        day: PartialDate::Day(day("2019-03-07")),
    };
    assert_eq!(fault, expected);
}

#[test]
fn json_keeps_the_precision() {
    for text in ["1990", "1990-03", "1990-03-07"] {
        let date: PartialDate = serde_json::from_value(text.into()).unwrap();
        assert_eq!(serde_json::to_value(date).unwrap(), text);
    }
    for text in ["2026-02-30", "1990-3-7", "90", "1990-00", ""] {
        assert!(serde_json::from_value::<PartialDate>(text.into()).is_err(), "{text}");
    }
}

#[test]
fn a_month_reaches_from_its_first_to_its_last_day() {
    let month = PartialDate::Month(2024, 2);
    assert_eq!(
        (month.earliest(), month.latest()),
        (day("2024-02-01"), day("2024-02-29"))
    );
    let year = PartialDate::Year(2024);
    assert_eq!((year.earliest(), year.latest()), (day("2024-01-01"), day("2024-12-31")));
    assert_eq!(PartialDate::Day(day("1990-03-07")).chinese(), "1990年03月07日");
    assert_eq!(month.chinese(), "2024年02月");
}

proptest! {
    #[test]
    fn the_birthday_is_the_first_day_of_an_age(offset in 0_u64..80_000, years in 0_i32..120) {
        let birth = day("1850-01-01") + Days::new(offset);
        for leap in [LAST, FIRST] {
            let birthday = add_years(birth, years, leap).unwrap();
            prop_assert_eq!(age(birth, birthday, leap), years);
            prop_assert_eq!(age(birth, birthday - Days::new(1), leap), years - 1);
        }
    }

    #[test]
    fn every_day_is_read_back_however_it_is_written(offset in 0_u64..140_000) {
        let date = day("1800-01-01") + Days::new(offset);
        for pattern in ["%Y-%m-%d", "%Y%m%d", "%Y/%-m/%-d", "%Y年%-m月%-d日"] {
            let text = date.format(pattern).to_string();
            prop_assert_eq!(parse_typed(&text, day("2026-11-24")), Ok(PartialDate::Day(date)));
        }
    }

    #[test]
    fn nothing_typed_panics(text in ".{0,12}") {
        let _ = parse_typed(&text, day("2026-11-24"));
    }
}

#[test]
fn faults_speak_both_languages() {
    let fault = parse_typed("2026-02-30", day("2026-11-24")).unwrap_err();
    assert_eq!(fault.to_string(), "2026 年 2 月没有 30 日，该月共 28 天");
    assert_eq!(fault.english(), "2026-02 has no day 30; it has 28 days");
}
