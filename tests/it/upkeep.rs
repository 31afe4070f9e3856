//! Keeping the record safe: what `init`, `backup`, `restore` and `verify` do when something is wrong.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rusqlite::Connection;

use crate::support::desk::{Desk, Run, bare_command, finish};
use crate::support::people::couple;

/// A desk with a registered couple, and a backup of it.
fn with_backup() -> (Desk, String) {
    let desk = Desk::new();
    desk.submit("marriage", &couple(1), &[]).done();
    let copy = desk.path("copy.db").to_str().unwrap().to_owned();
    let desk = desk.signed_in_as("admin");
    desk.run(&["backup", &copy]).done();
    (desk, copy)
}

fn tamper(file: &Path, sql: &str) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

/// The names in the folder.
fn names(desk: &Desk) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(desk.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn verify(desk: &Desk) -> Run {
    finish(desk.plain(&["verify"]), None)
}

fn log_of(file: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(file).unwrap();
    let mut statement = connection
        .prepare("SELECT actor, action FROM audit ORDER BY seq")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_backup_that_does_not_verify_replaces_nothing_and_says_so() {
    let (desk, copy) = with_backup();
    tamper(Path::new(&copy), "UPDATE party SET name = '张四' WHERE id = 1");
    let (before, there) = (fs::read(desk.db()).unwrap(), names(&desk));
    let refused = desk.run(&["restore", &copy]).ended(4);
    let refused = refused.says("party 的第 1 行").says("没有替换").says("还是原来的库");
    assert_eq!(refused.stdout, "");
    assert!(fs::read(desk.db()).unwrap() == before);
    assert_eq!(names(&desk), there);
    let torn = desk.file("torn.db", &before[..before.len() / 2]);
    desk.run(&["restore", torn.to_str().unwrap()]).ended(4).says("没有替换");
    let junk = desk.file("junk.db", "x".repeat(5000));
    desk.run(&["restore", junk.to_str().unwrap()])
        .ended(2)
        .says("junk.db 不是数据库文件");
    let itself = desk.db();
    desk.run(&["restore", itself.to_str().unwrap()])
        .ended(2)
        .says("就是现用的库");
    assert!(fs::read(desk.db()).unwrap() == before);
}

#[test]
fn who_may_not_restore_restores_nothing() {
    let (desk, copy) = with_backup();
    let plain = |arguments: &[&str]| finish(desk.plain(arguments), None);
    plain(&["restore", &copy]).ended(2).says("--as");
    plain(&["restore", &copy, "--as", "nobody"]).ended(3).says("没有替换");
    for account in ["clerk", "registrar", "stockkeeper", "auditor"] {
        plain(&["restore", &copy, "--as", account])
            .ended(3)
            .says("不能用备份恢复");
    }
    assert!(names(&desk).iter().all(|name| !name.contains("before-restore")));
    // On a second machine nothing stands there yet: the backup says who may.
    let new = desk.path("new.db");
    let new_at = |account: &str| plain(&["restore", &copy, "--as", account, "--db", new.to_str().unwrap()]);
    new_at("clerk").ended(3);
    assert!(!new.exists());
    assert_eq!(new_at("supervisor").done().json()["kept"], serde_json::Value::Null);
    let last = log_of(&new).pop().unwrap();
    assert_eq!(last, ("supervisor".to_owned(), "registry.restore".to_owned()));
}

#[test]
fn a_record_that_cannot_be_opened_is_put_aside_by_whom_the_backup_knows() {
    let (desk, copy) = with_backup();
    fs::write(desk.db(), "torn to pieces").unwrap();
    finish(desk.plain(&["restore", &copy, "--as", "clerk"]), None).ended(3);
    let restored = desk.run(&["restore", &copy]).done().says("账号按备份核对");
    let kept = restored.json()["kept"].as_str().unwrap().to_owned();
    assert_eq!(fs::read_to_string(kept).unwrap(), "torn to pieces");
    verify(&desk).done();
}

#[test]
fn a_training_backup_and_a_real_registry_never_take_each_others_place() {
    let (training, copy) = with_backup();
    let real = Desk::bare();
    let init = ["init", "--code", "330521", "--name", "德清县民政局婚姻登记处"];
    let as_admin = |arguments: &[&str]| {
        let mut command = real.plain(arguments);
        command.env("GUITAI_PASSWORD", "Adm1n-pass-long");
        finish(command, None)
    };
    as_admin(&init).done();
    as_admin(&["restore", &copy, "--as", "admin"]).ended(1).says("正式库");
    let own = real.path("own.db");
    as_admin(&["backup", own.to_str().unwrap(), "--as", "admin"]).done();
    training
        .run(&["restore", own.to_str().unwrap()])
        .ended(1)
        .says("练习库");
    let other = Desk::bare();
    let mut command = other.plain(&["init", "--code", "330108", "--name", "滨江区民政局婚姻登记处"]);
    command.env("GUITAI_PASSWORD", "Adm1n-pass-long");
    finish(command, None).done();
    let mut command = other.plain(&["restore", own.to_str().unwrap(), "--as", "admin"]);
    command.env("GUITAI_PASSWORD", "Adm1n-pass-long");
    finish(command, None).ended(1).says("330521");
}

#[test]
fn restores_in_the_same_second_keep_every_file() {
    let (desk, copy) = with_backup();
    let kept: Vec<String> = (0..3)
        .map(|_| desk.run(&["restore", &copy]).done().json()["kept"].to_string())
        .collect();
    let before = names(&desk)
        .iter()
        .filter(|name| name.contains("before-restore"))
        .count();
    assert_eq!(before, 3, "{kept:?}");
}

#[test]
fn a_copy_of_a_damaged_record_is_no_backup() {
    let desk = Desk::new().signed_in_as("admin");
    desk.run(&["seed", "--records", "300"]).done();
    tamper(&desk.db(), "UPDATE party SET name = '张' WHERE id = 77");
    let copy = desk.path("copy.db");
    let refused = desk.run(&["backup", copy.to_str().unwrap()]).ended(4);
    refused.says("party 的第 77 行").says("copy.db.not-verified");
    assert!(!copy.exists() && desk.path("copy.db.not-verified").exists());
    let english = finish(desk.plain(&["--lang", "en", "verify"]), None).ended(4);
    let english = english.says("row 77 of party");
    let chinese = english.stderr.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(!chinese, "{}", english.stderr);
}

#[test]
fn an_init_that_is_killed_leaves_nothing_in_the_way() {
    let desk = Desk::bare();
    let (mut killed, mut done) = (0, 0);
    for n in 0..24_u64 {
        let mut command = desk.plain(&["init", "--training"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(n * 8));
        child.kill().unwrap();
        child.wait().unwrap();
        if desk.db().exists() {
            verify(&desk).done();
            // Killed behind its last step, it may have had the file open.
            for name in names(&desk).iter().filter(|name| !name.contains(".making")) {
                fs::remove_file(desk.path(name)).unwrap();
            }
            done += 1;
        } else {
            killed += 1;
        }
    }
    assert!(killed > 0, "{done} were done before they were killed");
    desk.run(&["init", "--training"]).done();
    assert_eq!(names(&desk), ["registry.db"]);
    verify(&desk).done();
}

#[test]
fn settings_that_are_gone_are_damage_and_named() {
    let desk = Desk::new();
    tamper(&desk.db(), "DELETE FROM setting");
    desk.run(&["find", "x"]).ended(4).says("setting");
    verify(&desk).ended(4).says("setting 的第 1 行不见了");
}

#[test]
fn damage_to_the_log_itself_is_named() {
    for sql in ["at = 'x'", "prev = x'00'", "hash = x'01'", "body = '{'", "at = ''"] {
        let desk = Desk::new();
        desk.submit("marriage", &couple(1), &[]).done();
        tamper(
            &desk.db(),
            &format!("DROP TRIGGER audit_is_not_changed; UPDATE audit SET {sql} WHERE seq = 2"),
        );
        let told = verify(&desk).ended(4).says("第 2 条");
        assert!(!told.stderr.contains("onversion"), "{}", told.stderr);
    }
}

#[test]
fn a_folder_that_is_none_is_bad_input() {
    let desk = Desk::new().signed_in_as("admin");
    for place in ["nowhere/copy.db", "registry.db/copy.db"] {
        desk.run(&["backup", place]).ended(2).says("没有目录");
        let mut init = bare_command(&desk.path(""));
        init.args(["init", "--training", "--db", place]);
        finish(init, None).ended(2).says("没有目录");
    }
}
