use std::sync::LazyLock;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::date::PartialDate;

struct Case(BTreeMap<String, Datum>);

static CALENDAR: LazyLock<WorkCalendar> =
    LazyLock::new(|| WorkCalendar::from_csv(include_str!("../../../forms/calendar/calendar.csv")).unwrap());

impl Situation for Case {
    fn look(&self, path: &str) -> Option<Datum> {
        self.0.get(path).cloned()
    }

    fn leap(&self) -> LeapBirthday {
        LeapBirthday::default()
    }

    fn calendar(&self) -> &WorkCalendar {
        &CALENDAR
    }
}

fn words() -> Vocabulary {
    let mut words = Vocabulary::default();
    for (path, kind) in [
        ("man.birth", Kind::Date),
        ("man.name", Kind::Text),
        ("man.status", Kind::Code("status".into())),
        ("case.day", Kind::Date),
        ("facts.found", Kind::Text),
        ("a", Kind::Flag),
        ("b", Kind::Flag),
        ("c", Kind::Flag),
        ("n", Kind::Integer),
        ("price", Kind::Money),
        ("rows", Kind::Rows),
    ] {
        words.add(path, kind);
    }
    words.add_codes("status", ["10".to_owned(), "20".to_owned(), "30".to_owned()]);
    words
}

fn date(text: &str) -> Datum {
    Datum::Date(text.parse::<PartialDate>().unwrap())
}

fn case(values: &[(&str, Datum)]) -> Case {
    Case(
        values
            .iter()
            .map(|(path, datum)| ((*path).to_owned(), datum.clone()))
            .collect(),
    )
}

fn truth(source: &str, values: &[(&str, Datum)]) -> Truth {
    Condition::compile(source, &words()).unwrap().holds(&case(values))
}

fn undecided(paths: &[&str]) -> Truth {
    Truth::Undecided(Missing(paths.iter().map(|path| (*path).to_owned()).collect()))
}

#[rstest]
#[case("age(man.brith, case.day) < 22", "man.brith", Some("man.birth"))]
#[case("age(man.birth.x, case.day) < 22", "man.birth.x", Some("man.birth"))]
#[case("facts.fund == \"\"", "facts.fund", Some("facts.found"))]
#[case("agee(man.birth, case.day) < 22", "agee", Some("age"))]
#[case("man.name.startWith(\"a\")", "startWith", Some("startsWith"))]
#[case("man.status == \"2O\"", "2O", Some("20"))]
#[case("age(man.name, case.day) < 22", "man.name", None)]
#[case("man.birth < \"1990-01-01\"", "man.birth", None)]
#[case("man.name < man.name", "man.name", None)]
#[case("a && n", "n", None)]
#[case("man.birth + 3 < case.day", "man.birth", None)]
#[case("age(man.birth) < 22", "age", None)]
fn what_does_not_fit_is_named(#[case] source: &str, #[case] word: &str, #[case] near: Option<&str>) {
    let fault = Condition::compile(source, &words()).unwrap_err();
    assert_eq!(
        (fault.word.as_str(), fault.nearest.as_deref()),
        (word, near),
        "{fault:?}"
    );
}

#[rstest]
#[case("n")]
#[case("a &&")]
#[case("has(man.name)")]
#[case("[a, b].exists(x, x)")]
#[case("n in n")]
#[case("n / 2 == 1")]
#[case("a == null")]
#[case("n == 1.5")]
#[case("{\"a\": a}.a")]
#[case("date(\"2026-02-30\") == case.day")]
#[case("known(age(man.birth, case.day))")]
fn what_is_outside_the_profile_is_refused(#[case] source: &str) {
    assert!(Condition::compile(source, &words()).is_err());
}

#[test]
fn a_fault_in_a_long_expression_names_its_line() {
    let source = "a &&\n  b &&\n  man.brith == case.day";
    let fault = Condition::compile(source, &words()).unwrap_err();
    assert_eq!(fault.lines_below(source), 2);
}

#[test]
fn missing_operands_are_named_and_never_taken_for_anything() {
    let under = "age(man.birth, case.day) < 22";
    assert_eq!(truth(under, &[]), undecided(&["man.birth", "case.day"]));
    let day = ("case.day", date("2026-11-24"));
    assert_eq!(truth(under, std::slice::from_ref(&day)), undecided(&["man.birth"]));
    assert_eq!(
        truth(under, &[("man.birth", date("2004-11-24")), day.clone()]),
        Truth::No
    );
    assert_eq!(truth(under, &[("man.birth", date("2004-11-25")), day]), Truth::Yes);
    assert_eq!(truth("man.name == man.name", &[]), undecided(&["man.name"]));
}

#[rstest]
#[case("1990", Truth::No)]
#[case("2004", undecided(&["man.birth"]))]
#[case("2004-11", undecided(&["man.birth"]))]
#[case("2004-10", Truth::No)]
#[case("2004-12", Truth::Yes)]
#[case("2010", Truth::Yes)]
fn a_rough_date_decides_only_what_it_can(#[case] birth: &str, #[case] expected: Truth) {
    let values = [("man.birth", date(birth)), ("case.day", date("2026-11-24"))];
    assert_eq!(truth("age(man.birth, case.day) < 22", &values), expected);
    assert_eq!(truth("add_years(man.birth, 22) > case.day", &values), expected);
}

#[rstest]
#[case("known(man.name)", Truth::No)]
#[case("n in [1, 2, 3]", Truth::Yes)]
#[case("n in [3, n]", Truth::Yes)]
#[case("man.status in [\"10\", \"30\"]", undecided(&["man.status"]))]
#[case("a ? n == 2 : n == 1", Truth::Yes)]
#[case("b ? n == 2 : n == 2", Truth::Yes)]
#[case("b ? a : !a", undecided(&["b"]))]
#[case("-n + 2 * 3 - 4 == 0", Truth::Yes)]
#[case("price == yuan(80)", Truth::Yes)]
#[case("price * 2 > price + price", Truth::No)]
#[case("size(rows) == 3", Truth::Yes)]
#[case("days(date(\"2026-11-24\"), case.day) == 0", Truth::Yes)]
#[case("working_days(case.day, date(\"2026-12-01\")) == 5", Truth::Yes)]
#[case("add_working_days(case.day, 5) == date(\"2026-12-01\")", Truth::Yes)]
#[case("add_working_days(case.day, 60) > case.day", undecided(&["calendar.2027"]))]
#[case("year(case.day) == 2026 && month(case.day) == 11 && day(case.day) == 24", Truth::Yes)]
#[case("n * 9223372036854775807 > 0", undecided(&["overflow"]))]
#[case(
    "facts.found.contains(\"J\") && facts.found.startsWith(\"J3\") && !facts.found.endsWith(\"x\")",
    Truth::Yes
)]
fn what_the_profile_can_say(#[case] source: &str, #[case] expected: Truth) {
    let values = [
        ("n", Datum::integer(2)),
        ("a", Datum::Flag(true)),
        ("price", Datum::Money(8000)),
        ("rows", Datum::Rows(3)),
        ("case.day", date("2026-11-24")),
        ("facts.found", Datum::Text("J330521".into())),
    ];
    assert_eq!(truth(source, &values), expected);
}

/// Yes, no or not known, and the value it is given as.
fn three() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![Just(None), Just(Some(true)), Just(Some(false))]
}

fn kleene(source: &str, a: Option<bool>, b: Option<bool>, c: Option<bool>) -> Option<bool> {
    let known = [("a", a), ("b", b), ("c", c)];
    let values: Vec<_> = known
        .iter()
        .filter_map(|(path, flag)| Some((*path, Datum::Flag((*flag)?))))
        .collect();
    match truth(source, &values) {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Undecided(missing) => {
            assert!(
                missing
                    .0
                    .iter()
                    .all(|path| known.iter().any(|(name, flag)| name == path && flag.is_none()))
            );
            assert!(!missing.0.is_empty());
            None
        }
    }
}

proptest! {
    #[test]
    fn laws_of_three_values(a in three(), b in three(), c in three()) {
        let same = |x: &str, y: &str| (kleene(x, a, b, c), kleene(y, a, b, c));
        for (x, y) in [
            ("a && b", "b && a"),
            ("a || b", "b || a"),
            ("a && (b && c)", "(a && b) && c"),
            ("a || (b || c)", "(a || b) || c"),
            ("!(a && b)", "!a || !b"),
            ("!(a || b)", "!a && !b"),
            ("a && (b || c)", "(a && b) || (a && c)"),
            ("!!a", "a"),
            ("a || (a && b)", "a"),
        ] {
            let (left, right) = same(x, y);
            prop_assert_eq!(left, right, "{} against {}", x, y);
        }
        // Knowing more never turns an answer round.
        for source in ["a && b || !c", "a ? b : c", "(a == b) || c"] {
            if let Some(answer) = kleene(source, None, b, c) {
                prop_assert_eq!(kleene(source, Some(true), b, c), Some(answer));
                prop_assert_eq!(kleene(source, Some(false), b, c), Some(answer));
            }
        }
    }

    #[test]
    fn no_text_makes_the_compiler_stumble(source in ".{0,60}") {
        let _ = Condition::compile(&source, &words());
    }
}
