//! The screens as a clerk meets them: the real program in a real terminal, keys alone.

use std::time::Duration;

use crate::support::desk::Desk;
use crate::support::terminal::Terminal;

fn signed_in(desk: &Desk, gap: u64) -> Terminal {
    let mut terminal = Terminal::open(desk, gap, &[]);
    terminal.keys("registrar<Enter>").keys("training<Enter>");
    assert!(terminal.screen().contains("等我处理"), "{}", terminal.screen());
    terminal.presses = 0;
    terminal
}

#[test]
fn signing_in_by_keys_and_the_terminal_given_back_after_a_signal() {
    let desk = Desk::new();
    let terminal = signed_in(&desk, 0);
    assert!(terminal.end("TERM"), "the terminal must be given back");
}

#[test]
fn any_size_and_back_draws_the_same_screen() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    let before = terminal.screen();
    for (width, height) in [(120, 40), (20, 5), (1, 1), (80, 24)] {
        terminal.resize(width, height);
    }
    assert_eq!(terminal.screen(), before);
}

#[test]
fn a_move_costs_one_small_write_and_the_caret_goes_along() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, 0, &[]);
    let before = terminal.caret();
    let (bytes, frames) = terminal.cost("<Tab>");
    assert!(bytes <= 120, "{bytes} bytes");
    assert_eq!(frames, 1);
    assert_eq!(terminal.caret(), (before.0 + 1, before.1));
}

#[test]
fn a_burst_is_one_event_however_it_comes() {
    let desk = Desk::new();
    for pause in [None, Some(Duration::from_millis(1))] {
        let mut terminal = Terminal::open(&desk, 60, &[]);
        let before = terminal.with(|seen| seen.frames);
        terminal.scan("registrar1234567890", pause);
        let frames = terminal.with(|seen| seen.frames) - before;
        assert!(
            frames <= 2,
            "{frames} frames: one for the first character, one for the rest"
        );
        assert!(
            terminal.screen().contains("registrar1234567890"),
            "{}",
            terminal.screen()
        );
    }
}
