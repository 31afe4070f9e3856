//! What a price list, a policy and a claim may say, as JSON Schema. The keys stand in `keys.csv`; a test holds them
//! against the readers: every key that is read stands there, and nothing else.
//!
//! The files are TOML; the schema describes what the TOML means as data (a day is written without quotes).

mod claim;

use serde_json::{Map, Value, json};

pub use claim::request_schema;

/// File, kind of table, key, what may stand there, whether it must, what it is for.
const KEYS: &str = include_str!("keys.csv");

/// One row of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// Kind of table.
    kind: String,
    /// The key.
    key: String,
    /// What may stand there: `text`, `one of a|b`, `percent 100`, `tables item` …
    of: String,
    /// Whether it must stand there.
    must: bool,
    /// What it is for, in both languages.
    says: String,
}

/// What a policy file may say.
pub fn policy_schema() -> Value {
    build("policy", "惠民殡葬政策文件 rules/policy/*.toml / a waiver policy")
}

/// What a price list file may say.
pub fn tariff_schema() -> Value {
    build("tariff", "收费目录文件 rules/tariff/*.toml / a price list")
}

/// The keys of a file, those of the head as the file's own.
fn keys_of(root: &str) -> Vec<Key> {
    let mut rows = csv::Reader::from_reader(KEYS.as_bytes());
    let mut keys = Vec::new();
    for row in rows.records().filter_map(Result::ok) {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        if ["both", root].contains(&cell(0)) {
            let kind = if cell(1) == "head" { root } else { cell(1) };
            keys.push(Key {
                kind: kind.to_owned(),
                key: cell(2).to_owned(),
                of: cell(3).to_owned(),
                must: cell(4) == "must",
                says: format!("{} / {}", cell(5), cell(6)),
            });
        }
    }
    keys
}

fn build(root: &str, title: &str) -> Value {
    let keys = keys_of(root);
    let mut kinds: Vec<&str> = keys.iter().map(|key| key.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut definitions = Map::new();
    definitions.insert("condition".into(), condition());
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), title.into());
    for kind in kinds {
        let own = keys.iter().filter(|key| key.kind == kind);
        // A line of a bill also carries the attributes that the list and the policy declare.
        let object = object(own, kind == "bill");
        if kind == root {
            schema.extend(object);
        } else {
            definitions.insert(kind.into(), Value::Object(object));
        }
    }
    schema.insert("$defs".into(), Value::Object(definitions));
    Value::Object(schema)
}

fn object<'k>(keys: impl Iterator<Item = &'k Key>, open: bool) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut needed = Vec::new();
    for key in keys {
        let mut value = schema_of(&key.of).unwrap_or_else(|| json!({}));
        if let Some(value) = value.as_object_mut() {
            let places = match key.of.split(' ').next() {
                Some("yuan" | "percent" | "amounts") => "（最多两位小数 / at most two decimals）",
                Some("quantity" | "number" | "numbers") => "（最多三位小数 / at most three decimals）",
                _ => "",
            };
            value.insert("description".into(), format!("{}{places}", key.says).into());
        }
        properties.insert(key.key.clone(), value);
        needed.extend(key.must.then(|| Value::from(key.key.as_str())));
    }
    let mut object = Map::new();
    object.insert("type".into(), "object".into());
    object.insert("properties".into(), Value::Object(properties));
    object.insert("required".into(), Value::Array(needed));
    object.insert("additionalProperties".into(), open.into());
    object
}

/// What may stand at a key, from its word in the table of keys; `None` for a word that is none.
fn schema_of(of: &str) -> Option<Value> {
    let (word, rest) = of.split_once(' ').unwrap_or((of, ""));
    // A number stands for what its digits say: 33.33 is no multiple of 0.01 as machines count, so the places of a number
    // are described and those of a text are held to.
    let number = |places: usize| {
        let digits = format!("^\\d+(\\.\\d{{1,{places}}})?$");
        json!({"type": ["number", "string"], "minimum": 0, "pattern": digits})
    };
    let map = |value: Value| json!({"type": "object", "additionalProperties": value});
    let reference = |kind: &str| json!({"$ref": format!("#/$defs/{kind}")});
    Some(match word {
        "text" => json!({"type": "string"}),
        "id" => json!({"type": "string", "pattern": "^[A-Za-z0-9._-]+$"}),
        "one" => json!({"enum": words(of)}),
        "day" => json!({"type": "string", "format": "date"}),
        "yuan" => number(2),
        "quantity" => json!({"type": ["number", "string"], "exclusiveMinimum": 0, "pattern": "^\\d+(\\.\\d{1,3})?$"}),
        "number" => number(3),
        "percent" => {
            let most: i64 = rest.parse().ok()?;
            json!({"type": ["number", "string"], "minimum": 0, "maximum": most, "pattern": "^\\d+(\\.\\d{1,2})?$"})
        }
        "whole" => json!({"type": "integer", "minimum": 0}),
        "flag" => json!({"type": "boolean"}),
        "texts" | "codes" => {
            let text = json!({"type": "string"});
            json!({"anyOf": [text, {"type": "array", "items": text}]})
        }
        "when" => reference("condition"),
        "table" => reference(rest),
        "tables" => json!({"type": "array", "items": reference(rest)}),
        "numbers" => map(number(3)),
        "amounts" => map(number(2)),
        "words" => map(json!({"type": "string"})),
        "values" => map(json!({"type": ["string", "number", "boolean"]})),
        _ => return None,
    })
}

/// The words of `one of a|b`.
fn words(of: &str) -> Vec<&str> {
    of.strip_prefix("one of ")
        .map(|words| words.split('|').collect())
        .unwrap_or_default()
}

/// A condition: a name, with a test after it, and a value. All of a table hold together.
fn condition() -> Value {
    let part = json!({"$ref": "#/$defs/condition"});
    json!({
        "type": "object",
        "description": "名 = 值；名后可接 _not _in _within（代码的前几位） _under _up_to _from _over；一张表里的都要成立；\
            没有填写的不算是也不算否 / name = value, a test may follow the name; all of a table hold; unknown is neither",
        "properties": {
            "any": {"type": "array", "items": part, "description": "至少一个成立 / at least one"},
            "all": {"type": "array", "items": part, "description": "都成立 / all"},
            "not": {"$ref": "#/$defs/condition", "description": "不成立 / not"},
        },
        "additionalProperties": {"type": ["string", "number", "boolean", "array"]},
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::forms::{reader::Reader, waiver};

    fn written(root: &str) -> BTreeSet<(String, String)> {
        keys_of(root).into_iter().map(|key| (key.kind, key.key)).collect()
    }

    /// Every kind of table once, empty: the readers ask for all their keys.
    const POLICY: &str = r#"
        rounding = {}
        fact = [{}]
        evidence = [{}]
        eligibility = [{}]
        claim_within = {}
        class = [{}]
        benefit = [{ for_class = [{}] }]
        cap = [{}]
        award = [{ claim_within = {} }]
        alternative = [{ option = [{}] }]
        offsite = { eligibility = [{}], claim_within = {} }
        payer = [{}]
        split = [{ part = [{}] }]
        example = [{ bill = [{}], expect = { lines = [{}] } }]
    "#;
    const TARIFF: &str = r#"
        rounding = {}
        item = [{ rate = [{}], factor = [{}], beyond = [{}], tiers = [{}] }]
        example = [{ bill = [{}], expect = { lines = [{}] } }]
    "#;

    fn asked(reader: &Reader<'_>) -> BTreeSet<(String, String)> {
        let all = reader.asked.iter();
        all.map(|(kind, key)| ((*kind).to_owned(), (*key).to_owned())).collect()
    }

    #[test]
    fn every_key_that_is_read_stands_in_the_schema_and_nothing_else() {
        let mut reader = Reader::new("policy.toml", POLICY);
        waiver::policy::read(&mut reader, String::new());
        assert_eq!(asked(&reader), written("policy"));
        let mut reader = Reader::new("tariff.toml", TARIFF);
        waiver::tariff::read(&mut reader, String::new());
        assert_eq!(asked(&reader), written("tariff"));
    }

    #[test]
    fn every_word_of_the_schema_is_read_and_no_table_is_left_out() {
        for schema in [policy_schema(), tariff_schema(), request_schema()] {
            let text = schema.to_string();
            let mut from = text.as_str();
            while let Some((_, rest)) = from.split_once("#/$defs/") {
                let name = rest.split('"').next().unwrap();
                assert!(schema["$defs"].get(name).is_some(), "{name}");
                from = rest;
            }
            assert_eq!(schema["additionalProperties"], false);
        }
        // A word that the reader does not take is a fault that lists those it takes.
        for key in keys_of("policy").into_iter().chain(keys_of("tariff")) {
            assert!(schema_of(&key.of).is_some(), "{key:?}");
            let told = faults_of(&key.kind, &key.key);
            assert!(
                words(&key.of).is_empty() || told.contains(&words(&key.of).join("、")),
                "{key:?} in {told}"
            );
        }
    }

    /// What is a decimal is never asked to be a multiple: 33.33 / 0.01 is no whole number as machines count.
    #[test]
    fn every_amount_that_is_read_is_accepted() {
        for schema in [policy_schema(), tariff_schema(), request_schema()] {
            assert!(!schema.to_string().contains("multipleOf"));
        }
        for text in ["33.33", "77.77", "0.1", "0"] {
            let told = schema_of("yuan").unwrap()["pattern"].to_string();
            assert!(told.contains("1,2") && crate::domain::waiver::decimal(text, 2).is_some());
            let list =
                format!("item = [{{ code = \"A\", name = \"甲\", class = \"basic\", unit = \"次\", price = {text} }}]");
            let mut reader = Reader::new("tariff.toml", &list);
            waiver::tariff::read(&mut reader, String::new());
            let faults: Vec<&str> = reader.faults.iter().map(|fault| fault.key.as_str()).collect();
            assert!(!faults.contains(&"price"), "{text}: {faults:?}");
        }
    }

    /// What the readers say of a word that is none.
    fn faults_of(kind: &str, key: &str) -> String {
        let own = format!("{key} = \"no-such-word\"");
        let nested = match kind {
            "policy" | "tariff" => own.clone(),
            "rounding" => format!("rounding = {{ {own} }}"),
            "claim_within" => format!("claim_within = {{ {own} }}"),
            "offsite" => format!("offsite = {{ {own} }}"),
            "expect" => format!("example = [{{ expect = {{ {own} }} }}]"),
            "beyond" => format!("item = [{{ beyond = [{{ {own} }}] }}]"),
            other => format!("{other} = [{{ {own}, tiers = [{{ price = 1 }}] }}]"),
        };
        let mut all = String::new();
        let mut reader = Reader::new("policy.toml", &nested);
        waiver::policy::read(&mut reader, String::new());
        all.extend(reader.faults.iter().map(|fault| fault.to_string() + "\n"));
        let mut reader = Reader::new("tariff.toml", &nested);
        waiver::tariff::read(&mut reader, String::new());
        all.extend(reader.faults.iter().map(|fault| fault.to_string() + "\n"));
        all
    }
}
