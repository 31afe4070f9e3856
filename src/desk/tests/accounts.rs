//! Who may sign in, and what they may do then.

use chrono::TimeDelta;

use super::*;

#[test]
fn a_training_registry_has_its_accounts_its_numbers_and_its_blanks() {
    let mut hall = Hall::new();
    assert_eq!(hall.registry.profile().code.to_string(), "330521");
    assert!(hall.registry.profile().training);
    assert_eq!(hall.registry.profile().issue_offline, IssueOffline::OwnBlock);
    for name in [
        "clerk",
        "registrar",
        "registrar2",
        "stockkeeper",
        "supervisor",
        "admin",
        "auditor",
    ] {
        hall.sign_in(name);
    }
    let session = hall.sign_in("registrar");
    assert!(session.may(Permission::Accept) && session.may(Permission::Register));
    let home = hall.registry.home(&session).unwrap();
    assert_eq!(home.blanks, [("marriage".to_owned(), 2000), ("divorce".to_owned(), 0)]);
    hall.verify();
}

#[test]
fn five_failures_lock_for_fifteen_minutes() {
    let mut hall = Hall::new();
    let mut wrong = |at| {
        hall.registry
            .sign_in("clerk", "guess", "1", Clock::Fixed(at))
            .unwrap_err()
            .code
    };
    for _ in 0..4 {
        assert_eq!(wrong(nine()), "sign-in.wrong");
    }
    assert_eq!(wrong(nine()), "sign-in.locked");
    let mut right = |minutes| {
        let at = nine() + TimeDelta::minutes(minutes);
        hall.registry
            .sign_in("clerk", "training", "1", Clock::Fixed(at))
            .map_err(|problem| problem.code)
    };
    assert_eq!(right(14), Err("sign-in.locked"));
    assert!(right(15).is_ok());
}

#[test]
fn a_success_forgets_the_failures_before_it() {
    let mut hall = Hall::new();
    for _ in 0..3 {
        for _ in 0..4 {
            let wrong = hall.registry.sign_in("clerk", "guess", "1", Clock::Fixed(nine()));
            assert_eq!(wrong.unwrap_err().code, "sign-in.wrong");
        }
        hall.sign_in("clerk");
    }
}

#[test]
fn every_try_to_sign_in_is_audited() {
    let mut hall = Hall::new();
    let before = hall.entries();
    let clock = Clock::Fixed(nine());
    assert!(hall.registry.sign_in("nobody", "x", "1", clock).is_err());
    assert!(hall.registry.sign_in("clerk", "x", "1", clock).is_err());
    hall.sign_in("clerk");
    // Two failures, one success, and the auditor's own sign-in that counts them.
    assert_eq!(hall.entries(), before + 4);
}

#[test]
fn a_disabled_account_is_out_even_where_it_sits_signed_in() {
    let mut hall = Hall::new();
    let (admin, clerk) = (hall.sign_in("admin"), hall.sign_in("clerk"));
    hall.registry.disable_account(&admin, "clerk", true).unwrap();
    let refused = hall.registry.sign_in("clerk", "training", "1", Clock::Fixed(nine()));
    assert_eq!(refused.unwrap_err().code, "sign-in.disabled");
    assert_eq!(hall.registry.find(&clerk, "张三").unwrap_err().code, "sign-in.disabled");
    hall.registry.disable_account(&admin, "clerk", false).unwrap();
    assert!(hall.registry.find(&clerk, "张三").is_ok());
}

#[test]
fn roles_taken_away_are_gone_at_once() {
    let mut hall = Hall::new();
    let (admin, keeper) = (hall.sign_in("admin"), hall.sign_in("stockkeeper"));
    let clerk = Roles::parse("clerk").unwrap();
    hall.registry.set_roles(&admin, "stockkeeper", clerk).unwrap();
    let refused = hall
        .registry
        .receive_blanks(&keeper, "marriage", "浙J1", "浙J2", "省厅");
    assert_eq!(refused.unwrap_err().code, "not-allowed");
}

#[test]
fn the_last_administrator_stays() {
    let mut hall = Hall::new();
    let admin = hall.sign_in("admin");
    let refused = hall.registry.disable_account(&admin, "admin", true);
    assert_eq!(refused.unwrap_err().code, "account.last-admin");
    let clerk = Roles::parse("clerk").unwrap();
    assert_eq!(
        hall.registry.set_roles(&admin, "admin", clerk).unwrap_err().code,
        "account.last-admin"
    );
}

#[test]
fn accounts_are_made_by_administrators_alone_and_once() {
    let mut hall = Hall::new();
    let (admin, clerk) = (hall.sign_in("admin"), hall.sign_in("clerk"));
    let mut new = NewAccount {
        name: "li.na".into(),
        display: "李娜".into(),
        roles: Roles::parse("clerk").unwrap(),
        password: "training".into(),
        licence_until: None,
    };
    assert_eq!(
        hall.registry.create_account(&clerk, &new).unwrap_err().code,
        "not-allowed"
    );
    hall.registry.create_account(&admin, &new).unwrap();
    assert_eq!(
        hall.registry.create_account(&admin, &new).unwrap_err().code,
        "account.taken"
    );
    new.name = "Li Na".into();
    assert_eq!(
        hall.registry.create_account(&admin, &new).unwrap_err().code,
        "account.name"
    );
    hall.sign_in("li.na");
    hall.registry.reset_password(&admin, "li.na", "another1").unwrap();
    assert!(
        hall.registry
            .sign_in("li.na", "training", "1", Clock::Fixed(nine()))
            .is_err()
    );
    let session = hall
        .registry
        .sign_in("li.na", "another1", "1", Clock::Fixed(nine()))
        .unwrap();
    assert_eq!(
        hall.registry
            .change_password(&session, "wrong", "third333")
            .unwrap_err()
            .code,
        "sign-in.wrong"
    );
    hall.registry.change_password(&session, "another1", "third333").unwrap();
    let lines = hall.registry.accounts(&admin).unwrap();
    assert_eq!(lines.last().map(|line| line.display.as_str()), Some("李娜"));
    hall.verify();
}

#[test]
fn a_registrar_without_a_licence_that_holds_registers_nobody() {
    let mut hall = Hall::new();
    let admin = hall.sign_in("admin");
    for until in [None, nine().date().pred_opt()] {
        hall.registry.set_licence(&admin, "registrar", until).unwrap();
        let session = hall.sign_in("registrar");
        assert!(!session.may(Permission::Register) && session.may(Permission::Accept));
    }
    hall.registry
        .set_licence(&admin, "registrar", Some(nine().date()))
        .unwrap();
    assert!(hall.sign_in("registrar").may(Permission::Register));
}

#[test]
fn nobody_approves_what_is_their_own() {
    let mut hall = Hall::new();
    let mut session = hall.sign_in("clerk");
    let needed = |session: &Session| session.approver(Permission::Approve).map(|s| s.account().to_owned());
    assert_eq!(needed(&session).unwrap_err().code, "not-allowed.second");
    let own = hall.registry.sign_in_second(&mut session, "clerk", "training");
    assert_eq!(own.unwrap_err().code, "not-allowed.own");
    hall.registry
        .sign_in_second(&mut session, "registrar", "training")
        .unwrap();
    assert_eq!(needed(&session).unwrap_err().code, "not-allowed");
    hall.registry
        .sign_in_second(&mut session, "supervisor", "training")
        .unwrap();
    assert_eq!(needed(&session).unwrap(), "supervisor");
    // Whoever was disabled since approves nothing any more.
    let admin = hall.sign_in("admin");
    let now = |hall: &Hall, session: &Session| {
        let asked = hall
            .registry
            .read(|reader| Ok(session.approver_now(reader, Permission::Approve)?.account().to_owned()));
        asked.map_err(|problem| problem.code)
    };
    assert_eq!(now(&hall, &session), Ok("supervisor".to_owned()));
    hall.registry.disable_account(&admin, "supervisor", true).unwrap();
    assert_eq!(now(&hall, &session), Err("sign-in.disabled"));
    session.dismiss_second();
    assert!(needed(&session).is_err());
}

#[test]
fn a_told_time_is_for_training_alone() {
    let folder = TempDir::new().unwrap();
    let mut founding = Founding::training(nine()).unwrap();
    founding.training = false;
    for account in &mut founding.accounts {
        account.password = "Kouling-2026".into();
    }
    let mut registry = Registry::found(&folder.path().join("r.db"), forms(), &founding).unwrap();
    let told = registry.sign_in("admin", "Kouling-2026", "1", Clock::Fixed(nine()));
    assert_eq!(told.unwrap_err().code, "clock.fixed");
    let session = registry.sign_in("admin", "Kouling-2026", "1", Clock::System).unwrap();
    assert_eq!(
        registry.seed(&session, 10, &mut |_, _| {}).unwrap_err().code,
        "training-only"
    );
}

#[test]
fn a_founding_that_cannot_be_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.db");
    let fail = |change: &dyn Fn(&mut Founding)| {
        let mut founding = Founding::training(nine()).unwrap();
        change(&mut founding);
        let code = Registry::found(&path, forms(), &founding).unwrap_err().code;
        assert!(!path.exists(), "{code}");
        code
    };
    assert_eq!(fail(&|f| f.code = "33052".into()), "found.code");
    assert_eq!(
        fail(&|f| f.settings.push(("idle".into(), "1".into()))),
        "setting.unknown"
    );
    assert_eq!(fail(&|f| f.accounts.clear()), "account.last-admin");
    assert_eq!(fail(&|f| f.training = false), "account.weak");
    let twice = |f: &mut Founding| f.accounts.push(f.accounts[0].clone());
    assert_eq!(fail(&twice), "account.taken");
}

#[test]
fn settings_are_held_against_what_they_may_be() {
    let mut hall = Hall::new();
    let admin = hall.sign_in("admin");
    hall.registry.set_setting(&admin, "issue_offline", "never").unwrap();
    assert_eq!(hall.registry.profile().issue_offline, IssueOffline::Never);
    let wrong = hall.registry.set_setting(&admin, "issue_offline", "always");
    assert_eq!(wrong.unwrap_err().code, "setting.value");
    hall.registry.set_setting(&admin, "desk.2.dx", "-1.5").unwrap();
    let desk = hall.registry.desk_profile("2").unwrap();
    assert!((desk.dx_mm + 1.5).abs() < f64::EPSILON && desk.scan_gap_ms == 60);
}
