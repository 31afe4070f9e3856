//! I1: whoever ends the program in the middle of typing - the machine, the terminal, a broken line - the terminal is given
//! back where there still is one, and what was accepted is there at the next start.

use crate::support::desk::{Desk, finish};
use crate::support::terminal::Terminal;

/// Signed in, on the form, one party begun, the next answer half typed.
fn typing(desk: &Desk) -> Terminal {
    let mut terminal = Terminal::open(desk, 0, &[]);
    terminal.keys("registrar<Enter>").keys("training<Enter>");
    terminal.keys("133052119900307001X张三丰<Enter>01农民<Enter>").raw(b"9");
    terminal
}

fn offered_again(desk: &Desk, after: &str) {
    let mut terminal = Terminal::open(desk, 0, &[]);
    terminal.keys("registrar<Enter>").keys("training<Enter>");
    let home = terminal.screen();
    assert!(home.contains("张三丰"), "after {after} nothing is offered:\n{home}");
    terminal.keys("a");
    let form = terminal.screen();
    assert!(
        form.contains("33052119900307001X") && form.contains("农民"),
        "after {after}:\n{form}"
    );
    drop(terminal);
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn a_signal_in_the_middle_of_typing_gives_the_terminal_back_and_loses_nothing() {
    for signal in ["TERM", "HUP", "INT"] {
        let desk = Desk::new();
        assert!(
            typing(&desk).end(signal),
            "after {signal} the terminal is not given back"
        );
        offered_again(&desk, signal);
    }
}

#[test]
fn ten_kills_in_the_middle_of_typing_leave_one_draft_that_goes_on() {
    let desk = Desk::new();
    typing(&desk).end("KILL");
    for _ in 0..9 {
        let mut terminal = Terminal::open(&desk, 0, &[]);
        terminal
            .keys("registrar<Enter>")
            .keys("training<Enter>")
            .keys("a")
            .raw(b"1");
        terminal.end("KILL");
    }
    offered_again(&desk, "ten kills");
}
