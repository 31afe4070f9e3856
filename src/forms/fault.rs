//! What is wrong with a data file, by file and line.

use std::fmt;

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
