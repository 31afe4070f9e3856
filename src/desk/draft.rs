//! Drafts (暂存): what is being typed at a desk, saved on each accepted field and offered again on the same field.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::business::Business;
use super::fault::Fault;
use super::registry::Registry;
use super::submit::{HandedIn, Wish};
use super::{Permission, Problem, Session};
use crate::forms::Answers;
use crate::store::DraftRow;

/// A form being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id; 0 before it was first saved.
    pub id: i64,
    /// The form.
    pub form: String,
    /// What lists call it: the names typed so far. Made when it is saved.
    pub label: String,
    /// Path of the field to come back to.
    pub field: String,
    /// What stands in that field and is no answer yet, as it was typed.
    pub typed: Option<String>,
    /// The answers so far.
    pub answers: Answers,
    /// Rules confirmed so far, each with its reason.
    pub confirm: BTreeMap<String, String>,
    /// The key under which it will be handed in, so that a double Enter is one act.
    pub key: String,
    /// The accepted case it goes on with, if any.
    pub case: Option<String>,
    /// Who types.
    pub owner: String,
    /// When it was last saved.
    pub at: NaiveDateTime,
}

#[derive(Serialize, Deserialize)]
struct Body {
    answers: Answers,
    confirm: BTreeMap<String, String>,
    key: String,
    case: Option<String>,
    #[serde(default)]
    typed: Option<String>,
}

impl Draft {
    /// An empty form.
    ///
    /// # Errors
    /// The machine gives no random numbers for its key.
    pub fn new(session: &Session, form: &str) -> Result<Self, Problem> {
        Ok(Self {
            id: 0,
            form: form.to_owned(),
            label: String::new(),
            field: String::new(),
            typed: None,
            answers: Answers::default(),
            confirm: BTreeMap::new(),
            key: new_key()?,
            case: None,
            owner: session.account().to_owned(),
            at: session.now(),
        })
    }

    /// The draft as it is handed in: under its key, so that a double Enter is one act, and gone with the act.
    pub fn handed_in(&self, wish: Wish) -> HandedIn {
        HandedIn {
            confirm: self.confirm.clone(),
            key: Some(self.key.clone()),
            wish,
            draft: Some(self.id).filter(|id| *id != 0),
            case: self.case.clone(),
            ..HandedIn::new(&self.form, self.answers.clone())
        }
    }
}

impl Registry {
    /// The drafts of the desk, newest first. They name people in full, so they are for who may take cases (I9).
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn drafts(&self, session: &Session) -> Result<Vec<Draft>, Problem> {
        session.allow(Permission::Accept)?;
        self.read(|reader| reader.drafts(session.desk())?.into_iter().map(read).collect())
    }

    /// An accepted case as a new draft that goes on with it.
    ///
    /// # Errors
    /// No such case, one that is closed, no permission, or the store cannot be read.
    pub fn resume(&self, session: &Session, case: &str) -> Result<Draft, Problem> {
        session.allow(Permission::Accept)?;
        let row = self.read(|reader| Ok(reader.case(case)?))?;
        let row = row.ok_or_else(|| Fault::NoCase(case.to_owned()))?;
        if row.state != "accepted" {
            return Err(Fault::CaseClosed(row.id).into());
        }
        let answers = Business::of(&row.kind)?.answers_of(&row)?;
        Ok(Draft {
            answers,
            case: Some(row.id),
            ..Draft::new(session, &row.kind)?
        })
    }

    /// Saves a draft; sets its id, label and time.
    ///
    /// # Errors
    /// No permission, or the store cannot be written.
    pub fn save_draft(&mut self, session: &Session, draft: &mut Draft) -> Result<(), Problem> {
        session.allow(Permission::Accept)?;
        let business = Business::of(&draft.form)?;
        draft.at = session.now();
        draft.label = business.label(&draft.answers);
        let [first_id, second_id] = business.people(&draft.answers);
        let body = Body {
            answers: draft.answers.clone(),
            confirm: draft.confirm.clone(),
            key: draft.key.clone(),
            case: draft.case.clone(),
            typed: draft.typed.clone(),
        };
        draft.id = self.store.save_draft(&DraftRow {
            id: draft.id,
            desk: session.desk().to_owned(),
            kind: draft.form.clone(),
            label: draft.label.clone(),
            field: draft.field.clone(),
            body: serde_json::to_string(&body).map_err(|e| Fault::Machine(e.to_string()))?,
            first_id,
            second_id,
            owner: draft.owner.clone(),
            at: draft.at,
        })?;
        Ok(())
    }

    /// Removes a draft of this desk.
    ///
    /// # Errors
    /// No permission, or the store cannot be written.
    pub fn remove_draft(&mut self, session: &Session, id: i64) -> Result<(), Problem> {
        session.allow(Permission::Accept)?;
        Ok(self.store.remove_draft(id, session.desk())?)
    }
}

fn read(row: DraftRow) -> Result<Draft, Problem> {
    let body: Body =
        serde_json::from_str(&row.body).map_err(|e| Fault::Unreadable(format!("draft {}: {e}", row.id)))?;
    Ok(Draft {
        id: row.id,
        form: row.kind,
        label: row.label,
        field: row.field,
        typed: body.typed,
        answers: body.answers,
        confirm: body.confirm,
        key: body.key,
        case: body.case,
        owner: row.owner,
        at: row.at,
    })
}

/// A key nobody else has.
fn new_key() -> Result<String, Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Machine(e.to_string()))?;
    Ok(hex::encode(bytes))
}
