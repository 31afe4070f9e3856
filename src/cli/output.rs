//! What the commands give out: results on standard output, sentences for people on standard error.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;

use super::stop::Stop;

/// Prints a result as JSON, with a line end.
///
/// # Errors
/// Nobody reads any more, or the disk behind standard output is full.
pub(super) fn json(value: &Value) -> Result<(), Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Stop::broken_output(&error.to_string()))?;
    text.push('\n');
    raw(text.as_bytes())
}

/// Prints a line of a result that is text.
///
/// # Errors
/// As [`json`].
pub(super) fn line(text: &str) -> Result<(), Stop> {
    raw(format!("{text}\n").as_bytes())
}

/// Prints bytes, such as those of a PDF.
///
/// # Errors
/// As [`json`].
pub(super) fn raw(bytes: &[u8]) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Stop::NobodyReads,
            _ => Stop::broken_output(&error.to_string()),
        })
}

/// Says something to the person at the desk. That nobody listens is no reason to fail.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// How far something long is, for whoever watches; nothing where nobody does.
pub(super) fn progress(step: u64) -> impl FnMut(u64, u64) {
    let watched = io::stderr().is_terminal();
    let mut told = 0;
    move |done: u64, all: u64| {
        if watched && done >= told + step {
            told = done;
            say(&format!("{done}/{all}"));
        }
    }
}

/// Makes a folder for papers, where there is none.
///
/// # Errors
/// It cannot be made.
pub(super) fn folder(path: &Path) -> Result<(), Stop> {
    fs::create_dir_all(path).map_err(|error| Stop::unwritable(path, &error))
}

/// Makes a folder for papers and proves that files can be put into it.
///
/// # Errors
/// It cannot be made, or nothing can be written there.
pub(super) fn writable(path: &Path) -> Result<(), Stop> {
    folder(path)?;
    let proof = tempfile::NamedTempFile::new_in(path);
    proof.map(drop).map_err(|error| Stop::unwritable(path, &error))
}
