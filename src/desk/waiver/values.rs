//! What the record will say of a claim, as papers print it and as the case shows it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::answers::id_shown;
use super::settling::Settling;
use crate::desk::record::RecordValue;
use crate::desk::registry::House;
use crate::domain::area::AreaLookup;
use crate::domain::date::PartialDate;
use crate::domain::id_number::IdNumber;
use crate::domain::waiver::Known;

/// What the record says of a claim, as papers print it.
pub(super) fn values(house: &House, settling: &Settling) -> Vec<RecordValue> {
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
        id_shown(&deceased.id_no),
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
    add("deceased.hukou", ["户籍", "Hukou"], hukou(house, settling), false);
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
fn hukou(house: &House, settling: &Settling) -> String {
    let request = &settling.told.request;
    let stated = request.deceased.stated.get("hukou").cloned();
    let fact = || match request.claim.facts.get("hukou") {
        Some(Known::Text(code)) => area_name(house, code, request.claim.dates.death),
        _ => String::new(),
    };
    stated.unwrap_or_else(fact)
}

/// The name of an area as it was on a day; the code where nobody knows it.
fn area_name(house: &House, code: &str, on: Option<NaiveDate>) -> String {
    let areas = house.forms.areas();
    let found = code
        .parse()
        .ok()
        .zip(on)
        .and_then(|(code, on)| match areas.lookup(code, on) {
            AreaLookup::Current(area) | AreaLookup::Abolished(area) => Some(areas.full_name(&area)),
            AreaLookup::Unknown => None,
        });
    found.unwrap_or_else(|| code.to_owned())
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
