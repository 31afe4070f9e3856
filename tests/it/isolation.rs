//! Several desks are several processes on one file: nobody waits for ever, nothing is counted twice.

use std::process::Stdio;

use crate::support::desk::{Desk, finish};

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
