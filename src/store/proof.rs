//! Single rows held against the audit chain, as [`Store::verify`](super::Store::verify) holds all of them.

use rusqlite::OptionalExtension;
use serde_json::Value;

use super::chain::AuditRow;
use super::rows::{CASE_FILE, DEFINITION, DOCUMENT, Table};
use super::{Reader, StoreError};

impl Reader<'_> {
    /// Whether a paper, the case it belongs to and the text of its layout stand as their acts wrote them. A bulk act
    /// vouches for its rows as a whole, which verification asks for.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn paper_stands(&self, document: i64, case: &str, layout_sha256: &str) -> Result<bool, StoreError> {
        let id = |sql: &str, key: &str| -> Result<Option<i64>, StoreError> {
            let mut statement = self.connection.prepare_cached(sql)?;
            Ok(statement.query_row([key], |row| row.get(0)).optional()?)
        };
        let case = id("SELECT id FROM case_file WHERE number = ?1", case)?;
        let layout = id("SELECT id FROM definition WHERE sha256 = ?1", layout_sha256)?;
        let rows = [(DOCUMENT, Some(document)), (CASE_FILE, case), (DEFINITION, layout)];
        for (table, id) in rows {
            if let Some(id) = id
                && !self.stands(table, id)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a row has the hash that the entry which wrote it last lists, and that entry its own.
    fn stands(&self, table: Table, id: i64) -> Result<bool, StoreError> {
        let Some((hash, seq)) = table.hash(self.connection, id)? else {
            return Ok(false);
        };
        let mut statement = self.connection.prepare_cached("SELECT * FROM audit WHERE seq = ?1")?;
        let Some(entry) = statement.query_row([seq], AuditRow::read).optional()? else {
            return Ok(false);
        };
        let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
        let listed = |key: &str| body.get(key).and_then(Value::as_array).into_iter().flatten();
        let number = |row: &Value, at: usize| row.get(at).and_then(Value::as_i64);
        let own = |row: &&Value| row.get(0).and_then(Value::as_str) == Some(table.name);
        let by_itself = listed("rows").filter(own).find(|row| number(row, 1) == Some(id));
        let fits = match by_itself {
            Some(row) => row.get(2).and_then(Value::as_str) == Some(hex::encode(hash).as_str()),
            None => listed("chunks")
                .filter(own)
                .any(|row| number(row, 1).is_some_and(|from| from <= id) && number(row, 2).is_some_and(|to| id <= to)),
        };
        Ok(fits && entry.hash == entry.computed())
    }
}
