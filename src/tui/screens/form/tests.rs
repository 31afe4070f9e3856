//! Keys and bursts on the marriage form, through `update`, with a desk that answers at once.

use super::*;
use crate::tui::effect::{Ask, Effect};
use crate::tui::event::Event;
use crate::tui::overlays::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{Counter, typed};

const MAN: &str = "33052119900307001X|张三丰|男|汉|19900307|浙江省德清县武康街道一号";
const WOMAN: &str = "330521199905120020|李小红|女|回|19990512|浙江省德清县";
/// Nineteen years old.
const YOUNG: &str = "330521200612010026|李小红|女|汉|20061201|浙江省德清县";

/// A registrar at an empty form.
fn counter() -> Counter {
    let mut counter = Counter::signed_in("registrar");
    counter.keys("1");
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

/// Everything that must be answered, with two cards read.
fn answered(woman: &str) -> Counter {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    scan(&mut counter, woman, 0);
    counter.keys("<Enter><Enter>10<Enter><Enter><Enter><Enter>10<Enter><Enter>1<Enter>1<Enter>");
    counter
}

fn drafts(counter: &mut Counter) -> Vec<Draft> {
    match counter.answer(Ask::Home) {
        Reply::Home(view) => view.drafts,
        other => panic!("no home: {other:?}"),
    }
}

#[test]
fn two_cards_fill_both_parties_and_leave_the_caret_where_something_is_missing() {
    let mut counter = counter();
    assert_eq!(here(&counter), "man.id_no");
    counter.keys("3");
    scan(&mut counter, MAN, 1);
    assert_eq!(here(&counter), "woman.id_no", "the next card is the other party's");
    scan(&mut counter, WOMAN, 0);
    assert_eq!(text(&counter, "man.id_no"), "33052119900307001X");
    assert_eq!(text(&counter, "man.ethnicity"), "01");
    assert_eq!(text(&counter, "woman.name"), "李小红");
    assert_eq!(text(&counter, "woman.ethnicity"), "03");
    assert_eq!(text(&counter, "woman.hukou_address"), "浙江省德清县");
    assert_eq!(here(&counter), "man.occupation");
}

#[test]
fn a_card_never_writes_over_another_person() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    scan(&mut counter, WOMAN, 0);
    let before = screen(&counter).sheet.draft.answers.clone();
    scan(&mut counter, "330521198001010019|王五", 0);
    assert_eq!(screen(&counter).sheet.draft.answers, before);
    assert!(counter.note().contains("另一个证件号码"), "{}", counter.note());
}

#[test]
fn the_womans_card_in_the_mans_column_goes_to_hers() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    counter.keys("<BackTab>");
    assert_eq!(here(&counter), "man.id_no");
    scan(&mut counter, WOMAN, 0);
    let names = (text(&counter, "man.name"), text(&counter, "woman.name"));
    assert_eq!(names, ("张三丰", "李小红"));
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
fn a_full_field_goes_on_and_a_declaration_is_never_copied() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>01");
    assert_eq!(text(&counter, "man.ethnicity"), "01");
    assert_eq!(here(&counter), "man.occupation");
    counter.keys("<Enter><Enter><Enter><Enter>10<Enter><Enter>");
    assert_eq!(here(&counter), "woman.id_no");
    counter.keys("330521199905120020李小红<Enter>=");
    assert_eq!(text(&counter, "woman.ethnicity"), "01", "= is as the other party");
    counter.keys("<Enter><Enter>+武康街道<Enter>");
    assert_eq!(
        text(&counter, "woman.hukou_address"),
        "浙江省湖州市德清县武康街道",
        "+ begins with what is usual here"
    );
    assert_eq!(here(&counter), "woman.declared_status");
    counter.keys("=");
    assert_eq!(text(&counter, "woman.declared_status"), "");
    assert!(counter.note().contains("不能照抄"), "{}", counter.note());
    counter.keys("10+1");
    assert_eq!(
        screen(&counter).sheet.input.text(),
        "+1",
        "a sign that is a value of a phone"
    );
}

#[test]
fn initials_that_fit_several_lines_open_the_list() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>hz<Enter>");
    let open = matches!(counter.state.overlays.last(), Some(Overlay::Pick(_)));
    assert!(open, "{}", counter.screen(80, 24));
    counter.keys("<Down><Enter>");
    let chosen = text(&counter, "man.ethnicity").to_owned();
    assert!(chosen.len() == 2 && chosen != "hz", "{chosen}");
    assert_eq!(here(&counter), "man.occupation");
    counter.keys("<Enter><F4>本科<Enter>");
    assert_eq!(text(&counter, "man.education"), "20");
}

#[test]
fn a_long_name_of_a_nation_is_not_cut_where_its_code_would_end() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>维吾尔族<Enter>");
    assert_eq!(text(&counter, "man.ethnicity"), "05");
}

#[test]
fn each_accepted_field_is_a_draft_offered_again_on_its_field() {
    let mut counter = counter();
    assert!(drafts(&mut counter).is_empty(), "what a form begins with is no draft");
    counter.keys("33052119900307001X张三丰<Enter>");
    assert!(counter.screen(80, 24).contains("已存"), "{}", counter.screen(80, 24));
    let saved = drafts(&mut counter);
    assert_eq!(
        saved[0].field, "man.ethnicity",
        "where the caret stands, not what was accepted"
    );
    assert_eq!(saved[0].answers.text("man.name"), "张三丰");
    counter.keys("<Tab>");
    assert_eq!(drafts(&mut counter)[0].field, "woman.ethnicity");
    counter.keys("<Esc>");
    assert!(
        counter.screen(80, 24).contains("a  草稿  张三丰"),
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("a");
    assert_eq!(here(&counter), "woman.ethnicity");
    assert_eq!(drafts(&mut counter).len(), 1);
}

#[test]
fn what_was_typed_is_kept_when_the_program_is_ended() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三");
    counter.event(Event::Terminated(15));
    assert_eq!(counter.exit, Some(143));
    let draft = drafts(&mut counter).remove(0);
    assert_eq!(
        (draft.field.as_str(), draft.typed.as_deref()),
        ("man.name", Some("张三"))
    );
}

#[test]
fn a_word_that_may_mean_several_lines_is_kept_as_it_stands() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>hz<Esc>");
    let draft = drafts(&mut counter).remove(0);
    assert_eq!(
        (draft.typed.as_deref(), draft.answers.text("man.ethnicity")),
        (Some("hz"), "")
    );
    counter.keys("a");
    assert_eq!(screen(&counter).sheet.input.text(), "hz");
}

/// What the title calls saved is saved: the field under the caret included.
#[test]
fn saved_is_said_of_what_stands_in_the_field_too() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>01工");
    assert!(counter.screen(80, 24).contains("未存"), "{}", counter.screen(80, 24));
    counter.event(Event::Pause);
    assert!(counter.screen(80, 24).contains("已存"), "{}", counter.screen(80, 24));
    counter.keys("程");
    assert!(counter.screen(80, 24).contains("未存"), "{}", counter.screen(80, 24));
    counter.event(Event::Pause);
    let draft = drafts(&mut counter).remove(0);
    assert_eq!(
        (draft.field.as_str(), draft.typed.as_deref()),
        ("man.occupation", Some("工程"))
    );
    // The screen is gone as with kill -9: nothing is asked of it any more.
    counter.state.stack.pop();
    counter.show(Screen::Home(Default::default()));
    counter.keys("a");
    assert_eq!(here(&counter), "man.occupation");
    assert_eq!(screen(&counter).sheet.input.text(), "工程");
    counter.keys("师<Enter>");
    assert_eq!(text(&counter, "man.occupation"), "工程师");
    assert_eq!(drafts(&mut counter)[0].typed, None, "an answer now");
}

#[test]
fn the_first_thing_typed_into_a_form_is_kept_though_nothing_was_accepted() {
    let mut counter = counter();
    counter.keys("3305").event(Event::Pause);
    assert_eq!(drafts(&mut counter)[0].typed.as_deref(), Some("3305"));
}

#[test]
fn a_draft_opened_again_in_another_program_is_no_twin_of_itself() {
    let mut counter = answered(WOMAN);
    counter.keys("<Esc>");
    counter.restart("registrar");
    counter.keys("a");
    let twin = screen(&counter)
        .sheet
        .examination
        .findings
        .iter()
        .find(|said| said.says.contains("暂存"));
    assert_eq!(twin, None);
}

#[test]
fn an_enter_behind_a_field_that_went_on_by_itself_skips_nothing() {
    let mut counter = counter();
    counter.keys("33052119900307001X<Enter>张三丰<Enter>01<Enter>");
    assert_eq!(here(&counter), "man.occupation");
    assert_eq!(text(&counter, "man.name"), "张三丰");
    counter.keys("<Enter>");
    assert_eq!(here(&counter), "man.education", "a second one skips");
}

#[test]
fn a_long_number_typed_into_a_code_stays_there_whole() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>330521199905120020");
    assert_eq!(here(&counter), "man.ethnicity");
    assert_eq!(screen(&counter).sheet.input.text(), "330521199905120020");
    assert_eq!(text(&counter, "man.occupation"), "");
    assert_eq!(text(&counter, "man.ethnicity"), "", "33 was taken back");
    counter.keys("<Enter>");
    assert_eq!(here(&counter), "man.ethnicity", "what cannot be read holds the caret");
    counter.keys("01");
    assert_eq!(text(&counter, "man.ethnicity"), "01");
    // Codes one after the other, and a phone behind them, are no such number.
    counter.keys("农民<Enter>90<Tab><BackTab><Enter>1013800000000<Enter>");
    let phone = (text(&counter, "man.declared_status"), text(&counter, "man.phone"));
    assert_eq!(phone, ("10", "13800000000"));
}

#[test]
fn a_number_with_a_wrong_digit_holds_the_caret_and_says_so_to_the_end() {
    let mut counter = counter();
    counter.keys("330521199003070018");
    assert_eq!(here(&counter), "man.id_no");
    let form = counter.screen(80, 24);
    assert!(
        form.contains("! 证件号码") && form.replace(['\n', ' '], "").contains("输错一位"),
        "{form}"
    );
    counter.keys("<BS>");
    assert!(!counter.screen(80, 24).contains("输错一位"), "it is being put right");
    counter.keys("X张三丰");
    assert_eq!(
        (here(&counter).as_str(), text(&counter, "man.id_no")),
        ("man.name", "33052119900307001X")
    );
}

#[test]
fn a_card_goes_to_the_party_that_it_can_be_of() {
    for (first, second) in [(WOMAN, MAN), (YOUNG, MAN)] {
        let mut counter = counter();
        scan(&mut counter, first, 0);
        assert_eq!(text(&counter, "woman.name"), "李小红", "{}", counter.note());
        assert!(counter.note().contains("女方"), "{}", counter.note());
        assert_eq!(here(&counter), "man.id_no");
        counter.keys("<Tab>");
        scan(&mut counter, second, 0);
        assert_eq!(text(&counter, "man.name"), "张三丰", "{}", counter.note());
    }
    let mut counter = counter();
    scan(&mut counter, WOMAN, 0);
    scan(&mut counter, "330521198502020020|赵六|女|汉", 0);
    assert_eq!(text(&counter, "man.id_no"), "", "a second woman is no man");
    assert!(counter.note().contains("女方已有另一个证件号码"), "{}", counter.note());
}

#[test]
fn an_emptied_number_takes_the_next_card_at_once() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    counter.keys("<BackTab><C-u>3");
    assert_eq!(here(&counter), "man.id_no");
    scan(&mut counter, "330521198001010019|王五|男|汉|19800101|浙江省德清县", 1);
    assert_eq!(text(&counter, "man.name"), "王五", "{}", counter.note());
}

#[test]
fn a_card_that_cannot_be_read_leaves_everything_as_it_was() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter>01<Up>");
    let before = screen(&counter).sheet.draft.answers.clone();
    counter.keys("3");
    scan(&mut counter, "330521199905120021|李小红|女|回|19990512|浙江省德清县", 1);
    assert!(counter.note().contains("读不出"), "{}", counter.note());
    assert_eq!(screen(&counter).sheet.draft.answers, before);
    assert_eq!(screen(&counter).sheet.typed(), None);
}

#[test]
fn nothing_left_to_fill_in_is_never_said_beside_something_wrong() {
    let mut counter = answered(YOUNG);
    counter.keys("<Enter>");
    let form = counter.screen(80, 24);
    assert!(!form.contains("没有还要填的了") && form.contains("F11"), "{form}");
    let mut counter = answered(WOMAN);
    counter.keys("<Enter>");
    let form = counter.screen(80, 24);
    assert!(form.contains("√ 没有还要填的了"), "{form}");
}

#[test]
fn findings_are_walked_heaviest_first_and_each_is_said_on_its_field() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    scan(&mut counter, YOUNG, 0);
    counter.keys("<F11>");
    assert_eq!(here(&counter), "woman.birth");
    let form = counter.screen(80, 24);
    assert!(form.contains("! 女方未满20周岁"), "{form}");
    counter.keys("<F11>");
    let form = counter.screen(80, 24);
    assert!(
        here(&counter) == "man.declared_status" && form.contains("婚姻状况：必须填写"),
        "{form}"
    );
}

#[test]
fn a_reason_that_is_wanted_is_asked_for_in_its_own_field() {
    let mut counter = answered(WOMAN);
    counter.keys("<BackTab>3<Enter><F11>");
    assert_eq!(here(&counter), "check.man");
    let form = counter.screen(80, 24);
    assert!(form.contains("写明原因"), "{form}");
    counter.keys("<Enter>网络中断<Enter>");
    let confirmed = &screen(&counter).sheet.draft.confirm;
    assert!(
        confirmed.values().any(|reason| reason == "网络中断"),
        "{}",
        counter.screen(80, 24)
    );
}

#[test]
fn an_area_is_no_number_and_what_was_put_right_goes_with_its_card() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    let area = screen(&counter).sheet.position("man.area").unwrap();
    while screen(&counter).sheet.at() != area {
        counter.keys("<Tab>");
    }
    counter.keys("<Enter>20280301<Enter>证件<Enter>");
    assert!(
        screen(&counter).sheet.draft.answers.overrides.is_empty(),
        "{}",
        counter.note()
    );
    counter.keys("330502<Enter><Enter>");
    let by_hand = &screen(&counter).sheet.draft.answers.overrides["man.area"];
    assert_eq!(by_hand.value, crate::forms::Answer::Text("浙江省湖州市吴兴区".into()));
    while here(&counter) != "man.id_no" {
        counter.keys("<BackTab>");
    }
    counter.keys("<C-u>");
    scan(&mut counter, "330521198001010019|王五|男|汉|19800101|浙江省德清县", 0);
    assert!(
        screen(&counter).sheet.draft.answers.overrides.is_empty(),
        "another man's"
    );
}

#[test]
fn the_grounds_are_read_before_the_digits_are_asked_for() {
    let mut counter = answered(YOUNG);
    counter.keys("<F8>");
    let asked = counter.screen(80, 24);
    for said in ["不予办理的理由", "女方未满20周岁", "民法典", "末四位"] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    let mut counter = answered(WOMAN);
    counter.keys("<F8>自愿<Enter>");
    let asked = counter.screen(80, 24);
    assert!(
        asked.contains("自愿") && asked.contains('《') && asked.contains("末四位"),
        "{asked}"
    );
}

#[test]
fn the_list_opens_on_the_value_and_esc_goes_back_to_the_field() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    while here(&counter) != "man.hukou_address" {
        counter.keys("<Tab>");
    }
    counter.keys("<C-u>330521<F4><Enter>武康街道二号<F4>");
    let list = counter.screen(80, 24);
    assert!(list.contains("> 330521") && list.contains("330522"), "{list}");
    counter.keys("<Esc>");
    assert_eq!(screen(&counter).sheet.input.text(), "浙江省湖州市德清县武康街道二号");
    assert_eq!(here(&counter), "man.hukou_address");
    counter.keys("<F4><Down><Enter>");
    assert_eq!(screen(&counter).sheet.input.text(), "浙江省湖州市长兴县武康街道二号");
    counter.keys("<Enter>");
    while here(&counter) != "man.ethnicity" {
        counter.keys("<BackTab>");
    }
    counter.keys("<F4>");
    assert!(
        counter.screen(80, 24).contains("> 01 汉族"),
        "{}",
        counter.screen(80, 24)
    );
}

#[test]
fn numbers_are_whole_in_both_languages_and_what_is_cut_says_so() {
    let mut counter = answered(WOMAN);
    for _ in 0..2 {
        let form = counter.screen(80, 24);
        assert!(
            form.contains("33052119900307001X") && form.contains("330521199905120020"),
            "{form}"
        );
        counter.keys("<F2>");
        let check = counter.screen(80, 24);
        assert!(
            check.contains("33052119900307001X") && check.contains("330521199905120020"),
            "{check}"
        );
        counter.keys("<F7><F12>");
    }
    let small = counter.screen(40, 10);
    assert!(!small.contains("浙江省德\n") && small.contains('…'), "{small}");
}

#[test]
fn what_cannot_be_seen_is_not_obeyed() {
    let mut counter = counter();
    counter.event(Event::Resize(39, 10));
    counter.keys("33052119900307001X<Esc><F2>").event(Event::Text {
        text: MAN.into(),
        typed: 0,
    });
    counter.event(Event::Resize(80, 24));
    assert_eq!(here(&counter), "man.id_no");
    assert_eq!(
        (text(&counter, "man.id_no"), screen(&counter).sheet.typed()),
        ("", None)
    );
}

#[test]
fn a_locked_screen_shows_nothing_of_a_case_whatever_was_asked() {
    let mut counter = answered(YOUNG);
    counter.keys("<F8>");
    counter.event(Event::Idle);
    let locked = counter.screen(80, 24);
    assert!(!locked.contains("女方") && !locked.contains("末四位"), "{locked}");
    counter.state.shared.tell("!", "男方·证件号码：不对");
    assert!(!counter.screen(80, 24).contains("男方"));
    counter.keys("wrong<Enter>");
    assert!(counter.screen(80, 24).contains("密码不"), "{}", counter.screen(80, 24));
}

#[test]
fn a_draft_goes_only_where_a_person_says_so() {
    let mut counter = counter();
    counter.keys("33052119900307001X张三丰<Enter><C-x>n");
    assert_eq!(drafts(&mut counter).len(), 1);
    counter.keys("<C-x>y");
    assert!(drafts(&mut counter).is_empty());
    assert!(
        counter.screen(80, 24).contains("没有等待处理的事"),
        "{}",
        counter.screen(80, 24)
    );
}

#[test]
fn an_accepted_case_is_taken_on_by_a_registrar() {
    let mut counter = Counter::signed_in("clerk");
    counter.keys("1");
    scan(&mut counter, MAN, 0);
    scan(&mut counter, WOMAN, 0);
    counter.keys("<Enter><Enter>10<Enter><Enter><Enter><Enter>10<Enter><Enter>1<Enter>1<Enter><F8>");
    assert!(counter.note().contains("登记员"), "{}", counter.note());
    counter.keys("<F2><F2>001X");
    assert!(counter.screen(80, 24).contains("已受理"), "{}", counter.screen(80, 24));
    counter.keys("<Esc><Esc><Enter>registrar<Enter>training<Enter>a");
    assert_eq!(text(&counter, "man.name"), "张三丰");
    counter.keys("<F2><F2>001X");
    assert!(
        counter.screen(80, 24).contains("J330521-2026-000001"),
        "{}",
        counter.screen(80, 24)
    );
}

#[test]
fn any_keys_at_all_end_in_no_panic() {
    let mut counter = counter();
    let keys = [
        "1",
        "2",
        "a",
        "张",
        "X",
        "=",
        "+",
        " ",
        "<Enter>",
        "<Enter>",
        "<Tab>",
        "<BackTab>",
        "<Up>",
        "<Down>",
        "<BS>",
        "<F1>",
        "<F2>",
        "<F4>",
        "<F5>",
        "<F7>",
        "<F8>",
        "<F9>",
        "<F10>",
        "<F11>",
        "<F12>",
        "<C-e>",
        "<C-u>",
        "<Esc>",
    ];
    let mut seed = 42_u64;
    for step in 0..1500 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(seed >> 33).unwrap();
        counter.keys(keys[at % keys.len()]);
        if step % 50 == 0 {
            scan(&mut counter, [MAN, WOMAN, "x|y", ""][at % 4], at % 2);
            counter.screen(80, 24);
            counter.screen(20, 5);
        }
    }
    assert!(!counter.state.stack.is_empty());
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
fn a_couple_is_registered_by_four_characters_typed_after_the_question() {
    let mut counter = answered(WOMAN);
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
    assert_eq!(drafts(&mut counter).len(), 1, "Esc did nothing");
    counter.keys("<F2>001x");
    let done = counter.screen(80, 24);
    assert!(
        done.contains("J330521-2026-000001") && done.contains("未打印\n"),
        "{done}"
    );
    assert!(drafts(&mut counter).is_empty(), "the draft went with the act");
    counter.keys("<F9>");
    let done = counter.screen(80, 24);
    assert!(!done.contains("未打印\n"), "{done}");
    counter.keys("<Enter>");
    assert!(
        matches!(counter.state.overlays.last(), Some(Overlay::Prompt(_))),
        "one more needs a reason"
    );
    counter.keys("卡纸<Enter>");
    assert!(counter.note().starts_with("已写出 1 份 PDF"), "{}", counter.note());
    counter.keys("<Esc>");
    assert!(
        counter.screen(80, 24).contains("今日 1 对"),
        "{}",
        counter.screen(80, 24)
    );
}

/// A double press of everything, a batch typed blindly: nobody is registered by keys that nobody aimed.
#[test]
fn type_ahead_registers_nobody() {
    let mut counter = answered(WOMAN);
    let effects = typed(&mut counter.state, "<F2><F2>001X001X");
    let handed = |effect: &Effect| matches!(effect, Effect::Ask(_, ask) if matches!(**ask, Ask::HandIn(_)));
    assert!(!effects.iter().any(handed));
    let Some(Effect::Ask(ticket, ask)) = effects.into_iter().next_back() else {
        panic!("nothing was asked");
    };
    let reply = counter.answer(*ask);
    let effects = crate::tui::testing::answer(&mut counter.state, ticket, Ok(reply));
    assert!(!effects.iter().any(handed));
    assert!(
        counter.state.deliberate().is_some(),
        "F2 was done, the digits were not for it"
    );
    assert!(counter.note().contains("不算"), "{}", counter.note());
}

#[test]
fn where_the_law_says_no_the_case_can_only_be_refused() {
    let mut counter = answered(YOUNG);
    let form = counter.screen(80, 24);
    assert!(form.contains("! 出生日期"), "{form}");
    counter.keys("<F2><F2>");
    assert!(counter.state.deliberate().is_none());
    assert!(counter.note().contains("还差"), "{}", counter.note());
    counter.keys("<F8>001X");
    let done = counter.screen(80, 24);
    assert!(done.contains("已按不予办理结案") && done.contains("不予办理"), "{done}");
    counter.keys("<F9>");
    assert!(counter.note().starts_with("已写出 1 份 PDF"), "{}", counter.note());
}

#[test]
fn a_person_may_refuse_on_a_ground_that_no_rule_computes() {
    let mut counter = answered(WOMAN);
    counter.keys("<F8>自愿<Enter>");
    assert!(counter.state.deliberate().is_some(), "{}", counter.screen(80, 24));
    counter.keys("001X");
    let done = counter.screen(80, 24);
    assert!(done.contains("已按不予办理结案"), "{done}");
}

#[test]
fn a_check_that_was_not_made_needs_a_reason_and_another_person_needs_another() {
    let mut counter = answered(WOMAN);
    counter.keys("<BackTab>");
    assert_eq!(here(&counter), "check.man");
    counter.keys("3<Enter><F2>");
    let open = screen(&counter).sheet.open_points().len();
    assert!(open > 0, "{}", counter.screen(80, 24));
    counter.keys("<F11><Enter>");
    assert!(
        matches!(counter.state.overlays.last(), Some(Overlay::Prompt(_))),
        "{}",
        counter.screen(80, 24)
    );
    counter.keys("网络中断<Enter>");
    assert_eq!(screen(&counter).sheet.open_points().len(), open - 1);
    let confirmed = screen(&counter).sheet.draft.confirm.clone();
    assert!(confirmed.values().any(|reason| reason == "网络中断"));
    assert_eq!(drafts(&mut counter)[0].confirm, confirmed);
}

#[test]
fn a_derived_value_is_put_right_with_a_reason() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    let birth = screen(&counter).sheet.position("man.birth");
    while screen(&counter).sheet.at() != birth.unwrap() {
        counter.keys("<Tab>");
    }
    counter.keys("5");
    assert!(counter.note().contains("^E"), "{}", counter.note());
    counter.keys("<Enter>");
    let asked = counter.screen(80, 24);
    assert!(asked.contains("更正：男方·出生日期"), "{asked}");
    counter.keys("<Tab><Enter>");
    assert!(counter.note().contains("原因"), "{}", counter.note());
    assert_eq!(
        counter.screen(80, 24).matches("请填写").count(),
        1,
        "{}",
        counter.screen(80, 24)
    );
    // What stands there is replaced, not added to; what is no date is asked for again.
    counter.keys("<BackTab><BS>1420280301<Tab>户口簿如此<Enter>");
    assert!(
        counter.note().contains("不是男方·出生日期能用的值"),
        "{}",
        counter.note()
    );
    assert!(screen(&counter).sheet.draft.answers.overrides.is_empty());
    counter.keys("19900308<Enter><Enter>");
    let by_hand = &screen(&counter).sheet.draft.answers.overrides["man.birth"];
    assert_eq!(by_hand.reason, "户口簿如此");
    assert!(
        counter.screen(80, 24).contains("1990-03-08"),
        "{}",
        counter.screen(80, 24)
    );
}

#[test]
fn what_was_put_right_is_registered_with_a_second_person_alone() {
    let mut counter = answered(WOMAN);
    let birth = screen(&counter).sheet.position("man.birth").unwrap();
    while screen(&counter).sheet.at() != birth {
        counter.keys("<Tab>");
    }
    counter.keys("<Enter>19900308<Enter>户口簿如此<Enter><F2><F2>001X");
    let asked = counter.screen(80, 24);
    assert!(asked.contains("复核") && asked.contains("户口簿如此"), "{asked}");
    counter.keys("registrar<Enter>training<Enter>");
    assert!(counter.note().contains("自己"), "{}", counter.note());
    // Nobody stands beside any more: it is asked for again.
    counter.keys("<F2>001Xregistrar2<Enter>training<Enter>");
    let done = counter.screen(80, 24);
    assert!(done.contains("J330521-2026-000001"), "{done}");
}

#[test]
fn the_last_case_gives_its_values_again() {
    let mut counter = answered(WOMAN);
    let job = screen(&counter).sheet.position("woman.occupation").unwrap();
    while screen(&counter).sheet.at() != job {
        counter.keys("<Tab>");
    }
    counter.keys("农民<Enter><F2><F2>001X<Esc>1");
    scan(&mut counter, "330521198001010019|王五|男|汉", 0);
    scan(&mut counter, "330521198502020020|赵六|女|汉", 0);
    while screen(&counter).sheet.at() != job {
        counter.keys("<Tab>");
    }
    counter.keys("<F5>");
    assert_eq!(text(&counter, "woman.occupation"), "农民");
}

#[test]
fn findings_are_walked_and_the_mans_number_is_asked_for() {
    let mut counter = counter();
    counter.keys("<F8>自愿<Enter>");
    assert!(counter.note().contains("没有证件号码"), "{}", counter.note());
    scan(&mut counter, MAN, 0);
    let first = here(&counter);
    counter.keys("<F11>");
    assert_ne!(here(&counter), first);
}

#[test]
fn it_draws_in_any_size_and_language() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    for keys in ["", "<F1>", "<Esc><F10>", "<Esc><F4>", "<Esc><F2>", "<F12>", "<F8>"] {
        counter.keys(keys);
        for (width, height) in [(1, 1), (20, 5), (40, 10), (80, 24), (120, 40), (200, 3)] {
            counter.screen(width, height);
        }
    }
}

#[test]
fn how_it_looks() {
    let mut counter = counter();
    scan(&mut counter, MAN, 0);
    scan(&mut counter, YOUNG, 0);
    insta::assert_snapshot!("form-80x24", counter.screen(80, 24));
    insta::assert_snapshot!("form-120x40", counter.screen(120, 40));
    counter.keys("<F2><F12>");
    insta::assert_snapshot!("check-80x24-en", counter.screen(80, 24));
    insta::assert_snapshot!("check-120x40-en", counter.screen(120, 40));
}
