//! The record on a real file: one act one transaction, nothing lost, tampering found.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::*;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn at() -> NaiveDateTime {
    day().and_hms_opt(9, 0, 0).unwrap()
}

fn entry(action: &str) -> Entry {
    Entry {
        at: at(),
        desk: "1".into(),
        actor: "registrar".into(),
        action: action.into(),
        subject: String::new(),
        detail: json!({}),
    }
}

fn case(id: &str) -> CaseRow {
    CaseRow {
        id: id.into(),
        kind: "marriage".into(),
        state: "accepted".into(),
        outcome: String::new(),
        form_sha256: "f".into(),
        rules_sha256: "r".into(),
        answers: "{}".into(),
        examined: "{}".into(),
        findings: "[]".into(),
        record_sha256: String::new(),
        day: day(),
        number: None,
        first_id: "33052119900307001X".into(),
        second_id: "330521199003070028".into(),
    }
}

fn certificate(number: &str, case: Option<&str>, blanks: [Option<String>; 2]) -> CertificateRow {
    let [blank_first, blank_second] = blanks;
    CertificateRow {
        number: number.into(),
        kind: "marriage".into(),
        registered_on: day(),
        case: case.map(str::to_owned),
        state: "valid".into(),
        origin: if case.is_some() { "own" } else { "imported" }.into(),
        confirmation: if case.is_some() { "pending" } else { "confirmed" }.into(),
        blank_first,
        blank_second,
        first_name: "张三丰".into(),
        first_id: "33052119900307001X".into(),
        second_name: "单小红".into(),
        second_id: "330521199003070028".into(),
    }
}

fn parties() -> [PartyRow; 2] {
    let party = |side: &str, name: &str, id_no: &str| PartyRow {
        side: side.into(),
        name: name.into(),
        id_no: id_no.into(),
        birth: NaiveDate::from_ymd_opt(1990, 3, 7),
    };
    [
        party("man", "张三丰", "33052119900307001X"),
        party("woman", "单小红", "330521199003070028"),
    ]
}

/// A database with nothing in it.
fn made(path: &std::path::Path) -> Result<Store, StoreError> {
    Store::create(path, |_| Ok(()))
}

/// Copies a file's record and verifies the copy.
fn backup(store: &Store, copy: &std::path::Path) -> Result<Verified, StoreError> {
    store.backup_to(copy, &mut |_, _| {})
}

/// Puts a backup in a file's place.
fn restore(copy: &std::path::Path, target: &std::path::Path) -> Result<Option<std::path::PathBuf>, StoreError> {
    let staged = Staged::beside(target, copy, "1", &mut |_, _| {})?;
    let kept = staged.kept().map(std::path::Path::to_owned);
    staged.put().map(|()| kept)
}

struct Desk {
    folder: TempDir,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut store = made(&folder.path().join("r.db")).unwrap();
        store
            .write(entry("office.found"), |tx| {
                tx.set_setting("registry.code", "330521")?;
                tx.open_block("J", 2026, 1, 1000, "test")?;
                let serials: Vec<String> = (1..=20).map(|n| format!("浙{n:07}")).collect();
                tx.receive_blanks("marriage", &serials, "省厅", day() - chrono::Duration::days(1))?;
                serials.iter().try_for_each(|serial| tx.give_blank(serial, "1"))
            })
            .unwrap();
        Self { folder, store }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("r.db")
    }

    fn marry(&mut self) -> Result<String, StoreError> {
        marry(&mut self.store)
    }

    /// Changes the file behind the store's back.
    fn tamper(&self, sql: &str) {
        let connection = Connection::open(self.path()).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
    }

    fn tamper_all(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        self.store.verify(&mut |_, _| {})
    }
}

fn marry(store: &mut Store) -> Result<String, StoreError> {
    store.write(entry("marriage.register"), |tx| {
        let (_, id) = tx.next_number("C", 2026, |n| format!("C330521-2026-{n:06}"))?;
        tx.insert_case(&case(&id))?;
        let sequence = tx.next_in_block("J", 2026, &id)?.unwrap();
        let number = format!("J330521-2026-{sequence:06}");
        let blanks = [
            tx.take_blank("marriage", "1", &id, day())?,
            tx.take_blank("marriage", "1", &id, day())?,
        ];
        let row = tx.insert_certificate(&certificate(&number, Some(&id), blanks))?;
        for party in parties() {
            tx.insert_party(row, &party)?;
        }
        let outcome = CaseRow {
            outcome: "registered".into(),
            number: Some(number.clone()),
            ..case(&id)
        };
        tx.close_case(&outcome)?;
        tx.insert_step(&id, &step())?;
        tx.tally(day(), &TallyRow::one("marriage.registered", "1", "registrar"))?;
        Ok(number)
    })
}

fn step() -> StepRow {
    StepRow {
        step: "register".into(),
        actor: "registrar".into(),
        desk: "1".into(),
        at: at(),
    }
}

#[test]
fn i2_a_refused_act_leaves_nothing_not_even_a_number() {
    let mut desk = Desk::new();
    assert_eq!(desk.marry().unwrap(), "J330521-2026-000001");
    let refused: Result<(), StoreError> = desk.store.write(entry("marriage.register"), |tx| {
        tx.next_in_block("J", 2026, "x")?;
        tx.take_blank("marriage", "1", "x", day())?;
        Err(StoreError::Other("no".into()))
    });
    assert!(refused.is_err());
    assert_eq!(desk.marry().unwrap(), "J330521-2026-000002");
    assert_eq!(desk.store.read(|r| r.blanks_at("marriage", "1")).unwrap(), 16);
    assert_eq!(
        desk.store.read(|r| r.tally_of(day(), "marriage.registered")).unwrap(),
        2
    );
    desk.verify().unwrap();
}

#[test]
fn i3_many_desks_at_once_leave_no_gap_and_no_twin() {
    let desk = Desk::new();
    let path = desk.path();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut store = Store::open(&path).unwrap();
                (0..2).map(|_| marry(&mut store).unwrap()).collect::<Vec<_>>()
            })
        })
        .collect();
    let mut numbers: Vec<String> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=8).map(|n| format!("J330521-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
    desk.verify().unwrap();
}

#[test]
fn i4_verification_names_whatever_was_changed_behind_its_back() {
    for (sql, named) in [
        ("UPDATE certificate SET first_name = '张四丰'", "certificate"),
        ("UPDATE party SET id_no = 'x' WHERE side = 'man'", "party"),
        ("UPDATE case_file SET answers = '{ }'", "case_file"),
        ("UPDATE day_tally SET n = 9", "day_tally"),
        ("UPDATE blank SET reason = 'x' WHERE serial = '浙0000001'", "blank"),
        ("DELETE FROM number_ledger WHERE sequence = 'J'", "number_ledger"),
        (
            "INSERT INTO status_event(id_no, kind, happened_on, source, audit_seq) VALUES ('x', 'death', '2026-01-01', '', 1)",
            "status_event 的第 1 行",
        ),
        ("UPDATE setting SET value = '330522'", "setting"),
        ("UPDATE certificate SET audit_seq = 99", "certificate 的第 1 行"),
        ("DELETE FROM case_step", "case_step 的第 1 行"),
        ("UPDATE number_ledger SET n = 9 WHERE sequence = 'J'", "number_ledger"),
        ("DELETE FROM blank WHERE serial = '浙0000002'", "blank"),
        ("UPDATE chain_head SET seq = 1", "审计链"),
    ] {
        let mut desk = Desk::new();
        desk.marry().unwrap();
        desk.verify().unwrap();
        desk.tamper(sql);
        match desk.verify() {
            Err(StoreError::Damaged(flaw)) => assert!(flaw.words()[0].contains(named), "{sql}: {flaw:?}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[test]
fn i4_entries_cut_out_of_the_log_are_missed() {
    for (cut, named) in [("seq = 2", "缺第 2 条"), ("seq = 4", "末端"), ("seq = 1", "缺第 1 条")] {
        let mut desk = Desk::new();
        (0..3).for_each(|_| drop(desk.marry().unwrap()));
        desk.tamper_all(&format!(
            "DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE {cut}"
        ));
        let told = desk.verify().unwrap_err().to_string();
        assert!(told.contains(named), "{cut}: {told}");
    }
}

#[test]
fn i4_whoever_changes_a_row_and_its_entry_breaks_the_chain_after_it() {
    let mut desk = Desk::new();
    (0..2).for_each(|_| drop(desk.marry().unwrap()));
    desk.tamper_all(
        "DROP TRIGGER audit_is_not_changed; UPDATE certificate SET first_name = '张四' WHERE id = 1;
         UPDATE audit SET body = replace(body, '\"certificate\"', '\"nothing\"') WHERE seq = 2",
    );
    assert!(desk.verify().unwrap_err().to_string().contains("第 2 条"));
}

#[test]
fn i3_an_act_that_writes_what_does_not_belong_together_is_found() {
    let wrong = |named: &str, writing: &dyn Fn(&mut Tx) -> Result<(), StoreError>| {
        let mut desk = Desk::new();
        desk.marry().unwrap();
        desk.store.write(entry("wrong"), |tx| writing(tx)).unwrap();
        let told = desk.verify().unwrap_err().to_string();
        assert!(told.contains(named), "{told}");
    };
    wrong("号码没有对应的业务", &|tx| {
        tx.next_in_block("J", 2026, "C-none").map(drop)
    });
    wrong("已用，却没有证", &|tx| {
        tx.take_blank("marriage", "1", "C330521-2026-000001", day()).map(drop)
    });
    wrong("日计数", &|tx| {
        tx.tally(day(), &TallyRow::one("marriage.registered", "1", "x"))
    });
    wrong("证与业务不符", &|tx| {
        let row = certificate("J330521-2026-000009", Some("C330521-2026-000001"), [None, None]);
        tx.insert_certificate(&row).map(drop)
    });
}

#[test]
fn i4_audit_entries_cannot_be_changed_through_sql_and_show_it_otherwise() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let connection = Connection::open(desk.path()).unwrap();
    assert!(connection.execute("UPDATE audit SET actor = 'x'", []).is_err());
    assert!(connection.execute("DELETE FROM audit", []).is_err());
    connection
        .execute_batch("DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'x' WHERE seq = 2")
        .unwrap();
    assert!(desk.verify().unwrap_err().to_string().contains("第 2 条"));
}

#[test]
fn bulk_records_are_covered_and_found() {
    let mut desk = Desk::new();
    let records: Vec<_> = (1..=300)
        .map(|n| {
            (
                certificate(&format!("J330521-2001-{n:06}"), None, [None, None]),
                parties(),
            )
        })
        .collect();
    desk.store
        .write(entry("archive.import"), |tx| tx.insert_many(&records))
        .unwrap();
    let verified = desk.verify().unwrap();
    assert!(verified.rows > 900);
    for query in [
        "张三丰",
        "zsf",
        "zhangsanfeng",
        "33052119900307001x",
        "001X",
        "张 001X",
        "shanxiaohong",
    ] {
        let found = desk.store.read(|r| r.find(query, None, 51)).unwrap();
        assert_eq!(found.len(), 51, "{query}");
    }
    let by_number = |kind| {
        desk.store
            .read(|r| r.find("J330521-2001-000300", kind, 51))
            .unwrap()
            .len()
    };
    assert_eq!(
        (by_number(None), by_number(Some("marriage")), by_number(Some("waiver"))),
        (1, 1, 0)
    );
    desk.tamper("UPDATE party SET name = '张' WHERE id = 77");
    assert!(desk.verify().unwrap_err().to_string().contains("party 的第 77 行"));
    desk.tamper("UPDATE party SET name = '张三丰' WHERE id = 77");
    desk.verify().unwrap();
    for (sql, named) in [
        ("UPDATE party SET audit_seq = 1 WHERE id = 600", "party 的第 600 行"),
        ("DELETE FROM alt_key WHERE id = 5", "alt_key 的第 5 行"),
        (
            "DELETE FROM alt_key WHERE id = (SELECT max(id) FROM alt_key)",
            "alt_key",
        ),
    ] {
        let connection = Connection::open(desk.path()).unwrap();
        connection.execute_batch("SAVEPOINT here").unwrap();
        connection.execute(sql, []).unwrap();
        let told = verify::within(&connection, &mut |_, _| {}).unwrap_err().to_string();
        assert!(told.contains(named), "{sql}: {told}");
    }
}

#[test]
fn a_backup_opens_and_verifies_and_restores() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let copy = desk.folder.path().join("copy.db");
    assert_eq!(backup(&desk.store, &copy).unwrap(), desk.verify().unwrap());
    assert!(matches!(backup(&desk.store, &copy), Err(StoreError::Exists(_))));
    desk.marry().unwrap();
    let back = desk.folder.path().join("back.db");
    assert_eq!(restore(&copy, &back).unwrap(), None);
    let mut restored = Store::open(&back).unwrap();
    restored.verify(&mut |_, _| {}).unwrap();
    assert_eq!(marry(&mut restored).unwrap(), "J330521-2026-000002");
    // A desk that has the file open would go on writing into what was moved aside.
    let names = |desk: &Desk| std::fs::read_dir(desk.folder.path()).unwrap().count();
    let before = names(&desk);
    assert!(matches!(restore(&copy, &back), Err(StoreError::InUse(_))));
    assert_eq!(names(&desk), before);
    drop(restored);
    // As often as one likes within a second: what was kept once stays.
    let kept: Vec<_> = (0..3).map(|_| restore(&copy, &back).unwrap().unwrap()).collect();
    assert_eq!(marry(&mut Store::open(&back).unwrap()).unwrap(), "J330521-2026-000002");
    assert!(kept[0] != kept[1] && kept[1] != kept[2]);
    let first = Store::open(&kept[0]).unwrap();
    assert_eq!(first.verify(&mut |_, _| {}).unwrap().entries, 3);
    assert!(matches!(restore(&back, &back), Err(StoreError::Same(_))));
}

#[test]
fn a_copy_of_a_damaged_record_is_kept_and_not_called_a_backup() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    desk.tamper("UPDATE party SET name = '张四' WHERE id = 1");
    let copy = desk.folder.path().join("copy.db");
    for kept in ["copy.db.not-verified", "copy.db.not-verified-2"] {
        match backup(&desk.store, &copy) {
            Err(StoreError::BadCopy { flaw, kept: told }) => {
                assert!(flaw.words()[0].contains("party 的第 1 行"), "{flaw:?}");
                assert!(told.ends_with(kept) && std::path::Path::new(&told).exists(), "{told}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(!copy.exists());
}

#[test]
fn a_backup_that_does_not_verify_replaces_nothing() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let copy = desk.folder.path().join("copy.db");
    backup(&desk.store, &copy).unwrap();
    Connection::open(&copy)
        .unwrap()
        .execute_batch("UPDATE party SET name = '张四' WHERE id = 1")
        .unwrap();
    let path = desk.path();
    desk.marry().unwrap();
    let Desk { folder, store } = desk;
    drop(store);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(restore(&copy, &path), Err(StoreError::BadBackup { .. })));
    assert!(std::fs::read(&path).unwrap() == before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_torn_file_is_moved_aside_by_a_restore_and_a_torn_backup_is_refused() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let copy = desk.folder.path().join("copy.db");
    backup(&desk.store, &copy).unwrap();
    let (path, folder) = (desk.path(), desk.folder);
    drop(desk.store);
    let mut torn = std::fs::read(&path).unwrap();
    torn.iter_mut().skip(4096).step_by(97).for_each(|byte| *byte ^= 0x5A);
    std::fs::write(&path, &torn).unwrap();
    assert!(
        Store::open(&path)
            .and_then(|store| store.verify(&mut |_, _| {}))
            .is_err()
    );
    let bad = folder.path().join("bad.db");
    std::fs::write(&bad, &torn).unwrap();
    assert!(restore(&bad, &path).is_err());
    let kept = restore(&copy, &path).unwrap().unwrap();
    assert_eq!(std::fs::read(&kept).unwrap(), torn);
    Store::open(&path).unwrap().verify(&mut |_, _| {}).unwrap();
}

#[test]
fn a_record_that_was_never_finished_is_in_nobodys_way() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.db");
    let refused = Store::create(&path, |_| Err(StoreError::Other("no".into())));
    assert!(refused.is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    // Left by a run that was killed, and by a record that was moved away without its log.
    for stray in ["r.db.making", "r.db.making-wal", "r.db-wal", "r.db-shm"] {
        std::fs::write(folder.path().join(stray), "stray").unwrap();
    }
    let store = made(&path).unwrap();
    store.verify(&mut |_, _| {}).unwrap();
    drop(store);
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["r.db", "r.db-wal.left"]);
}

#[test]
fn files_are_made_in_a_folder_by_one_at_a_time() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.db");
    let made: Vec<bool> = std::thread::scope(|scope| {
        let desks: Vec<_> = (0..6).map(|_| scope.spawn(|| made(&path).is_ok())).collect();
        desks.into_iter().map(|desk| desk.join().unwrap()).collect()
    });
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
    Store::open(&path).unwrap().verify(&mut |_, _| {}).unwrap();
}

#[test]
fn who_reads_waits_for_nobody_who_writes() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let other = Connection::open(desk.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    Store::wait_at_most(std::time::Duration::ZERO);
    let verified = desk.verify();
    Store::wait_at_most(std::time::Duration::from_secs(10));
    verified.unwrap();
}

#[test]
fn damage_to_an_entry_is_named_by_its_number() {
    for (sql, named) in [
        ("UPDATE audit SET at = 'yesterday' WHERE seq = 2", "第 2 条"),
        ("UPDATE audit SET prev = x'00' WHERE seq = 3", "第 3 条"),
        ("UPDATE audit SET hash = x'' WHERE seq = 2", "第 2 条"),
        ("UPDATE audit SET at = at || '.5' WHERE seq = 3", "第 3 条"),
    ] {
        let mut desk = Desk::new();
        (0..3).for_each(|_| drop(desk.marry().unwrap()));
        desk.tamper_all(&format!("DROP TRIGGER audit_is_not_changed; {sql}"));
        match desk.verify() {
            Err(StoreError::Damaged(flaw)) => assert!(flaw.words()[0].contains(named), "{sql}: {flaw:?}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[test]
fn a_file_of_a_later_release_keeps_its_bytes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.db");
    drop(made(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99")
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 99, .. })));
    assert!(matches!(Store::open_to_look(&path), Err(StoreError::Newer { .. })));
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn files_that_are_not_ours_are_refused_by_name_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.db");
    assert!(matches!(Store::open(&path), Err(StoreError::NotFound(_))));
    std::fs::write(&path, "这不是数据库，只是一封信。".repeat(100)).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::NotADatabase(_))));
    assert!(matches!(made(&path), Err(StoreError::Exists(_))));
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE t(a)")
        .unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Foreign(_))));
    let newer = folder.path().join("newer.db");
    drop(made(&newer).unwrap());
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(Store::open(&newer), Err(StoreError::Newer { found: 99, .. })));
    assert!(matches!(
        Store::open(std::path::Path::new("//server/share/r.db")),
        Err(StoreError::NotFound(_) | StoreError::NetworkPath(_))
    ));
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    assert_eq!(
        std::fs::metadata(desk.path()).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn the_balance_of_the_blanks_adds_up() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    desk.store
        .write(entry("stock.spoil"), |tx| tx.spoil_blank("浙0000009", "印坏", day()))
        .unwrap();
    let balance = desk.store.read(|r| r.blank_balance(day())).unwrap().remove(0);
    assert_eq!(
        (
            balance.opening,
            balance.received,
            balance.used,
            balance.spoiled,
            balance.closing
        ),
        (20, 0, 2, 1, 17)
    );
    assert_eq!(balance.used_serials, ["浙0000001", "浙0000002"]);
    assert_eq!(balance.closing, balance.closing_serials.len() as i64);
}

fn draft(desk: &str, label: &str) -> DraftRow {
    DraftRow {
        id: 0,
        desk: desk.into(),
        kind: "marriage".into(),
        label: label.into(),
        field: "man.name".into(),
        body: "{}".into(),
        first_id: "1".into(),
        second_id: "2".into(),
        owner: "clerk".into(),
        at: at(),
    }
}

#[test]
fn a_draft_is_saved_over_itself_and_offered_again() {
    let mut desk = Desk::new();
    let mut row = draft("1", "张");
    row.id = desk.store.save_draft(&row).unwrap();
    row.field = "man.ethnicity".into();
    assert_eq!(desk.store.save_draft(&row).unwrap(), row.id);
    let again = Store::open(&desk.path()).unwrap().read(|r| r.drafts("1")).unwrap();
    assert_eq!(again, [row.clone()]);
    desk.store.remove_draft(row.id, "2").unwrap();
    assert_eq!(desk.store.read(|r| r.drafts("1")).unwrap().len(), 1);
    desk.store.remove_draft(row.id, "1").unwrap();
    assert!(desk.store.read(|r| r.drafts("1")).unwrap().is_empty());
}

#[test]
fn i1_a_save_that_comes_late_never_writes_over_another_draft() {
    let mut desk = Desk::new();
    let mut first = draft("1", "张三");
    first.id = desk.store.save_draft(&first).unwrap();
    desk.store.remove_draft(first.id, "1").unwrap();
    let mut second = draft("2", "李四");
    second.id = desk.store.save_draft(&second).unwrap();
    // The first desk's screen has not heard that its draft became a case.
    desk.store.save_draft(&first).unwrap();
    let labels = |desk: &Desk, at| -> Vec<String> {
        let rows = desk.store.read(|r| r.drafts(at)).unwrap();
        rows.into_iter().map(|row| row.label).collect()
    };
    assert_eq!(
        (labels(&desk, "1"), labels(&desk, "2")),
        (vec!["张三".into()], vec!["李四".into()])
    );
    let stolen = DraftRow { id: second.id, ..first };
    assert!(desk.store.save_draft(&stolen).is_err());
    assert_eq!(labels(&desk, "2"), ["李四"]);
}

#[test]
fn i4_a_booklet_spoiled_later_changes_no_day_before() {
    let mut desk = Desk::new();
    desk.marry().unwrap();
    let next = day().succ_opt().unwrap();
    let figures = |desk: &Desk, on| {
        let row = desk.store.read(|r| r.blank_balance(on)).unwrap().remove(0);
        assert_eq!(row.opening + row.received - row.used - row.spoiled, row.closing);
        assert_eq!(row.closing, row.closing_serials.len() as i64);
        assert_eq!(
            (row.used, row.spoiled),
            (row.used_serials.len() as i64, row.spoiled_serials.len() as i64)
        );
        (row.opening, row.used, row.spoiled, row.closing)
    };
    let before = figures(&desk, day());
    assert_eq!(before, (20, 2, 0, 18));
    desk.store
        .write(entry("stock.replace"), |tx| {
            tx.spoil_blank("浙0000001", "印坏", next)?;
            tx.take_blank("marriage", "1", "C330521-2026-000001", next)
        })
        .unwrap();
    assert_eq!(figures(&desk, day()), before);
    // It left the house on the day before; today one more did.
    assert_eq!(figures(&desk, next), (18, 1, 0, 17));
    let row = desk.store.read(|r| r.blank_balance(next)).unwrap().remove(0);
    assert_eq!(row.withdrawn_serials, ["浙0000001"]);
    assert_eq!(figures(&desk, next.succ_opt().unwrap()), (17, 0, 0, 17));
}

#[test]
fn indexes_left_out_by_a_bulk_that_was_cut_off_come_back() {
    let desk = Desk::new();
    let file = Connection::open(desk.path()).unwrap();
    let names = || -> i64 {
        let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name LIKE 'party%'";
        file.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(names(), 6);
    file.execute_batch("DROP INDEX party_name").unwrap();
    assert_eq!(names(), 5);
    drop(Store::open(&desk.path()).unwrap());
    assert_eq!(names(), 6);
}

#[test]
fn i5_a_case_closed_under_other_rules_than_it_was_accepted_under_says_so() {
    let mut desk = Desk::new();
    let accepted = case("C330521-2026-000001");
    let closed = CaseRow {
        state: "closed".into(),
        outcome: "refused".into(),
        form_sha256: "f2".into(),
        rules_sha256: "r2".into(),
        answers: "{\"man\":{}}".into(),
        examined: "{\"values\":[]}".into(),
        findings: "[1]".into(),
        record_sha256: "s".into(),
        day: day().succ_opt().unwrap(),
        first_id: "330521199003070044".into(),
        second_id: "330521199003070052".into(),
        ..accepted.clone()
    };
    let write = |tx: &mut Tx| {
        tx.insert_case(&accepted)?;
        tx.close_case(&closed)
    };
    desk.store.write(entry("case"), write).unwrap();
    assert_eq!(desk.store.read(|r| r.case(&accepted.id)).unwrap(), Some(closed));
}
