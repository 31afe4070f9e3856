//! Blanks and numbers.

use super::*;

#[test]
fn blanks_come_in_go_to_a_desk_and_are_counted() {
    let mut hall = Hall::new();
    let (keeper, registrar) = (hall.sign_in("stockkeeper"), hall.sign_in("registrar"));
    let registry = &mut hall.registry;
    assert_eq!(
        registry.receive_blanks(&keeper, "marriage", "浙J0000001", "浙J0000100", "省厅"),
        Ok(100)
    );
    assert_eq!(registry.issue_blanks(&keeper, "浙J0000001", "浙J0000010", "2"), Ok(10));
    registry.spoil_blank(&keeper, "浙J0000005", "受潮").unwrap();
    let stock = registry.stock(&registrar, nine().date()).unwrap();
    let line = &stock.lines[0];
    assert_eq!(
        (line.opening, line.received, line.used, line.spoiled, line.closing),
        (2200, 100, 0, 1, 2299)
    );
    assert!(
        line.closing_serials.contains(&"浙J0000006-浙J0000100".to_owned()),
        "{:?}",
        line.closing_serials
    );
    assert_eq!(line.spoiled_serials, ["浙J0000005"]);
    hall.verify();
}

#[test]
fn what_does_not_fit_the_stock_is_refused_whole() {
    let mut hall = Hall::new();
    let (keeper, registrar) = (hall.sign_in("stockkeeper"), hall.sign_in("registrar"));
    let registry = &mut hall.registry;
    let code = |result: Result<u64, Problem>| result.unwrap_err().code;
    assert_eq!(
        code(registry.receive_blanks(&registrar, "marriage", "A1", "A2", "")),
        "not-allowed"
    );
    assert_eq!(
        code(registry.receive_blanks(&keeper, "birth", "A1", "A2", "")),
        "stock.kind"
    );
    assert_eq!(
        code(registry.receive_blanks(&keeper, "marriage", "A2", "A1", "")),
        "stock.serial"
    );
    assert_eq!(
        code(registry.receive_blanks(&keeper, "marriage", "A00001", "A99999", "")),
        "stock.range"
    );
    // The last one of the range is known: nothing of the range comes in.
    assert_eq!(
        code(registry.receive_blanks(&keeper, "marriage", "练J0000000", "练J0000001", "")),
        "stock.elsewhere"
    );
    assert_eq!(
        code(registry.issue_blanks(&keeper, "练J0000000", "练J0000000", "1")),
        "stock.elsewhere"
    );
    assert_eq!(
        code(registry.issue_blanks(&keeper, "练J0000001", "练J0000001", "2")),
        "stock.elsewhere"
    );
    assert_eq!(
        registry.spoil_blank(&keeper, "练J0000001", " ").unwrap_err().code,
        "reason.none"
    );
    registry.spoil_blank(&keeper, "练J0000001", "印坏").unwrap();
    assert_eq!(
        registry.spoil_blank(&keeper, "练J0000001", "印坏").unwrap_err().code,
        "stock.elsewhere"
    );
}

#[test]
fn i3_blocks_are_opened_by_a_supervisor_and_never_overlap() {
    let mut hall = Hall::new();
    let (supervisor, admin) = (hall.sign_in("supervisor"), hall.sign_in("admin"));
    let registry = &mut hall.registry;
    let mut open = |session, first, last, reason| {
        registry
            .open_block(session, first, last, reason)
            .map_err(|problem| problem.code)
    };
    let (first, last) = ("J330521-2040-000001", "J330521-2040-000100");
    assert_eq!(open(&admin, first, last, "断网"), Err("not-allowed"));
    assert_eq!(
        open(&supervisor, "J330521-2025-200001", "J330521-2025-200100", "断网"),
        Err("block.past")
    );
    assert_eq!(open(&supervisor, first, last, ""), Err("reason.none"));
    assert_eq!(
        open(&supervisor, first, "L330521-2040-000100", "断网"),
        Err("block.bad")
    );
    assert_eq!(open(&supervisor, last, first, "断网"), Err("block.bad"));
    assert_eq!(
        open(&supervisor, "J330522-2040-000001", "J330522-2040-000002", "断网"),
        Err("block.bad")
    );
    assert_eq!(open(&supervisor, first, last, "断网"), Ok(()));
    assert_eq!(
        open(&supervisor, last, "J330521-2040-000200", "断网"),
        Err("block.overlaps")
    );
    assert_eq!(
        open(&supervisor, "J330521-2040-000101", "J330521-2040-000200", "断网"),
        Ok(())
    );
}

#[test]
fn drafts_stay_at_their_desk_and_come_back_on_the_same_field() {
    let mut hall = Hall::new();
    let clerk = hall.sign_in("clerk");
    let mut draft = Draft::new(&clerk, "marriage").unwrap();
    draft.answers.set_text("man.name", "张三丰");
    draft.answers.set_text("woman.name", "李小红");
    draft.field = "woman.id_no".into();
    hall.registry.save_draft(&clerk, &mut draft).unwrap();
    draft.field = "woman.ethnicity".into();
    hall.registry.save_draft(&clerk, &mut draft).unwrap();
    let other = hall
        .registry
        .sign_in("clerk", "training", "2", Clock::Fixed(nine()))
        .unwrap();
    assert!(hall.registry.drafts(&other).unwrap().is_empty());
    let again = hall.another().drafts(&clerk).unwrap();
    assert_eq!(again, [draft.clone()]);
    assert_eq!(
        (again[0].label.as_str(), again[0].field.as_str()),
        ("张三丰、李小红", "woman.ethnicity")
    );
    hall.registry.remove_draft(&clerk, draft.id).unwrap();
    assert!(hall.registry.drafts(&clerk).unwrap().is_empty());
}

#[test]
fn a_block_is_of_no_use_where_no_numbers_are_given_and_the_open_ones_are_listed() {
    let mut hall = Hall::never();
    let (supervisor, clerk) = (hall.sign_in("supervisor"), hall.sign_in("clerk"));
    let open = |hall: &mut Hall| {
        let (first, last) = ("J330521-2026-200001", "J330521-2026-200100");
        hall.registry.open_block(&supervisor, first, last, "断网")
    };
    assert_eq!(open(&mut hall).unwrap_err().code, "block.unused");
    let admin = hall.sign_in("admin");
    hall.registry.set_setting(&admin, "issue_offline", "own_block").unwrap();
    open(&mut hall).unwrap();
    let blocks = hall.registry.blocks(&clerk).unwrap();
    let opened = blocks
        .iter()
        .find(|block| block.first == "J330521-2026-200001")
        .unwrap();
    assert_eq!(
        (opened.left, opened.next.as_deref()),
        (100, Some("J330521-2026-200001"))
    );
    assert!(hall.registry.blocks(&admin).is_err());
}
