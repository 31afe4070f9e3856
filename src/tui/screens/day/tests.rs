//! Every figure of a day, walking through the days, and the sheet.

use super::*;
use crate::desk::{Counted, HeldBlanks, Refusals, StockLine, StockView, WaivedLine};
use crate::tui::event::Event;
use crate::tui::screens::Screen;
use crate::tui::testing::{self, Counter};
use crate::tui::update::update;

fn full() -> DayView {
    let counted = |kind: &str, n| Counted {
        kind: kind.to_owned(),
        n,
    };
    let text = |text: &str| vec![text.to_owned()];
    DayView {
        day: testing::morning().date(),
        counts: vec![counted("marriage.registered", 12), counted("marriage.refused", 1)],
        by_actor: vec![(
            "1".to_owned(),
            "registrar".to_owned(),
            counted("marriage.registered", 12),
        )],
        refusals: vec![Refusals {
            form: "marriage".to_owned(),
            ground: "age-woman".to_owned(),
            article: "民法典 第一千零四十七条".to_owned(),
            n: 1,
        }],
        stock: StockView {
            day: testing::morning().date(),
            lines: vec![StockLine {
                kind: "marriage".to_owned(),
                opening: 482,
                received: 0,
                used: 24,
                spoiled: 1,
                closing: 457,
                used_serials: text("浙J0260118-浙J0260141"),
                spoiled_serials: text("浙J0260142"),
                withdrawn_serials: text("浙J0260007"),
                closing_serials: text("浙J0260143-浙J0260599"),
            }],
            at_desk: vec![],
            held: Vec::<HeldBlanks>::new(),
        },
        numbers: vec![],
        number_ranges: text("J330521-2026-000001 - 000012"),
        waived: vec![WaivedLine {
            item: "transport".to_owned(),
            item_name: "transport".to_owned(),
            payer: "county".to_owned(),
            payer_name: "county".to_owned(),
            n: 2,
            fen: 46_000,
        }],
        unconfirmed: 3,
        audit_seq: 77,
        audit_head: "9f3ac1".repeat(10),
    }
}

#[test]
fn every_figure_of_the_sheet_is_on_the_screen() {
    let all: String = lines::lines(&full(), Lang::Zh)
        .into_iter()
        .map(|(text, _)| text + "\n")
        .collect();
    for part in [
        "第一千零四十七条",
        "昨余 482",
        "现余 457",
        "浙J0260118-浙J0260141",
        "浙J0260007",
        "000001 - 000012",
        "460.00",
    ] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    insta::assert_snapshot!("day-lines", all);
}

#[test]
fn looks() {
    let mut state = testing::state();
    state.shared.push(Screen::Day(Day::new(testing::morning().date())));
    let asked = testing::asked(update(&mut state, Event::Resize(80, 24)));
    let view = Brought::Day(Box::new(full()));
    testing::answer(&mut state, asked[0].0, Ok(Reply::Brought(view)));
    insta::assert_snapshot!("day-80x24", testing::shown(&state, 80, 24));
    testing::typed(&mut state, "<F12>");
    insta::assert_snapshot!("day-120x40", testing::shown(&state, 120, 40));
    testing::shown(&state, 20, 5);
}

#[test]
fn the_sheet_is_stored_and_printed_where_one_may() {
    let mut counter = Counter::signed_in("supervisor");
    counter.show(Screen::Day(Day::new(testing::morning().date())));
    counter.keys("<F9>");
    assert!(counter.note().contains("已写出 1 份 PDF"), "{}", counter.note());
    let mut keeper = Counter::signed_in("stockkeeper");
    keeper.show(Screen::Day(Day::new(testing::morning().date())));
    keeper.keys("<C-o>");
    assert_eq!(keeper.note(), words::NOT_YOURS.say(Lang::Zh));
}

#[test]
fn days_are_walked_and_never_past_today() {
    let mut counter = Counter::signed_in("supervisor");
    counter.show(Screen::Day(Day::new(testing::morning().date())));
    counter.keys("<F2>");
    assert_eq!(counter.note(), words::NO_SUCH_DAY.say(Lang::Zh));
    counter.keys("<F7>");
    assert!(counter.screen(80, 24).contains("2026-11-23"));
    counter.keys("d20261101<Enter>");
    assert!(counter.screen(80, 24).contains("2026-11-01"));
    counter.keys("dx<Enter>");
    assert_eq!(counter.note(), words::NO_SUCH_DAY.say(Lang::Zh));
}

#[test]
fn what_is_to_be_paid_out_is_printed_for_the_days_that_are_asked_for() {
    let mut counter = Counter::signed_in("supervisor");
    counter.show(Screen::Day(Day::new(testing::morning().date())));
    counter.keys("p<Enter><Enter>");
    assert!(counter.note().contains("已写出 1 份 PDF"), "{}", counter.note());
    counter.keys("p<Enter><BS><BS><BS><BS><BS><BS><BS><BS><BS><BS>20261031<Enter>");
    assert!(counter.note().contains("晚于"), "{}", counter.note());
    let mut keeper = Counter::signed_in("stockkeeper");
    keeper.show(Screen::Day(Day::new(testing::morning().date())));
    keeper.keys("p");
    assert_eq!(keeper.note(), words::NOT_YOURS.say(Lang::Zh));
}
