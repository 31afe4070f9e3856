//! A list of codes with names (ethnicities, countries …) and how a person finds a line of it. Knows no list by name.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{
    name,
    rows::{self, RowFault, Validity},
    text::compare_key,
};

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEntry {
    /// The code as data holds it, such as `01`.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// English name; empty where the list has none.
    pub name_en: String,
    /// From when to when the code may be used.
    pub validity: Validity,
}

/// Comparison keys of a line: code, name, English name, initials, pinyin.
type Keys = [String; 5];

/// A list of codes in the order of its file.
#[derive(Debug, Clone)]
pub struct CodeList {
    id: String,
    entries: Vec<CodeEntry>,
    /// What the lines are found by, made when somebody first looks: many a start of the program ends without.
    keys: OnceLock<Vec<Keys>>,
}

impl CodeList {
    /// Reads `code,name,name_en,valid_from,valid_to`; a code stands once.
    pub fn from_csv(id: &str, text: &str) -> Result<Self, RowFault> {
        let (mut entries, mut known) = (Vec::new(), BTreeSet::new());
        for row in rows::read(text, &["code", "name", "name_en", "valid_from", "valid_to"])? {
            let code = row.required("code")?.to_owned();
            if !known.insert(code.clone()) {
                return Err(row.fault("code", format!("“{code}”出现两次")));
            }
            entries.push(CodeEntry {
                code,
                name: row.required("name")?.to_owned(),
                name_en: row.cell("name_en").to_owned(),
                validity: Validity::of(&row)?,
            });
        }
        Ok(Self {
            id: id.to_owned(),
            entries,
            keys: OnceLock::new(),
        })
    }

    /// The list's id, such as `ethnicities`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All lines, in the order of the file.
    pub fn entries(&self) -> &[CodeEntry] {
        &self.entries
    }

    /// The line of a code, whether or not it may still be used.
    pub fn get(&self, code: &str) -> Option<&CodeEntry> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// Whether a line may be given by its name as well: where codes are numbers, which few know by heart.
    pub fn answers_to_names(&self) -> bool {
        let numbered = |entry: &CodeEntry| entry.code.starts_with(|c: char| c.is_ascii_digit());
        self.entries.iter().all(numbered)
    }

    /// The line of a code, or of a name where one line alone bears it on a day: a file says `03` or `回族`.
    pub fn named(&self, text: &str, on: NaiveDate) -> Option<&CodeEntry> {
        self.get(text).or_else(|| {
            if !self.answers_to_names() {
                return None;
            }
            let mut named = self
                .entries
                .iter()
                .filter(|entry| entry.name == text && entry.validity.holds_on(on));
            named.next().filter(|_| named.next().is_none())
        })
    }

    /// Lines that a typed word can mean on a day: a code, the begin or part of a name, pinyin or its initials.
    /// Exact matches stand first, then beginnings, then the rest, each in the order of the file.
    pub fn find(&self, query: &str, on: NaiveDate) -> Vec<&CodeEntry> {
        let query = compare_key(query);
        let keys = self
            .keys
            .get_or_init(|| self.entries.iter().map(CodeEntry::keys).collect());
        let usable = self
            .entries
            .iter()
            .zip(keys)
            .filter(|(entry, _)| entry.validity.holds_on(on));
        let mut found: Vec<_> = usable
            .filter_map(|(entry, keys)| Some((rank(keys, &query)?, entry)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }
}

impl CodeEntry {
    fn keys(&self) -> Keys {
        let (initials, pinyin) = name::reading(&self.name);
        [&self.code, &self.name, &self.name_en, &initials, &pinyin].map(|text| compare_key(text))
    }
}

/// How well a query (a comparison key) fits: 0 exactly, 1 as a beginning, 2 somewhere inside.
fn rank(keys: &Keys, query: &str) -> Option<u8> {
    let begins = |key: &String| key.starts_with(query);
    if keys.iter().any(|key| key == query) {
        Some(0)
    } else if keys.iter().any(begins) {
        Some(1)
    } else {
        let [_, name, name_en, ..] = keys;
        (name.contains(query) || name_en.contains(query)).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn on() -> NaiveDate {
        "2026-11-24".parse().unwrap()
    }

    fn ethnicities() -> CodeList {
        CodeList::from_csv("ethnicities", include_str!("../../forms/codes/ethnicities.csv")).unwrap()
    }

    #[rstest]
    #[case("01", "汉族")]
    #[case("汉", "汉族")]
    #[case("hz", "汉族")]
    #[case("ha", "汉族")]
    #[case("weiwuer", "维吾尔族")]
    #[case("Uygur", "维吾尔族")]
    #[case("畲", "畲族")]
    fn found_by_what_people_type(#[case] query: &str, #[case] name: &str) {
        let list = ethnicities();
        assert!(list.find(query, on()).iter().any(|entry| entry.name == name), "{query}");
    }

    #[test]
    fn an_exact_code_stands_first() {
        let list = ethnicities();
        assert_eq!(list.find("56", on())[0].name, "基诺族");
        assert!(list.find("没有", on()).is_empty());
        assert_eq!(list.get("52").unwrap().name, "鄂伦春族");
        assert_eq!(
            list.entries()
                .iter()
                .filter(|entry| entry.code.as_str() <= "56")
                .count(),
            56
        );
    }

    #[rstest]
    #[case("ethnicities", include_str!("../../forms/codes/ethnicities.csv"), 58)]
    #[case("countries", include_str!("../../forms/codes/countries.csv"), 240)]
    #[case("marital_status", include_str!("../../forms/codes/marital_status.csv"), 4)]
    #[case("education", include_str!("../../forms/codes/education.csv"), 6)]
    #[case("occupations", include_str!("../../forms/codes/occupations.csv"), 8)]
    #[case("id_types", include_str!("../../forms/codes/id_types.csv"), 13)]
    fn shipped_lists_are_whole(#[case] id: &str, #[case] text: &str, #[case] at_least: usize) {
        let list = CodeList::from_csv(id, text).unwrap();
        assert_eq!(list.id(), id);
        assert!(list.entries().len() >= at_least, "{id} has {}", list.entries().len());
        assert!(list.entries().iter().all(|entry| !entry.name_en.is_empty()));
    }

    #[test]
    fn every_id_type_is_known_to_the_parser() {
        let list = CodeList::from_csv("id_types", include_str!("../../forms/codes/id_types.csv")).unwrap();
        for entry in list.entries() {
            assert!(
                entry.code.parse::<crate::domain::id_number::IdKind>().is_ok(),
                "{}",
                entry.code
            );
        }
    }

    #[test]
    fn an_ended_code_is_known_but_not_offered() {
        let text = "code,name,name_en,valid_from,valid_to\n1,甲,A,,2020-12-31\n2,乙,B,2021-01-01,\n";
        let list = CodeList::from_csv("x", text).unwrap();
        assert!(list.get("1").is_some());
        assert_eq!(list.find("", on()).len(), 1);
        let twice = "code,name,name_en,valid_from,valid_to\n1,甲,A,,\n1,乙,B,,\n";
        assert_eq!(CodeList::from_csv("x", twice).unwrap_err().line, 3);
    }
}
