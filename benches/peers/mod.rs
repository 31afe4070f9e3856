//! Other programs, measured side by side in the same kind of terminal.

use std::io::Read;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Spawn of an editor with nothing to do until its last line but one is drawn; `None` where the machine has none.
pub fn vim() -> Option<Duration> {
    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new("vim");
    command.args(["-u", "NONE"]);
    command.env("TERM", "xterm-256color");
    let mut output = pair.master.try_clone_reader().unwrap();
    let from = Instant::now();
    let mut child = pair.slave.spawn_command(command).ok()?;
    let mut screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    let mut chunk = [0; 1 << 16];
    let drawn = |screen: &vt100::Parser| {
        screen
            .screen()
            .rows(0, 80)
            .nth(22)
            .is_some_and(|row| row.starts_with('~'))
    };
    while !drawn(&screen) {
        let count = output.read(&mut chunk).unwrap();
        assert!(count > 0, "it ended before it drew");
        screen.process(&chunk[..count]);
    }
    let took = from.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    Some(took)
}
