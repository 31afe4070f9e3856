//! Blank certificates: each serial's way from the store room to a couple, or to the shredder.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::rows::BLANK;
use super::{Reader, StoreError, Tx};

/// Blanks of a kind that nobody used or spoiled.
const LYING_THERE: &str = "SELECT count(*) FROM blank WHERE kind = ?1 AND state IN ('in_stock', 'at_desk')";

/// A blank's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankRow {
    /// Kind of certificate.
    pub kind: String,
    /// `in_stock`, `at_desk`, `used` or `spoiled`.
    pub state: String,
    /// The desk it was given to.
    pub desk: String,
    /// The case it was used for.
    pub case: Option<String>,
}

/// What became of the blanks of a kind on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BalanceRow {
    /// Kind of certificate.
    pub kind: String,
    /// In the house the evening before.
    pub opening: i64,
    /// Received.
    pub received: i64,
    /// Used, and not spoiled the same day.
    pub used: i64,
    /// Spoiled, other than under a certificate of an earlier day.
    pub spoiled: i64,
    /// Left.
    pub closing: i64,
    /// Which were used.
    pub used_serials: Vec<String>,
    /// Which were spoiled.
    pub spoiled_serials: Vec<String>,
    /// Which were spoiled that an earlier day counts as used: they left the house then.
    pub withdrawn_serials: Vec<String>,
    /// What is left.
    pub closing_serials: Vec<String>,
}

/// Blanks of a kind that lie in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Kind of certificate.
    pub kind: String,
    /// The desk; empty for the store room.
    pub desk: String,
    /// How many.
    pub n: i64,
    /// The lowest serial.
    pub first: String,
}

impl Reader<'_> {
    /// A blank by its serial.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn blank(&self, serial: &str) -> Result<Option<BlankRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, state, desk, case_number FROM blank WHERE serial = ?1")?;
        let row = statement
            .query_row([serial], |row| {
                Ok(BlankRow {
                    kind: row.get(0)?,
                    state: row.get(1)?,
                    desk: row.get(2)?,
                    case: row.get(3)?,
                })
            })
            .optional()?;
        Ok(row)
    }

    /// The highest serial that begins with a prefix.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn last_blank(&self, prefix: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT serial FROM blank WHERE serial >= ?1 AND serial < ?2 ORDER BY serial DESC LIMIT 1",
        )?;
        let end = format!("{prefix}{}", char::MAX);
        Ok(statement.query_row([prefix, &end], |row| row.get(0)).optional()?)
    }

    /// How many blanks of a kind a desk has left.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn blanks_at(&self, kind: &str, desk: &str) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM blank WHERE kind = ?1 AND desk = ?2 AND state = 'at_desk'")?;
        Ok(statement.query_row([kind, desk], |row| row.get(0))?)
    }

    /// Where blanks lie now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn blanks_held(&self) -> Result<Vec<HeldRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, desk, count(*), min(serial) FROM blank WHERE state IN ('in_stock', 'at_desk')
             GROUP BY kind, desk ORDER BY kind, desk",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(HeldRow {
                kind: row.get(0)?,
                desk: row.get(1)?,
                n: row.get(2)?,
                first: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The balance of each kind on a day: opening + received - used - spoiled = closing.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn blank_balance(&self, day: NaiveDate) -> Result<Vec<BalanceRow>, StoreError> {
        let mut kinds = self
            .connection
            .prepare_cached("SELECT DISTINCT kind FROM blank ORDER BY kind")?;
        let kinds: Vec<String> = kinds.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        kinds.into_iter().map(|kind| self.balance_of_kind(kind, day)).collect()
    }

    /// A blank leaves the house once, on the day it is used or spoiled, and is counted on that day: as spoiled, where it
    /// was both. Spoiled under a certificate on a later day, it stays that day's used one and is told apart here.
    fn balance_of_kind(&self, kind: String, day: NaiveDate) -> Result<BalanceRow, StoreError> {
        let count = |condition: &str| -> Result<i64, StoreError> {
            let sql = format!("SELECT count(*) FROM blank WHERE kind = ?1 AND {condition}");
            Ok(self
                .connection
                .prepare_cached(&sql)?
                .query_row(params![kind, day], |row| row.get(0))?)
        };
        let serials = |condition: &str| -> Result<Vec<String>, StoreError> {
            let sql = format!("SELECT serial FROM blank WHERE kind = ?1 AND {condition} ORDER BY serial");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found = statement
                .query_map(params![kind, day], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(found)
        };
        let (used_that_day, spoiled_that_day) = (
            "used_on = ?2 AND (spoiled_on IS NULL OR spoiled_on > ?2)",
            "spoiled_on = ?2 AND (used_on IS NULL OR used_on = ?2)",
        );
        let (received, used, spoiled) = (
            count("received_on = ?2")?,
            count(used_that_day)?,
            count(spoiled_that_day)?,
        );
        // From what lies there now back to the evening of the day: few rows, however many were ever used.
        let closing = self
            .connection
            .prepare_cached(LYING_THERE)?
            .query_row([&kind], |row| row.get::<_, i64>(0))?
            + count("used_on > ?2")?
            + count("spoiled_on > ?2 AND used_on IS NULL")?
            - count("received_on > ?2")?;
        Ok(BalanceRow {
            opening: closing + used + spoiled - received,
            received,
            used,
            spoiled,
            closing,
            used_serials: serials(used_that_day)?,
            spoiled_serials: serials(spoiled_that_day)?,
            withdrawn_serials: serials("spoiled_on = ?2 AND used_on < ?2")?,
            closing_serials: serials(
                "received_on <= ?2 AND (state IN ('in_stock', 'at_desk') OR used_on > ?2
                   OR (spoiled_on > ?2 AND used_on IS NULL))",
            )?,
            kind,
        })
    }
}

impl Tx<'_> {
    /// Books blanks in.
    ///
    /// # Errors
    /// A serial that is known already, or the store cannot be written.
    pub fn receive_blanks(
        &mut self,
        kind: &str,
        serials: &[String],
        source: &str,
        day: NaiveDate,
    ) -> Result<(), StoreError> {
        for serial in serials {
            self.connection
                .prepare_cached(
                    "INSERT INTO blank(serial, kind, state, desk, case_number, reason, source, received_on, audit_seq)
                     VALUES (?1, ?2, 'in_stock', '', NULL, '', ?3, ?4, ?5)",
                )?
                .execute(params![serial, kind, source, day, self.seq])?;
            self.inserted(BLANK);
        }
        Ok(())
    }

    /// Gives a blank in stock to a desk.
    ///
    /// # Errors
    /// It is not in stock, or the store cannot be written.
    pub fn give_blank(&mut self, serial: &str, desk: &str) -> Result<(), StoreError> {
        self.change_blank(
            serial,
            "UPDATE blank SET state = 'at_desk', desk = ?2 WHERE serial = ?1 AND state = 'in_stock' RETURNING id",
            params![serial, desk],
        )
    }

    /// Uses the desk's lowest blank of a kind for a case; `None` where it has none.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn take_blank(
        &mut self,
        kind: &str,
        desk: &str,
        case: &str,
        day: NaiveDate,
    ) -> Result<Option<String>, StoreError> {
        let taken = self
            .connection
            .prepare_cached(
                "UPDATE blank SET state = 'used', case_number = ?3, used_on = ?4 WHERE id = (SELECT id FROM blank
                   WHERE kind = ?1 AND desk = ?2 AND state = 'at_desk' ORDER BY serial LIMIT 1)
                 RETURNING id, serial",
            )?
            .query_row(params![kind, desk, case, day], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        let Some((id, serial)) = taken else { return Ok(None) };
        self.touch(BLANK, id)?;
        Ok(Some(serial))
    }

    /// Marks a blank as spoiled.
    ///
    /// # Errors
    /// It is spoiled already or unknown, or the store cannot be written.
    pub fn spoil_blank(&mut self, serial: &str, reason: &str, day: NaiveDate) -> Result<(), StoreError> {
        self.change_blank(
            serial,
            "UPDATE blank SET state = 'spoiled', reason = ?2, spoiled_on = ?3 WHERE serial = ?1 AND state <> 'spoiled' RETURNING id",
            params![serial, reason, day],
        )
    }

    fn change_blank(&mut self, serial: &str, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(sql)?
            .query_row(values, |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Changed(serial.to_owned()))?;
        self.touch(BLANK, id)
    }
}
