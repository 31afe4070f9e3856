//! Deciding a case inside its transaction: asked before? - examined, refused, incomplete, or taken on.

use std::collections::BTreeMap;

use super::Problem;
use super::business::{Business, Own};
use super::examine::Examined;
use super::fault::Fault;
use super::paper::{self, Papers};
use super::record::{Confirmed, Record};
use super::registry::House;
use super::session::Session;
use super::submit::{HandedIn, Outcome, Submitted, Wish};
use crate::domain::finding::{Finding, Severity};
use crate::forms::{REASON, REASONS};
use crate::store::{ActKeyRow, CaseRow, StepRow, StoreError, TallyRow, Tx};

/// Why a transaction is rolled back: something is wrong, or there is an answer that writes nothing.
pub(super) enum Stop {
    Problem(Problem),
    Answer(Box<Submitted>),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

/// A case that was examined and may be taken on.
pub(super) struct Taken<'a> {
    pub house: &'a House,
    pub session: &'a Session,
    pub business: Business,
    pub handed: &'a HandedIn,
    pub examined: Examined,
}

/// A case of which the record was made.
pub(super) struct Opened {
    /// Its row, not yet in the record.
    pub row: CaseRow,
    /// What was examined.
    pub record: Record,
    /// Whether it stands in the record as accepted already.
    pub accepted_before: bool,
}

/// Decides what becomes of a case handed in.
pub(super) fn decide(
    tx: &mut Tx,
    house: &House,
    session: &Session,
    business: Business,
    handed: &HandedIn,
) -> Result<Submitted, Stop> {
    if let Some(answer) = answered_before(tx, handed)? {
        return Err(Stop::Answer(Box::new(answer)));
    }
    reasons_fit(handed)?;
    let own = Own {
        draft: handed.draft.unwrap_or_default(),
        case: handed.case.as_deref(),
    };
    let mut examined = business.examined(tx, house, session, handed, own)?;
    if let Some(ground) = &handed.ground {
        examined.findings.insert(0, ground_found(house, ground)?);
    }
    let idle = handed.confirm.keys().filter(|rule| !examined.asks_about(rule));
    let idle: Vec<Finding> = idle
        .map(|rule| {
            let params = [("rule", rule.chars().take(60).collect())];
            house.finding("confirm.not-asked", Severity::Warn, "confirm", params)
        })
        .collect();
    examined.findings.extend(idle);
    for (rule, reason) in handed.spoken() {
        let label = [format!("“{rule}”的原因"), format!("The reason for \"{rule}\"")];
        examined.findings.extend(house.unprintable("", label, reason));
    }
    examined.findings.sort_by_key(|finding| finding.severity);
    let refused = examined.refused();
    let nameless = examined.lacks_for_refusal(business.named_on_refusal());
    let incomplete = examined.open(&handed.confirm);
    let taken = Taken {
        house,
        session,
        business,
        handed,
        examined,
    };
    let answer = match (refused, incomplete, handed.wish) {
        // A refusal goes to somebody: without name and number of both there is nobody to give it to.
        (true, _, Wish::FinishOrRefuse) if nameless => return Err(taken.unwritten(Outcome::Incomplete)),
        (true, _, Wish::FinishOrRefuse) => {
            session.allow(business.permission_to_refuse())?;
            business.refuse(tx, &taken)?
        }
        (true, ..) => return Err(taken.unwritten(Outcome::Refused)),
        (false, true, _) => return Err(taken.unwritten(Outcome::Incomplete)),
        (false, false, Wish::Accept) => business.accept(tx, &taken)?,
        (false, false, _) => business.finish(tx, &taken)?,
    };
    if let (Some(key), Some(case)) = (&handed.key, &answer.case) {
        tx.keep_key(&ActKeyRow {
            key: key.clone(),
            fingerprint: handed.fingerprint(),
            case: case.clone(),
            outcome: answer.outcome.as_str().to_owned(),
        })?;
    }
    if let Some(draft) = handed.draft {
        tx.remove_draft(draft, session.desk())?;
    }
    Ok(answer)
}

/// What a person confirmed or put right stands in the remark of the case's paper, which has so much room and no more.
fn reasons_fit(handed: &HandedIn) -> Result<(), Problem> {
    let lengths: Vec<usize> = handed
        .spoken()
        .iter()
        .map(|(_, reason)| reason.chars().count())
        .collect();
    if lengths.iter().any(|length| *length > REASON) || lengths.iter().sum::<usize>() > REASONS {
        return Err(Fault::ReasonTooLong(REASON, REASONS).into());
    }
    Ok(())
}

/// A ground that a person found, as a message says it. Only what refuses is a ground.
fn ground_found(house: &House, code: &str) -> Result<Finding, Problem> {
    let found = house.forms.message(code, None, BTreeMap::new());
    found
        .filter(|finding| finding.severity == Severity::Refuse)
        .ok_or_else(|| Fault::NoGround(code.to_owned()).into())
}

/// The answer given before under the same key (I12).
fn answered_before(tx: &Tx, handed: &HandedIn) -> Result<Option<Submitted>, Problem> {
    let Some(key) = &handed.key else { return Ok(None) };
    let Some(act) = tx.act_of(key)? else {
        return Ok(None);
    };
    if act.fingerprint != handed.fingerprint() {
        return Err(Fault::KeyReused(key.clone()).into());
    }
    let unreadable = |what: String| Fault::Unreadable(format!("{}: {what}", act.case));
    let row = tx.case(&act.case)?.ok_or_else(|| unreadable("case_file".to_owned()))?;
    let outcome = Outcome::named(&act.outcome).ok_or_else(|| unreadable(act.outcome.clone()))?;
    let findings: Vec<Finding> = serde_json::from_str(&row.findings).map_err(|e| unreadable(e.to_string()))?;
    if outcome == Outcome::Accepted {
        // What came after the acceptance was another act's answer.
        let answer = Submitted::unwritten(outcome, findings);
        return Ok(Some(Submitted {
            case: Some(row.id),
            repeated: true,
            ..answer
        }));
    }
    let mut answer = Submitted::unwritten(outcome, findings);
    for document in tx.documents_of(&row.id)? {
        // A paper made anew later bears the name of the one it stands in for: the first of each name was the act's.
        if !answer
            .documents
            .iter()
            .any(|known| known.document.name == document.name)
        {
            answer.documents.push(paper::read(document)?);
        }
    }
    answer.extra = Record::read(&row.id, &row.examined)?.answer;
    answer.case = Some(row.id);
    answer.number = row.number;
    answer.repeated = true;
    Ok(Some(answer))
}

impl Taken<'_> {
    fn unwritten(self, outcome: Outcome) -> Stop {
        Stop::Answer(Box::new(Submitted {
            extra: self.examined.answer,
            ..Submitted::unwritten(outcome, self.examined.findings)
        }))
    }

    /// Makes the case's row and record; takes its number, or goes on with the accepted case.
    pub(super) fn open(&self, tx: &mut Tx) -> Result<Opened, Problem> {
        let before = self
            .handed
            .case
            .as_ref()
            .map(|case| self.accepted(tx, case))
            .transpose()?;
        let record = Record {
            form: self.business.id().to_owned(),
            title: self.examined.title.clone(),
            title_en: self.examined.title_en.clone(),
            day: self.session.today(),
            values: self.examined.values.clone(),
            confirmed: self.confirmed(before.as_ref())?,
            answer: self.examined.answer.clone(),
        };
        let (examined, record_sha256) = record.text()?;
        let (id, accepted_before) = match before {
            Some(row) => (row.id, true),
            None => {
                let year = chrono::Datelike::year(&self.session.today());
                let number = tx.next_number("C", year, |n| self.house.profile.case_number(year, n))?;
                (number.1, false)
            }
        };
        let failed = |e: serde_json::Error| Fault::Machine(e.to_string());
        let [first_id, second_id] = self.examined.people.clone();
        for text in self.examined.texts.iter().filter(|text| !text.sha256.is_empty()) {
            tx.keep_definition(text)?;
        }
        let [form_sha256, rules_sha256] = self.examined.texts.each_ref().map(|text| text.sha256.clone());
        let row = CaseRow {
            id,
            kind: self.business.id().to_owned(),
            state: "accepted".to_owned(),
            outcome: String::new(),
            form_sha256,
            rules_sha256,
            answers: serde_json::to_string(&self.handed.answers).map_err(failed)?,
            examined,
            findings: serde_json::to_string(&self.examined.findings).map_err(failed)?,
            record_sha256,
            day: self.session.today(),
            number: None,
            first_id,
            second_id,
        };
        Ok(Opened {
            row,
            record,
            accepted_before,
        })
    }

    fn accepted(&self, tx: &Tx, case: &str) -> Result<CaseRow, Problem> {
        let row = tx.case(case)?.ok_or_else(|| Fault::NoCase(case.to_owned()))?;
        if row.state == "accepted" && row.kind == self.business.id() {
            Ok(row)
        } else {
            Err(Fault::CaseClosed(row.id).into())
        }
    }

    /// What a person confirmed; what somebody confirmed at the acceptance, with the same reason, stays theirs.
    fn confirmed(&self, before: Option<&CaseRow>) -> Result<Vec<Confirmed>, Problem> {
        let earlier = match before {
            Some(row) => Record::read(&row.id, &row.examined)?.confirmed,
            None => Vec::new(),
        };
        let asked = self
            .examined
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Confirm);
        let confirmed = asked.filter_map(|finding| {
            let now = Confirmed {
                rule: finding.rule.clone(),
                reason: self.handed.confirm.get(&finding.rule)?.clone(),
                by: self.session.account().to_owned(),
            };
            let same = |known: &&Confirmed| known.rule == now.rule && known.reason == now.reason;
            Some(earlier.iter().find(same).cloned().unwrap_or(now))
        });
        Ok(confirmed.collect())
    }

    /// Writes the case with its end, and the steps done now.
    pub(super) fn close(&self, tx: &mut Tx, opened: &mut Opened, outcome: Outcome) -> Result<(), Problem> {
        opened.row.state = "closed".to_owned();
        opened.row.outcome = outcome.as_str().to_owned();
        if opened.accepted_before {
            tx.close_case(&opened.row)?;
        } else {
            tx.insert_case(&opened.row)?;
        }
        Ok(())
    }

    /// Notes steps as done now by this account.
    pub(super) fn steps(&self, tx: &mut Tx, case: &str, steps: &[&str]) -> Result<(), Problem> {
        for step in steps {
            tx.insert_step(
                case,
                &StepRow {
                    step: (*step).to_owned(),
                    actor: self.session.account().to_owned(),
                    desk: self.session.desk().to_owned(),
                    at: self.session.now(),
                },
            )?;
        }
        Ok(())
    }

    /// Counts the case under its outcome.
    pub(super) fn tally(&self, tx: &mut Tx, outcome: &str, reason: &str) -> Result<(), Problem> {
        let kind = format!("{}.{outcome}", self.business.id());
        let one = TallyRow::one(&kind, self.session.desk(), self.session.account()).because_of(reason);
        Ok(tx.tally(self.session.today(), &one)?)
    }

    /// What the case's papers share.
    pub(super) fn papers<'a>(&'a self, opened: &'a Opened) -> Papers<'a> {
        Papers {
            house: self.house,
            case: &opened.row.id,
            record_sha256: &opened.row.record_sha256,
            dated: self.session.now(),
            specimen: self.house.profile.training,
        }
    }

    /// The answer of an act that was done.
    pub(super) fn done(&self, opened: Opened, outcome: Outcome, documents: Vec<paper::StoredDocument>) -> Submitted {
        Submitted {
            case: Some(opened.row.id),
            number: opened.row.number,
            documents,
            extra: self.examined.answer.clone(),
            ..Submitted::unwritten(outcome, self.examined.findings.clone())
        }
    }
}
