//! What commands answer where something about the question is not right, and what they leave behind.

use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::desk::{Desk, finish};
use crate::support::people::couple;

fn entries(desk: &Desk) -> i64 {
    let connection = Connection::open(desk.db()).unwrap();
    connection
        .query_row("SELECT count(*) FROM audit", [], |row| row.get(0))
        .unwrap()
}

fn actions(desk: &Desk) -> Vec<String> {
    let connection = Connection::open(desk.db()).unwrap();
    let mut statement = connection.prepare("SELECT action FROM audit ORDER BY seq").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn i2_what_is_not_done_leaves_no_trace_and_what_is_done_tells_who_signed_in() {
    let desk = Desk::new();
    // Folds the log of changes in, so that the one file is the whole of it.
    desk.run(&["find", "x"]).done();
    let before = fs::read(desk.db()).unwrap();
    let mut young = couple(1);
    young["man"]["declared_status"] = json!("20");
    desk.submit("marriage", &young, &[]).ended(1);
    let mut half = couple(1);
    half["man"].as_object_mut().unwrap().remove("name");
    desk.submit("marriage", &half, &[]).ended(1);
    desk.submit("marriage", &couple(1), &["--dry-run"]).done();
    desk.submit("marriage", &json!({"guitai": 1, "nonsense": {}}), &[])
        .ended(2);
    desk.submit("marriage", &json!([]), &[]).ended(2);
    assert!(fs::read(desk.db()).unwrap() == before, "{:?}", actions(&desk));
    desk.submit("marriage", &couple(1), &[]).done();
    assert_eq!(actions(&desk)[3..], ["sign-in", "marriage.hand-in"]);
    // A wrong password is no dry run of anything.
    let before = entries(&desk);
    let mut wrong = desk.command(&["submit", "marriage", "-", "--dry-run"]);
    wrong.env("GUITAI_PASSWORD", "guess");
    finish(wrong, Some(couple(2).to_string().as_bytes())).ended(3);
    assert_eq!(entries(&desk), before + 1);
    finish(desk.plain(&["verify"]), None).done();
}

#[test]
fn days_and_times_that_do_not_exist_are_told() {
    let desk = Desk::new();
    for (arguments, words) in [
        (&["--now", "2026-02-30T09:00", "verify"][..], "没有 2026-02-30 这一天"),
        (&["--now", "2026-11-24T25:00", "verify"], "没有 25:00 这个时刻"),
        (&["--now", "24.11.2026", "verify"], "2026-11-24T09:00"),
        (&["report", "day", "2026-13-01"], "没有 2026-13-01 这一天"),
        (&["print", "day", "2026-02-30"], "没有 2026-02-30 这一天"),
    ] {
        let mut command = desk.plain(arguments);
        command.args(["--as", "supervisor"]);
        finish(command, None).ended(2).says(words);
    }
}

#[test]
fn the_sheet_of_a_day_is_printed_with_and_without_quotes_once_it_is_kept() {
    let desk = Desk::new().signed_in_as("supervisor");
    for day in [&["print", "day", "2026-11-24"][..], &["print", "day 2026-11-24"]] {
        let told = desk.run(day).ended(2);
        told.says("guitai report day 2026-11-24 --format pdf");
    }
    desk.run(&["report", "day", "--format", "pdf", "-o", "sheet.pdf"])
        .done();
    for (n, day) in [&["print", "day", "2026-11-24"][..], &["print", "day 2026-11-24"]]
        .iter()
        .enumerate()
    {
        let file = format!("again{n}.pdf");
        let mut arguments = day.to_vec();
        arguments.extend(["-o", &file, "--reason", "存档"]);
        desk.run(&arguments).done();
        assert!(desk.path(&file).exists());
    }
    desk.run(&["print", "day"]).ended(2).says("day 2026-11-24");
    desk.run(&["print", "C330521-2026-000001", "C330521-2026-000002"])
        .ended(2)
        .says("一次打印一件");
}

#[test]
fn a_registry_has_a_name_that_every_paper_has_room_for() {
    let desk = Desk::bare();
    let init = |name: &str, db: &str| {
        let mut command = desk.plain(&["init", "--code", "330521", "--name", name]);
        command.args(["--db", db]).env("GUITAI_PASSWORD", "Adm1n-pass-long");
        finish(command, None)
    };
    for name in ["", "  ", "\n", "\u{202e}", "\u{3000}\u{200b}"] {
        init(name, "none.db").ended(2).says("名称没有填写");
    }
    init(&"字".repeat(37), "none.db").ended(2).says("最多印得下 36 个");
    init("德清县\u{e000}民政局", "none.db").ended(2).says("U+E000");
    assert!(!desk.path("none.db").exists());
    let made = init(" 德清县\u{202e}民政局\n婚姻登记处 ", "cleaned.db").done();
    assert_eq!(made.json()["name"], "德清县民政局 婚姻登记处");
    made.says("已经整理");
    init(&"字".repeat(36), "long.db").done();
}

#[test]
fn blocks_are_opened_where_they_are_of_use_and_listed() {
    let desk = Desk::new().signed_in_as("supervisor");
    let open = |first: &str, last: &str| desk.run(&["stock", "block", first, last, "--reason", "省厅下达"]);
    open("J330521-2025-200001", "J330521-2025-200100")
        .ended(1)
        .says("2025 年已经过去");
    open("J330521-2026-200001", "J330521-2026-200100").done();
    let blocks = desk.run(&["stock", "blocks"]).done().json();
    let opened: Vec<&Value> = blocks["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|block| block["first"] == "J330521-2026-200001")
        .collect();
    assert_eq!(
        (opened[0]["left"].as_i64(), &opened[0]["reason"]),
        (Some(100), &json!("省厅下达"))
    );
    let desk = desk.signed_in_as("admin");
    desk.run(&["setting", "set", "issue_offline", "never"]).done();
    let desk = desk.signed_in_as("supervisor");
    let block = [
        "stock",
        "block",
        "J330521-2026-300001",
        "J330521-2026-300100",
        "--reason",
        "断网",
    ];
    desk.run(&block).ended(1).says("issue_offline");
}

#[test]
fn what_is_found_is_shown_page_by_page_and_no_line_twice() {
    let desk = Desk::new().signed_in_as("admin");
    desk.run(&["seed", "--records", "400"]).done();
    let desk = desk.signed_in_as("supervisor");
    let find = |more: &[&str]| {
        let mut arguments = vec!["find", "z"];
        arguments.extend(more);
        desk.run(&arguments).done()
    };
    let all = find(&["--limit", "1000"]).json();
    let numbers = |json: &Value| -> Vec<String> {
        let lines = json["found"].as_array().unwrap().iter();
        lines.map(|line| line["number"].as_str().unwrap().to_owned()).collect()
    };
    let all_numbers = numbers(&all);
    assert!(all_numbers.len() > 20 && all["more"] == false, "{}", all_numbers.len());
    let (mut paged, mut page) = (Vec::new(), 1);
    loop {
        let part = find(&["--limit", "7", "--page", &page.to_string()]);
        let json = part.json();
        paged.extend(numbers(&json));
        page += 1;
        if json["more"] == false {
            break;
        }
        part.says(&format!("--page {page}"));
    }
    paged.sort();
    let mut sorted = all_numbers;
    sorted.sort();
    assert_eq!(paged, sorted);
    assert_eq!(find(&["--page", "900"]).json()["found"], json!([]));
    desk.run(&["find", "z", "--limit", "0"]).ended(2);
}
