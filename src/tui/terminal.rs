//! Taking the terminal and giving it back, whatever happens. The only file of the screens that knows Unix.

use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};

use super::burst::Stamped;
use super::event::{Event, from_crossterm};

/// Whether the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Alternate screen, paste mode, the caret hidden until the first frame.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";

/// Ends an update that a panic cut off; plain ink, caret, no paste mode, the main screen.
const LEAVE: &str = "\x1b[?2026l\x1b[m\x1b[?25h\x1b[?2004l\x1b[?1049l";

/// How long a terminal may take to say how wide it draws.
const PROBE_WAIT: Duration = Duration::from_millis(150);

/// Whether there is a terminal that screens can be drawn on.
pub fn usable() -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}

/// Holds the terminal; gives it back when dropped, and when this thread panics.
pub struct Guard;

impl Guard {
    /// Takes the terminal.
    pub fn take() -> io::Result<Self> {
        let before = std::panic::take_hook();
        let owner = std::thread::current().id();
        std::panic::set_hook(Box::new(move |info| {
            // A worker's panic is caught there and becomes an answer; only this thread gives the terminal back.
            if std::thread::current().id() == owner {
                leave();
                before(info);
            }
        }));
        enter()?;
        Ok(Self)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Takes the terminal again after a stop.
pub fn enter() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    write_now(ENTER)
}

fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // The terminal may be gone; then there is nobody to give it back to.
        drop(write_now(LEAVE));
        drop(crossterm::terminal::disable_raw_mode());
    }
}

fn write_now(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The terminal without a buffer: std's `Stdout` would split a frame at newlines.
#[derive(Debug)]
pub struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(rustix::stdio::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Columns and rows. A pseudo-terminal that nobody gave a size says 0x0: 80x24 then.
pub fn size() -> io::Result<(u16, u16)> {
    Ok(match crossterm::terminal::size()? {
        (0, _) | (_, 0) => (80, 24),
        known => known,
    })
}

/// Stops this process as Ctrl-Z does, with the terminal given back; returns when it is continued.
pub fn stop() -> io::Result<()> {
    leave();
    signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
    enter()
}

/// Whether this terminal draws `─` or `·` two cells wide; and what was typed meanwhile. Must run before the reader
/// thread. A terminal that does not answer in time counts as narrow.
pub fn probe() -> io::Result<(bool, Vec<u8>)> {
    write_now("\x1b[1;1H─\x1b[6n\x1b[1;1H·\x1b[6n\x1b[1;1H\x1b[K")?;
    let (input, end) = (io::stdin(), Instant::now() + PROBE_WAIT);
    let (mut bytes, mut columns) = (vec![], vec![]);
    while columns.len() < 2 {
        let left = end.saturating_duration_since(Instant::now());
        let left = Timespec {
            tv_sec: 0,
            tv_nsec: left.subsec_nanos().into(),
        };
        if poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&left)).unwrap_or(0) == 0 {
            break;
        }
        let mut chunk = [0; 256];
        match rustix::io::read(&input, &mut chunk) {
            Ok(count) if count > 0 => bytes.extend(chunk.iter().take(count)),
            _ => break,
        }
        while let Some((range, column)) = report(&bytes) {
            bytes.drain(range);
            columns.push(column);
        }
    }
    Ok((columns.contains(&3), bytes))
}

/// The first `ESC [ row ; column R` in the bytes: where it stands, and the column.
fn report(bytes: &[u8]) -> Option<(Range<usize>, u16)> {
    let at = bytes.windows(2).position(|pair| pair == b"\x1b[")?;
    let end = at + bytes.get(at..)?.iter().position(|byte| *byte == b'R')?;
    let (row, column) = std::str::from_utf8(bytes.get(at + 2..end)?).ok()?.split_once(';')?;
    row.parse::<u16>().ok()?;
    Some((at..end + 1, column.parse().ok()?))
}

/// Starts the threads that watch keys, signals and the terminal itself. They end with the process.
pub fn watch(to: &Sender<Stamped>) -> io::Result<()> {
    read_keys(to.clone());
    notice_hang_up(to.clone());
    take_signals(to.clone())
}

/// Keys are stamped here: the main loop may be late, a reader must not look slow because of it.
fn read_keys(to: Sender<Stamped>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            let at = Instant::now();
            if let Some(event) = from_crossterm(event)
                && to.send((at, event)).is_err()
            {
                return;
            }
        }
    });
}

/// The terminal has gone and nobody sent SIGHUP (started from a shell that ignores it): crossterm would read the end of
/// file for ever at full speed. Asking `poll` for nothing waits for a hang-up only.
fn notice_hang_up(to: Sender<Stamped>) {
    std::thread::spawn(move || {
        let input = io::stdin();
        while !matches!(poll(&mut [PollFd::new(&input, PollFlags::empty())], None), Ok(1..)) {}
        drop(to.send((Instant::now(), Event::Terminated(SIGHUP))));
        // The draft is long saved by then.
        std::thread::sleep(Duration::from_secs(2));
        std::process::exit(128 + SIGHUP);
    });
}

/// Signals become events; a second one that asks to end ends at once.
fn take_signals(to: Sender<Stamped>) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        let mut asked = false;
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Continued,
                again if asked => std::process::exit(128 + again),
                first => {
                    asked = true;
                    Event::Terminated(first)
                }
            };
            if to.send((Instant::now(), event)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_among_typed_keys() {
        assert_eq!(report(b"zs\x1b[1;3Rx"), Some((2..8, 3)));
        assert_eq!(report(b"\x1b[1;3"), None);
        assert_eq!(report(b"\x1b[AR"), None);
    }
}
