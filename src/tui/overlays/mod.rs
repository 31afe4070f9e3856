//! Small questions over a screen, one enum. The last one takes the keys; Esc closes it and loses nothing.

mod help;
mod lock;
mod matter;
mod palette;
mod pick;
mod prompt;
mod proof;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use help::Help;
pub use lock::Lock;
pub use matter::Matter;
pub use palette::Palette;
pub use pick::Pick;
pub use prompt::Prompt;
pub use proof::Proof;

use super::effect::{Reply, Ticket};
use super::event::Key;
use super::keys::{Action, Call, action_of};
use super::screens::Caret;
use super::state::Shared;
use crate::desk::Problem;

/// What a question was about, so that its screen knows what the answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The value of a field, by path.
    Field(String),
    /// A derived value to be put right, by path.
    Override(String),
    /// A finding to be confirmed, by rule.
    Confirm(String),
    /// Whether the draft is to go.
    Discard,
    /// Taking the case to its end.
    HandIn,
    /// The second person beside an act; whether it closes the case as refused.
    Second { refuse: bool },
    /// The ground on which to refuse.
    Ground,
    /// Closing the case as refused.
    Refuse,
    /// Leaving.
    SignOut,
    /// One more copy of a paper.
    Copy(i64),
    /// Spoiling a blank.
    Spoil(String),
    /// Whether a copy came out.
    CameOut(i64),
    /// A matter of a screen that is no form.
    Matter(Matter),
}

/// What a person said to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What the question was about.
    pub about: About,
    /// What was said, a text for each line of the question.
    pub texts: Vec<String>,
}

/// What comes of a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Then {
    Stay,
    Close,
    Tell(Told),
    /// Close, and do a command of the screen below.
    Call(Call),
}

/// Every small question there is.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Palette(Palette),
    Pick(Pick),
    Prompt(Prompt),
    Proof(Proof),
    Lock(Lock),
}

impl Overlay {
    /// Takes a key.
    pub fn key(&mut self, shared: &mut Shared, key: Key) -> Then {
        let up = action_of(key) == Some(Action::Up);
        match self {
            Self::Lock(lock) => lock.key(shared, key),
            _ if up => Then::Close,
            Self::Help(help) => help.key(key),
            Self::Palette(palette) => palette.key(shared, key),
            Self::Pick(pick) => pick.key(key),
            Self::Prompt(prompt) => prompt.key(shared, key),
            Self::Proof(proof) => proof.key(shared, key),
        }
    }

    /// Takes a paste or a burst.
    pub fn text(&mut self, _: &mut Shared, text: &str, typed: usize) -> Then {
        match self {
            Self::Help(_) => {}
            Self::Proof(proof) => proof.text(typed),
            Self::Palette(palette) => palette.text(text, typed),
            Self::Pick(pick) => pick.text(text, typed),
            Self::Prompt(prompt) => prompt.text(text, typed),
            Self::Lock(lock) => lock.text(text, typed),
        }
        Then::Stay
    }

    /// Takes the worker's answer to its question.
    pub fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) -> Then {
        match self {
            Self::Lock(lock) => lock.answer(shared, ticket, reply),
            _ => Then::Stay,
        }
    }

    /// Draws it over the screen; says where the caret stands.
    pub fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        match self {
            Self::Help(help) => help.view(shared, buf, area),
            Self::Palette(palette) => palette.view(shared, buf, area),
            Self::Pick(pick) => pick.view(shared, buf, area),
            Self::Prompt(prompt) => prompt.view(buf, area),
            Self::Proof(proof) => proof.view(shared, buf, area),
            Self::Lock(lock) => lock.view(shared, buf, area),
        }
    }
}
