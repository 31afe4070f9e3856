//! An administrator's evening: somebody comes, changes roles, forgets the password, leaves.

use super::*;
use crate::tui::screens::Screen;
use crate::tui::testing::Counter;

fn at(who: &str) -> Counter {
    let mut counter = Counter::signed_in(who);
    counter.show(Screen::Accounts(Accounts::default()));
    counter
}

fn done(counter: &Counter) {
    assert_eq!(counter.note(), words::DONE.say(Lang::Zh), "{}", counter.screen(80, 24));
}

#[test]
fn somebody_comes_changes_and_leaves() {
    let mut counter = at("admin");
    counter.keys("<F2>lihong<Enter>李红<Enter>12<Enter>280331<Enter>abc12345<Enter>abc12345<Enter>");
    done(&counter);
    let shown = counter.screen(80, 24);
    assert!(
        shown.contains("李红") && shown.contains("经办 登记员") && shown.contains("2028-03-31"),
        "{shown}"
    );
    counter.keys("lh<Enter>1<Enter><C-u>负责人<Enter>");
    done(&counter);
    counter.keys("lh<Enter>3<Enter>neu12345<Enter>neu12345<Enter>");
    done(&counter);
    counter.keys("lihong<Enter>4<Enter><Enter>");
    done(&counter);
    assert!(counter.screen(80, 24).contains("停用"));
    insta::assert_snapshot!("accounts-80x24", counter.screen(80, 24));
    insta::assert_snapshot!("accounts-120x40", counter.screen(120, 40));
    counter.screen(20, 5);
    counter.keys("<Esc><Esc><Enter>lihong<Enter>neu12345<Enter>");
    assert!(
        counter.state.shared.session.is_none(),
        "a disabled account does not sign in"
    );
}

#[test]
fn what_will_not_do_is_said_and_nothing_typed_is_lost_but_passwords() {
    let mut counter = at("admin");
    counter.keys("<F2>lihong<Enter>李红<Enter>24<Enter>300230<Enter>a<Enter>b<Enter>");
    assert!(counter.note().contains("300230"), "{}", counter.note());
    assert!(counter.screen(80, 24).contains("李红"));
    counter.keys("<Down><Down><Down><C-u><Enter>a<Enter>b<Enter>");
    assert_eq!(counter.note(), words::PASSWORDS_DIFFER.say(Lang::Zh));
    counter.keys("<Up><Up><Up><Up><C-u>23<Enter><Enter>a<Enter>a<Enter>");
    assert!(counter.note().contains("岗位分离"), "{}", counter.note());
}

#[test]
fn the_last_administrator_stays_and_an_auditor_only_looks() {
    let mut counter = at("admin");
    counter.keys("admin<Enter>4<Enter><Enter>");
    assert!(counter.note().contains("最后一个"), "{}", counter.note());
    let mut auditor = at("auditor");
    assert!(auditor.screen(80, 24).contains("stockkeeper"));
    auditor.keys("<F2>");
    assert_eq!(auditor.note(), words::NOT_YOURS.say(Lang::Zh));
    auditor.keys("<Enter>");
    assert!(auditor.state.overlays.is_empty());
}
