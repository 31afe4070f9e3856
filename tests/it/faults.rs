//! Bad input and a world that fails: each a sentence and the right exit status, and nothing lost.

use std::fs;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::support::desk::{Desk, Run, finish};
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
        (b"", "不是数据库文件"),
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

/// The `n`th couple's registration as a shell line: what it ends with goes to standard output.
fn registration(n: usize) -> String {
    let answers = couple(n).to_string();
    format!(
        "printf '%s' '{answers}' | \"$GUITAI\" --db registry.db --as registrar --now 2026-11-24 submit marriage - \
         >/dev/null; echo \"couple {n} ended $?\"\n"
    )
}

#[test]
fn a_disk_that_fills_up_between_couples_keeps_every_couple_that_was_acknowledged() {
    let desk = Desk::new();
    let size = fs::metadata(desk.db()).unwrap().len() / 1024 + 280;
    let mut line: String = (0..10).map(registration).collect();
    line.push_str("\"$GUITAI\" --db registry.db verify >/dev/null; echo \"verify ended $?\"\n");
    // Room is made: whoever was turned away is registered now, whoever was registered is known.
    line.push_str("mount -o remount,size=64m .\n");
    line.extend((0..10).map(registration));
    let Some(output) = on_a_small_disk(&desk, &format!("size={size}k"), &line) else {
        return limited_registration(&desk);
    };
    let told = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("磁盘满了，这一步没有写入"), "{told}{said}");
    assert!(told.contains("verify ended 0"), "{told}{said}");
    let (first, second) = told.split_once("verify ended 0").unwrap();
    let mut turned_away = 0;
    for n in 0..10 {
        let ended = |part: &str, code: i32| part.contains(&format!("couple {n} ended {code}\n"));
        turned_away += usize::from(ended(first, 4));
        // 1: a running marriage, which is the one just registered.
        let fits = (ended(first, 0) && ended(second, 1)) || (ended(first, 4) && ended(second, 0));
        assert!(fits, "couple {n}: {told}{said}");
    }
    assert!((1..10).contains(&turned_away), "{told}");
}

/// Runs a shell line with a limit on the size of files: the next best thing where nobody may mount a small disk.
fn with_small_files(desk: &Desk, kilobytes: u64, line: &str) -> Run {
    let blocks = fs::metadata(desk.db()).unwrap().len() / 512 + 2 * kilobytes;
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; {line}")])
        .current_dir(desk.path(""))
        .env("GUITAI", env!("CARGO_BIN_EXE_guitai"))
        .env("GUITAI_PASSWORD", "training");
    finish(command, None)
}

fn limited_registration(desk: &Desk) {
    let all: String = (0..10).map(registration).collect();
    let run = with_small_files(desk, 100, &all);
    assert!(
        run.stderr.contains("没有写入") && run.stdout.contains("ended 4"),
        "{run:#?}"
    );
    verified(desk);
    for n in 0..10 {
        let again = desk.submit("marriage", &couple(n), &["--dry-run"]);
        let known = again.code == Some(1) && again.stderr.contains("现存婚姻");
        let acknowledged = run.stdout.contains(&format!("couple {n} ended 0\n"));
        assert_eq!(acknowledged, known, "couple {n}: {run:#?}");
    }
}

fn limited(desk: &Desk) {
    let line = "exec \"$GUITAI\" --db registry.db --as admin --now 2026-11-24 seed --records 20000";
    with_small_files(desk, 100, line).ended(4).says("没有写入");
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
fn i8_a_paper_changed_behind_the_program_is_named_and_not_printed() {
    let couple = couple(1);
    let name = couple["man"]["name"].as_str().unwrap();
    for (table, column, word) in [
        ("document", "body", name),
        ("case_file", "examined", name),
        ("definition", "text", "持证人"),
    ] {
        let desk = Desk::new();
        let done = desk.submit("marriage", &couple, &[]).done().json();
        let case = done["case"].as_str().unwrap();
        let sql =
            format!("UPDATE {table} SET {column} = replace({column}, ?1, '王五') WHERE {column} LIKE '%' || ?1 || '%'");
        let changed = Connection::open(desk.db()).unwrap().execute(&sql, [word]).unwrap();
        assert!(changed > 0, "{table}");
        let print = ["print", case, "--document", "marriage-certificate-man", "-o", "c.pdf"];
        desk.run(&print).ended(4).says("结婚证（男方）").says(case);
        assert!(!desk.path("c.pdf").exists(), "{table}");
    }
}

/// On a disk where nothing can be written, `prepared` so, the record is verified, and copied to another disk.
fn looked_at_and_copied(prepared: &str) {
    let (desk, away) = (Desk::new(), Desk::bare());
    desk.submit("marriage", &couple(1), &[]).done();
    let copy = away.path("copy.db");
    let line = format!(
        "{prepared}; \"$GUITAI\" --db registry.db verify; echo \"verify ended $?\"
         \"$GUITAI\" --db registry.db --as admin backup {}; echo \"backup ended $?\"
         \"$GUITAI\" --db registry.db --as clerk backup {}.2; echo \"clerk ended $?\"",
        copy.display(),
        copy.display()
    );
    let Some(output) = on_a_small_disk(&desk, "size=1100k", &line) else {
        return;
    };
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    for ended in ["verify ended 0", "backup ended 0", "clerk ended 3"] {
        assert!(stdout.contains(ended), "{prepared}: {stdout}{stderr}");
    }
    assert!(stderr.contains("没能记入审计"), "{stdout}{stderr}");
    let mut check = away.plain(&["verify"]);
    check.args(["--db", copy.to_str().unwrap()]);
    finish(check, None).done();
}

#[test]
fn on_a_disk_that_cannot_be_written_the_record_is_verified_and_copied_to_another() {
    looked_at_and_copied("mount -o remount,ro .");
}

#[test]
fn on_a_full_disk_the_record_is_verified_and_copied_to_another() {
    looked_at_and_copied("dd if=/dev/zero of=fill bs=1k 2>/dev/null");
}
