//! The acts on a real file. The number of what must always hold (I1-I12) stands in the names of the tests.

mod accounts;
mod seed;
mod stock;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use tempfile::TempDir;

use super::*;
use crate::forms::Forms;

/// A training registry in a folder of its own.
pub struct Hall {
    pub folder: TempDir,
    pub registry: Registry,
}

/// 24 November 2026, nine o'clock.
pub fn nine() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24)
        .unwrap()
        .and_hms_opt(9, 0, 0)
        .unwrap()
}

/// The data files inside the program, compiled once.
pub fn forms() -> Arc<Forms> {
    static FORMS: std::sync::LazyLock<Arc<Forms>> = std::sync::LazyLock::new(|| Arc::new(Forms::embedded()));
    Arc::clone(&FORMS)
}

impl Hall {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let founding = Founding::training(nine()).unwrap();
        let registry = Registry::found(&folder.path().join("r.db"), forms(), &founding).unwrap();
        Self { folder, registry }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("r.db")
    }

    /// Another process on the same file.
    pub fn another(&self) -> Registry {
        Registry::open(&self.path(), forms()).unwrap()
    }

    pub fn sign_in(&mut self, name: &str) -> Session {
        self.registry
            .sign_in(name, "training", "1", Clock::Fixed(nine()))
            .unwrap()
    }

    /// How many entries the audit log has.
    pub fn entries(&mut self) -> i64 {
        let session = self.sign_in("auditor");
        self.registry.day_view(&session, nine().date()).unwrap().audit_seq
    }

    pub fn verify(&mut self) -> Verified {
        let session = self.sign_in("auditor");
        self.registry.verify(&session, &mut |_, _| {}).unwrap()
    }
}
