//! Papers of a case (文书): made from its record, stored before anybody prints them, together with their layouts' texts.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::fault::Fault;
use super::record::Record;
use super::registry::House;
use super::{Permission, Problem, Registry, Session};
use crate::domain::document::{Binding, Document, Mode, Stamp};
use crate::forms::sha256;
use crate::store::{DefinitionRow, DocumentRow, Reader, Tx};

/// A paper in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its id in the record.
    pub id: i64,
    /// The case, or `day 2026-11-24`.
    pub case: String,
    /// The paper.
    pub document: Document,
}

/// What the papers of one act share.
pub(super) struct Papers<'a> {
    pub house: &'a House,
    /// The case they belong to.
    pub case: &'a str,
    pub record_sha256: &'a str,
    pub dated: NaiveDateTime,
    pub specimen: bool,
}

/// A paper to be made: name, title, layout, how it is set, and what stands on it.
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub layout: &'a str,
    pub mode: Mode,
    pub bindings: BTreeMap<String, Binding>,
}

impl Papers<'_> {
    /// What a paper says in the registry's name, by its code in the data.
    ///
    /// # Errors
    /// A broken file has lost the words; no paper is made without them.
    pub(super) fn words(&self, code: &str, params: &[(&str, &str)]) -> Result<String, Problem> {
        words(self.house, code, params)
    }

    /// Makes a paper and stores it with its layout's text.
    pub(super) fn store(&self, tx: &mut Tx, sheet: Sheet) -> Result<StoredDocument, Problem> {
        let (sha256, text) = layout(self.house, sheet.layout)?;
        tx.keep_definition(&DefinitionRow {
            sha256: sha256.clone(),
            kind: "paper".to_owned(),
            id: sheet.layout.to_owned(),
            text,
        })?;
        let document = Document {
            name: sheet.name.to_owned(),
            title: sheet.title.to_owned(),
            layout: sheet.layout.to_owned(),
            layout_sha256: sha256,
            mode: sheet.mode,
            bindings: sheet.bindings,
            record_sha256: self.record_sha256.to_owned(),
            dated: self.dated,
            specimen: self.specimen,
            stamp: Stamp::default(),
        };
        let id = tx.insert_document(&DocumentRow {
            id: 0,
            case: self.case.to_owned(),
            name: document.name.clone(),
            body: serde_json::to_string(&document).map_err(|e| Fault::Machine(e.to_string()))?,
            created: self.dated,
        })?;
        Ok(StoredDocument {
            id,
            case: self.case.to_owned(),
            document,
        })
    }
}

/// What papers say in the registry's name, by its code in the data.
///
/// # Errors
/// A broken file has lost the words.
pub(super) fn words(house: &House, code: &str, params: &[(&str, &str)]) -> Result<String, Problem> {
    let params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let found = house.forms.paper_text(code, &params.collect());
    found.ok_or_else(|| Fault::NoWords(code.to_owned()).into())
}

/// Hash and text of a layout.
fn layout(house: &House, id: &str) -> Result<(String, String), Problem> {
    let paper = house.forms.paper(id).ok_or_else(|| Fault::NoLayout(id.to_owned()))?;
    Ok((paper.sha256.clone(), paper.text.clone()))
}

/// Reads a stored paper.
pub(super) fn read(row: DocumentRow) -> Result<StoredDocument, Problem> {
    let document =
        serde_json::from_str(&row.body).map_err(|e| Fault::Unreadable(format!("document {}: {e}", row.id)))?;
    Ok(StoredDocument {
        id: row.id,
        case: row.case,
        document,
    })
}

/// Proves, before paper is used, that a stored paper still is what its act made of the examined case (I8): no row was
/// changed behind the desk, and what it says of people is what the record says.
pub(super) fn stands(reader: &Reader, stored: &StoredDocument) -> Result<(), Problem> {
    let document = &stored.document;
    let changed = || Problem::from(Fault::PaperChanged(document.title.clone(), stored.case.clone()));
    if !reader.paper_stands(stored.id, &stored.case, &document.layout_sha256)? {
        return Err(changed());
    }
    let Some(case) = reader.case(&stored.case)? else {
        return Ok(());
    };
    let record = Record::read(&case.id, &case.examined)?;
    let same = document.record_sha256 == case.record_sha256 && sha256(&case.examined) == case.record_sha256;
    let says_so = |(name, binding): (&String, &Binding)| match (binding, record.value(name)) {
        (Binding::Text(said), Some(value)) => *said == value.paper,
        _ => true,
    };
    if same && document.bindings.iter().all(says_so) {
        Ok(())
    } else {
        Err(changed())
    }
}

/// The text of the layout a stored paper was made for.
pub(super) fn layout_text(reader: &Reader, document: &Document) -> Result<String, Problem> {
    let kept = reader.definition(&document.layout_sha256)?;
    Ok(kept.ok_or_else(|| Fault::NoDefinition(document.layout.clone()))?.text)
}

impl Registry {
    /// The papers of a case, oldest first.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn documents_of(&self, session: &Session, case: &str) -> Result<Vec<StoredDocument>, Problem> {
        session.allow(Permission::Look)?;
        self.read(|reader| reader.documents_of(case)?.into_iter().map(read).collect())
    }
}
