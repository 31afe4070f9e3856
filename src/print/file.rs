//! Files written whole or not at all, readable by their owner alone.

use std::{io::Write, path::Path};

use super::{Pdf, PrintFault};

/// Writes a file so that after a crash either all of it is there or nothing. Its mode is 0600: papers hold personal
/// data. A file that stood there before is replaced.
///
/// # Errors
/// The folder is missing, read-only or full; nothing is left behind then.
pub fn write_file(path: &Path, pdf: &Pdf) -> Result<(), PrintFault> {
    write(path, &pdf.bytes).map_err(|source| PrintFault::Write {
        path: path.to_owned(),
        source,
    })
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".guitai-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The name itself must survive a power cut too; not every system lets a folder be opened.
    if let Ok(folder) = std::fs::File::open(folder) {
        folder.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(bytes: &[u8]) -> Pdf {
        Pdf {
            bytes: bytes.to_vec(),
            sha256: String::new(),
            pages: 1,
        }
    }

    #[test]
    fn a_file_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        write_file(&path, &pdf(b"one")).unwrap();
        write_file(&path, &pdf(b"two")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_nothing_and_says_where() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/a.pdf");
        let fault = write_file(&path, &pdf(b"x")).unwrap_err();
        assert!(fault.to_string().contains("none/a.pdf"), "{fault}");
        // A folder stands where the file should go: the text is written beside it and must be gone again.
        let taken = folder.path().join("taken");
        std::fs::create_dir_all(taken.join("full")).unwrap();
        assert!(write_file(&taken, &pdf(b"x")).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
