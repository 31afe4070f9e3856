//! The screens that are no forms, as people meet them: finding somebody every way, a case, blanks, the day, accounts.

use serde_json::Value;

use crate::support::desk::Desk;
use crate::support::people::couple;
use crate::support::terminal::Terminal;

/// Somebody at home.
fn at_home(desk: &Desk, who: &str, more: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::open(desk, 0, more);
    terminal.keys(who).keys("<Enter>training<Enter>");
    sees(&terminal, &["等我处理"]);
    terminal
}

#[track_caller]
fn sees(terminal: &Terminal, parts: &[&str]) {
    let screen = terminal.screen();
    for part in parts {
        assert!(screen.contains(part), "no “{part}” in\n{screen}");
    }
}

/// 张三丰 and 吴𠮷, registered; what was answered.
fn registered(desk: &Desk) -> Value {
    let mut couple = couple(7);
    couple["man"]["name"] = "张三丰".into();
    couple["woman"]["name"] = "吴𠮷".into();
    desk.submit("marriage", &couple, &[]).done();
    couple
}

#[test]
fn a_person_is_found_every_way_and_the_case_opens() {
    let desk = Desk::new();
    let couple = registered(&desk);
    let id_no = couple["man"]["id_no"].as_str().unwrap();
    let end = &id_no[14..];
    let mut terminal = at_home(&desk, "registrar", &[]);
    let number = "J330521-2026-000001";
    for query in [
        "张三丰",
        "吴𠮷",
        "zhangsanfeng",
        "zsf",
        end,
        &format!("张 {end}"),
        number,
    ] {
        terminal.keys("<F3>").keys(query).keys("<Enter>");
        sees(&terminal, &[number, "张三丰", "吴𠮷", "********"]);
        assert!(!terminal.screen().contains(id_no), "{query}: whole number in a list");
        terminal.keys("<Enter>");
        sees(&terminal, &["内容", "C330521-2026-000001", number, "未确认"]);
        terminal.keys("<Esc><Esc>");
        sees(&terminal, &["等我处理"]);
    }
    terminal
        .keys("<C-f>")
        .keys(&id_no.to_lowercase())
        .keys("<Enter><Enter>");
    sees(&terminal, &["C330521-2026-000001"]);
}

#[test]
fn a_case_is_printed_once_more_and_its_numbers_are_seen_for_a_reason() {
    let desk = Desk::new();
    let couple = registered(&desk);
    let id_no = couple["man"]["id_no"].as_str().unwrap();
    let mut terminal = at_home(&desk, "registrar", &[]);
    terminal.keys("<F3>zsf<Enter><Enter>4<F9>");
    sees(&terminal, &["√ 1 份"]);
    terminal.keys("<F9>卡纸<Enter>");
    sees(&terminal, &["√ 2 份"]);
    let files = std::fs::read_dir(desk.path("papers")).unwrap();
    assert_eq!(files.count(), 2, "a file for each copy");
    terminal.keys("1v核对<Enter>");
    sees(&terminal, &[id_no]);
    terminal.keys("5");
    terminal.keys("<Esc><Enter>5");
    sees(&terminal, &["卡纸", "核对"]);
    assert!(!terminal.screen().contains(id_no), "masked again");
}

#[test]
fn blanks_come_in_and_go_to_a_desk() {
    let desk = Desk::new();
    let mut terminal = at_home(&desk, "stockkeeper", &[]);
    terminal.keys("71<Enter>浙J0260001<Enter>浙J0260100<Enter>省民政厅<Enter>");
    sees(&terminal, &["已记 100 本", "浙J0260001-浙J0260100"]);
    terminal.keys("2浙J0260001<Enter>浙J0260040<Enter>3<Enter>");
    sees(&terminal, &["已记 40 本", "3号窗口", "自 浙J0260041 起"]);
    terminal.keys("2浙J0260040<Enter>浙J0260041<Enter>3<Enter>");
    sees(&terminal, &["浙J0260040 不在库里"]);
    terminal.keys("<Esc>3浙J0260040<Enter>受潮<Enter>");
    sees(&terminal, &["39 本"]);
    desk.signed_in_as("auditor").run(&["verify"]).done();
}

#[test]
fn the_day_stands_on_the_screen_and_on_paper() {
    let desk = Desk::new();
    registered(&desk);
    let mut terminal = at_home(&desk, "supervisor", &[]);
    terminal.keys("8");
    let figures = [
        "结婚登记（对）",
        "用去 2",
        "现余 2198",
        "练J0000001-练J0000002",
        "J330521-2026-000001",
    ];
    sees(&terminal, &figures);
    terminal.keys("<F9>");
    sees(&terminal, &["已写出 1 份 PDF"]);
    let sheet = std::fs::read(desk.path("papers/day-2026-11-24-day-sheet.pdf")).unwrap();
    assert!(sheet.starts_with(b"%PDF-"));
    terminal.keys("<F7>");
    sees(&terminal, &["2026-11-23", "用去 0"]);
}

#[test]
fn an_administrator_makes_an_account_that_signs_in() {
    let desk = Desk::new();
    let mut terminal = at_home(&desk, "admin", &[]);
    terminal.keys("9<F2>lihong<Enter>李红<Enter>1<Enter><Enter>abc12345<Enter>abc12345<Enter>");
    sees(&terminal, &["lihong", "李红"]);
    terminal.keys("<Esc>").keys("<Esc>").keys("<Enter>");
    terminal.keys("lihong<Enter>abc12345<Enter>");
    sees(&terminal, &["李红"]);
}

/// No place is more than two keys from home, and help, commands and language answer on each, by either key.
#[test]
fn every_place_is_near_and_the_same_keys_help_there() {
    let desk = Desk::new();
    registered(&desk);
    for (who, ways) in [("registrar", &["<F3>", "7", "8", "0"][..]), ("admin", &["9", "0"][..])] {
        let mut terminal = at_home(&desk, who, &[]);
        for way in ways {
            let home = terminal.screen();
            terminal.keys(way);
            let here = terminal.screen();
            assert_ne!(here, home, "{way} leads somewhere");
            for key in ["<F1>", "<C-a>", "<F10>", "<C-k>"] {
                terminal.keys(key);
                assert_ne!(terminal.screen(), here, "{way} {key}");
                terminal.keys("<Esc>");
                assert_eq!(terminal.screen(), here, "{way} {key} and back");
            }
            terminal.keys("<F12>");
            sees(&terminal, &["F1 Help"]);
            terminal.keys("<C-t>");
            assert_eq!(terminal.screen(), here, "{way}: both languages and back");
            terminal.keys("<C-g>");
            assert_eq!(terminal.screen(), home, "{way} and up");
        }
    }
}

#[test]
fn an_idle_screen_shows_nothing_of_a_case_until_the_password_was_typed() {
    let desk = Desk::new();
    registered(&desk);
    let mut terminal = at_home(&desk, "registrar", &[("GUITAI_IDLE_SECONDS", "2")]);
    terminal.keys("<F3>zsf<Enter><Enter>");
    terminal.until(|seen| seen.screen().contains("已锁屏"));
    assert!(!terminal.screen().contains("张三丰"), "{}", terminal.screen());
    terminal.keys("wrong<Enter>training<Enter>");
    sees(&terminal, &["张三丰", "C330521-2026-000001"]);
}
