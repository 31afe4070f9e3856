//! What the commands give out: results on standard output, sentences for people on standard error, papers as files.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

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

/// Writes a file whole or not at all, readable by its owner alone; what stood there is replaced.
///
/// # Errors
/// The folder cannot be written, or the disk is full.
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || -> io::Result<()> {
        // Made 0600 by the library.
        let mut unfinished = tempfile::NamedTempFile::new_in(folder)?;
        unfinished.write_all(bytes)?;
        unfinished.as_file().sync_all()?;
        unfinished.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| Stop::unwritable(path, &error))
}

/// Makes a folder for papers, where there is none.
///
/// # Errors
/// It cannot be made.
pub(super) fn folder(path: &Path) -> Result<(), Stop> {
    fs::create_dir_all(path).map_err(|error| Stop::unwritable(path, &error))
}

/// The file of a paper in a folder: the name made harmless, since it may hold a person's or a case's text.
pub(super) fn paper_file(folder: &Path, case: &str, name: &str) -> PathBuf {
    let harmless = |text: &str| -> String {
        text.chars()
            .map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' })
            .take(80)
            .collect()
    };
    folder.join(format!("{}-{}.pdf", harmless(case), harmless(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_stays_in_its_folder() {
        let file = paper_file(Path::new("out"), "../C1", "a/../../b c.pdf");
        assert_eq!(file, Path::new("out/___C1-a_______b_c_pdf.pdf"));
    }

    #[test]
    fn a_file_is_written_whole_and_private() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.pdf");
        file(&path, b"one").unwrap();
        file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(file(&folder.path().join("no/a.pdf"), b"x").is_err());
    }
}
