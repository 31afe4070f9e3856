//! `restore`: a backup takes the database's place.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::context::{Context, now_outside_training};
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::{Clock, Registry};

/// 用备份恢复，原来的库另存在旁边；请先让各窗口退出 / put a backup in the database's place; the old file is kept
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// 备份文件 / the backup
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        if context.clock() != Clock::System {
            return Err(now_outside_training());
        }
        let path = context.new_path()?;
        let (registry, kept) = Registry::restore(&self.file, &path, context.forms()?, Clock::System)?;
        let verified = registry.verify_file(&mut |_, _| {})?;
        let shown = path.display();
        context.say(
            &format!("已恢复 {shown}，并核对过。"),
            &format!("{shown} was restored and verified."),
        );
        if let Some(kept) = &kept {
            let kept = kept.display();
            context.say(&format!("原来的库在 {kept}。"), &format!("The old file is {kept}."));
        }
        output::json(&json!({
            "guitai": 1, "db": shown.to_string(), "kept": kept.map(|kept| kept.display().to_string()),
            "entries": verified.entries, "head": verified.head,
        }))?;
        Ok(Exit::Done)
    }
}
