//! JSON of which no object says a key twice: with the usual reader the last one would win, and nobody would hear of it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What the fault of a key that stands twice begins with.
pub(super) const TWICE: &str = "duplicate key";

/// JSON of which no object says a key twice.
pub(super) struct Once(pub(super) Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Self, D::Error> {
        given.deserialize_any(Reading).map(Self)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, told: bool) -> Result<Value, E> {
        Ok(told.into())
    }

    fn visit_i64<E>(self, told: i64) -> Result<Value, E> {
        Ok(told.into())
    }

    fn visit_u64<E>(self, told: u64) -> Result<Value, E> {
        Ok(told.into())
    }

    fn visit_f64<E>(self, told: f64) -> Result<Value, E> {
        Ok(told.into())
    }

    fn visit_str<E>(self, told: &str) -> Result<Value, E> {
        Ok(told.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut told: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Once(value)) = told.next_element()? {
            all.push(value);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut told: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = told.next_key::<String>()? {
            if all.contains_key(&key) {
                return Err(A::Error::custom(format!(
                    "{TWICE} \"{}\"",
                    key.chars().take(60).collect::<String>()
                )));
            }
            let Once(value) = told.next_value()?;
            all.insert(key, value);
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_reads_is_what_everybody_reads() {
        let text = r#"{"a": [1, -2, 2.5, "x", true, null, {}], "b": {"a": 18446744073709551615}}"#;
        let Once(read) = serde_json::from_str(text).unwrap();
        assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn a_key_that_stands_twice_is_a_fault_at_its_place() {
        let fault = serde_json::from_str::<Once>("{\"a\": {\"b\": 1,\n \"b\": 2}}").map(|_| ());
        let fault = fault.unwrap_err();
        assert!(fault.to_string().contains(TWICE) && fault.line() == 2, "{fault}");
    }
}
