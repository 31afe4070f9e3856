//! The acts on a real file. The number of what must always hold (I1-I12) stands in the names of the tests.

mod accounts;
mod couple;
mod evening;
mod find;
mod once;
mod prints;
mod privacy;
mod refuse;
mod register;
mod second_look;
mod seed;
mod stock;
mod words;

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

    /// One that gives no numbers of its own.
    pub fn never() -> Self {
        let mut hall = Self::new();
        let admin = hall.sign_in("admin");
        hall.registry.set_setting(&admin, "issue_offline", "never").unwrap();
        hall
    }

    /// Hands a couple in as the registrar.
    pub fn submit(&mut self, couple: &serde_json::Value) -> Submitted {
        let session = self.sign_in("registrar");
        self.registry
            .submit(&session, "marriage", couple, SubmitOptions::default())
            .unwrap()
    }

    pub fn case(&mut self, number: &str) -> CaseView {
        let session = self.sign_in("registrar");
        self.registry.case_view(&session, number).unwrap()
    }

    /// Something that another registry or a court told.
    pub fn event(&mut self, id_no: &str, kind: &str, happened_on: NaiveDate) {
        let session = self.sign_in("admin");
        let row = crate::store::StatusRow {
            id_no: id_no.into(),
            kind: kind.into(),
            happened_on,
            source: "test".into(),
        };
        let entry = super::registry::Act::new("test", "").entry(&session);
        self.registry.store.write(entry, |tx| tx.insert_status(&row)).unwrap();
    }

    /// Blanks left at desk 1.
    pub fn blanks(&mut self) -> i64 {
        let session = self.sign_in("registrar");
        self.registry.home(&session).unwrap().blanks[0].1
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
