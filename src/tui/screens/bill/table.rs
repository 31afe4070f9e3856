//! The line of the bill that is being typed: an item by digit, code or pinyin, then only what its price asks for.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::head;
use crate::desk::ItemLine;
use crate::domain::money::Fen;
use crate::domain::waiver::{Quantity, TIMES, minutes_of, time};
use crate::forms::Answer;
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::state::Shared;
use crate::tui::widgets::{Choice, ChoiceLine, columns};
use crate::tui::words::{self, Lang, Word};

/// A line of the bill as the draft keeps it.
pub type Row = BTreeMap<String, Answer>;

/// Rows that PageDown passes.
const PAGE: usize = 8;

/// Most characters of a cell.
const LONGEST: usize = 25;

/// The line that is being typed.
#[derive(Debug)]
pub struct Entry {
    /// The items to pick from.
    pub choice: Choice,
    /// The item that was picked.
    item: Option<ItemLine>,
    cells: Vec<Cell>,
    at: usize,
    /// The row of the bill it stands for, where one is being changed.
    pub editing: Option<usize>,
    today: NaiveDate,
}

/// Something to be told of a line.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its key in the row.
    pub key: String,
    /// What was typed.
    pub input: Input,
}

/// What came of a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing to be done about it.
    Taken,
    /// The key means nothing here.
    Passed,
    /// What was typed is not what is asked for.
    Wrong(Word),
    /// The line is complete.
    Row(Row),
}

impl Entry {
    /// An empty line over these items.
    pub fn new(items: &[ItemLine], lang: Lang, today: NaiveDate) -> Self {
        Self {
            choice: Choice::new(lines(items, lang), ""),
            item: None,
            cells: vec![],
            at: 0,
            editing: None,
            today,
        }
    }

    /// A line of the bill, to be changed.
    pub fn of(items: &[ItemLine], shared: &Shared, at: usize, row: &Row, offsite: bool) -> Self {
        let mut entry = Self::new(items, shared.lang, shared.now.date());
        let code = text(row, "item");
        if let Some(item) = items.iter().find(|item| item.code == code) {
            entry.take(item.clone(), offsite);
            for cell in &mut entry.cells {
                let typed = match times_of(row) {
                    Some(times) if cell.key == "quantity" => times,
                    _ => text(row, &cell.key),
                };
                cell.input = Input::new(&typed, Some(LONGEST));
            }
        }
        entry.editing = Some(at);
        entry
    }

    /// The item that was picked.
    pub fn item(&self) -> Option<&ItemLine> {
        self.item.as_ref()
    }

    /// What else is told of the line, with whether the caret stands there.
    pub fn cells(&self) -> impl Iterator<Item = (&Cell, bool)> {
        self.cells.iter().enumerate().map(|(at, cell)| (cell, at == self.at))
    }

    /// Whether the caret stands in a quantity that may be told as two times.
    pub fn at_timed_quantity(&self) -> bool {
        let timed = self.item.as_ref().is_some_and(|item| minutes_of(&item.unit).is_some());
        timed && self.cell().is_some_and(|cell| cell.key == "quantity")
    }

    /// Whether nothing was typed yet.
    pub fn is_empty(&self) -> bool {
        self.item.is_none() && self.choice.query().is_empty()
    }

    /// Takes an item by its place; the line, where it is complete with that.
    pub fn pick(&mut self, items: &[ItemLine], at: usize, offsite: bool) -> Option<Row> {
        match self.take(items.get(at)?.clone(), offsite) {
            Typed::Row(row) => Some(row),
            _ => None,
        }
    }

    /// Takes a key; `offsite` asks each line for its price.
    pub fn key(&mut self, items: &[ItemLine], key: Key, offsite: bool) -> Typed {
        if self.item.is_none() {
            return self.key_for_item(items, key, offsite);
        }
        match key {
            Key::Enter | Key::Tab => self.next(),
            Key::BackTab => {
                self.back();
                Typed::Taken
            }
            Key::Backspace if self.cell().is_none_or(|cell| cell.input.is_empty()) => {
                self.back();
                Typed::Taken
            }
            key => {
                let taken = self.cells.get_mut(self.at).is_some_and(|cell| cell.input.key(key));
                if taken { Typed::Taken } else { Typed::Passed }
            }
        }
    }

    fn key_for_item(&mut self, items: &[ItemLine], key: Key, offsite: bool) -> Typed {
        let by_digit = match key {
            Key::Char(digit @ '1'..='9') if self.choice.query().is_empty() => digit
                .to_digit(10)
                .and_then(|n| items.get(usize::try_from(n).ok()?.checked_sub(1)?)),
            _ => None,
        };
        if let Some(item) = by_digit {
            return self.take(item.clone(), offsite);
        }
        match key {
            Key::Enter if self.choice.query().is_empty() => Typed::Passed,
            Key::Enter => {
                let code = self.choice.chosen().map(|line| line.value.clone());
                match items.iter().find(|item| Some(&item.code) == code.as_ref()) {
                    Some(item) => self.take(item.clone(), offsite),
                    None => Typed::Wrong(words::NO_MATCH),
                }
            }
            Key::Up | Key::Backspace if self.choice.query().is_empty() => Typed::Passed,
            key if self.choice.key(key, PAGE) => Typed::Taken,
            _ => Typed::Passed,
        }
    }

    /// Takes an item; the line may be complete with that.
    fn take(&mut self, item: ItemLine, offsite: bool) -> Typed {
        let mut keys: Vec<&str> = Vec::new();
        if !item.single {
            keys.push("quantity");
        }
        keys.extend(item.asks.iter().map(String::as_str).filter(|_| !offsite));
        if item.stated || offsite {
            keys.push("unit_price");
        }
        self.cells = keys
            .into_iter()
            .map(|key| Cell {
                key: key.to_owned(),
                input: Input::new("", Some(LONGEST)),
            })
            .collect();
        self.item = Some(item);
        self.at = 0;
        if self.cells.is_empty() {
            Typed::Row(self.row())
        } else {
            Typed::Taken
        }
    }

    fn cell(&self) -> Option<&Cell> {
        self.cells.get(self.at)
    }

    fn back(&mut self) {
        match self.at.checked_sub(1) {
            Some(before) => self.at = before,
            None => {
                self.item = None;
                self.cells.clear();
            }
        }
    }

    fn next(&mut self) -> Typed {
        let timed = self.at_timed_quantity();
        if let Some(wrong) = self.cell().and_then(|cell| wrong(cell, timed, self.today)) {
            return Typed::Wrong(wrong);
        }
        if self.at + 1 < self.cells.len() {
            self.at += 1;
            Typed::Taken
        } else {
            Typed::Row(self.row())
        }
    }

    /// The line as the draft keeps it; a quantity that was not typed is one.
    fn row(&self) -> Row {
        let code = self.item.as_ref().map(|item| item.code.clone()).unwrap_or_default();
        let mut row = Row::from([("item".to_owned(), Answer::Text(code))]);
        row.insert("quantity".to_owned(), Answer::Text("1".to_owned()));
        for cell in &self.cells {
            let typed = cell.input.text().trim();
            let answer = match cell.key.as_str() {
                _ if typed.is_empty() => continue,
                "quantity" if typed.contains(BETWEEN) => {
                    row.remove("quantity");
                    let times = times(typed, self.today).unwrap_or_default();
                    row.extend(TIMES.map(str::to_owned).into_iter().zip(times.map(Answer::Text)));
                    continue;
                }
                "unit_price" | "cost" => {
                    Fen::parse(typed).map_or(Answer::Text(typed.to_owned()), |fen| Answer::Integer(fen.0))
                }
                _ => Answer::Text(typed.to_owned()),
            };
            row.insert(cell.key.clone(), answer);
        }
        row
    }
}

/// Stands between two times.
const BETWEEN: char = '-';

/// Two times as they are typed, `11201500-11220900`, as a line of a bill keeps them; the second is the later one.
fn times(typed: &str, today: NaiveDate) -> Option<[String; 2]> {
    let (from, to) = typed.split_once(BETWEEN)?;
    let one = |typed: &str| {
        let typed = typed.trim();
        let (day, clock) = typed.split_at_checked(typed.len().checked_sub(4)?)?;
        let clock = NaiveTime::parse_from_str(clock, "%H%M").ok()?;
        Some(head::day(day, today)?.and_time(clock))
    };
    let (from, to) = (one(from)?, one(to)?);
    (from < to).then(|| [from, to].map(|time| time.format("%Y-%m-%dT%H:%M").to_string()))
}

/// The times of a row as they are typed.
fn times_of(row: &Row) -> Option<String> {
    let [from, to] = TIMES.map(|key| time(&text(row, key)).map(|time| time.format("%m%d%H%M").to_string()));
    Some(format!("{}{BETWEEN}{}", from?, to?))
}

/// Why a cell cannot stay as it is; `timed` where a quantity may be told as two times.
fn wrong(cell: &Cell, timed: bool, today: NaiveDate) -> Option<Word> {
    let typed = cell.input.text().trim();
    match cell.key.as_str() {
        "quantity" if typed.is_empty() => None,
        "quantity" if timed && typed.contains(BETWEEN) => times(typed, today).is_none().then_some(words::BILL_NO_TIMES),
        "quantity" => Quantity::parse(typed)
            .is_none_or(|n| n.0 <= 0)
            .then_some(words::BILL_NO_QUANTITY),
        "unit_price" | "cost" => Fen::parse(typed).is_err().then_some(words::BILL_NO_PRICE),
        _ => None,
    }
}

/// A cell of a row as it was typed.
pub fn text(row: &Row, key: &str) -> String {
    match row.get(key) {
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Integer(fen)) => Fen(*fen).to_string(),
        _ => String::new(),
    }
}

/// The items as a list to pick from: the first nine by one digit.
fn lines(items: &[ItemLine], lang: Lang) -> Vec<ChoiceLine> {
    let line = |(n, item): (usize, &ItemLine)| {
        let number = n.to_string();
        let digit = if n < 10 { number.as_str() } else { "" };
        let name = lang.of(&item.name.zh, &item.name.en);
        let label = columns(&[
            (digit, 2),
            (name, 24),
            (&item.price, 16),
            (&item.unit, 4),
            (&item.code, 12),
        ]);
        ChoiceLine::coded(&item.code, &number, &item.name.zh, &label)
            .also(&item.code)
            .also(&item.name.en)
    };
    (1..).zip(items).map(line).collect()
}
