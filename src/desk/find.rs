//! Finding people and certificates: by name, pinyin, initials, ID number or its end, certificate or case number.
//! Every search is audited; lists show ID numbers masked (I9).

use chrono::NaiveDate;
use serde_json::json;

use super::permission::Permission;
use super::record::{masked, masked_within};
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::domain::text;
use crate::store::FoundRow;

/// Lines of an answer, where nothing else was said.
const LINES: usize = 50;

/// Which part of what was found is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Most lines of it.
    pub lines: usize,
    /// Which, from 1.
    pub number: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            lines: LINES,
            number: 1,
        }
    }
}

/// A found certificate, ID numbers masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLine {
    /// Certificate or slip number.
    pub number: String,
    /// Its case, where it is our own.
    pub case: Option<String>,
    /// `marriage`, `divorce`, `waiver`.
    pub kind: String,
    /// Name of the first party.
    pub first_name: String,
    /// ID number of the first party, masked.
    pub first_id: String,
    /// Name of the second party.
    pub second_name: String,
    /// ID number of the second party, masked.
    pub second_id: String,
    /// Date of registration.
    pub registered_on: NaiveDate,
    /// `valid`, `recorded`, `ended` or `void`.
    pub state: String,
    /// `none`, `pending`, `exported`, `confirmed` or `rejected`.
    pub confirmation: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The lines of the page, at most 50 where nothing else was said.
    pub lines: Vec<FoundLine>,
    /// Whether there are more.
    pub more: bool,
}

impl Registry {
    /// Finds certificates by whatever the query looks like.
    ///
    /// # Errors
    /// No permission, or the store cannot be read or the search not be audited.
    pub fn find(&mut self, session: &Session, query: &str) -> Result<Found, Problem> {
        self.find_page(session, query, None, Page::default())
    }

    /// As [`Registry::find`], among the certificates of a kind (`marriage`, `waiver`).
    ///
    /// # Errors
    /// As [`Registry::find`].
    pub fn find_kind(&mut self, session: &Session, query: &str, kind: Option<&str>) -> Result<Found, Problem> {
        self.find_page(session, query, kind, Page::default())
    }

    /// As [`Registry::find_kind`], one page of it.
    ///
    /// # Errors
    /// As [`Registry::find`].
    pub fn find_page(
        &mut self,
        session: &Session,
        query: &str,
        kind: Option<&str>,
        page: Page,
    ) -> Result<Found, Problem> {
        session.allow(Permission::Look)?;
        let query = text::with_code_points(&text::clean(&text::half_width(query)).text);
        let query = query.trim();
        if query.is_empty() {
            return Ok(Found {
                lines: Vec::new(),
                more: false,
            });
        }
        let end = page.lines.saturating_mul(page.number);
        let mut rows = self.read(|reader| Ok(reader.find(query, kind, end.saturating_add(1))?))?;
        let more = rows.len() > end;
        rows.truncate(end);
        rows.drain(..rows.len().min(end.saturating_sub(page.lines)));
        // The log tells what was asked, but no whole ID number.
        let joined: String = query.split_whitespace().collect();
        let is_number = joined.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'));
        let asked = masked_within(if is_number { &joined } else { query });
        let act = Act::new("find", "").with(json!({"query": asked, "page": page.number, "found": rows.len()}));
        self.perform(session, Permission::Look, act, |_, _| Ok::<_, Problem>(()))?;
        Ok(Found {
            lines: rows.into_iter().map(line).collect(),
            more,
        })
    }
}

fn line(row: FoundRow) -> FoundLine {
    FoundLine {
        first_id: masked(&row.first_id),
        second_id: masked(&row.second_id),
        number: row.number,
        case: row.case,
        kind: row.kind,
        first_name: row.first_name,
        second_name: row.second_name,
        registered_on: row.registered_on,
        state: row.state,
        confirmation: row.confirmation,
    }
}
