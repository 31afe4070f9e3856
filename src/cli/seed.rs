//! `seed`: a training record of any size.

use std::io::IsTerminal;

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};

/// 往练习库里造虚构的登记记录 / fill a training database with invented records
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// 多少条 / how many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=20_000_000))]
    records: u64,
}

impl Seed {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let watched = std::io::stderr().is_terminal();
        let mut progress = |done: u64, all: u64| {
            if watched {
                output::say(&format!("{done}/{all}"));
            }
        };
        let seeded = registry.seed(&session, self.records, &mut progress)?;
        let n = seeded.records;
        context.say(&format!("已造 {n} 条。"), &format!("{n} records were made."));
        output::json(&json!({"guitai": 1, "records": n}))?;
        Ok(Exit::Done)
    }
}
