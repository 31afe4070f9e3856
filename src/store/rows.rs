//! The tables of the record, and the hash of any of their rows.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::chain::{Hash, field_into};

/// A table of the record: its rows are covered by the audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Table {
    /// Its name.
    pub name: &'static str,
    select: &'static str,
    touch: &'static str,
    pub(super) count: &'static str,
    pub(super) range: &'static str,
}

macro_rules! tables {
    ($($constant:ident = $name:literal),* $(,)?) => {
        $(pub(super) const $constant: Table = Table {
            name: $name,
            select: concat!("SELECT * FROM ", $name, " WHERE id = ?1"),
            touch: concat!("UPDATE ", $name, " SET audit_seq = ?1 WHERE id = ?2"),
            count: concat!("SELECT count(*) FROM ", $name),
            range: concat!("SELECT * FROM ", $name, " WHERE id BETWEEN ?1 AND ?2 ORDER BY id"),
        };)*
        /// All tables of the record.
        pub(super) const TABLES: &[Table] = &[$($constant),*];
    };
}

tables! {
    SETTING = "setting", ACCOUNT = "account", DEFINITION = "definition", CASE_FILE = "case_file",
    CASE_STEP = "case_step", ACT_KEY = "act_key", CERTIFICATE = "certificate", PARTY = "party", ALT_KEY = "alt_key",
    STATUS_EVENT = "status_event", NUMBER_BLOCK = "number_block", NUMBER_LEDGER = "number_ledger", BLANK = "blank",
    DAY_TALLY = "day_tally", SETTLEMENT = "settlement", BILL_LINE = "bill_line", DOCUMENT = "document",
    PRINT_LOG = "print_log",
}

impl Table {
    /// The table of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        TABLES.iter().copied().find(|table| table.name == name)
    }

    /// Notes on a row which audit entry wrote it last.
    pub(super) fn touch(self, connection: &Connection, seq: i64, id: i64) -> Result<(), StoreError> {
        connection.prepare_cached(self.touch)?.execute([seq, id])?;
        Ok(())
    }

    /// The hash of a row and the entry that wrote it last; `None` where there is no such row.
    pub(super) fn hash(self, connection: &Connection, id: i64) -> Result<Option<(Hash, i64)>, StoreError> {
        let found = connection
            .prepare_cached(self.select)?
            .query_row([id], |row| {
                let names = row.as_ref().column_names();
                Ok((hash_row(row, names)?, row.get("audit_seq")?))
            })
            .optional()?;
        Ok(found)
    }
}

/// The hash over a row's columns: name, type and value of each, without the bookkeeping column. The names are the
/// statement's; who reads many rows asks for them once.
pub(super) fn hash_row<'n>(row: &Row, names: impl Iterator<Item = &'n str>) -> rusqlite::Result<Hash> {
    let mut hasher = Sha256::new();
    hasher.update(b"guitai.row.1\0");
    for (index, name) in names.enumerate() {
        if name == "audit_seq" {
            continue;
        }
        field_into(&mut hasher, name.as_bytes());
        match row.get_ref(index)? {
            ValueRef::Null => hasher.update(b"n"),
            ValueRef::Integer(number) => {
                hasher.update(b"i");
                hasher.update(number.to_be_bytes());
            }
            ValueRef::Real(number) => {
                hasher.update(b"r");
                hasher.update(number.to_be_bytes());
            }
            ValueRef::Text(text) => {
                hasher.update(b"t");
                field_into(&mut hasher, text);
            }
            ValueRef::Blob(bytes) => {
                hasher.update(b"b");
                field_into(&mut hasher, bytes);
            }
        }
    }
    Ok(hasher.finalize().into())
}
