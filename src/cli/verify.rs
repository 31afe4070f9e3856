//! `verify`: the whole record held against its audit chain.

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::Registry;

/// Entries between two words of progress.
pub(super) const STEP: u64 = 100_000;

/// 核对全部记录：审计链、各行、字号、空白证；不需登录 / hold the record against its audit chain; no sign-in needed
#[derive(Debug, Args)]
pub(super) struct Verify {}

impl Verify {
    pub(super) fn run(context: &Context) -> Result<Exit, Stop> {
        let mut progress = output::progress(STEP);
        let verified = match context.account() {
            Some(_) => {
                let (registry, session) = context.signed_in_anyway()?;
                registry.verify(&session, &mut progress)?
            }
            None => {
                let path = context.path()?;
                context.refuse_told_time(&path)?;
                Registry::verify_file(&path, &mut progress)?
            }
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
