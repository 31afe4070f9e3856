//! Numbers: own sequences without gaps, blocks the province assigned, and the fate of each number (I3).

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::rows::{NUMBER_BLOCK, NUMBER_LEDGER};
use super::{Reader, StoreError, Tx};

/// A block of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockRow {
    /// The sequence's letters.
    pub sequence: String,
    /// Of which year.
    pub year: i32,
    /// First number.
    pub first: i64,
    /// Last number.
    pub last: i64,
    /// The number that is given next; behind the last one where none is left.
    pub next: i64,
    /// Why it was opened.
    pub reason: String,
}

impl Reader<'_> {
    /// All blocks, in order of year and number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn blocks(&self) -> Result<Vec<BlockRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT sequence, year, first, last, next, reason FROM number_block ORDER BY year, sequence, first",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(BlockRow {
                sequence: row.get(0)?,
                year: row.get(1)?,
                first: row.get(2)?,
                last: row.get(3)?,
                next: row.get(4)?,
                reason: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a sequence has an open block with a number left in that year.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn block_open(&self, sequence: &str, year: i32) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM number_block WHERE sequence = ?1 AND year = ?2 AND next <= last LIMIT 1")?;
        Ok(statement.exists(params![sequence, year])?)
    }

    /// Whether a number of a range stands in a block or has a fate already.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn numbers_known(&self, sequence: &str, year: i32, first: i64, last: i64) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT 1 FROM number_block WHERE sequence = ?1 AND year = ?2 AND first <= ?4 AND last >= ?3
             UNION ALL
             SELECT 1 FROM number_ledger WHERE sequence = ?1 AND year = ?2 AND n BETWEEN ?3 AND ?4 LIMIT 1",
        )?;
        Ok(statement.exists(params![sequence, year, first, last])?)
    }

    /// Whether a certificate bears a number from first to last, both of one kind, registry and year.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn numbers_borne(&self, first: &str, last: &str) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM certificate WHERE number BETWEEN ?1 AND ?2 LIMIT 1")?;
        Ok(statement.exists([first, last])?)
    }

    /// Certificate and slip numbers given on a day, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn numbers_of(&self, day: NaiveDate) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT certificate FROM case_file WHERE state = 'closed' AND day = ?1 AND certificate IS NOT NULL ORDER BY certificate",
        )?;
        let numbers = statement
            .query_map([day], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(numbers)
    }
}

impl Tx<'_> {
    /// Opens a block of numbers that the province assigned.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn open_block(
        &mut self,
        sequence: &str,
        year: i32,
        first: i64,
        last: i64,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO number_block(sequence, year, first, last, next, reason, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6)",
            )?
            .execute(params![sequence, year, first, last, reason, self.seq])?;
        self.inserted(NUMBER_BLOCK);
        Ok(())
    }

    /// The next number of an own sequence; it is used up if and only if this act is committed. `case` says for which
    /// case, given the number.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn next_number(
        &mut self,
        sequence: &str,
        year: i32,
        case: impl FnOnce(i64) -> String,
    ) -> Result<(i64, String), StoreError> {
        let next: i64 = self
            .connection
            .prepare_cached("SELECT COALESCE(MAX(n), 0) + 1 FROM number_ledger WHERE sequence = ?1 AND year = ?2")?
            .query_row(params![sequence, year], |row| row.get(0))?;
        let case = case(next);
        self.use_number(sequence, year, next, &case)?;
        Ok((next, case))
    }

    /// The lowest number left in an open block; `None` where there is none.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn next_in_block(&mut self, sequence: &str, year: i32, case: &str) -> Result<Option<i64>, StoreError> {
        let block = self
            .connection
            .prepare_cached(
                "UPDATE number_block SET next = next + 1 WHERE id = (SELECT id FROM number_block
                   WHERE sequence = ?1 AND year = ?2 AND next <= last ORDER BY first LIMIT 1)
                 RETURNING id, next - 1",
            )?
            .query_row(params![sequence, year], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })
            .optional()?;
        let Some((id, number)) = block else { return Ok(None) };
        self.touch(NUMBER_BLOCK, id)?;
        self.use_number(sequence, year, number, case)?;
        Ok(Some(number))
    }

    fn use_number(&mut self, sequence: &str, year: i32, n: i64, case: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO number_ledger(sequence, year, n, fate, case_number, reason, audit_seq)
                 VALUES (?1, ?2, ?3, 'used', ?4, '', ?5)",
            )?
            .execute(params![sequence, year, n, case, self.seq])?;
        self.inserted(NUMBER_LEDGER);
        Ok(())
    }
}
