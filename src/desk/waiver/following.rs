//! What the papers of a later settlement (补减, 追回) say beyond those of a first one: what changes hands now, with its
//! amount in words. The sums of the papers are those of the whole case, computed anew.

use super::difference::Rows;
use super::papers::{Bindings, text, yuan};
use super::settling::Settling;
use crate::desk::Problem;
use crate::desk::paper::Papers;
use crate::desk::record::row;
use crate::domain::document::Binding;
use crate::domain::money::Fen;

/// Something that differs from the settlement before: the code of its words, and how much.
type Due = (&'static str, Fen);

/// What differs, each above zero.
fn dues(rows: &Rows, offsite: bool) -> Vec<Due> {
    let one = |amount: i64, [less, more]: [&'static str; 2]| {
        let code = if amount < 0 { less } else { more };
        (amount != 0).then_some((code, Fen(amount.saturating_abs())))
    };
    let paid_out = rows.free.saturating_add(rows.awards);
    let dues = if offsite {
        vec![one(paid_out, ["waiver.invoice-less", "waiver.invoice-more"])]
    } else {
        vec![
            one(rows.free, ["waiver.free-less", "waiver.free-more"]),
            one(rows.family, ["waiver.handed-back", "waiver.paid-more"]),
            one(rows.awards, ["waiver.award-less", "waiver.award-more"]),
        ]
    };
    dues.into_iter().flatten().collect()
}

/// What a first settlement says there: nothing.
pub(super) fn nothing(all: &mut Bindings, papers: &Papers) -> Result<(), Problem> {
    text(all, "again", &papers.words("waiver.first-time", &[])?);
    text(all, "follow_says", "");
    all.insert("follow".to_owned(), Binding::Rows(Vec::new()));
    Ok(())
}

/// Says first what is added to, or taken back from, the settlement that is followed; the voucher is over that alone.
pub(super) fn follow(
    all: &mut Bindings,
    voucher: &mut Bindings,
    papers: &Papers,
    settling: &Settling,
    rows: &Rows,
) -> Result<(), Problem> {
    let told = &settling.told;
    let mut table = Vec::new();
    let mut parts = Vec::new();
    for (code, amount) in dues(rows, told.request.claim.offsite.is_some()) {
        let (says, words) = (papers.words(code, &[])?, amount.in_words());
        parts.push(format!("{says} {}（{words}）", yuan(amount)));
        table.push(row([("says", &says), ("amount", &yuan(amount)), ("words", &words)]));
    }
    let named = [
        ("former", told.former.as_str()),
        ("reason", &told.reason),
        ("dues", &parts.join("；")),
    ];
    let says = papers.words("waiver.follows", &named)?;
    let again = papers.words("waiver.again", &[])?;
    for bindings in [&mut *all, &mut *voucher] {
        text(bindings, "again", &again);
        text(bindings, "follow_says", &says);
        bindings.insert("follow".to_owned(), Binding::Rows(table.clone()));
    }
    if let Some(Binding::Rows(explained)) = all.get_mut("explained") {
        explained.insert(0, row([("n", ""), ("name", &again), ("says", &says)]));
    }
    differing(voucher, rows);
    Ok(())
}

/// The lines and sums of a voucher over what differs.
fn differing(voucher: &mut Bindings, rows: &Rows) {
    let lines = rows.lines.iter().map(|line| {
        row([
            ("n", &line.seq.to_string()),
            ("code", &line.item),
            ("name", &line.name),
            ("unit", &line.unit),
            ("quantity", if line.quantity == "0" { "" } else { &line.quantity }),
            ("price", ""),
            ("listed", &Fen(line.listed).to_string()),
            ("free", &Fen(line.free).to_string()),
            ("family", &Fen(line.family).to_string()),
        ])
    });
    voucher.insert("lines".to_owned(), Binding::Rows(lines.collect()));
    for (name, amount) in [("listed", rows.listed), ("free", rows.free), ("family", rows.family)] {
        text(voucher, name, &yuan(Fen(amount)));
    }
    text(voucher, "free_words", &Fen(rows.free).in_words());
    text(voucher, "family_words", &Fen(rows.family).in_words());
}
