//! `forms`: the data files - checked, listed, shown, described.

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use super::args::day;
use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::domain::waiver::Head;
use crate::forms::{Fault, Forms as Library, nearest};

/// 数据文件：检查、列出、显示、说明格式；不登录 / the data files; no sign-in needed
#[derive(Debug, Subcommand)]
pub(super) enum Forms {
    /// 检查全部文件，运行每个例子；有错逐条写出文件和行 / check every file and run every example
    Check,
    /// 列出业务、文书版式、收费目录、减免政策 / list forms, papers, price lists and policies
    List,
    /// 显示一个文件的原文 / show the text of a file
    Show {
        /// 文件（如 desk/marriage.toml）或 id / a file or an id
        name: String,
    },
    /// 一项业务的 JSON 说明（JSON Schema）；政策文件用 policy，收费目录用 tariff / the JSON Schema of what a form takes, or of
    /// policy and price list files
    Schema {
        /// 业务 marriage、waiver，或 policy、tariff / the form, or policy or tariff
        form: String,
        /// 按哪一天；不写就是今天 / the day; today if left out
        #[arg(long, value_parser = day)]
        on: Option<NaiveDate>,
    },
}

impl Forms {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let forms = context.forms_unspoken()?;
        let today = context.clock().today();
        match self {
            Self::Check => check(&forms, today, context),
            Self::List => output::json(&list(&forms)).map(|()| Exit::Done),
            Self::Show { name } => show(&forms, name),
            Self::Schema { form, on } => {
                let known = || forms.forms().map(|form| form.id.as_str()).collect::<Vec<_>>();
                let schema = forms.schema(form, on.unwrap_or(today));
                output::json(&schema.ok_or_else(|| unknown("表单", "form", form, &known()))?)?;
                Ok(Exit::Done)
            }
        }
    }
}

fn check(forms: &Library, today: NaiveDate, context: &Context) -> Result<Exit, Stop> {
    let checked = forms.check(today);
    for fault in &checked.faults {
        output::say(&fault.to_string());
    }
    for warning in &checked.warnings {
        output::say(&format!("{}：{warning}", context.lang().of("注意", "notice")));
    }
    for covered in checked.coverage.iter().filter(|covered| !covered.missed.is_empty()) {
        let (file, missed) = (&covered.file, covered.missed.join("、"));
        context.say(
            &format!("{file}：没有例子用到 {missed}"),
            &format!("{file}: no example exercises {missed}"),
        );
    }
    let (files, examples, faults) = (checked.files, checked.examples, checked.faults.len());
    context.say(
        &format!("文件 {files} 个，例子 {examples} 个，错误 {faults} 处。"),
        &format!("{files} files, {examples} examples, {faults} faults."),
    );
    output::json(&json!({
        "guitai": 1, "ok": checked.faults.is_empty(), "files": files, "rules": checked.rules, "examples": examples,
        "faults": checked.faults.iter().map(fault).collect::<Vec<_>>(),
        "warnings": checked.warnings.iter().map(fault).collect::<Vec<_>>(),
        "coverage": checked.coverage.iter().map(|covered| json!({
            "file": covered.file, "rules": covered.rules, "missed": covered.missed,
        })).collect::<Vec<_>>(),
    }))?;
    Ok(if checked.faults.is_empty() {
        Exit::Done
    } else {
        Exit::Input
    })
}

fn fault(fault: &Fault) -> Value {
    json!({
        "file": fault.file, "line": fault.line, "key": fault.key, "problem": fault.problem, "nearest": fault.nearest,
    })
}

fn list(forms: &Library) -> Value {
    let book = forms.waivers();
    json!({
        "guitai": 1,
        "forms": forms.forms().map(|form| json!({
            "id": form.id, "title": form.title, "title_en": form.title_en, "effective_from": form.effective_from,
            "effective_to": form.effective_to, "source": form.source, "sha256": form.sha256,
        })).collect::<Vec<_>>(),
        "papers": forms.papers().iter().map(|paper| json!({
            "id": paper.id, "title": paper.title, "sha256": paper.sha256,
        })).collect::<Vec<_>>(),
        "tariffs": book.tariffs().map(|tariff| head(&tariff.head)).collect::<Vec<_>>(),
        "policies": book.policies().map(|policy| head(&policy.head)).collect::<Vec<_>>(),
        "files": forms.files().iter().map(|file| json!({
            "file": file.path, "sha256": file.sha256(), "county": file.county,
        })).collect::<Vec<_>>(),
    })
}

fn head(head: &Head) -> Value {
    json!({
        "id": head.id, "title": head.title.zh, "title_en": head.title.en, "status": head.status.word(),
        "effective_from": head.effective_from, "effective_to": head.effective_to, "source": head.source,
        "checked_on": head.checked_on, "sha256": head.sha256,
    })
}

/// The text of the file of a path, or of every file with that name.
fn show(forms: &Library, name: &str) -> Result<Exit, Stop> {
    let wanted = name.strip_prefix("forms/").unwrap_or(name);
    let found: Vec<_> = forms
        .files()
        .iter()
        .filter(|file| file.path == wanted || file.stem() == wanted)
        .collect();
    if found.is_empty() {
        let known: Vec<&str> = forms
            .files()
            .iter()
            .flat_map(|file| [file.path.as_str(), file.stem()])
            .collect();
        return Err(unknown("文件", "file", name, &known));
    }
    for file in found {
        // What a county's file names in `based_on` is this hash.
        output::say(&format!("{}  {}", file.path, file.sha256()));
        output::raw(file.text.as_bytes())?;
    }
    Ok(Exit::Done)
}

fn unknown(what: &str, what_en: &str, name: &str, known: &[&str]) -> Stop {
    let near = nearest(name, known.iter().copied());
    let (zh, en) = near.map_or_else(Default::default, |near| {
        (format!("是不是“{near}”？"), format!(" Perhaps \"{near}\"?"))
    });
    Stop::input(
        &format!("没有{what}“{name}”。{zh}请用 guitai forms list 查看。"),
        &format!("There is no {what_en} \"{name}\".{en} See guitai forms list."),
    )
}
