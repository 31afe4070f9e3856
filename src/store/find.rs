//! Finding people and certificates: equal keys and ranges on plain indexes, one page at a time.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::certificate::id_key;
use super::{Reader, StoreError};

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
    Latin(String),
    Name(String),
}

const COLUMNS: &str = "SELECT DISTINCT c.* FROM party p JOIN certificate c ON c.id = p.certificate WHERE";

impl Reader<'_> {
    /// Certificates by whatever the query looks like: a number, an ID number or its end, pinyin, initials, a name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn find(&self, query: &str, most: usize) -> Result<Vec<FoundRow>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        match key_of(query) {
            Key::Number(number) => self.rows(
                "SELECT * FROM certificate c WHERE c.number = ?1 LIMIT ?2",
                params![number, most],
            ),
            Key::WholeId(id) => self.by("p.id_no = ?1 ORDER BY c.id DESC LIMIT ?2", params![id, most]),
            Key::IdEnd(end) => {
                let (from, to) = range(&end.chars().rev().collect::<String>());
                self.by("p.id_rev >= ?1 AND p.id_rev < ?2 LIMIT ?3", params![from, to, most])
            }
            Key::IdEndAndName(end, name) => {
                let (from, to) = range(&end.chars().rev().collect::<String>());
                let (first, last) = range(&name);
                self.by(
                    "p.id_rev >= ?1 AND p.id_rev < ?2 AND p.name >= ?3 AND p.name < ?4 LIMIT ?5",
                    params![from, to, first, last, most],
                )
            }
            Key::Name(name) => self.by_name(&name, most),
            Key::Latin(letters) => self.by_letters(&letters, most),
        }
    }

    fn by_name(&self, name: &str, most: i64) -> Result<Vec<FoundRow>, StoreError> {
        let exact = self.by("p.name = ?1 ORDER BY c.id DESC LIMIT ?2", params![name, most])?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        let (from, to) = range(name);
        self.by(
            "p.name >= ?1 AND p.name < ?2 ORDER BY p.name LIMIT ?3",
            params![from, to, most],
        )
    }

    /// Initials first, then full pinyin, then the other readings; each exact before beginning.
    fn by_letters(&self, letters: &str, most: i64) -> Result<Vec<FoundRow>, StoreError> {
        let (from, to) = range(letters);
        let tries = [
            (
                "p.initials = ?1 AND ?2 = ?2 ORDER BY p.id DESC LIMIT ?3",
                letters,
                to.as_str(),
            ),
            ("p.pinyin >= ?1 AND p.pinyin < ?2 LIMIT ?3", from.as_str(), to.as_str()),
            (
                "p.id IN (SELECT party FROM alt_key WHERE key >= ?1 AND key < ?2 LIMIT ?3) LIMIT ?3",
                from.as_str(),
                to.as_str(),
            ),
            (
                "p.initials >= ?1 AND p.initials < ?2 LIMIT ?3",
                from.as_str(),
                to.as_str(),
            ),
        ];
        let mut found: Vec<FoundRow> = Vec::new();
        for (condition, from, to) in tries {
            for row in self.by(condition, params![from, to, most])? {
                if !found.iter().any(|known| known.number == row.number) {
                    found.push(row);
                }
            }
            if found.len() as i64 >= most {
                break;
            }
        }
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(found)
    }

    fn by(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<FoundRow>, StoreError> {
        self.rows(&format!("{COLUMNS} {condition}"), values)
    }

    fn rows(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<FoundRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
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
    if id_like(&upper) {
        return if matches!(upper.len(), 15 | 18) {
            Key::WholeId(upper)
        } else {
            Key::IdEnd(upper)
        };
    }
    if let Some((name, end)) = upper.split_once(' ').filter(|(_, end)| id_like(end.trim())) {
        return Key::IdEndAndName(end.trim().to_owned(), name.to_owned());
    }
    if upper.chars().any(|c| c.is_ascii_digit()) {
        return if upper.contains('-') || !upper.is_ascii() {
            Key::Number(upper)
        } else {
            Key::WholeId(upper)
        };
    }
    if query.chars().all(|c| c.is_ascii_alphabetic()) {
        return Key::Latin(query.to_lowercase());
    }
    Key::Name(query.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_for_what_it_looks_like() {
        for (query, key) in [
            ("zsf", Key::Latin("zsf".into())),
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
