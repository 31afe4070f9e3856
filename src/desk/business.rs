//! Which businesses the desk knows. A new one is a folder, and an arm in each of these matches.

use super::Problem;
use super::decide::Taken;
use super::fault::Fault;
use super::marriage;
use super::registry::House;
use super::session::Session;
use super::submit::Submitted;
use crate::forms::{Answers, Facts};
use crate::store::{Reader, Tx};

/// A business, by the id of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Business {
    Marriage,
}

/// What is being taken already and must not be found as its own twin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Own<'a> {
    /// The draft it is typed in; 0 where there is none.
    pub draft: i64,
    /// The accepted case it goes on with.
    pub case: Option<&'a str>,
}

impl Business {
    /// The business that takes a form.
    pub(super) fn of(form: &str) -> Result<Self, Problem> {
        match form {
            "marriage" => Ok(Self::Marriage),
            other => Err(Fault::NoBusiness(other.to_owned()).into()),
        }
    }

    /// Its id, which is also its form's.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
        }
    }

    /// What lists call a case of it, as far as it was typed.
    pub(super) fn label(self, answers: &Answers) -> String {
        match self {
            Self::Marriage => marriage::label(answers),
        }
    }

    /// The ID numbers of its first and second party, as far as they can be read; empty where not.
    pub(super) fn people(self, answers: &Answers) -> [String; 2] {
        match self {
            Self::Marriage => marriage::people(answers),
        }
    }

    /// What its rules must be told.
    pub(super) fn facts(
        self,
        reader: &Reader,
        house: &House,
        session: &Session,
        answers: &Answers,
        own: Own,
    ) -> Result<Facts, Problem> {
        match self {
            Self::Marriage => marriage::facts(reader, house, session, answers, own),
        }
    }

    /// Accepts a case; the rest of the steps are for later.
    pub(super) fn accept(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::accept(tx, taken),
        }
    }

    /// Takes a case to its end.
    pub(super) fn finish(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::register(tx, taken),
        }
    }

    /// Closes a case as refused.
    pub(super) fn refuse(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::refuse(tx, taken),
        }
    }
}
