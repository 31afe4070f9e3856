//! What the screens' own tests begin with: a state without a terminal and without a worker.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::effect::{Ask, Effect, Reply, Ticket};
use super::event::{Event, Key};
use super::state::{Shared, State};
use super::update::update;
use super::words::Lang;
use crate::desk::{DeskProfile, IssueOffline, Problem, Profile};
use crate::domain::date::LeapBirthday;
use crate::forms::Forms;

/// 24 November 2026, nine in the morning.
pub fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24)
        .unwrap()
        .and_hms_opt(9, 0, 0)
        .unwrap()
}

/// A state at the sign-in.
pub fn state() -> State {
    let profile = Profile {
        code: "330521".parse().unwrap(),
        name: "练习登记处".to_owned(),
        training: true,
        issue_offline: IssueOffline::OwnBlock,
        leap: LeapBirthday::default(),
        idle_minutes: 10,
        print_command: String::new(),
        draft_days: 30,
    };
    let desk = DeskProfile {
        desk: "1".to_owned(),
        printer: String::new(),
        dx_mm: 0.0,
        dy_mm: 0.0,
        reader: String::new(),
        scan_gap_ms: 60,
    };
    State::new(
        Shared::new(Arc::new(Forms::embedded()), profile, desk, Lang::Zh, morning()),
        "",
    )
}

/// Types text and keys in angle brackets: `"registrar<Enter>"`; what was asked for.
pub fn typed(state: &mut State, script: &str) -> Vec<Effect> {
    let mut effects = vec![];
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let (token, len) = match rest.find('>') {
            Some(end) if c == '<' => (&rest[1..end], end + 1),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        effects.extend(update(state, Event::Key(key(token))));
        rest = &rest[len..];
    }
    effects
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
