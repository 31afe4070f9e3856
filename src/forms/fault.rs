//! What is wrong with a data file, by file and line, and the known word nearest to an unknown one.

use std::fmt;

/// How like the nearest word must be: one slip in a code of two characters comes to two thirds.
const LIKE: f64 = 0.66;

/// Words longer than this are no slips of the hand; nothing near is looked for.
const LONGEST_WORD: usize = 60;

/// A fault of a data file under `forms/` or of a county's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file as a person would open it, such as `desk/marriage.toml`.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The key or the id it is about; may be empty.
    pub key: String,
    /// What is wrong and what was expected, in Chinese.
    pub problem: String,
    /// The nearest known word, where there is one.
    pub nearest: Option<String>,
}

impl Fault {
    /// A fault of a file as a whole.
    pub fn of_file(file: &str, problem: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            key: String::new(),
            problem: problem.into(),
            nearest: None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(f, " {}", self.key)?;
        }
        write!(f, "：{}", self.problem)?;
        match &self.nearest {
            Some(word) => write!(f, "（是不是“{word}”？）"),
            None => Ok(()),
        }
    }
}

/// The line of a key at the head of a TOML text, from 1; the first where it does not stand there.
pub(super) fn line_of_key(text: &str, key: &str) -> usize {
    let stands = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(stands).map_or(1, |at| at + 1)
}

/// The known word that was most likely meant; `None` where none is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if word.chars().count() > LONGEST_WORD {
        return None;
    }
    let likeness = |other: &'a str| {
        let by_letters = strsim::jaro_winkler(word, other);
        // Two letters swapped in a short word are one slip, which the first measure takes for two strangers.
        let by_slips = strsim::normalized_damerau_levenshtein(word, other);
        (by_letters.max(by_slips), other)
    };
    let best = known.into_iter().map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness > LIKE)
        .map(|(_, word)| word.to_owned())
}

/// The beginning of a word, short enough for a sentence.
pub fn shortened(word: &str) -> String {
    let mut short: String = word.chars().take(LONGEST_WORD).collect();
    if short.len() < word.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["man.birth", "man.name", "woman.birth"];
        assert_eq!(nearest("man.brith", known).as_deref(), Some("man.birth"));
        assert_eq!(nearest("xyz", known), None);
        assert_eq!(nearest(&"m".repeat(100), known), None);
    }

    #[test]
    fn a_fault_reads_as_one_line() {
        let fault = Fault {
            file: "desk/marriage.toml".into(),
            line: 7,
            key: "kind".into(),
            problem: "没有“txt”".into(),
            nearest: Some("text".into()),
        };
        assert_eq!(
            fault.to_string(),
            "desk/marriage.toml:7 kind：没有“txt”（是不是“text”？）"
        );
    }
}
