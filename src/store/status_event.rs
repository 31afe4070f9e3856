//! What ended or changed a marriage elsewhere: divorce, court, death.

use chrono::NaiveDate;
use rusqlite::params;

use super::certificate::id_key;
use super::rows::STATUS_EVENT;
use super::{StoreError, Tx};

/// Something that happened to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    /// ID number of the person.
    pub id_no: String,
    /// `divorce`, `annulled`, `spouse_death` or `death`.
    pub kind: String,
    /// When.
    pub happened_on: NaiveDate,
    /// Who said so.
    pub source: String,
}

impl Tx<'_> {
    /// Notes it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn insert_status(&mut self, row: &StatusRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO status_event(id_no, kind, happened_on, source, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id_key(&row.id_no),
                row.kind,
                row.happened_on,
                row.source,
                self.seq
            ])?;
        self.inserted(STATUS_EVENT);
        Ok(())
    }
}
