//! What the rules of a marriage must be told, looked up in the record as the moment shows it.

use chrono::Datelike;

use crate::desk::business::Own;
use crate::desk::registry::House;
use crate::desk::{IssueOffline, Problem, Profile, Role, Session};
use crate::domain::id_number::{IdKind, IdNumber};
use crate::domain::party::Side;
use crate::forms::{Answers, Fact, Facts};
use crate::store::{Reader, StoreError};

/// The business's id, its form's, and the kind of its cases, certificates and blanks.
pub(super) const MARRIAGE: &str = "marriage";

/// The names typed so far.
pub(crate) fn label(answers: &Answers) -> String {
    let names = Side::BOTH.map(|side| answers.text(&format!("{side}.name")).trim().to_owned());
    let known: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    known.join("、")
}

/// The ID number of a party, where it can be read.
pub(super) fn id_of(answers: &Answers, side: Side) -> Option<IdNumber> {
    let kind: IdKind = match answers.text(&format!("{side}.id_type")) {
        "" => IdKind::ResidentId,
        named => named.parse().ok()?,
    };
    IdNumber::parse(kind, answers.text(&format!("{side}.id_no"))).ok()
}

/// The ID numbers of both, as far as they can be read.
pub(crate) fn people(answers: &Answers) -> [String; 2] {
    Side::BOTH.map(|side| {
        id_of(answers, side)
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default()
    })
}

/// Looks up what the rules ask for. Whom nobody can name yet is unknown, not unmarried (I6).
pub(crate) fn facts(
    reader: &Reader,
    house: &House,
    session: &Session,
    answers: &Answers,
    own: Own,
) -> Result<Facts, Problem> {
    let profile = Profile::read(reader)?;
    let mut facts = Facts::default();
    for side in Side::BOTH {
        facts = about(reader, facts, side, id_of(answers, side).as_ref(), own)?;
    }
    let [first, second] = people(answers);
    let couple = if first.is_empty() || second.is_empty() {
        Fact::Unknown
    } else {
        Fact::Text(twin(reader, &first, &second, own)?)
    };
    let left = reader.blanks_at(MARRIAGE, session.desk())?;
    debug_assert_eq!(house.profile.code, profile.code);
    Ok(facts
        .with("couple_case", couple)
        .with("blanks_left", Fact::Integer(left))
        .with("block_open", Fact::Flag(may_issue(reader, &profile, session)?))
        .with(
            "own_numbers",
            Fact::Flag(profile.issue_offline == IssueOffline::OwnBlock),
        )
        .with("registering", Fact::Flag(session.roles().has(Role::Registrar)))
        .with("registrar_licensed", Fact::Flag(session.licensed())))
}

/// Whether a certificate number may be given now, without the province.
pub(super) fn may_issue(reader: &Reader, profile: &Profile, session: &Session) -> Result<bool, StoreError> {
    Ok(profile.issue_offline == IssueOffline::OwnBlock && reader.block_open("J", session.today().year())?)
}

fn about(reader: &Reader, facts: Facts, side: Side, id: Option<&IdNumber>, own: Own) -> Result<Facts, StoreError> {
    let names = ["running_marriage", "death", "open_case"].map(|fact| format!("{side}_{fact}"));
    let [marriage, death, open] = &names;
    let Some(id) = id else {
        return Ok(facts
            .with(marriage, Fact::Unknown)
            .with(death, Fact::Unknown)
            .with(open, Fact::Unknown));
    };
    let (mut running, mut died) = (None, None);
    for key in id.forms() {
        running = running.or(reader.running_marriage(&key)?);
        died = died.or(reader.death_of(&key)?);
    }
    let case = reader.open_case_of(MARRIAGE, id.as_str(), own.case)?;
    Ok(facts
        .with(marriage, Fact::Text(running.unwrap_or_default()))
        .with(death, Fact::Text(died.map(|day| day.to_string()).unwrap_or_default()))
        .with(open, Fact::Text(case.unwrap_or_default())))
}

/// An accepted case, or a draft at any desk, of this very couple.
fn twin(reader: &Reader, first: &str, second: &str, own: Own) -> Result<String, StoreError> {
    if let Some(case) = reader.open_case_of_both(MARRIAGE, first, second, own.case)? {
        return Ok(case);
    }
    let draft = reader.draft_of_both(MARRIAGE, first, second, own.draft)?;
    Ok(draft.map(|(_, desk)| format!("{desk}号窗口的暂存")).unwrap_or_default())
}
