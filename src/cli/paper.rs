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
    pub(super) fault: Option<Stop>,
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
            Some(fault) => Err(fault),
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

/// The usual name of a copy's file.
pub(super) fn file_name(job: &PrintJob) -> String {
    print::file_name(&job.document.case, &job.document.document, job.edition, job.copy)
}

/// Where a copy goes.
pub(super) type Place<'a> = &'a dyn Fn(&PrintJob) -> PathBuf;

/// Announces a copy of each of these papers, writes it to the file that `place` names, hands it on, and reports what
/// came of it.
///
/// # Errors
/// The desk does not allow it: no such paper, no permission, or a reason is missing for one more copy.
pub(super) fn write_out(
    registry: &mut Registry,
    session: &Session,
    documents: &[i64],
    reason: &str,
    place: Place,
) -> Result<Papers, Stop> {
    let jobs = registry.announce_print(session, documents, reason)?;
    set_all(registry, session, jobs, place, None)
}

/// Sets announced copies, sends each to the printer where one is named, and reports what came of them.
///
/// # Errors
/// The store cannot be written.
pub(super) fn set_all(
    registry: &mut Registry,
    session: &Session,
    jobs: Vec<PrintJob>,
    place: Place,
    printer: Option<&Outlet>,
) -> Result<Papers, Stop> {
    let offset = offset_of(registry, session.desk())?;
    let mut papers = Papers::none();
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let print = job.print;
        let done = match &papers.fault {
            None => set(job, offset, place, printer),
            Some(_) => Err(None),
        };
        let outcome = match done {
            Ok(written) => {
                let pdf_sha256 = written.sha256.clone();
                papers.written.push(written);
                match printer {
                    Some(_) => PrintOutcome::Printed { pdf_sha256 },
                    None => PrintOutcome::Written { pdf_sha256 },
                }
            }
            Err(fault) => {
                papers.fault = papers.fault.or(fault);
                PrintOutcome::Failed
            }
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
    let folder = match file {
        Some(_) => None,
        None => {
            let folder = usual_folder(registry);
            output::folder(&folder)?;
            Some(folder)
        }
    };
    let place = |job: &PrintJob| match (file, &folder) {
        (Some(file), _) => file.clone(),
        (None, Some(folder)) => folder.join(file_name(job)),
        (None, None) => PathBuf::from(file_name(job)),
    };
    let written = write_out(registry, session, &[paper.id], "", &place)?.all()?;
    written
        .into_iter()
        .next()
        .ok_or_else(|| Stop::broken_output("no paper"))
}

/// Sets one copy and sends it; why not otherwise.
fn set(job: PrintJob, offset: Offset, place: Place, printer: Option<&Outlet>) -> Result<Written, Option<Stop>> {
    let document = &job.document.document;
    let (file, pdf) = print::write_stored(document, &job.layout_text, offset, place(&job))
        .map_err(|fault| Some(Stop::from(fault)))?;
    if let Some(outlet) = printer {
        outlet.send(&file).map_err(Some)?;
    }
    Ok(Written {
        name: document.name.clone(),
        title: document.title.clone(),
        file,
        copy: job.copy,
        pages: pdf.pages,
        sha256: pdf.sha256,
    })
}

/// The registry's print program and the desk's queue.
#[derive(Debug)]
pub(super) struct Outlet {
    program: String,
    queue: String,
}

impl Outlet {
    /// What a desk prints with; `None` where papers are only written.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub(super) fn of(registry: &Registry, desk: &str) -> Result<Option<Self>, Stop> {
        let program = registry.profile().print_command.clone();
        if program.is_empty() {
            return Ok(None);
        }
        let queue = registry.desk_profile(desk)?.printer;
        Ok(Some(Self { program, queue }))
    }

    fn send(&self, file: &Path) -> Result<(), Stop> {
        let command = &self.program;
        print::send(command, &self.queue, file).map_err(|why| {
            let shown = file.display();
            Stop::input(
                &format!("打印命令 {command} 没有成功（{why}）。文件在 {shown}，可以直接打印。"),
                &format!("The print command {command} failed ({why}). The file is {shown} and can be printed by hand."),
            )
        })
    }
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
