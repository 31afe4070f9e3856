//! Drafts: what is being typed. Durable, but outside the audit chain.

use chrono::NaiveDateTime;
use rusqlite::{OptionalExtension, params};

use super::{Reader, Store, StoreError, Tx};

const REMOVE: &str = "DELETE FROM draft WHERE id = ?1 AND desk = ?2";

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
    /// ID number of the first party, as far as it was typed.
    pub first_id: String,
    /// ID number of the second party, as far as it was typed.
    pub second_id: String,
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
            "SELECT id, desk, kind, label, field, body, first_id, second_id, owner, at FROM draft WHERE desk = ?1
             ORDER BY at DESC, id DESC LIMIT 200",
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
                    first_id: row.get(6)?,
                    second_id: row.get(7)?,
                    owner: row.get(8)?,
                    at: row.get(9)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Id and desk of a draft of a kind in which both people, in these places, are being typed, other than `except`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn draft_of_both(
        &self,
        kind: &str,
        first: &str,
        second: &str,
        except: i64,
    ) -> Result<Option<(i64, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, desk FROM draft WHERE first_id = ?1 AND second_id = ?2 AND kind = ?3 AND id <> ?4 LIMIT 1",
        )?;
        Ok(statement
            .query_row(params![first, second, kind, except], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?)
    }
}

impl Tx<'_> {
    /// Removes the desk's draft that became a case.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn remove_draft(&mut self, id: i64, desk: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(REMOVE)?.execute(params![id, desk])?;
        Ok(())
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
                "INSERT INTO draft(id, desk, kind, label, field, body, first_id, second_id, owner, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT(id) DO UPDATE SET label = excluded.label, field = excluded.field, body = excluded.body,
                   first_id = excluded.first_id, second_id = excluded.second_id, at = excluded.at
                 WHERE draft.desk = excluded.desk RETURNING id",
            )?
            .query_row(
                params![
                    known,
                    row.desk,
                    row.kind,
                    row.label,
                    row.field,
                    row.body,
                    row.first_id,
                    row.second_id,
                    row.owner,
                    row.at
                ],
                |row| row.get(0),
            )
            .optional()?
            .ok_or_else(|| StoreError::Changed(row.label.clone()))?;
        Ok(id)
    }

    /// Removes a draft of a desk.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn remove_draft(&mut self, id: i64, desk: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(REMOVE)?.execute(params![id, desk])?;
        Ok(())
    }
}
