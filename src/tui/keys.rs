//! The one table of keys. Key bar, help and palette are made from it and from the screen's own commands.

use super::event::Key;
use super::words::{self, Lang, Word};

/// What a function key means, wherever it means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Help,
    GoOn,
    Find,
    List,
    Same,
    Park,
    Back,
    Refuse,
    Print,
    Commands,
    Walk,
    Language,
    Override,
    Discard,
    Spoil,
    Up,
}

/// One line of the table: what is meant, its key, its twin, its usual word.
struct Line(Action, Option<Key>, Key, Word);

/// Every action. Terminals keep Ctrl-H I J M S Q [ for themselves; Ctrl-U and Ctrl-Z edit and stop.
const TABLE: [Line; 16] = [
    Line(Action::Help, Some(Key::F(1)), Key::Ctrl('a'), words::HELP),
    Line(Action::GoOn, Some(Key::F(2)), Key::Ctrl('n'), words::GO_ON),
    Line(Action::Find, Some(Key::F(3)), Key::Ctrl('f'), words::FIND),
    Line(Action::List, Some(Key::F(4)), Key::Ctrl('l'), words::LIST),
    Line(Action::Same, Some(Key::F(5)), Key::Ctrl('d'), words::SAME),
    Line(Action::Park, Some(Key::F(6)), Key::Ctrl('p'), words::PARK),
    Line(Action::Back, Some(Key::F(7)), Key::Ctrl('b'), words::BACK),
    Line(Action::Refuse, Some(Key::F(8)), Key::Ctrl('r'), words::REFUSE),
    Line(Action::Print, Some(Key::F(9)), Key::Ctrl('o'), words::PRINT),
    Line(Action::Commands, Some(Key::F(10)), Key::Ctrl('k'), words::COMMANDS),
    Line(Action::Walk, Some(Key::F(11)), Key::Ctrl('w'), words::WALK),
    Line(Action::Language, Some(Key::F(12)), Key::Ctrl('t'), words::LANGUAGE),
    Line(Action::Override, None, Key::Ctrl('e'), words::OVERRIDE),
    Line(Action::Discard, None, Key::Ctrl('x'), words::DISCARD),
    Line(Action::Spoil, None, Key::Ctrl('y'), words::SPOIL),
    Line(Action::Up, Some(Key::Esc), Key::Ctrl('g'), words::UP),
];

/// How a command is called: by an action's key, or by a letter or digit of its screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Action(Action),
    Letter(char),
}

/// Something that can be done on a screen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// How it is called.
    pub call: Call,
    /// What it does, in the language of the screen.
    pub label: String,
    /// Why it cannot be done now; `None` where it can.
    pub why_not: Option<String>,
}

impl Command {
    /// An action under its usual word.
    pub fn usual(action: Action, lang: Lang) -> Self {
        Self::named(action, word(action).say(lang))
    }

    /// An action under another word.
    pub fn named(action: Action, label: &str) -> Self {
        Self {
            call: Call::Action(action),
            label: label.to_owned(),
            why_not: None,
        }
    }

    /// A command under a letter or digit.
    pub fn letter(letter: char, label: &str) -> Self {
        Self {
            call: Call::Letter(letter),
            label: label.to_owned(),
            why_not: None,
        }
    }

    /// The same, but not now.
    #[must_use]
    pub fn unless(mut self, why_not: Option<String>) -> Self {
        self.why_not = why_not;
        self
    }

    /// Its key as the key bar writes it: `F2`, `^E`, `1`.
    pub fn key_name(&self) -> String {
        match self.call {
            Call::Letter(letter) => letter.to_string(),
            Call::Action(action) => {
                let (key, twin) = keys_of(action);
                name_of(key.unwrap_or(twin))
            }
        }
    }
}

/// What a key means, if it means an action.
pub fn action_of(key: Key) -> Option<Action> {
    let line = TABLE.iter().find(|line| line.1 == Some(key) || line.2 == key)?;
    Some(line.0)
}

/// The usual word of an action.
fn word(action: Action) -> Word {
    let line = TABLE.iter().find(|line| line.0 == action);
    line.map_or(words::HELP, |line| line.3)
}

/// The function key of an action, if it has one, and its twin.
fn keys_of(action: Action) -> (Option<Key>, Key) {
    let line = TABLE.iter().find(|line| line.0 == action);
    line.map_or((None, Key::Esc), |line| (line.1, line.2))
}

/// The keys of an action as help writes them: `F2 ^N`.
pub fn names_of(action: Action) -> String {
    let (key, twin) = keys_of(action);
    let key = key.map(|key| format!("{} ", name_of(key))).unwrap_or_default();
    format!("{key}{}", name_of(twin))
}

fn name_of(key: Key) -> String {
    match key {
        Key::F(n) => format!("F{n}"),
        Key::Ctrl(c) => format!("^{}", c.to_ascii_uppercase()),
        Key::Esc => "Esc".to_owned(),
        Key::Char(c) => c.to_string(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_twin_that_terminals_leave_us() {
        let mut twins = vec![];
        for Line(action, key, twin, _) in &TABLE {
            let Key::Ctrl(letter) = twin else {
                panic!("{action:?} has no twin");
            };
            assert!(!"himsqjzcu[".contains(*letter), "{action:?}: Ctrl-{letter}");
            assert!(!twins.contains(letter), "Ctrl-{letter} twice");
            twins.push(*letter);
            assert_eq!(action_of(*twin), Some(*action));
            assert_eq!(key.and_then(action_of), key.map(|_| *action));
        }
    }

    #[test]
    fn names_are_short() {
        assert_eq!(names_of(Action::GoOn), "F2 ^N");
        assert_eq!(Command::usual(Action::Override, Lang::Zh).key_name(), "^E");
        assert_eq!(Command::letter('1', "x").key_name(), "1");
    }
}
