//! The loop: draw, wait, take everything that is pending, update, do the effects, draw once.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::layout::Size;

use super::backend::Paper;
use super::burst::{Joiner, Stamped};
use super::effect::Effect;
use super::event::{Event, Key};
use super::state::State;
use super::terminal::{self, Out};
use super::update::update;
use super::view::view;
use super::worker::{Bench, Worker};
use super::{Options, cells};
use crate::desk::Clock;

/// How often the time is told.
const MINUTE: Duration = Duration::from_secs(60);

/// How long typing must pause until what stands in a field is saved.
const PAUSE: Duration = Duration::from_millis(300);

/// Set by those who watch from outside: each frame then ends with `OSC 777 ; <keys taken> BEL` once all of them were
/// answered, so that nobody has to sleep.
const WATCHED: &str = "GUITAI_SCREEN_WATCH";

/// Milliseconds of quiet that end a burst, over the desk's own setting; 0 joins nothing.
const SCAN_GAP: &str = "GUITAI_SCAN_GAP";

/// Milliseconds of [`PAUSE`], for those who watch from outside.
const PAUSE_SET: &str = "GUITAI_PAUSE";

/// Seconds without a key after which the screen locks, over the registry's own setting.
const IDLE: &str = "GUITAI_IDLE_SECONDS";

struct Loop {
    screen: Terminal<Paper<Out>>,
    from: Receiver<Stamped>,
    worker: Worker,
    joiner: Joiner,
    clock: Clock,
    watched: bool,
    /// Keys taken from the terminal.
    keys: u64,
    /// Questions the worker has not answered.
    open: usize,
    idle: Duration,
    pause: Duration,
    /// Something was typed that is to be saved once typing pauses.
    owes: bool,
    last_key: Instant,
    last_tick: Instant,
    /// The deliberate question that was painted last, and when.
    painted: Option<(u64, Instant)>,
}

/// Runs the screens to their end; gives the exit status.
pub fn run(mut state: State, bench: Bench, options: &Options) -> io::Result<u8> {
    let _guard = terminal::Guard::take()?;
    let (to, from) = channel();
    match options.wide {
        Some(wide) => cells::set_ambiguous_wide(wide),
        None => {
            let (wide, typed) = terminal::probe()?;
            cells::set_ambiguous_wide(wide);
            type_ahead(&typed, &to);
        }
    }
    terminal::watch(&to)?;
    let (width, height) = terminal::size()?;
    state.shared.size = (width, height);
    let colour = std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let gap = number(SCAN_GAP).unwrap_or(u64::from(state.shared.desk.scan_gap_ms));
    let idle = number(IDLE).unwrap_or(60 * u64::from(state.shared.profile.idle_minutes));
    let now = Instant::now();
    let mut turns = Loop {
        screen: Terminal::new(Paper::new(Out, Size::new(width, height), colour))?,
        from,
        clock: bench.clock,
        worker: Worker::start(bench, to),
        joiner: Joiner::new(Duration::from_millis(gap)),
        watched: std::env::var_os(WATCHED).is_some(),
        keys: 0,
        open: 0,
        idle: Duration::from_secs(idle),
        pause: number(PAUSE_SET).map_or(PAUSE, Duration::from_millis),
        owes: false,
        last_key: now,
        last_tick: now,
        painted: None,
    };
    let exit = turns.turn(&mut state)?;
    turns.worker.finish();
    Ok(exit)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What was typed while the terminal was asked about itself.
fn type_ahead(bytes: &[u8], to: &Sender<Stamped>) {
    for c in String::from_utf8_lossy(bytes).chars() {
        let key = match c {
            '\r' => Key::Enter,
            '\t' => Key::Tab,
            '\u{7f}' => Key::Backspace,
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => continue,
            c => Key::Char(c),
        };
        drop(to.send((Instant::now(), Event::Key(key))));
    }
}

impl Loop {
    fn turn(&mut self, state: &mut State) -> io::Result<u8> {
        let mut ready = vec![];
        loop {
            self.draw(state)?;
            let first = match self.wake_at() {
                None => self.from.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => self.from.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match first {
                Ok(first) => {
                    let pending: Vec<Stamped> = std::iter::once(first).chain(self.from.try_iter()).collect();
                    for (at, event) in pending {
                        if matches!(event, Event::Key(_) | Event::Text { .. }) {
                            self.keys += 1;
                            self.last_key = at;
                        }
                        self.joiner.push((at, event), &mut ready);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.timed_out(&mut ready),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
            for (at, event) in std::mem::take(&mut ready) {
                if let Some(exit) = self.take(state, at, event)? {
                    return Ok(exit);
                }
            }
        }
    }

    /// When the loop must wake though nothing happens.
    fn wake_at(&self) -> Option<Instant> {
        let tick = (self.clock == Clock::System).then(|| self.last_tick + MINUTE);
        let idle = (!self.idle.is_zero()).then(|| self.last_key + self.idle);
        let pause = self.owes.then(|| self.last_key + self.pause);
        [self.joiner.deadline(), tick, idle, pause].into_iter().flatten().min()
    }

    fn timed_out(&mut self, ready: &mut Vec<Stamped>) {
        let now = Instant::now();
        self.joiner.expire(now, ready);
        if now >= self.last_tick + MINUTE {
            self.last_tick = now;
            ready.push((now, Event::Tick(self.clock.now())));
        }
        if self.owes && now >= self.last_key + self.pause {
            ready.push((now, Event::Pause));
        }
        if !self.idle.is_zero() && now >= self.last_key + self.idle {
            self.last_key = now;
            ready.push((now, Event::Idle));
        }
    }

    /// A frame is owed after every batch; only what changed is written.
    fn draw(&mut self, state: &State) -> io::Result<()> {
        self.owes = state.owes();
        self.screen.draw(|frame| {
            if let Some(caret) = view(state, frame) {
                frame.set_cursor_position(caret);
            }
        })?;
        let asks = state.deliberate();
        if asks != self.painted.map(|(number, _)| number) {
            self.painted = asks.map(|number| (number, Instant::now()));
        }
        if self.watched && self.joiner.deadline().is_none() && self.open == 0 {
            let mark = format!("\x1b]777;{}\x07", self.keys);
            self.screen.backend_mut().mark(&mark)?;
        }
        Ok(())
    }

    /// Takes one event; the exit status, where it is the end.
    fn take(&mut self, state: &mut State, at: Instant, event: Event) -> io::Result<Option<u8>> {
        match event {
            Event::Resize(width, height) => self.screen.backend_mut().resize(width, height),
            Event::Continued => state.shared.size = self.repaint()?,
            Event::Answer(..) => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        let event = match event {
            Event::Key(_) | Event::Text { .. } if self.is_early(state, at) => Event::Early,
            event => event,
        };
        for effect in update(state, event) {
            match effect {
                Effect::Quit(exit) => return Ok(Some(exit)),
                Effect::Suspend => terminal::stop()?, // SIGCONT then arrives as `Continued`
                Effect::Ask(ticket, ask) => {
                    self.open += 1;
                    self.worker.ask(ticket, *ask);
                }
            }
        }
        Ok(None)
    }

    /// Whether a key came before the deliberate question that would take it had been painted.
    fn is_early(&self, state: &State, at: Instant) -> bool {
        let painted = |number| {
            self.painted
                .is_some_and(|(known, since)| known == number && since <= at)
        };
        state.deliberate().is_some_and(|number| !painted(number))
    }

    fn repaint(&mut self) -> io::Result<(u16, u16)> {
        terminal::enter()?;
        let (width, height) = terminal::size()?;
        self.screen.backend_mut().resize(width, height);
        self.screen.backend_mut().forget();
        self.screen.clear()?;
        Ok((width, height))
    }
}
