//! `submit`: answers as JSON in; findings, numbers and papers as JSON out.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::args::Lang;
use super::context::{Context, text_of};
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::{SubmitOptions, Submitted};
use crate::domain::finding::{Finding, Severity};

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
}

impl Submit {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let json = parsed(&text_of(&self.file, MOST)?)?;
        let (mut registry, session) = context.signed_in()?;
        let options = SubmitOptions { dry_run: self.dry_run };
        let submitted = registry.submit(&session, &self.form, &json, options)?;
        for finding in &submitted.findings {
            output::say(&spoken(finding, context.lang()));
        }
        output::json(&result(&submitted))?;
        // Closing as refused was asked for: then the refusal is what was to be done.
        let closed = submitted.case.is_some();
        Ok(if submitted.done() || closed {
            Exit::Done
        } else {
            Exit::Refused
        })
    }
}

/// The JSON of an answer. Papers that were not written out have no file.
fn result(submitted: &Submitted) -> Value {
    let mut json = submitted.to_json(&[]);
    let papers = submitted
        .documents
        .iter()
        .map(|stored| json!({"name": stored.document.name, "file": null}));
    if let Some(documents) = json.get_mut("documents") {
        *documents = papers.collect();
    }
    json
}

fn parsed(text: &str) -> Result<Value, Stop> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Stop::input(
            &format!("第 {line} 行第 {column} 个字符处不是 JSON（{error}）。没有写入任何内容，请改正后再交。"),
            &format!(
                "Line {line}, column {column}: not JSON ({error}). Nothing was written; put it right and submit again."
            ),
        )
    })
}

/// A finding as people read it.
pub(super) fn spoken(finding: &Finding, lang: Lang) -> String {
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
    let field = finding
        .field
        .iter()
        .map(|field| format!(" {field}"))
        .collect::<String>();
    let article = finding
        .article
        .iter()
        .map(|article| format!("（{article}）"))
        .collect::<String>();
    format!("{}{field}：{says}{article}", lang.of(zh, en))
}
