//! A paper as plain data (文书): what will stand on it, under which layout, for which record.
//!
//! A [`Document`] is stored before it is printed and never changes, so that a reprint years later says the same.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Whether the page draws everything or only the values on a pre-printed blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Frame, labels and values on plain paper.
    Full,
    /// Only the values, to be laid over a pre-printed blank (套打).
    Overlay,
}

/// What one binding of a layout holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// A value to be printed as it stands; the empty text prints as a blank line.
    Text(String),
    /// Rows of a table, each a map from column to text.
    Rows(Vec<BTreeMap<String, String>>),
}

/// What a copy says of itself beside what the paper says; the paper in the record has none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// In the upper right corner of every page, such as 副本 2; may be empty.
    pub corner: String,
    /// Across every page, such as 作废; may be empty.
    pub across: String,
}

impl Stamp {
    /// Whether it says nothing.
    pub fn is_none(&self) -> bool {
        self.corner.is_empty() && self.across.is_empty()
    }
}

/// One paper, ready to be set: layout and values by name, nothing that depends on a clock or a printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Name within its case, such as `marriage-declaration-man`.
    pub name: String,
    /// Title as people say it, such as 申请结婚登记声明书（男方）.
    pub title: String,
    /// Id of the layout in `forms/paper/`.
    pub layout: String,
    /// SHA-256 (hex) of the layout's text; the text itself is kept in the record.
    pub layout_sha256: String,
    /// Full page or overlay.
    pub mode: Mode,
    /// Values by binding name, such as `man.name`.
    pub bindings: BTreeMap<String, Binding>,
    /// SHA-256 (hex) of the record as it was examined, so that paper and record can be held together.
    pub record_sha256: String,
    /// When the act was done that this paper belongs to; the only time inside the file.
    pub dated: NaiveDateTime,
    /// Whether 样张 SPECIMEN must stand across every page (training).
    pub specimen: bool,
    /// What this copy says of itself.
    #[serde(default, skip_serializing_if = "Stamp::is_none")]
    pub stamp: Stamp,
}

impl Document {
    /// The binding that names the blank a page is made for; no layout prints it.
    pub const BLANK: &'static str = "blank";

    /// The serial of the blank this page is to be laid over, where it is known.
    pub fn blank(&self) -> Option<&str> {
        (self.mode == Mode::Overlay).then(|| self.text(Self::BLANK)).flatten()
    }

    /// The text of a binding; `None` where the layout asks for something the document does not carry.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.bindings.get(name)? {
            Binding::Text(text) => Some(text),
            Binding::Rows(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_survives_its_own_json() {
        let document = Document {
            name: "check".into(),
            title: "核对单".into(),
            layout: "marriage-check".into(),
            layout_sha256: "00".into(),
            mode: Mode::Overlay,
            bindings: BTreeMap::from([
                ("man.name".to_owned(), Binding::Text("吴𠮷".into())),
                ("rows".to_owned(), Binding::Rows(vec![BTreeMap::new()])),
            ]),
            record_sha256: "11".into(),
            dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 24)
                .unwrap()
                .and_hms_opt(9, 0, 0)
                .unwrap(),
            specimen: true,
            stamp: Stamp::default(),
        };
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
        assert_eq!(document.text("man.name"), Some("吴𠮷"));
        assert_eq!(document.text("rows"), None);
    }
}
