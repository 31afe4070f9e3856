//! Tallies: what happened on a day, counted in the transaction in which it happened.

use chrono::NaiveDate;
use rusqlite::params;

use super::chain::{self, hex};
use super::rows::DAY_TALLY;
use super::{Reader, StoreError, Tx};

/// A counter of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// What is counted, such as `marriage.registered`.
    pub kind: String,
    /// At which desk.
    pub desk: String,
    /// By which account.
    pub actor: String,
    /// By which ground, for refusals.
    pub reason: String,
    /// How often.
    pub n: i64,
}

impl Reader<'_> {
    /// The counters of a day.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tallies(&self, day: NaiveDate) -> Result<Vec<TallyRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, desk, actor, reason, n FROM day_tally WHERE day = ?1 ORDER BY kind, desk, actor, reason",
        )?;
        let rows = statement
            .query_map([day], |row| {
                Ok(TallyRow {
                    kind: row.get(0)?,
                    desk: row.get(1)?,
                    actor: row.get(2)?,
                    reason: row.get(3)?,
                    n: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The sum of one counter over desks and accounts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tally_of(&self, day: NaiveDate, kind: &str) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT CAST(COALESCE(SUM(n), 0) AS INTEGER) FROM day_tally WHERE day = ?1 AND kind = ?2",
        )?;
        Ok(statement.query_row(params![day, kind], |row| row.get(0))?)
    }

    /// The audit chain's last entry: number and hash in hex.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn chain_head(&self) -> Result<(i64, String), StoreError> {
        let (seq, hash) = chain::head(self.connection)?;
        Ok((seq, hex(&hash)))
    }
}

impl Tx<'_> {
    /// Counts.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn tally(&mut self, day: NaiveDate, counted: &TallyRow) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO day_tally(day, kind, desk, actor, reason, n, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT(day, kind, desk, actor, reason) DO UPDATE SET n = day_tally.n + excluded.n RETURNING id",
            )?
            .query_row(
                params![day, counted.kind, counted.desk, counted.actor, counted.reason, counted.n, self.seq],
                |row| row.get(0),
            )?;
        self.touch(DAY_TALLY, id)
    }
}
