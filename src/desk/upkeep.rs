//! Keeping the record safe: verification, online backup, restore.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::permission::Permission;
use super::registry::{Act, Registry};
use super::{Clock, Problem, Session};
use crate::forms::Forms;
use crate::store::{self, Entry, Store};

/// What a verification went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Entries of the audit chain.
    pub entries: u64,
    /// Rows of the record.
    pub rows: u64,
    /// The chain's head, hex.
    pub head: String,
}

impl From<store::Verified> for Verified {
    fn from(found: store::Verified) -> Self {
        Self {
            entries: found.entries,
            rows: found.rows,
            head: found.head,
        }
    }
}

impl Registry {
    /// Walks the whole record; `progress` hears how many entries are done, of how many.
    ///
    /// # Errors
    /// The first record that does not fit, or no permission.
    pub fn verify(&self, session: &Session, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, Problem> {
        session.allow(Permission::Verify)?;
        Ok(self.store.verify(progress)?.into())
    }

    /// Walks the whole record of a file without signing in: it reads only, and tells no person's data.
    ///
    /// # Errors
    /// The first record that does not fit.
    pub fn verify_file(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, Problem> {
        Ok(self.store.verify(progress)?.into())
    }

    /// Copies the database while desks go on, opens the copy and checks it.
    ///
    /// # Errors
    /// The file exists, the disk is full, the copy does not verify, or no permission.
    pub fn backup(&mut self, session: &Session, target: &Path) -> Result<(), Problem> {
        session.allow(Permission::Backup)?;
        self.store.backup_to(target)?;
        let act = Act::new("backup", "").with(json!({"file": target.display().to_string()}));
        self.perform(session, Permission::Backup, act, |_, _| Ok(()))
    }

    /// Puts a backup at `target` and notes it in the restored log. What stood there is kept beside it; its name comes
    /// back.
    ///
    /// # Errors
    /// The backup is none, damaged or newer than this program; the target cannot be written or is open at a desk.
    /// Then the old file stands where it stood.
    pub fn restore(
        backup: &Path,
        target: &Path,
        forms: Arc<Forms>,
        clock: Clock,
    ) -> Result<(Self, Option<PathBuf>), Problem> {
        let kept = if target.exists() {
            let mut name = target.as_os_str().to_owned();
            name.push(format!(".before-restore-{}", clock.now().format("%Y%m%d-%H%M%S")));
            let kept = PathBuf::from(name);
            Store::restore_over(backup, target, &kept)?;
            Some(kept)
        } else {
            Store::restore(backup, target)?;
            None
        };
        let mut registry = Self::open(target, forms)?;
        let kept_as = kept.as_ref().map(|path| path.display().to_string());
        // Nobody signed in: the accounts that could were in the file that is gone.
        let entry = Entry {
            at: clock.now(),
            desk: String::new(),
            actor: "restore".to_owned(),
            action: "registry.restore".to_owned(),
            subject: String::new(),
            detail: json!({"backup": backup.display().to_string(), "kept": kept_as}),
        };
        registry.store.write(entry, |_| Ok::<_, Problem>(()))?;
        Ok((registry, kept))
    }
}
