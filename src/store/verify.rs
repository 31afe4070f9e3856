//! Verification (核对): the chain and every row it covers. Streams; memory does not grow.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::bulk::mark;
use super::chain::{self, AuditRow, Hash};
use super::rows::{TABLES, Table, hash_row};
use super::{Flaw, Store, StoreError, cross_check};

/// What a verification went through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Entries of the chain.
    pub entries: u64,
    /// Rows of the record.
    pub rows: u64,
    /// The chain's head, hex.
    pub head: String,
}

impl Store {
    /// Walks the whole record. `progress` hears how many entries are done, of how many.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first record that does not fit.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
        record(&self.connection, progress)
    }
}

/// Walks the whole record of a file, as one moment shows it.
pub(super) fn record(connection: &Connection, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let verified = within(&transaction, progress)?;
    transaction.finish()?;
    Ok(verified)
}

/// As [`record`], inside of a transaction that is open already.
pub(super) fn within(connection: &Connection, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
    let mut walk = Walk {
        connection,
        matched: BTreeMap::new(),
    };
    let (last, head) = chain::head(connection)?;
    let entries = walk.chain(last, &head, progress)?;
    let rows = walk.nothing_beside_the_chain()?;
    cross_check::all(connection)?;
    Ok(Verified {
        entries,
        rows,
        head: hex::encode(head),
    })
}

struct Walk<'a> {
    connection: &'a Connection,
    /// Rows of each table that the chain covers.
    matched: BTreeMap<&'static str, i64>,
}

impl Walk<'_> {
    fn chain(&mut self, last: i64, head: &Hash, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare("SELECT * FROM audit ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let (mut prev, mut seq): (Hash, i64) = ([0; 32], 0);
        while let Some(row) = rows.next()? {
            let found: i64 = row.get("seq")?;
            if found != seq + 1 {
                return Err(damaged(Flaw::NoEntry(seq + 1)));
            }
            let changed = |action: &str| {
                let action = action.to_owned();
                damaged(Flaw::Entry { seq: found, action })
            };
            let entry = AuditRow::read(row).map_err(|_| changed(""))?;
            if entry.prev != prev || entry.hash != entry.computed() {
                return Err(changed(&entry.action));
            }
            self.entry(&entry)?;
            (prev, seq) = (entry.hash, entry.seq);
            progress(seq.unsigned_abs(), last.unsigned_abs());
        }
        if seq != last || prev != *head {
            return Err(damaged(Flaw::Head(last, seq)));
        }
        Ok(seq.unsigned_abs())
    }

    /// Holds each row an entry wrote against its hash, where no later entry wrote it again.
    fn entry(&mut self, entry: &AuditRow) -> Result<(), StoreError> {
        let unreadable = || damaged(Flaw::Body(entry.seq));
        let body: Value = serde_json::from_str(&entry.body).map_err(|_| unreadable())?;
        for listed in body.get("rows").and_then(Value::as_array).ok_or_else(unreadable)? {
            let [Value::String(name), id, Value::String(expected)] =
                listed.as_array().map(Vec::as_slice).unwrap_or_default()
            else {
                return Err(unreadable());
            };
            let (Some(table), Some(id)) = (Table::named(name), id.as_i64()) else {
                return Err(unreadable());
            };
            self.row(entry, table, id, expected)?;
        }
        for listed in body.get("chunks").and_then(Value::as_array).into_iter().flatten() {
            let [
                Value::String(name),
                from,
                to,
                Value::String(expected),
                Value::String(marks),
            ] = listed.as_array().map(Vec::as_slice).unwrap_or_default()
            else {
                return Err(unreadable());
            };
            let (Some(table), Some(from), Some(to)) = (Table::named(name), from.as_i64(), to.as_i64()) else {
                return Err(unreadable());
            };
            let marks = hex::decode(marks).map_err(|_| unreadable())?;
            self.chunk(entry, table, (from, to), (expected, &marks))?;
        }
        Ok(())
    }

    fn row(&mut self, entry: &AuditRow, table: Table, id: i64, expected: &str) -> Result<(), StoreError> {
        let Some((hash, last_written)) = table.hash(self.connection, id)? else {
            return Err(gone(table, id, entry));
        };
        match last_written.cmp(&entry.seq) {
            Ordering::Greater => return Ok(()),
            Ordering::Equal if hex::encode(hash) == expected => {}
            _ => return Err(changed(table, id, entry)),
        }
        *self.matched.entry(table.name).or_default() += 1;
        Ok(())
    }

    /// Holds a bulk act's rows against their one hash; where that does not fit, a byte of each row's own tells which.
    fn chunk(
        &mut self,
        entry: &AuditRow,
        table: Table,
        (first, last): (i64, i64),
        (expected, marks): (&str, &[u8]),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(table.range)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([first, last])?;
        let mut hasher = Sha256::new();
        let (mut next, mut odd, mut marks) = (first, None, marks.iter());
        while let Some(row) = rows.next()? {
            let id: i64 = row.get("id")?;
            if id != next {
                return Err(gone(table, next, entry));
            }
            if row.get::<_, i64>("audit_seq")? != entry.seq {
                return Err(changed(table, id, entry));
            }
            let hash = hash_row(row, names.iter().map(String::as_str))?;
            hasher.update(hash);
            if marks.next() != Some(&mark(&hash)) {
                odd = odd.or(Some(id));
            }
            next += 1;
        }
        if next <= last {
            return Err(gone(table, next, entry));
        }
        if hex::encode(hasher.finalize()) != expected {
            return Err(odd.map_or_else(
                || {
                    damaged(Flaw::Rows {
                        table: table.name,
                        first,
                        last,
                        seq: entry.seq,
                    })
                },
                |id| changed(table, id, entry),
            ));
        }
        *self.matched.entry(table.name).or_default() += last - first + 1;
        Ok(())
    }

    /// Every row must have been met exactly once; one too many was written past the desk.
    fn nothing_beside_the_chain(&self) -> Result<u64, StoreError> {
        let mut all = 0;
        for table in TABLES {
            let count: i64 = self.connection.query_row(table.count, [], |row| row.get(0))?;
            let met = self.matched.get(table.name).copied().unwrap_or(0);
            if count != met {
                let table = *table;
                return Err(damaged(self.first_stranger(table)?.map_or(
                    Flaw::Count(table.name, count, met),
                    |id| Flaw::Stranger { table: table.name, id },
                )));
            }
            all += count.unsigned_abs();
        }
        Ok(all)
    }

    /// The first row of a table that the entry it names does not list.
    fn first_stranger(&self, table: Table) -> Result<Option<i64>, StoreError> {
        let sql = format!("SELECT id, audit_seq FROM {} ORDER BY id", table.name);
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let (mut known, mut body) = (None, Value::Null);
        while let Some(row) = rows.next()? {
            let (id, seq): (i64, i64) = (row.get(0)?, row.get(1)?);
            if known != Some(seq) {
                let text = self
                    .connection
                    .prepare_cached("SELECT body FROM audit WHERE seq = ?1")?
                    .query_row([seq], |row| row.get::<_, String>(0))
                    .optional()?;
                body = text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap_or_default());
                known = Some(seq);
            }
            if !lists(&body, table, id) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}

/// Whether an entry's body says that it wrote a row.
fn lists(body: &Value, table: Table, id: i64) -> bool {
    let of_table = |listed: &&Value| listed.get(0).and_then(Value::as_str) == Some(table.name);
    let number = |listed: &Value, at: usize| listed.get(at).and_then(Value::as_i64);
    let all = |key: &str| body.get(key).and_then(Value::as_array).into_iter().flatten();
    all("rows").filter(of_table).any(|listed| number(listed, 1) == Some(id))
        || all("chunks").filter(of_table).any(|listed| {
            number(listed, 1).is_some_and(|from| from <= id) && number(listed, 2).is_some_and(|to| id <= to)
        })
}

fn gone(table: Table, id: i64, entry: &AuditRow) -> StoreError {
    damaged(Flaw::NoRow {
        table: table.name,
        id,
        seq: entry.seq,
    })
}

fn changed(table: Table, id: i64, entry: &AuditRow) -> StoreError {
    damaged(Flaw::Row {
        table: table.name,
        id,
        seq: entry.seq,
        action: entry.action.clone(),
    })
}

fn damaged(flaw: Flaw) -> StoreError {
    StoreError::Damaged(flaw)
}
