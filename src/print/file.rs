//! Files written whole or not at all, readable by their owner alone.

use std::{io::Write, path::Path};

use super::PrintFault;

/// Writes a file so that after a crash either all of it is there or nothing. Its mode is 0600: papers hold personal
/// data. A file that stood there before is replaced.
///
/// # Errors
/// The folder is missing, read-only or full; nothing is left behind then.
pub fn write_pdf(path: &Path, bytes: &[u8]) -> Result<(), PrintFault> {
    write(path, bytes).map_err(|source| PrintFault::Write {
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

    #[test]
    fn a_file_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        write_pdf(&path, b"one").unwrap();
        write_pdf(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_said_by_name() {
        let fault = write_pdf(Path::new("/no/such/folder/a.pdf"), b"x").unwrap_err();
        assert!(fault.to_string().contains("/no/such/folder/a.pdf"));
    }
}
