//! `backup`: a verified copy while desks go on.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use super::verify::STEP;

/// 备份到新文件，不影响窗口办理 / copy the database to a new file while desks go on
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// 新文件 / the new file
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in_anyway()?;
        let done = registry.backup(&session, &self.file, &mut output::progress(STEP))?;
        let shown = self.file.display();
        let entries = done.verified.entries;
        context.say(
            &format!("已备份到 {shown}，全部核对过：审计 {entries} 条。"),
            &format!("Backed up to {shown}; the whole copy was verified: {entries} audit entries."),
        );
        if let Some(problem) = &done.unnoted {
            context.say(
                &format!("备份可用，但没能记入审计：{problem}"),
                &format!(
                    "The backup is good, but could not be noted in the log: {}",
                    problem.english()
                ),
            );
        }
        output::json(&json!({
            "guitai": 1, "backup": shown.to_string(), "entries": entries, "head": done.verified.head,
            "noted": done.unnoted.is_none(),
        }))?;
        Ok(Exit::Done)
    }
}
