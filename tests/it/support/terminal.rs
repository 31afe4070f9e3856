//! The real binary in a real pty with a terminal emulator behind it. Nobody sleeps: told to, the program ends each frame
//! with the number of keys it has taken, so "settled" means that it has drawn after taking everything that was sent.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::desk::{Desk, NOW};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What begins the mark at the end of a frame.
const MARK: &[u8] = b"\x1b]777;";

/// What the terminal has seen of the program.
pub struct Seen {
    emulator: vt100::Parser,
    /// Bytes the program wrote, marks not counted.
    pub bytes: usize,
    /// Frames it ended.
    pub frames: usize,
    /// Keys it had taken when it ended the last one.
    taken: u64,
    /// What has come since the last mark.
    tail: Vec<u8>,
    ended: bool,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// A terminal with the program in it.
pub struct Terminal {
    seen: Shared,
    input: Arc<Mutex<Box<dyn Write + Send>>>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    sent: u64,
    /// Keys pressed so far; a burst is none.
    pub presses: u64,
    /// Bursts are joined: keys go out one by one, lest they be taken for one.
    joins: bool,
}

impl Terminal {
    /// Opens the screens on a desk's database, 80x24. Bursts are joined after `gap` milliseconds of quiet; 0 joins none.
    pub fn open(desk: &Desk, gap: u64, more: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_guitai"));
        command.env_clear();
        command.arg("--db");
        command.arg(desk.db());
        command.args(["--now", NOW]);
        command.cwd(desk.path(""));
        let usual = [
            ("HOME", desk.path("").to_string_lossy().into_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("GUITAI_SCREEN_WATCH", "1".to_owned()),
            ("GUITAI_SCAN_GAP", gap.to_string()),
        ];
        for (name, value) in usual {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        let mut terminal = Self::spawn(command, gap > 0);
        terminal.until(|seen| seen.frames > 0);
        terminal
    }

    /// The program's anonymous memory, in kB, where the system tells.
    pub fn anonymous_kb(&self) -> Option<u64> {
        let id = self.child.process_id()?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }

    fn spawn(command: CommandBuilder, joins: bool) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let input = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let output = pair.master.try_clone_reader().unwrap();
        let seen = Seen {
            emulator: vt100::Parser::new(some(24), some(80), 0),
            bytes: 0,
            frames: 0,
            taken: 0,
            tail: vec![],
            ended: false,
        };
        let seen: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let (to, answers) = (Arc::clone(&seen), Arc::clone(&input));
        std::thread::spawn(move || watch(output, &to, &answers));
        Self {
            seen,
            input,
            master: pair.master,
            child,
            sent: 0,
            presses: 0,
            joins,
        }
    }

    /// `"张三<Tab><F4>dq<Enter>"`: text as text, keys in angle brackets. Waits until all of it is on the screen.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        let mut bytes = vec![];
        let mut rest = script;
        while let Some(c) = rest.chars().next() {
            let (token, len) = match rest.find('>') {
                Some(end) if c == '<' => (&rest[1..end], end + 1),
                _ => (&rest[..c.len_utf8()], c.len_utf8()),
            };
            bytes.extend(encode(token));
            rest = &rest[len..];
            self.sent += 1;
            self.presses += 1;
            // The next byte behind a lone Esc would make another key of it.
            if self.joins || token == "Esc" || rest.is_empty() {
                self.raw(&bytes).settle();
                bytes.clear();
            }
        }
        self
    }

    /// What a reader types, in one write or with a pause behind each character; the program joins it to one event.
    pub fn scan(&mut self, burst: &str, pause: Option<Duration>) -> &mut Self {
        self.sent += burst.chars().count() as u64;
        match pause {
            None => drop(self.raw(burst.as_bytes())),
            Some(pause) => {
                for c in burst.chars() {
                    self.raw(c.to_string().as_bytes());
                    let until = Instant::now() + pause;
                    while Instant::now() < until {
                        std::hint::spin_loop();
                    }
                }
            }
        }
        self.settle()
    }

    /// How long one key takes until its frame comes; what the desk saves meanwhile is waited for, and not counted. A
    /// frame is one write, so its first byte is there when all of it is.
    pub fn painted(&mut self, key: &str) -> Duration {
        let before = self.with(|seen| seen.bytes);
        self.sent += 1;
        self.presses += 1;
        let from = Instant::now();
        self.raw(&encode(key.trim_matches(['<', '>'])));
        self.until(move |seen| seen.bytes > before);
        let took = from.elapsed();
        self.settle();
        took
    }

    /// Bytes as they are, nothing waited for.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.input.lock().unwrap().write_all(bytes).unwrap();
        self
    }

    /// Until a frame was drawn after everything sent was taken and answered.
    pub fn settle(&mut self) -> &mut Self {
        let sent = self.sent;
        self.until(move |seen| seen.taken >= sent)
    }

    /// Until something is seen.
    pub fn until(&mut self, there: impl Fn(&Seen) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().unwrap();
        while !there(&seen) && !seen.ended {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "nothing came; taken {} of {}; the screen:\n{}",
                seen.taken,
                self.sent,
                seen.emulator.screen().contents()
            );
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
        drop(seen);
        self
    }

    /// Another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let before = {
            let mut seen = self.seen.0.lock().unwrap();
            seen.emulator.screen_mut().set_size(some(height), some(width));
            seen.frames
        };
        self.master.resize(size(width, height)).unwrap();
        self.until(|seen| seen.frames > before)
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        self.with(Seen::screen)
    }

    /// Row and column of the caret, from 0.
    pub fn caret(&self) -> (u16, u16) {
        self.with(|seen| seen.emulator.screen().cursor_position())
    }

    /// Looks at what was seen.
    pub fn with<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.0.lock().unwrap())
    }

    /// How many characters are in colour.
    pub fn coloured(&self) -> usize {
        self.with(|seen| {
            let screen = seen.emulator.screen();
            let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
            let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
            let cells = cells.filter_map(|(row, column)| screen.cell(row, column));
            cells.filter(|cell| cell.fgcolor() != vt100::Color::Default).count()
        })
    }

    /// Bytes and frames that some keys cost.
    pub fn cost(&mut self, script: &str) -> (usize, usize) {
        let before = self.with(|seen| (seen.bytes, seen.frames));
        self.keys(script);
        self.with(|seen| (seen.bytes - before.0, seen.frames - before.1))
    }

    /// Sends a signal (`KILL`, `TERM`) and waits for the end; whether the terminal was given back.
    pub fn end(mut self, signal: &str) -> bool {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status();
        assert!(sent.unwrap().success());
        self.child.wait().unwrap();
        self.until(|seen| seen.ended);
        self.with(|seen| !seen.emulator.screen().alternate_screen() && !seen.emulator.screen().hide_cursor())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    /// What stands on the screen, without the blanks behind it.
    pub fn screen(&self) -> String {
        let contents = self.emulator.screen().contents();
        contents.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn take(&mut self, part: &[u8]) {
        self.bytes += part.len();
        self.emulator.process(part);
        self.tail.extend(part);
        let begin = self.tail.windows(MARK.len()).rposition(|bytes| bytes == MARK);
        if let (Some(begin), Some(b'\x07')) = (begin, self.tail.last()) {
            let number = &self.tail[begin + MARK.len()..self.tail.len() - 1];
            self.taken = std::str::from_utf8(number).unwrap().parse().unwrap();
            self.frames += 1;
            self.bytes -= self.tail.len() - begin;
            self.tail.clear();
        }
    }
}

/// Feeds the emulator, and answers the program when it asks where the cursor is.
fn watch(mut output: Box<dyn Read + Send>, to: &Shared, answers: &Mutex<Box<dyn Write + Send>>) {
    let mut chunk = vec![0; 1 << 16];
    while let Ok(count @ 1..) = output.read(&mut chunk) {
        let mut seen = to.0.lock().unwrap();
        for part in chunk[..count].split_inclusive(|byte| matches!(byte, b'\x07' | b'n')) {
            seen.take(part);
            if part.ends_with(b"\x1b[6n") {
                let (row, column) = seen.emulator.screen().cursor_position();
                let report = format!("\x1b[{};{}R", row + 1, column + 1);
                answers.lock().unwrap().write_all(report.as_bytes()).unwrap();
            }
        }
        drop(seen);
        to.1.notify_all();
    }
    to.0.lock().unwrap().ended = true;
    to.1.notify_all();
}

fn some(count: u16) -> NonZeroU16 {
    count.try_into().unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn encode(token: &str) -> Vec<u8> {
    let bytes: &[u8] = match token {
        "Tab" => b"\t",
        "BackTab" => b"\x1b[Z",
        "Enter" => b"\r",
        "Esc" => b"\x1b",
        "BS" => b"\x7f",
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "F1" => b"\x1bOP",
        "F2" => b"\x1bOQ",
        "F3" => b"\x1bOR",
        "F4" => b"\x1bOS",
        "F5" => b"\x1b[15~",
        "F6" => b"\x1b[17~",
        "F7" => b"\x1b[18~",
        "F8" => b"\x1b[19~",
        "F9" => b"\x1b[20~",
        "F10" => b"\x1b[21~",
        "F11" => b"\x1b[23~",
        "F12" => b"\x1b[24~",
        token if token.starts_with("C-") => return vec![token.as_bytes()[2] & 0x1f],
        token => return token.as_bytes().to_vec(),
    };
    bytes.to_vec()
}
