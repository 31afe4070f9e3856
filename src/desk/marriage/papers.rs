//! What stands on the papers of a marriage (domain facts A.4, A.6), all of it from the record as examined (I8).

use std::collections::BTreeMap;

use crate::desk::Problem;
use crate::desk::decide::{Opened, Taken};
use crate::desk::paper::{Papers, Sheet, StoredDocument};
use crate::desk::record::{self, Record, row};
use crate::desk::submit::Outcome;
use crate::domain::date::PartialDate;
use crate::domain::document::{Binding, Mode};
use crate::domain::finding::Finding;
use crate::domain::party::Side;
use crate::store::Tx;

/// What was given out: a certificate number on two blanks, or a slip number without.
pub(super) struct Issued {
    pub number: String,
    pub blanks: Option<[String; 2]>,
}

impl Issued {
    pub(super) fn outcome(&self) -> Outcome {
        if self.blanks.is_some() {
            Outcome::Registered
        } else {
            Outcome::Recorded
        }
    }
}

type Bindings = BTreeMap<String, Binding>;

/// Everything the official forms ask about a party (A.4).
const PARTY: [&str; 10] = [
    "name",
    "sex",
    "nationality",
    "birth",
    "ethnicity",
    "occupation",
    "education",
    "id_no",
    "hukou_address",
    "declared_status",
];

/// What a certificate's data page says about a party (A.6).
const ON_CERTIFICATE: [&str; 5] = ["name", "sex", "nationality", "birth", "id_no"];

/// The papers of a registration; without certificate pages where it was only recorded.
pub(super) fn registration(
    tx: &mut Tx,
    taken: &Taken,
    opened: &Opened,
    issued: &Issued,
) -> Result<Vec<StoredDocument>, Problem> {
    let (papers, record) = (taken.papers(opened), &opened.record);
    let mut made = Vec::with_capacity(8);
    for side in Side::BOTH {
        made.push(papers.store(tx, declaration(&papers, record, side))?);
    }
    made.push(papers.store(tx, review(&papers, record, issued))?);
    made.push(papers.store(tx, check(&papers, record, issued))?);
    if issued.blanks.is_some() {
        for side in Side::BOTH {
            made.extend(certificate(tx, &papers, record, issued, side)?);
        }
    }
    Ok(made)
}

/// The papers to be printed anew after a booklet was replaced.
pub(super) fn after_replacement(
    tx: &mut Tx,
    papers: &Papers,
    record: &Record,
    issued: &Issued,
    side: Side,
) -> Result<Vec<StoredDocument>, Problem> {
    let mut made = vec![papers.store(tx, review(papers, record, issued))?];
    made.extend(certificate(tx, papers, record, issued, side)?);
    Ok(made)
}

/// 不予办理结婚登记告知书.
pub(super) fn refusal(
    tx: &mut Tx,
    taken: &Taken,
    opened: &Opened,
    grounds: &[&Finding],
) -> Result<StoredDocument, Problem> {
    let papers = taken.papers(opened);
    let mut bindings = Bindings::new();
    for side in Side::BOTH {
        party(&mut bindings, &opened.record, side, side.as_str(), &["name", "id_no"]);
    }
    bindings.insert("grounds".to_owned(), record::grounds(grounds));
    let next = "具备上述条件后可以重新申请。对本决定不服的，可以自收到本告知书之日起六十日内申请行政复议，\
                或者六个月内提起行政诉讼。";
    text(&mut bindings, "next", next);
    common(&mut bindings, &papers);
    text(&mut bindings, "date", &day(opened.record.day));
    papers.store(
        tx,
        Sheet {
            name: "marriage-refusal",
            title: "不予办理结婚登记告知书",
            layout: "marriage-refusal",
            mode: Mode::Full,
            bindings,
        },
    )
}

/// 申请结婚登记声明书, one for each party.
fn declaration<'a>(papers: &Papers, record: &Record, side: Side) -> Sheet<'a> {
    let mut bindings = Bindings::new();
    party(&mut bindings, record, side, "own", &PARTY);
    party(&mut bindings, record, side.other(), "other", &PARTY);
    common(&mut bindings, papers);
    text(&mut bindings, "date", &day(record.day));
    let (name, title) = match side {
        Side::Man => ("marriage-declaration-man", "申请结婚登记声明书（男方）"),
        Side::Woman => ("marriage-declaration-woman", "申请结婚登记声明书（女方）"),
    };
    Sheet {
        name,
        title,
        layout: "marriage-declaration",
        mode: Mode::Full,
        bindings,
    }
}

/// 结婚登记审查处理表.
fn review<'a>(papers: &Papers, record: &Record, issued: &Issued) -> Sheet<'a> {
    let mut bindings = Bindings::new();
    for side in Side::BOTH {
        party(&mut bindings, record, side, side.as_str(), &PARTY);
        text(
            &mut bindings,
            &format!("check.{side}"),
            record.paper(&format!("check.{side}")),
        );
    }
    let [blank_man, blank_woman] = match &issued.blanks {
        Some([man, woman]) => [man.as_str(), woman.as_str()],
        None => ["", ""],
    };
    text(&mut bindings, "blank_man", blank_man);
    text(&mut bindings, "blank_woman", blank_woman);
    text(&mut bindings, "number", &number_on_paper(issued));
    text(&mut bindings, "registered_on", &day(record.day));
    text(&mut bindings, "opinion", "符合结婚条件，准予登记");
    text(&mut bindings, "note", &note(record));
    bindings.insert("documents".to_owned(), Binding::Rows(shown(record)));
    common(&mut bindings, papers);
    Sheet {
        name: "marriage-review",
        title: "结婚登记审查处理表",
        layout: "marriage-review",
        mode: Mode::Full,
        bindings,
    }
}

/// 核对单: what will stand on the certificate, side by side, for the couple to read.
fn check<'a>(papers: &Papers, record: &Record, issued: &Issued) -> Sheet<'a> {
    let source = |of: &str| match of {
        "sex" | "birth" => "由证件号码得出",
        "nationality" | "ethnicity" | "declared_status" => "本人声明",
        _ => "出示的证件",
    };
    let line = |of: &&str| {
        let label = record
            .values
            .iter()
            .find(|value| value.path.ends_with(&format!(".{of}")))
            .map_or(*of, |value| &value.label);
        let value = |side: Side| record.paper(&format!("{side}.{of}")).to_owned();
        let (man, woman) = (value(Side::Man), value(Side::Woman));
        row([
            ("label", label),
            ("man", &man),
            ("woman", &woman),
            ("source", source(of)),
        ])
    };
    let mut rows: Vec<_> = ON_CERTIFICATE.iter().map(line).collect();
    rows.extend(["ethnicity", "declared_status"].iter().map(line));
    rows.push(row([
        ("label", "联网核对"),
        ("man", record.paper("check.man")),
        ("woman", record.paper("check.woman")),
        ("source", "联网核对"),
    ]));
    let mut bindings = Bindings::new();
    bindings.insert("rows".to_owned(), Binding::Rows(rows));
    text(&mut bindings, "number", &number_on_paper(issued));
    text(&mut bindings, "date", &day(record.day));
    common(&mut bindings, papers);
    Sheet {
        name: "marriage-check",
        title: "结婚登记核对单",
        layout: "marriage-check",
        mode: Mode::Full,
        bindings,
    }
}

/// The data page of one party's booklet; in training also drawn in full.
fn certificate(
    tx: &mut Tx,
    papers: &Papers,
    record: &Record,
    issued: &Issued,
    side: Side,
) -> Result<Vec<StoredDocument>, Problem> {
    let mut bindings = Bindings::new();
    for each in Side::BOTH {
        party(&mut bindings, record, each, each.as_str(), &ON_CERTIFICATE);
    }
    text(&mut bindings, "holder", record.paper(&format!("{side}.name")));
    text(&mut bindings, "registered_on", &day(record.day));
    text(&mut bindings, "number", &issued.number);
    text(&mut bindings, "note", "");
    common(&mut bindings, papers);
    let (name, full, title) = match side {
        Side::Man => (
            "marriage-certificate-man",
            "marriage-certificate-man-full",
            "结婚证（男方）",
        ),
        Side::Woman => (
            "marriage-certificate-woman",
            "marriage-certificate-woman-full",
            "结婚证（女方）",
        ),
    };
    let sheet = |name, mode, bindings| Sheet {
        name,
        title,
        layout: "marriage-certificate",
        mode,
        bindings,
    };
    let mut made = vec![papers.store(tx, sheet(name, Mode::Overlay, bindings.clone()))?];
    if papers.specimen {
        made.push(papers.store(tx, sheet(full, Mode::Full, bindings))?);
    }
    Ok(made)
}

/// The documents each party showed, one by one (提供证件情况).
fn shown(record: &Record) -> Vec<BTreeMap<String, String>> {
    let mut rows = Vec::new();
    for side in Side::BOTH {
        let mut add = |title: &str| rows.push(row([("party", side.label()), ("title", title)]));
        add(record.paper(&format!("{side}.id_type")));
        add("本人无配偶以及与对方当事人没有直系血亲和三代以内旁系血亲关系的签字声明");
        let evidence = record.paper(&format!("check.{side}_evidence"));
        if !evidence.is_empty() {
            add(evidence);
        }
    }
    rows
}

/// A slip number says on every paper that it is none of the province's.
fn number_on_paper(issued: &Issued) -> String {
    match issued.outcome() {
        Outcome::Registered => issued.number.clone(),
        _ => format!("待并网 {}", issued.number),
    }
}

/// The remark, and what a person confirmed with which reason.
fn note(record: &Record) -> String {
    let confirmed = record.confirmed.iter().map(|one| one.reason.clone());
    let all = std::iter::once(record.paper("case.note").to_owned()).chain(confirmed);
    all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；")
}

fn party(bindings: &mut Bindings, record: &Record, side: Side, prefix: &str, fields: &[&str]) {
    for field in fields {
        text(
            bindings,
            &format!("{prefix}.{field}"),
            record.paper(&format!("{side}.{field}")),
        );
    }
}

fn common(bindings: &mut Bindings, papers: &Papers) {
    text(bindings, "registry", &papers.house.profile.name);
    text(bindings, "case", papers.case);
}

fn text(bindings: &mut Bindings, name: &str, value: &str) {
    bindings.insert(name.to_owned(), Binding::Text(value.to_owned()));
}

fn day(day: chrono::NaiveDate) -> String {
    PartialDate::Day(day).chinese()
}
