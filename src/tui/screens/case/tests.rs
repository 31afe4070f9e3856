//! A registered couple looked at again: parts, papers once more, numbers whole, a spoiled booklet.

use super::*;
use crate::desk::HandedIn;
use crate::forms::Answers;
use crate::tui::screens::Screen;
use crate::tui::testing::Counter;
use crate::tui::words::Lang;

/// A couple's answers, and the case they became.
fn at(who: &str) -> Counter {
    let mut counter = Counter::signed_in("registrar");
    let mut answers = Answers::default();
    let texts = [
        ("man.id_type", "resident_id"),
        ("man.id_no", "33052119900307001X"),
        ("man.name", "张三丰"),
        ("man.ethnicity", "01"),
        ("man.declared_status", "10"),
        ("woman.id_type", "resident_id"),
        ("woman.id_no", "330521199905120020"),
        ("woman.name", "吴𠮷"),
        ("woman.ethnicity", "01"),
        ("woman.declared_status", "10"),
        ("check.man", "agrees"),
        ("check.woman", "agrees"),
    ];
    for (path, text) in texts {
        answers.set_text(path, text);
    }
    let asked = Ask::HandIn(HandedIn::new("marriage", answers));
    let Reply::HandedIn(submitted) = counter.answer(asked) else {
        panic!("handed in");
    };
    let case = submitted.case.unwrap_or_else(|| panic!("{:?}", submitted.findings));
    if who != "registrar" {
        counter.keys(&format!("<Esc><Enter>{who}<Enter>training<Enter>"));
    }
    counter.show(Screen::Case(Box::new(Case::new(&case))));
    counter
}

#[test]
fn every_part_stands_under_its_digit() {
    let mut counter = at("registrar");
    let shown = counter.screen(80, 24);
    assert!(
        shown.contains("男方") && shown.contains("女方") && shown.contains("********"),
        "{shown}"
    );
    for (digit, part) in [("2", "审查"), ("4", "未打印"), ("5", "交办"), ("3", "没有填写")] {
        let shown = counter.keys(digit).screen(80, 24);
        assert!(shown.contains(part), "{digit}\n{shown}");
    }
    insta::assert_snapshot!("case-80x24", counter.keys("1").screen(80, 24));
    insta::assert_snapshot!("case-120x40", counter.keys("4").screen(120, 40));
    insta::assert_snapshot!("case-english", counter.keys("1<F12>").screen(80, 24));
    counter.screen(20, 5);
}

#[test]
fn numbers_are_whole_for_a_reason_that_stands_in_the_history() {
    let mut counter = at("registrar");
    counter.keys("v<Enter>");
    assert!(counter.screen(80, 24).contains("********"), "no reason, no number");
    counter.keys("当事人要求核对<Enter>");
    let shown = counter.screen(80, 24);
    assert!(
        shown.contains("33052119900307001X") && !shown.contains("********"),
        "{shown}"
    );
    counter.keys("v");
    assert_eq!(counter.note(), words::UNMASKED_ALREADY.say(Lang::Zh));
    let case = counter.screen(80, 24);
    counter.keys("<Esc><F3>zsf<Enter><Enter>5");
    let history = counter.screen(80, 24);
    assert!(history.contains("原因：当事人要求核对"), "{case}");
    assert!(!history.contains("key=") && !history.contains("draft="), "{history}");
    let mut clerk = at("clerk");
    clerk.keys("v");
    assert_eq!(clerk.note(), words::NOT_YOURS.say(Lang::Zh));
}

#[test]
fn a_paper_is_printed_and_once_more_for_a_reason() {
    let mut counter = at("registrar");
    counter.keys("4<Down><F9>");
    assert!(counter.note().contains("已写出 1 份 PDF"), "{}", counter.note());
    assert!(
        counter.screen(80, 24).contains("√ 1 份，最后一份已写出 PDF"),
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("1<F9>2<Enter>");
    assert!(counter.screen(80, 24).contains(words::ONE_MORE.say(Lang::Zh)));
    counter.keys("卡纸<Enter>4");
    assert!(counter.screen(80, 24).contains("√ 2 份"), "{}", counter.screen(80, 24));
}

#[test]
fn a_spoiled_booklet_is_replaced_and_the_number_stays() {
    let mut counter = at("registrar");
    let asked = counter.keys("<C-y>").screen(80, 24);
    assert!(
        asked.contains("1 男方 练J0000001") && asked.contains("2 女方 练J0000002"),
        "{asked}"
    );
    counter.keys("2<Enter>打印歪了<Enter>");
    assert!(counter.note().contains("练J0000003"), "{}", counter.note());
    let papers = counter.keys("4").screen(80, 24);
    assert!(
        papers.contains("结婚登记审查处理表         普通纸           已被替换"),
        "{papers}"
    );
    // The page made for the spoiled booklet is printed no more; the sheet of before says what it is.
    counter.keys("<Down><Down><Down><Down><Down><Down><F9>");
    assert_eq!(counter.note(), words::PAGE_GONE.fill(Lang::Zh, &["结婚证（女方）"]));
    let asked = counter.keys("<Up><Up><Up><Up><F9>").screen(80, 24);
    assert!(asked.contains("只能作存档副本打印"), "{asked}");
    counter.keys("<Esc>1");
    let shown = counter.screen(80, 24);
    assert!(
        shown.contains("练J0000001 练J0000003") && shown.contains("J330521-2026-000001"),
        "{shown}"
    );
}

#[test]
fn a_number_that_is_none_is_said_once() {
    let mut counter = Counter::signed_in("registrar");
    counter.show(Screen::Case(Box::new(Case::new("X1"))));
    assert!(counter.note().contains("没有业务"), "{}", counter.note());
    counter.screen(80, 24);
}

#[test]
fn a_page_is_printed_again_on_the_booklet_that_is_named_or_the_booklet_is_replaced() {
    let mut counter = at("registrar");
    counter.keys("4<Down><Down><Down><Down><F9>");
    assert!(counter.note().contains("已写出 1 份 PDF"), "{}", counter.note());
    let asked = counter.keys("<F9>").screen(80, 24);
    assert!(asked.contains("练J0000001") && asked.contains("换证"), "{asked}");
}

#[cfg(unix)]
#[test]
fn of_what_a_printer_got_a_person_says_whether_it_came_out() {
    let mut counter = at("registrar");
    counter.keys("<Esc>0");
    counter.keys("<Esc><Esc><Enter>admin<Enter>training<Enter>6<Down><Enter>/bin/true<Enter><Esc><Esc><Enter>");
    counter.keys("registrar<Enter>training<Enter>");
    counter.show(Screen::Case(Box::new(Case::new("C330521-2026-000001"))));
    let asked = counter.keys("4<F9>").screen(80, 24);
    assert!(asked.contains(words::CAME_OUT.say(Lang::Zh)), "{asked}");
    // Nobody has said it yet, so the record does not know.
    counter.keys("<Esc>");
    assert!(
        counter.screen(80, 24).contains("! 1 份，最后一份结果不明"),
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("<Down><F9>1<Enter>");
    assert!(
        counter.screen(80, 24).contains("√ 1 份，最后一份已打印"),
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("<Down><F9>2<Enter>");
    assert!(
        counter.screen(80, 24).contains("! 1 份，最后一份没有打出"),
        "{}",
        counter.screen(80, 24)
    );
}
