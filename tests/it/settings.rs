//! What an administrator sets from the command line, who may, and what changes by it.

use crate::support::desk::{Desk, finish};
use crate::support::people::couple;

#[test]
fn settings_are_listed_read_and_changed_by_an_administrator() {
    let desk = Desk::new().signed_in_as("admin");
    let list = desk.run(&["setting", "list"]).done().json();
    let of = |key: &str| {
        let lines = list["settings"].as_array().unwrap().iter();
        lines.clone().find(|line| line["key"] == key).unwrap().clone()
    };
    assert_eq!(of("issue_offline")["value"], "own_block");
    assert_eq!(of("issue_offline")["default"], "never");
    assert_eq!(of("desk.1.printer")["value"], "");
    let set = desk
        .run(&["setting", "set", "print_command", "/usr/bin/lp-desk"])
        .done();
    assert_eq!(set.json()["value"], "/usr/bin/lp-desk");
    desk.run(&["setting", "set", "desk.1.dx", "-1.5"]).done();
    let got = desk.run(&["setting", "get", "print_command"]).done().json();
    assert_eq!(got["value"], "/usr/bin/lp-desk");
    desk.run(&["setting", "set", "issue_offline", "always"])
        .ended(2)
        .says("own_block");
    desk.run(&["setting", "set", "waiver_policy", "nowhere"])
        .ended(2)
        .says("减免政策");
    desk.run(&["setting", "get", "issue"]).ended(2).says("setting list");
    let other = desk.signed_in_as("supervisor");
    other
        .run(&["setting", "set", "issue_offline", "never"])
        .ended(3)
        .says("系统管理");
}

#[test]
fn a_registry_that_gives_numbers_says_so_by_its_setting_and_tells_why_where_it_does_not() {
    let desk = Desk::new();
    let set = |value: &str| {
        let command = desk.plain(&["--as", "admin", "setting", "set", "issue_offline", value]);
        finish(command, None).done();
    };
    set("never");
    let dry = desk.submit("marriage", &couple(1), &["--dry-run"]).done().json();
    let rules: Vec<&str> = dry["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["rule"].as_str())
        .collect();
    assert!(rules.contains(&"only-recorded"), "{rules:?}");
    set("own_block");
    let told = desk.submit("marriage", &couple(1), &[]).done().json();
    assert_eq!(told["outcome"], "registered");
}
