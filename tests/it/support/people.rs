//! Invented people: names from two short lists, identity numbers with a right check digit, nobody twice.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

const SURNAMES: [&str; 12] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司马",
];
const GIVEN: [&str; 14] = [
    "伟", "芳", "秀英", "敏", "静", "强", "磊", "洋", "艳", "勇", "建国", "明月", "思远", "若曦",
];
const AREAS: [&str; 4] = ["330521", "330106", "310104", "320102"];

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// An 18-character resident identity number.
    pub id_no: String,
}

/// The `n`th invented man or woman, grown up on any day of the tests; people born a few days apart each.
pub fn person(n: usize, man: bool) -> Person {
    let surname = SURNAMES[n % SURNAMES.len()];
    let given = GIVEN[(n / SURNAMES.len() + usize::from(man)) % GIVEN.len()];
    let first = NaiveDate::from_ymd_opt(1985, 1, 1).unwrap();
    let birth = first + Days::new((n % 4000) as u64);
    Person {
        name: format!("{surname}{given}"),
        id_no: id_no(AREAS[n % AREAS.len()], birth, 2 * (n / 4000) + usize::from(man)),
    }
}

/// A resident identity number: area, birth, sequence (odd is male) and the check character of GB 11643.
pub fn id_no(area: &str, birth: NaiveDate, sequence: usize) -> String {
    let digits = format!("{area}{}{sequence:03}", birth.format("%Y%m%d"));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .chars()
        .zip(weights)
        .map(|(digit, weight)| digit.to_digit(10).unwrap() * weight)
        .sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
    format!("{digits}{check}")
}

/// What one party of a marriage must answer.
pub fn party(person: &Person) -> Value {
    json!({
        "id_type": "resident_id",
        "id_no": person.id_no,
        "name": person.name,
        "ethnicity": "01",
        "declared_status": "10",
    })
}

/// A couple that may be registered; the `n`th of them.
pub fn couple(n: usize) -> Value {
    json!({
        "guitai": 1,
        "man": party(&person(n, true)),
        "woman": party(&person(n, false)),
        "check": {"man": "agrees", "woman": "agrees"},
    })
}

#[test]
fn invented_people_have_right_numbers_and_nobody_is_twice() {
    // The number that GB 11643-1999 itself works through.
    assert_eq!(
        id_no("110105", NaiveDate::from_ymd_opt(1949, 12, 31).unwrap(), 2),
        "11010519491231002X"
    );
    let mut seen = std::collections::BTreeSet::new();
    for n in 0..9000 {
        assert!(seen.insert(person(n, true).id_no));
        assert!(seen.insert(person(n, false).id_no));
    }
}
