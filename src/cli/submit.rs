//! `submit`: answers as JSON in; findings, numbers and papers as JSON out.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::args::Lang;
use super::context::{Context, json_of};
use super::output;
use super::paper::{self, Papers};
use super::stop::{Exit, Stop};
use crate::desk::{Noted, PrintJob, Registry, Session, SubmitOptions, Submitted};
use crate::domain::finding::{Finding, Severity};
use crate::print;

/// Why papers of an act that was done before are written out once more.
const AGAIN: &str = "同一份提交再次送达";

/// Findings that are said.
const SAID: usize = 100;

/// Largest file that is read, in bytes. A case has a few thousand; this is room for mistakes, not for use.
const MOST: u64 = 64_000_000;

/// 办一件业务：交 JSON 答案，得 JSON 结果 / take a case: answers as JSON in, the result as JSON out
#[derive(Debug, Args)]
pub(super) struct Submit {
    /// 业务，如 marriage / the form
    form: String,
    /// JSON 文件，- 为标准输入 / the file, - for standard input
    file: PathBuf,
    /// 什么也不写，只说会怎样 / write nothing and say what would happen
    #[arg(long)]
    dry_run: bool,
    /// 把文书写成 PDF 放到这个目录 / write the papers as PDF into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Submit {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let json = json_of(&self.file, MOST)?;
        // What is refused or incomplete writes nothing, not even that somebody signed in.
        let noted = if self.dry_run {
            Noted::NotAtAll
        } else {
            Noted::WithTheAct
        };
        let (mut registry, session) = context.signed_in_noted(noted)?;
        // Before the act: a folder that cannot be made is no reason to have half of what was asked for.
        if let (Some(folder), false) = (&self.out, self.dry_run) {
            output::writable(folder)?;
        }
        let options = SubmitOptions { dry_run: self.dry_run };
        let submitted = registry.submit(&session, &self.form, &json, options)?;
        say_findings(&submitted.findings, context);
        let papers = match &self.out {
            Some(folder) => written(&mut registry, &session, &submitted, folder)?,
            None => Papers::none(),
        };
        output::json(&result(&submitted, &papers, context.lang()))?;
        papers.all()?;
        // Closing as refused was asked for: then the refusal is what was to be done.
        let closed = submitted.case.is_some();
        Ok(if submitted.done() || closed {
            Exit::Done
        } else if submitted.malformed() {
            Exit::Input
        } else {
            Exit::Refused
        })
    }
}

fn written(registry: &mut Registry, session: &Session, submitted: &Submitted, folder: &Path) -> Result<Papers, Stop> {
    let ids: Vec<i64> = submitted.documents.iter().map(|paper| paper.id).collect();
    if ids.is_empty() {
        return Ok(Papers::none());
    }
    let jobs = match submitted.repeated {
        true => registry.announce_again(session, &ids, AGAIN)?,
        false => registry.announce_print(session, &ids, "")?,
    };
    // The answer to an act sent twice names the same files.
    let place = |job: &PrintJob| {
        let document = &job.document;
        folder.join(print::file_name(&document.case, &document.document, job.edition, 1))
    };
    paper::set_all(registry, session, jobs, &place, None)
}

/// The JSON of an answer. Papers that were not written out have no file.
fn result(submitted: &Submitted, papers: &Papers, lang: Lang) -> Value {
    let mut json = submitted.to_json(&[]);
    if let Some(findings) = json.get_mut("findings") {
        *findings = told(&submitted.findings, lang);
    }
    let documents = submitted.documents.iter().map(|stored| {
        let name = &stored.document.name;
        let file = papers.written.iter().find(|written| written.name == *name);
        json!({"name": name, "file": file.map(|written| written.file.display().to_string())})
    });
    if let Some(listed) = json.get_mut("documents") {
        *listed = documents.collect();
    }
    json
}

/// Findings as JSON; their sentences in the language of this run.
fn told(findings: &[Finding], lang: Lang) -> Value {
    let told = findings.iter().map(|finding| {
        let says = lang.of(
            &finding.says,
            if finding.says_en.is_empty() {
                &finding.says
            } else {
                &finding.says_en
            },
        );
        let mut json = json!(finding);
        if let Some(map) = json.as_object_mut() {
            map.insert("says".to_owned(), json!(says));
        }
        json
    });
    told.collect()
}

/// Says what was found; what is beyond reading stands in the JSON.
pub(super) fn say_findings(findings: &[Finding], context: &Context) {
    for finding in findings.iter().take(SAID) {
        output::say(&spoken(finding, context.lang()));
    }
    if let Some(more) = findings.len().checked_sub(SAID).filter(|more| *more > 0) {
        context.say(
            &format!("还有 {more} 条，见 JSON 的 findings。"),
            &format!("{more} more stand in the JSON, under findings."),
        );
    }
}

/// A finding as people read it.
fn spoken(finding: &Finding, lang: Lang) -> String {
    let (zh, en) = match finding.severity {
        Severity::Refuse => ("不予办理", "refuse"),
        Severity::Error => ("有误", "error"),
        Severity::Confirm => ("待确认", "confirm"),
        Severity::Warn => ("注意", "warn"),
        Severity::Info => ("提示", "info"),
    };
    let says = match lang {
        Lang::En if !finding.says_en.is_empty() => &finding.says_en,
        _ => &finding.says,
    };
    let field = finding.field.as_deref().unwrap_or_default();
    let article = finding.article.as_deref().unwrap_or_default();
    let mut spoken = lang.of(zh, en).to_owned();
    if !field.is_empty() {
        spoken.push_str(&format!(" {field}"));
    }
    spoken.push_str(lang.of("：", ": "));
    spoken.push_str(says);
    if !article.is_empty() {
        spoken.push_str(&match lang {
            Lang::Zh => format!("（{article}）"),
            Lang::En => format!(" ({article})"),
        });
    }
    spoken
}
