//! Online copies: made while desks go on, opened and checked before they get their name.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{Store, StoreError, chain, host};

impl Store {
    /// Copies the database to a new file and verifies the copy by really opening it.
    ///
    /// # Errors
    /// The file exists, the disk is full, or the copy does not verify.
    pub fn backup_to(&self, target: &Path) -> Result<(), StoreError> {
        copy(&self.connection, target)
    }

    /// Puts a backup at `target`, where nothing stands yet.
    ///
    /// # Errors
    /// The backup is none, damaged or newer than this program; the target exists or cannot be written.
    pub fn restore(backup: &Path, target: &Path) -> Result<(), StoreError> {
        let source = Self::open_to_read(backup)?;
        copy(&source, target)?;
        Self::open(target).map(drop)
    }

    /// Puts a backup in the place of `target`; what stood there goes to `kept`.
    ///
    /// # Errors
    /// As [`Store::restore`], or another process has the old file open; then that stands where it stood.
    pub fn restore_over(backup: &Path, target: &Path, kept: &Path) -> Result<(), StoreError> {
        let fresh = beside(target, ".restoring");
        if fresh.exists() {
            std::fs::remove_file(&fresh)?;
        }
        Self::restore(backup, &fresh)?;
        let put = fold(target).and_then(|()| {
            for ending in ["-wal", "-shm"] {
                let log = beside(target, ending);
                if log.exists() {
                    std::fs::rename(&log, beside(kept, ending))?;
                }
            }
            std::fs::rename(target, kept)?;
            std::fs::rename(&fresh, target)?;
            host::sync_folder(target)
        });
        if put.is_err() {
            // The next try makes it anew.
            let _ = std::fs::remove_file(&fresh);
        }
        put
    }

    fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.display().to_string()));
        }
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let id: i64 = connection
            .pragma_query_value(None, "application_id", |row| row.get(0))
            .map_err(|error| StoreError::from(error).at(path))?;
        if id == super::open::APPLICATION_ID {
            Ok(connection)
        } else {
            Err(StoreError::Foreign(path.display().to_string()))
        }
    }
}

/// Copies a database to a new file: written under another name, checked, put on disk, renamed.
pub(super) fn copy(source: &Connection, target: &Path) -> Result<(), StoreError> {
    if target.exists() {
        return Err(StoreError::Exists(target.display().to_string()));
    }
    let unfinished = beside(target, ".unfinished");
    if unfinished.exists() {
        std::fs::remove_file(&unfinished)?;
    }
    drop(host::create_private(&unfinished)?);
    let copied = fill(source, &unfinished);
    if copied.is_err() {
        // An unfinished copy is worth nothing and takes the room the next try needs.
        let _ = std::fs::remove_file(&unfinished);
    }
    copied.map_err(|error| error.at(target))?;
    std::fs::rename(&unfinished, target)?;
    host::sync_folder(target)
}

fn fill(source: &Connection, file: &Path) -> Result<(), StoreError> {
    let mut copy = Connection::open(file)?;
    // One step: another desk's write between two steps would start the copy over.
    Backup::new(source, &mut copy)?.step(-1)?;
    let verdict: String = copy.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(format!("副本检查：{verdict}")));
    }
    chain::ends_at_its_head(&copy)?;
    // Without a log beside it, the copy can be read from a medium that nobody can write.
    copy.execute_batch("PRAGMA journal_mode = DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    File::open(file)?.sync_all()?;
    Ok(())
}

/// Folds a file's log in, so that the one file is the whole of it. Only who has it alone can do so.
fn fold(path: &Path) -> Result<(), StoreError> {
    let old = Connection::open(path)?;
    old.busy_timeout(Duration::ZERO)?;
    match old
        .execute_batch("PRAGMA journal_mode = DELETE")
        .map_err(StoreError::from)
    {
        Err(StoreError::Busy) => Err(StoreError::InUse(path.display().to_string())),
        // A torn file cannot be folded; it is moved aside as it is.
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
