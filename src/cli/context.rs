//! What the commands share: where the database is, which data files hold, who signs in, what time it is.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::args::{Common, Lang};
use super::once::{Once, TWICE};
use super::stop::{Exit, Stop};
use super::{output, password};
use crate::desk::{Clock, Credentials, Noted, Registry, Session};
use crate::forms::Forms;
use crate::print;

/// The arguments every command has, and what they mean.
#[derive(Debug)]
pub(super) struct Context {
    common: Common,
}

impl Context {
    pub(super) fn new(common: Common) -> Self {
        Self { common }
    }

    /// The database file, if one was named.
    pub(super) fn named_db(&self) -> Option<PathBuf> {
        self.common.db.clone()
    }

    /// The language of people's messages.
    pub(super) fn lang(&self) -> Lang {
        self.common.lang
    }

    /// The desk.
    pub(super) fn desk(&self) -> &str {
        &self.common.desk
    }

    /// The account named with `--as`, if one was.
    pub(super) fn account(&self) -> Option<&str> {
        self.common.account.as_deref()
    }

    /// The password file named for whoever signs in.
    pub(super) fn password_file(&self) -> Option<&Path> {
        self.common.password_file.as_deref()
    }

    /// Says a sentence in the language of this run.
    pub(super) fn say(&self, zh: &str, en: &str) {
        output::say(self.lang().of(zh, en));
    }

    /// The clock, as told.
    pub(super) fn clock(&self) -> Clock {
        self.common.now.map_or(Clock::System, Clock::Fixed)
    }

    /// The database file: as told, or in the user's own data folder.
    ///
    /// # Errors
    /// Neither is known.
    pub(super) fn path(&self) -> Result<PathBuf, Stop> {
        if let Some(path) = &self.common.db {
            return Ok(path.clone());
        }
        Ok(Self::data_folder()?.join("registry.db"))
    }

    fn data_folder() -> Result<PathBuf, Stop> {
        let set = |name| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        set("XDG_DATA_HOME")
            .or_else(|| set("HOME").map(|home| home.join(".local/share")))
            .or_else(|| set("LOCALAPPDATA"))
            .map(|folder| folder.join("guitai"))
            .ok_or_else(|| {
                Stop::input(
                    "不知道数据库在哪里。请用 --db 指明。",
                    "It is not known where the database is. Name it with --db.",
                )
            })
    }

    /// The database file for a new registry; of the usual place the folder is made.
    ///
    /// # Errors
    /// The place is not known or cannot be made.
    pub(super) fn new_path(&self) -> Result<PathBuf, Stop> {
        let path = self.path()?;
        if let (None, Some(folder)) = (&self.common.db, path.parent()) {
            output::folder(folder)?;
        }
        Ok(path)
    }

    /// The database file of the demo: as told, or beside the usual one.
    ///
    /// # Errors
    /// As [`Context::new_path`].
    pub(super) fn demo_path(&self) -> Result<PathBuf, Stop> {
        if let Some(path) = &self.common.db {
            return Ok(path.clone());
        }
        let folder = Self::data_folder()?;
        output::folder(&folder)?;
        Ok(folder.join("demo.db"))
    }

    /// The data files; what is wrong with a county's is said, and disables what it defines alone.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn forms(&self) -> Result<Arc<Forms>, Stop> {
        let forms = self.forms_unspoken()?;
        for fault in forms.faults() {
            output::say(&fault.to_string());
        }
        Ok(Arc::new(forms))
    }

    /// As [`Context::forms`], without a word about faults.
    ///
    /// # Errors
    /// As [`Context::forms`].
    pub(super) fn forms_unspoken(&self) -> Result<Forms, Stop> {
        match &self.common.forms {
            None => Ok(Forms::embedded()),
            Some(folder) => Forms::with_folder(folder).map_err(|error| Stop::unreadable(folder, &error)),
        }
    }

    /// The open registry. A told time is taken on a training database only.
    ///
    /// # Errors
    /// What opening says, or a told time elsewhere.
    pub(super) fn registry(&self) -> Result<Registry, Stop> {
        let registry = Registry::open(&self.path()?, self.forms()?)?.that_prints(print::lacking);
        if self.common.now.is_some() && !registry.profile().training {
            return Err(now_outside_training());
        }
        Ok(registry)
    }

    /// Refuses a told time for a file that is no training database, as far as it can be opened.
    ///
    /// # Errors
    /// The time was told, and the file is a real registry's.
    pub(super) fn refuse_told_time(&self, path: &Path) -> Result<(), Stop> {
        let real = || {
            let registry = Registry::open_to_look(path, Arc::new(Forms::embedded()));
            registry.is_ok_and(|registry| !registry.profile().training)
        };
        if self.common.now.is_some() && real() {
            return Err(now_outside_training());
        }
        Ok(())
    }

    /// The open registry with somebody signed in, and the second person where one is named.
    ///
    /// # Errors
    /// What opening and signing in say; nobody was named.
    pub(super) fn signed_in(&self) -> Result<(Registry, Session), Stop> {
        let mut registry = self.registry()?;
        let session = self.sign_in(&mut registry)?;
        Ok((registry, session))
    }

    /// As [`Context::signed_in`], with the sign-in noted as said.
    ///
    /// # Errors
    /// As [`Context::signed_in`].
    pub(super) fn signed_in_noted(&self, noted: Noted) -> Result<(Registry, Session), Stop> {
        let mut registry = self.registry()?;
        let session = self.sign_in_noted(&mut registry, noted)?;
        Ok((registry, session))
    }

    /// As [`Context::signed_in`], for a command that is of use where nothing can be written; what it can note, it notes
    /// with its act.
    ///
    /// # Errors
    /// As [`Context::signed_in`], but a file that cannot be written is no hindrance.
    pub(super) fn signed_in_anyway(&self) -> Result<(Registry, Session), Stop> {
        match self.signed_in_noted(Noted::WithTheAct) {
            Err(Stop::Problem(problem)) if matches!(problem.code, "store.read-only" | "store.full" | "store.io") => {
                let mut registry = Registry::open_to_look(&self.path()?, self.forms()?)?;
                let session = self.sign_in_noted(&mut registry, Noted::NotAtAll)?;
                Ok((registry, session))
            }
            signed_in => signed_in,
        }
    }

    /// Signs in at an open registry.
    ///
    /// # Errors
    /// As [`Context::signed_in`].
    pub(super) fn sign_in(&self, registry: &mut Registry) -> Result<Session, Stop> {
        self.sign_in_noted(registry, Noted::AtOnce)
    }

    fn sign_in_noted(&self, registry: &mut Registry, noted: Noted) -> Result<Session, Stop> {
        let (account, password) = self.credentials()?;
        let who = Credentials::new(account, &password, &self.common.desk, self.clock());
        let mut session = registry.sign_in_noted(noted, &who)?;
        if let (Some(second), Some(file)) = (&self.common.second, &self.common.second_password_file) {
            let password = password::from_file(file)?;
            registry.sign_in_second_noted(noted, &mut session, second, &password)?;
        }
        Ok(session)
    }

    /// The account named with `--as`, and its password.
    ///
    /// # Errors
    /// Nobody was named, or the password cannot be read.
    pub(super) fn credentials(&self) -> Result<(&str, String), Stop> {
        let account = self.account().ok_or_else(|| {
            Stop::input(
                "请用 --as 指明以哪个账号办理。",
                "Say with --as which account does this.",
            )
        })?;
        let password = password::of(account, self.password_file(), self.lang())?;
        Ok((account, password))
    }
}

/// `--now` where time must be real.
pub(super) fn now_outside_training() -> Stop {
    Stop::Said(
        Exit::NotAllowed,
        "--now 只能用于练习库。请去掉 --now。".to_owned(),
        "--now is taken on a training database only. Leave it out.".to_owned(),
    )
}

/// Reads a text file, or standard input where the name is `-`, up to so many bytes.
///
/// # Errors
/// It cannot be read, is too long, or is not UTF-8.
pub(super) fn text_of(path: &Path, most: u64) -> Result<String, Stop> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(most + 1).read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|file| file.take(most + 1).read_to_string(&mut text))
    };
    let length = read.map_err(|error| Stop::unreadable(path, &error))?;
    if length as u64 > most {
        let shown = path.display();
        let megabytes = most / 1_000_000;
        return Err(Stop::input(
            &format!("{shown} 超过 {megabytes} MB，没有读入，没有写入任何内容。请核对文件。"),
            &format!("{shown} is larger than {megabytes} MB and was not read; nothing was written. Check the file."),
        ));
    }
    Ok(text)
}

/// Reads a JSON file, or standard input where the name is `-`, up to so many bytes. An object that says one key twice
/// means two things: it is no input.
///
/// # Errors
/// As [`text_of`], or it is not JSON.
pub(super) fn json_of(path: &Path, most: u64) -> Result<Value, Stop> {
    let text = text_of(path, most)?;
    let read = serde_json::from_str::<Once>(text.strip_prefix('\u{feff}').unwrap_or(&text));
    read.map(|Once(value)| value).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let twice = error.to_string().contains(TWICE);
        let (zh, en) = if twice {
            ("有一个键写了两次", "a key stands twice")
        } else {
            ("不是 JSON", "not JSON")
        };
        Stop::input(
            &format!("第 {line} 行第 {column} 个字符处{zh}（{error}）。没有写入任何内容，请改正后再交。"),
            &format!(
                "Line {line}, column {column}: {en} ({error}). Nothing was written; put it right and submit again."
            ),
        )
    })
}
