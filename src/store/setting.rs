//! Settings of the registry and its desks, and accounts.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{ACCOUNT, SETTING};
use super::{Reader, StoreError, Tx};

/// An account's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Name to sign in with.
    pub name: String,
    /// The person's name.
    pub display: String,
    /// Role codes, separated by spaces.
    pub roles: String,
    /// Argon2id hash in PHC form.
    pub hash: String,
    /// Until when the registrar's licence holds.
    pub licence_until: Option<NaiveDate>,
    /// Failed sign-ins in a row.
    pub failures: i64,
    /// Locked until then.
    pub locked_until: Option<NaiveDateTime>,
    /// Whether it was disabled.
    pub disabled: bool,
}

impl AccountRow {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get("name")?,
            display: row.get("display")?,
            roles: row.get("roles")?,
            hash: row.get("hash")?,
            licence_until: row.get("licence_until")?,
            failures: row.get("failures")?,
            locked_until: row.get("locked_until")?,
            disabled: row.get("disabled")?,
        })
    }
}

impl Reader<'_> {
    /// A setting's value.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// An account by its name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn account(&self, name: &str) -> Result<Option<AccountRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM account WHERE name = ?1")?;
        Ok(statement.query_row([name], AccountRow::read).optional()?)
    }

    /// All accounts, in order of creation.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn accounts(&self) -> Result<Vec<AccountRow>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT * FROM account ORDER BY id")?;
        let rows = statement.query_map([], AccountRow::read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Tx<'_> {
    /// Sets a setting.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO setting(key, value, audit_seq) VALUES (?1, ?2, ?3)
                 ON CONFLICT(key) DO UPDATE SET value = excluded.value RETURNING id",
            )?
            .query_row(params![key, value, self.seq], |row| row.get(0))?;
        self.touch(SETTING, id)
    }

    /// Writes an account, new or changed.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO account(name, display, roles, hash, licence_until, failures, locked_until, disabled, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT(name) DO UPDATE SET display = excluded.display, roles = excluded.roles,
                   hash = excluded.hash, licence_until = excluded.licence_until, failures = excluded.failures,
                   locked_until = excluded.locked_until, disabled = excluded.disabled RETURNING id",
            )?
            .query_row(
                params![
                    row.name,
                    row.display,
                    row.roles,
                    row.hash,
                    row.licence_until,
                    row.failures,
                    row.locked_until,
                    row.disabled,
                    self.seq
                ],
                |row| row.get(0),
            )?;
        self.touch(ACCOUNT, id)
    }
}
