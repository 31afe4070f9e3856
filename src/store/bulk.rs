//! Many records in one act: rows as always, but one hash over each table's rows instead of one a row. Such a row is
//! never written again: its first state is part of that hash.

use rusqlite::{Connection, TransactionBehavior};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::certificate::{CertificateRow, PartyRow};
use super::chain::Hash;
use super::rows::{ALT_KEY, CERTIFICATE, PARTY, Table, hash_row};
use super::{Store, StoreError, Tx};

/// What people are found by.
const INDEXES: &str = include_str!("migrations/indexes.sql");

/// Records from which on it pays to leave the indexes out.
const MANY: u64 = 20_000;

/// Makes the indexes that are missing, as after a bulk act that was cut off.
pub(super) fn mend(connection: &mut Connection) -> Result<(), StoreError> {
    if !missing(connection)? {
        return Ok(());
    }
    // Sorting ten million keys wants room; on disk, so that memory stays flat.
    connection.execute_batch("PRAGMA temp_store = FILE")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(INDEXES)?;
    transaction.commit()?;
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    Ok(())
}

fn missing(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?1")?;
    for name in names() {
        if !statement.exists([name])? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn names() -> impl Iterator<Item = &'static str> {
    INDEXES
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE INDEX IF NOT EXISTS ")?.split(' ').next())
}

impl Store {
    /// Runs a bulk of acts that will write so many records; into a file with few records the indexes are left out
    /// meanwhile. Cut off in between, they are made again when the file is opened next.
    ///
    /// # Errors
    /// What the acts say, or the store cannot be written.
    pub fn in_bulk<T, E: From<StoreError>>(
        &mut self,
        records: u64,
        acts: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let there: i64 = self
            .connection
            .query_row("SELECT COALESCE(MAX(id), 0) FROM certificate", [], |row| row.get(0))
            .map_err(StoreError::from)?;
        if records < MANY || there.unsigned_abs() > records {
            return acts(self);
        }
        let drops: String = names().map(|name| format!("DROP INDEX IF EXISTS {name};")).collect();
        self.connection.execute_batch(&drops).map_err(StoreError::from)?;
        let done = acts(self);
        mend(&mut self.connection)?;
        done
    }
}

/// What is kept of a row's own hash beside the one over all of them.
pub(super) fn mark(hash: &Hash) -> u8 {
    let [first, ..] = hash;
    *first
}

impl Tx<'_> {
    /// Writes certificates with the people on them; keys, indexes and audit as of a single act.
    ///
    /// # Errors
    /// A twin of a number, or the store cannot be written.
    pub fn insert_many(&mut self, records: &[(CertificateRow, [PartyRow; 2])]) -> Result<(), StoreError> {
        let tables = [CERTIFICATE, PARTY, ALT_KEY];
        let before: Vec<i64> = tables
            .iter()
            .map(|table| self.last_id(*table))
            .collect::<Result<_, _>>()?;
        for (certificate, parties) in records {
            self.put_certificate(certificate)?;
            let id = self.connection.last_insert_rowid();
            for party in parties {
                self.put_party(id, party)?;
            }
        }
        for (table, before) in tables.into_iter().zip(before) {
            let last = self.last_id(table)?;
            if last > before {
                let (hash, marks) = self.hash_range(table, before + 1, last)?;
                self.chunks.push(json!([table.name, before + 1, last, hash, marks]));
            }
        }
        Ok(())
    }

    fn last_id(&self, table: Table) -> Result<i64, StoreError> {
        let sql = format!("SELECT COALESCE(MAX(id), 0) FROM {}", table.name);
        Ok(self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
    }

    /// One hash over all rows, which proves them, and a byte of each row's own, which tells the one that was changed.
    fn hash_range(&self, table: Table, from: i64, to: i64) -> Result<(String, String), StoreError> {
        let mut statement = self.connection.prepare_cached(table.range)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([from, to])?;
        let (mut hasher, mut marks) = (Sha256::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let hash = hash_row(row, names.iter().map(String::as_str))?;
            hasher.update(hash);
            marks.push(mark(&hash));
        }
        Ok((hex::encode(hasher.finalize()), hex::encode(marks)))
    }
}
