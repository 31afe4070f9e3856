//! From a key to its frame, through a real terminal: the release binary, a training database, the marriage form.
//!
//! Each sample is one key written to the pty and its frame read back; a scan counts from its one write to the settled
//! screen. What the desk saves behind a frame is no part of it.
//! `cargo bench --bench screens` prints the numbers and fails where one is over its budget. `GUITAI_BENCH_DB` names a
//! training database that was seeded before: start and memory are then measured on it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints, and ends where anything is amiss"
)]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/it/support/desk.rs"]
mod desk;
mod peers;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/it/support/terminal.rs"]
mod terminal;

use std::time::{Duration, Instant};

use desk::Desk;
use terminal::Terminal;

const MAN: &str = "33052119900307001X|张三丰|男|汉|19900307|浙江省湖州市德清县武康街道一号";

/// Keys that walk over the form; the draft's place is saved behind them.
const WALK: [&str; 8] = [
    "<Tab>",
    "<Down>",
    "<Tab>",
    "<Down>",
    "<BackTab>",
    "<Up>",
    "<BackTab>",
    "<Up>",
];

fn main() {
    start_beside_vim();

    let desk = Desk::new();
    let mut terminal = open(&desk, 0);
    terminal.keys("133052119900307001X张三丰<Enter>01<Enter>");
    let moves = samples(&mut terminal, WALK.iter().cycle().take(2000).copied());
    report("a move", &moves, Duration::from_millis(1));
    let typed = (0..2000).map(|n| if n % 20 < 10 { "张" } else { "<BS>" });
    let typed = samples(&mut terminal, typed);
    report("a character", &typed, Duration::from_millis(1));

    memory();
    let scans = (0..9).map(|_| scan()).collect();
    println!(
        "a card in one write to its frame: {:.1?} (60 ms of quiet end it)",
        median(scans)
    );
}

fn open(desk: &Desk, gap: u64) -> Terminal {
    let mut terminal = Terminal::open(desk, gap, &[]);
    terminal.keys("registrar<Enter>").keys("training<Enter>");
    terminal
}

/// A desk on the database that is to be measured, or on a new one.
fn measured() -> Desk {
    let Some(path) = std::env::var_os("GUITAI_BENCH_DB") else {
        return Desk::new();
    };
    let desk = Desk::bare();
    std::os::unix::fs::symlink(std::fs::canonicalize(path).unwrap(), desk.db()).unwrap();
    desk
}

/// Spawn to the first complete screen beside an editor that does nothing yet, turn by turn in the same kind of pty.
fn start_beside_vim() {
    let desk = measured();
    let (mut ours, mut vims) = (vec![], vec![]);
    for _ in 0..30 {
        let from = Instant::now();
        let terminal = Terminal::open(&desk, 0, &[]);
        ours.push(from.elapsed());
        drop(terminal);
        vims.extend(peers::vim());
    }
    let ours = median(ours);
    println!("spawn to first screen: {ours:.1?} (median of 30)");
    if !vims.is_empty() {
        let vim = median(vims);
        let ratio = ours.as_secs_f64() / vim.as_secs_f64();
        println!("vim -u NONE, turn by turn: {vim:.1?}; ratio {ratio:.2}");
    }
}

/// Anonymous memory after a walk over the screens.
fn memory() {
    let desk = measured();
    let mut terminal = open(&desk, 0);
    for keys in [
        "1",
        "<Esc>",
        "<F3>",
        "zhang<Enter>",
        "<Esc>",
        "<Esc>",
        "<F3>",
        "001X<Enter>",
        "<Esc>",
        "<Esc>",
    ] {
        terminal.keys(keys);
    }
    let kept = terminal.anonymous_kb().unwrap_or_default();
    println!("anonymous memory after a walk over the screens: {kept} kB");
    assert!(kept < 64 * 1024, "{kept} kB");
}

fn scan() -> Duration {
    let desk = Desk::new();
    let mut terminal = open(&desk, 60);
    terminal.keys("1");
    let from = Instant::now();
    terminal.scan(MAN, None);
    from.elapsed()
}

fn samples<'a>(terminal: &mut Terminal, keys: impl Iterator<Item = &'a str>) -> Vec<Duration> {
    let mut all: Vec<Duration> = keys.map(|key| terminal.painted(key)).collect();
    all.sort();
    all
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    *all.get(all.len() / 2).unwrap()
}

fn report(what: &str, sorted: &[Duration], budget: Duration) {
    let at = |share: usize| *sorted.get(sorted.len() * share / 1000).unwrap();
    let (p50, p99, last) = (at(500), at(990), at(999));
    println!(
        "{what}: p50 {p50:.0?}, p99 {p99:.0?}, p99.9 {last:.0?}, of {} keys",
        sorted.len()
    );
    assert!(p99 <= budget, "{what}: p99 {p99:?} is over {budget:?}");
}
