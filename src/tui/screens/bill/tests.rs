//! Keys and bursts on a bill, through `update`, with a desk that answers at once.

use super::*;
use crate::tui::event::Event;
use crate::tui::overlays::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{Counter, keys};

const DECEASED: &str = "330521194903070012|沈阿根|男|汉|19490307|浙江省德清县武康街道二号";

/// A clerk who opened a bill from home and read the card of the deceased.
fn begun() -> Counter {
    let mut counter = Counter::signed_in("clerk");
    counter.keys("2");
    scan(&mut counter, DECEASED);
    counter
}

fn scan(counter: &mut Counter, burst: &str) {
    let text = burst.to_owned();
    counter.event(Event::Text { text, typed: 0 });
}

fn bill(counter: &Counter) -> &Bill {
    match &counter.state.stack.last().unwrap().screen {
        Screen::Bill(bill) => bill,
        other => panic!("no bill is seen: {other:?}"),
    }
}

fn here(counter: &Counter) -> String {
    bill(counter)
        .field()
        .map(|field| field.path.clone())
        .unwrap_or_default()
}

/// Walks from the first field to another.
fn walk_to(counter: &mut Counter, path: &str) {
    counter.keys("<F7>");
    for _ in 0..40 {
        if here(counter) == path {
            return;
        }
        counter.keys("<Tab>");
    }
    panic!("no field {path}: {}", counter.screen(80, 24));
}

/// Everything above the bill.
const HEAD: &str = "11201122沈小明<Enter>1<Enter>+1<Enter>";

/// Six items: transport from the second floor over 12 km, five days of cold storage, cremation, storage, vigil, urn.
const SIX: &str = "1<Enter>2<Enter>12<Enter>25<Enter>35<Enter>6<Enter>8<Enter>";

#[test]
fn a_bill_of_six_items_takes_at_most_forty_keys_from_home_to_settled() {
    let mut counter = begun();
    counter.keys(HEAD);
    assert_eq!(bill(&counter).place, Place::Entry, "{}", counter.screen(80, 24));
    counter.keys(SIX);
    let settlement = bill(&counter).preview.settlement.clone().unwrap();
    assert_eq!(settlement.lines.len(), 6);
    assert_eq!((settlement.free.0, settlement.family.0), (134_000, 16_000));
    counter.keys("<F2>");
    let proof = matches!(counter.state.overlays.last(), Some(Overlay::Proof(_)));
    assert!(proof, "{}", counter.note());
    counter.keys("0012");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
    let shown = counter.screen(80, 24);
    assert!(
        shown.contains("M330521-2026-000001") && shown.contains("费用结算单"),
        "{shown}"
    );
    let count = keys("2").len() + keys(HEAD).len() + keys(SIX).len() + keys("<F2>0012").len();
    assert_eq!(count, 40);
}

#[test]
fn the_caret_goes_only_where_something_is_needed() {
    let mut counter = begun();
    assert_eq!(here(&counter), "dates.death");
    counter.keys("1120");
    assert_eq!(here(&counter), "dates.cremation");
    counter.keys("1122");
    assert_eq!(here(&counter), "applicant.name");
    counter.keys("沈小明<Enter>");
    assert_eq!(here(&counter), "classes");
    counter.keys("1<Enter>");
    assert_eq!(here(&counter), "facts.hukou");
    counter.keys("+");
    assert_eq!(here(&counter), "evidence", "that fact is enough for the class");
}

#[test]
fn a_second_card_is_the_applicants() {
    let mut counter = begun();
    scan(&mut counter, "330521199003070028|沈小红|女|汉|19900307|浙江省德清县");
    let answers = &bill(&counter).draft.answers;
    assert_eq!(answers.text("deceased.name"), "沈阿根");
    assert_eq!(
        (answers.text("applicant.name"), answers.text("applicant.id_no")),
        ("沈小红", "330521199003070028")
    );
}

#[test]
fn what_is_typed_is_kept_and_offered_again() {
    let mut counter = begun();
    counter.keys(HEAD).keys("25<Enter>");
    counter.keys("<Esc>");
    assert!(matches!(counter.state.stack.last().unwrap().screen, Screen::Home(_)));
    counter.keys("a");
    assert_eq!(bill(&counter).rows().len(), 1);
    assert_eq!(bill(&counter).preview.settlement.as_ref().unwrap().family.0, 16_000);
    assert_eq!(bill(&counter).place, Place::Entry);
}

#[test]
fn lines_are_picked_by_pinyin_or_code_changed_and_taken_out() {
    let mut counter = begun();
    counter.keys(HEAD).keys("ptlc<Enter>3<Enter>VISIT<Enter>2<Enter>");
    let family = |counter: &Counter| {
        bill(counter)
            .preview
            .settlement
            .as_ref()
            .map(|s| (s.listed.0, s.family.0))
    };
    assert_eq!(family(&counter), Some((28_000, 0)));
    counter.keys("<Up><Up><Enter><BS>4<Enter>");
    assert_eq!(family(&counter), Some((36_000, 8_000)));
    counter.keys("<Up>-");
    assert_eq!(family(&counter), Some((32_000, 8_000)));
    counter.keys("<Down>9<Enter>");
    assert!(
        bill(&counter).entry.item().is_some(),
        "that urn has no price on the list"
    );
    counter.keys("1200<Enter>");
    assert_eq!(family(&counter), Some((152_000, 128_000)));
}

#[test]
fn what_keeps_it_from_being_settled_is_said_and_nothing_is_asked() {
    let mut counter = begun();
    counter.keys("11201122沈小明<Enter><F2>");
    assert!(counter.state.overlays.is_empty());
    assert!(!counter.note().is_empty());
    counter.keys("<F11>");
    assert_eq!(here(&counter), "classes");
}

#[test]
fn looks() {
    let mut counter = begun();
    counter.keys(HEAD).keys(SIX).keys("<Up><Up><Up><Up><Up>");
    insta::assert_snapshot!("bill-80x24", counter.screen(80, 24));
    insta::assert_snapshot!("bill-120x40", counter.screen(120, 40));
    counter.keys("<Down><Down><Down><Down><Down><Down>gh");
    insta::assert_snapshot!("bill-picking-80x24", counter.screen(80, 24));
    for (width, height) in [(20, 5), (40, 10), (41, 11), (60, 12)] {
        counter.screen(width, height);
    }
}

#[test]
fn a_settlement_is_followed_from_its_case_and_the_difference_is_settled() {
    let mut counter = begun();
    counter.keys(HEAD).keys(SIX).keys("<F2>0012<Esc>");
    counter.show(Screen::Case(Box::new(crate::tui::screens::Case::new(
        "M330521-2026-000001",
    ))));
    let shown = counter.screen(120, 40);
    assert!(
        shown.contains("合计  应收 1500.00  减免 1340.00  自付 160.00"),
        "{shown}"
    );
    counter.keys("<C-y>");
    assert!(counter.state.overlays.is_empty(), "a clerk does not void");
    counter.keys("<F2>补交低保证<Enter>");
    assert_eq!(bill(&counter).rows().len(), 6, "{}", counter.note());
    counter.keys("<F7><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>");
    assert_eq!(here(&counter), "classes");
    counter.keys("2<Tab><Tab><Tab>");
    assert_eq!(here(&counter), "evidence");
    counter.keys("2<F2>0012");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
    counter.show(Screen::Case(Box::new(crate::tui::screens::Case::new(
        "M330521-2026-000002",
    ))));
    let shown = counter.screen(120, 40);
    assert!(shown.contains("减免 160.00  自付 -160.00  ← M33"), "{shown}");
}

#[test]
fn a_supervisor_approves_what_is_free_otherwise_and_nobody_their_own() {
    let mut counter = begun();
    counter.keys(HEAD).keys(SIX).keys("<Up><Up><Up><Up><Up>");
    let family = |counter: &Counter| bill(counter).preview.settlement.as_ref().map(|s| s.family.0);
    counter.keys("<C-e>400<Enter>特别困难<Enter>clerk<Enter>training<Enter>");
    assert_eq!(family(&counter), Some(16_000), "{}", counter.note());
    assert!(!counter.note().is_empty());
    counter.keys("<C-e>400<Enter>特别困难<Enter>supervisor<Enter>training<Enter>");
    assert_eq!(family(&counter), Some(0), "{}", counter.note());
    counter.keys("<F2>0012");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
    counter.keys("<Esc>2");
    scan(&mut counter, "330521199003070028|沈小红|女|汉|19900307|浙江省德清县");
    counter
        .keys(HEAD)
        .keys("25<Enter><Up><C-e>0<Enter>x<Enter>nobody<Enter>x<Enter>");
    assert_eq!(family(&counter), Some(16_000));
}

#[test]
fn an_approval_goes_when_the_bill_changes() {
    let mut counter = begun();
    counter
        .keys(HEAD)
        .keys("25<Enter><Up><C-e>400<Enter>x<Enter>supervisor<Enter>training<Enter>");
    let family = |counter: &Counter| bill(counter).preview.settlement.as_ref().map(|s| s.family.0);
    assert_eq!(family(&counter), Some(0), "{}", counter.note());
    counter.keys("<Down>3");
    assert_eq!(family(&counter), Some(16_000));
}

#[test]
fn the_price_list_for_the_wall_is_printed_from_the_bill() {
    let mut counter = begun();
    counter.keys("<F9>");
    assert!(counter.note().contains("已写出 1 份 PDF"), "{}", counter.note());
}

#[test]
fn a_bill_by_a_price_list_alone_asks_for_no_class_and_stays_so() {
    let mut counter = begun();
    counter.keys("<F4>").keys("yantai<Enter>");
    assert_eq!(
        bill(&counter).draft.answers.text("tariff"),
        "yantai",
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("11201122沈小明<Enter>");
    assert_eq!(bill(&counter).place, Place::Entry, "{}", counter.screen(80, 24));
    counter.keys("CREMATE<Enter><Esc>a");
    let settlement = bill(&counter).preview.settlement.clone().unwrap();
    assert_eq!((settlement.listed.0, settlement.free.0), (12_000, 0));
    assert!(counter.screen(80, 24).contains("全额结算"));
}

#[test]
fn a_deceased_without_a_number_is_settled_by_name_and_birth() {
    let mut counter = Counter::signed_in("clerk");
    counter.keys("2沈阿根<Enter>");
    assert_eq!(here(&counter), "deceased.id_no");
    counter.keys("<Enter>");
    assert_eq!(here(&counter), "deceased.birth");
    counter.keys("19490307");
    assert_eq!(here(&counter), "dates.death", "eight digits are a birth");
    counter.keys(HEAD).keys("25<Enter><F2>");
    assert!(counter.screen(80, 24).contains("死亡日期的月日"), "{}", counter.note());
    counter.keys("1120");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
    // The same name and day once more: somebody must say why this is another person.
    counter.keys("<Esc>2");
    scan(&mut counter, DECEASED);
    counter.keys(HEAD).keys("25<Enter><F2>");
    assert!(counter.screen(80, 24).contains("同名"), "{}", counter.screen(80, 24));
    counter.keys("住址不同<Enter>");
    assert!(
        matches!(counter.state.overlays.last(), Some(Overlay::Proof(_))),
        "{}",
        counter.note()
    );
    counter.keys("0012");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
}

#[test]
fn a_quantity_may_be_told_as_two_times_where_the_unit_is_one_of_time() {
    let mut counter = begun();
    counter.keys(HEAD).keys("211201500-11220900<Enter>");
    let line = bill(&counter).preview.settlement.as_ref().unwrap().lines[0].clone();
    assert_eq!(
        (line.quantity.to_string().as_str(), line.listed.0),
        ("2", 16_000),
        "42 hours, each started day"
    );
    counter.keys("<Up><Enter>");
    assert!(counter.screen(80, 24).contains("11201500-11220900"));
    counter.keys("<C-u>11220900-11201500<Enter>");
    assert_eq!(counter.note(), words::BILL_NO_TIMES.say(crate::tui::words::Lang::Zh));
    counter.keys("<C-u>3<Enter>");
    assert_eq!(bill(&counter).preview.settlement.as_ref().unwrap().listed.0, 24_000);
    counter.keys("51-2<Enter>");
    assert_eq!(
        counter.note(),
        words::BILL_NO_QUANTITY.say(crate::tui::words::Lang::Zh),
        "a year is no time of day"
    );
}

#[test]
fn an_invoice_from_elsewhere_asks_where_the_money_goes_and_lines_are_rejected() {
    let mut counter = Counter::signed_in("clerk");
    counter.keys("2<F4>heihe<Enter>");
    scan(&mut counter, "440524188001010014|钱大海|男|汉|18800101|外地");
    counter.keys("11011103钱小海<Enter>");
    walk_to(&mut counter, "offsite.hall");
    counter.keys("外地殡仪馆<Enter>");
    assert_eq!(here(&counter), "account.name", "{}", counter.screen(80, 24));
    counter.keys("钱小海<Enter>某银行<Enter>6222000000000000<Enter>");
    assert_eq!(here(&counter), "classes");
    counter.keys("1<Enter>231102");
    walk_to(&mut counter, "facts.benefit_elsewhere");
    counter.keys("0");
    walk_to(&mut counter, "evidence");
    counter.keys("1<Enter>");
    assert_eq!(bill(&counter).place, Place::Entry, "{}", counter.screen(80, 24));
    counter.keys("CREMATE<Enter>300<Enter>COLD<Enter>3<Enter>110<Enter>");
    let sums = |counter: &Counter| {
        bill(counter)
            .preview
            .settlement
            .as_ref()
            .map(|s| (s.free.0, s.family.0))
    };
    assert_eq!(sums(&counter), Some((63_000, 0)), "{}", counter.screen(80, 24));
    counter.keys("<Up><C-e>发票与本人不符<Enter>");
    assert_eq!(sums(&counter), Some((30_000, 33_000)), "{}", counter.note());
    insta::assert_snapshot!("bill-elsewhere-80x24", counter.screen(80, 24));
    counter.keys("<F2>0014");
    assert!(
        matches!(counter.state.stack.last().unwrap().screen, Screen::Done(_)),
        "{}",
        counter.note()
    );
}

#[test]
fn a_refused_bill_names_its_grounds_before_the_digits() {
    let mut counter = begun();
    counter
        .keys("11201122沈小明<Enter>1<Enter>1101010<Enter>")
        .keys("1<Enter>2<Enter>12<Enter>");
    counter.keys("<F8>");
    let asked = counter.screen(80, 24);
    for said in ["不予办理的理由", "不享受本政策", "《凡具有", "末四位"] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
}
