//! Keys of acts, made by whoever asks: the same key with the same content is the same act (I12). A case may have
//! several, one for each act that took it further.

use rusqlite::{OptionalExtension, params};

use super::rows::ACT_KEY;
use super::{Reader, StoreError, Tx};

/// An act that was done under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActKeyRow {
    /// The key.
    pub key: String,
    /// SHA-256 of what was asked for.
    pub fingerprint: String,
    /// The case.
    pub case: String,
    /// What became of it then.
    pub outcome: String,
}

impl Reader<'_> {
    /// The act that was done under a key.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn act_of(&self, key: &str) -> Result<Option<ActKeyRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, fingerprint, case_number, outcome FROM act_key WHERE key = ?1")?;
        let row = statement
            .query_row([key], |row| {
                Ok(ActKeyRow {
                    key: row.get(0)?,
                    fingerprint: row.get(1)?,
                    case: row.get(2)?,
                    outcome: row.get(3)?,
                })
            })
            .optional()?;
        Ok(row)
    }
}

impl Tx<'_> {
    /// Notes under which key this act was done.
    ///
    /// # Errors
    /// The key was used before, or the store cannot be written.
    pub fn keep_key(&mut self, row: &ActKeyRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO act_key(key, fingerprint, case_number, outcome, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row.key, row.fingerprint, row.case, row.outcome, self.seq])?;
        self.inserted(ACT_KEY);
        Ok(())
    }
}
