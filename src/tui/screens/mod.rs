//! The screens, one enum. A screen is a file: its state, its commands, what keys do to it, how it looks.
//!
//! Each is a [`Page`]; [`Screen`] only lists them. See the doc of [`crate::tui`] for how one is written.

mod accounts;
mod bill;
mod case;
mod day;
mod done;
mod find;
mod form;
mod home;
mod password;
mod places;
mod printing;
mod settings;
mod sign_in;
mod stock;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use accounts::Accounts;
pub use bill::Bill;
pub use case::Case;
pub use day::Day;
pub use done::Done;
pub use find::Find;
pub use form::FormScreen;
pub use home::Home;
pub use password::Password;
pub use settings::Settings;
pub use sign_in::SignIn;
pub use stock::Stock;

use super::effect::{Reply, Ticket};
use super::event::Key;
use super::keys::{Call, Command};
use super::overlays::Told;
use super::state::{Note, Shared};
use crate::desk::Problem;

/// Where the real caret stands, so that an input method's window follows it.
pub type Caret = Position;

/// What every screen can do. All of it without I/O: what must be done outside is asked for through [`Shared`].
pub trait Page {
    /// What the title bar says.
    fn title(&self, shared: &Shared) -> String;

    /// What can be done here now; key bar, help, palette and keys all follow it.
    fn commands(&self, shared: &Shared) -> Vec<Command>;

    /// Does one of its commands.
    fn call(&mut self, shared: &mut Shared, call: Call);

    /// Takes a key that is no command.
    fn key(&mut self, _shared: &mut Shared, _key: Key) {}

    /// Takes a paste or a reader's burst; `typed` characters at its start came as keys before.
    fn text(&mut self, _shared: &mut Shared, _text: &str, _typed: usize) {}

    /// Takes the worker's answer to one of its questions.
    fn answer(&mut self, _shared: &mut Shared, _ticket: Ticket, _reply: Result<Reply, Problem>) {}

    /// Takes what a person said to a question over it.
    fn told(&mut self, _shared: &mut Shared, _told: Told) {}

    /// It is seen (again): ask for what may have changed.
    fn shown(&mut self, _shared: &mut Shared) {}

    /// Whether something was typed that nobody was asked to keep yet: when typing pauses, [`Page::keep`] is called.
    fn owes(&self) -> bool {
        false
    }

    /// Typing paused, or the program may end any moment: ask for what must be kept, as it stands.
    fn keep(&mut self, _shared: &mut Shared) {}

    /// What stands below the body, or right of it: the field, its article, what is wrong.
    fn explain(&self, shared: &Shared) -> Vec<Note>;

    /// Draws the body; says where the caret stands.
    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret>;
}

/// Every screen there is.
#[derive(Debug)]
pub enum Screen {
    SignIn(SignIn),
    Home(Home),
    Form(Box<FormScreen>),
    Bill(Box<Bill>),
    Done(Done),
    Find(Find),
    Case(Box<Case>),
    Accounts(Accounts),
    Password(Password),
    Settings(Settings),
    Stock(Stock),
    Day(Day),
}

impl Screen {
    /// To look at it.
    pub fn page(&self) -> &dyn Page {
        match self {
            Self::SignIn(page) => page,
            Self::Home(page) => page,
            Self::Form(page) => page.as_ref(),
            Self::Bill(page) => page.as_ref(),
            Self::Done(page) => page,
            Self::Find(page) => page,
            Self::Case(page) => page.as_ref(),
            Self::Accounts(page) => page,
            Self::Password(page) => page,
            Self::Settings(page) => page,
            Self::Stock(page) => page,
            Self::Day(page) => page,
        }
    }

    /// To change it.
    pub fn page_mut(&mut self) -> &mut dyn Page {
        match self {
            Self::SignIn(page) => page,
            Self::Home(page) => page,
            Self::Form(page) => page.as_mut(),
            Self::Bill(page) => page.as_mut(),
            Self::Done(page) => page,
            Self::Find(page) => page,
            Self::Case(page) => page.as_mut(),
            Self::Accounts(page) => page,
            Self::Password(page) => page,
            Self::Settings(page) => page,
            Self::Stock(page) => page,
            Self::Day(page) => page,
        }
    }
}
