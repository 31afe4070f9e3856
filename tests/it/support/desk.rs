//! A desk of its own: a folder, a training database in it, and the real binary, told nothing by the machine around it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The day on which everything happens, unless a test says otherwise: a Tuesday with the desk open.
pub const NOW: &str = "2026-11-24T09:00";

/// A folder with a training database, and how to run the program there.
pub struct Desk {
    folder: TempDir,
    account: String,
    now: String,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    /// Exit status; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Desk {
    /// A folder with nothing in it.
    pub fn bare() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            account: "registrar".to_owned(),
            now: NOW.to_owned(),
        }
    }

    /// A training database, as `init --training` makes it. Made once a test run, copied for each test.
    pub fn new() -> Self {
        static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let desk = Self::bare();
            desk.run(&["init", "--training"]).done();
            desk.folder
        });
        let desk = Self::bare();
        for entry in fs::read_dir(template.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, desk.path(&path.file_name().unwrap().to_string_lossy())).unwrap();
            }
        }
        desk
    }

    /// Signs in as somebody else.
    #[must_use]
    pub fn signed_in_as(mut self, account: &str) -> Self {
        self.account = account.to_owned();
        self
    }

    /// Lives at another moment.
    #[must_use]
    pub fn at(mut self, now: &str) -> Self {
        self.now = now.to_owned();
        self
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The database.
    pub fn db(&self) -> PathBuf {
        self.path("registry.db")
    }

    /// Writes a file in the folder.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The program with these arguments, in this folder, at this moment, signed in; not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.plain(arguments);
        command.args(["--as", &self.account, "--now", &self.now]);
        command
    }

    /// As [`Desk::command`] with nobody signed in and the machine's clock.
    pub fn plain(&self, arguments: &[&str]) -> Command {
        let mut command = bare_command(self.folder.path());
        command.arg("--db").arg(self.db()).args(arguments);
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Run {
        finish(self.command(arguments), None)
    }

    /// Runs the program with this on standard input.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        finish(self.command(arguments), Some(input.as_ref()))
    }

    /// Submits answers from standard input.
    pub fn submit(&self, form: &str, answers: &Value, more: &[&str]) -> Run {
        let mut arguments = vec!["submit", form, "-"];
        arguments.extend(more);
        self.run_with(&arguments, answers.to_string())
    }
}

/// The real binary with an empty environment but for what it may need.
pub fn bare_command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guitai"));
    command
        .env_clear()
        .current_dir(folder)
        .env("HOME", folder)
        .env("TERM", "xterm-256color")
        .env("GUITAI_PASSWORD", "training");
    command
}

/// Runs to the end.
pub fn finish(mut command: Command, input: Option<&[u8]>) -> Run {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.spawn().unwrap();
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        // A program that refuses its arguments closes the pipe first.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Run {
    /// The run, if it ended with this status.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The run, if all went well.
    #[track_caller]
    pub fn done(self) -> Self {
        self.ended(0)
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// That people were told so in a sentence, and nothing of a panic or a stack trace.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no “{words}” in {self:#?}");
        for ugly in ["panicked", "RUST_BACKTRACE", "src/", "Error("] {
            assert!(!self.stderr.contains(ugly), "{self:#?}");
        }
        self
    }
}
