//! A couple handed in as JSON: registered, refused, incomplete, imagined, sent twice; and their papers.

use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::desk::{Desk, finish};
use crate::support::people::{couple, id_no, person};

/// How many rows a table has.
fn rows(desk: &Desk, table: &str) -> i64 {
    let connection = Connection::open(desk.db()).unwrap();
    let count = format!("SELECT COUNT(*) FROM {table}");
    connection.query_row(&count, [], |row| row.get(0)).unwrap()
}

/// A man who is 21 on the day of the tests.
fn too_young() -> Value {
    let mut answers = couple(1);
    answers["man"]["id_no"] = json!(id_no("330521", "2005-01-02".parse().unwrap(), 1));
    answers
}

fn rules(json: &Value) -> Vec<&str> {
    let findings = json["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn a_couple_is_registered_at_once_after_init_and_every_paper_lies_there() {
    let desk = Desk::bare();
    finish(desk.plain(&["init", "--training"]), None).done();
    let file = desk.file("couple.json", couple(1).to_string());
    let run = desk.run(&["submit", "marriage", file.to_str().unwrap(), "--out", "papers"]);
    let json = run.done().json();
    assert_eq!(
        (&json["guitai"], &json["outcome"], &json["case"], &json["number"]),
        (
            &json!(1),
            &json!("registered"),
            &json!("C330521-2026-000001"),
            &json!("J330521-2026-000001")
        )
    );
    for finding in json["findings"].as_array().unwrap() {
        let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["severity", "rule", "field", "params", "says", "article"]);
    }
    let names: Vec<&str> = json["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| paper["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "marriage-declaration-man",
            "marriage-declaration-woman",
            "marriage-review",
            "marriage-check",
            "marriage-certificate-man",
            "marriage-certificate-man-full",
            "marriage-certificate-woman",
            "marriage-certificate-woman-full"
        ]
    );
    for paper in json["documents"].as_array().unwrap() {
        let path = desk.path(paper["file"].as_str().unwrap());
        let bytes = fs::read(&path).unwrap();
        assert!(
            bytes.starts_with(b"%PDF-") && bytes.len() < 100_000,
            "{path:?}: {}",
            bytes.len()
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let verified = finish(desk.plain(&["verify"]), None).done();
    assert_eq!(verified.json()["verified"], true);
}

#[test]
fn an_act_sent_twice_is_one_act_with_one_answer_and_the_same_papers() {
    let desk = Desk::new();
    let mut answers = couple(1);
    answers["key"] = json!("desk-1/7");
    let first = desk.submit("marriage", &answers, &["--out", "a"]).done().json();
    let again = desk.submit("marriage", &answers, &["--out", "b"]).done().json();
    assert_eq!((&first["case"], &first["number"]), (&again["case"], &again["number"]));
    assert_eq!((rows(&desk, "case_file"), rows(&desk, "certificate")), (1, 1));
    let papers = first["documents"].as_array().unwrap().iter();
    for (a, b) in papers.zip(again["documents"].as_array().unwrap()) {
        let [a, b] = [a, b].map(|paper| fs::read(desk.path(paper["file"].as_str().unwrap())).unwrap());
        assert!(a == b, "the second copy has other bytes");
    }
    answers["man"]["occupation"] = json!("教师");
    desk.submit("marriage", &answers, &[])
        .ended(2)
        .says("已用于另一份内容不同的提交");
    answers["key"] = json!("desk-1/8");
    let twin = desk.submit("marriage", &answers, &[]).ended(1).json();
    assert_eq!(twin["outcome"], "incomplete");
    assert!(rules(&twin).contains(&"running-marriage-man"), "{twin}");
    assert_eq!(rows(&desk, "case_file"), 1);
}

#[test]
fn a_refusal_writes_nothing_unless_its_paper_is_asked_for() {
    let desk = Desk::new();
    let mut answers = too_young();
    let run = desk.submit("marriage", &answers, &["--out", "papers"]).ended(1);
    let run = run.says("不予办理").says("第一千零四十七条");
    let json = run.json();
    assert_eq!(
        (&json["outcome"], &json["case"], &json["number"]),
        (&json!("refused"), &Value::Null, &Value::Null)
    );
    let refusal = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["severity"] == "refuse")
        .unwrap();
    assert_eq!(refusal["rule"], "age-man");
    assert!(refusal["says"].as_str().unwrap().contains("2027-01-02"), "{refusal}");
    assert_eq!((rows(&desk, "case_file"), rows(&desk, "document")), (0, 0));
    answers["close_as_refused"] = json!(true);
    let json = desk.submit("marriage", &answers, &["--out", "papers"]).done().json();
    assert_eq!(json["outcome"], "refused");
    assert_eq!(json["documents"].as_array().unwrap().len(), 1);
    assert_eq!(json["documents"][0]["name"], "marriage-refusal");
    assert!(desk.path(json["documents"][0]["file"].as_str().unwrap()).exists());
    // A refusal uses no number and no blank.
    assert_eq!((rows(&desk, "case_file"), rows(&desk, "certificate")), (1, 0));
    let day = desk.run(&["report", "day", "--format", "json"]).done().json();
    assert_eq!(
        day["refused"],
        json!([{"form": "marriage", "ground": "age-man", "n": 1}])
    );
    // Nothing to refuse is registered, whether a paper would be wanted or not.
    let mut sound = couple(2);
    sound["close_as_refused"] = json!(true);
    assert_eq!(
        desk.submit("marriage", &sound, &[]).done().json()["outcome"],
        "registered"
    );
}

#[test]
fn a_dry_run_writes_nothing_at_all_and_says_what_would_happen() {
    let desk = Desk::new();
    let before = fs::read(desk.db()).unwrap();
    for (answers, code, outcome) in [(couple(1), 0, "registered"), (too_young(), 1, "refused")] {
        let json = desk
            .submit("marriage", &answers, &["--dry-run", "--out", "papers"])
            .ended(code)
            .json();
        assert_eq!((&json["outcome"], &json["number"]), (&json!(outcome), &Value::Null));
        assert_eq!(json["documents"], json!([]));
    }
    assert!(!desk.path("papers").exists());
    assert!(fs::read(desk.db()).unwrap() == before, "the database was written");
    let wal = desk.path("registry.db-wal");
    assert!(
        fs::metadata(wal).map_or(0, |wal| wal.len()) == 0,
        "something stands in the log"
    );
    // Whoever may not sign in may not look at what would happen either, and the try is kept.
    let wrong = desk.file("word", "wrong");
    for _ in 0..4 {
        desk.submit(
            "marriage",
            &couple(1),
            &["--dry-run", "--password-file", wrong.to_str().unwrap()],
        )
        .ended(3);
    }
    desk.submit(
        "marriage",
        &couple(1),
        &["--dry-run", "--password-file", wrong.to_str().unwrap()],
    )
    .ended(3)
    .says("锁定");
    desk.submit("marriage", &couple(1), &["--dry-run"])
        .ended(3)
        .says("锁定");
}

#[test]
fn what_needs_a_person_is_confirmed_with_a_reason_and_kept() {
    let desk = Desk::new();
    let mut answers = couple(1);
    answers["check"]["man"] = json!("not_checked");
    let asked = desk.submit("marriage", &answers, &[]).ended(1).json();
    assert_eq!(asked["outcome"], "incomplete");
    assert!(rules(&asked).contains(&"not-checked-man"), "{asked}");
    answers["confirm"] = json!({"not-checked-man": {"reason": ""}});
    desk.submit("marriage", &answers, &[]).ended(1);
    answers["confirm"] = json!({"not-checked-man": {"reason": "系统中断，事后补查"}});
    let json = desk.submit("marriage", &answers, &[]).done().json();
    let shown = desk.run(&["show", json["case"].as_str().unwrap()]).done().json();
    assert_eq!(
        shown["confirmed"],
        json!([{"rule": "not-checked-man", "reason": "系统中断，事后补查", "by": "registrar"}])
    );
    let man = person(1, true);
    let text = shown.to_string();
    assert!(!text.contains(&man.id_no) && text.contains(&man.name), "{text}");
    let whole = desk
        .run(&["show", json["number"].as_str().unwrap(), "--reason", "当事人要求核对"])
        .done();
    assert!(whole.stdout.contains(&man.id_no));
}

#[test]
fn only_a_registrar_with_a_licence_registers() {
    for account in ["clerk", "supervisor", "stockkeeper", "admin", "auditor"] {
        let desk = Desk::new().signed_in_as(account);
        desk.submit("marriage", &couple(1), &[])
            .ended(3)
            .says("这个账号不能登记");
        assert_eq!(rows(&desk, "case_file"), 0);
    }
    let desk = Desk::new().signed_in_as("admin");
    desk.run(&["user", "licence", "registrar", "2026-11-23"]).done();
    let desk = desk.signed_in_as("registrar");
    desk.submit("marriage", &couple(1), &[]).ended(3).says("到期");
}

#[test]
fn papers_are_printed_from_the_record_and_one_more_copy_has_a_reason() {
    let desk = Desk::new();
    let case = desk.submit("marriage", &couple(1), &[]).done().json();
    let number = case["number"].as_str().unwrap();
    assert_eq!(case["documents"][0]["file"], Value::Null);
    let print = ["print", number, "--document", "marriage-review", "-o", "a.pdf"];
    let first = desk.run(&print).done().json();
    assert_eq!(
        (&first["documents"][0]["file"], &first["documents"][0]["copy"]),
        (&json!("a.pdf"), &json!(1))
    );
    desk.run(&print).ended(2).says("再打要写明原因");
    let again = [&print[..5], &["b.pdf", "--reason", "卡纸"]].concat();
    assert_eq!(desk.run(&again).done().json()["documents"][0]["copy"], 2);
    // The second one says on paper that it is a copy.
    assert!(fs::read(desk.path("a.pdf")).unwrap() != fs::read(desk.path("b.pdf")).unwrap());
    desk.run(&["print", number, "--document", "nonsense"])
        .ended(2)
        .says("没有这样的文书")
        .says("marriage-review");
    desk.run(&["print", "J330521-2026-000099"]).ended(2).says("没有业务");
    let all = desk
        .run(&["print", number, "--reason", "补齐", "-o", "all"])
        .done()
        .json();
    assert_eq!(all["documents"].as_array().unwrap().len(), 8);
    // A folder that cannot be made: said, and nothing is counted as printed that was not.
    desk.file("no", "a file stands here");
    desk.run(&[
        "print",
        number,
        "-o",
        "no/x.pdf",
        "--document",
        "marriage-check",
        "--reason",
        "试",
    ])
    .ended(2)
    .says("no/x.pdf");
    let shown = desk.run(&["show", number]).done().json();
    let log: Vec<&str> = shown["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["action"].as_str().unwrap())
        .collect();
    assert!(
        log.contains(&"print.announce") && log.contains(&"print.report"),
        "{log:?}"
    );
    desk.signed_in_as("auditor").run(&print).ended(3).says("不能打印");
}

#[test]
fn a_printer_is_calibrated_and_its_offset_moves_overlays_alone() {
    let desk = Desk::new();
    let number = desk.submit("marriage", &couple(1), &[]).done().json()["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = desk.run(&["printer", "calibrate", "-o", "grid.pdf"]).done().json();
    assert_eq!((&page["dx_mm"], &page["file"]), (&json!(0.0), &json!("grid.pdf")));
    let print = |document: &str, file: &str| {
        let paper = ["print", &number, "--document", document, "--reason", "试", "-o", file];
        desk.run(&paper).done();
        fs::read(desk.path(file)).unwrap()
    };
    let before = print("marriage-certificate-man", "1.pdf");
    let plain = print("marriage-review", "2.pdf");
    let mut admin = desk.plain(&["--as", "admin", "printer", "offset", "--dx", "-1.5", "--dy", "0.5"]);
    admin.args(["--now", "2026-11-24"]);
    assert_eq!(finish(admin, None).done().json()["dx_mm"], -1.5);
    let moved = |document: &str, file: &str, first: &[u8]| first != print(document, file);
    assert!(moved("marriage-certificate-man", "3.pdf", &before));
    // On plain paper nothing moves: what is more on this one is only that it is a second copy.
    let places = |bytes: &[u8]| {
        let file = lopdf::Document::load_mem(bytes).unwrap();
        let page = *file.get_pages().values().next().unwrap();
        let content = file.get_and_decode_page_content(page).unwrap().operations;
        let texts = content.into_iter().filter(|operation| operation.operator == "Td");
        texts
            .map(|operation| format!("{:?}", operation.operands))
            .collect::<Vec<_>>()
    };
    let (plain, mut copy) = (places(&plain), places(&print("marriage-review", "4.pdf")));
    assert_eq!(copy.len(), plain.len() + 1);
    copy.retain(|place| plain.contains(place));
    assert_eq!(copy, plain);
    desk.run(&["printer", "offset", "--dx", "1", "--dy", "1"])
        .ended(3)
        .says("不能改设置");
    let mut wild = desk.plain(&["--as", "admin", "printer", "offset", "--dx", "400", "--dy", "0"]);
    wild.args(["--now", "2026-11-24"]);
    finish(wild, None).ended(2).says("-20 到 20");
}

#[test]
fn a_day_sheet_is_kept_and_printed() {
    let desk = Desk::new();
    desk.submit("marriage", &couple(1), &[]).done();
    let desk = desk.signed_in_as("supervisor");
    let sheet = desk
        .run(&["report", "day", "--format", "pdf", "-o", "day.pdf"])
        .done()
        .json();
    assert_eq!(sheet["documents"][0]["name"], "day-sheet");
    assert!(fs::read(desk.path("day.pdf")).unwrap().starts_with(b"%PDF-"));
    let again = desk
        .run(&["print", "day 2026-11-24", "-o", "again.pdf", "--reason", "存档"])
        .done();
    assert_eq!(again.json()["documents"][0]["copy"], 2);
    assert!(fs::read(desk.path("day.pdf")).unwrap() != fs::read(desk.path("again.pdf")).unwrap());
}
