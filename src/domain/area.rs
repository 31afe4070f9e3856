//! Codes of administrative areas (行政区划代码, GB/T 2260) with the time they were in use. An unknown code is unknown,
//! never an error: codes in identity numbers outlive their areas.

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::rows::{self, RowFault, Validity};

/// Six digits: province, prefecture, county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode(u32);

/// A text that is not six digits.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}”不是六位行政区划代码")]
pub struct NoAreaCode(pub String);

/// An area under one code during one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its own name: 德清县.
    pub name: String,
    /// When the code was in use under this name.
    pub validity: Validity,
}

/// What is known of a code on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AreaLookup {
    /// In use that day.
    Current(Area),
    /// No longer in use that day; the last area under the code.
    Abolished(Area),
    /// Not in the table, or not yet in use.
    Unknown,
}

/// All known codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AreaTable {
    rows: BTreeMap<AreaCode, Vec<Area>>,
}

impl AreaCode {
    /// The code of the province above (or of itself): `330000`.
    pub fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The code of the prefecture above (or of itself): `330500`.
    pub fn prefecture(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// The code of the next area above; `None` for a province.
    pub fn parent(self) -> Option<Self> {
        [self.prefecture(), self.province()]
            .into_iter()
            .find(|above| *above != self)
    }
}

impl AreaTable {
    /// Reads `code,name,valid_from,valid_to`; a code may stand several times with different times.
    pub fn from_csv(text: &str) -> Result<Self, RowFault> {
        let mut table = Self::default();
        for row in rows::read(text, &["code", "name", "valid_from", "valid_to"])? {
            let code = row.required("code")?.parse::<AreaCode>();
            let code = code.map_err(|fault| row.fault("code", fault.to_string()))?;
            let name = row.required("name")?.to_owned();
            let area = Area {
                code,
                name,
                validity: Validity::of(&row)?,
            };
            let same = table.rows.entry(code).or_default();
            if same.iter().any(|other| overlap(&other.validity, &area.validity)) {
                return Err(row.fault("valid_from", format!("{code} 的有效期与前一行重叠")));
            }
            same.push(area);
            same.sort_by_key(|area| area.validity.from);
        }
        Ok(table)
    }

    /// What is known of a code on a day.
    pub fn lookup(&self, code: AreaCode, on: NaiveDate) -> AreaLookup {
        if let Some(area) = self.current(code, on) {
            return AreaLookup::Current(area.clone());
        }
        let mut known = self.rows.get(&code).into_iter().flatten().rev();
        match known.find(|area| area.validity.is_over_on(on)) {
            Some(area) => AreaLookup::Abolished(area.clone()),
            None => AreaLookup::Unknown,
        }
    }

    /// An area's name with those above it as they were called then: 浙江省湖州市德清县.
    pub fn full_name(&self, area: &Area) -> String {
        let mut above = vec![area.code.province(), area.code.prefecture()];
        above.dedup();
        let above = above.into_iter().filter(|code| *code != area.code);
        let mut full: String = above
            .filter_map(|code| self.name_above(code, area.validity.to))
            .collect();
        full.push_str(&area.name);
        full
    }

    /// The area under a code in use that day.
    fn current(&self, code: AreaCode, on: NaiveDate) -> Option<&Area> {
        self.rows.get(&code)?.iter().find(|area| area.validity.holds_on(on))
    }

    /// The areas right below one in use that day, in the order of their codes; the provinces for `None`.
    pub fn children(&self, of: Option<AreaCode>, on: NaiveDate) -> Vec<&Area> {
        let below = |area: &&Area| match (self.parent_in_use(area.code, on), of) {
            (parent, Some(of)) => parent == Some(of),
            (parent, None) => parent.is_none(),
        };
        self.in_use(on).filter(below).collect()
    }

    /// Areas in use that day whose code begins with, or whose full name holds, what was typed.
    pub fn find(&self, query: &str, on: NaiveDate) -> Vec<&Area> {
        let query = query.trim();
        let fits = |area: &&Area| self.full_name(area).contains(query) || area.code.to_string().starts_with(query);
        self.in_use(on).filter(fits).collect()
    }

    fn in_use(&self, on: NaiveDate) -> impl Iterator<Item = &Area> {
        self.rows
            .values()
            .flatten()
            .filter(move |area| area.validity.holds_on(on))
    }

    /// Counties of a province's direct rule have no prefecture row: their parent is the province.
    fn parent_in_use(&self, code: AreaCode, on: NaiveDate) -> Option<AreaCode> {
        let mut above = code.parent()?;
        if self.current(above, on).is_none() {
            above = above.parent()?;
        }
        Some(above)
    }

    /// The name of an area above, as it was when the lower one was last in use.
    fn name_above(&self, code: AreaCode, last: Option<NaiveDate>) -> Option<&str> {
        let known = self.rows.get(&code)?;
        let then = known
            .iter()
            .find(|area| last.map_or(area.validity.to.is_none(), |day| area.validity.holds_on(day)));
        then.or(known.last()).map(|area| area.name.as_str())
    }
}

fn overlap(a: &Validity, b: &Validity) -> bool {
    let ends_before = |x: &Validity, y: &Validity| matches!((x.to, y.from), (Some(to), Some(from)) if to < from);
    !ends_before(a, b) && !ends_before(b, a)
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl FromStr for AreaCode {
    type Err = NoAreaCode;

    fn from_str(text: &str) -> Result<Self, NoAreaCode> {
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.map(Self).ok_or_else(|| NoAreaCode(text.to_owned()))
    }
}

impl TryFrom<String> for AreaCode {
    type Error = NoAreaCode;

    fn try_from(text: String) -> Result<Self, NoAreaCode> {
        text.parse()
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests;
