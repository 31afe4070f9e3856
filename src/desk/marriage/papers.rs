//! What stands on the papers of a marriage (domain facts A.4, A.6), all of it from the record as examined (I8).

use std::collections::BTreeMap;

use crate::desk::Problem;
use crate::desk::decide::{Opened, Taken};
use crate::desk::paper::{Papers, Sheet, StoredDocument};
use crate::desk::record::{self, Record, row};
use crate::desk::second_look::PutRight;
use crate::desk::submit::Outcome;
use crate::domain::date::PartialDate;
use crate::domain::document::{Binding, Document, Mode};
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
    made.push(papers.store(tx, review(&papers, record, issued)?)?);
    made.push(papers.store(tx, check(&papers, record, issued)?)?);
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
    let mut made = vec![papers.store(tx, review(papers, record, issued)?)?];
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
    text(&mut bindings, "next", &papers.words("marriage.next-refused", &[])?);
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
fn review<'a>(papers: &Papers, record: &Record, issued: &Issued) -> Result<Sheet<'a>, Problem> {
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
    // What the province has not confirmed is no registration yet, and no paper says that it is.
    let (opinion, registered_on) = match issued.outcome() {
        Outcome::Registered => ("marriage.opinion-registered", day(record.day)),
        _ => ("marriage.opinion-recorded", papers.words("marriage.day-recorded", &[])?),
    };
    text(&mut bindings, "number", &number_on_paper(papers, issued)?);
    text(&mut bindings, "registered_on", &registered_on);
    text(&mut bindings, "opinion", &papers.words(opinion, &[])?);
    text(&mut bindings, "note", &note(papers, record)?);
    bindings.insert("documents".to_owned(), Binding::Rows(shown(papers, record)?));
    common(&mut bindings, papers);
    Ok(Sheet {
        name: "marriage-review",
        title: "结婚登记审查处理表",
        layout: "marriage-review",
        mode: Mode::Full,
        bindings,
    })
}

/// 核对单: what will stand on the certificate, side by side, for the couple to read, and where each value comes from.
fn check<'a>(papers: &Papers, record: &Record, issued: &Issued) -> Result<Sheet<'a>, Problem> {
    let mut rows = Vec::with_capacity(10);
    for of in ON_CERTIFICATE.iter().chain(&["ethnicity", "declared_status"]) {
        let value = |side: Side| record.paper(&format!("{side}.{of}"));
        let source = match corrected(record, of).as_slice() {
            [] => papers.words(source(of), &[])?,
            sides => {
                let sides: Vec<&str> = sides.iter().map(|side| side.label()).collect();
                papers.words("marriage.source-put-right", &[("sides", &sides.join("、"))])?
            }
        };
        rows.push(row([
            ("label", label(record, of)),
            ("man", value(Side::Man)),
            ("woman", value(Side::Woman)),
            ("source", &source),
        ]));
    }
    for of in ON_CERTIFICATE.iter().filter(|of| !corrected(record, of).is_empty()) {
        let said = |side: Side| match put_right(record, side, of) {
            Some(put) => papers.words("marriage.put-right", &words_of(put)),
            None => Ok(String::new()),
        };
        let title = papers.words("marriage.put-right-title", &[("label", label(record, of))])?;
        rows.push(row([
            ("label", &title),
            ("man", &said(Side::Man)?),
            ("woman", &said(Side::Woman)?),
            ("source", ""),
        ]));
    }
    rows.push(row([
        ("label", &papers.words("marriage.source-checked", &[])?),
        ("man", record.paper("check.man")),
        ("woman", record.paper("check.woman")),
        ("source", &papers.words("marriage.source-checked", &[])?),
    ]));
    let mut bindings = Bindings::new();
    bindings.insert("rows".to_owned(), Binding::Rows(rows));
    text(&mut bindings, "number", &number_on_paper(papers, issued)?);
    text(&mut bindings, "date", &day(record.day));
    common(&mut bindings, papers);
    Ok(Sheet {
        name: "marriage-check",
        title: "结婚登记核对单",
        layout: "marriage-check",
        mode: Mode::Full,
        bindings,
    })
}

/// Where a value comes from.
fn source(of: &str) -> &'static str {
    match of {
        "sex" | "birth" => "marriage.source-number",
        "nationality" | "ethnicity" | "declared_status" => "marriage.source-declared",
        _ => "marriage.source-shown",
    }
}

/// What a field of either party is called.
fn label<'r>(record: &'r Record, of: &'r str) -> &'r str {
    let values = Side::BOTH.map(|side| record.value(&format!("{side}.{of}")));
    values.into_iter().flatten().next().map_or(of, |value| &value.label)
}

/// How a value of a party was put right, where it was.
fn put_right<'r>(record: &'r Record, side: Side, of: &str) -> Option<&'r PutRight> {
    record.value(&format!("{side}.{of}"))?.put_right.as_ref()
}

/// The parties of whom a value was put right.
fn corrected(record: &Record, of: &str) -> Vec<Side> {
    let mut sides = Side::BOTH.to_vec();
    sides.retain(|side| put_right(record, *side, of).is_some());
    sides
}

fn words_of(put: &PutRight) -> [(&str, &str); 4] {
    let approved = put.approved.as_ref().map_or("", |person| person.name.as_str());
    [
        ("was", &put.was),
        ("reason", &put.reason),
        ("by", &put.by.name),
        ("approved", approved),
    ]
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
    if let Some([man, woman]) = &issued.blanks {
        let blank = match side {
            Side::Man => man,
            Side::Woman => woman,
        };
        text(&mut bindings, Document::BLANK, blank);
    }
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
fn shown(papers: &Papers, record: &Record) -> Result<Vec<BTreeMap<String, String>>, Problem> {
    let declaration = papers.words("marriage.declaration-shown", &[])?;
    let mut rows = Vec::new();
    for side in Side::BOTH {
        let mut add = |title: &str| rows.push(row([("party", side.label()), ("title", title)]));
        add(record.paper(&format!("{side}.id_type")));
        add(&declaration);
        let evidence = record.paper(&format!("check.{side}_evidence"));
        if !evidence.is_empty() {
            add(evidence);
        }
    }
    Ok(rows)
}

/// A slip number says on every paper that it is none of the province's.
fn number_on_paper(papers: &Papers, issued: &Issued) -> Result<String, Problem> {
    match issued.outcome() {
        Outcome::Registered => Ok(issued.number.clone()),
        _ => papers.words("marriage.number-pending", &[("number", &issued.number)]),
    }
}

/// The remark, what a person confirmed with which reason, and which printed values were put right.
fn note(papers: &Papers, record: &Record) -> Result<String, Problem> {
    let mut all = vec![record.paper("case.note").to_owned()];
    all.extend(record.confirmed.iter().map(|one| one.reason.clone()));
    for (side, of) in Side::BOTH.into_iter().flat_map(|side| PARTY.map(|of| (side, of))) {
        if let Some(put) = put_right(record, side, of) {
            let field = format!("{}{}", side.label(), label(record, of));
            let mut words = words_of(put).to_vec();
            words.push(("field", &field));
            all.push(papers.words("marriage.put-right-note", &words)?);
        }
    }
    all.retain(|text| !text.is_empty());
    Ok(all.join("；"))
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
