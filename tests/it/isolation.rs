//! Several desks are several processes on one file: nobody waits for ever, nothing is counted twice.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::desk::{Desk, NOW, Run, finish};
use crate::support::people::couple;

/// Starts all at once and gives their exit statuses.
fn together(desk: &Desk, runs: &[Vec<String>]) -> Vec<i32> {
    let children: Vec<_> = runs
        .iter()
        .map(|run| {
            let run: Vec<&str> = run.iter().map(String::as_str).collect();
            let mut command = desk.command(&run);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    let ended = children
        .into_iter()
        .map(|mut child| child.wait().unwrap().code().unwrap());
    ended.collect()
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[test]
fn many_desks_write_at_once_and_every_act_has_its_entry() {
    let desk = Desk::new().signed_in_as("stockkeeper");
    let before = finish(desk.plain(&["verify"]), None).done().json()["entries"]
        .as_u64()
        .unwrap();
    let runs: Vec<_> = (0..12)
        .map(|n| {
            words(&format!(
                "stock receive marriage 浙M{n:03}0001 浙M{n:03}0050 --source 省厅"
            ))
        })
        .collect();
    assert_eq!(together(&desk, &runs), vec![0; 12]);
    let after = finish(desk.plain(&["verify"]), None).done().json()["entries"]
        .as_u64()
        .unwrap();
    assert_eq!(after - before, 24, "a sign-in and an act each");
    let list = desk.run(&["stock", "list"]).done().json();
    assert_eq!(list["lines"][0]["received"], 600);
}

#[test]
fn two_who_want_the_same_blanks_do_not_both_get_them() {
    let desk = Desk::new().signed_in_as("stockkeeper");
    let runs: Vec<_> = (2..10)
        .map(|to| words(&format!("stock issue 练J0002101 练J0002110 --to {to}")))
        .collect();
    let ended = together(&desk, &runs);
    assert_eq!(ended.iter().filter(|code| **code == 0).count(), 1, "{ended:?}");
    assert!(ended.iter().all(|code| matches!(code, 0 | 1)), "{ended:?}");
    let held = (2..10).map(|to| {
        let list = desk.run(&["stock", "list", "--desk", &to.to_string()]).done().json();
        list["at_desk"]["marriage"].as_i64().unwrap()
    });
    assert_eq!(held.sum::<i64>(), 10);
}

/// Submits all at once, each from a process of its own, and gives what each ended with.
fn submitted(desk: &Desk, all: Vec<Value>) -> Vec<Run> {
    let runs: Vec<_> = all
        .into_iter()
        .enumerate()
        .map(|(n, answers)| {
            let who = if n % 2 == 0 { "registrar" } else { "registrar2" };
            let mut command = desk.plain(&["submit", "marriage", "-", "--wait", "60", "--now", NOW]);
            command.args(["--as", who]);
            std::thread::spawn(move || finish(command, Some(answers.to_string().as_bytes())))
        })
        .collect();
    runs.into_iter().map(|run| run.join().unwrap()).collect()
}

fn sorted(runs: &[Run], key: &str) -> Vec<String> {
    let mut all: Vec<String> = runs
        .iter()
        .map(|run| run.json()[key].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn couples_registered_at_once_get_numbers_without_twins_and_gaps() {
    let desk = Desk::new();
    let runs = submitted(&desk, (0..12).map(couple).collect());
    let numbers: Vec<String> = (1..=12).map(|n| format!("J330521-2026-{n:06}")).collect();
    assert_eq!(sorted(&runs, "number"), numbers);
    let day = desk.run(&["report", "day", "--format", "json"]).done().json();
    assert_eq!(day["blanks"]["lines"][0]["used"], 24);
    assert_eq!(
        day["blanks"]["lines"][0]["used_serials"],
        json!(["练J0000001-练J0000024"])
    );
    assert_eq!(day["counts"][0], json!({"kind": "marriage.registered", "n": 12}));
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn one_couple_at_many_desks_at_once_is_registered_once() {
    let desk = Desk::new();
    let runs = submitted(&desk, vec![couple(1); 8]);
    let outcomes = sorted(&runs, "outcome");
    let registered = outcomes.iter().filter(|outcome| *outcome == "registered").count();
    assert_eq!((registered, outcomes.len()), (1, 8), "{outcomes:?}");
    for run in runs.iter().filter(|run| run.code == Some(1)) {
        assert!(run.stderr.contains("现存婚姻"), "{run:?}");
    }
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn one_act_sent_from_many_processes_at_once_is_one_act_with_one_answer() {
    let desk = Desk::new();
    let mut answers = couple(1);
    answers["key"] = json!("campaign/1");
    let runs = submitted(&desk, vec![answers; 8]);
    assert!(runs.iter().all(|run| run.code == Some(0)), "{runs:?}");
    assert_eq!(sorted(&runs, "number"), vec!["J330521-2026-000001"; 8]);
    let list = desk.run(&["stock", "list"]).done().json();
    assert_eq!(list["lines"][0]["used"], 2);
    finish(desk.plain(&["verify"]), None).done();
}
