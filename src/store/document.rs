//! Papers of the record and the log of their printing.

use chrono::NaiveDateTime;
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{DOCUMENT, PRINT_LOG};
use super::{Reader, StoreError, Tx};

/// A stored paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id; given by the store.
    pub id: i64,
    /// The case it belongs to, or `day …`, `desk …`.
    pub case: String,
    /// Its name within the case.
    pub name: String,
    /// The document, JSON.
    pub body: String,
    /// When it was made.
    pub created: NaiveDateTime,
}

/// A copy that is announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRow {
    /// The paper.
    pub document: i64,
    /// Which copy of it, from 1.
    pub copy: i64,
    /// Why one more; empty for the first.
    pub reason: String,
    /// Which account.
    pub actor: String,
    /// At which desk.
    pub desk: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A copy whose printing was announced and never reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPrint {
    /// The copy's id.
    pub id: i64,
    /// The paper's name.
    pub document: String,
    /// The case.
    pub case: String,
}

impl DocumentRow {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            case: row.get(1)?,
            name: row.get(2)?,
            body: row.get(3)?,
            created: row.get(4)?,
        })
    }
}

impl Reader<'_> {
    /// A paper by its id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn document(&self, id: i64) -> Result<Option<DocumentRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, case_number, name, body, created FROM document WHERE id = ?1")?;
        Ok(statement.query_row([id], DocumentRow::read).optional()?)
    }

    /// The papers of a case, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn documents_of(&self, case: &str) -> Result<Vec<DocumentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, case_number, name, body, created FROM document WHERE case_number = ?1 ORDER BY id",
        )?;
        let rows = statement
            .query_map([case], DocumentRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Which edition of its name a paper is within its case, from 1, and whether a later one took its place.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn edition_of(&self, row: &DocumentRow) -> Result<(i64, bool), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COALESCE(sum(id <= ?3), 0), COALESCE(max(id) > ?3, 0) FROM document WHERE case_number = ?1 AND name = ?2",
        )?;
        Ok(statement.query_row(params![row.case, row.name, row.id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?)
    }

    /// Copies announced of a paper.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn copies_of(&self, document: i64) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM print_log WHERE document = ?1")?;
        Ok(statement.query_row([document], |row| row.get(0))?)
    }

    /// Copies of a paper that came out, or may have.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn copies_made(&self, document: i64) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM print_log WHERE document = ?1 AND outcome <> 'failed'")?;
        Ok(statement.query_row([document], |row| row.get(0))?)
    }

    /// Copies announced of each paper of a case, and what became of the last one.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn copies_of_case(&self, case: &str) -> Result<Vec<(i64, i64, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id, t.n, l.outcome FROM (SELECT d.id AS id, count(*) AS n, max(p.id) AS last FROM document d
               JOIN print_log p ON p.document = d.id WHERE d.case_number = ?1 GROUP BY d.id) t
             JOIN print_log l ON l.id = t.last",
        )?;
        let rows = statement
            .query_map([case], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Copies announced at a desk of which nobody said whether they came out.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn pending_prints(&self, desk: &str) -> Result<Vec<PendingPrint>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT p.id, d.name, d.case_number FROM print_log p JOIN document d ON d.id = p.document
             WHERE p.outcome = 'pending' AND p.desk = ?1 ORDER BY p.id LIMIT 200",
        )?;
        let rows = statement
            .query_map([desk], |row| {
                Ok(PendingPrint {
                    id: row.get(0)?,
                    document: row.get(1)?,
                    case: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Tx<'_> {
    /// Stores a paper and gives its id.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn insert_document(&mut self, row: &DocumentRow) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO document(case_number, name, body, created, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row.case, row.name, row.body, row.created, self.seq])?;
        Ok(self.inserted(DOCUMENT))
    }

    /// Announces a copy and gives its id.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn insert_print(&mut self, row: &PrintRow) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO print_log(document, copy, reason, actor, desk, at, outcome, pdf_sha256, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', '', ?7)",
            )?
            .execute(params![
                row.document,
                row.copy,
                row.reason,
                row.actor,
                row.desk,
                row.at,
                self.seq
            ])?;
        Ok(self.inserted(PRINT_LOG))
    }

    /// Says what became of a copy, and gives the case of its paper.
    ///
    /// # Errors
    /// It was said before, or the store cannot be written.
    pub fn finish_print(&mut self, id: i64, outcome: &str, pdf_sha256: &str) -> Result<String, StoreError> {
        let document: i64 = self
            .connection
            .prepare_cached(
                "UPDATE print_log SET outcome = ?2, pdf_sha256 = ?3 WHERE id = ?1 AND outcome = 'pending' RETURNING document",
            )?
            .query_row(params![id, outcome, pdf_sha256], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Changed(format!("print {id}")))?;
        self.touch(PRINT_LOG, id)?;
        Ok(self.document(document)?.map(|row| row.case).unwrap_or_default())
    }
}
