//! Invented couples with valid numbers, as a command hands them in.

use serde_json::{Value, json};

use crate::domain::id_number::check_character;

/// A number of a person born on 7 March 1990; odd places in the order are men.
pub fn id(order: u32) -> String {
    let body = format!("33052119900307{order:03}");
    format!("{body}{}", check_character(&body).unwrap())
}

/// The couple of a place in the order, about whom no rule has anything to say.
pub fn couple(n: u32) -> Value {
    let person = |family: &str, order, status: &str| {
        let given = char::from_u32(0x4E00 + 40 * n).unwrap();
        json!({
            "id_type": "resident_id", "id_no": id(order), "name": format!("{family}{given}"), "ethnicity": "01",
            "occupation": "教师", "education": "20", "hukou_address": "浙江省湖州市德清县", "declared_status": status,
            "phone": "13800000000",
        })
    };
    json!({
        "guitai": 1,
        "man": person("张", 2 * n + 1, "10"),
        "woman": person("李", 2 * n, "40"),
        "check": {"man": "agrees", "woman": "agrees"},
    })
}

/// The same with other values: `("man.name", json!("赵一"))`; null takes one out.
pub fn but(mut couple: Value, changes: &[(&str, Value)]) -> Value {
    for (path, value) in changes {
        let (last, sections) = path
            .split('.')
            .collect::<Vec<_>>()
            .split_last()
            .map(|(a, b)| (*a, b.to_vec()))
            .unwrap();
        let mut at = &mut couple;
        for section in sections {
            at = at.as_object_mut().unwrap().entry(section).or_insert_with(|| json!({}));
        }
        let map = at.as_object_mut().unwrap();
        if value.is_null() {
            map.remove(last);
        } else {
            map.insert(last.to_owned(), value.clone());
        }
    }
    couple
}

/// The answers of a couple, as a screen has them.
pub fn answers(couple: &Value) -> crate::forms::Answers {
    let forms = super::forms();
    let form = forms.form("marriage", super::nine().date()).unwrap();
    let beside = ["guitai", "key", "confirm", "close_as_refused"];
    forms.read_answers(form, couple.as_object().unwrap(), &beside).unwrap()
}
