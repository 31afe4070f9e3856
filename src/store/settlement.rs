//! Settlements of fees (减免结算) and their lines. A settlement is never changed but once: when it is voided.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{BILL_LINE, SETTLEMENT};
use super::{Reader, StoreError, Tx};

/// A settlement's row; all sums in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementRow {
    /// Number of its voucher.
    pub number: String,
    /// Its case.
    pub case: String,
    /// `normal`, `supplement`, `refund` or `offsite`.
    pub kind: String,
    /// `settled` or `voided`.
    pub state: String,
    /// Business day.
    pub day: NaiveDate,
    /// Id of the policy.
    pub policy: String,
    /// SHA-256 (hex) of the policy's text.
    pub policy_sha256: String,
    /// Id of the tariff.
    pub tariff: String,
    /// SHA-256 (hex) of the tariff's text.
    pub tariff_sha256: String,
    /// At list prices.
    pub listed: i64,
    /// What the family does not pay.
    pub free: i64,
    /// What the family pays.
    pub family: i64,
    /// What the family is given.
    pub awards: i64,
    /// The settlement it follows: it holds what differs from that one.
    pub replaces: Option<String>,
    /// The settlement that stands in its place, or `-` where none does.
    pub voided_by: Option<String>,
    /// When it was voided.
    pub voided_on: Option<NaiveDate>,
    /// Why it was made anew or voided.
    pub reason: String,
}

/// A line of a settlement; all sums in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLineRow {
    /// Place in the bill, from 1.
    pub seq: i64,
    /// Code of the item in the tariff.
    pub item: String,
    /// Its name.
    pub name: String,
    /// How much of it, as a decimal number.
    pub quantity: String,
    /// Of what.
    pub unit: String,
    /// At the list price.
    pub listed: i64,
    /// What the family does not pay.
    pub free: i64,
    /// What the family pays.
    pub family: i64,
    /// Sums by payer, JSON.
    pub payers: String,
    /// The rule of the policy that decided.
    pub rule: String,
    /// The explanation, sentence by sentence, JSON.
    pub says: String,
}

impl SettlementRow {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            case: row.get("case_number")?,
            kind: row.get("kind")?,
            state: row.get("state")?,
            day: row.get("day")?,
            policy: row.get("policy")?,
            policy_sha256: row.get("policy_sha256")?,
            tariff: row.get("tariff")?,
            tariff_sha256: row.get("tariff_sha256")?,
            listed: row.get("listed")?,
            free: row.get("free")?,
            family: row.get("family")?,
            awards: row.get("awards")?,
            replaces: row.get("replaces")?,
            voided_by: row.get("voided_by")?,
            voided_on: row.get("voided_on")?,
            reason: row.get("reason")?,
        })
    }
}

impl Reader<'_> {
    /// A settlement by its number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlement(&self, number: &str) -> Result<Option<SettlementRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM settlement WHERE number = ?1")?;
        Ok(statement.query_row([number], SettlementRow::read).optional()?)
    }

    /// The settlements of a case, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlements_of(&self, case: &str) -> Result<Vec<SettlementRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM settlement WHERE case_number = ?1 ORDER BY id")?;
        let rows = statement
            .query_map([case], SettlementRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The later settlements that follow one, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlements_after(&self, number: &str) -> Result<Vec<SettlementRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM settlement WHERE replaces = ?1 ORDER BY id")?;
        let rows = statement
            .query_map([number], SettlementRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Settlements that stand, of a span of days, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlements_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<SettlementRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM settlement WHERE day BETWEEN ?1 AND ?2 AND state = 'settled' ORDER BY day, id",
        )?;
        let rows = statement
            .query_map([from, to], SettlementRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The number of the settlement that stands for a deceased person.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlement_of_person(&self, id_no: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.number FROM case_file c JOIN settlement s ON s.case_number = c.number
             WHERE c.first_id = ?1 AND c.kind = 'waiver' AND c.state = 'closed' AND s.state = 'settled'
               AND s.replaces IS NULL LIMIT 1",
        )?;
        Ok(statement.query_row([id_no], |row| row.get(0)).optional()?)
    }

    /// First settlements that stand for deceased people of a name, newest first and so many at most: number and case.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settlements_of_name(&self, name: &str, most: i64) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.number, s.case_number FROM party p JOIN certificate c ON c.id = p.certificate
             JOIN settlement s ON s.number = c.number
             WHERE p.name = ?1 AND p.side = 'deceased' AND s.state = 'settled' AND s.replaces IS NULL
             ORDER BY s.id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![name, most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Name of an item on the line that was billed last, and the hash of the policy it was settled by.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn last_billed(&self, item: &str) -> Result<Option<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.name, s.policy_sha256 FROM bill_line l JOIN settlement s ON s.number = l.settlement
             WHERE l.item = ?1 ORDER BY l.id DESC LIMIT 1",
        )?;
        Ok(statement
            .query_row([item], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The lines of a settlement, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bill_lines(&self, settlement: &str) -> Result<Vec<BillLineRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM bill_line WHERE settlement = ?1 ORDER BY seq")?;
        let rows = statement
            .query_map([settlement], |row| {
                Ok(BillLineRow {
                    seq: row.get("seq")?,
                    item: row.get("item")?,
                    name: row.get("name")?,
                    quantity: row.get("quantity")?,
                    unit: row.get("unit")?,
                    listed: row.get("listed")?,
                    free: row.get("free")?,
                    family: row.get("family")?,
                    payers: row.get("payers")?,
                    rule: row.get("rule")?,
                    says: row.get("says")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Tx<'_> {
    /// Writes a settlement with its lines.
    ///
    /// # Errors
    /// A twin of its number, or the store cannot be written.
    pub fn insert_settlement(&mut self, row: &SettlementRow, lines: &[BillLineRow]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO settlement(number, case_number, kind, state, day, policy, policy_sha256, tariff,
                   tariff_sha256, listed, free, family, awards, replaces, voided_by, voided_on, reason, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            )?
            .execute(params![
                row.number,
                row.case,
                row.kind,
                row.state,
                row.day,
                row.policy,
                row.policy_sha256,
                row.tariff,
                row.tariff_sha256,
                row.listed,
                row.free,
                row.family,
                row.awards,
                row.replaces,
                row.voided_by,
                row.voided_on,
                row.reason,
                self.seq
            ])?;
        self.inserted(SETTLEMENT);
        lines
            .iter()
            .try_for_each(|line| self.insert_bill_line(&row.number, line))
    }

    fn insert_bill_line(&mut self, settlement: &str, line: &BillLineRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO bill_line(settlement, seq, item, name, quantity, unit, listed, free, family, payers, rule,
                   says, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                settlement,
                line.seq,
                line.item,
                line.name,
                line.quantity,
                line.unit,
                line.listed,
                line.free,
                line.family,
                line.payers,
                line.rule,
                line.says,
                self.seq
            ])?;
        self.inserted(BILL_LINE);
        Ok(())
    }

    /// Voids a settlement; `by` is the one in its place, if there is one.
    ///
    /// # Errors
    /// It is unknown or voided already, or the store cannot be written.
    pub fn void_settlement(
        &mut self,
        number: &str,
        by: Option<&str>,
        on: NaiveDate,
        reason: &str,
    ) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "UPDATE settlement SET state = 'voided', voided_by = ?2, reason = ?3, voided_on = ?4
                 WHERE number = ?1 AND state = 'settled' RETURNING id",
            )?
            .query_row(params![number, by.unwrap_or("-"), reason, on], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Changed(number.to_owned()))?;
        self.touch(SETTLEMENT, id)
    }
}
