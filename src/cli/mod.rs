//! The commands: the only place that knows how arguments are parsed. One file a command.
//!
//! Results are JSON on standard output, sentences for people on standard error. Exit status: 0 done, 1 refused or
//! incomplete (the reasons are in the JSON), 2 bad use or bad input, 3 not allowed, 4 the store is damaged or full.

mod args;
mod backup;
mod context;
mod demo;
mod find;
mod forms;
mod init;
mod once;
mod output;
mod paper;
mod password;
mod print;
mod printer;
mod report;
mod restore;
mod screens;
mod seed;
mod setting;
mod show;
mod stock;
mod stop;
mod submit;
mod user;
mod verify;
mod waiver;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use args::{Command, Line};
use context::Context;
use stop::{Exit, Stop};

use crate::desk::Registry;

/// Runs the command line and returns the exit status.
pub fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Help and version are no mistake; a broken pipe behind them is none either.
            let status = if error.use_stderr() { Exit::Input } else { Exit::Done };
            let _ = error.print();
            return status.into();
        }
    };
    Registry::wait_at_most(Duration::from_secs(line.common.wait.into()));
    let context = Context::new(line.common);
    let ended = match line.command {
        Some(command) => perform(&command, &context),
        None => opened(&context),
    };
    match ended {
        Ok(status) => status,
        Err(stop) => {
            if let Some(sentence) = stop.sentence(context.lang()) {
                output::say(&sentence);
            }
            stop.exit().into()
        }
    }
}

fn perform(command: &Command, context: &Context) -> Result<ExitCode, Stop> {
    let exit = match command {
        Command::Demo(demo) => return demo.run(context),
        Command::Init(init) => init.run(context),
        Command::User(user) => user.run(context),
        Command::Setting(setting) => setting.run(context),
        Command::Stock(stock) => stock.run(context),
        Command::Forms(forms) => forms.run(context),
        Command::Print(print) => print.run(context),
        Command::Printer(printer) => printer.run(context),
        Command::Submit(submit) => submit.run(context),
        Command::Find(find) => find.run(context),
        Command::Show(show) => show.run(context),
        Command::Report(report) => report.run(context),
        Command::Verify(_) => verify::Verify::run(context),
        Command::Backup(backup) => backup.run(context),
        Command::Restore(restore) => restore.run(context),
        Command::Seed(seed) => seed.run(context),
        Command::Waiver(waiver) => waiver.run(context),
    };
    exit.map(ExitCode::from)
}

/// No command: the screens.
fn opened(context: &Context) -> Result<ExitCode, Stop> {
    let registry = context.registry()?;
    screens::open(context, registry, context.account().unwrap_or_default())
}
