//! `print`: papers of a case, from the record as it was kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::paper::{self, Outlet, Written};
use super::stop::{Exit, Stop};
use crate::desk::{PrintJob, Registry, Session, StoredDocument};

/// 打印一件业务的文书：按当时保存的内容和版式 / print the papers of a case, as they were kept in the record
#[derive(Debug, Args)]
pub(super) struct Print {
    /// 业务编号、字号或登记凭条号；日结单写作 day 2026-11-24 / number of the case, certificate or slip
    case: String,
    /// 只打印这一份，可多次；不写就是全部 / this paper only, may be repeated; all if left out
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// 写到这个文件；不止一份时是目录。不写就放在库旁的 papers，设了打印命令的交给打印机 / the file, or a folder for several
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 再打一份的原因 / why one more copy is printed
    #[arg(long, default_value = "")]
    reason: String,
}

impl Print {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let papers = self.asked(&registry, &session)?;
        let ids: Vec<i64> = papers.iter().map(|paper| paper.id).collect();
        let folder = self.folder(&registry, ids.len())?;
        let place = |job: &PrintJob| match (&folder, &self.output) {
            (Some(folder), _) => folder.join(paper::file_name(job)),
            (None, Some(file)) => file.clone(),
            (None, None) => PathBuf::from(paper::file_name(job)),
        };
        let printer = match self.output {
            None => Outlet::of(&registry, session.desk())?,
            Some(_) => None,
        };
        let jobs = registry.announce_print(&session, &ids, &self.reason)?;
        let papers = paper::set_all(&mut registry, &session, jobs, &place, printer.as_ref())?;
        for paper in &papers.written {
            output::say(&paper.file.display().to_string());
        }
        let written = papers.all()?;
        if printer.is_none() {
            let n = written.len();
            context.say(
                &format!("已写出 {n} 份 PDF，没有送打印机。"),
                &format!("{n} PDF files were written; nothing went to a printer."),
            );
        }
        let told: Vec<_> = written.iter().map(Written::told).collect();
        output::json(&json!({"guitai": 1, "case": self.case, "documents": told}))?;
        Ok(Exit::Done)
    }

    /// The papers that are wanted, each in its last version.
    fn asked(&self, registry: &Registry, session: &Session) -> Result<Vec<StoredDocument>, Stop> {
        let case = match registry.case_view(session, &self.case) {
            Ok(view) => view.case,
            // The papers of a day belong to no case.
            Err(problem) if problem.code == "case.unknown" && self.case.starts_with("day ") => self.case.clone(),
            Err(problem) => return Err(problem.into()),
        };
        let mut last: BTreeMap<String, StoredDocument> = BTreeMap::new();
        let mut order = Vec::new();
        for paper in registry.documents_of(session, &case)? {
            let name = paper.document.name.clone();
            if last.insert(name.clone(), paper).is_none() {
                order.push(name);
            }
        }
        let wanted = if self.document.is_empty() {
            &order
        } else {
            &self.document
        };
        let found: Vec<StoredDocument> = wanted.iter().filter_map(|name| last.remove(name)).collect();
        if found.len() < wanted.len() || found.is_empty() {
            let (case, known) = (&self.case, order.join("、"));
            return Err(Stop::input(
                &format!("{case} 没有这样的文书，有 {known}。"),
                &format!("{case} has no such paper; it has {known}."),
            ));
        }
        Ok(found)
    }

    /// The folder to write into; `None` where `-o` names the file itself.
    fn folder(&self, registry: &Registry, papers: usize) -> Result<Option<PathBuf>, Stop> {
        let folder = match &self.output {
            None => paper::usual_folder(registry),
            Some(named) if papers > 1 || named.is_dir() => named.clone(),
            Some(_) => return Ok(None),
        };
        output::folder(&folder)?;
        Ok(Some(folder))
    }
}
