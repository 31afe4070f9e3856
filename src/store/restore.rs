//! A backup in the place of a database: copied beside it, opened, brought up to this release and verified there; then
//! the two change names at one moment. What stood in its place is kept.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::verify::Verified;
use super::{Store, StoreError, backup, host, look, open};

/// What the copy is called until it takes its place.
const RESTORING: &str = ".restoring";

/// A verified copy of a backup, beside the place it is meant for. Dropped without [`Staged::put`] it is gone.
#[derive(Debug)]
pub struct Staged {
    file: PathBuf,
    target: PathBuf,
    kept: Option<PathBuf>,
    verified: Verified,
    _alone: Option<File>,
}

impl Staged {
    /// Copies a backup beside `target` and verifies the copy; what stands there would be kept under a name that ends
    /// with `mark`.
    ///
    /// # Errors
    /// The backup is none, the very file it should replace, or newer than this program; it does not verify
    /// ([`StoreError::BadBackup`]); the folder is none or cannot be written, the disk is full.
    pub fn beside(
        target: &Path,
        backup: &Path,
        mark: &str,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, StoreError> {
        if !backup.exists() {
            return Err(StoreError::NotFound(backup.display().to_string()));
        }
        if same(backup, target) {
            return Err(StoreError::Same(backup.display().to_string()));
        }
        host::refuse_network(target)?;
        let alone = host::alone_in_folder_of(target, open::patience())?;
        let mut staged = Self {
            file: host::with_ending(target, RESTORING),
            target: target.to_owned(),
            kept: target
                .exists()
                .then(|| host::unused(&host::with_ending(target, &format!(".before-restore-{mark}")))),
            verified: Verified::default(),
            _alone: alone,
        };
        staged.verified = staged.fill(backup, progress).map_err(|error| match error {
            StoreError::Damaged(flaw) => StoreError::BadBackup {
                flaw,
                backup: backup.display().to_string(),
            },
            other => other.at(backup),
        })?;
        Ok(staged)
    }

    fn fill(&self, backup: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, StoreError> {
        backup::fill_new(&look::looking(backup)?, &self.file)?;
        backup::sound(&self.file)?;
        Store::open(&self.file)?.verify(progress)
    }

    /// The copy, to be looked at and written to until it takes its place; nobody else has it open.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Where what stands in its place will be kept; `None` where nothing stands there.
    pub fn kept(&self) -> Option<&Path> {
        self.kept.as_deref()
    }

    /// What the verification went through.
    pub fn verified(&self) -> &Verified {
        &self.verified
    }

    /// Takes its place.
    ///
    /// # Errors
    /// Another process has the old file open, or the folder cannot be written; then the old file stands where it stood.
    pub fn put(self) -> Result<(), StoreError> {
        Store::open(&self.file)?.into_one_file()?;
        File::open(&self.file)?.sync_all()?;
        let Some(kept) = &self.kept else {
            host::clear_logs(&self.target)?;
            std::fs::rename(&self.file, &self.target)?;
            return host::sync_folder(&self.target);
        };
        fold(&self.target)?;
        for ending in host::LOGS {
            // Of a torn file, which could not be folded.
            let log = host::with_ending(&self.target, ending);
            if log.exists() {
                std::fs::rename(&log, host::with_ending(kept, ending))?;
            }
        }
        host::remove(&host::with_ending(&self.target, "-shm"))?;
        std::fs::rename(&self.file, kept)?;
        host::exchange(kept, &self.target)?;
        host::sync_folder(&self.target)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // The next try makes it anew.
        let _ = host::remove_database(&self.file);
    }
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

fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}
