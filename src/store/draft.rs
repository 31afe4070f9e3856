//! Drafts: what is being typed. Durable, but outside the audit chain.

use chrono::NaiveDateTime;
use rusqlite::params;

use super::{Reader, Store, StoreError};

/// A draft's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its id; 0 before it was first saved.
    pub id: i64,
    /// The desk it is typed at.
    pub desk: String,
    /// The form.
    pub kind: String,
    /// What lists call it.
    pub label: String,
    /// The field to come back to.
    pub field: String,
    /// The answers, JSON.
    pub body: String,
    /// Who types.
    pub owner: String,
    /// When it was last saved.
    pub at: NaiveDateTime,
}

impl Reader<'_> {
    /// The drafts of a desk, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn drafts(&self, desk: &str) -> Result<Vec<DraftRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, desk, kind, label, field, body, owner, at FROM draft WHERE desk = ?1 ORDER BY at DESC, id DESC LIMIT 200",
        )?;
        let rows = statement
            .query_map([desk], |row| {
                Ok(DraftRow {
                    id: row.get(0)?,
                    desk: row.get(1)?,
                    kind: row.get(2)?,
                    label: row.get(3)?,
                    field: row.get(4)?,
                    body: row.get(5)?,
                    owner: row.get(6)?,
                    at: row.get(7)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Store {
    /// Saves a draft and gives its id.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn save_draft(&mut self, row: &DraftRow) -> Result<i64, StoreError> {
        let known = (row.id != 0).then_some(row.id);
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO draft(id, desk, kind, label, field, body, owner, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT(id) DO UPDATE SET label = excluded.label, field = excluded.field, body = excluded.body,
                   at = excluded.at RETURNING id",
            )?
            .query_row(
                params![known, row.desk, row.kind, row.label, row.field, row.body, row.owner, row.at],
                |row| row.get(0),
            )?;
        Ok(id)
    }

    /// Removes a draft.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn remove_draft(&mut self, id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM draft WHERE id = ?1")?
            .execute([id])?;
        Ok(())
    }
}
