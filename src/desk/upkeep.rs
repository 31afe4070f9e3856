//! Keeping the record safe: verification, online backup, restore.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::fault::Fault;
use super::permission::Permission;
use super::problem::ProblemKind;
use super::registry::{Act, Registry};
use super::sign_in::{Credentials, Noted};
use super::{Problem, Session};
use crate::forms::Forms;
use crate::store::{self, Entry, Staged, Store};

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

/// What came of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// What the verification of the copy went through.
    pub verified: Verified,
    /// Why it could not be noted in the log, where that is so; the copy is good.
    pub unnoted: Option<Problem>,
}

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the verification of the backup went through.
    pub verified: Verified,
    /// Where the file is that stood there; `None` where none did.
    pub kept: Option<PathBuf>,
    /// Why that file could not be opened, where that is so: then the account was held against the backup.
    pub unreadable: Option<Problem>,
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
    /// The first record that does not fit, or the file is none of ours.
    pub fn verify_file(path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, Problem> {
        Ok(Store::open_to_look(path)?.verify(progress)?.into())
    }

    /// Copies the database while desks go on, opens the copy and verifies the whole of it.
    ///
    /// # Errors
    /// The file exists, its folder is none, the disk is full, or no permission; the copy does not verify, and is kept
    /// under a name that says so.
    pub fn backup(
        &mut self,
        session: &Session,
        target: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<BackedUp, Problem> {
        session.allow(Permission::Backup)?;
        self.read(|reader| session.still_holds(reader, Permission::Backup))?;
        let verified = self.store.backup_to(target, progress)?.into();
        let act = Act::new("backup", "").with(json!({"file": target.display().to_string()}));
        let noted: Result<(), Problem> = self.perform(session, Permission::Backup, act, |_, _| Ok(()));
        Ok(BackedUp {
            verified,
            unnoted: noted.err(),
        })
    }

    /// Puts a verified copy of a backup at `target` and notes it in the restored log. Who asks must be allowed to by the
    /// record that stands there; where none does, or it cannot be read, by the backup. What stood there is kept beside.
    ///
    /// # Errors
    /// No such account or no permission; the backup is none, damaged, newer than this program, or another registry's;
    /// the target cannot be written or is open at a desk. Then the old file stands where it stood.
    pub fn restore(
        backup: &Path,
        target: &Path,
        forms: Arc<Forms>,
        who: &Credentials,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Restored, Problem> {
        let (mut replaced, mut unreadable) = (None, None);
        if target.exists() {
            let live = Self::open(target, Arc::clone(&forms)).and_then(|mut live| {
                live.may_restore(who)?;
                live.read(|reader| Ok(reader.chain_head()?))
            });
            match live {
                Ok(head) => replaced = Some(head),
                Err(problem) if problem.kind == ProblemKind::Damaged || problem.code == "store.no-database" => {
                    unreadable = Some(problem);
                }
                Err(problem) => return Err(problem),
            }
        }
        let mark = who.now().format("%Y%m%d-%H%M%S").to_string();
        let staged = Staged::beside(target, backup, &mark, progress)?;
        let mut copy = Self::open(staged.file(), forms)?;
        if replaced.is_none() {
            copy.may_restore(who)?;
        }
        copy.may_replace(target)?;
        let verified: Verified = staged.verified().clone().into();
        let kept = staged.kept().map(Path::to_owned);
        let entry = Entry {
            at: who.now(),
            desk: who.desk().to_owned(),
            actor: who.name().to_owned(),
            action: "registry.restore".to_owned(),
            subject: String::new(),
            detail: json!({
                "backup": backup.display().to_string(), "entries": verified.entries, "head": verified.head,
                "kept": kept.as_ref().map(|path| path.display().to_string()),
                "replaced": replaced.map(|(entries, head)| json!({"entries": entries, "head": head})),
            }),
        };
        copy.store.write(entry, |_| Ok::<_, Problem>(()))?;
        drop(copy);
        staged.put()?;
        Ok(Restored {
            verified,
            kept,
            unreadable,
        })
    }

    /// Signs in to restore; a sign-in that holds leaves nothing in a record that is about to go.
    fn may_restore(&mut self, who: &Credentials) -> Result<(), Problem> {
        self.sign_in_noted(Noted::NotAtAll, who)?.allow(Permission::Restore)
    }

    /// Whether this record, a backup's, may stand in the place of another: as far as that can be read, it must be the
    /// same registry's and for training alike.
    fn may_replace(&self, target: &Path) -> Result<(), Problem> {
        let told = |key| {
            let live = Store::open_to_look(target).ok()?;
            live.read(|reader| reader.setting(key)).ok()?
        };
        let own = self.profile();
        match told("registry.training") {
            Some(training) if (training == "true") != own.training => {
                return Err(Fault::RestoreTraining(training == "true").into());
            }
            _ => {}
        }
        match told("registry.code") {
            Some(code) if code != own.code.to_string() => Err(Fault::RestoreOther(code, own.code.to_string()).into()),
            _ => Ok(()),
        }
    }
}
