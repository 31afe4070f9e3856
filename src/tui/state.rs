//! What the screens know: a stack of screens, what lies over them, and what all of them share.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::effect::{Ask, Effect, Ticket};
use super::event::Event;
use super::overlays::Overlay;
use super::screens::{Screen, SignIn};
use super::words::Lang;
use crate::desk::{DeskProfile, Permission, Problem, Profile, Session};
use crate::forms::{Answers, Forms};

/// Everything the screens know.
#[derive(Debug)]
pub struct State {
    /// What all screens share.
    pub shared: Shared,
    /// Screens, the one that is seen last; never empty.
    pub stack: Vec<Placed>,
    /// Small questions over it, the one that takes the keys last.
    pub overlays: Vec<Overlay>,
    /// Keys that came while the worker was asked something that decides where they belong.
    pub ahead: VecDeque<Event>,
}

/// A screen with the number its questions bear.
#[derive(Debug)]
pub struct Placed {
    /// Its number, from 1.
    pub place: u64,
    /// The screen.
    pub screen: Screen,
}

/// What all screens share, and the way they ask for things.
#[derive(Debug)]
pub struct Shared {
    /// The data files.
    pub forms: Arc<Forms>,
    /// The registry.
    pub profile: Profile,
    /// The desk.
    pub desk: DeskProfile,
    /// The language.
    pub lang: Lang,
    /// Columns and rows of the terminal, as told by the loop.
    pub size: (u16, u16),
    /// The time, as told by the loop.
    pub now: NaiveDateTime,
    /// Who signed in.
    pub session: Option<Session>,
    /// Acts that the province has not confirmed, as last heard.
    pub unconfirmed: i64,
    /// The answers of the last case that was handed in here, for F5.
    pub last: Answers,
    /// One thing to be told, until the next key.
    pub note: Option<Note>,
    /// The question whose answer decides where keys belong.
    pub waiting: Option<Ticket>,
    /// The place that is being updated.
    pub place: u64,
    asked: u64,
    effects: Vec<Effect>,
    wishes: Vec<Wish>,
}

/// One thing to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// `!` for what went wrong, `√` for what was done, a blank for the rest.
    pub mark: &'static str,
    /// The sentence.
    pub text: String,
}

/// What a screen wants the state to do, once it has been updated.
#[derive(Debug)]
pub enum Wish {
    /// Show a screen over this one.
    Push(Box<Screen>),
    /// Show a screen in the place of this one.
    Swap(Box<Screen>),
    /// Back to the screen below.
    Up,
    /// Back to the first screen after sign-in.
    Home,
    /// Back to the sign-in.
    SignedOut,
    /// Ask something over this screen.
    Open(Box<Overlay>),
}

impl State {
    /// The state at start: nobody signed in; `name` is the account to begin with.
    pub fn new(shared: Shared, name: &str) -> Self {
        let first = Placed {
            place: 1,
            screen: Screen::SignIn(SignIn::new(name)),
        };
        Self {
            shared: Shared {
                place: 1,
                asked: 1,
                ..shared
            },
            stack: vec![first],
            overlays: vec![],
            ahead: VecDeque::new(),
        }
    }

    /// Whether something was typed that nobody was asked to keep yet.
    pub fn owes(&self) -> bool {
        self.stack.iter().any(|placed| placed.screen.page().owes())
    }

    /// Whether there is a question on the screen that only counts keys pressed after it was painted; which one.
    pub fn deliberate(&self) -> Option<u64> {
        match self.overlays.last() {
            Some(Overlay::Proof(proof)) => Some(proof.number),
            _ => None,
        }
    }
}

impl Shared {
    /// What screens share when the program starts.
    pub fn new(forms: Arc<Forms>, profile: Profile, desk: DeskProfile, lang: Lang, now: NaiveDateTime) -> Self {
        Self {
            forms,
            profile,
            desk,
            lang,
            size: (80, 24),
            now,
            session: None,
            unconfirmed: 0,
            last: Answers::default(),
            note: None,
            waiting: None,
            place: 0,
            asked: 0,
            effects: vec![],
            wishes: vec![],
        }
    }

    /// A number nobody had.
    pub fn next_number(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    /// Asks the worker; the answer comes back to this place.
    pub fn ask(&mut self, ask: Ask) -> Ticket {
        let ticket = Ticket {
            place: self.place,
            number: self.next_number(),
        };
        self.effects.push(Effect::Ask(ticket, Box::new(ask)));
        ticket
    }

    /// Asks the worker something whose answer decides where keys belong: until then they are kept.
    pub fn ask_and_wait(&mut self, ask: Ask) -> Ticket {
        let ticket = self.ask(ask);
        self.waiting = Some(ticket);
        ticket
    }

    /// Wants something done outside that is no question.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Wants another screen, or a question over this one.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// Opens a screen over this one.
    pub fn push(&mut self, screen: Screen) {
        self.wish(Wish::Push(Box::new(screen)));
    }

    /// Opens a question over this screen.
    pub fn open(&mut self, overlay: Overlay) {
        self.wish(Wish::Open(Box::new(overlay)));
    }

    /// Tells something.
    pub fn tell(&mut self, mark: &'static str, text: impl Into<String>) {
        self.note = Some(Note {
            mark,
            text: text.into(),
        });
    }

    /// Tells a problem: what, why, what to do.
    pub fn tell_problem(&mut self, problem: &Problem) {
        let text = match self.lang {
            Lang::Zh => problem.to_string(),
            Lang::En => problem.english(),
        };
        self.tell("!", text);
    }

    /// Whether whoever signed in may do something.
    pub fn may(&self, permission: Permission) -> bool {
        self.session.as_ref().is_some_and(|session| session.may(permission))
    }

    /// What was asked for since the last time.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// What screens wished for since the last time.
    pub fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }
}
