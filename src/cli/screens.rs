//! No command: the screens open.

use std::process::ExitCode;

use super::context::Context;
use super::stop::{Exit, Stop};
use super::{output, paper};
use crate::desk::Registry;
use crate::tui::{self, Options, ScreenFault};

/// Opens the screens on a registry and gives their exit status. `name` is offered at sign-in.
///
/// # Errors
/// No terminal, or it failed.
pub(super) fn open(context: &Context, registry: Registry, name: &str) -> Result<ExitCode, Stop> {
    let out = paper::usual_folder(&registry);
    output::folder(&out)?;
    let options = Options {
        lang: context.lang().into(),
        name: name.to_owned(),
        desk: context.desk().to_owned(),
        clock: context.clock(),
        out,
        wide: None,
    };
    tui::run(registry, &options)
        .map(ExitCode::from)
        .map_err(|fault| match fault {
            ScreenFault::Problem(problem) => problem.into(),
            other => Stop::Said(Exit::Input, format!("{other}。"), format!("{}.", other.english())),
        })
}
