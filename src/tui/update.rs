//! What each event does to the state. No I/O here: what must be done outside comes back as effects.

use super::effect::{Effect, Reply};
use super::event::{Event, Key};
use super::keys::{self, Action, Call};
use super::overlays::{Help, Lock, Overlay, Palette, Then};
use super::screens::{Page, Screen, SignIn};
use super::state::{Placed, Shared, State, Wish};
use super::view::is_too_small;
use super::words;

/// Takes one event; gives what must be done outside.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let input = matches!(event, Event::Key(_) | Event::Text { .. } | Event::Early);
    if input && state.shared.waiting.is_some() {
        state.ahead.push_back(event);
    } else {
        take(state, event);
    }
    while state.shared.waiting.is_none()
        && let Some(event) = state.ahead.pop_front()
    {
        // What was typed ahead came before any question that its answer brought up.
        let early = state.deliberate().is_some();
        take(state, if early { Event::Early } else { event });
    }
    state.shared.take_effects()
}

fn take(state: &mut State, event: Event) {
    match event {
        // What cannot be seen is not obeyed; what is typed blindly changes nothing.
        Event::Key(key) if is_too_small(state.shared.size) && !leaves(state, key) => {}
        Event::Text { .. } if is_too_small(state.shared.size) => {}
        Event::Key(key) => on_key(state, key),
        Event::Text { text, typed } => on_text(state, &text, typed),
        Event::Early => {
            let said = words::EARLY.say(state.shared.lang);
            state.shared.tell("!", said);
        }
        Event::Answer(ticket, reply) => {
            if state.shared.waiting == Some(ticket) {
                state.shared.waiting = None;
            }
            on_answer(state, ticket, *reply);
        }
        Event::Tick(now) => state.shared.now = now,
        Event::Idle => lock(state),
        Event::Pause => keep(state, |page| page.owes()),
        Event::Suspend => {
            keep(state, |_| true);
            state.shared.effect(Effect::Suspend);
        }
        Event::Terminated(signal) => {
            keep(state, |_| true);
            state.shared.effect(Effect::Quit(exit_of(signal)));
        }
        Event::Resize(width, height) => state.shared.size = (width, height),
        Event::Continued => {}
    }
    settle(state);
}

/// Whether a key ends the program from where it stands, or stops it: that is obeyed at any size.
fn leaves(state: &State, key: Key) -> bool {
    let at_sign_in = matches!(state.stack.last().map(|placed| &placed.screen), Some(Screen::SignIn(_)));
    key == Key::Ctrl('z') || at_sign_in && state.overlays.is_empty() && keys::action_of(key) == Some(Action::Up)
}

/// The exit status of a program that a signal ended.
fn exit_of(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// The screen that is seen, and what it may change.
fn top(state: &mut State) -> Option<(&mut dyn Page, &mut Shared)> {
    let State { stack, shared, .. } = state;
    let placed = stack.last_mut()?;
    shared.place = placed.place;
    Some((placed.screen.page_mut(), shared))
}

fn on_key(state: &mut State, key: Key) {
    state.shared.note = None;
    let action = keys::action_of(key);
    match (key, action) {
        (_, Some(Action::Language)) => state.shared.lang = state.shared.lang.other(),
        (Key::Ctrl('z'), _) => take(state, Event::Suspend),
        _ if !state.overlays.is_empty() => over(state, |overlay, shared| overlay.key(shared, key)),
        (_, Some(Action::Help)) => {
            let help = state
                .stack
                .last()
                .map(|placed| Help::of(placed.screen.page(), &state.shared));
            state.overlays.extend(help.map(Overlay::Help));
        }
        (_, Some(Action::Commands)) => {
            let page = state
                .stack
                .last()
                .map(|placed| placed.screen.page().commands(&state.shared));
            state
                .overlays
                .extend(page.map(|commands| Overlay::Palette(Palette::new(commands))));
        }
        _ => {
            let call = match (key, action) {
                (_, Some(action)) => Some(Call::Action(action)),
                (Key::Char(c), None) => Some(Call::Letter(c)),
                _ => None,
            };
            if let Some((page, shared)) = top(state) {
                call_or_key(page, shared, call, key);
            }
        }
    }
}

/// A command of the screen is called, if it can be now; any other key goes to the screen as a key.
fn call_or_key(page: &mut dyn Page, shared: &mut Shared, call: Option<Call>, key: Key) {
    let commands = page.commands(shared);
    match commands.iter().find(|command| Some(command.call) == call) {
        Some(command) => match &command.why_not {
            None => page.call(shared, command.call),
            Some(why) => shared.tell("!", why.clone()),
        },
        None => match call {
            Some(Call::Action(action)) => {
                let said = words::NOT_HERE.fill(shared.lang, &[&keys::names_of(action)]);
                shared.tell(" ", said);
            }
            _ => page.key(shared, key),
        },
    }
}

fn on_text(state: &mut State, text: &str, typed: usize) {
    state.shared.note = None;
    if state.overlays.is_empty() {
        if let Some((page, shared)) = top(state) {
            page.text(shared, text, typed);
        }
    } else {
        over(state, |overlay, shared| overlay.text(shared, text, typed));
    }
}

/// Gives something to the question on top, and does what comes of it.
fn over(state: &mut State, give: impl FnOnce(&mut Overlay, &mut Shared) -> Then) {
    state.shared.place = 0;
    let Some(overlay) = state.overlays.last_mut() else {
        return;
    };
    match give(overlay, &mut state.shared) {
        Then::Stay => {}
        Then::Close => drop(state.overlays.pop()),
        Then::Tell(told) => {
            state.overlays.pop();
            if let Some((page, shared)) = top(state) {
                page.told(shared, told);
            }
        }
        Then::Call(call) => {
            state.overlays.pop();
            if let Some((page, shared)) = top(state) {
                call_or_key(page, shared, Some(call), Key::Esc);
            }
        }
    }
}

fn on_answer(state: &mut State, ticket: super::effect::Ticket, reply: Result<Reply, crate::desk::Problem>) {
    if ticket.place == 0 {
        return over(state, |overlay, shared| overlay.answer(shared, ticket, reply));
    }
    let State { stack, shared, .. } = state;
    if let Some(placed) = stack.iter_mut().find(|placed| placed.place == ticket.place) {
        shared.place = placed.place;
        placed.screen.page_mut().answer(shared, ticket, reply);
    }
}

/// Screens ask for what must be kept.
fn keep(state: &mut State, which: impl Fn(&dyn Page) -> bool) {
    let State { stack, shared, .. } = state;
    for placed in stack.iter_mut().filter(|placed| which(placed.screen.page())) {
        shared.place = placed.place;
        placed.screen.page_mut().keep(shared);
    }
}

/// Nobody is there: the screen goes blank until the password was typed.
fn lock(state: &mut State) {
    let locked = matches!(state.overlays.last(), Some(Overlay::Lock(_)));
    if state.shared.session.is_some() && !locked {
        keep(state, |_| true);
        state.overlays.push(Overlay::Lock(Lock::new()));
    }
}

/// Fulfils what screens wished for.
fn settle(state: &mut State) {
    for wish in state.shared.take_wishes() {
        match wish {
            Wish::Push(screen) => push(state, *screen),
            Wish::Swap(screen) => {
                state.stack.pop();
                push(state, *screen);
            }
            Wish::Up if state.stack.len() > 1 => {
                state.stack.pop();
                shown(state);
            }
            Wish::Up => {}
            Wish::Home => {
                state.stack.truncate(1);
                shown(state);
            }
            Wish::SignedOut => {
                state.overlays.clear();
                state.stack.clear();
                state.shared.session = None;
                push(state, Screen::SignIn(SignIn::new("")));
            }
            Wish::Open(overlay) => state.overlays.push(*overlay),
        }
    }
}

fn push(state: &mut State, screen: Screen) {
    let place = state.shared.next_number();
    state.stack.push(Placed { place, screen });
    shown(state);
}

fn shown(state: &mut State) {
    if let Some((page, shared)) = top(state) {
        page.shown(shared);
    }
    settle(state);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{HomeView, ProblemKind};
    use crate::tui::effect::{Ask, Ticket};
    use crate::tui::testing;

    #[test]
    fn what_is_typed_while_signing_in_is_kept_and_dropped_keys_are_never_lost() {
        let mut state = testing::state();
        let asked = testing::asked(testing::typed(&mut state, "registrar<Enter>training<Enter><F1>"));
        let (ticket, ask) = asked.into_iter().next().unwrap();
        assert_eq!(
            ask,
            Ask::SignIn {
                name: "registrar".into(),
                password: "training".into()
            }
        );
        assert!(state.overlays.is_empty(), "F1 waits");
        let problem = crate::desk::Problem::new("x", ProblemKind::Input, ["a".into(), "b".into()], ["c", "d"]);
        testing::answer(&mut state, ticket, Err(problem));
        assert!(
            matches!(state.overlays.last(), Some(Overlay::Help(_))),
            "F1 was done after the answer"
        );
    }

    #[test]
    fn an_old_answer_is_dropped() {
        let mut state = testing::state();
        let ticket = Ticket { place: 77, number: 1 };
        let view = HomeView {
            day: testing::morning().date(),
            counts: vec![],
            drafts: vec![],
            accepted: vec![],
            unconfirmed: 9,
            pending: vec![],
            blanks: vec![],
        };
        testing::answer(&mut state, ticket, Ok(Reply::Home(view)));
        assert_eq!(state.shared.unconfirmed, 0);
    }

    #[test]
    fn a_signal_ends_with_its_status_and_language_turns_anywhere() {
        let mut state = testing::state();
        testing::typed(&mut state, "<F1><F12>");
        assert_eq!(state.shared.lang, words::Lang::En);
        assert_eq!(update(&mut state, Event::Terminated(15)), [Effect::Quit(143)]);
        testing::typed(&mut state, "<Esc>");
        assert_eq!(testing::typed(&mut state, "<Esc>"), [Effect::Quit(0)]);
    }
}
