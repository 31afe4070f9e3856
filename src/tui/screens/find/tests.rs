//! Finding by keys and by a card, choosing in what was found, and the looks of both.

use super::*;
use crate::tui::event::Event;
use crate::tui::state::State;
use crate::tui::testing::{self, Counter};
use crate::tui::update::update;

fn line(number: &str, names: [&str; 2], case: Option<&str>) -> FoundLine {
    FoundLine {
        number: number.to_owned(),
        case: case.map(str::to_owned),
        kind: "marriage".to_owned(),
        first_name: names[0].to_owned(),
        first_id: "330521********0017".to_owned(),
        second_name: names[1].to_owned(),
        second_id: "330521********0029".to_owned(),
        registered_on: testing::morning().date(),
        state: "valid".to_owned(),
        confirmation: "pending".to_owned(),
    }
}

/// Three lines found by `zsf`.
fn found(more: bool) -> State {
    let mut state = testing::state();
    state.shared.push(Screen::Find(Find::default()));
    update(&mut state, Event::Resize(80, 24));
    let asked = testing::asked(testing::typed(&mut state, "zsf<Enter>"));
    let (ticket, ask) = asked.into_iter().next().unwrap();
    assert_eq!(ask, Ask::Errand(Errand::Find("zsf".to_owned())));
    let lines = vec![
        line("J330521-2026-000112", ["张三丰", "李小红"], Some("D1")),
        line("J330521-2026-000317", ["张松福", "欧阳王芳"], Some("D2")),
        line("政字第2002208号", ["章水法", "沈阿妹"], None),
    ];
    testing::answer(
        &mut state,
        ticket,
        Ok(Reply::Brought(Brought::Found(Found { lines, more }))),
    );
    state
}

fn opened(effects: Vec<crate::tui::effect::Effect>) -> Vec<Ask> {
    testing::asked(effects).into_iter().map(|(_, ask)| ask).collect()
}

#[test]
fn digits_initials_and_pinyin_choose_and_enter_opens() {
    for (keys, case) in [
        ("<Enter>", "D1"),
        ("2<Enter>", "D2"),
        ("oywf<Enter>", "D2"),
        ("lixiao<Enter>", "D1"),
        ("000317<Enter>", "D2"),
        ("<Down><F2>", "D2"),
    ] {
        let mut state = found(false);
        let asked = opened(testing::typed(&mut state, keys));
        assert_eq!(asked, [Ask::Errand(Errand::Case(case.to_owned()))], "{keys}");
    }
}

#[test]
fn what_came_with_the_archive_says_that_there_is_no_case() {
    let mut state = found(false);
    assert_eq!(opened(testing::typed(&mut state, "3<Enter>")), []);
    assert!(state.shared.note.is_some());
}

#[test]
fn keys_typed_while_searching_choose_in_the_answer() {
    let mut state = testing::state();
    state.shared.push(Screen::Find(Find::default()));
    update(&mut state, Event::Resize(80, 24));
    let asked = testing::asked(testing::typed(&mut state, "zsf<Enter>2<Enter>"));
    assert_eq!(asked.len(), 1, "the rest waits");
    let lines = vec![line("A", ["甲", "乙"], Some("D1")), line("B", ["丙", "丁"], Some("D2"))];
    let found = Found { lines, more: false };
    let after = testing::answer(&mut state, asked[0].0, Ok(Reply::Brought(Brought::Found(found))));
    assert_eq!(opened(after), [Ask::Errand(Errand::Case("D2".to_owned()))]);
}

#[test]
fn a_card_finds_its_person_at_once() {
    let mut state = found(false);
    let text = "张三丰,男,汉,19900307,33052119900307001x,浙江省德清县".to_owned();
    let asked = opened(update(&mut state, Event::Text { text, typed: 1 }));
    assert_eq!(asked, [Ask::Errand(Errand::Find("33052119900307001X".to_owned()))]);
}

#[test]
fn looks() {
    insta::assert_snapshot!("find-80x24", testing::shown(&found(true), 80, 24));
    insta::assert_snapshot!("find-120x40", testing::shown(&found(false), 120, 40));
    for (width, height) in [(20, 5), (40, 10), (41, 11)] {
        testing::shown(&found(false), width, height);
    }
}

#[test]
fn nobody_is_found_in_an_empty_record_and_it_says_so() {
    let mut counter = Counter::signed_in("registrar");
    counter.show(Screen::Find(Find::default()));
    let shown = counter.keys("王<Enter>").screen(80, 24);
    assert!(
        shown.contains(words::FOUND_NONE.say(crate::tui::words::Lang::Zh)),
        "{shown}"
    );
    let shown = counter.keys("<F12>").screen(80, 24);
    assert!(shown.contains("Nothing found"), "{shown}");
}
