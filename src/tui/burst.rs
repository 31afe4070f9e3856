//! A card reader's burst becomes one event; people's typing is never held back.
//!
//! The first character always passes at once. One that comes sooner than `near` after the one before is held; when the
//! line falls quiet, [`SURE`] or more of them (with the one already passed) are one text, fewer go out as the keys they
//! were. An input method commits whole words in one write: a run without ASCII is never a burst.

use std::time::{Duration, Instant};

use super::event::{Event, Key};

/// Characters in a row that people do not type.
const SURE: usize = 6;

/// An event with the time its last byte was read.
pub type Stamped = (Instant, Event);

/// Holds what may be the begin of a burst.
#[derive(Debug)]
pub struct Joiner {
    /// Closer than this is no person: people take more than 30 ms, readers 1 to 10.
    near: Duration,
    /// Quiet that ends a run which is still too short to be sure.
    quiet: Duration,
    /// Quiet that ends a burst: readers pause between their lines.
    quiet_sure: Duration,
    last: Option<(char, Instant)>,
    held: String,
    held_at: Option<Instant>,
}

impl Joiner {
    /// `gap` is the quiet that ends a burst, a setting of the desk (slow readers, remote desks); zero joins nothing.
    pub fn new(gap: Duration) -> Self {
        Self {
            near: gap / 5,
            quiet: gap / 3,
            quiet_sure: gap,
            last: None,
            held: String::new(),
            held_at: None,
        }
    }

    /// Takes an event, gives out what is ready.
    pub fn push(&mut self, (at, event): Stamped, out: &mut Vec<Stamped>) {
        self.expire(at, out);
        let c = match event {
            Event::Key(Key::Char(c)) => c,
            Event::Key(Key::Enter) if !self.held.is_empty() => '\n',
            Event::Key(Key::Tab) if !self.held.is_empty() => '\t',
            other => {
                self.flush(out);
                self.last = None;
                return out.push((at, other));
            }
        };
        let before = self.held_at.or(self.last.map(|(_, at)| at));
        if !self.held.is_empty() || before.is_some_and(|before| at.duration_since(before) < self.near) {
            self.held.push(c);
            self.held_at = Some(at);
        } else {
            self.last = Some((c, at));
            out.push((at, Event::Key(Key::Char(c))));
        }
    }

    /// When the loop must wake to give out what is held.
    pub fn deadline(&self) -> Option<Instant> {
        let sure = self.held.chars().count() + 1 >= SURE;
        self.held_at
            .map(|at| at + if sure { self.quiet_sure } else { self.quiet })
    }

    /// Gives out what is held, if the line has been quiet for long enough.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<Stamped>) {
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.flush(out);
        }
    }

    fn flush(&mut self, out: &mut Vec<Stamped>) {
        let held = std::mem::take(&mut self.held);
        let (Some(at), Some(end)) = (self.held_at.take(), held.chars().next_back()) else {
            return;
        };
        if let Some((first, since)) = self.last.take().filter(|(first, _)| is_burst(*first, &held)) {
            let text = format!("{first}{held}");
            return out.push((since, Event::Text { text, typed: 1 }));
        }
        self.last = Some((end, at));
        out.extend(held.chars().map(|c| (at, Event::Key(as_key(c)))));
    }
}

/// Whether a run was written by a machine: long, mostly letters and digits, and not one key held down.
fn is_burst(first: char, held: &str) -> bool {
    let count = held.chars().count();
    let ascii = held.bytes().filter(u8::is_ascii_alphanumeric).count();
    count + 1 >= SURE && ascii * 2 >= count && held.chars().any(|c| c != first)
}

fn as_key(c: char) -> Key {
    match c {
        '\n' => Key::Enter,
        '\t' => Key::Tab,
        c => Key::Char(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds a text with so many milliseconds between two characters; how many events came out at each character.
    fn feed(text: &str, gap_ms: u64) -> (Vec<Event>, Vec<usize>) {
        let start = Instant::now();
        let mut joiner = Joiner::new(Duration::from_millis(60));
        let (mut out, mut at_each) = (vec![], vec![]);
        for (n, c) in text.chars().enumerate() {
            let at = start + Duration::from_millis(gap_ms) * u32::try_from(n).unwrap();
            let before = out.len();
            joiner.push((at, Event::Key(as_key(c))), &mut out);
            at_each.push(out.len() - before);
        }
        joiner.expire(start + Duration::from_secs(60), &mut out);
        (out.into_iter().map(|(_, event)| event).collect(), at_each)
    }

    #[test]
    fn a_scan_is_one_event_whatever_its_speed() {
        for gap in [0, 1, 5, 10] {
            let (out, _) = feed("330521199003070017\n", gap);
            assert_eq!(out[0], Event::Key(Key::Char('3')), "gap {gap}");
            let text = "330521199003070017\n".to_owned();
            assert_eq!(out[1..], [Event::Text { text, typed: 1 }], "gap {gap}");
        }
    }

    #[test]
    fn typing_is_never_held() {
        let (out, at_each) = feed("zhangsan\nlisi", 30);
        assert_eq!(out.len(), 13);
        assert!(at_each.iter().all(|n| *n == 1));
    }

    #[test]
    fn an_input_methods_words_and_short_runs_stay_keys() {
        assert_eq!(feed("中华人民共和国", 0).0.len(), 7);
        assert_eq!(feed("ok\n", 1).0.last(), Some(&Event::Key(Key::Enter)));
    }

    #[test]
    fn a_key_held_down_is_no_scan() {
        assert_eq!(feed("000000000", 5).0.len(), 9);
    }

    #[test]
    fn nothing_is_joined_without_a_gap() {
        let mut joiner = Joiner::new(Duration::ZERO);
        let (now, mut out) = (Instant::now(), vec![]);
        for c in "330521199003070017".chars() {
            joiner.push((now, Event::Key(Key::Char(c))), &mut out);
        }
        assert_eq!((out.len(), joiner.deadline()), (18, None));
    }
}
