//! Papers: stored before they are printed, announced, reported, asked about; the same years later.

use super::couple::couple;
use super::*;

fn printed(registry: &mut Registry, session: &Session, job: &PrintJob) {
    let outcome = PrintOutcome::Printed {
        pdf_sha256: "00".repeat(32),
    };
    registry.mark_printed(session, &[(job.print, outcome)]).unwrap();
}

#[test]
fn i5_a_reprint_is_set_by_the_layout_kept_in_the_record_whatever_the_program_has_now() {
    let mut hall = Hall::new();
    let done = hall.submit(&couple(1));
    let paper = done
        .documents
        .iter()
        .find(|paper| paper.document.name == "marriage-check")
        .unwrap();
    let kept = forms().paper("marriage-check").unwrap().text.clone();
    // A release later: the layout has another text.
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("paper")).unwrap();
    let changed = format!("{kept}\n# a later release\n");
    std::fs::write(folder.path().join("paper/marriage-check.toml"), &changed).unwrap();
    let later = Arc::new(Forms::with_folder(folder.path()).unwrap());
    assert_eq!(later.paper("marriage-check").unwrap().text, changed);
    let mut registry = Registry::open(&hall.path(), later).unwrap();
    let session = registry
        .sign_in("registrar", "training", "1", Clock::Fixed(nine()))
        .unwrap();
    let jobs = registry.announce_print(&session, &[paper.id], "").unwrap();
    assert_eq!(
        (jobs[0].layout_text.as_str(), &jobs[0].document),
        (kept.as_str(), paper)
    );
    // What is made now is made by the new one.
    let new = registry
        .submit(&session, "marriage", &couple(2), SubmitOptions::default())
        .unwrap();
    let made = |papers: &[StoredDocument]| {
        let check = papers
            .iter()
            .find(|paper| paper.document.name == "marriage-check")
            .unwrap();
        check.document.layout_sha256.clone()
    };
    assert_ne!(made(&new.documents), made(&done.documents));
    hall.verify();
}

#[test]
fn one_more_copy_asks_for_its_reason_unless_the_last_one_never_came_out() {
    let mut hall = Hall::new();
    let done = hall.submit(&couple(1));
    let session = hall.sign_in("registrar");
    let paper = [done.documents[0].id];
    let registry = &mut hall.registry;
    let first = registry.announce_print(&session, &paper, "").unwrap().remove(0);
    registry
        .mark_printed(&session, &[(first.print, PrintOutcome::Failed)])
        .unwrap();
    let second = registry.announce_print(&session, &paper, "").unwrap().remove(0);
    printed(registry, &session, &second);
    assert_eq!(
        registry.announce_print(&session, &paper, " ").unwrap_err().code,
        "paper.copy"
    );
    let third = registry
        .announce_print(&session, &paper, "当事人弄湿")
        .unwrap()
        .remove(0);
    assert_eq!((first.copy, second.copy, third.copy), (1, 2, 3));
    // The first one never came out, so the second is no copy; the third says that it is one.
    let corner = |job: &PrintJob| job.document.document.stamp.corner.clone();
    assert_eq!((corner(&first).as_str(), corner(&second).as_str()), ("", ""));
    assert_eq!(corner(&third), "副本 2");
    let again = registry.announce_again(&session, &paper, "再次送达").unwrap().remove(0);
    assert_eq!(corner(&again), "", "the answer that got lost, not another copy");
    printed(registry, &session, &again);
    printed(registry, &session, &third);
    let outcome = PrintOutcome::Unknown;
    assert!(registry.mark_printed(&session, &[(third.print, outcome)]).is_err());
    assert_eq!(
        registry.announce_print(&session, &[9999], "").unwrap_err().code,
        "paper.unknown"
    );
    hall.verify();
}

#[test]
fn i1_a_print_cut_off_is_asked_about_at_the_next_start_of_its_own_desk() {
    let mut hall = Hall::new();
    let done = hall.submit(&couple(1));
    let session = hall.sign_in("registrar");
    let ids: Vec<i64> = done.documents.iter().take(2).map(|paper| paper.id).collect();
    hall.registry.announce_print(&session, &ids, "").unwrap();
    // The program was killed here. Another desk has nothing to say about it.
    let mut registry = hall.another();
    let other = registry
        .sign_in("registrar", "training", "2", Clock::Fixed(nine()))
        .unwrap();
    assert!(registry.home(&other).unwrap().pending.is_empty());
    let again = registry
        .sign_in("registrar", "training", "1", Clock::Fixed(nine()))
        .unwrap();
    let pending = registry.home(&again).unwrap().pending;
    assert_eq!(pending.len(), 2);
    assert!(pending.iter().all(|print| print.case == "C330521-2026-000001"));
    let answers: Vec<_> = pending
        .iter()
        .map(|print| (print.print, PrintOutcome::Unknown))
        .collect();
    registry.mark_printed(&again, &answers).unwrap();
    assert!(registry.home(&again).unwrap().pending.is_empty());
    // Nobody knows whether it came out, so one more is a copy.
    assert_eq!(
        registry.announce_print(&again, &ids, "").unwrap_err().code,
        "paper.copy"
    );
    hall.verify();
}

#[test]
fn i3_a_spoiled_booklet_is_replaced_and_the_number_stays() {
    let mut hall = Hall::new();
    let done = hall.submit(&couple(1));
    let (number, case) = (done.number.unwrap(), done.case.unwrap());
    let session = hall.sign_in("registrar");
    let registry = &mut hall.registry;
    let wrong = registry
        .replace_blank(&session, &case, "练J0000009", "印坏")
        .unwrap_err();
    assert_eq!(wrong.code, "stock.elsewhere");
    assert_eq!(
        registry.spoil_blank(&session, "练J0000002", "印坏").unwrap_err().code,
        "stock.elsewhere"
    );
    // By the number on the booklet as well as by the case.
    let replaced = registry.replace_blank(&session, &number, "练J0000002", "印坏").unwrap();
    assert_eq!(replaced.serial, "练J0000003");
    let names: Vec<&str> = replaced
        .documents
        .iter()
        .map(|paper| paper.document.name.as_str())
        .collect();
    let expected = [
        "marriage-review",
        "marriage-certificate-woman",
        "marriage-certificate-woman-full",
    ];
    assert_eq!(names, expected);
    assert_eq!(replaced.documents[0].document.text("blank_woman"), Some("练J0000003"));
    assert_eq!(replaced.documents[1].document.text("number"), Some(number.as_str()));
    let certificate = hall.case(&number).certificate.unwrap();
    assert_eq!(certificate.blank_second.as_deref(), Some("练J0000003"));
    assert_eq!(hall.submit(&couple(2)).number.as_deref(), Some("J330521-2026-000002"));
    hall.verify();
}

/// The stamps of what is printed now: corner and across.
fn stamps(job: &PrintJob) -> (&str, &str) {
    let stamp = &job.document.document.stamp;
    (stamp.corner.as_str(), stamp.across.as_str())
}

#[test]
fn what_was_replaced_says_so_and_its_page_is_set_on_no_booklet() {
    let mut hall = Hall::new();
    let case = hall.submit(&couple(1)).case.unwrap();
    let session = hall.sign_in("registrar");
    hall.registry
        .replace_blank(&session, &case, "练J0000002", "印坏")
        .unwrap();
    let papers = hall.case(&case).documents;
    let of = |name: &str| {
        let mut all = papers.iter().filter(|paper| paper.name == name);
        (all.next().unwrap().clone(), all.next().unwrap().clone())
    };
    let (old, new) = of("marriage-review");
    assert_eq!((old.standing, new.standing), (Standing::Replaced, Standing::Current));
    let (old_page, new_page) = of("marriage-certificate-woman");
    assert_eq!(old_page.standing, Standing::Replaced);
    assert_eq!(new_page.serial.as_deref(), Some("练J0000003"));
    let registry = &mut hall.registry;
    let refused = registry.announce_print(&session, &[old_page.id], "存档").unwrap_err();
    assert_eq!(refused.code, "paper.page-gone");
    let unreasoned = registry.announce_print(&session, &[old.id], "").unwrap_err();
    assert_eq!(unreasoned.code, "paper.archive");
    let kept = registry.announce_print(&session, &[old.id], "存档").unwrap().remove(0);
    assert_eq!(stamps(&kept), ("存档副本", "已被替换"));
    let now = registry.announce_print(&session, &[new.id, new_page.id], "").unwrap();
    assert_eq!(now.iter().map(stamps).collect::<Vec<_>>(), [("", ""), ("", "")]);
    assert_eq!((kept.edition, now[0].edition), (1, 2));
    let entry = hall.case(&case).history;
    let said = entry
        .iter()
        .rfind(|entry| entry.detail.iter().any(|(_, said)| said.contains("存档副本")));
    assert!(said.is_some(), "the log keeps what the copy said");
    hall.verify();
}
