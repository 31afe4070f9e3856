//! I1, I2: killed at any moment of an act, the record is as before the act or as after it, and what was acknowledged
//! is there.

use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::support::desk::{Desk, finish};

/// Blanks of one act: enough rows that an act is open for a while.
const ROWS: usize = 400;

/// Acts that are killed.
const KILLS: u32 = 40;

fn serials(n: u32) -> [String; 2] {
    let first = n as usize * 1000 + 1;
    [format!("浙K{first:07}"), format!("浙K{:07}", first + ROWS - 1)]
}

fn started(desk: &Desk, n: u32) -> Child {
    let [first, last] = serials(n);
    let mut command = desk.command(&["stock", "receive", "marriage", &first, &last, "--source", "省厅"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// An onlooker that never waits.
fn onlooker(desk: &Desk) -> Connection {
    let connection = Connection::open(desk.db()).unwrap();
    connection.busy_timeout(Duration::ZERO).unwrap();
    connection
}

fn entries(onlooker: &Connection) -> i64 {
    onlooker
        .query_row("SELECT seq FROM chain_head", [], |row| row.get(0))
        .unwrap()
}

/// Waits until the child has signed in, which is an act of its own.
fn signed_in(onlooker: &Connection, before: i64) {
    let started = Instant::now();
    while entries(onlooker) == before {
        assert!(started.elapsed() < Duration::from_secs(30), "the child never signs in");
        std::thread::yield_now();
    }
}

fn received(onlooker: &Connection, n: u32) -> usize {
    let [first, last] = serials(n);
    let count = "SELECT COUNT(*) FROM blank WHERE serial BETWEEN ?1 AND ?2";
    onlooker
        .query_row(count, [first, last], |row| row.get::<_, i64>(0))
        .unwrap() as usize
}

/// Stops the child where it is, looks whether it holds an open transaction, and kills it.
/// `None` where it had ended already.
fn killed(child: &mut Child, onlooker: &Connection) -> Option<bool> {
    let pid = Pid::from_child(child);
    kill_process(pid, Signal::STOP).unwrap();
    let (_, status) = waitpid(Some(pid), WaitOptions::UNTRACED).unwrap().unwrap();
    if !status.stopped() {
        return None;
    }
    let inside = onlooker.execute_batch("BEGIN IMMEDIATE").is_err();
    if !inside {
        onlooker.execute_batch("ROLLBACK").unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    Some(inside)
}

#[test]
fn a_kill_at_any_moment_of_an_act_leaves_all_of_it_or_nothing() {
    let desk = Desk::new().signed_in_as("stockkeeper");
    let onlooker = onlooker(&desk);
    // How long an act takes behind its sign-in, the quickest of a few.
    let length = (900..903).map(|n| {
        let before = entries(&onlooker);
        let mut child = started(&desk, n);
        signed_in(&onlooker, before);
        let begun = Instant::now();
        child.wait().unwrap();
        begun.elapsed()
    });
    let length = length.min().unwrap();
    let (mut inside, mut done, mut whole) = (0, 0, 0);
    for n in 0..KILLS {
        let before = entries(&onlooker);
        let mut child = started(&desk, n);
        signed_in(&onlooker, before);
        let at = Instant::now() + length * n / KILLS;
        while Instant::now() < at {
            std::hint::spin_loop();
        }
        match killed(&mut child, &onlooker) {
            Some(true) => inside += 1,
            Some(false) => {}
            None => done += 1,
        }
        let mut told = String::new();
        child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        let rows = received(&onlooker, n);
        assert!(rows == 0 || rows == ROWS, "act {n} left {rows} rows");
        assert!(
            rows == ROWS || !told.contains("received"),
            "act {n} was acknowledged and is lost"
        );
        whole += usize::from(rows == ROWS);
    }
    assert!(
        inside * 10 >= KILLS * 3,
        "only {inside} of {KILLS} kills were inside an act ({done} came too late)"
    );
    assert!(whole < KILLS as usize, "no kill undid anything");
    drop(onlooker);
    assert_eq!(finish(desk.plain(&["verify"]), None).done().json()["verified"], true);
    // And the desk goes on where it was.
    let [first, last] = serials(950);
    desk.run(&["stock", "receive", "marriage", &first, &last, "--source", "省厅"])
        .done();
}
