//! Every command once or twice: what it prints, what it writes, how it ends.

use std::fs;

use serde_json::{Value, json};

use crate::support::desk::{Desk, finish};
use crate::support::normalise::normalise;

#[test]
fn a_training_registry_is_made_without_asking() {
    let desk = Desk::bare();
    let made = desk.run(&["init", "--training"]).done();
    assert_eq!(made.json()["code"], "330521");
    assert_eq!(
        made.json()["accounts"],
        json!([
            "clerk",
            "registrar",
            "registrar2",
            "stockkeeper",
            "supervisor",
            "admin",
            "auditor"
        ])
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(desk.db()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    desk.run(&["init", "--training"]).ended(2).says("已经存在，没有动它");
    // `--as` and `--now` may stand before the command, and do no harm to one that asks nobody.
    let mut verify = desk.plain(&["--as", "auditor", "--now", "2026-11-24T09:00", "verify"]);
    verify.arg("--lang=en");
    finish(verify, None).done().says("The record fits");
}

#[test]
fn a_real_registry_is_made_with_one_administrator_and_its_own_settings() {
    let desk = Desk::bare().signed_in_as("chief");
    let plain = |arguments: &[&str]| {
        let mut command = desk.plain(arguments);
        command.env("GUITAI_PASSWORD", "Secret-2026");
        finish(command, None)
    };
    let init = [
        "init",
        "--code",
        "330106",
        "--name",
        "西湖区婚姻登记处",
        "--admin",
        "chief",
    ];
    plain(&[&init[..], &["--set", "idle_minutes=x"]].concat())
        .ended(2)
        .says("设置项 idle_minutes 的值不对");
    assert!(!desk.db().exists());
    plain(&[&init[..], &["--set", "idle_minutes=5"]].concat()).done();
    // The time of a real registry is real.
    plain(&["verify", "--now", "2026-11-24"])
        .ended(3)
        .says("--now 只能用于练习库");
    plain(&[&init[..], &["--now", "2026-11-24"]].concat())
        .ended(3)
        .says("--now");
    plain(&["--as", "chief", "seed", "--records", "10"])
        .ended(3)
        .says("练习库");
    plain(&["--as", "chief", "user", "list"]).done();
    assert_eq!(plain(&["verify"]).done().json()["verified"], true);
}

#[test]
fn an_administrator_keeps_accounts_and_others_do_not() {
    let desk = Desk::new().signed_in_as("admin");
    let word = desk.file("word", "Neues-Wort-1\n");
    let word = word.to_str().unwrap();
    let add = [
        "user",
        "add",
        "wang.fang",
        "--display",
        "王芳",
        "--role",
        "clerk",
        "--new-password-file",
        word,
    ];
    desk.run(&add).done();
    desk.run(&add).ended(2).says("已有人用");
    desk.run(&["user", "roles", "wang.fang", "registrar", "stock_keeper"])
        .ended(1)
        .says("不能由一个人担任");
    desk.run(&["user", "licence", "wang.fang", "2030-12-31"]).done();
    desk.run(&["user", "disable", "admin"]).ended(1).says("最后一个");
    let list = desk.run(&["user", "list"]).done().json();
    let added = list["accounts"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        added,
        json!({"name": "wang.fang", "display": "王芳", "roles": "clerk", "licence_until": "2030-12-31",
               "locked": false, "disabled": false})
    );
    let mut wang = desk.plain(&[
        "--as",
        "wang.fang",
        "--now",
        "2026-11-24",
        "user",
        "list",
        "--password-file",
        word,
    ]);
    wang.env_remove("GUITAI_PASSWORD");
    finish(wang, None).ended(3).says("这个账号不能管理账号");
    desk.run(&["user", "disable", "wang.fang"]).done();
    let wang = desk.plain(&["--as", "wang.fang", "find", "x", "--password-file", word]);
    finish(wang, None).ended(3).says("已停用");
}

#[test]
fn five_wrong_passwords_lock_for_a_quarter_of_an_hour() {
    let desk = Desk::new();
    let wrong = desk.file("word", "wrong");
    let wrong = wrong.to_str().unwrap();
    for _ in 0..4 {
        desk.run(&["find", "x", "--password-file", wrong])
            .ended(3)
            .says("账号或密码不对");
    }
    desk.run(&["find", "x", "--password-file", wrong])
        .ended(3)
        .says("锁定到 09:15");
    desk.run(&["find", "x"]).ended(3).says("锁定到 09:15");
    desk.at("2026-11-24T09:16").run(&["find", "x"]).done();
}

#[test]
fn a_password_is_asked_of_nobody_without_a_terminal() {
    let desk = Desk::new();
    let mut command = desk.command(&["find", "x"]);
    command.env_remove("GUITAI_PASSWORD");
    finish(command, None).ended(2).says("没有终端可以询问口令");
    let nobody = desk.plain(&["find", "x"]);
    finish(nobody, None).ended(2).says("请用 --as 指明");
    desk.run(&["find", "x", "--password", "training"]).ended(2);
}

#[test]
fn blanks_are_received_given_spoiled_and_counted() {
    let desk = Desk::new().signed_in_as("stockkeeper");
    let receive = [
        "stock",
        "receive",
        "marriage",
        "浙J0000001",
        "浙J0000100",
        "--source",
        "省厅",
    ];
    assert_eq!(desk.run(&receive).done().json()["received"], 100);
    desk.run(&receive).ended(1).says("早已登记入库");
    desk.run(&["stock", "issue", "浙J0000001", "浙J0000020", "--to", "2"])
        .done();
    desk.run(&["stock", "issue", "浙J0000020", "浙J0000021", "--to", "2"])
        .ended(1)
        .says("浙J0000020 不在库里");
    desk.run(&["stock", "spoil", "浙J0000003", "--reason", "污损"]).done();
    desk.run(&["stock", "spoil", "浙J0000003", "--reason", "污损"])
        .ended(1)
        .says("早已作废");
    let list = desk.run(&["stock", "list", "--desk", "2"]).done().json();
    let line = &list["lines"][0];
    assert_eq!(
        [
            &line["opening"],
            &line["received"],
            &line["used"],
            &line["spoiled"],
            &line["closing"]
        ],
        [2200, 100, 0, 1, 2299].map(Value::from).each_ref()
    );
    assert_eq!(list["at_desk"]["marriage"], 19);
    let other = desk.signed_in_as("registrar");
    other.run(&receive).ended(3).says("这个账号不能管理空白证");
}

#[test]
fn invented_records_are_found_every_way_and_masked() {
    let desk = Desk::new().signed_in_as("admin");
    desk.run(&["seed", "--records", "300"]).done();
    let desk = desk.signed_in_as("registrar");
    let found = desk.run(&["find", "王"]).done().json();
    let first = found["found"][0].clone();
    let number = first["number"].as_str().unwrap();
    for query in [number, first["first"]["name"].as_str().unwrap()] {
        let found = desk.run(&["find", query]).done().json();
        let numbers: Vec<&str> = found["found"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["number"].as_str().unwrap())
            .collect();
        assert!(numbers.contains(&number), "{query}: {numbers:?}");
    }
    assert!(first["first"]["id_no"].as_str().unwrap().contains("****"));
    desk.run(&["show", "C330521-2099-000001"]).ended(2).says("没有业务");
    desk.signed_in_as("clerk").run(&["verify"]).ended(3);
}

#[test]
fn a_backup_is_a_record_of_its_own_and_a_restore_keeps_what_stood_there() {
    let desk = Desk::new().signed_in_as("supervisor");
    let copy = desk.path("copy.db");
    let copy = copy.to_str().unwrap();
    desk.run(&["backup", copy]).done();
    desk.run(&["backup", copy]).ended(2).says("已经存在");
    let block = [
        "stock",
        "block",
        "J330521-2040-000001",
        "J330521-2040-000100",
        "--reason",
        "省厅下达",
    ];
    desk.run(&block).done();
    let restored = desk.run(&["restore", copy]).done();
    let kept = restored.json()["kept"].as_str().unwrap().to_owned();
    assert!(fs::exists(&kept).unwrap());
    // The block was opened after the backup: it is gone here, and there in what was kept.
    desk.run(&block).done();
    let mut old = desk.command(&block);
    old.args(["--db", &kept]);
    finish(old, None).ended(1).says("重叠");
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn the_day_is_told_as_text_and_as_json() {
    let desk = Desk::new();
    let text = desk.run(&["report", "day"]).done();
    insta::assert_snapshot!(normalise(&text.stdout, &desk.path("")), @r"
    德清县婚姻登记处（练习）  2026-11-24  日结

    办理
      无

    不予办理
      无

    空白证：期初 + 入库 - 使用 - 作废 = 结存
      结婚证  2200 + 0 - 0 - 0 = 2200  练J0000001-练J0002200

    字号与凭条号
      无

    减免
      无

    待省厅确认  0
    审计链末端  2  <SHA256>
    ");
    let json = desk
        .run(&["report", "day", "2026-11-23", "--format", "json"])
        .done()
        .json();
    assert_eq!(json["blanks"]["lines"][0]["closing"], 2200);
    assert_eq!(json["counts"], json!([]));
    desk.run(&["report", "day", "2026-02-30"]).ended(2).says("2026-11-24");
}

#[test]
fn whoever_reads_may_leave_and_a_full_output_is_said() {
    let desk = Desk::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut gone = desk.command(&["stock", "list"]);
    let ended = gone
        .stdout(writer)
        .stderr(std::process::Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap()),
        (Some(0), String::new())
    );
    if let Ok(full) = fs::File::options().write(true).open("/dev/full") {
        let mut command = desk.command(&["stock", "list"]);
        let ended = command
            .stdout(full)
            .stderr(std::process::Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(4));
        assert!(String::from_utf8(ended.stderr).unwrap().contains("写不到标准输出"));
    }
}

#[test]
fn bad_use_ends_with_two_and_help_with_none() {
    let desk = Desk::bare();
    for arguments in [
        &["nonsense"][..],
        &["find"],
        &["seed", "--records", "0"],
        &["--now", "2026-02-30", "verify"],
    ] {
        finish(desk.plain(arguments), None).ended(2);
    }
    for arguments in [&["--help"][..], &["--version"], &["stock", "receive", "--help"]] {
        finish(desk.plain(arguments), None).done();
    }
}

#[test]
fn screens_without_a_terminal_are_refused_with_a_hint() {
    let desk = Desk::new();
    desk.run(&[]).ended(2).says("--help");
    finish(desk.plain(&["demo", "--db", "demo.db"]), None)
        .ended(2)
        .says("终端");
    assert!(desk.path("demo.db").exists());
}
