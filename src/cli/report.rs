//! `report`: figures of a day.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::args::day;
use super::context::Context;
use super::paper;
use super::stop::{Exit, Stop};
use super::{output, stock};
use crate::desk::DayView;
use crate::tui::{self, Group};

/// 报表 / reports
#[derive(Debug, Subcommand)]
pub(super) enum Report {
    Day(Day),
}

/// 日结 / a day
#[derive(Debug, Args)]
pub(super) struct Day {
    /// 哪一天；不写就是今天 / the day; today if left out
    #[arg(value_parser = day)]
    day: Option<NaiveDate>,
    /// 以什么形式 / in which shape
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// PDF 文件；不写就放在库旁的 papers / the PDF
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The shape of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 文字 / text
    Text,
    /// JSON
    Json,
    /// 日结单，存入记录并写成 PDF / the day sheet, kept in the record and written as PDF
    Pdf,
}

impl Report {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let Self::Day(asked) = self;
        let (mut registry, session) = context.signed_in()?;
        let day = asked.day.unwrap_or_else(|| session.today());
        let view = registry.day_view(&session, day)?;
        match asked.format {
            Format::Json => output::json(&told(&view))?,
            Format::Pdf => {
                let sheet = registry.day_sheet(&session, day)?;
                let written = paper::write_one(&mut registry, &session, &sheet, asked.output.as_ref())?;
                output::json(&json!({"guitai": 1, "day": day, "documents": [written.told()]}))?;
            }
            Format::Text => output::line(&written(&view, &registry.profile().name, context))?,
        }
        Ok(Exit::Done)
    }
}

fn told(view: &DayView) -> Value {
    json!({
        "guitai": 1, "day": view.day,
        "counts": view.counts.iter().map(|one| json!({"kind": one.kind, "n": one.n})).collect::<Vec<_>>(),
        "by_actor": view.by_actor.iter().map(|(desk, actor, one)| json!({
            "desk": desk, "actor": actor, "kind": one.kind, "n": one.n,
        })).collect::<Vec<_>>(),
        "refused": view.refusals.iter().map(|one| json!({
            "form": one.form, "ground": one.ground, "n": one.n,
        })).collect::<Vec<_>>(),
        "blanks": stock::view(&view.stock), "numbers": view.numbers,
        "waived": view.waived.iter().map(|line| json!({
            "item": line.item, "item_name": line.item_name, "payer": line.payer, "payer_name": line.payer_name, "n": line.n, "fen": line.fen,
        })).collect::<Vec<_>>(),
        "unconfirmed": view.unconfirmed, "audit": {"entries": view.audit_seq, "head": view.audit_head},
    })
}

/// The day as a page of text.
fn written(view: &DayView, registry: &str, context: &Context) -> String {
    let lang = context.lang();
    let mut lines = vec![format!("{registry}  {}  {}", view.day, lang.of("日结", "day sheet"))];
    let mut section = |title: &str, rows: Vec<String>| {
        lines.push(String::new());
        lines.push(title.to_owned());
        if rows.is_empty() {
            lines.push(format!("  {}", lang.of("无", "none")));
        }
        lines.extend(rows.into_iter().map(|row| format!("  {row}")));
    };
    let label = |group, name| tui::label(lang.into(), group, name);
    let counts = view
        .counts
        .iter()
        .map(|one| format!("{}  {}", label(Group::Counter, &one.kind), one.n));
    section(lang.of("办理", "Done"), counts.collect());
    let refused = view.refusals.iter().map(|one| {
        format!("{}  {}  {}", one.article, one.ground, one.n)
            .trim_start()
            .to_owned()
    });
    section(lang.of("不予办理", "Refused"), refused.collect());
    let blanks = view.stock.lines.iter().map(|line| {
        let sum = format!(
            "{} + {} - {} - {} = {}",
            line.opening, line.received, line.used, line.spoiled, line.closing
        );
        let withdrawn = line
            .withdrawn_serials
            .iter()
            .map(|range| format!("  {} {range}", lang.of("换下往日已用", "used before, withdrawn")));
        format!(
            "{}  {sum}  {}{}",
            label(Group::Kind, &line.kind),
            line.closing_serials.join(" "),
            withdrawn.collect::<String>()
        )
    });
    section(
        lang.of(
            "空白证：期初 + 入库 - 使用 - 作废 = 结存",
            "Blanks: opening + received - used - spoiled = closing",
        ),
        blanks.collect(),
    );
    section(lang.of("字号与凭条号", "Numbers"), view.number_ranges.clone());
    let waived = view.waived.iter().map(|line| {
        let money = crate::domain::money::Fen(line.fen);
        format!("{} {}  {}  {money}", line.item_name, line.payer_name, line.n)
    });
    section(lang.of("减免", "Waived"), waived.collect());
    lines.push(String::new());
    lines.push(format!(
        "{}  {}",
        lang.of("待省厅确认", "Unconfirmed"),
        view.unconfirmed
    ));
    lines.push(format!(
        "{}  {}  {}",
        lang.of("审计链末端", "Audit head"),
        view.audit_seq,
        view.audit_head
    ));
    lines.join("\n")
}
