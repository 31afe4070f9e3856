//! `stock`: blank certificates and blocks of numbers.

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use super::args::day;
use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::{BlockLine, StockLine, StockView};

/// 空白证与号段 / blank certificates and blocks of numbers
#[derive(Debug, Subcommand)]
pub(super) enum Stock {
    /// 入库一批空白证 / book a range of blanks in
    Receive {
        /// 种类：marriage、divorce / kind
        kind: String,
        /// 首个印制号 / first serial
        first: String,
        /// 末个印制号 / last serial
        last: String,
        /// 来源 / where they came from
        #[arg(long)]
        source: String,
    },
    /// 发一批空白证到窗口 / give a range of blanks to a desk
    Issue {
        /// 首个印制号 / first serial
        first: String,
        /// 末个印制号 / last serial
        last: String,
        /// 窗口 / the desk
        #[arg(long, value_name = "DESK")]
        to: String,
    },
    /// 库存 / what there is
    List {
        /// 哪一天；不写就是今天 / the day; today if left out
        #[arg(value_parser = day)]
        day: Option<NaiveDate>,
    },
    /// 作废一本空白证，或换下证上的一本 / spoil a blank, or replace the one under a certificate
    Spoil {
        /// 印制号 / the serial
        serial: String,
        /// 原因 / the reason
        #[arg(long)]
        reason: String,
        /// 证上已用这一本的业务 / the case whose certificate stands on it
        #[arg(long, value_name = "CASE")]
        of: Option<String>,
    },
    /// 启用省里下达的一段字号 / open a block of numbers that the province assigned
    Block {
        /// 首号，如 J330521-2026-000001 / first number
        first: String,
        /// 末号 / last number
        last: String,
        /// 原因 / the reason
        #[arg(long)]
        reason: String,
    },
    /// 已启用的号段，各剩多少 / the blocks that were opened, and what is left of each
    Blocks,
}

impl Stock {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let result = match self {
            Self::Receive {
                kind,
                first,
                last,
                source,
            } => {
                let n = registry.receive_blanks(&session, kind, first, last, source)?;
                context.say(&format!("已入库 {n} 本。"), &format!("{n} blanks were booked in."));
                json!({"guitai": 1, "received": n})
            }
            Self::Issue { first, last, to } => {
                let n = registry.issue_blanks(&session, first, last, to)?;
                context.say(
                    &format!("已发 {n} 本到 {to} 号窗口。"),
                    &format!("{n} blanks were given to desk {to}."),
                );
                json!({"guitai": 1, "issued": n, "desk": to})
            }
            Self::List { day } => view(&registry.stock(&session, day.unwrap_or_else(|| session.today()))?),
            Self::Spoil {
                serial,
                reason,
                of: None,
            } => {
                registry.spoil_blank(&session, serial, reason)?;
                context.say(
                    &format!("{serial} 已作废。"),
                    &format!("{serial} was marked as spoiled."),
                );
                json!({"guitai": 1, "spoiled": serial})
            }
            Self::Spoil {
                serial,
                reason,
                of: Some(case),
            } => {
                let replaced = registry.replace_blank(&session, case, serial, reason)?;
                let new = &replaced.serial;
                context.say(
                    &format!("{serial} 已作废，换用 {new}，字号不变。请重打有关文书。"),
                    &format!("{serial} was spoiled, {new} takes its place, the number stays. Print the papers anew."),
                );
                let papers = replaced.documents.iter().map(|paper| &paper.document.name);
                json!({
                    "guitai": 1, "case": case, "spoiled": serial, "serial": new, "documents": papers.collect::<Vec<_>>(),
                })
            }
            Self::Block { first, last, reason } => {
                registry.open_block(&session, first, last, reason)?;
                context.say("号段已启用。", "The block is open.");
                json!({"guitai": 1, "first": first, "last": last})
            }
            Self::Blocks => {
                let blocks = registry.blocks(&session)?;
                json!({"guitai": 1, "blocks": blocks.iter().map(block).collect::<Vec<_>>()})
            }
        };
        output::json(&result)?;
        Ok(Exit::Done)
    }
}

fn block(block: &BlockLine) -> Value {
    json!({
        "first": block.first, "last": block.last, "next": block.next, "left": block.left, "reason": block.reason,
    })
}

/// The stock of a day as JSON.
pub(super) fn view(stock: &StockView) -> Value {
    let at_desk = stock.at_desk.iter().map(|(kind, n)| (kind.clone(), json!(n)));
    json!({
        "guitai": 1, "day": stock.day, "lines": stock.lines.iter().map(line).collect::<Vec<_>>(),
        "at_desk": at_desk.collect::<serde_json::Map<_, _>>(),
    })
}

fn line(line: &StockLine) -> Value {
    json!({
        "kind": line.kind, "opening": line.opening, "received": line.received, "used": line.used,
        "spoiled": line.spoiled, "closing": line.closing, "used_serials": line.used_serials,
        "spoiled_serials": line.spoiled_serials, "withdrawn_serials": line.withdrawn_serials, "closing_serials": line.closing_serials,
    })
}
