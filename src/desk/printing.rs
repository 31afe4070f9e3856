//! Printing as the record sees it: announced before the printer starts, reported after, asked about when nobody did.

use serde::Serialize;
use serde_json::json;

use super::fault::Fault;
use super::paper::{self, StoredDocument};
use super::permission::Permission;
use super::registry::{Act, House, Registry};
use super::{Problem, Session};
use crate::domain::document::{Document, Mode, Stamp};
use crate::store::{self, DocumentRow, PrintRow, Reader};

/// Whether a paper still says what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It does.
    Current,
    /// A later edition of it took its place (已被替换).
    Replaced,
    /// What it says was voided (作废).
    Void,
}

impl Standing {
    /// As sentences go on after a paper's title: Chinese, English.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Current => ["现行有效", "holds"],
            Self::Replaced => ["已被后来的一份替换", "was replaced by a later one"],
            Self::Void => ["已作废", "is void"],
        }
    }
}

/// A copy that may now be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// The copy's id, to be reported on.
    pub print: i64,
    /// Which copy it is, from 1.
    pub copy: i64,
    /// Which edition of its name within the case the paper is, from 1.
    pub edition: i64,
    /// The paper, with what this copy says of itself.
    pub document: StoredDocument,
    /// The text of its layout as kept in the record.
    pub layout_text: String,
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintOutcome {
    /// A file was written, and no printer is known that it could have gone to.
    Written {
        /// SHA-256 (hex) of the PDF.
        pdf_sha256: String,
    },
    /// It came out.
    Printed {
        /// SHA-256 (hex) of the PDF.
        pdf_sha256: String,
    },
    /// It did not.
    Failed,
    /// Nobody knows.
    Unknown,
}

/// A copy whose printing was announced and never reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPrint {
    /// The copy's id.
    pub print: i64,
    /// The paper's name.
    pub document: String,
    /// Its case.
    pub case: String,
}

impl From<store::PendingPrint> for PendingPrint {
    fn from(row: store::PendingPrint) -> Self {
        Self {
            print: row.id,
            document: row.document,
            case: row.case,
        }
    }
}

impl Registry {
    /// Announces a copy of each paper. The first one needs no reason; one more after a copy that came out does, and so
    /// does any copy of a paper that was replaced or is void. Each of these says what it is on every page.
    ///
    /// # Errors
    /// No such paper, a reason missing, a page for a blank that holds no more, no permission, or the store cannot be
    /// written.
    pub fn announce_print(
        &mut self,
        session: &Session,
        documents: &[i64],
        reason: &str,
    ) -> Result<Vec<PrintJob>, Problem> {
        self.announce(session, documents, reason, false)
    }

    /// The same copies once more, for an act whose answer was lost on its way (I12): they say what the first ones did.
    ///
    /// # Errors
    /// As [`Registry::announce_print`].
    pub fn announce_again(
        &mut self,
        session: &Session,
        documents: &[i64],
        reason: &str,
    ) -> Result<Vec<PrintJob>, Problem> {
        self.announce(session, documents, reason, true)
    }

    fn announce(
        &mut self,
        session: &Session,
        documents: &[i64],
        reason: &str,
        again: bool,
    ) -> Result<Vec<PrintJob>, Problem> {
        let reason = crate::domain::text::clean(reason).text.trim().to_owned();
        let subject = self.read(|reader| {
            let first = documents.first().copied().unwrap_or_default();
            Ok(reader.document(first)?.map(|row| row.case).unwrap_or_default())
        })?;
        let act = Act::new("print.announce", &subject).with(json!({"documents": documents, "reason": reason}));
        self.perform(session, Permission::Print, act, |tx, house| {
            let mut jobs = Vec::with_capacity(documents.len());
            for id in documents {
                let row = tx.document(*id)?.ok_or_else(|| Fault::NoDocument(id.to_string()))?;
                let (edition, _) = tx.edition_of(&row)?;
                let standing = standing(tx, &row)?;
                let mut document = paper::read(row)?;
                paper::stands(tx, &document)?;
                let made = if again { 0 } else { tx.copies_made(*id)? };
                may_be_printed(&document, standing, made, &reason)?;
                document.document.stamp = stamp(house, &document.document, standing, made)?;
                let copy = tx.copies_of(*id)? + 1;
                jobs.push(PrintJob {
                    print: tx.insert_print(&PrintRow {
                        document: *id,
                        copy,
                        reason: reason.clone(),
                        actor: session.account().to_owned(),
                        desk: session.desk().to_owned(),
                        at: session.now(),
                    })?,
                    copy,
                    edition,
                    layout_text: paper::layout_text(tx, &document.document)?,
                    document,
                });
            }
            // What a copy said of itself can be set again from here, years later.
            let stamps = jobs.iter().map(|job| &job.document.document.stamp);
            let stamps: Vec<_> = stamps
                .map(|stamp| [&stamp.corner, &stamp.across].map(String::as_str))
                .collect();
            if stamps.iter().flatten().any(|words| !words.is_empty()) {
                tx.tell("stamps", json!(stamps));
            }
            Ok(jobs)
        })
    }

    /// Reports what became of announced copies.
    ///
    /// # Errors
    /// One was reported before, no permission, or the store cannot be written.
    pub fn mark_printed(&mut self, session: &Session, outcomes: &[(i64, PrintOutcome)]) -> Result<(), Problem> {
        let act = Act::new("print.report", "");
        self.perform(session, Permission::Print, act, |tx, _| {
            for (print, outcome) in outcomes {
                let (word, hash) = match outcome {
                    PrintOutcome::Written { pdf_sha256 } => ("written", pdf_sha256.as_str()),
                    PrintOutcome::Printed { pdf_sha256 } => ("printed", pdf_sha256.as_str()),
                    PrintOutcome::Failed => ("failed", ""),
                    PrintOutcome::Unknown => ("unknown", ""),
                };
                let case = tx.finish_print(*print, word, hash)?;
                tx.set_subject(&case);
            }
            Ok(())
        })
    }
}

/// Whether a paper still holds: its certificate was not voided, and no later edition of it was made.
pub(super) fn standing(reader: &Reader, row: &DocumentRow) -> Result<Standing, Problem> {
    let certificate = reader.certificate_of_case(&row.case)?;
    if certificate.is_some_and(|known| known.state == "void") {
        return Ok(Standing::Void);
    }
    let (_, replaced) = reader.edition_of(row)?;
    Ok(if replaced {
        Standing::Replaced
    } else {
        Standing::Current
    })
}

/// A page for a blank is printed while it holds alone; anything else that holds no more, and any further copy, for a
/// reason.
fn may_be_printed(paper: &StoredDocument, standing: Standing, made: i64, reason: &str) -> Result<(), Problem> {
    let title = || paper.document.title.clone();
    if standing != Standing::Current && paper.document.mode == Mode::Overlay {
        return Err(Fault::PageGone(title(), standing).into());
    }
    if standing != Standing::Current && reason.is_empty() {
        return Err(Fault::ArchiveReason(title(), standing).into());
    }
    if made > 0 && reason.is_empty() {
        return Err(Fault::CopyReason(title()).into());
    }
    Ok(())
}

/// What a copy says of itself. A page for a blank says nothing: there the blank's serial tells which it is.
fn stamp(house: &House, document: &Document, standing: Standing, made: i64) -> Result<Stamp, Problem> {
    if document.mode == Mode::Overlay {
        return Ok(Stamp::default());
    }
    let across = match standing {
        Standing::Current => String::new(),
        Standing::Replaced => paper::words(house, "paper.replaced", &[])?,
        Standing::Void => paper::words(house, "paper.void", &[])?,
    };
    let n = (made + 1).to_string();
    let corner = match (made, standing) {
        (0, Standing::Current) => String::new(),
        (0, _) => paper::words(house, "paper.archive", &[])?,
        _ => paper::words(house, "paper.copy", &[("n", &n)])?,
    };
    Ok(Stamp { corner, across })
}
