//! The screens as a clerk meets them: the real program in a real terminal, keys alone.

use std::time::Duration;

use crate::support::desk::{Desk, finish};
use crate::support::terminal::Terminal;

const MAN: &str = "33052119900307001X|张三丰|男|汉|19900307|浙江省湖州市德清县武康街道一号";
const WOMAN: &str = "330521199905120020|李小红|女|回|19990512|浙江省湖州市德清县";

/// Milliseconds of quiet that end a burst, with room for whoever types it on a busy machine to be held up.
const BUSY: u64 = 300;

fn signed_in(desk: &Desk, gap: u64) -> Terminal {
    with(desk, gap, &[])
}

fn with(desk: &Desk, gap: u64, environment: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::open(desk, gap, environment);
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
        let mut terminal = Terminal::open(&desk, BUSY, &[]);
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

/// Exactly what was printed, and nothing half.
fn papers(desk: &Desk) -> usize {
    let files = std::fs::read_dir(desk.path("papers")).unwrap();
    let files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files
        .filter(|bytes| bytes.starts_with(b"%PDF") && bytes.ends_with(b"%%EOF"))
        .count()
}

#[track_caller]
fn registered(desk: &Desk, terminal: &Terminal) {
    let done = terminal.screen();
    assert!(done.contains("J330521-2026-000001"), "{done}");
    assert!(!done.contains("未打印\n"), "{done}");
    assert_eq!(papers(desk), 8);
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn a_couple_with_two_cards_takes_at_most_sixty_keys() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, BUSY);
    terminal
        .keys("1")
        .scan(MAN, None)
        .scan(WOMAN, Some(Duration::from_millis(1)));
    let form = terminal.screen();
    assert!(
        form.contains("张三丰") && form.contains("李小红") && form.contains("03 回族"),
        "{form}"
    );
    terminal.keys("农民<Enter>9010<Enter><Enter>工人<Enter>2010<Enter><Enter>1<Enter>1<Enter>");
    terminal.keys("<F2><F2>").keys("001X").keys("<F9>");
    registered(&desk, &terminal);
    assert!(terminal.presses <= 60, "{} keys", terminal.presses);
}

#[test]
fn a_couple_by_hand_takes_at_most_145_keys_and_may_be_typed_ahead() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    // All of it in one write: opening the form is waited for, nothing of what follows is lost.
    terminal.keys(
        "133052119900307001X张三丰<Enter>01农民<Enter>90+武康街道一号<Enter>1013800000000<Enter>\
         330521199905120020李小红<Enter>=工人<Enter>20=1013900000000<Enter>1<Enter>1<Enter><F2>",
    );
    terminal.keys("<F2>").keys("001X").keys("<F9>");
    registered(&desk, &terminal);
    assert!(terminal.presses <= 145, "{} keys", terminal.presses);
}

#[test]
fn keys_from_before_the_question_register_nobody() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    terminal.keys("133052119900307001X张三丰<Enter>01<Enter><Enter><Enter><Enter>10<Enter><Enter>");
    terminal.keys("330521199905120020李小红<Enter>=<Enter><Enter><Enter>10<Enter><Enter>1<Enter>1<Enter>");
    terminal.keys("<F2><F2>001X001X");
    assert!(terminal.screen().contains("末四位"), "{}", terminal.screen());
    terminal.keys("001X");
    assert!(
        terminal.screen().contains("J330521-2026-000001"),
        "{}",
        terminal.screen()
    );
}

#[test]
fn what_was_accepted_outlives_a_kill_and_is_offered_on_the_same_field() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    terminal.keys("133052119900307001X张三丰<Enter>01农民<Enter>初");
    terminal.until(|seen| seen.screen().contains("已存"));
    let row = terminal.caret().0;
    terminal.end("KILL");
    let mut terminal = signed_in(&desk, 0);
    let home = terminal.screen();
    assert!(home.contains("张三丰") && home.contains("停在“文化程度”"), "{home}");
    terminal.keys("a");
    let form = terminal.screen();
    assert!(
        form.contains("33052119900307001X") && form.contains("农民") && form.contains("初"),
        "{form}"
    );
    assert_eq!(terminal.caret().0, row, "{form}");
}

#[test]
fn a_move_over_the_form_is_one_small_write() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    terminal.keys("133052119900307001X张三丰<Enter>01农民<Enter>");
    // Across: the same field of the other party, explained by the same words. Down: other words.
    for (key, most) in [("<Tab>", 120), ("<BackTab>", 120), ("<Down>", 350), ("<Up>", 350)] {
        let (bytes, _) = terminal.cost(key);
        assert!(bytes <= most, "{key}: {bytes} bytes");
    }
    // The bench holds a release build to a millisecond; here it must only not wait for the disk of a busy machine.
    let took = terminal.painted("<Tab>");
    assert!(took < Duration::from_millis(300), "{took:?}");
    let (bytes, _) = terminal.cost("张");
    assert!(bytes <= 60, "{bytes} bytes for a character");
}

#[test]
fn no_color_means_none_and_english_says_the_same() {
    let desk = Desk::new();
    let form = "133052119900307001X张三丰<Enter><Enter>";
    let mut colour = signed_in(&desk, 0);
    colour.keys(form);
    assert!(colour.coloured() > 0);
    let desk = Desk::new();
    let mut plain = with(&desk, 0, &[("NO_COLOR", "1")]);
    plain.keys(form);
    assert_eq!((plain.coloured(), plain.screen()), (0, colour.screen()));
    plain.keys("<F12>");
    let english = plain.screen();
    assert!(
        english.contains("Marriage registration") && english.contains("√ Name"),
        "{english}"
    );
}

#[test]
fn the_screens_are_content_with_little_memory() {
    let desk = Desk::new();
    let mut terminal = signed_in(&desk, 0);
    terminal
        .keys("1<Esc>")
        .keys("<F3>zhang<Enter><Esc><Esc>")
        .keys("2<Esc>");
    let kept = terminal.anonymous_kb();
    assert!(kept.is_none_or(|kb| (1024..64 * 1024).contains(&kb)), "{kept:?} kB");
}
