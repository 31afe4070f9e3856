//! A list narrowed by typing: codes by their digits, names by characters, pinyin or initials.

use super::first_shown;
use crate::domain::{name, text::compare_key};
use crate::tui::event::Key;
use crate::tui::input::Input;

/// One line to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What choosing it gives.
    pub value: String,
    /// What is shown.
    pub label: String,
    keys: Vec<String>,
}

/// A list, what was typed to narrow it, and the line chosen so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    lines: Vec<Line>,
    query: Input,
    found: Vec<usize>,
    at: usize,
}

/// How well a typed word fits a key; lower is better.
fn rank(key: &str, query: &str) -> Option<usize> {
    if key == query {
        Some(0)
    } else if key.starts_with(query) {
        Some(1)
    } else {
        key.contains(query).then_some(2)
    }
}

impl Line {
    /// A line found by its value, its name, the name's pinyin and initials.
    pub fn new(value: &str, name: &str, label: &str) -> Self {
        let (initials, pinyin) = name::reading(name);
        let keys = [value, name, &initials, &pinyin].map(compare_key).to_vec();
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            keys,
        }
    }

    /// A line found by a code that is not its value.
    pub fn coded(value: &str, code: &str, name: &str, label: &str) -> Self {
        let line = Self::new(code, name, label);
        Self {
            value: value.to_owned(),
            ..line
        }
    }

    /// The same, found by another name too.
    #[must_use]
    pub fn also(mut self, name: &str) -> Self {
        let (initials, pinyin) = name::reading(name);
        self.keys.extend([name, &initials, &pinyin].map(compare_key));
        self
    }

    fn rank(&self, query: &str) -> Option<usize> {
        self.keys.iter().filter_map(|key| rank(key, query)).min()
    }
}

impl Choice {
    /// All lines, narrowed by what was typed already.
    pub fn new(lines: Vec<Line>, typed: &str) -> Self {
        let mut choice = Self {
            lines,
            query: Input::new(typed, None),
            found: vec![],
            at: 0,
        };
        choice.narrow();
        choice
    }

    /// The line of this value is chosen to begin with.
    pub fn choose(&mut self, value: &str) {
        let at = self
            .found
            .iter()
            .position(|line| self.lines.get(*line).is_some_and(|line| line.value == value));
        self.at = at.unwrap_or(self.at);
    }

    /// What was typed.
    pub fn query(&self) -> &Input {
        &self.query
    }

    /// The line chosen so far.
    pub fn chosen(&self) -> Option<&Line> {
        self.lines.get(*self.found.get(self.at)?)
    }

    /// Takes a paste.
    pub fn text(&mut self, text: &str, typed: usize) {
        self.query.paste(text, typed);
        self.narrow();
    }

    /// Takes a key; whether it was for the list.
    pub fn key(&mut self, key: Key, page: usize) -> bool {
        let last = self.found.len().saturating_sub(1);
        match key {
            Key::Down => self.at = (self.at + 1).min(last),
            Key::Up => self.at = self.at.saturating_sub(1),
            Key::PageDown => self.at = (self.at + page).min(last),
            Key::PageUp => self.at = self.at.saturating_sub(page),
            key => {
                let taken = self.query.key(key);
                if taken {
                    self.narrow();
                }
                return taken;
            }
        }
        true
    }

    /// The labels to show in so many rows, and which of them is chosen.
    pub fn shown(&self, rows: usize) -> impl Iterator<Item = (&str, bool)> {
        self.seen(rows).map(|(line, chosen)| (line.label.as_str(), chosen))
    }

    /// As [`Choice::shown`], the lines themselves, for a screen that labels them anew each time.
    pub fn seen(&self, rows: usize) -> impl Iterator<Item = (&Line, bool)> {
        let first = first_shown(self.at, self.found.len(), rows);
        let seen = self.found.iter().enumerate().skip(first).take(rows);
        seen.filter_map(|(at, line)| Some((self.lines.get(*line)?, at == self.at)))
    }

    fn narrow(&mut self) {
        let query = compare_key(self.query.text());
        let ranked = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((line.rank(&query)?, at)));
        let mut ranked: Vec<_> = ranked.collect();
        if !query.is_empty() {
            ranked.sort();
        }
        self.found = ranked.into_iter().map(|(_, at)| at).collect();
        self.at = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_initials_pinyin_and_hanzi_narrow() {
        let lines = [("01", "汉族"), ("03", "回族"), ("11", "满族")];
        let lines = lines
            .map(|(code, name)| Line::new(code, name, &format!("{code} {name}")))
            .to_vec();
        let chosen = |typed: &str| {
            let choice = Choice::new(lines.clone(), typed);
            choice.chosen().map(|line| line.value.clone())
        };
        assert_eq!(chosen("11").as_deref(), Some("11"));
        assert_eq!(chosen("hui").as_deref(), Some("03"));
        assert_eq!(chosen("mz").as_deref(), Some("11"));
        assert_eq!(chosen("回").as_deref(), Some("03"));
        assert_eq!(chosen("zz"), None);
    }

    #[test]
    fn the_chosen_line_is_always_seen() {
        let lines = (0..50)
            .map(|n| Line::new(&n.to_string(), "行", &format!("第{n}行")))
            .collect();
        let mut choice = Choice::new(lines, "");
        for _ in 0..60 {
            choice.key(Key::Down, 5);
            assert_eq!(choice.shown(7).filter(|(_, chosen)| *chosen).count(), 1);
        }
        assert_eq!(choice.chosen().unwrap().value, "49");
    }
}
