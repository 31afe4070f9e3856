//! Derived values that a person put right, and the second person who approves that (复核): nobody approves their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::business::Own;
use super::record::Record;
use super::registry::House;
use super::{Permission, Problem, Role, Session};
use crate::domain::finding::{Finding, Severity};
use crate::forms::{Answers, Examination, Form};
use crate::store::{Reader, StepRow, Tx};

/// The finding about a value that nobody else has approved yet: a second person signs in, and it is gone.
pub const UNAPPROVED: &str = "answer.override-second";

/// Somebody by account and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    pub account: String,
    /// As papers name them.
    pub name: String,
}

/// A derived value that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PutRight {
    /// What its source tells, as papers print it; empty where it tells nothing.
    pub was: String,
    pub reason: String,
    pub by: Person,
    /// Who approved it; never who put it right.
    pub approved: Option<Person>,
}

/// What was put right, by path. What somebody put right at the acceptance, with the same value and reason, stays
/// theirs: then whoever goes on with the case is the second person.
///
/// # Errors
/// The second person may not approve, or is the first; the record cannot be read.
pub(super) fn put_right(
    reader: &Reader,
    session: &Session,
    answers: &Answers,
    examination: &Examination,
    own: Own,
) -> Result<BTreeMap<String, PutRight>, Problem> {
    let mut all = BTreeMap::new();
    let put_right = examination.fields.iter().filter(|state| state.overridden);
    let mut put_right = put_right.peekable();
    if put_right.peek().is_none() {
        return Ok(all);
    }
    let me = Person {
        account: session.account().to_owned(),
        name: session.display().to_owned(),
    };
    let second = match session.second() {
        Some(_) => Some(session.approver_now(reader, Permission::SecondLook)?).map(|second| Person {
            account: second.account().to_owned(),
            name: second.display().to_owned(),
        }),
        None => None,
    };
    let earlier = match own.case.map(|case| reader.case(case)).transpose()?.flatten() {
        Some(row) => Record::read(&row.id, &row.examined)?.values,
        None => Vec::new(),
    };
    for state in put_right {
        let given = answers.overrides.get(&state.path);
        let (Some(given), Some(value)) = (given, &state.value) else {
            continue;
        };
        let reason = crate::domain::text::clean(&given.reason).text.trim().to_owned();
        let before = earlier
            .iter()
            .find(|known| known.path == state.path && known.data == value.data())
            .and_then(|known| known.put_right.as_ref())
            .filter(|known| known.reason == reason);
        let by = before.map_or_else(|| me.clone(), |known| known.by.clone());
        let looking = second.clone().or_else(|| {
            let may = session.may(Permission::SecondLook);
            may.then(|| me.clone())
        });
        let looked = before.and_then(|known| known.approved.clone());
        let was = state.told.as_ref().map(crate::forms::Value::paper);
        let put = PutRight {
            was: was.unwrap_or_default(),
            reason,
            approved: looked.or(looking).filter(|approver| approver.account != by.account),
            by,
        };
        all.insert(state.path.clone(), put);
    }
    Ok(all)
}

/// What there is to say about values that only one person has seen: whoever registers must not go on with them.
pub(super) fn findings(
    house: &House,
    session: &Session,
    form: &Form,
    put_right: &BTreeMap<String, PutRight>,
) -> Vec<Finding> {
    let severity = if session.roles().has(Role::Registrar) {
        Severity::Error
    } else {
        Severity::Warn
    };
    let alone = put_right.iter().filter(|(_, put)| put.approved.is_none());
    let say = |(path, put): (&String, &PutRight)| {
        let params = [
            ("label", form.label(path)),
            ("label_en", form.label_en(path)),
            ("was", put.was.clone()),
            ("reason", put.reason.clone()),
        ];
        house.finding(UNAPPROVED, severity, path, params)
    };
    alone.map(say).collect()
}

/// Notes who approved what was put right, as a step of the case.
pub(super) fn note<'a>(
    tx: &mut Tx,
    session: &Session,
    case: &str,
    put_right: impl Iterator<Item = &'a PutRight>,
) -> Result<(), Problem> {
    let mut approved: Vec<&str> = put_right
        .filter_map(|put| Some(put.approved.as_ref()?.account.as_str()))
        .collect();
    approved.sort_unstable();
    approved.dedup();
    for actor in approved {
        tx.insert_step(
            case,
            &StepRow {
                step: "approve".to_owned(),
                actor: actor.to_owned(),
                desk: session.desk().to_owned(),
                at: session.now(),
            },
        )?;
    }
    Ok(())
}
