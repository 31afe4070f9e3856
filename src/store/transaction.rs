//! Reading and writing: every act is one transaction with exactly one audit entry.

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::NaiveDateTime;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Map, Value, json};

use super::chain::{self, AuditRow};
use super::rows::Table;
use super::{Flaw, Store, StoreError};

/// Who does what, for the audit log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When, local time.
    pub at: NaiveDateTime,
    /// At which desk.
    pub desk: String,
    /// Which account.
    pub actor: String,
    /// What is done, such as `marriage.register`.
    pub action: String,
    /// To what; may be set later by [`Tx::set_subject`].
    pub subject: String,
    /// What else the log should say.
    pub detail: Value,
}

/// The record as one moment shows it.
pub struct Reader<'a> {
    pub(super) connection: &'a Connection,
}

/// An open write. Dropped without its audit entry, nothing was written.
pub struct Tx<'a> {
    reader: Reader<'a>,
    pub(super) seq: i64,
    subject: Option<String>,
    touched: BTreeSet<(Table, i64)>,
    pub(super) chunks: Vec<Value>,
    told: Map<String, Value>,
}

impl<'a> Deref for Tx<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl Tx<'_> {
    /// Says what the entry is about, once it is known.
    pub fn set_subject(&mut self, subject: &str) {
        self.subject = Some(subject.to_owned());
    }

    /// Says something more in the entry that is only known while writing.
    pub fn tell(&mut self, key: &str, value: Value) {
        self.told.insert(key.to_owned(), value);
    }

    /// Notes that a row was written; its hash goes into the entry.
    pub(super) fn touch(&mut self, table: Table, id: i64) -> Result<(), StoreError> {
        table.touch(self.connection, self.seq, id)?;
        self.touched.insert((table, id));
        Ok(())
    }

    /// As [`Tx::touch`] for a row that was inserted last, and says already which entry wrote it.
    pub(super) fn inserted(&mut self, table: Table) -> i64 {
        let id = self.connection.last_insert_rowid();
        self.note(table, id);
        id
    }

    /// As [`Tx::touch`] for a row that says already which entry wrote it.
    pub(super) fn note(&mut self, table: Table, id: i64) {
        self.touched.insert((table, id));
    }

    fn body(&self, detail: &Value) -> Result<String, StoreError> {
        let mut rows = Vec::with_capacity(self.touched.len());
        for (table, id) in &self.touched {
            let Some((hash, _)) = table.hash(self.connection, *id)? else {
                return Err(StoreError::Damaged(Flaw::NoRow {
                    table: table.name,
                    id: *id,
                    seq: self.seq,
                }));
            };
            rows.push(json!([table.name, id, hex::encode(hash)]));
        }
        let mut detail = detail.clone();
        if let Value::Object(known) = &mut detail {
            known.extend(self.told.clone());
        }
        let mut body = json!({"detail": detail, "rows": rows});
        if let (false, Some(map)) = (self.chunks.is_empty(), body.as_object_mut()) {
            map.insert("chunks".to_owned(), Value::Array(self.chunks.clone()));
        }
        Ok(body.to_string())
    }
}

impl Store {
    /// Reads the record as one moment shows it.
    ///
    /// # Errors
    /// What the reading says, or the store is busy or damaged.
    pub fn read<T>(&self, reading: impl FnOnce(&Reader) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let result = reading(&Reader {
            connection: &transaction,
        })?;
        transaction.finish()?;
        Ok(result)
    }

    /// Writes in one transaction, with the audit entry. An error of `writing` rolls everything back.
    ///
    /// # Errors
    /// What the writing says, or the store is busy, full or damaged; then nothing was written.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        entry: Entry,
        writing: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_after(&[], |_, _| Ok(()), entry, writing)
    }

    /// As [`Store::write`], with what has to be noted before it, each with its own entry: all of it or nothing.
    ///
    /// # Errors
    /// As [`Store::write`], and what the noting says.
    pub fn write_after<T, E: From<StoreError>>(
        &mut self,
        before: &[Entry],
        noting: impl Fn(&Entry, &mut Tx) -> Result<(), E>,
        entry: Entry,
        writing: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        for first in before {
            with_entry(&transaction, first.clone(), |tx| noting(first, tx))?;
        }
        let result = with_entry(&transaction, entry, writing)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

/// Writes, and the entry behind it.
fn with_entry<T, E: From<StoreError>>(
    connection: &Connection,
    entry: Entry,
    writing: impl FnOnce(&mut Tx) -> Result<T, E>,
) -> Result<T, E> {
    let (seq, prev) = chain::head(connection)?;
    let mut tx = Tx {
        reader: Reader { connection },
        seq: seq + 1,
        subject: None,
        touched: BTreeSet::new(),
        chunks: Vec::new(),
        told: Map::new(),
    };
    let result = writing(&mut tx)?;
    let mut row = AuditRow {
        seq: tx.seq,
        at: entry.at,
        desk: entry.desk,
        actor: entry.actor,
        action: entry.action,
        subject: tx.subject.take().unwrap_or(entry.subject),
        body: tx.body(&entry.detail)?,
        prev,
        hash: [0; 32],
    };
    row.hash = row.computed();
    chain::append(connection, &row)?;
    Ok(result)
}
