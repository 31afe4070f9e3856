//! I1, I2: killed at any moment of an act, the record is as before the act or as after it, and what was acknowledged
//! is there.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use serde_json::json;

use crate::support::desk::{Desk, finish};
use crate::support::people::{couple, person};

/// Acts of one kind that are killed.
const KILLS: u32 = 40;

/// One kind of act: how the `n`th is started, and what of it stands in the record.
struct Act {
    account: &'static str,
    start: fn(&Desk, u32) -> Command,
    input: fn(u32) -> String,
    /// How much of the `n`th act stands in the record, and how much it is as a whole.
    stands: fn(&Connection, u32) -> (i64, i64),
    /// What the answer of an act that is done contains.
    acknowledged: &'static str,
}

/// Blanks received in one act: enough rows that it is open for a while.
const BLANKS: i64 = 400;

fn serials(n: u32) -> [String; 2] {
    let first = i64::from(n) * 1000 + 1;
    [format!("浙K{first:07}"), format!("浙K{:07}", first + BLANKS - 1)]
}

const RECEIVE: Act = Act {
    account: "stockkeeper",
    start: |desk, n| {
        let [first, last] = serials(n);
        desk.command(&["stock", "receive", "marriage", &first, &last, "--source", "省厅"])
    },
    input: |_| String::new(),
    stands: |onlooker, n| {
        let count = "SELECT COUNT(*) FROM blank WHERE serial BETWEEN ?1 AND ?2";
        let found = onlooker.query_row(count, serials(n), |row| row.get(0)).unwrap();
        (found, BLANKS)
    },
    acknowledged: "received",
};

const REGISTER: Act = Act {
    account: "registrar",
    start: |desk, _| desk.command(&["submit", "marriage", "-"]),
    input: |n| {
        let mut answers = couple(n as usize);
        answers["key"] = json!(format!("kill/{n}"));
        answers.to_string()
    },
    // The case, its certificate with number and two blanks, both parties, eight papers, steps, tallies: counted where
    // they can be told apart by the man's number.
    stands: |onlooker, n| {
        let man = person(n as usize, true).id_no;
        let one = |sql: &str| -> i64 { onlooker.query_row(sql, [&man], |row| row.get(0)).unwrap() };
        let certificate = "FROM certificate WHERE first_id = ?1";
        let case = format!("IN (SELECT case_number {certificate})");
        let found = [
            format!("SELECT COUNT(*) {certificate}"),
            format!("SELECT COUNT(*) FROM case_file WHERE number {case}"),
            format!("SELECT COUNT(*) FROM document WHERE case_number {case}"),
            format!("SELECT COUNT(*) FROM blank WHERE state = 'used' AND case_number {case}"),
            "SELECT COUNT(*) FROM party WHERE id_no = ?1".to_owned(),
        ];
        (found.iter().map(|sql| one(sql)).sum(), 1 + 1 + 8 + 2 + 1)
    },
    acknowledged: "registered",
};

const SETTLE: Act = Act {
    account: "clerk",
    start: |desk, _| desk.command(&["submit", "waiver", "-"]),
    input: |n| {
        let person = person(n as usize, true);
        let claim = json!({
            "guitai": 1, "key": format!("kill/{n}"), "policy": "sample",
            "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
            "deceased": {"name": person.name, "id_no": person.id_no},
            "applicant": {"name": "沈小明", "relation": "儿子"},
            "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
            "bill": [{"item": "COLD", "quantity": 5}, {"item": "CREMATE", "quantity": 1}],
        });
        claim.to_string()
    },
    // The case, its settlement with two lines, four papers.
    stands: |onlooker, n| {
        let person = person(n as usize, true).id_no;
        let one = |sql: &str| -> i64 { onlooker.query_row(sql, [&person], |row| row.get(0)).unwrap() };
        let case = "FROM case_file WHERE first_id = ?1";
        let settled = format!("FROM settlement WHERE case_number IN (SELECT number {case})");
        let found = [
            format!("SELECT COUNT(*) {case}"),
            format!("SELECT COUNT(*) {settled}"),
            format!("SELECT COUNT(*) FROM bill_line WHERE settlement IN (SELECT number {settled})"),
            format!("SELECT COUNT(*) FROM document WHERE case_number IN (SELECT number {case})"),
        ];
        (found.iter().map(|sql| one(sql)).sum(), 1 + 1 + 2 + 4)
    },
    acknowledged: "settled",
};

fn started(act: &Act, desk: &Desk, n: u32) -> Child {
    let mut command = (act.start)(desk, n);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all((act.input)(n).as_bytes())
        .unwrap();
    child
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

/// Whether somebody else holds an open write.
fn somebody_writes(onlooker: &Connection) -> bool {
    let held = onlooker.execute_batch("BEGIN IMMEDIATE").is_err();
    if !held {
        onlooker.execute_batch("ROLLBACK").unwrap();
    }
    held
}

/// Waits until the child begins to write: the act, or that somebody signed in, where that is an act of its own.
fn begun(onlooker: &Connection, before: i64) {
    let started = Instant::now();
    while entries(onlooker) == before && !somebody_writes(onlooker) {
        assert!(started.elapsed() < Duration::from_secs(30), "the child never writes");
        std::thread::sleep(Duration::from_micros(200));
    }
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
    let inside = somebody_writes(onlooker);
    child.kill().unwrap();
    child.wait().unwrap();
    Some(inside)
}

/// Kills acts of a kind at moments spread evenly over their length, and looks at the record after each.
fn kill_all_over(act: &Act) {
    let desk = Desk::new().signed_in_as(act.account);
    let onlooker = onlooker(&desk);
    // How long an act takes from its first write to the end of the program, the quickest of a few.
    let length = (900..903).map(|n| {
        let before = entries(&onlooker);
        let mut child = started(act, &desk, n);
        begun(&onlooker, before);
        let since = Instant::now();
        child.wait().unwrap();
        since.elapsed()
    });
    let length = length.min().unwrap();
    let (mut inside, mut late, mut undone) = (0, 0, 0);
    for n in 0..KILLS {
        let before = entries(&onlooker);
        let mut child = started(act, &desk, n);
        begun(&onlooker, before);
        let at = Instant::now() + length * n / KILLS;
        while Instant::now() < at {
            std::hint::spin_loop();
        }
        match killed(&mut child, &onlooker) {
            Some(true) => inside += 1,
            Some(false) => {}
            None => late += 1,
        }
        let mut told = String::new();
        child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        let (found, whole) = (act.stands)(&onlooker, n);
        assert!(found == 0 || found == whole, "act {n} left {found} rows of {whole}");
        assert!(
            found == whole || !told.contains(act.acknowledged),
            "act {n} was acknowledged and is lost"
        );
        undone += usize::from(found == 0);
    }
    assert!(
        inside * 10 >= KILLS * 3,
        "only {inside} of {KILLS} kills were inside an act ({late} came too late)"
    );
    assert!(undone > 0, "no kill undid anything");
    let verified = finish(desk.plain(&["verify"]), None).done().json();
    assert_eq!(verified["verified"], true);
    // And the desk goes on where it was: what was undone is done when it is sent again, what stands is not done twice.
    for n in (0..KILLS).step_by(3) {
        let (before, whole) = (act.stands)(&onlooker, n);
        let run = finish((act.start)(&desk, n), Some((act.input)(n).as_bytes()));
        assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
        assert_eq!((act.stands)(&onlooker, n), (whole, whole), "{before} before: {run:?}");
    }
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn a_kill_at_any_moment_of_a_receipt_leaves_all_of_it_or_nothing() {
    kill_all_over(&RECEIVE);
}

#[test]
fn a_kill_at_any_moment_of_a_registration_leaves_all_of_it_or_nothing() {
    kill_all_over(&REGISTER);
}

#[test]
fn a_kill_at_any_moment_of_a_settlement_leaves_all_of_it_or_nothing() {
    kill_all_over(&SETTLE);
}
