//! Why a command stops, and the exit status that says so to scripts.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;
use std::process::ExitCode;

use super::args::Lang;
use crate::desk::{Problem, ProblemKind};

/// Exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Refused or incomplete; the reasons are in the JSON.
    Refused = 1,
    /// Bad use or bad input.
    Input = 2,
    /// The account, or anybody, may not do this.
    NotAllowed = 3,
    /// The store is damaged or full.
    Store = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The desk could not do it.
    Problem(Problem),
    /// The command could not: exit status, and the sentence in both languages.
    Said(Exit, String, String),
    /// Whoever read standard output went away: nothing is wrong, and nobody is left to tell.
    NobodyReads,
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Stop {
    /// Bad use or bad input.
    pub(super) fn input(zh: &str, en: &str) -> Self {
        Self::Said(Exit::Input, zh.to_owned(), en.to_owned())
    }

    /// Standard output cannot be written.
    pub(super) fn broken_output(why: &str) -> Self {
        Self::Said(
            Exit::Store,
            format!("结果写不到标准输出（{why}）。已办的事都已入库，请用 guitai show 查看。"),
            format!("The result cannot be written ({why}). What was done is recorded; see guitai show."),
        )
    }

    /// A file or folder cannot be written.
    pub(super) fn unwritable(path: &Path, error: &Error) -> Self {
        let shown = path.display();
        let exit = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Exit::Store,
            _ => Exit::Input,
        };
        Self::Said(
            exit,
            format!("{shown} 不能写入（{error}），那里没有留下半个文件。请检查目录和空间后再试。"),
            format!("{shown} cannot be written ({error}); no half file was left. Check the folder and its room."),
        )
    }

    /// A file cannot be read.
    pub(super) fn unreadable(path: &Path, why: &dyn fmt::Display) -> Self {
        let shown = path.display();
        Self::input(
            &format!("{shown} 读不出来（{why}）。请核对文件名。"),
            &format!("{shown} cannot be read ({why}). Check its name."),
        )
    }

    /// The exit status.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::NobodyReads => Exit::Done,
            Self::Said(exit, ..) => *exit,
            Self::Problem(problem) => match problem.kind {
                ProblemKind::Refused => Exit::Refused,
                ProblemKind::Input | ProblemKind::Setup | ProblemKind::Busy => Exit::Input,
                ProblemKind::NotAllowed => Exit::NotAllowed,
                ProblemKind::Damaged | ProblemKind::Full | ProblemKind::Bug => Exit::Store,
            },
        }
    }

    /// The sentence for people.
    pub(super) fn sentence(&self, lang: Lang) -> Option<String> {
        match (self, lang) {
            (Self::NobodyReads, _) => None,
            (Self::Said(_, zh, _), Lang::Zh) => Some(zh.clone()),
            (Self::Said(_, _, en), Lang::En) => Some(en.clone()),
            (Self::Problem(problem), Lang::Zh) => Some(problem.to_string()),
            (Self::Problem(problem), Lang::En) => Some(problem.english()),
        }
    }
}
