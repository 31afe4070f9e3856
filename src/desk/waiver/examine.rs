//! A claim held against its policy and against the record: what the act will meet, and what the record will say.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::difference::{Rows, standing};
use super::reading::{self, Told, id_key};
use super::settling::Settling;
use super::{WAIVER, say};
use crate::desk::business::Own;
use crate::desk::examine::Examined;
use crate::desk::record::RecordValue;
use crate::desk::registry::House;
use crate::desk::submit::Given;
use crate::desk::{Permission, Problem, Session};
use crate::domain::date::PartialDate;
use crate::domain::finding::{Finding, Severity};
use crate::domain::id_number::{IdFault, IdKind, IdNumber};
use crate::domain::text::half_width;
use crate::domain::waiver::{Head, Outcome};
use crate::forms::waiver::to_json;
use crate::store::{DefinitionRow, Reader, SettlementRow};

/// What a claim adds to an answer where nothing could be computed.
pub(crate) fn nothing() -> Map<String, Value> {
    answer(&Outcome::stopped(Vec::new()))
}

/// Examines a claim.
pub(crate) fn examined(
    reader: &Reader,
    house: &House,
    session: &Session,
    given: &Given,
    own: Own,
) -> Result<Examined, Problem> {
    match reading::read(given) {
        Ok(told) => {
            if !told.overrides.is_empty() {
                session.approver(Permission::Approve)?;
            }
            of(reader, house, &Settling::of(house, told), own)
        }
        Err(findings) => Ok(Examined {
            findings,
            texts: [no_text(), no_text()],
            title: String::new(),
            title_en: String::new(),
            values: Vec::new(),
            people: [String::new(), String::new()],
            answer: nothing(),
        }),
    }
}

/// A computed claim held against the record.
pub(super) fn of(reader: &Reader, house: &House, settling: &Settling, own: Own) -> Result<Examined, Problem> {
    let told = &settling.told;
    let mut findings = settling.outcome.findings.clone();
    let people = [
        &told.request.deceased.id_no,
        told.agent.get("id_no").unwrap_or(&String::new()),
    ]
    .map(|id| id_key(id));
    about_the_deceased(told, &mut findings);
    let former = known_before(reader, told, &people, own, &mut findings)?;
    let mut answer = answer(&settling.outcome);
    answer.insert("kind".into(), json!(kind(settling)));
    if let (Some(former), Some(settlement)) = (&former, settling.settlement()) {
        let stands = standing(reader, former)?;
        let rows = Rows::of(settlement)?.less(&stands.lines, stands.awards)?;
        if rows.is_nothing() {
            let zh = format!("与 {} 相比没有差额，不用再结算", former.number);
            findings.push(say(
                Severity::Error,
                "no-difference",
                "former",
                zh,
                "Nothing differs from it",
            ));
        }
        answer.insert("kind".into(), json!(rows.kind()));
        answer.insert("former".into(), json!(former.number));
        answer.insert("difference".into(), rows.to_json());
    }
    findings.sort_by_key(|finding| finding.severity);
    let heads = settling.basis.map(|(policy, tariff)| (&policy.head, &tariff.head));
    Ok(Examined {
        findings,
        texts: match heads {
            Some((policy, tariff)) => [text(house, "tariff", tariff), text(house, "policy", policy)],
            None => [no_text(), no_text()],
        },
        title: "惠民殡葬减免".to_owned(),
        title_en: "Funeral fee waiver".to_owned(),
        values: values(settling),
        people,
        answer,
    })
}

/// `normal`, or `offsite` for an invoice from elsewhere.
pub(super) fn kind(settling: &Settling) -> &'static str {
    if settling.told.request.claim.offsite.is_some() {
        "offsite"
    } else {
        "normal"
    }
}

fn answer(outcome: &Outcome) -> Map<String, Value> {
    let Value::Object(mut map) = to_json(outcome) else {
        return Map::new();
    };
    for key in ["guitai", "outcome", "findings"] {
        map.shift_remove(key);
    }
    map
}

fn no_text() -> DefinitionRow {
    DefinitionRow {
        sha256: String::new(),
        kind: String::new(),
        id: String::new(),
        text: String::new(),
    }
}

fn text(house: &House, kind: &str, head: &Head) -> DefinitionRow {
    DefinitionRow {
        sha256: head.sha256.clone(),
        kind: kind.to_owned(),
        id: head.id.clone(),
        text: house.forms.waivers().text(&head.sha256).unwrap_or_default().to_owned(),
    }
}

/// What the number of the deceased says, against what was stated.
fn about_the_deceased(told: &Told, findings: &mut Vec<Finding>) {
    let deceased = &told.request.deceased;
    if deceased.name.trim().is_empty() {
        let (zh, en) = ("没有填写逝者姓名", "The name of the deceased is missing");
        findings.push(say(Severity::Error, "deceased-name", "deceased.name", zh, en));
    }
    if deceased.id_no.trim().is_empty() {
        let (zh, en) = (
            "没有填写逝者证件号码，不能核对是否已经减免过",
            "Without an ID number nobody can tell whether this was settled before",
        );
        findings.push(say(Severity::Warn, "deceased-id", "deceased.id_no", zh, en));
        return;
    }
    let stated = told.request.claim.birth;
    match number_of(&deceased.id_no) {
        Ok(id) if id.birth().is_some_and(|birth| stated.is_some_and(|day| day != birth)) => {
            let (zh, en) = ("出生日期与证件号码不一致", "The birth date differs from the ID number");
            findings.push(say(Severity::Error, "deceased-birth", "deceased.birth", zh, en));
        }
        Ok(_) => {}
        Err(fault) => {
            findings.push(say(
                Severity::Error,
                "deceased-id",
                "deceased.id_no",
                fault.to_string(),
                fault.english(),
            ));
        }
    }
}

/// The number; 18 places that begin with 17 digits are a resident's, whatever else they could be taken for.
fn number_of(text: &str) -> Result<IdNumber, IdFault> {
    let plain = half_width(text);
    let plain = plain.trim();
    let resident = plain.chars().count() == 18 && plain.chars().take(17).all(|c| c.is_ascii_digit());
    if resident {
        IdNumber::recognise(plain)
            .ok()
            .filter(|id| id.kind() != IdKind::Other)
            .map_or_else(|| IdNumber::parse(IdKind::ResidentId, plain), Ok)
    } else {
        IdNumber::recognise(plain)
    }
}

/// What the record knows of this deceased: a settlement that stands, a case at another desk, the one it follows.
fn known_before(
    reader: &Reader,
    told: &Told,
    people: &[String; 2],
    own: Own,
    findings: &mut Vec<Finding>,
) -> Result<Option<SettlementRow>, Problem> {
    let [deceased, _] = people;
    if !told.former.is_empty() {
        return followed(reader, told, deceased, findings);
    }
    if deceased.is_empty() {
        return Ok(None);
    }
    if let Some(number) = reader.settlement_of_person(deceased)? {
        let zh = format!("这位逝者已经结算过（{number}），没有再写入；要补减或追回请注明原结算号，要重做请先作废");
        let en = format!("This was settled before ({number}): name it as `former`, or void it first");
        let mut finding = say(Severity::Error, "settled-before", "deceased.id_no", zh, en);
        finding.params.insert("number".into(), number);
        findings.push(finding);
    } else if let Some(case) = reader.open_case_of(WAIVER, deceased, own.case)? {
        let zh = format!("这位逝者的减免正在办理（{case}），请接着办那一件");
        let en = format!("There is an open case ({case}): go on with that one");
        let mut finding = say(Severity::Error, "open-before", "deceased.id_no", zh, en);
        finding.params.insert("case".into(), case);
        findings.push(finding);
    }
    Ok(None)
}

fn followed(
    reader: &Reader,
    told: &Told,
    deceased: &str,
    findings: &mut Vec<Finding>,
) -> Result<Option<SettlementRow>, Problem> {
    let mut wrong = |rule: &str, zh: String, en: &str| findings.push(say(Severity::Error, rule, "former", zh, en));
    let number = &told.former;
    let Some(row) = reader.settlement(number)? else {
        wrong(
            "former-unknown",
            format!("没有结算 {number}"),
            "There is no such settlement",
        );
        return Ok(None);
    };
    if row.state != "settled" {
        wrong("former-voided", format!("结算 {number} 已经作废"), "It was voided");
    }
    if let Some(first) = &row.replaces {
        let zh = format!("{number} 本身是补差，请注明最初的结算 {first}");
        wrong("former-follows", zh, "It follows another one itself: name the first");
    }
    let same = reader.case(&row.case)?.is_some_and(|case| case.first_id == deceased);
    if !same {
        wrong(
            "former-other",
            format!("结算 {number} 不是这位逝者的"),
            "It is another person's",
        );
    }
    if told.reason.is_empty() {
        wrong(
            "former-reason",
            "没有写明补减或追回的原因".to_owned(),
            "The reason is missing",
        );
    }
    Ok(Some(row))
}

/// What the record says of a claim, as papers print it.
fn values(settling: &Settling) -> Vec<RecordValue> {
    let (told, mut values) = (&settling.told, Vec::new());
    let mut add = |path: &str, label: [&str; 2], paper: String, mask: bool| {
        if !paper.is_empty() {
            values.push(RecordValue {
                path: path.to_owned(),
                label: label[0].to_owned(),
                label_en: label[1].to_owned(),
                data: paper.clone(),
                paper,
                mask,
                put_right: None,
            });
        }
    };
    let (deceased, claim) = (&told.request.deceased, &told.request.claim);
    let id = IdNumber::recognise(&deceased.id_no).ok();
    let stated = |key: &str| deceased.stated.get(key).cloned().unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| PartialDate::Day(day).chinese()).unwrap_or_default();
    let sex = stated("sex")
        .parse()
        .ok()
        .or_else(|| id.as_ref().and_then(IdNumber::sex));
    add(
        "deceased.name",
        ["逝者姓名", "Name of the deceased"],
        deceased.name.trim().to_owned(),
        false,
    );
    add(
        "deceased.sex",
        ["性别", "Sex"],
        sex.map(|sex| sex.label().to_owned()).unwrap_or_default(),
        false,
    );
    add(
        "deceased.id_no",
        ["证件号码", "ID number"],
        id_key(&deceased.id_no),
        true,
    );
    add("deceased.birth", ["出生日期", "Birth"], day(claim.birth), false);
    add(
        "deceased.died",
        ["死亡日期", "Date of death"],
        day(claim.dates.death),
        false,
    );
    add(
        "deceased.cremated",
        ["火化日期", "Date of cremation"],
        day(claim.dates.cremation),
        false,
    );
    add(
        "deceased.claimed",
        ["申请日期", "Date of the claim"],
        day(claim.dates.claim),
        false,
    );
    add("deceased.hukou", ["户籍", "Hukou"], hukou(settling), false);
    for (key, label) in [
        ("name", ["经办人姓名", "Applicant"]),
        ("id_no", ["经办人证件号码", "Applicant's ID number"]),
        ("phone", ["经办人电话", "Applicant's phone"]),
        ("relation", ["与逝者关系", "Relation"]),
    ] {
        add(
            &format!("agent.{key}"),
            label,
            told.agent.get(key).cloned().unwrap_or_default(),
            key == "id_no",
        );
    }
    for (key, label) in [
        ("name", ["收款户名", "Account name"]),
        ("bank", ["开户银行", "Bank"]),
        ("no", ["收款账号", "Account number"]),
    ] {
        add(
            &format!("account.{key}"),
            label,
            told.account.get(key).cloned().unwrap_or_default(),
            key == "no",
        );
    }
    if let Some((policy, tariff)) = settling.basis {
        add("policy", ["政策", "Policy"], policy.head.title.zh.clone(), false);
        add(
            "tariff",
            ["收费目录", "Price list"],
            tariff.head.title.zh.clone(),
            false,
        );
    }
    add("classes", ["减免对象", "Classes"], classes(settling), false);
    add(
        "evidence",
        ["查验的证明材料", "Evidence shown"],
        evidence(settling),
        false,
    );
    if let Some(offsite) = &claim.offsite {
        add(
            "offsite.hall",
            ["异地殡仪馆", "Hall elsewhere"],
            offsite.hall.clone(),
            false,
        );
    }
    add("former", ["原结算", "Former settlement"], told.former.clone(), false);
    add("reason", ["原因", "Reason"], told.reason.clone(), false);
    add(
        "override.reason",
        ["审批改动的原因", "Reason of the override"],
        told.override_reason.clone(),
        false,
    );
    add("note", ["备注", "Note"], told.note.clone(), false);
    values
}

/// The registered address where it was stated, else the area code the policy asks for.
fn hukou(settling: &Settling) -> String {
    let request = &settling.told.request;
    let stated = request.deceased.stated.get("hukou").cloned();
    let fact = || match request.claim.facts.get("hukou") {
        Some(crate::domain::waiver::Known::Text(code)) => code.clone(),
        _ => String::new(),
    };
    stated.unwrap_or_else(fact)
}

/// Names of the classes that counted; of those claimed, where nothing was settled.
pub(super) fn classes(settling: &Settling) -> String {
    let claimed = &settling.told.request.claim.classes;
    let ids = settling.settlement().map_or(claimed, |settlement| &settlement.classes);
    let name = |id: &String| match settling.basis.and_then(|(policy, _)| policy.class(id)) {
        Some(class) => class.name.zh.clone(),
        None => id.clone(),
    };
    ids.iter().map(name).collect::<Vec<_>>().join("；")
}

fn evidence(settling: &Settling) -> String {
    let shown: BTreeSet<String> = settling.told.request.claim.evidence.clone().unwrap_or_default();
    let name = |id: String| match settling.basis {
        Some((policy, _)) => policy.evidence_name(&id).zh,
        None => id,
    };
    shown.into_iter().map(name).collect::<Vec<_>>().join("、")
}
