//! `verify`: the whole record held against its audit chain.

use std::io::IsTerminal;

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};

/// Entries between two words of progress.
const STEP: u64 = 100_000;

/// 核对全部记录：审计链、各行、字号、空白证；不需登录 / hold the record against its audit chain; no sign-in needed
#[derive(Debug, Args)]
pub(super) struct Verify {}

impl Verify {
    pub(super) fn run(context: &Context) -> Result<Exit, Stop> {
        let mut registry = context.registry()?;
        let watched = std::io::stderr().is_terminal();
        let mut told = 0;
        let mut progress = |done: u64, all: u64| {
            if watched && done >= told + STEP {
                told = done;
                output::say(&format!("{done}/{all}"));
            }
        };
        let verified = match context.account() {
            Some(_) => {
                let session = context.sign_in(&mut registry)?;
                registry.verify(&session, &mut progress)?
            }
            None => registry.verify_file(&mut progress)?,
        };
        context.say(
            &format!("记录完好：审计 {} 条，{} 行。", verified.entries, verified.rows),
            &format!(
                "The record fits: {} audit entries, {} rows.",
                verified.entries, verified.rows
            ),
        );
        output::json(&json!({
            "guitai": 1, "verified": true, "entries": verified.entries, "rows": verified.rows, "head": verified.head,
        }))?;
        Ok(Exit::Done)
    }
}
