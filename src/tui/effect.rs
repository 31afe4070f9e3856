//! What `update` may ask for: questions to the worker, a stop, the end. And what the worker may answer.

use std::path::PathBuf;

use super::errand::{Brought, Errand};
use crate::desk::{Draft, HandedIn, HomeView, PrintOutcome, Replaced, Session, Submitted};
use crate::forms::{Answers, Examination};

/// The number of a question. An answer goes back to the place that asked; if that is gone, nobody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// Who asked: a screen by its number, 0 for what stands above all screens.
    pub place: u64,
    /// Which of its questions.
    pub number: u64,
}

/// Something `update` wants done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A question to the worker.
    Ask(Ticket, Box<Ask>),
    /// Stop this process as Ctrl-Z does.
    Suspend,
    /// End with this exit status, once the worker has done what it was asked before.
    Quit(u8),
}

/// Questions to the worker, which holds the registry.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    SignIn {
        name: String,
        password: String,
    },
    Unlock {
        password: String,
    },
    SignOut,
    /// A second person signs in beside the first, to approve something.
    Second {
        name: String,
        password: String,
    },
    Home,
    /// For the screens that are no forms.
    Errand(Errand),
    NewDraft {
        form: String,
    },
    /// An accepted case, to go on with.
    Resume {
        case: String,
    },
    SaveDraft(Draft),
    /// A draft that a person gave up; `id` is 0 where the screen never heard it.
    DropDraft {
        id: i64,
        key: String,
    },
    Examine {
        form: String,
        answers: Answers,
        /// Key and id of the draft they are typed in, lest it be found as its own twin.
        draft: (String, i64),
        case: Option<String>,
    },
    HandIn(HandedIn),
    /// A copy of each of these papers; a copy after one that came out needs a reason.
    Print {
        documents: Vec<i64>,
        reason: String,
    },
    /// What became of copies, by their ids.
    SettlePrints(Vec<(i64, PrintOutcome)>),
    ReplaceBlank {
        case: String,
        serial: String,
        reason: String,
    },
}

/// Answers of the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// It was done; there is nothing to say about it.
    Done,
    SignedIn(Session),
    Home(HomeView),
    Brought(Brought),
    Draft(Draft),
    /// The draft of this key stands in the record.
    Saved {
        key: String,
    },
    Examined(Examination),
    HandedIn(Submitted),
    Printed(Vec<Printout>),
    Replaced(Replaced),
}

/// What became of one copy of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printout {
    /// The paper's id.
    pub document: i64,
    /// The copy's id.
    pub print: i64,
    /// What the paper is called.
    pub title: String,
    /// Where its file is and its hash, or why there is none, in Chinese and English.
    pub came: Result<(PathBuf, String), [String; 2]>,
    /// Whether a printer has it: whether it came out only a person can say.
    pub sent: bool,
}
