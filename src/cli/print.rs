//! `print`: papers of a case, from the record as it was kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::args::day;
use super::context::Context;
use super::output;
use super::paper::{self, Outlet, Written};
use super::stop::{Exit, Stop};
use crate::desk::{PrintJob, Registry, Session, StoredDocument};

/// 打印一件业务的文书：按当时保存的内容和版式 / print the papers of a case, as they were kept in the record
#[derive(Debug, Args)]
pub(super) struct Print {
    /// 业务编号、字号或登记凭条号；日结单写作 day 2026-11-24 / number of the case, certificate or slip; a day sheet is day 2026-11-24
    #[arg(required = true, num_args = 1..=2)]
    case: Vec<String>,
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
        let asked = self.subject()?;
        let papers = self.asked(&registry, &session, &asked)?;
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
        output::json(&json!({"guitai": 1, "case": asked, "documents": told}))?;
        Ok(Exit::Done)
    }

    /// The case or the day that was named.
    fn subject(&self) -> Result<String, Stop> {
        let words: Vec<&str> = self.case.iter().flat_map(|word| word.split_whitespace()).collect();
        match words.as_slice() {
            ["day", typed] => match day(typed) {
                Ok(day) => Ok(format!("day {day}")),
                Err(why) => Err(Stop::input(&why, &why)),
            },
            ["day"] => Err(Stop::input(
                "请写明哪一天，如 day 2026-11-24。",
                "Say which day, such as day 2026-11-24.",
            )),
            [case] => Ok((*case).to_owned()),
            _ => Err(Stop::input(
                "一次打印一件业务，或 day 2026-11-24 的日结单。",
                "One case at a time, or the sheet of a day: day 2026-11-24.",
            )),
        }
    }

    /// The papers that are wanted, each in its last version.
    fn asked(&self, registry: &Registry, session: &Session, asked: &str) -> Result<Vec<StoredDocument>, Stop> {
        // The papers of a day belong to no case.
        let day = asked.strip_prefix("day ");
        let case = match day {
            Some(_) => asked.to_owned(),
            None => registry.case_view(session, asked)?.case,
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
        match (day, order.is_empty()) {
            (Some(day), true) => Err(Stop::input(
                &format!("{day} 的日结单还没有存入记录。请先用 guitai report day {day} --format pdf 存入并打印。"),
                &format!(
                    "No sheet of {day} was kept yet. Keep and print one with guitai report day {day} --format pdf."
                ),
            )),
            (None, true) => Err(Stop::input(
                &format!("{asked} 还没有文书。"),
                &format!("{asked} has no papers yet."),
            )),
            (_, false) if found.len() < wanted.len() => {
                let known = order.join(" ");
                Err(Stop::input(
                    &format!("{asked} 没有这样的文书，有：{known}。"),
                    &format!("{asked} has no such paper; it has: {known}."),
                ))
            }
            (_, false) => Ok(found),
        }
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
