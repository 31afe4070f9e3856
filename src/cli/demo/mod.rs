//! `demo`: a training registry with invented people, to try everything out; or, without a terminal, a walk through one
//! of each business to the evening's sheet.

mod headless;
mod people;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::context::Context;
use super::screens;
use super::stop::Stop;
use crate::desk::{Clock, Founding, Registry};
use crate::forms::Forms;
use crate::print;

/// Invented records a new demo begins with.
const RECORDS: u64 = 1000;

/// The password of every account of a training database.
const PASSWORD: &str = "training";

/// 演示：练习库，里面的人都是虚构的；再开时接着用 / a training registry with invented people; opened again, it goes on
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// 不开界面：各办一件，日结，文书放到这个目录 / no screens: one of each business and the day, papers into this folder
    #[arg(long, value_name = "DIR")]
    headless: Option<PathBuf>,
}

impl Demo {
    pub(super) fn run(&self, context: &Context) -> Result<ExitCode, Stop> {
        if let Some(folder) = &self.headless {
            return headless::walk(context, folder).map(ExitCode::from);
        }
        let registry = opened(context, &context.demo_path()?)?;
        context.say(
            "练习库：账号 registrar，口令 training。",
            "Training: account registrar, password training.",
        );
        screens::open(context, registry, context.account().unwrap_or("registrar"))
    }
}

/// The registry of the demo; a new one where there is none.
fn opened(context: &Context, path: &Path) -> Result<Registry, Stop> {
    let forms = context.forms()?;
    if path.exists() {
        Ok(Registry::open(path, forms)?.that_prints(print::lacking))
    } else {
        made(context, path, forms)
    }
}

fn made(context: &Context, path: &Path, forms: Arc<Forms>) -> Result<Registry, Stop> {
    let founding = Founding::training(context.clock().now())?;
    let mut registry = Registry::found(path, forms, &founding)?.that_prints(print::lacking);
    let session = registry.sign_in("admin", PASSWORD, "1", Clock::Fixed(founding.at))?;
    registry.seed(&session, RECORDS, &mut |_, _| {})?;
    Ok(registry)
}
