//! `backup`: a verified copy while desks go on.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};

/// 备份到新文件，不影响窗口办理 / copy the database to a new file while desks go on
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// 新文件 / the new file
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        registry.backup(&session, &self.file)?;
        let shown = self.file.display();
        context.say(
            &format!("已备份到 {shown}，并核对过。"),
            &format!("Backed up to {shown} and checked."),
        );
        output::json(&json!({"guitai": 1, "backup": shown.to_string()}))?;
        Ok(Exit::Done)
    }
}
