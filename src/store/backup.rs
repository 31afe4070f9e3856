//! Online copies: made while desks go on, opened and verified before they get their name.

use std::fs::File;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::verify::{self, Verified};
use super::{Flaw, Store, StoreError, host, open};

/// What a copy is called until it is whole.
const UNFINISHED: &str = ".unfinished";

/// What is put behind the name of a copy of a damaged record: worth keeping, and no backup to rely on.
const NOT_VERIFIED: &str = ".not-verified";

impl Store {
    /// Copies the database to a new file and verifies the copy as [`Store::verify`] does; `progress` is told of that.
    ///
    /// # Errors
    /// The file exists, its folder is none, the disk is full; [`StoreError::BadCopy`] where the copy does not verify.
    pub fn backup_to(&self, target: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
        let _alone = host::alone_in_folder_of(target, open::patience())?;
        if target.exists() {
            return Err(StoreError::Exists(target.display().to_string()));
        }
        let unfinished = host::with_ending(target, UNFINISHED);
        fill_new(&self.connection, &unfinished).map_err(|error| error.at(target))?;
        let (name, verified) = match verified(&unfinished, progress) {
            Ok(verified) => (target.to_owned(), Ok(verified)),
            Err(StoreError::Damaged(flaw)) => {
                let kept = host::unused(&host::with_ending(target, NOT_VERIFIED));
                let shown = kept.display().to_string();
                (kept, Err(StoreError::BadCopy { flaw, kept: shown }))
            }
            Err(error) => {
                host::remove_database(&unfinished)?;
                return Err(error.at(target));
            }
        };
        put(&unfinished, &name)?;
        verified
    }
}

/// Copies a database to a new file, which gets its name when it is whole.
pub(super) fn copy(source: &Connection, target: &Path) -> Result<(), StoreError> {
    if target.exists() {
        return Err(StoreError::Exists(target.display().to_string()));
    }
    let unfinished = host::with_ending(target, UNFINISHED);
    fill_new(source, &unfinished).map_err(|error| error.at(target))?;
    put(&unfinished, target)
}

/// Copies a database to a new file, in the place of one that was left unfinished.
pub(super) fn fill_new(source: &Connection, file: &Path) -> Result<(), StoreError> {
    host::remove_database(file)?;
    drop(host::create_private(file)?);
    let filled = fill(source, file);
    if filled.is_err() {
        // An unfinished copy is worth nothing and takes the room the next try needs.
        let _ = host::remove_database(file);
    }
    filled
}

fn fill(source: &Connection, file: &Path) -> Result<(), StoreError> {
    let mut copy = Connection::open(file)?;
    // One step: another desk's write between two steps would start the copy over.
    Backup::new(source, &mut copy)?.step(-1)?;
    // Without a log beside it, the copy can be read from a medium that nobody can write.
    copy.execute_batch("PRAGMA journal_mode = DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(File::open(file)?.sync_all()?)
}

/// Opens a copy and holds its pages and its whole record against each other.
pub(super) fn verified(file: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
    sound(file)?;
    verify::record(&Connection::open(file)?, progress)
}

/// Opens a copy and holds its pages against each other.
pub(super) fn sound(file: &Path) -> Result<(), StoreError> {
    let verdict: String = Connection::open(file)?.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(Flaw::File(verdict)))
    }
}

fn put(unfinished: &Path, target: &Path) -> Result<(), StoreError> {
    host::clear_logs(target)?;
    std::fs::rename(unfinished, target)?;
    host::sync_folder(target)
}
