//! All data files of this program, compiled.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;

use super::{Answers, Circumstances, Examination, Facts, Fault, Form};
use crate::domain::{area::AreaTable, calendar::WorkCalendar, code_list::CodeList, finding::Finding};

/// The data files: embedded ones, and a county's laid over them.
#[derive(Debug, Default)]
pub struct Forms {
    faults: Vec<Fault>,
}

impl Forms {
    /// The files inside the program.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The files inside the program with a county's folder laid over them. A broken file disables what it defines,
    /// and stands in [`Forms::faults`].
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn with_folder(_folder: &Path) -> std::io::Result<Self> {
        Ok(Self::default())
    }

    /// What is wrong with the files.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The form of an id in force on a day; `None` outside its dates or where its file is broken.
    pub fn form(&self, _id: &str, _on: NaiveDate) -> Option<&Form> {
        None
    }

    /// A list of codes.
    pub fn list(&self, _id: &str) -> Option<&CodeList> {
        None
    }

    /// Administrative areas; read when first asked for.
    pub fn areas(&self) -> &AreaTable {
        static EMPTY: std::sync::LazyLock<AreaTable> = std::sync::LazyLock::new(AreaTable::default);
        &EMPTY
    }

    /// Rest days and make-up workdays; read when first asked for.
    pub fn calendar(&self) -> &WorkCalendar {
        static EMPTY: std::sync::LazyLock<WorkCalendar> = std::sync::LazyLock::new(WorkCalendar::default);
        &EMPTY
    }

    /// The finding of a code in `rules/messages.toml`: raised by the desk, its words from the data.
    pub fn message(&self, _code: &str, _field: Option<&str>, _params: BTreeMap<String, String>) -> Option<Finding> {
        None
    }

    /// Holds answers and facts against a form and its rules.
    pub fn examine(&self, _form: &Form, _answers: &Answers, _facts: &Facts, _now: Circumstances) -> Examination {
        Examination::default()
    }
}
