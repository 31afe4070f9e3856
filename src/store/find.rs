//! Finding people and certificates: equal keys and ranges on plain indexes, one page at a time.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::certificate::id_key;
use super::{Reader, StoreError};
use crate::domain::id_number::IdNumber;
use crate::domain::name::{find_key, spoken_keys};

/// A found certificate with both its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// Certificate or slip number.
    pub number: String,
    /// Its case, where it is our own.
    pub case: Option<String>,
    /// Kind of certificate.
    pub kind: String,
    /// Name of the first party: the man, the deceased.
    pub first_name: String,
    /// ID number of the first party.
    pub first_id: String,
    /// Name of the second party: the woman, the applicant.
    pub second_name: String,
    /// ID number of the second party.
    pub second_id: String,
    /// Date of registration.
    pub registered_on: NaiveDate,
    /// State of the certificate.
    pub state: String,
    /// What the province said.
    pub confirmation: String,
}

/// What a query is taken for, by its looks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Number(String),
    WholeId(String),
    IdEnd(String),
    /// The end of an ID number and the beginning of a name.
    IdEndAndName(String, String),
    /// Letters, and what else they may mean.
    Latin(Vec<String>),
    Name(String),
}

const JOINED: &str =
    "SELECT c.* FROM party p JOIN certificate c ON c.id = p.certificate WHERE (?1 IS NULL OR c.kind = ?1) AND";

/// A search: the certificates of a kind, or of all, and how many of them at most.
struct Search<'a> {
    reader: &'a Reader<'a>,
    kind: Option<&'a str>,
    most: usize,
    found: Vec<FoundRow>,
}

impl Reader<'_> {
    /// Certificates by whatever the query looks like: a number, an ID number or its end, pinyin, initials, a name;
    /// of one kind, or of all.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn find(&self, query: &str, kind: Option<&str>, most: usize) -> Result<Vec<FoundRow>, StoreError> {
        let mut search = Search {
            reader: self,
            kind,
            most,
            found: Vec::new(),
        };
        match key_of(query) {
            Key::Number(number) => search.number(&number)?,
            Key::WholeId(id) => {
                // Archives have people under the number of 15 digits, cards under the one of 18.
                let forms = IdNumber::recognise(&id).map_or_else(|_| vec![id], |id| id.forms());
                for id in forms {
                    search.one("p.id_no = ?2 ORDER BY p.id DESC LIMIT ?3", &id)?;
                }
            }
            Key::IdEnd(end) => search.between("p.id_rev >= ?2 AND p.id_rev < ?3 LIMIT ?4", &reversed(&end))?,
            Key::IdEndAndName(end, name) => search.end_and_name(&reversed(&end), &name)?,
            Key::Name(name) => search.name(&name)?,
            Key::Latin(keys) => {
                for letters in keys {
                    search.letters(&letters)?;
                }
            }
        }
        Ok(search.found)
    }
}

impl Search<'_> {
    fn number(&mut self, number: &str) -> Result<(), StoreError> {
        let sql = "SELECT * FROM certificate c WHERE (?1 IS NULL OR c.kind = ?1) AND c.number = ?2 UNION ALL
            SELECT * FROM certificate c WHERE (?1 IS NULL OR c.kind = ?1) AND c.case_number = ?2 LIMIT ?3";
        let (kind, limit) = (self.kind, self.limit());
        self.add(sql, params![kind, number, limit])
    }

    fn name(&mut self, name: &str) -> Result<(), StoreError> {
        self.one("p.name = ?2 ORDER BY p.id DESC LIMIT ?3", name)?;
        if self.found.is_empty() {
            self.between("p.name >= ?2 AND p.name < ?3 ORDER BY p.name LIMIT ?4", name)?;
        }
        Ok(())
    }

    /// Initials first, then full pinyin, then the other readings, then what begins with the initials.
    fn letters(&mut self, letters: &str) -> Result<(), StoreError> {
        self.one("p.initials = ?2 ORDER BY p.id DESC LIMIT ?3", letters)?;
        for condition in [
            "p.pinyin >= ?2 AND p.pinyin < ?3 LIMIT ?4",
            "p.id IN (SELECT party FROM alt_key WHERE key >= ?2 AND key < ?3 LIMIT ?4) LIMIT ?4",
            "p.initials >= ?2 AND p.initials < ?3 LIMIT ?4",
        ] {
            if self.found.len() >= self.most {
                break;
            }
            self.between(condition, letters)?;
        }
        Ok(())
    }

    fn end_and_name(&mut self, end: &str, name: &str) -> Result<(), StoreError> {
        let ((from, to), (first, last)) = (range(end), range(name));
        let sql = format!("{JOINED} p.id_rev >= ?2 AND p.id_rev < ?3 AND p.name >= ?4 AND p.name < ?5 LIMIT ?6");
        let (kind, limit) = (self.kind, self.limit());
        self.add(&sql, params![kind, from, to, first, last, limit])
    }

    fn one(&mut self, condition: &str, key: &str) -> Result<(), StoreError> {
        let (kind, limit) = (self.kind, self.limit());
        self.add(&format!("{JOINED} {condition}"), params![kind, key, limit])
    }

    fn between(&mut self, condition: &str, start: &str) -> Result<(), StoreError> {
        let (from, to) = range(start);
        let (kind, limit) = (self.kind, self.limit());
        self.add(&format!("{JOINED} {condition}"), params![kind, from, to, limit])
    }

    /// Both people of a certificate may fit the query, so twice as many rows are asked for.
    fn limit(&self) -> i64 {
        i64::try_from(self.most.saturating_mul(2)).unwrap_or(i64::MAX)
    }

    fn add(&mut self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        for row in statement.query_map(values, read)? {
            let row = row?;
            if self.found.len() < self.most && !self.found.iter().any(|known| known.number == row.number) {
                self.found.push(row);
            }
        }
        Ok(())
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn read(row: &Row) -> rusqlite::Result<FoundRow> {
    Ok(FoundRow {
        number: row.get("number")?,
        case: row.get("case_number")?,
        kind: row.get("kind")?,
        first_name: row.get("first_name")?,
        first_id: row.get("first_id")?,
        second_name: row.get("second_name")?,
        second_id: row.get("second_id")?,
        registered_on: row.get("registered_on")?,
        state: row.get("state")?,
        confirmation: row.get("confirmation")?,
    })
}

/// The half-open range of texts that begin with `start`.
fn range(start: &str) -> (String, String) {
    let mut end: Vec<char> = start.chars().collect();
    while let Some(last) = end.pop() {
        if let Some(next) = char::from_u32(last as u32 + 1) {
            end.push(next);
            break;
        }
    }
    (start.to_owned(), end.into_iter().collect())
}

fn key_of(query: &str) -> Key {
    let query = query.trim();
    let upper = id_key(query);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let id_like = |text: &str| digits(text.strip_suffix('X').unwrap_or(text));
    let joined: String = upper.split_whitespace().collect();
    if id_like(&joined) {
        return if matches!(joined.len(), 15 | 18) {
            Key::WholeId(joined)
        } else {
            Key::IdEnd(joined)
        };
    }
    if let Some((name, end)) = upper.rsplit_once(' ').filter(|(_, end)| id_like(end)) {
        return Key::IdEndAndName(end.to_owned(), find_key(name));
    }
    if upper.chars().any(|c| c.is_ascii_digit()) {
        return if upper.contains(['-', '—', '–']) || !upper.is_ascii() {
            Key::Number(joined.replace(['—', '–'], "-"))
        } else {
            Key::WholeId(joined)
        };
    }
    match spoken_keys(query) {
        Some(keys) => Key::Latin(keys),
        None => Key::Name(find_key(query)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_for_what_it_looks_like() {
        for (query, key) in [
            ("zsf", Key::Latin(vec!["zsf".into()])),
            ("Zhang Wei", Key::Latin(vec!["zhangwei".into()])),
            ("阿卜杜·买买提", Key::Name("阿卜杜买买提".into())),
            ("330521 19900307 001X", Key::WholeId("33052119900307001X".into())),
            ("John Smith 0017", Key::IdEndAndName("0017".into(), "JOHNSMITH".into())),
            ("J330521—2026—000001", Key::Number("J330521-2026-000001".into())),
            ("张三丰", Key::Name("张三丰".into())),
            ("0017", Key::IdEnd("0017".into())),
            ("001x", Key::IdEnd("001X".into())),
            ("33052119900307001x", Key::WholeId("33052119900307001X".into())),
            ("张 0017", Key::IdEndAndName("0017".into(), "张".into())),
            ("J330521-2026-000001", Key::Number("J330521-2026-000001".into())),
            ("政字第2002208号", Key::Number("政字第2002208号".into())),
        ] {
            assert_eq!(key_of(query), key, "{query}");
        }
    }

    #[test]
    fn a_range_ends_behind_every_text_that_begins_with_it() {
        assert_eq!(range("zs"), ("zs".to_owned(), "zt".to_owned()));
        let (from, to) = range("张");
        assert!(from.as_str() <= "张三丰" && "张三丰" < to.as_str());
    }
}
