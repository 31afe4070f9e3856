//! What the screens' own tests begin with: a state without a terminal, and a desk that answers at once.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use tempfile::TempDir;

use super::effect::{Ask, Effect, Reply, Ticket};
use super::event::{Event, Key};
use super::screens::Screen;
use super::state::{Shared, State, Wish};
use super::update::update;
use super::words::Lang;
use super::worker::{Bench, Hands};
use crate::desk::{Clock, Founding, Problem, Registry};
use crate::forms::Forms;

/// 24 November 2026, nine in the morning.
pub fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24)
        .unwrap()
        .and_hms_opt(9, 0, 0)
        .unwrap()
}

/// A training registry in a folder of its own, and a desk that answers at once.
pub struct Counter {
    /// What the screens know.
    pub state: State,
    hands: Hands,
    /// The exit status, once it ended.
    pub exit: Option<u8>,
    folder: TempDir,
}

impl Counter {
    /// At the sign-in.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let forms = Arc::new(Forms::embedded());
        let founding = Founding::training(morning()).unwrap();
        let registry = Registry::found(&folder.path().join("t.db"), Arc::clone(&forms), &founding).unwrap();
        let desk = registry.desk_profile("1").unwrap();
        let shared = Shared::new(forms, registry.profile().clone(), desk, Lang::Zh, morning());
        let bench = Bench {
            registry,
            desk: "1".to_owned(),
            clock: Clock::Fixed(morning()),
            out: folder.path().to_owned(),
        };
        Self {
            state: State::new(shared, ""),
            hands: Hands::new(bench),
            exit: None,
            folder,
        }
    }

    /// Signed in, at home.
    pub fn signed_in(name: &str) -> Self {
        let mut counter = Self::new();
        counter.keys(&format!("{name}<Enter>training<Enter>"));
        assert!(
            counter.state.shared.session.is_some(),
            "{:?}",
            counter.state.shared.note
        );
        counter
    }

    /// The same desk in a new program: signed in, at home, nothing known but what the record has.
    pub fn restart(&mut self, name: &str) {
        let registry = Registry::open(&self.folder.path().join("t.db"), Arc::clone(&self.state.shared.forms)).unwrap();
        let shared = Shared::new(
            Arc::clone(&self.state.shared.forms),
            registry.profile().clone(),
            registry.desk_profile("1").unwrap(),
            Lang::Zh,
            morning(),
        );
        let bench = Bench {
            registry,
            desk: "1".to_owned(),
            clock: Clock::Fixed(morning()),
            out: self.folder.path().to_owned(),
        };
        self.state = State::new(shared, "");
        self.hands = Hands::new(bench);
        self.keys(&format!("{name}<Enter>training<Enter>"));
    }

    /// Types text and keys in angle brackets (`"registrar<Enter>"`); the desk answers each question at once.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in keys(script) {
            self.event(Event::Key(key));
        }
        self
    }

    /// Something happens; the desk answers.
    pub fn event(&mut self, event: Event) -> &mut Self {
        let mut effects = update(&mut self.state, event);
        while !effects.is_empty() {
            for effect in std::mem::take(&mut effects) {
                match effect {
                    Effect::Ask(ticket, ask) => {
                        let reply = self.hands.answer(*ask);
                        effects.extend(answer(&mut self.state, ticket, reply));
                    }
                    Effect::Quit(exit) => self.exit = Some(exit),
                    Effect::Suspend => {}
                }
            }
        }
        self
    }

    /// What the desk says to a question.
    pub fn answer(&mut self, ask: Ask) -> Reply {
        self.hands.answer(ask).unwrap()
    }

    /// Shows a screen over the one that is seen.
    pub fn show(&mut self, screen: Screen) {
        self.state.shared.wish(Wish::Push(Box::new(screen)));
        self.event(Event::Resize(80, 24));
    }

    /// What is told, if something is.
    pub fn note(&self) -> &str {
        self.state
            .shared
            .note
            .as_ref()
            .map(|note| note.text.as_str())
            .unwrap_or_default()
    }

    /// The screen as text, one line a row.
    pub fn screen(&self, width: u16, height: u16) -> String {
        shown(&self.state, width, height)
    }
}

/// What a terminal of this size would show, one line a row.
pub fn shown(state: &State, width: u16, height: u16) -> String {
    let backend = ratatui::backend::TestBackend::new(width, height);
    let mut terminal = ratatui::Terminal::new(backend).unwrap();
    terminal
        .draw(|frame| {
            super::view::view(state, frame);
        })
        .unwrap();
    let buffer = terminal.backend().buffer();
    let rows = (0..height).map(|y| {
        let mut x = 0;
        let mut row = String::new();
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += super::cells::width(symbol).max(1);
        }
        row.trim_end().to_owned() + "\n"
    });
    rows.collect()
}

/// The keys of a script: text as text, keys in angle brackets.
pub fn keys(script: &str) -> Vec<Key> {
    let mut keys = vec![];
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let (token, len) = match rest.find('>') {
            Some(end) if c == '<' => (&rest[1..end], end + 1),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        keys.push(key(token));
        rest = &rest[len..];
    }
    keys
}

fn key(token: &str) -> Key {
    match token {
        "Enter" => Key::Enter,
        "Tab" => Key::Tab,
        "BackTab" => Key::BackTab,
        "Esc" => Key::Esc,
        "BS" => Key::Backspace,
        "Up" => Key::Up,
        "Down" => Key::Down,
        token if token.starts_with('F') && token.len() > 1 => Key::F(token[1..].parse().unwrap()),
        token if token.starts_with("C-") => Key::Ctrl(token.chars().last().unwrap()),
        token => Key::Char(token.chars().next().unwrap()),
    }
}

/// A state at the sign-in, without a desk.
pub fn state() -> State {
    Counter::new().state
}

/// Types into a state that nobody answers; what was asked for.
pub fn typed(state: &mut State, script: &str) -> Vec<Effect> {
    keys(script)
        .into_iter()
        .flat_map(|key| update(state, Event::Key(key)))
        .collect()
}

/// The questions among effects.
pub fn asked(effects: Vec<Effect>) -> Vec<(Ticket, Ask)> {
    let question = |effect| match effect {
        Effect::Ask(ticket, ask) => Some((ticket, *ask)),
        _ => None,
    };
    effects.into_iter().filter_map(question).collect()
}

/// The worker answers.
pub fn answer(state: &mut State, ticket: Ticket, reply: Result<Reply, Problem>) -> Vec<Effect> {
    update(state, Event::Answer(ticket, Box::new(reply)))
}
