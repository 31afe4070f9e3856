//! Keys and bursts on a form, through `update`, with a desk that answers at once.

use super::*;
use crate::tui::event::Event;
use crate::tui::overlays::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{Counter, draft, form};

const MAN: &str = "33052119900307001X|张三丰|男|汉|19900307|浙江省德清县武康街道一号";
const WOMAN: &str = "330521199905120020|李小红|女|回|19990512|浙江省德清县";

/// A registrar at an empty form.
fn counter() -> Counter {
    counter_with(&[])
}

/// The same with some answers given before.
fn counter_with(answers: &[(&str, &str)]) -> Counter {
    let mut counter = Counter::signed_in("registrar");
    let mut draft = draft();
    for (path, answer) in answers {
        draft.answers.set_text(path, answer);
    }
    let sheet = Sheet::new(Arc::new(form()), draft, &counter.state.shared);
    counter.show(Screen::Form(Box::new(FormScreen::over(sheet))));
    counter
}

fn screen(counter: &Counter) -> &FormScreen {
    match &counter.state.stack.last().unwrap().screen {
        Screen::Form(screen) => screen,
        other => panic!("no form is seen: {other:?}"),
    }
}

fn text<'a>(counter: &'a Counter, path: &str) -> &'a str {
    screen(counter).sheet.draft.answers.text(path)
}

fn here(counter: &Counter) -> String {
    screen(counter).sheet.here().unwrap().path.clone()
}

fn scan(counter: &mut Counter, burst: &str, typed: usize) {
    let text = burst.to_owned();
    counter.event(Event::Text { text, typed });
}

#[test]
fn two_cards_fill_both_parties_and_leave_the_caret_where_something_is_missing() {
    let mut counter = counter();
    counter.keys("3");
    scan(&mut counter, MAN, 1);
    assert_eq!(here(&counter), "woman.id_no", "the next card is the other party's");
    scan(&mut counter, WOMAN, 0);
    assert_eq!(text(&counter, "man.id_no"), "33052119900307001X");
    assert_eq!(text(&counter, "woman.name"), "李小红");
    assert_eq!(text(&counter, "woman.hukou_address"), "浙江省德清县");
    assert_eq!(here(&counter), "man.declared_status");
}

#[test]
fn a_card_never_writes_over_another_person() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    scan(&mut counter, WOMAN, 0);
    let before = screen(&counter).sheet.draft.answers.clone();
    scan(&mut counter, "330521198001010019|王五", 0);
    assert_eq!(screen(&counter).sheet.draft.answers, before);
}

#[test]
fn the_womans_card_in_the_mans_column_goes_to_hers() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    counter.keys("<BackTab>");
    assert_eq!(here(&counter), "man.id_no");
    scan(&mut counter, WOMAN, 0);
    assert_eq!(
        (text(&counter, "man.name"), text(&counter, "woman.name")),
        ("张三丰", "李小红")
    );
}

#[test]
fn a_full_field_goes_on_and_a_declaration_is_never_copied() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>01");
    assert_eq!(text(&counter, "man.ethnicity"), "01");
    assert_eq!(here(&counter), "man.hukou_address");
    counter.keys("<Enter>10");
    assert_eq!(here(&counter), "woman.id_no");
    counter.keys("330521199905120020李小红<Enter>=");
    assert_eq!(text(&counter, "woman.ethnicity"), "01", "= is as the other party");
    counter.keys("<Enter>");
    assert_eq!(here(&counter), "woman.declared_status");
    counter.keys("=");
    assert_eq!(text(&counter, "woman.declared_status"), "");
    assert!(counter.note().contains("不能照抄"), "{}", counter.note());
}

#[test]
fn each_accepted_field_is_a_draft_offered_again_on_its_field() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>");
    assert_eq!(here(&counter), "man.ethnicity");
    assert!(counter.screen(80, 24).contains("已存"), "{}", counter.screen(80, 24));
    counter.keys("<Esc>");
    let home = counter.screen(80, 24);
    assert!(home.contains("a  草稿  张三丰"), "{home}");
    let Reply::Home(view) = counter.answer(Ask::Home) else {
        panic!("no home");
    };
    assert_eq!(
        view.drafts[0].field, "man.ethnicity",
        "where the caret stood, not what was accepted"
    );
    assert_eq!(view.drafts[0].answers.text("man.name"), "张三丰");
}

#[test]
fn a_card_takes_its_first_character_back_from_the_field_under_the_caret() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>01<Up>");
    assert_eq!(here(&counter), "man.ethnicity");
    counter.keys("3");
    scan(&mut counter, WOMAN, 1);
    assert_eq!(text(&counter, "man.ethnicity"), "01");
    assert_eq!(text(&counter, "woman.name"), "李小红");
}

#[test]
fn what_was_typed_is_kept_when_the_program_is_ended() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三");
    counter.event(Event::Terminated(15));
    assert_eq!(counter.exit, Some(143));
    assert_eq!(text(&counter, "man.name"), "张三");
}

#[test]
fn an_idle_screen_shows_nothing_and_takes_only_the_password() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>");
    counter.event(Event::Idle);
    let locked = counter.screen(80, 24);
    assert!(!locked.contains("张三丰") && !locked.contains("3305"), "{locked}");
    counter.keys("<Esc><F2>wrong<Enter>");
    assert!(matches!(counter.state.overlays.last(), Some(Overlay::Lock(_))));
    counter.keys("training<Enter>");
    assert!(counter.state.overlays.is_empty());
    assert!(counter.screen(80, 24).contains("张三丰"));
}

#[test]
fn keys_before_the_question_do_not_answer_it() {
    let mut counter = counter_with(&[
        ("man.id_type", "resident_id"),
        ("man.declared_status", "10"),
        ("woman.id_type", "resident_id"),
        ("woman.declared_status", "10"),
        ("check.man", "agrees"),
        ("check.woman", "agrees"),
    ]);
    scan(&mut counter, MAN, 0);
    scan(&mut counter, WOMAN, 0);
    counter.keys("<F2>");
    assert!(screen(&counter).check.is_some());
    counter.keys("<F2>");
    assert!(counter.state.deliberate().is_some(), "{}", counter.screen(80, 24));
    counter.event(Event::Early);
    assert!(counter.note().contains("不算"), "{}", counter.note());
    counter.keys("0018");
    assert!(counter.state.deliberate().is_some(), "not those four");
    counter.keys("<Esc>");
    assert!(counter.state.deliberate().is_none());
}

#[test]
fn it_draws_in_any_size() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    for keys in ["", "<F1>", "<Esc><F10>", "<Esc><F4>", "<Esc><F2>", "<F2>"] {
        counter.keys(keys);
        for (width, height) in [(1, 1), (20, 5), (40, 10), (80, 24), (120, 40), (200, 3)] {
            counter.screen(width, height);
        }
    }
}
