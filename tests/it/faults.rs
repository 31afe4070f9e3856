//! Bad input and a world that fails: each a sentence and the right exit status, and nothing lost.

use std::fs;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use serde_json::json;

use crate::support::desk::{Desk, finish};
use crate::support::people::couple;

/// That the record is whole, as a first and last word of each test.
fn verified(desk: &Desk) {
    let verified = finish(desk.plain(&["verify"]), None).done();
    assert_eq!(verified.json()["verified"], true);
}

#[test]
fn what_is_no_json_is_named_by_line() {
    let desk = Desk::new();
    let cases: [(&[u8], &str); 7] = [
        (b"{\"guitai\": 1,\n \"man\": }", "第 2 行"),
        (b"", "不是 JSON"),
        (b"[1]", "最外层应是一个对象"),
        (b"{}", "缺 \"guitai\": 1"),
        (b"{\"guitai\": 2}", "应为 1"),
        (b"{\"guitai\": 1, \"key\": 7}", "\"key\" 应为"),
        (b"\xff\xfe{", "读不出来"),
    ];
    for (input, words) in cases {
        desk.run_with(&["submit", "marriage", "-"], input).ended(2).says(words);
    }
    desk.run_with(&["submit", "marriage", "-"], "[".repeat(100_000))
        .ended(2)
        .says("不是 JSON");
    desk.run(&["submit", "marriage", "nowhere.json"])
        .ended(2)
        .says("nowhere.json 读不出来");
    desk.submit("nonsense", &couple(1), &[])
        .ended(2)
        .says("没有业务“nonsense”");
    verified(&desk);
}

#[test]
fn a_file_that_is_none_of_ours_is_left_alone() {
    let desk = Desk::bare();
    let none = finish(desk.plain(&["verify"]), None);
    none.ended(2).says("没有数据库").says("guitai init");
    for (bytes, words) in [
        (
            &b"not a database, but long enough to be read as one"[..],
            "不是数据库文件",
        ),
        (b"", "别的程序"),
    ] {
        desk.file("registry.db", bytes);
        finish(desk.plain(&["verify"]), None).ended(2).says(words);
        assert!(fs::read(desk.db()).unwrap() == bytes, "{words}: the file was changed");
        fs::remove_file(desk.db()).unwrap();
    }
    Connection::open(desk.db())
        .unwrap()
        .execute_batch("CREATE TABLE t(a); PRAGMA application_id = 7;")
        .unwrap();
    let before = fs::read(desk.db()).unwrap();
    desk.run(&["find", "x"]).ended(2).says("别的程序的数据库");
    assert!(fs::read(desk.db()).unwrap() == before, "the file was changed");
}

#[test]
fn a_newer_record_is_left_alone() {
    let desk = Desk::new();
    Connection::open(desk.db())
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    desk.run(&["find", "x"]).ended(2).says("较新版本的库（第 99 版");
    Connection::open(desk.db())
        .unwrap()
        .execute_batch("PRAGMA user_version = 1")
        .unwrap();
    verified(&desk);
}

#[test]
fn a_network_path_is_refused_with_the_reason() {
    let desk = Desk::bare();
    let mut command = desk.plain(&["init", "--training"]);
    command.args(["--db", "//server/share/registry.db"]);
    finish(command, None).ended(2).says("在网络盘上");
}

#[test]
fn another_desk_that_writes_too_long_is_said_and_the_next_try_works() {
    let desk = Desk::new();
    let other = Connection::open(desk.db()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.run(&["--wait", "0", "find", "x"])
        .ended(2)
        .says("正被另一个窗口占用");
    other.execute_batch("ROLLBACK").unwrap();
    desk.run(&["--wait", "0", "find", "x"]).done();
    verified(&desk);
}

#[test]
fn a_file_that_may_not_be_written_is_said() {
    let desk = Desk::new();
    let mut rights = fs::metadata(desk.db()).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(desk.db(), rights).unwrap();
    desk.run(&["find", "x"]).ended(2).says("不能写入，记录没有变化");
}

#[test]
fn a_changed_row_and_a_torn_page_are_found() {
    let desk = Desk::new().signed_in_as("admin");
    desk.run(&["seed", "--records", "50"]).done();
    verified(&desk);
    let connection = Connection::open(desk.db()).unwrap();
    connection
        .execute_batch("UPDATE certificate SET registered_on = '1999-01-01' WHERE id = 7")
        .unwrap();
    drop(connection);
    finish(desk.plain(&["verify"]), None).ended(4).says("记录有损坏");
    let mut bytes = fs::read(desk.db()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xA5);
    fs::write(desk.db(), bytes).unwrap();
    finish(desk.plain(&["verify"]), None).ended(4).says("记录有损坏");
}

/// Runs a shell line where the desk's folder is a small file system of its own; `None` where this machine lets nobody
/// mount one.
fn on_a_small_disk(desk: &Desk, size: &str, line: &str) -> Option<std::process::Output> {
    let prepared = format!(
        "cp registry.db /dev/shm/guitai-$$.db && mount -t tmpfs -o {size} small . 2>/dev/null && cd \"$PWD\" || exit 77\n\
         mv /dev/shm/guitai-$$.db registry.db\n{line}"
    );
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &prepared])
        .current_dir(desk.path(""))
        .env("GUITAI", env!("CARGO_BIN_EXE_guitai"))
        .env("GUITAI_PASSWORD", "training")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    (output.status.code() != Some(77)).then_some(output)
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let desk = Desk::new().signed_in_as("admin");
    let size = fs::metadata(desk.db()).unwrap().len() / 1024 + 600;
    let line = "\"$GUITAI\" --db registry.db --as admin --now 2026-11-24 seed --records 20000; echo \"ended $?\"
        \"$GUITAI\" --db registry.db verify; echo \"ended $?\"";
    let Some(output) = on_a_small_disk(&desk, &format!("size={size}k"), line) else {
        // No mount here: a limit on the size of files is the next best thing.
        return limited(&desk);
    };
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(stderr.contains("磁盘满了，这一步没有写入"), "{stdout}{stderr}");
    assert!(stdout.contains("ended 4"), "{stdout}{stderr}");
    assert!(
        stdout.contains("\"verified\": true") && stdout.contains("ended 0"),
        "{stdout}{stderr}"
    );
}

fn limited(desk: &Desk) {
    let blocks = fs::metadata(desk.db()).unwrap().len() / 512 + 200;
    let line = format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec {} --db registry.db --as admin --now 2026-11-24 seed --records 20000",
        env!("CARGO_BIN_EXE_guitai")
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", &line])
        .current_dir(desk.path(""))
        .env("GUITAI_PASSWORD", "training");
    finish(command, None).ended(4).says("没有写入");
    verified(desk);
}

#[test]
fn a_read_only_disk_is_said() {
    let desk = Desk::new();
    let line = "mount -o remount,ro . && \"$GUITAI\" --db registry.db --as registrar find x; echo \"ended $?\"";
    let Some(output) = on_a_small_disk(&desk, "size=16m", line) else {
        return;
    };
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        stdout.contains("ended 2") && stderr.contains("不能写入"),
        "{stdout}{stderr}"
    );
}

#[test]
fn a_huge_string_is_one_sentence() {
    let desk = Desk::new();
    let mut answers = couple(1);
    answers["man"]["name"] = json!("王".repeat(3_500_000));
    let run = desk.submit("marriage", &answers, &[]);
    assert!(matches!(run.code, Some(1 | 2)), "{:?}", run.code);
    assert!(run.stderr.len() < 10_000 && run.stdout.len() < 100_000);
    verified(&desk);
}
