//! Reading a data file with the line of every key, and all its faults instead of the first: unknown keys
//! with the nearest known one, missing keys, values of another kind. Numbers are read from their text, never as floats.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    domain::{
        money::Fen,
        waiver::{Known, Percent, Quantity, SELECTORS, Words, decimal},
    },
    forms::{
        Fault,
        fault::{nearest, shortened},
    },
};

/// A value with the line it stands on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located<T> {
    pub value: T,
    pub line: usize,
}

/// The file being read and what was found wrong so far.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line ends: every key asks for its line.
    line_ends: Vec<usize>,
    pub faults: Vec<Fault>,
    /// Every key that was asked for, by kind of table: what the published schema is held against.
    pub asked: BTreeSet<(&'static str, &'static str)>,
    /// Codes of a price list that the file names, to be held against the lists.
    pub items: Vec<(&'static str, Located<String>)>,
    /// Units that benefits are written in, with the item they count.
    pub units: Vec<(Located<String>, String)>,
}

/// One table; keys that nobody asked for are faults when it is closed.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Kind of table, as the schema names it.
    kind: &'static str,
    entries: BTreeMap<String, (usize, &'a DeValue<'a>)>,
    known: Vec<&'static str>,
    /// Line on which it begins.
    pub line: usize,
}

impl<'a> Reader<'a> {
    /// A file of a path and a text.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            faults: Vec::new(),
            asked: BTreeSet::new(),
            items: Vec::new(),
            units: Vec::new(),
        }
    }

    /// Parses the text; what is no TOML becomes faults, and what could be read is still read.
    pub fn parse(&mut self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(0, |span| self.line(span.start));
            let problem = format!("不是 TOML：{}", error.message().replace('\n', "；"));
            self.fault(line, "", problem, None);
        }
        table
    }

    /// Notes a fault.
    pub fn fault(&mut self, line: usize, key: &str, problem: impl Into<String>, nearest: Option<String>) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            key: key.to_owned(),
            problem: problem.into(),
            nearest,
        });
    }

    /// The line of a place in the text.
    pub fn line(&self, at: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < at)
    }

    /// Opens a table of a kind.
    pub fn open<'t>(&self, kind: &'static str, table: &'t DeTable<'t>, line: usize) -> Table<'t> {
        let entry = |(key, value): (&Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)| {
            (
                key.get_ref().to_string(),
                (self.line(key.span().start), value.get_ref()),
            )
        };
        Table {
            kind,
            entries: table.iter().map(entry).collect(),
            known: Vec::new(),
            line,
        }
    }

    /// Closes a table: keys that nobody asked for are faults.
    pub fn close(&mut self, table: Table<'_>) {
        for (key, (line, _)) in table.entries {
            let problem = format!("[{}] 没有这个键，可写的有 {}", table.kind, table.known.join("、"));
            let near = nearest(&key, table.known.iter().copied());
            self.fault(line, &shortened(&key), problem, near);
        }
    }

    /// A word that must be one of a list; the value that belongs to it.
    pub fn one_of<T: Copy>(&mut self, word: &Located<String>, key: &str, known: &[(&str, T)]) -> Option<T> {
        let found = known
            .iter()
            .find(|(name, _)| *name == word.value)
            .map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.unknown_word(word, key, &names);
        }
        found
    }

    /// A word that is none of the known ones.
    pub fn unknown_word(&mut self, word: &Located<String>, key: &str, known: &[&str]) {
        let problem = format!("没有“{}”，可写的有 {}", shortened(&word.value), known.join("、"));
        self.fault(word.line, key, problem, nearest(&word.value, known.iter().copied()));
    }

    /// A value of another kind than expected.
    pub fn wrong_kind(&mut self, line: usize, key: &str, expected: &str, found: &DeValue<'_>) {
        let found = match found {
            DeValue::String(_) => "文字",
            DeValue::Integer(_) => "整数",
            DeValue::Float(_) => "小数",
            DeValue::Boolean(_) => "true/false",
            DeValue::Datetime(_) => "日期",
            DeValue::Array(_) => "数组",
            DeValue::Table(_) => "表",
        };
        self.fault(line, key, format!("应是{expected}，这里是{found}"), None);
    }

    /// An amount in yuan: 80, 80.5 or "80.50".
    pub fn yuan_of(&mut self, line: usize, key: &str, value: &DeValue<'_>) -> Option<Fen> {
        let amount = digits(value)
            .and_then(|text| decimal(text, 2))
            .filter(|fen| *fen >= 0)
            .map(Fen);
        if amount.is_none() {
            self.fault(line, key, "应是不为负的金额，单位元，最多两位小数，如 80 或 80.5", None);
        }
        amount
    }

    /// A text of a value.
    pub fn text_of(&mut self, line: usize, key: &str, value: &DeValue<'_>) -> Option<Located<String>> {
        match value {
            DeValue::String(text) => Some(Located {
                value: text.to_string(),
                line,
            }),
            other => {
                self.wrong_kind(line, key, "文字（加引号）", other);
                None
            }
        }
    }

    /// A flag, number, day or text.
    pub fn known_of(&mut self, line: usize, key: &str, value: &DeValue<'_>) -> Option<Known> {
        let known = match value {
            DeValue::Boolean(flag) => Some(Known::Flag(*flag)),
            DeValue::String(text) => Some(Known::Text(text.to_string())),
            DeValue::Datetime(_) => day_of(value).map(Known::Day),
            other => digits(other).and_then(Quantity::parse).map(Known::Number),
        };
        if known.is_none() {
            self.wrong_kind(line, key, " true/false、数（最多三位小数）、日期或文字", value);
        }
        known
    }
}

/// The digits of a number as written, also in quotes.
fn digits<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

fn day_of(value: &DeValue<'_>) -> Option<NaiveDate> {
    let stamp = value.as_datetime().filter(|stamp| stamp.time.is_none())?;
    let date = stamp.date?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

impl<'a> Table<'a> {
    /// Takes a key's value with its line.
    pub fn take(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(usize, &'a DeValue<'a>)> {
        self.known.push(key);
        reader.asked.insert((self.kind, key));
        self.entries.remove(key)
    }

    /// Whether a key stands.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The line of a key, or of the table.
    pub fn line_of(&self, key: &str) -> usize {
        self.entries.get(key).map_or(self.line, |(line, _)| *line)
    }

    /// A text, where the key stands.
    pub fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Located<String>> {
        let (line, value) = self.take(reader, key)?;
        reader.text_of(line, key, value)
    }

    /// A text, empty where the key does not stand.
    pub fn plain(&mut self, reader: &mut Reader<'_>, key: &'static str) -> String {
        self.text(reader, key).map(|text| text.value).unwrap_or_default()
    }

    /// A text that must stand there and not be empty.
    pub fn needed(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Located<String> {
        let stood = self.has(key);
        let line = self.line_of(key);
        let text = self.text(reader, key);
        match text {
            Some(text) if !text.value.trim().is_empty() => text,
            Some(_) => {
                reader.fault(line, key, "不能为空", None);
                empty(line)
            }
            None => {
                if !stood {
                    reader.fault(line, key, format!("[{}] 缺少 {key}", self.kind), None);
                }
                empty(line)
            }
        }
    }

    /// An id: letters, digits, `-`, `_`, `.`.
    pub fn id(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Located<String> {
        let id = self.needed(reader, key);
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !id.value.chars().all(sound) {
            reader.fault(
                id.line,
                key,
                format!("“{}”只能用字母、数字和 - _ .", shortened(&id.value)),
                None,
            );
        }
        id
    }

    /// A name in both languages: `name` and `name_en`.
    pub fn words(&mut self, reader: &mut Reader<'_>, key: &'static str, key_en: &'static str) -> Words {
        let zh = self.plain(reader, key);
        let en = self.plain(reader, key_en);
        Words::new(zh, en)
    }

    /// A yes or no; `false` where the key does not stand.
    pub fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<bool> {
        match self.take(reader, key)? {
            (_, DeValue::Boolean(flag)) => Some(*flag),
            (line, other) => {
                reader.wrong_kind(line, key, " true 或 false", other);
                None
            }
        }
    }

    /// An amount in yuan.
    pub fn yuan(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Fen> {
        let (line, value) = self.take(reader, key)?;
        reader.yuan_of(line, key, value)
    }

    /// A quantity above nothing, with at most three decimals.
    pub fn quantity(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Quantity> {
        let (line, value) = self.take(reader, key)?;
        let quantity = digits(value)
            .and_then(Quantity::parse)
            .filter(|quantity| quantity.0 > 0);
        if quantity.is_none() {
            reader.fault(line, key, "应是大于零的数，最多三位小数", None);
        }
        quantity
    }

    /// A quantity that may be nothing.
    pub fn amount_of(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Quantity> {
        let (line, value) = self.take(reader, key)?;
        let quantity = digits(value)
            .and_then(Quantity::parse)
            .filter(|quantity| quantity.0 >= 0);
        if quantity.is_none() {
            reader.fault(line, key, "应是不为负的数，最多三位小数", None);
        }
        quantity
    }

    /// A percentage between these.
    pub fn percent(&mut self, reader: &mut Reader<'_>, key: &'static str, most: i64) -> Option<Percent> {
        let (line, value) = self.take(reader, key)?;
        let percent = digits(value)
            .and_then(Percent::parse)
            .filter(|percent| (0..=most * 100).contains(&percent.0));
        if percent.is_none() {
            reader.fault(
                line,
                key,
                format!("应是 0 到 {most} 的百分数，最多两位小数，如 50"),
                None,
            );
        }
        percent
    }

    /// A whole number between these.
    pub fn whole(&mut self, reader: &mut Reader<'_>, key: &'static str, most: i64) -> Option<i64> {
        let (line, value) = self.take(reader, key)?;
        let number = digits(value)
            .and_then(|text| text.parse().ok())
            .filter(|number| (0..=most).contains(number));
        if number.is_none() {
            reader.fault(line, key, format!("应是 0 到 {most} 的整数"), None);
        }
        number
    }

    /// A day, written without quotes.
    pub fn day(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<NaiveDate> {
        let (line, value) = self.take(reader, key)?;
        let day = day_of(value);
        if day.is_none() {
            reader.wrong_kind(line, key, "日期（不加引号，如 2026-01-31）", value);
        }
        day
    }

    /// A list of texts, or a single one; empty where the key does not stand.
    pub fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Located<String>> {
        match self.take(reader, key) {
            None => Vec::new(),
            Some((line, DeValue::String(text))) => vec![Located {
                value: text.to_string(),
                line,
            }],
            Some((_, DeValue::Array(items))) => {
                let lines: Vec<_> = items
                    .iter()
                    .map(|i| (reader.line(i.span().start), i.get_ref()))
                    .collect();
                lines
                    .into_iter()
                    .filter_map(|(line, item)| reader.text_of(line, key, item))
                    .collect()
            }
            Some((line, other)) => {
                reader.wrong_kind(line, key, "文字或数组 [\"…\", \"…\"]", other);
                Vec::new()
            }
        }
    }

    /// Codes of a price list, remembered for the check against the lists.
    pub fn codes(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Located<String>> {
        let codes = self.texts(reader, key);
        reader.items.extend(
            codes
                .iter()
                .filter(|code| !SELECTORS.contains(&code.value.as_str()))
                .map(|code| (key, code.clone())),
        );
        codes
    }

    /// A table `[key]` or `key = { … }`.
    pub fn table(&mut self, reader: &mut Reader<'_>, key: &'static str, kind: &'static str) -> Option<Table<'a>> {
        match self.take(reader, key)? {
            (line, DeValue::Table(table)) => Some(reader.open(kind, table, line)),
            (line, other) => {
                reader.wrong_kind(line, key, "表 { … }", other);
                None
            }
        }
    }

    /// The tables `[[key]]` or `key = [{ … }]`; none where the key does not stand.
    pub fn tables(&mut self, reader: &mut Reader<'_>, key: &'static str, kind: &'static str) -> Vec<Table<'a>> {
        let Some((line, value)) = self.take(reader, key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value else {
            reader.wrong_kind(line, key, &format!("[[{key}]]"), value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            let line = reader.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => tables.push(reader.open(kind, table, line)),
                other => reader.wrong_kind(line, key, &format!("[[{key}]]"), other),
            }
        }
        tables
    }

    /// The entries of a table whose keys are free; empty where the key does not stand.
    pub fn entries(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<(Located<String>, &'a DeValue<'a>)> {
        let Some((line, value)) = self.take(reader, key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value else {
            reader.wrong_kind(line, key, "表 { 名 = 值 }", value);
            return Vec::new();
        };
        entries_of(reader, table)
    }

    /// What is left: keys that are free.
    pub fn rest(&mut self) -> Vec<(Located<String>, &'a DeValue<'a>)> {
        let entry = |(value, (line, of)): (String, (usize, &'a DeValue<'a>))| (Located { value, line }, of);
        std::mem::take(&mut self.entries).into_iter().map(entry).collect()
    }
}

/// The entries of a table with their lines.
pub(super) fn entries_of<'t>(reader: &Reader<'_>, table: &'t DeTable<'t>) -> Vec<(Located<String>, &'t DeValue<'t>)> {
    let entry = |(key, value): (&Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)| {
        let key = Located {
            value: key.get_ref().to_string(),
            line: reader.line(key.span().start),
        };
        (key, value.get_ref())
    };
    table.iter().map(entry).collect()
}

fn empty(line: usize) -> Located<String> {
    Located {
        value: String::new(),
        line,
    }
}
