//! What a tariff and a policy have in common: dates, status, source, and the words they speak in.

use chrono::NaiveDate;

/// Whether a file may be used at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being written (草案): for rehearsal alone.
    Draft,
    /// Invented to show or train (样例); its papers say so.
    Sample,
    /// In force between its dates (有效).
    InForce,
    /// Withdrawn (废止): never used.
    Repealed,
}

/// A name or a sentence in both languages; the English falls back on the Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Head of a tariff or policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id: `hangzhou`; versions of one list share it.
    pub id: String,
    /// Title.
    pub title: Words,
    /// First day of its version.
    pub effective_from: NaiveDate,
    /// Last day of its version, if its end is known.
    pub effective_to: Option<NaiveDate>,
    /// Whether it may be used.
    pub status: Status,
    /// The notice it was transcribed from, with number and date.
    pub source: String,
    /// When somebody last held it against the source.
    pub checked_on: Option<NaiveDate>,
    /// Who did.
    pub checked_by: String,
    /// Whether its quotes are the notice's own words (原文); else they sum up what was published (要点).
    pub verbatim: bool,
    /// SHA-256 (hex) of the file's text, by which a case remembers what it was decided under.
    pub sha256: String,
}

impl Status {
    /// The word in a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sample => "sample",
            Self::InForce => "in_force",
            Self::Repealed => "repealed",
        }
    }

    /// Whether a settlement may rest on it.
    pub fn usable(self) -> bool {
        matches!(self, Self::Sample | Self::InForce)
    }
}

impl Words {
    /// Words in both languages; an empty English one takes the Chinese.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        let (zh, en) = (zh.into(), en.into());
        Self {
            en: if en.is_empty() { zh.clone() } else { en },
            zh,
        }
    }
}

impl Head {
    /// Whether a day lies between its dates.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    /// Whether some day lies between the dates of both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |last: Option<NaiveDate>, first: NaiveDate| last.is_some_and(|last| last < first);
        !before(self.effective_to, other.effective_from) && !before(other.effective_to, self.effective_from)
    }
}
