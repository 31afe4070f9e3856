//! A claim held against its policy and against the record: what the act will meet, and what the record will say.

use serde_json::{Map, Value, json};

use super::answers::id_key;
use super::difference::{Rows, standing};
use super::known::Known;
use super::message;
use super::reading;
use super::settling::Settling;
use super::values::values;
use crate::desk::business::Own;
use crate::desk::examine::Examined;
use crate::desk::registry::House;
use crate::desk::submit::Given;
use crate::desk::{Permission, Problem, Session};
use crate::domain::waiver::{Head, Outcome};
use crate::forms::waiver::to_json;
use crate::store::{DefinitionRow, Reader};

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
            of(
                reader,
                house,
                &Settling::of(house.forms.waivers(), told, session.today()),
                own,
            )
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
    let mut known = Known {
        forms: &house.forms,
        told,
        findings: &mut findings,
    };
    known.invisible();
    known.who_died();
    known.number_of_the_deceased();
    let former = known.before(reader, &people, own)?;
    let mut answer = answer(&settling.outcome);
    answer.insert("kind".into(), json!(kind(settling)));
    if let (Some(former), Some(settlement)) = (&former, settling.settlement()) {
        let stands = standing(reader, former)?;
        let rows = Rows::of(settlement)?.less(&stands.lines, stands.awards)?;
        if rows.is_nothing() {
            findings.push(message(
                &house.forms,
                "no-difference",
                "former",
                &[("number", &former.number)],
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
        values: values(house, settling),
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
