//! Blanks come, go to a desk and are spoiled; what will not do is asked again; who may not is told.

use super::*;
use crate::tui::screens::Screen;
use crate::tui::testing::Counter;

fn at(who: &str) -> Counter {
    let mut counter = Counter::signed_in(who);
    counter.show(Screen::Stock(Stock::default()));
    counter
}

#[test]
fn a_range_comes_in_goes_to_a_desk_and_one_is_spoiled() {
    let mut counter = at("stockkeeper");
    counter.keys("1<Enter>浙J0260001<Enter>浙J0260100<Enter>省厅<Enter>");
    assert!(counter.note().contains("100"), "{}", counter.note());
    counter.keys("2浙J0260001<Enter>浙J0260040<Enter>2<Enter>");
    assert!(counter.note().contains("40"), "{}", counter.note());
    counter.keys("3浙J0260041<Enter>破损<Enter>");
    assert_eq!(counter.note(), words::DONE.say(Lang::Zh));
    let shown = counter.screen(80, 24);
    for part in ["浙J0260001-浙J0260040", "浙J0260042-浙J0260100", "2号窗口", "库房"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    insta::assert_snapshot!("stock-80x24", shown);
    insta::assert_snapshot!("stock-120x40", counter.screen(120, 40));
    counter.screen(20, 5);
}

#[test]
fn what_was_typed_is_asked_again_with_what_is_wrong() {
    let mut counter = at("stockkeeper");
    counter.keys("1<Enter>浙J0260001<Enter>浙J9<Enter>省厅<Enter>");
    let shown = counter.screen(80, 24);
    assert!(shown.contains("浙J9") && shown.contains("省厅"), "{shown}");
    assert!(!counter.note().is_empty());
}

#[test]
fn only_a_supervisor_opens_a_block_and_a_clerk_moves_nothing() {
    let mut counter = at("supervisor");
    counter.keys("4J330521-2039-000001<Enter>J330521-2039-000500<Enter>省厅通知<Enter>");
    assert_eq!(counter.note(), words::DONE.say(Lang::Zh));
    counter.keys("1");
    assert_eq!(counter.note(), words::NOT_YOURS.say(Lang::Zh));
    let mut clerk = at("clerk");
    for digit in ["1", "2", "3", "4"] {
        clerk.keys(digit);
        assert_eq!(clerk.note(), words::NOT_YOURS.say(Lang::Zh), "{digit}");
    }
}
