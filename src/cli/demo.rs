//! `demo`: a training registry with invented people, to try everything out.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::context::Context;
use super::screens;
use super::stop::Stop;
use crate::desk::{Clock, Founding, Registry};
use crate::forms::Forms;

/// Invented records a new demo begins with.
const RECORDS: u64 = 1000;

/// 演示：练习库，里面的人都是虚构的；再开时接着用 / a training registry with invented people; opened again, it goes on
#[derive(Debug, Args)]
pub(super) struct Demo {}

impl Demo {
    pub(super) fn run(context: &Context) -> Result<ExitCode, Stop> {
        let path = context.demo_path()?;
        let forms = context.forms()?;
        let registry = if path.exists() {
            Registry::open(&path, forms)?
        } else {
            made(context, &path, forms)?
        };
        context.say(
            "练习库：账号 registrar，口令 training。",
            "Training: account registrar, password training.",
        );
        screens::open(context, registry, context.account().unwrap_or("registrar"))
    }
}

fn made(context: &Context, path: &std::path::Path, forms: Arc<Forms>) -> Result<Registry, Stop> {
    let founding = Founding::training(context.clock().now())?;
    let mut registry = Registry::found(path, forms, &founding)?;
    let session = registry.sign_in("admin", "training", "1", Clock::Fixed(founding.at))?;
    registry.seed(&session, RECORDS, &mut |_, _| {})?;
    Ok(registry)
}
