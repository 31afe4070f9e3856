//! What an administrator changes holds at once, and nobody else comes here.

use crate::desk::IssueOffline;
use crate::tui::testing::Counter;

#[test]
fn an_administrator_sets_whether_numbers_are_given_and_what_prints() {
    let mut counter = Counter::signed_in("admin");
    assert_eq!(counter.state.shared.profile.issue_offline, IssueOffline::OwnBlock);
    let shown = counter.keys("6").screen(80, 24);
    assert!(
        shown.contains("own_block") && shown.contains("print_command"),
        "{shown}"
    );
    counter.keys("<Enter><C-u>always<Enter>");
    assert!(counter.note().contains("never"), "{}", counter.note());
    counter.keys("<C-u>never<Enter>");
    assert_eq!(counter.state.shared.profile.issue_offline, IssueOffline::Never);
    counter.keys("<Down><Enter>/usr/bin/lp-guitai<Enter>");
    assert_eq!(counter.state.shared.profile.print_command, "/usr/bin/lp-guitai");
    insta::assert_snapshot!("settings-80x24", counter.screen(80, 24));
    counter.keys("<Enter><C-u><Enter>");
    assert_eq!(counter.state.shared.profile.print_command, "");
    counter.keys("<F12>").screen(20, 5);
}

#[test]
fn a_policy_that_nobody_knows_is_not_the_usual_one() {
    let mut counter = Counter::signed_in("admin");
    counter.keys("6<Down><Down><Enter><C-u>nowhere<Enter>");
    assert!(counter.note().contains("waiver_policy"), "{}", counter.note());
    assert_eq!(counter.state.shared.profile.waiver_policy, "sample");
}

#[test]
fn nobody_but_an_administrator_comes_here() {
    let mut counter = Counter::signed_in("registrar");
    let home = counter.screen(80, 24);
    assert_eq!(counter.keys("6").screen(80, 24).lines().next(), home.lines().next());
}
