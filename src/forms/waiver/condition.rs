//! Conditions as tables a clerk can write: `{ hukou_within = ["3301"], age_under = 7 }` - all of them hold; `any`,
//! `all` and `not` nest. A name is a fact or an attribute, with a test after it.
//!
//! Rules of forms are written in CEL (`forms::condition`); these are not, for three reasons. A settlement is pure and
//! belongs to `domain`, which may not know `cel`, and a line's price asks its conditions with every bill: as plain
//! values they are weighed without allocating. The load check must see that two benefits can never hit one line, or ask for
//! an order; `zone = "a"` and `zone = "b"` are seen apart by looking at two tables, while two expressions would have
//! to be proven apart. And the schema of the files can describe a table, where it could only say of an expression that
//! it is text.

use toml::de::DeValue;

use super::reader::{Located, Reader, entries_of};
use crate::domain::waiver::{Condition, FactKind, Known, Quantity, Test};

/// Names a condition may ask for, with the kind of their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary(Vec<(String, FactKind)>);

/// The tests that may stand after a name, longest first.
const TESTS: [&str; 7] = ["_within", "_up_to", "_under", "_from", "_over", "_not", "_in"];

/// Attributes with the kind of their values.
const LINE: [(&str, FactKind); 12] = [
    ("zone", FactKind::Text),
    ("km", FactKind::Number),
    ("floors", FactKind::Number),
    ("lift", FactKind::Flag),
    ("hours", FactKind::Number),
    ("days", FactKind::Number),
    ("months", FactKind::Number),
    ("years", FactKind::Number),
    ("grade", FactKind::Text),
    ("age", FactKind::Number),
    ("infectious", FactKind::Flag),
    ("cost", FactKind::Money),
];

/// Names that follow from the claim.
const CLAIM: [(&str, FactKind); 8] = [
    ("age", FactKind::Number),
    ("offsite", FactKind::Flag),
    ("death_date", FactKind::Day),
    ("cremation_date", FactKind::Day),
    ("claim_date", FactKind::Day),
    ("days_death_to_cremation", FactKind::Number),
    ("days_death_to_claim", FactKind::Number),
    ("days_cremation_to_claim", FactKind::Number),
];

impl Vocabulary {
    /// The attributes of a line.
    pub fn of_lines() -> Self {
        Self(LINE.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect())
    }

    /// What follows from every claim.
    pub fn of_claims() -> Self {
        Self(CLAIM.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect())
    }

    /// Adds a name.
    pub fn add(&mut self, name: &str, kind: FactKind) {
        self.0.push((name.to_owned(), kind));
    }

    /// Both together.
    pub fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<FactKind> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, kind)| *kind)
    }

    /// A stated value: of the kind its name has; of its own kind where the name is not known.
    pub fn value(&self, reader: &mut Reader<'_>, key: &Located<String>, value: &DeValue<'_>) -> Option<Known> {
        match self.kind(&key.value) {
            Some(FactKind::Money) => of_kind(reader, FactKind::Money, key, value),
            _ => reader.known_of(key.line, &key.value, value),
        }
    }

    /// All names.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// Reads the condition of a table; what is wrong with it is noted and holds never.
pub(super) fn read(reader: &mut Reader<'_>, names: &Vocabulary, line: usize, value: &DeValue<'_>) -> Condition {
    let DeValue::Table(table) = value else {
        reader.wrong_kind(line, "when", "表 { 事实 = 值 }", value);
        return Condition::Any(Vec::new());
    };
    let mut parts = Vec::new();
    for (key, value) in entries_of(reader, table) {
        match key.value.as_str() {
            "any" => parts.push(Condition::Any(list(reader, names, &key, value))),
            "all" => parts.push(Condition::All(list(reader, names, &key, value))),
            "not" => parts.push(Condition::Not(Box::new(read(reader, names, key.line, value)))),
            _ => parts.extend(test(reader, names, &key, value)),
        }
    }
    match parts.len() {
        1 => parts.remove(0),
        _ => Condition::All(parts),
    }
}

fn list(reader: &mut Reader<'_>, names: &Vocabulary, key: &Located<String>, value: &DeValue<'_>) -> Vec<Condition> {
    let DeValue::Array(items) = value else {
        reader.wrong_kind(key.line, &key.value, "数组 [{ … }, { … }]", value);
        return Vec::new();
    };
    let lines: Vec<_> = items
        .iter()
        .map(|item| (reader.line(item.span().start), item.get_ref()))
        .collect();
    lines
        .into_iter()
        .map(|(line, item)| read(reader, names, line, item))
        .collect()
}

/// Splits `age_under` into name and test; a name that is known as a whole has none.
fn split<'k>(names: &Vocabulary, key: &'k str) -> (&'k str, &'static str) {
    if names.kind(key).is_some() {
        return (key, "");
    }
    let test = TESTS
        .iter()
        .find(|test| key.strip_suffix(**test).is_some_and(|name| names.kind(name).is_some()));
    match test {
        Some(test) => (key.strip_suffix(test).unwrap_or(key), test),
        None => (key, ""),
    }
}

fn test(reader: &mut Reader<'_>, names: &Vocabulary, key: &Located<String>, value: &DeValue<'_>) -> Option<Condition> {
    let (name, test) = split(names, &key.value);
    let Some(kind) = names.kind(name) else {
        let mut known = names.names();
        known.extend(["any", "all", "not"]);
        let bare = TESTS
            .iter()
            .find_map(|test| key.value.strip_suffix(test))
            .unwrap_or(&key.value)
            .to_owned();
        let word = Located {
            value: bare,
            line: key.line,
        };
        reader.unknown_word(&word, &key.value, &known);
        return None;
    };
    let words = |reader: &mut Reader<'_>| -> Vec<String> {
        match value {
            DeValue::Array(items) => {
                let lines: Vec<_> = items
                    .iter()
                    .map(|item| (reader.line(item.span().start), item.get_ref()))
                    .collect();
                let text = |(line, item)| reader.text_of(line, &key.value, item).map(|text| text.value);
                lines.into_iter().filter_map(text).collect()
            }
            other => reader
                .text_of(key.line, &key.value, other)
                .map(|text| text.value)
                .into_iter()
                .collect(),
        }
    };
    let built = match test {
        "_in" => Test::OneOf(words(reader)),
        "_within" => Test::Within(words(reader)),
        test => {
            let known = of_kind(reader, kind, key, value)?;
            match test {
                "_not" => Test::IsNot(known),
                "_under" => Test::Under(known),
                "_up_to" => Test::UpTo(known),
                "_from" => Test::From(known),
                "_over" => Test::Over(known),
                _ => Test::Is(known),
            }
        }
    };
    let ordered = matches!(built, Test::Under(_) | Test::UpTo(_) | Test::From(_) | Test::Over(_));
    if ordered && !matches!(kind, FactKind::Number | FactKind::Money | FactKind::Day) {
        reader.fault(key.line, &key.value, format!("“{name}”不是数或日期，不能比大小"), None);
        return None;
    }
    Some(Condition::Test(name.to_owned(), built))
}

/// A value of the kind a name has.
pub(super) fn of_kind(
    reader: &mut Reader<'_>,
    kind: FactKind,
    key: &Located<String>,
    value: &DeValue<'_>,
) -> Option<Known> {
    if kind == FactKind::Money {
        let fen = reader.yuan_of(key.line, &key.value, value)?;
        return Quantity::whole(fen.0).map(Known::Number);
    }
    let known = reader.known_of(key.line, &key.value, value)?;
    let (fits, expected) = match kind {
        FactKind::Flag => (matches!(known, Known::Flag(_)), " true 或 false"),
        FactKind::Number | FactKind::Money => (matches!(known, Known::Number(_)), "数"),
        FactKind::Day => (matches!(known, Known::Day(_)), "日期（不加引号）"),
        FactKind::Text | FactKind::Area => (matches!(known, Known::Text(_)), "文字（加引号）"),
    };
    if !fits {
        reader.wrong_kind(key.line, &key.value, expected, value);
        return None;
    }
    Some(known)
}

/// A number attribute that a limit or a charge counts.
pub(super) fn is_number(known: Option<FactKind>) -> bool {
    known == Some(FactKind::Number)
}

/// A quantity of a free value.
pub(super) fn quantity_of(reader: &mut Reader<'_>, key: &Located<String>, value: &DeValue<'_>) -> Option<Quantity> {
    match reader.known_of(key.line, &key.value, value)? {
        Known::Number(number) if number.0 >= 0 => Some(number),
        _ => {
            reader.wrong_kind(key.line, &key.value, "不为负的数", value);
            None
        }
    }
}
