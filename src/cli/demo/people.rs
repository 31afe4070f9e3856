//! Invented people of the demo: names from two short lists, identity numbers with a right check character. Their
//! sequence numbers lie above those of seeded people, so that nobody is two persons.

use chrono::{Months, NaiveDate, TimeDelta};
use serde_json::{Value, json};

use crate::domain::id_number::check_character;
use crate::domain::party::Side;

const SURNAMES: [&str; 11] = ["沈", "陆", "钱", "潘", "费", "茅", "俞", "蔡", "施", "嵇", "欧阳"];
const MEN: [&str; 7] = ["明远", "志恒", "𠮷", "建平", "子轩", "海峰", "文博"];
const WOMEN: [&str; 7] = ["若曦", "静怡", "堃", "月华", "思琪", "雅琴", "清"];

/// Sequence numbers of the demo begin here.
const FIRST: usize = 800;

/// The `n`th couple, grown up on any day.
pub(super) fn couple(n: usize, today: NaiveDate) -> Value {
    let born = |years: u32| birth(today, years, n);
    answers(n, born(27), born(25))
}

/// The `n`th couple, the man too young on this day.
pub(super) fn too_young(n: usize, today: NaiveDate) -> Value {
    answers(n, birth(today, 20, n), birth(today, 24, n))
}

/// A claim under the sample county's policy: the six services, one visit and the early shift, two days of cold storage
/// more than are free.
pub(super) fn claim(n: usize, today: NaiveDate) -> Value {
    let days_ago = |days| (today - TimeDelta::days(days)).to_string();
    let born = birth(today, 81, n);
    json!({
        "guitai": 1, "policy": "sample", "tariff": "sample",
        "dates": {"death": days_ago(5), "cremation": days_ago(1), "claim": today.to_string()},
        "deceased": {"name": name(n + 5, Side::Man), "id_no": id_no(n, Side::Man, born)},
        "applicant": {"name": name(n + 5, Side::Woman), "phone": phone(n), "relation": "女儿"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
        "bill": [
            {"item": "TRANSPORT", "quantity": 1, "km": 18, "floors": 2}, {"item": "COLD", "quantity": 5},
            {"item": "VIGIL", "quantity": 1}, {"item": "CREMATE", "quantity": 1}, {"item": "URN", "quantity": 1},
            {"item": "STORE", "quantity": 1}, {"item": "VISIT", "quantity": 1}, {"item": "EARLY", "quantity": 1},
        ],
    })
}

/// A claim for a cremation elsewhere: one line of the invoice is refused, the rest is paid out.
pub(super) fn from_elsewhere(n: usize, today: NaiveDate) -> Value {
    let days_ago = |days| (today - TimeDelta::days(days)).to_string();
    let agent = name(n + 6, Side::Woman);
    json!({
        "guitai": 1, "policy": "heihe",
        "dates": {"death": days_ago(20), "cremation": days_ago(17), "claim": today.to_string()},
        "deceased": {"name": name(n + 6, Side::Man), "id_no": id_no(n + 1, Side::Man, birth(today, 74, n + 1))},
        "applicant": {"name": agent, "phone": phone(n + 1), "relation": "妻子"},
        "account": {"name": agent, "bank": "练习银行", "no": "6222000000000000"},
        "classes": ["general"], "facts": {"hukou": "231102", "benefit_elsewhere": false}, "evidence": ["hukou_page"],
        "offsite": {"hall": "练习市殡仪馆"},
        "bill": [
            {"item": "CREMATE", "quantity": 1, "unit_price": 30_000}, {"item": "COLD", "quantity": 3, "unit_price": 11_000},
            {"item": "TRANSPORT", "quantity": 1, "unit_price": 27_000, "refused": "发票抬头不是逝者或家属"},
        ],
    })
}

fn birth(today: NaiveDate, years: u32, n: usize) -> NaiveDate {
    let day = today.checked_sub_months(Months::new(12 * years)).unwrap_or(today);
    day - TimeDelta::days(i64::try_from(n % 300).unwrap_or_default())
}

fn answers(n: usize, man: NaiveDate, woman: NaiveDate) -> Value {
    json!({
        "guitai": 1, "man": party(n, Side::Man, man), "woman": party(n + 3, Side::Woman, woman),
        "check": {"man": "agrees", "woman": "agrees"},
    })
}

fn party(n: usize, side: Side, born: NaiveDate) -> Value {
    json!({
        "id_type": "resident_id", "id_no": id_no(n, side, born), "name": name(n, side), "ethnicity": "01",
        "declared_status": "10", "occupation": pick(&["教师", "护士", "工程师", "个体经营"], n),
        "hukou_address": "浙江省湖州市德清县武康街道", "phone": phone(n),
    })
}

fn pick(list: &[&'static str], at: usize) -> &'static str {
    list.get(at % list.len()).copied().unwrap_or_default()
}

fn name(n: usize, side: Side) -> String {
    let given = match side {
        Side::Man => MEN,
        Side::Woman => WOMEN,
    };
    format!("{}{}", pick(&SURNAMES, n), pick(&given, n / SURNAMES.len() + n))
}

fn phone(n: usize) -> String {
    format!("1390000{:04}", n % 10_000)
}

fn id_no(n: usize, side: Side, born: NaiveDate) -> String {
    let sequence = FIRST + 2 * (n / 300 % 99) + usize::from(side == Side::Man);
    let body = format!("330521{}{sequence:03}", born.format("%Y%m%d"));
    let check = check_character(&body).unwrap_or('0');
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id_number::{IdKind, IdNumber};

    #[test]
    fn nobody_is_two_persons_and_everybody_has_a_valid_number() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for n in 0..1000 {
            let couple = couple(n, today);
            for side in Side::BOTH {
                let id = couple[side.as_str()]["id_no"].as_str().unwrap();
                let parsed = IdNumber::parse(IdKind::ResidentId, id).unwrap();
                assert_eq!(parsed.sex(), Some(side.sex()));
                assert!(seen.insert(id.to_owned()), "{id} twice");
            }
        }
    }
}
