//! Tallies: what happened on a day, counted in the transaction in which it happened.

use chrono::NaiveDate;
use rusqlite::params;

use super::chain;
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
    /// By which ground, for refusals; of which item, for sums waived.
    pub reason: String,
    /// Who bears it, for sums waived.
    pub payer: String,
    /// How often.
    pub n: i64,
    /// How much, in 分.
    pub fen: i64,
}

impl TallyRow {
    /// One more of a kind, at a desk by an account.
    pub fn one(kind: &str, desk: &str, actor: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            desk: desk.to_owned(),
            actor: actor.to_owned(),
            reason: String::new(),
            payer: String::new(),
            n: 1,
            fen: 0,
        }
    }

    /// By which ground, or of which item.
    #[must_use]
    pub fn because_of(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// How much of it a payer bears.
    #[must_use]
    pub fn borne_by(mut self, payer: &str, fen: i64) -> Self {
        payer.clone_into(&mut self.payer);
        self.fen = fen;
        self
    }
}

impl Reader<'_> {
    /// The counters of a day.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tallies(&self, day: NaiveDate) -> Result<Vec<TallyRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, desk, actor, reason, payer, n, fen FROM day_tally WHERE day = ?1
             ORDER BY kind, desk, actor, reason, payer",
        )?;
        let rows = statement
            .query_map([day], |row| {
                Ok(TallyRow {
                    kind: row.get(0)?,
                    desk: row.get(1)?,
                    actor: row.get(2)?,
                    reason: row.get(3)?,
                    payer: row.get(4)?,
                    n: row.get(5)?,
                    fen: row.get(6)?,
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
        Ok((seq, hex::encode(hash)))
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
                "INSERT INTO day_tally(day, kind, desk, actor, reason, payer, n, fen, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT(day, kind, desk, actor, reason, payer)
                 DO UPDATE SET n = day_tally.n + excluded.n, fen = day_tally.fen + excluded.fen RETURNING id",
            )?
            .query_row(
                params![
                    day,
                    counted.kind,
                    counted.desk,
                    counted.actor,
                    counted.reason,
                    counted.payer,
                    counted.n,
                    counted.fen,
                    self.seq
                ],
                |row| row.get(0),
            )?;
        self.touch(DAY_TALLY, id)
    }
}
