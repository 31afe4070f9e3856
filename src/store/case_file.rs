//! Cases, their steps, and the texts they were decided under.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{CASE_FILE, CASE_STEP, DEFINITION};
use super::{Reader, StoreError, Tx};

/// A case's row (业务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Case number.
    pub id: String,
    /// The form it came by.
    pub kind: String,
    /// `accepted`, `closed` or `withdrawn`.
    pub state: String,
    /// What became of it; empty while open.
    pub outcome: String,
    /// The form's text, by hash.
    pub form_sha256: String,
    /// The rules' text, by hash.
    pub rules_sha256: String,
    /// The answers as given, JSON.
    pub answers: String,
    /// Answers and derived values as examined, JSON.
    pub examined: String,
    /// The findings, JSON.
    pub findings: String,
    /// SHA-256 of `examined`.
    pub record_sha256: String,
    /// Business day.
    pub day: NaiveDate,
    /// Certificate or slip number.
    pub number: Option<String>,
    /// ID number of the first party: the man, the deceased.
    pub first_id: String,
    /// ID number of the second party: the woman, the applicant.
    pub second_id: String,
}

/// A step of a case: who did what when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Which step.
    pub step: String,
    /// Which account.
    pub actor: String,
    /// At which desk.
    pub desk: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A data file a case was decided under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionRow {
    /// SHA-256 (hex) of its text.
    pub sha256: String,
    /// Form, rules, paper, tariff ...
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}

impl CaseRow {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("number")?,
            kind: row.get("kind")?,
            state: row.get("state")?,
            outcome: row.get("outcome")?,
            form_sha256: row.get("form_sha256")?,
            rules_sha256: row.get("rules_sha256")?,
            answers: row.get("answers")?,
            examined: row.get("examined")?,
            findings: row.get("findings")?,
            record_sha256: row.get("record_sha256")?,
            day: row.get("day")?,
            number: row.get("certificate")?,
            first_id: row.get("first_id")?,
            second_id: row.get("second_id")?,
        })
    }
}

impl Reader<'_> {
    /// A case by its number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn case(&self, id: &str) -> Result<Option<CaseRow>, StoreError> {
        self.one_case("SELECT * FROM case_file WHERE number = ?1", id)
    }

    /// The case that got a certificate or slip number.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn case_by_number(&self, number: &str) -> Result<Option<CaseRow>, StoreError> {
        self.one_case("SELECT * FROM case_file WHERE certificate = ?1", number)
    }

    fn one_case(&self, sql: &str, key: &str) -> Result<Option<CaseRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row([key], CaseRow::read)
            .optional()?)
    }

    /// Cases in a state, oldest first, at most 200.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn cases_in_state(&self, state: &str) -> Result<Vec<CaseRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM case_file WHERE state = ?1 ORDER BY day, id LIMIT 200")?;
        let rows = statement.query_map([state], CaseRow::read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Cases closed on a day with an outcome, oldest first, at most 1000.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn closed_on(&self, day: NaiveDate, outcome: &str) -> Result<Vec<CaseRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM case_file WHERE state = 'closed' AND day = ?1 AND outcome = ?2 ORDER BY id LIMIT 1000",
        )?;
        let rows = statement
            .query_map(params![day, outcome], CaseRow::read)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// An open case of a kind in which a person takes part, other than `except`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open_case_of(&self, kind: &str, id_no: &str, except: Option<&str>) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number FROM case_file WHERE first_id = ?1 AND kind = ?3 AND state = 'accepted' AND number IS NOT ?2
             UNION ALL
             SELECT number FROM case_file WHERE second_id = ?1 AND kind = ?3 AND state = 'accepted' AND number IS NOT ?2
             LIMIT 1",
        )?;
        Ok(statement
            .query_row(params![id_no, except, kind], |row| row.get(0))
            .optional()?)
    }

    /// An open case of a kind of these very two people, other than `except`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open_case_of_both(
        &self,
        kind: &str,
        first: &str,
        second: &str,
        except: Option<&str>,
    ) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number FROM case_file
             WHERE first_id = ?1 AND second_id = ?2 AND kind = ?4 AND state = 'accepted' AND number IS NOT ?3 LIMIT 1",
        )?;
        Ok(statement
            .query_row(params![first, second, except, kind], |row| row.get(0))
            .optional()?)
    }

    /// The steps of a case, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn steps_of(&self, case: &str) -> Result<Vec<StepRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM case_step WHERE case_number = ?1 ORDER BY id")?;
        let rows = statement
            .query_map([case], |row| {
                Ok(StepRow {
                    step: row.get("step")?,
                    actor: row.get("actor")?,
                    desk: row.get("desk")?,
                    at: row.get("at")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// A kept data file by its hash.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn definition(&self, sha256: &str) -> Result<Option<DefinitionRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT sha256, kind, name, text FROM definition WHERE sha256 = ?1")?;
        let row = statement
            .query_row([sha256], |row| {
                Ok(DefinitionRow {
                    sha256: row.get(0)?,
                    kind: row.get(1)?,
                    id: row.get(2)?,
                    text: row.get(3)?,
                })
            })
            .optional()?;
        Ok(row)
    }
}

impl Tx<'_> {
    /// Opens a case.
    ///
    /// # Errors
    /// A twin of its number, or the store cannot be written.
    pub fn insert_case(&mut self, row: &CaseRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO case_file(number, kind, state, outcome, form_sha256, rules_sha256, answers, examined,
                   findings, record_sha256, day, certificate, first_id, second_id, audit_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                row.id,
                row.kind,
                row.state,
                row.outcome,
                row.form_sha256,
                row.rules_sha256,
                row.answers,
                row.examined,
                row.findings,
                row.record_sha256,
                row.day,
                row.number,
                row.first_id,
                row.second_id,
                self.seq
            ])?;
        self.inserted(CASE_FILE);
        Ok(())
    }

    /// Writes the end of an open case: all of the row as it is now, since what was accepted may have been put right.
    ///
    /// # Errors
    /// The case is not open, or the store cannot be written.
    pub fn close_case(&mut self, closed: &CaseRow) -> Result<(), StoreError> {
        let id = self
            .connection
            .prepare_cached(
                "UPDATE case_file SET state = 'closed', outcome = ?2, certificate = ?3, findings = ?4, record_sha256 = ?5,
                   answers = ?6, examined = ?7, day = ?8, form_sha256 = ?9, rules_sha256 = ?10, first_id = ?11, second_id = ?12
                 WHERE number = ?1 AND state = 'accepted' RETURNING id",
            )?
            .query_row(
                params![
                    closed.id,
                    closed.outcome,
                    closed.number,
                    closed.findings,
                    closed.record_sha256,
                    closed.answers,
                    closed.examined,
                    closed.day,
                    closed.form_sha256,
                    closed.rules_sha256,
                    closed.first_id,
                    closed.second_id
                ],
                |row| row.get(0),
            )
            .optional()?
            .ok_or_else(|| StoreError::Changed(closed.id.clone()))?;
        self.touch(CASE_FILE, id)
    }

    /// Notes a step of a case.
    ///
    /// # Errors
    /// The step was done before, or the store cannot be written.
    pub fn insert_step(&mut self, case: &str, row: &StepRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO case_step(case_number, step, actor, desk, at, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![case, row.step, row.actor, row.desk, row.at, self.seq])?;
        self.inserted(CASE_STEP);
        Ok(())
    }

    /// Keeps a data file, once.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn keep_definition(&mut self, row: &DefinitionRow) -> Result<(), StoreError> {
        let new = self
            .connection
            .prepare_cached(
                "INSERT INTO definition(sha256, kind, name, text, audit_seq) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT(sha256) DO NOTHING",
            )?
            .execute(params![row.sha256, row.kind, row.id, row.text, self.seq])?;
        if new == 1 {
            self.inserted(DEFINITION);
        }
        Ok(())
    }
}
