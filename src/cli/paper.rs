//! Papers become files: announced in the record before, reported after, so that a crash between leaves a question and
//! no lie.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::output;
use super::stop::{Exit, Stop};
use crate::desk::{PrintJob, PrintOutcome, Registry, Session, StoredDocument};
use crate::print::{self, Offset, PrintFault};

/// A paper that was written out.
#[derive(Debug)]
pub(super) struct Written {
    /// Its name within the case.
    pub(super) name: String,
    /// Its file.
    pub(super) file: PathBuf,
    title: String,
    copy: i64,
    pages: usize,
    sha256: String,
}

/// What came of writing papers out.
#[derive(Debug)]
pub(super) struct Papers {
    /// Those that lie there now.
    pub(super) written: Vec<Written>,
    /// Why the rest does not.
    pub(super) fault: Option<PrintFault>,
}

impl Written {
    /// As results list it.
    pub(super) fn told(&self) -> Value {
        json!({
            "name": self.name, "title": self.title, "file": self.file.display().to_string(), "copy": self.copy,
            "pages": self.pages, "sha256": self.sha256,
        })
    }
}

impl Papers {
    /// No paper was asked for.
    pub(super) fn none() -> Self {
        Self {
            written: Vec::new(),
            fault: None,
        }
    }

    /// All of them, or why not.
    ///
    /// # Errors
    /// The first paper that could not be written.
    pub(super) fn all(self) -> Result<Vec<Written>, Stop> {
        match self.fault {
            None => Ok(self.written),
            Some(fault) => Err(fault.into()),
        }
    }
}

impl From<PrintFault> for Stop {
    fn from(fault: PrintFault) -> Self {
        let exit = match &fault {
            PrintFault::Write { source, .. } if is_full(source.kind()) => Exit::Store,
            PrintFault::Pdf(_) | PrintFault::ReadBack { .. } => Exit::Store,
            _ => Exit::Input,
        };
        Self::Said(exit, format!("{fault}。"), format!("{}.", fault.english()))
    }
}

fn is_full(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

/// The usual name of a paper's file.
pub(super) fn file_name(document: &StoredDocument) -> String {
    format!("{}.pdf", print::file_stem(&document.case, &document.document))
}

/// Writes papers to the files that `place` names, each announced before and reported after.
///
/// # Errors
/// The desk does not allow it: no such paper, no permission, or a reason is missing for one more copy.
pub(super) fn write_out(
    registry: &mut Registry,
    session: &Session,
    documents: &[i64],
    reason: &str,
    place: &dyn Fn(&StoredDocument) -> PathBuf,
) -> Result<Papers, Stop> {
    let offset = offset_of(registry, session.desk())?;
    let jobs = registry.announce_print(session, documents, reason)?;
    let mut papers = Papers::none();
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let print = job.print;
        let outcome = match papers.fault {
            None => match set(job, offset, place) {
                Ok(written) => {
                    let pdf_sha256 = written.sha256.clone();
                    papers.written.push(written);
                    PrintOutcome::Printed { pdf_sha256 }
                }
                Err(fault) => {
                    papers.fault = Some(fault);
                    PrintOutcome::Failed
                }
            },
            Some(_) => PrintOutcome::Failed,
        };
        outcomes.push((print, outcome));
    }
    registry.mark_printed(session, &outcomes)?;
    Ok(papers)
}

/// Writes one paper to the file that was named, or to the usual folder.
///
/// # Errors
/// As [`write_out`]; the paper cannot be set or written.
pub(super) fn write_one(
    registry: &mut Registry,
    session: &Session,
    paper: &StoredDocument,
    file: Option<&PathBuf>,
) -> Result<Written, Stop> {
    let file = match file {
        Some(file) => file.clone(),
        None => {
            let folder = usual_folder(registry);
            output::folder(&folder)?;
            folder.join(file_name(paper))
        }
    };
    let written = write_out(registry, session, &[paper.id], "", &|_| file.clone())?.all()?;
    written
        .into_iter()
        .next()
        .ok_or_else(|| Stop::broken_output("no paper"))
}

fn set(job: PrintJob, offset: Offset, place: &dyn Fn(&StoredDocument) -> PathBuf) -> Result<Written, PrintFault> {
    let document = &job.document.document;
    let (file, pdf) = print::write_stored(document, &job.layout_text, offset, place(&job.document))?;
    Ok(Written {
        name: document.name.clone(),
        title: document.title.clone(),
        file,
        copy: job.copy,
        pages: pdf.pages,
        sha256: pdf.sha256,
    })
}

/// What a desk's printer must be made up for.
///
/// # Errors
/// The settings cannot be read.
pub(super) fn offset_of(registry: &Registry, desk: &str) -> Result<Offset, Stop> {
    let profile = registry.desk_profile(desk)?;
    Ok(Offset {
        dx_mm: profile.dx_mm as f32,
        dy_mm: profile.dy_mm as f32,
    })
}

/// The folder that papers lie in unless somebody says otherwise: beside the record they belong to.
pub(super) fn usual_folder(registry: &Registry) -> PathBuf {
    registry.path().parent().unwrap_or(Path::new("")).join("papers")
}
