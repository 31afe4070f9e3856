//! The audit chain (审计链): each entry's hash covers the entry before it.

use chrono::NaiveDateTime;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::{Flaw, Reader, StoreError};

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// What stands before the fields of every entry, so that no other hash can be taken for one.
const DOMAIN: &[u8] = b"guitai.audit.1\0\0";

/// One entry of the audit log as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Number in the chain, from 1.
    pub seq: i64,
    /// When, local time.
    pub at: NaiveDateTime,
    /// At which desk.
    pub desk: String,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Detail and the hashes of the rows written, as JSON text.
    pub body: String,
    /// Hash of the entry before.
    pub(super) prev: Hash,
    /// Hash of this entry.
    pub(super) hash: Hash,
}

impl AuditRow {
    /// The hash this entry must have: length-prefixed fields, so that no two entries read the same.
    pub(super) fn computed(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        hasher.update(self.seq.to_be_bytes());
        let at = self.at.to_string();
        for field in [&at, &self.desk, &self.actor, &self.action, &self.subject, &self.body] {
            field_into(&mut hasher, field.as_bytes());
        }
        field_into(&mut hasher, &self.prev);
        hasher.finalize().into()
    }

    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            at: row.get("at")?,
            desk: row.get("desk")?,
            actor: row.get("actor")?,
            action: row.get("action")?,
            subject: row.get("subject")?,
            body: row.get("body")?,
            prev: row.get("prev")?,
            hash: row.get("hash")?,
        })
    }
}

/// Feeds a field behind its length.
pub(super) fn field_into(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    hasher.update(bytes);
}

/// The chain's last entry: number and hash.
pub(super) fn head(connection: &Connection) -> Result<(i64, Hash), StoreError> {
    connection
        .prepare_cached("SELECT seq, hash FROM chain_head WHERE id = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or(StoreError::Damaged(Flaw::NoHead))
}

/// Appends an entry and moves the head.
pub(super) fn append(connection: &Connection, row: &AuditRow) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO audit(seq, at, desk, actor, action, subject, body, prev, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            row.seq,
            row.at,
            row.desk,
            row.actor,
            row.action,
            row.subject,
            row.body,
            row.prev,
            row.hash
        ])?;
    connection
        .prepare_cached("UPDATE chain_head SET seq = ?1, hash = ?2 WHERE id = 1")?
        .execute(params![row.seq, row.hash])?;
    Ok(())
}

impl Reader<'_> {
    /// The audit entries about a subject, oldest first, at most 1000.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn history_of(&self, subject: &str) -> Result<Vec<AuditRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM audit WHERE subject = ?1 ORDER BY seq LIMIT 1000")?;
        let rows = statement
            .query_map([subject], AuditRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}
