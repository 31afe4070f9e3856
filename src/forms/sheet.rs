//! Reading a TOML file with the line of everything, and all its faults instead of the first: unknown keys with the
//! nearest known one, missing keys, values of another type. Knows no file's meaning.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Fault,
    fault::{nearest, shortened},
};

/// A value with the line it stands on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its line.
    pub line: usize,
}

/// The file being read and what was found wrong so far.
#[derive(Debug)]
pub struct Sheet<'a> {
    file: &'a str,
    text: &'a str,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// One table of the file; keys that nobody asked for are faults when it is closed.
#[derive(Debug)]
pub struct Table<'a> {
    entries: BTreeMap<String, (usize, &'a DeValue<'a>)>,
    known: Vec<&'static str>,
    /// Line on which it begins.
    pub line: usize,
}

impl<'a> Sheet<'a> {
    /// A file of a path and a text.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            faults: Vec::new(),
        }
    }

    /// Parses the text; what is no TOML becomes faults, and what could be read is still read.
    pub fn parse(&mut self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(0, |span| self.line(span.start));
            self.fault(line, "", format!("不是 TOML：{}", error.message().replace('\n', "；")), None);
        }
        table
    }

    /// The line of a place in the text.
    pub fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count()
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

    /// A word that must be one of a list; else a fault with the nearest.
    pub fn one_of(&mut self, word: &Located<String>, key: &str, known: &[&str]) -> bool {
        let fits = known.contains(&word.value.as_str());
        if !fits {
            let problem = format!("没有“{}”，应是 {} 之一", shortened(&word.value), known.join("、"));
            self.fault(word.line, key, problem, nearest(&word.value, known.iter().copied()));
        }
        fits
    }

    /// Opens a table.
    pub fn open<'t>(&self, table: &'t DeTable<'t>, line: usize) -> Table<'t> {
        let entry = |(key, value): (&Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)| {
            let line = self.line(key.span().start);
            (key.get_ref().to_string(), (line, value.get_ref()))
        };
        Table {
            entries: table.iter().map(entry).collect(),
            known: Vec::new(),
            line,
        }
    }

    /// Closes a table: keys that nobody asked for are faults.
    pub fn close(&mut self, table: Table<'_>) {
        for (key, (line, _)) in table.entries {
            let problem = format!("没有这个键，可写的有 {}", table.known.join("、"));
            let near = nearest(&key, table.known.iter().copied());
            self.fault(line, &shortened(&key), problem, near);
        }
    }

    fn wrong_type(&mut self, line: usize, key: &str, expected: &str, found: &DeValue<'_>) {
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
}

impl<'a> Table<'a> {
    fn take(&mut self, key: &'static str) -> Option<(usize, &'a DeValue<'a>)> {
        self.known.push(key);
        self.entries.remove(key)
    }

    /// A text, where the key stands.
    pub fn text(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<Located<String>> {
        let (line, value) = self.take(key)?;
        match value {
            DeValue::String(text) => Some(Located {
                value: text.to_string(),
                line,
            }),
            other => {
                sheet.wrong_type(line, key, "文字（加引号）", other);
                None
            }
        }
    }

    /// A text that must stand there and not be empty.
    pub fn needed_text(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<Located<String>> {
        let stood = self.entries.contains_key(key);
        let text = self.text(sheet, key);
        match &text {
            Some(text) if text.value.trim().is_empty() => {
                sheet.fault(text.line, key, "不能为空", None);
                None
            }
            None if !stood => {
                sheet.fault(self.line, key, format!("缺少 {key}"), None);
                None
            }
            _ => text,
        }
    }

    /// A yes or no; `false` where the key does not stand.
    pub fn flag(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> bool {
        match self.take(key) {
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some((line, other)) => {
                sheet.wrong_type(line, key, " true 或 false", other);
                false
            }
            None => false,
        }
    }

    /// A count of things, 1 or more.
    pub fn count(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<usize> {
        let (line, value) = self.take(key)?;
        let count = value.as_integer().and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        if !count.is_some_and(|count| count > 0) {
            sheet.fault(line, key, "应是大于 0 的整数", None);
            return None;
        }
        count
    }

    /// A day, written without quotes.
    pub fn day(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<Located<NaiveDate>> {
        let (line, value) = self.take(key)?;
        let day = value.as_datetime().filter(|stamp| stamp.time.is_none()).and_then(|stamp| stamp.date);
        let day = day.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()));
        match day {
            Some(value) => Some(Located { value, line }),
            None => {
                sheet.wrong_type(line, key, "日期（不加引号，如 2026-01-31）", value);
                None
            }
        }
    }

    /// A day that must stand there.
    pub fn needed_day(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<Located<NaiveDate>> {
        if !self.entries.contains_key(key) {
            self.known.push(key);
            sheet.fault(self.line, key, format!("缺少 {key}"), None);
            return None;
        }
        self.day(sheet, key)
    }

    /// A list of texts; empty where the key does not stand.
    pub fn texts(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Vec<Located<String>> {
        let Some((line, value)) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            sheet.wrong_type(line, key, "数组 [\"…\", \"…\"]", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let line = sheet.line(item.span().start);
            match item.get_ref() {
                DeValue::String(text) => texts.push(Located {
                    value: text.to_string(),
                    line,
                }),
                other => sheet.wrong_type(line, key, "文字（加引号）", other),
            }
        }
        texts
    }

    /// The tables `[[key]]`; none where the key does not stand.
    pub fn tables(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Vec<Table<'a>> {
        let Some((line, value)) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            sheet.wrong_type(line, key, &format!("表 [[{key}]]"), value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            let line = sheet.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => tables.push(sheet.open(table, line)),
                other => sheet.wrong_type(line, key, &format!("表 [[{key}]]"), other),
            }
        }
        tables
    }

    /// The entries of a table whose keys are free, such as paths; empty where the key does not stand.
    pub fn entries(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Vec<(Located<String>, &'a DeValue<'a>)> {
        let Some((line, value)) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value else {
            sheet.wrong_type(line, key, "表 { … }", value);
            return Vec::new();
        };
        let opened = sheet.open(table, line);
        let entry = |(value, (line, of)): (String, (usize, &'a DeValue<'a>))| (Located { value, line }, of);
        opened.entries.into_iter().map(entry).collect()
    }
}
