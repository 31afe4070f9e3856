//! An open registry: its database, its data files, and the one road on which the record is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::permission::Permission;
use super::{Problem, Profile, Session, sign_in};
use crate::forms::Forms;
use crate::store::{Entry, Reader, Store, StoreError, Tx};

/// An open registry. One process holds one, on one thread.
#[derive(Debug)]
pub struct Registry {
    pub(super) store: Store,
    pub(super) house: House,
    /// Sign-ins that are noted with the first act, and not at all where none follows.
    pub(super) pending: Vec<Entry>,
    path: PathBuf,
}

/// What acts need beside the record.
#[derive(Debug)]
pub(super) struct House {
    /// The data files.
    pub(super) forms: Arc<Forms>,
    /// The settings as they were when last read.
    pub(super) profile: Profile,
    /// What the printer's fonts lack.
    pub(super) lacking: Option<Lacking>,
}

/// The first character of a text that no font of the printer draws. Whoever opens the registry to print knows the
/// fonts; the desk only asks, before anything is written that could not be printed (I7).
pub type Lacking = fn(&str) -> Option<char>;

/// What an act is called in the audit log.
#[derive(Debug)]
pub(super) struct Act<'a> {
    action: &'a str,
    subject: &'a str,
    detail: Value,
}

impl<'a> Act<'a> {
    /// An act by name, on a subject; the empty subject is told later, or there is none.
    pub(super) fn new(action: &'a str, subject: &'a str) -> Self {
        Self {
            action,
            subject,
            detail: json!({}),
        }
    }

    /// With what else the log should say.
    pub(super) fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    pub(super) fn entry(self, session: &Session) -> Entry {
        Entry {
            at: session.now(),
            desk: session.desk().to_owned(),
            actor: session.account().to_owned(),
            action: self.action.to_owned(),
            subject: self.subject.to_owned(),
            detail: self.detail,
        }
    }
}

impl Registry {
    /// How long this process waits for another desk's write before it says so; ten seconds if nothing is said.
    pub fn wait_at_most(patience: Duration) {
        Store::wait_at_most(patience);
    }

    /// Opens the registry in a database file.
    ///
    /// # Errors
    /// No file, not ours, newer than this program, on the network, damaged, not writable, or never founded.
    pub fn open(path: &Path, forms: Arc<Forms>) -> Result<Self, Problem> {
        let store = Store::open(path)?;
        Self::over(store, path, forms)
    }

    /// Opens the registry in a database file to read it; whatever writes is refused.
    ///
    /// # Errors
    /// As [`Registry::open`], but a file that cannot be written is no hindrance.
    pub fn open_to_look(path: &Path, forms: Arc<Forms>) -> Result<Self, Problem> {
        let store = Store::open_to_look(path)?;
        Self::over(store, path, forms)
    }

    pub(super) fn over(store: Store, path: &Path, forms: Arc<Forms>) -> Result<Self, Problem> {
        let profile = reading(&store, Profile::read)?;
        Ok(Self {
            store,
            house: House {
                forms,
                profile,
                lacking: None,
            },
            pending: Vec::new(),
            path: path.to_owned(),
        })
    }

    /// The same, with what the printer's fonts lack.
    #[must_use]
    pub fn that_prints(mut self, lacking: Lacking) -> Self {
        self.house.lacking = Some(lacking);
        self
    }

    /// The registry's settings.
    pub fn profile(&self) -> &Profile {
        &self.house.profile
    }

    /// The data files.
    pub fn forms(&self) -> &Arc<Forms> {
        &self.house.forms
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn reload(&mut self) -> Result<(), Problem> {
        self.house.profile = self.read(Profile::read)?;
        Ok(())
    }

    /// Reads the record as one moment shows it.
    pub(super) fn read<T>(&self, reading_it: impl FnOnce(&Reader) -> Result<T, Problem>) -> Result<T, Problem> {
        reading(&self.store, reading_it)
    }

    /// Performs an act: permission, one transaction, one audit entry. An error of `writing` rolls everything back.
    pub(super) fn perform<T, E: From<StoreError> + From<Problem>>(
        &mut self,
        session: &Session,
        permission: Permission,
        act: Act,
        writing: impl FnOnce(&mut Tx, &House) -> Result<T, E>,
    ) -> Result<T, E> {
        session.allow(permission)?;
        let Self {
            store, house, pending, ..
        } = self;
        let noting = |entry: &Entry, tx: &mut Tx| Ok(sign_in::clear_failures(tx, &entry.actor)?);
        let result = store.write_after(pending, noting, act.entry(session), |tx| {
            session.still_holds(tx, permission)?;
            writing(tx, house)
        })?;
        pending.clear();
        Ok(result)
    }
}

/// The store's reading with the desk's errors.
fn reading<T>(store: &Store, reading_it: impl FnOnce(&Reader) -> Result<T, Problem>) -> Result<T, Problem> {
    let mut problem = None;
    let result = store.read(|reader| match reading_it(reader) {
        Ok(value) => Ok(Some(value)),
        Err(told) => {
            problem = Some(told);
            Ok(None)
        }
    });
    match (result, problem) {
        (_, Some(problem)) => Err(problem),
        (Ok(Some(value)), None) => Ok(value),
        (Ok(None), None) => Err(StoreError::Other("read".to_owned()).into()),
        (Err(error), None) => Err(error.into()),
    }
}
