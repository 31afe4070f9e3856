//! Certificates of the record, the people on them, and what ended elsewhere.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};

use crate::domain::name::{find_key, name_keys};

use super::rows::{ALT_KEY, CERTIFICATE, PARTY, Table};
use super::{Against, Flaw, Reader, StoreError, Tx};

/// A certificate's row; for a recorded act its slip number stands in the number's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRow {
    /// Certificate or slip number (字号).
    pub number: String,
    /// `marriage`, `divorce`, or `waiver` for the voucher of a settlement.
    pub kind: String,
    /// Date of registration.
    pub registered_on: NaiveDate,
    /// The case it came from; none for imported ones.
    pub case: Option<String>,
    /// `valid`, `recorded`, `ended` or `void`.
    pub state: String,
    /// `own` or `imported`.
    pub origin: String,
    /// `pending`, `exported`, `confirmed` or `rejected`; `none` where the province confirms nothing.
    pub confirmation: String,
    /// Serial of the first party's booklet (印制号).
    pub blank_first: Option<String>,
    /// Serial of the second party's booklet.
    pub blank_second: Option<String>,
    /// Name of the first party as printed: the man, the deceased.
    pub first_name: String,
    /// ID number of the first party as printed.
    pub first_id: String,
    /// Name of the second party as printed: the woman, the applicant.
    pub second_name: String,
    /// ID number of the second party as printed.
    pub second_id: String,
}

/// What a person is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// `man`, `woman`, `deceased` or `applicant`.
    pub side: String,
    /// Name as it came.
    pub name: String,
    /// ID number.
    pub id_no: String,
    /// Birth date, where known to the day.
    pub birth: Option<NaiveDate>,
}

impl CertificateRow {
    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            kind: row.get("kind")?,
            registered_on: row.get("registered_on")?,
            case: row.get("case_number")?,
            state: row.get("state")?,
            origin: row.get("origin")?,
            confirmation: row.get("confirmation")?,
            blank_first: row.get("blank_first")?,
            blank_second: row.get("blank_second")?,
            first_name: row.get("first_name")?,
            first_id: row.get("first_id")?,
            second_name: row.get("second_name")?,
            second_id: row.get("second_id")?,
        })
    }
}

/// The key an ID number is found by: capital letters, nothing else changed.
pub(super) fn id_key(id_no: &str) -> String {
    id_no.trim().to_uppercase()
}

impl Reader<'_> {
    /// A certificate by its number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn certificate_by_number(&self, number: &str) -> Result<Option<CertificateRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM certificate WHERE number = ?1")?;
        Ok(statement.query_row([number], CertificateRow::read).optional()?)
    }

    /// The certificate of a case.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn certificate_of_case(&self, case: &str) -> Result<Option<CertificateRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM certificate WHERE case_number = ?1")?;
        Ok(statement.query_row([case], CertificateRow::read).optional()?)
    }

    /// The number of a marriage of this person that runs as far as this record knows.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn running_marriage(&self, id_no: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.number FROM party p JOIN certificate c ON c.id = p.certificate
             WHERE p.id_no = ?1 AND c.kind = 'marriage' AND c.state IN ('valid', 'recorded')
               AND NOT EXISTS (SELECT 1 FROM status_event e WHERE e.id_no = p.id_no
                 AND e.kind IN ('divorce', 'annulled', 'spouse_death') AND e.happened_on >= c.registered_on)
             ORDER BY c.registered_on DESC LIMIT 1",
        )?;
        Ok(statement.query_row([id_key(id_no)], |row| row.get(0)).optional()?)
    }

    /// The day of a person's death, where it is registered.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn death_of(&self, id_no: &str) -> Result<Option<NaiveDate>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT happened_on FROM status_event WHERE id_no = ?1 AND kind = 'death' LIMIT 1")?;
        Ok(statement.query_row([id_key(id_no)], |row| row.get(0)).optional()?)
    }

    /// Acts the provincial system has not confirmed.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn unconfirmed(&self) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM certificate WHERE confirmation IN ('pending', 'exported')")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Writes a certificate and gives its id.
    ///
    /// # Errors
    /// A twin of its number, or the store cannot be written.
    pub fn insert_certificate(&mut self, row: &CertificateRow) -> Result<i64, StoreError> {
        self.put_certificate(row)?;
        Ok(self.inserted(CERTIFICATE))
    }

    pub(super) fn put_certificate(&mut self, row: &CertificateRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO certificate(number, kind, registered_on, case_number, state, origin, confirmation,
                   blank_first, blank_second, first_name, first_id, second_name, second_id, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                row.number,
                row.kind,
                row.registered_on,
                row.case,
                row.state,
                row.origin,
                row.confirmation,
                row.blank_first,
                row.blank_second,
                row.first_name,
                row.first_id,
                row.second_name,
                row.second_id,
                self.seq
            ])?;
        Ok(())
    }

    /// Writes what a person on a certificate is found by.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn insert_party(&mut self, certificate: i64, row: &PartyRow) -> Result<(), StoreError> {
        for (table, id) in self.put_party(certificate, row)? {
            self.note(table, id);
        }
        Ok(())
    }

    pub(super) fn put_party(&mut self, certificate: i64, row: &PartyRow) -> Result<Vec<(Table, i64)>, StoreError> {
        let keys = name_keys(&row.name);
        let id_no = id_key(&row.id_no);
        self.connection
            .prepare_cached(
                "INSERT INTO party(certificate, side, name, initials, pinyin, id_no, id_rev, birth, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                certificate,
                row.side,
                find_key(&row.name),
                keys.initials,
                keys.pinyin,
                id_no,
                id_no.chars().rev().collect::<String>(),
                row.birth,
                self.seq
            ])?;
        let party = self.connection.last_insert_rowid();
        let mut written = vec![(PARTY, party)];
        for key in keys.alternates {
            self.connection
                .prepare_cached("INSERT INTO alt_key(key, party, audit_seq) VALUES (?1, ?2, ?3)")?
                .execute(params![key, party, self.seq])?;
            written.push((ALT_KEY, self.connection.last_insert_rowid()));
        }
        Ok(written)
    }

    /// Marks a certificate as void.
    ///
    /// # Errors
    /// There is no such valid certificate, or the store cannot be written.
    pub fn void_certificate(&mut self, number: &str) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached("UPDATE certificate SET state = 'void' WHERE number = ?1 AND state <> 'void' RETURNING id")?
            .query_row([number], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Changed(number.to_owned()))?;
        self.touch(CERTIFICATE, id)
    }

    /// Puts another blank under a certificate; its number stays (字号不变).
    ///
    /// # Errors
    /// The certificate does not stand on the old blank, or the store cannot be written.
    pub fn replace_blank(&mut self, case: &str, old: &str, new: &str) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "UPDATE certificate SET blank_first = CASE blank_first WHEN ?2 THEN ?3 ELSE blank_first END,
                   blank_second = CASE blank_second WHEN ?2 THEN ?3 ELSE blank_second END
                 WHERE case_number = ?1 AND (blank_first = ?2 OR blank_second = ?2) RETURNING id",
            )?
            .query_row([case, old, new], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Damaged(Flaw::Against(Against::CaseAndBlank, format!("{case} {old}"))))?;
        self.touch(CERTIFICATE, id)
    }
}
