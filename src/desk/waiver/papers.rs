//! What stands on the papers of a waiver: application, bill, voucher, what was free and why, the form for invoices from
//! elsewhere, the refusal.

use std::collections::BTreeMap;

use super::difference::Rows;
use super::following::{follow, nothing as nothing_follows};
use super::rows::{award, bill_row, evidence, explained, invoice_row, payers, quotes};
use super::settle::computed;
use super::settling::{Settling, awards};
use crate::desk::Problem;
use crate::desk::decide::{Opened, Taken};
use crate::desk::paper::{Papers, Sheet, StoredDocument};
use crate::desk::record::{self, Record};
use crate::domain::date::PartialDate;
use crate::domain::document::{Binding, Mode};
use crate::domain::finding::Finding;
use crate::domain::money::Fen;
use crate::domain::waiver::{Settlement, Status};
use crate::store::Tx;

pub(super) type Bindings = BTreeMap<String, Binding>;
type Row = BTreeMap<String, String>;

/// Papers of a settlement at home, in the order in which they are handed over.
const AT_HOME: [(&str, &str); 4] = [
    ("waiver-application", "惠民殡葬减免申请表"),
    ("waiver-settlement", "殡葬服务费用结算单"),
    ("waiver-voucher", "惠民殡葬减免凭证"),
    ("waiver-free", "减免项目说明"),
];

/// The paper of a bill without a policy: nothing was applied for and nothing is free.
const ALONE: [(&str, &str); 1] = [("waiver-settlement", "殡葬服务费用结算单")];

/// Papers of a claim from elsewhere.
const ELSEWHERE: [(&str, &str); 3] = [
    ("waiver-application", "惠民殡葬减免申请表"),
    ("waiver-offsite", "异地火化费用报销审批表"),
    ("waiver-voucher", "惠民殡葬减免凭证"),
];

/// What the record says of a claim that papers print as it stands.
const FROM_RECORD: [&str; 14] = [
    "deceased.name",
    "deceased.sex",
    "deceased.id_no",
    "deceased.birth",
    "deceased.died",
    "deceased.cremated",
    "deceased.hukou",
    "agent.name",
    "agent.id_no",
    "agent.phone",
    "agent.relation",
    "classes",
    "former",
    "reason",
];

/// The papers of a settlement.
pub(super) fn settled(
    tx: &mut Tx,
    taken: &Taken,
    opened: &Opened,
    settling: &Settling,
    rows: &Rows,
) -> Result<Vec<StoredDocument>, Problem> {
    let mut all = bindings(taken, opened, settling)?;
    let mut voucher = all.clone();
    let papers = taken.papers(opened);
    if !settling.told.former.is_empty() {
        follow(&mut all, &mut voucher, &papers, settling, rows)?;
    }
    let sheets: &[(&str, &str)] = if settling.told.request.claim.offsite.is_some() {
        &ELSEWHERE
    } else if settling.told.request.policy.is_empty() {
        &ALONE
    } else {
        &AT_HOME
    };
    let mut made = Vec::with_capacity(sheets.len());
    for (name, title) in sheets {
        let bindings = if *name == "waiver-voucher" { &voucher } else { &all };
        made.push(papers.store(tx, sheet(name, title, bindings.clone()))?);
    }
    Ok(made)
}

/// 减免申请表 of a case that is settled later.
pub(super) fn application(tx: &mut Tx, taken: &Taken, opened: &Opened) -> Result<StoredDocument, Problem> {
    let settling = computed(taken)?;
    let bindings = bindings(taken, opened, &settling)?;
    let [(name, title), ..] = AT_HOME;
    taken.papers(opened).store(tx, sheet(name, title, bindings))
}

/// 不予减免告知书.
pub(super) fn refusal(
    tx: &mut Tx,
    taken: &Taken,
    opened: &Opened,
    grounds: &[&Finding],
) -> Result<StoredDocument, Problem> {
    let settling = computed(taken)?;
    let mut bindings = bindings(taken, opened, &settling)?;
    bindings.insert("grounds".to_owned(), record::grounds(grounds));
    let papers = taken.papers(opened);
    text(&mut bindings, "next", &papers.words("waiver.next-refused", &[])?);
    let sheet = sheet("waiver-refusal", "惠民殡葬减免不予办理告知书", bindings);
    papers.store(tx, sheet)
}

fn sheet<'a>(name: &'a str, title: &'a str, bindings: Bindings) -> Sheet<'a> {
    Sheet {
        name,
        title,
        layout: name,
        mode: Mode::Full,
        bindings,
    }
}

/// Everything the papers share.
fn bindings(taken: &Taken, opened: &Opened, settling: &Settling) -> Result<Bindings, Problem> {
    let (papers, record) = (taken.papers(opened), &opened.record);
    let mut all = Bindings::new();
    common(
        &mut all,
        &papers,
        record,
        opened.row.number.as_deref().unwrap_or_default(),
    );
    text(&mut all, "clerk", taken.session.display());
    for path in ["name", "bank", "no"] {
        text(
            &mut all,
            &format!("account_{path}"),
            record.paper(&format!("account.{path}")),
        );
    }
    let heads = settling
        .basis
        .map(|(policy, tariff)| (policy.head.clone(), tariff.head.clone()));
    let sample = |status: Status| status == Status::Sample;
    let mark = heads
        .as_ref()
        .is_some_and(|(policy, tariff)| sample(policy.status) || sample(tariff.status));
    let titles = heads
        .map(|(policy, tariff)| [policy.title.zh, tariff.title.zh])
        .unwrap_or_default();
    text(&mut all, "policy_title", &titles[0]);
    text(&mut all, "tariff_title", &titles[1]);
    text(&mut all, "mark", if mark { "样例" } else { "" });
    let mut rows = |name: &str, rows: Vec<Row>| drop(all.insert(name.to_owned(), Binding::Rows(rows)));
    rows(
        "evidence",
        settling
            .basis
            .map(|(policy, _)| evidence(policy, settling))
            .unwrap_or_default(),
    );
    let nothing = Settlement::default();
    let settlement = settling.settlement().unwrap_or(&nothing);
    let lines = || (1..).zip(&settlement.lines);
    rows("lines", lines().map(|(n, line)| bill_row(n, line)).collect());
    rows("explained", lines().map(|(n, line)| explained(n, line)).collect());
    rows("invoice", lines().map(|(n, line)| invoice_row(n, line)).collect());
    rows(
        "quotes",
        settling
            .basis
            .map(|basis| quotes(basis, settlement))
            .unwrap_or_default(),
    );
    rows("payers", payers(settling, settlement));
    rows("awards", settlement.awards.iter().map(award).collect());
    sums(&mut all, settlement);
    nothing_follows(&mut all, &papers)?;
    text(&mut all, "addressed", &addressed(&papers, record)?);
    Ok(all)
}

/// Whom the page for the family speaks to.
fn addressed(papers: &Papers, record: &Record) -> Result<String, Problem> {
    match record.paper("agent.name") {
        "" => papers.words("waiver.to-the-family", &[]),
        name => Ok(name.to_owned()),
    }
}

fn common(all: &mut Bindings, papers: &Papers, record: &Record, number: &str) {
    text(all, "number", number);
    text(all, "case", papers.case);
    text(all, "registry", &papers.house.profile.name);
    text(all, "day", &PartialDate::Day(record.day).chinese());
    for path in FROM_RECORD {
        text(all, path, record.paper(path));
    }
    text(all, "hall", record.paper("offsite.hall"));
}

fn sums(all: &mut Bindings, settlement: &Settlement) {
    let paid_out = awards(settlement);
    let payable = Fen(settlement.free.0 + paid_out.0);
    for (name, amount) in [
        ("listed", settlement.listed),
        ("free", settlement.free),
        ("family", settlement.family),
        ("awards_total", paid_out),
        ("accepted_total", settlement.free),
        ("payable", payable),
    ] {
        text(all, name, &yuan(amount));
    }
    text(all, "free_words", &settlement.free.in_words());
    text(all, "family_words", &settlement.family.in_words());
    text(all, "payable_words", &payable.in_words());
}

/// As papers show money.
pub(super) fn yuan(amount: Fen) -> String {
    if amount < Fen::ZERO {
        return format!("-¥{}", Fen(amount.0.saturating_neg()));
    }
    format!("¥{amount}")
}

pub(super) fn text(all: &mut Bindings, name: &str, value: &str) {
    all.insert(name.to_owned(), Binding::Text(value.to_owned()));
}
