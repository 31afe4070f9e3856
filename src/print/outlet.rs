//! A stored paper on its way out: set by the text of its own layout, written under its usual name, handed to the print
//! program. Who may print, and what the record says of it, is the desk's.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{Offset, Pdf, PrintFault, render_stored, write_file};
use crate::domain::document::{Document, Mode};

/// The usual name of the file of a paper: `C330521-2026-000001-marriage-review.pdf`, of a later edition
/// `…-marriage-review-v2.pdf`, of a further copy `…-copy2.pdf`: no copy takes the file of another one.
pub fn file_name(case: &str, document: &Document, edition: i64, copy: i64) -> String {
    let later = |word: &str, n: i64| if n > 1 { format!("-{word}{n}") } else { String::new() };
    let (edition, copy) = (later("v", edition), later("copy", copy));
    format!("{}-{}{edition}{copy}.pdf", case.replace([' ', '/'], "-"), document.name)
}

/// Sets a stored paper and writes its file. Only what lies over a blank is moved by the printer's offset.
///
/// # Errors
/// The paper cannot be set, or the file cannot be written.
pub fn write_stored(
    document: &Document,
    layout_text: &str,
    offset: Offset,
    file: PathBuf,
) -> Result<(PathBuf, Pdf), PrintFault> {
    let offset = match document.mode {
        Mode::Overlay => offset,
        Mode::Full => Offset::NONE,
    };
    let pdf = render_stored(document, layout_text, offset)?;
    write_file(&file, &pdf)?;
    Ok((file, pdf))
}

/// Hands a file to a print program, which gets the queue and the file; without a program the file itself is the copy.
///
/// # Errors
/// How the program ended, or why it did not start, in the words of the system.
pub fn send(program: &str, queue: &str, file: &Path) -> Result<(), String> {
    if program.is_empty() {
        return Ok(());
    }
    let ended = Command::new(program)
        .arg(queue)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(error.to_string()),
    }
}
