//! Verification (核对): the chain, every row it covers, the numbers, the blanks. Streams; memory does not grow.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::chain::{self, AuditRow, Hash, hex};
use super::rows::{TABLES, Table, hash_row};
use super::{Store, StoreError};

/// What a verification went through.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let transaction = self.connection.unchecked_transaction()?;
        let mut walk = Walk {
            connection: &transaction,
            matched: BTreeMap::new(),
        };
        let (last, head) = chain::head(&transaction)?;
        let entries = walk.chain(last, &head, progress)?;
        let rows = walk.nothing_beside_the_chain()?;
        numbers_have_one_fate(&transaction)?;
        blanks_and_certificates_agree(&transaction)?;
        tallies_agree(&transaction)?;
        settlements_add_up(&transaction)?;
        transaction.finish()?;
        Ok(Verified {
            entries,
            rows,
            head: hex(&head),
        })
    }
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
            let entry = AuditRow::read(row)?;
            if entry.seq != seq + 1 {
                return Err(damaged(format!("审计链缺第 {} 条", seq + 1)));
            }
            if entry.prev != prev || entry.hash != entry.computed() {
                return Err(damaged(format!(
                    "审计链第 {} 条（{} {}）被改过",
                    entry.seq, entry.action, entry.subject
                )));
            }
            self.entry(&entry)?;
            (prev, seq) = (entry.hash, entry.seq);
            progress(seq.unsigned_abs(), last.unsigned_abs());
        }
        if seq != last || prev != *head {
            return Err(damaged(format!("审计链末端是第 {last} 条，实际只到第 {seq} 条")));
        }
        Ok(seq.unsigned_abs())
    }

    /// Holds each row an entry wrote against its hash, where no later entry wrote it again.
    fn entry(&mut self, entry: &AuditRow) -> Result<(), StoreError> {
        let unreadable = || damaged(format!("审计链第 {} 条的内容读不出来", entry.seq));
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
            let [Value::String(name), from, to, Value::String(expected)] =
                listed.as_array().map(Vec::as_slice).unwrap_or_default()
            else {
                return Err(unreadable());
            };
            let (Some(table), Some(from), Some(to)) = (Table::named(name), from.as_i64(), to.as_i64()) else {
                return Err(unreadable());
            };
            self.chunk(entry, table, (from, to), expected)?;
        }
        Ok(())
    }

    fn row(&mut self, entry: &AuditRow, table: Table, id: i64, expected: &str) -> Result<(), StoreError> {
        let Some((hash, last_written)) = table.hash(self.connection, id)? else {
            return Err(damaged(format!(
                "{} 的第 {id} 行不见了（第 {} 条 {}）",
                table.name, entry.seq, entry.subject
            )));
        };
        match last_written.cmp(&entry.seq) {
            std::cmp::Ordering::Greater => return Ok(()),
            std::cmp::Ordering::Equal if hex(&hash) == expected => {}
            _ => {
                return Err(damaged(format!(
                    "{} 的第 {id} 行与审计第 {} 条（{} {}）不符",
                    table.name, entry.seq, entry.action, entry.subject
                )));
            }
        }
        *self.matched.entry(table.name).or_default() += 1;
        Ok(())
    }

    /// Holds a bulk act's rows against their one hash; a row written again later vouches by its first hash.
    fn chunk(&mut self, entry: &AuditRow, table: Table, ids: (i64, i64), expected: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(table.range)?;
        let mut rows = statement.query([ids.0, ids.1])?;
        let mut hasher = Sha256::new();
        let mut own = 0;
        while let Some(row) = rows.next()? {
            let last_written: i64 = row.get("audit_seq")?;
            if last_written == entry.seq {
                own += 1;
                hasher.update(hash_row(row)?);
            } else {
                hasher.update(first_hash(row)?);
            }
        }
        if hex(&hasher.finalize().into()) != expected {
            return Err(damaged(format!(
                "{} 的第 {} 到 {} 行与审计第 {} 条（{}）不符",
                table.name, ids.0, ids.1, entry.seq, entry.action
            )));
        }
        *self.matched.entry(table.name).or_default() += own;
        Ok(())
    }

    /// Every row must have been met exactly once; one too many was written past the desk.
    fn nothing_beside_the_chain(&self) -> Result<u64, StoreError> {
        let mut all = 0;
        for table in TABLES {
            let count: i64 = self.connection.query_row(table.count, [], |row| row.get(0))?;
            let met = self.matched.get(table.name).copied().unwrap_or(0);
            if count != met {
                return Err(damaged(format!("{} 有 {count} 行，审计链只认 {met} 行", table.name)));
            }
            all += count.unsigned_abs();
        }
        Ok(all)
    }
}

fn first_hash(row: &Row) -> rusqlite::Result<Vec<u8>> {
    Ok(row.get::<_, Option<Vec<u8>>>("first_hash")?.unwrap_or_default())
}

/// No gap and no twin in any sequence, and every used number has its case.
fn numbers_have_one_fate(connection: &Connection) -> Result<(), StoreError> {
    let gaps = "SELECT l.sequence, l.year, count(*), max(l.n), min(l.n), COALESCE(
          (SELECT min(b.first) FROM number_block b WHERE b.sequence = l.sequence AND b.year = l.year), 1)
        FROM number_ledger l GROUP BY l.sequence, l.year";
    let mut statement = connection.prepare(gaps)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (sequence, year): (String, i64) = (row.get(0)?, row.get(1)?);
        let (count, last, first, start): (i64, i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        let blocks: i64 = connection.query_row(
            "SELECT count(*) FROM number_block WHERE sequence = ?1 AND year = ?2",
            rusqlite::params![sequence, year],
            |row| row.get(0),
        )?;
        if first != start || (blocks <= 1 && count != last - first + 1) {
            return Err(damaged(format!(
                "号码 {sequence} {year} 有缺号：{first} 到 {last} 只有 {count} 个"
            )));
        }
    }
    let orphan = "SELECT l.sequence || ' ' || l.year || ' ' || l.n FROM number_ledger l WHERE l.fate = 'used' AND
        NOT EXISTS (SELECT 1 FROM case_file c WHERE c.number = l.case_number) LIMIT 1";
    refuse_any(connection, orphan, "号码没有对应的业务")
}

/// A used blank stands under a certificate, and a certificate's blanks are used.
fn blanks_and_certificates_agree(connection: &Connection) -> Result<(), StoreError> {
    let loose = "SELECT b.serial FROM blank b WHERE b.state = 'used' AND NOT EXISTS (SELECT 1 FROM certificate c
        WHERE c.case_number = b.case_number AND b.serial IN (c.blank_first, c.blank_second)) LIMIT 1";
    refuse_any(connection, loose, "空白证记为已用，却没有证")?;
    let unbacked = "SELECT c.number FROM certificate c WHERE c.blank_first IS NOT NULL AND c.origin = 'own' AND
        (SELECT count(*) FROM blank b WHERE b.serial IN (c.blank_first, c.blank_second) AND b.state = 'used') <> 2 LIMIT 1";
    refuse_any(connection, unbacked, "证上的印制号与空白证账不符")
}

/// Each day's tallies say as much as its closed cases and its settlements.
fn tallies_agree(connection: &Connection) -> Result<(), StoreError> {
    let cases = "SELECT day || ' ' || kind FROM (
          SELECT day, kind || '.' || outcome AS kind, 1 AS n FROM case_file WHERE state = 'closed'
          UNION ALL SELECT day, kind, -n FROM day_tally WHERE kind IN ('marriage.registered', 'marriage.recorded',
            'marriage.refused', 'waiver.settled', 'waiver.refused'))
        GROUP BY day, kind HAVING sum(n) <> 0 LIMIT 1";
    refuse_any(connection, cases, "日计数与业务不符")?;
    let waived = "SELECT day FROM (
          SELECT s.day AS day, l.free AS fen FROM settlement s JOIN bill_line l ON l.settlement = s.number
          UNION ALL SELECT s.voided_on, -l.free FROM settlement s JOIN bill_line l ON l.settlement = s.number
            WHERE s.state = 'voided'
          UNION ALL SELECT day, -fen FROM day_tally WHERE kind IN ('waiver.item', 'waiver.voided.item'))
        GROUP BY day HAVING sum(fen) <> 0 LIMIT 1";
    refuse_any(connection, waived, "减免日计数与结算不符")
}

/// A settlement's sums are those of its lines, and what is not free is the family's.
fn settlements_add_up(connection: &Connection) -> Result<(), StoreError> {
    let sums = "SELECT s.number FROM settlement s LEFT JOIN bill_line l ON l.settlement = s.number GROUP BY s.id
        HAVING s.listed <> COALESCE(sum(l.listed), 0) OR s.free <> COALESCE(sum(l.free), 0)
          OR s.family <> COALESCE(sum(l.family), 0) OR s.listed <> s.free + s.family LIMIT 1";
    refuse_any(connection, sums, "结算的合计与各行不符")?;
    let cases = "SELECT s.number FROM settlement s WHERE NOT EXISTS (SELECT 1 FROM case_file c
        WHERE c.number = s.case_number AND c.certificate = s.number AND c.outcome = 'settled') LIMIT 1";
    refuse_any(connection, cases, "结算没有对应的业务")
}

fn refuse_any(connection: &Connection, sql: &str, what: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Err(damaged(format!("{what}：{}", row.get::<_, String>(0)?))),
        None => Ok(()),
    }
}

fn damaged(what: String) -> StoreError {
    StoreError::Damaged(what)
}
