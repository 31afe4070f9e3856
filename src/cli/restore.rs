//! `restore`: a backup takes the database's place.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use super::verify::STEP;
use crate::desk::{Credentials, Registry, Restored};

/// 用备份恢复，原来的库另存在旁边；请先让各窗口退出 / put a backup in the database's place; the old file is kept
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// 备份文件 / the backup
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let path = context.new_path()?;
        let shown = path.display();
        let restored = self.restored(context, &path).inspect_err(|_| {
            if path.exists() {
                context.say(
                    &format!("没有替换：{shown} 还是原来的库。"),
                    &format!("Nothing was replaced: {shown} is the same file as before."),
                );
            }
        })?;
        if let Some(problem) = &restored.unreadable {
            context.say(
                &format!("原来的库打不开，账号按备份核对。原因：{problem}"),
                &format!(
                    "The old file cannot be opened; the account was held against the backup: {}",
                    problem.english()
                ),
            );
        }
        context.say(
            &format!("已恢复 {shown}，替换前全部核对过。"),
            &format!("{shown} was restored; the whole backup was verified before."),
        );
        if let Some(kept) = &restored.kept {
            let kept = kept.display();
            context.say(&format!("原来的库在 {kept}。"), &format!("The old file is {kept}."));
        }
        output::json(&json!({
            "guitai": 1, "db": shown.to_string(), "kept": restored.kept.map(|kept| kept.display().to_string()),
            "entries": restored.verified.entries, "head": restored.verified.head,
        }))?;
        Ok(Exit::Done)
    }

    fn restored(&self, context: &Context, path: &Path) -> Result<Restored, Stop> {
        let (account, password) = context.credentials()?;
        let who = Credentials::new(account, &password, context.desk(), context.clock());
        let forms = context.forms()?;
        Ok(Registry::restore(
            &self.file,
            path,
            forms,
            &who,
            &mut output::progress(STEP),
        )?)
    }
}
