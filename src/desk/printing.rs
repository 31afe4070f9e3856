//! Printing as the record sees it: announced before the printer starts, reported after, asked about when nobody did.

use serde_json::json;

use super::fault::Fault;
use super::paper::{self, StoredDocument};
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::store::{self, PrintRow};

/// A copy that may now be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// The copy's id, to be reported on.
    pub print: i64,
    /// Which copy it is, from 1.
    pub copy: i64,
    /// The paper.
    pub document: StoredDocument,
    /// The text of its layout as kept in the record.
    pub layout_text: String,
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintOutcome {
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
    /// Announces a copy of each paper. The first one needs no reason; one more after a copy that came out does.
    ///
    /// # Errors
    /// No such paper, a reason missing, no permission, or the store cannot be written.
    pub fn announce_print(
        &mut self,
        session: &Session,
        documents: &[i64],
        reason: &str,
    ) -> Result<Vec<PrintJob>, Problem> {
        let reason = crate::domain::text::clean(reason).text.trim().to_owned();
        let subject = self.read(|reader| {
            let first = documents.first().copied().unwrap_or_default();
            Ok(reader.document(first)?.map(|row| row.case).unwrap_or_default())
        })?;
        let act = Act::new("print.announce", &subject).with(json!({"documents": documents, "reason": reason}));
        self.perform(session, Permission::Print, act, |tx, _| {
            let mut jobs = Vec::with_capacity(documents.len());
            for id in documents {
                let row = tx.document(*id)?.ok_or_else(|| Fault::NoDocument(id.to_string()))?;
                let document = paper::read(row)?;
                paper::stands(tx, &document)?;
                if tx.copies_made(*id)? > 0 && reason.is_empty() {
                    return Err(Fault::CopyReason(document.document.title).into());
                }
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
                    layout_text: paper::layout_text(tx, &document.document)?,
                    document,
                });
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
