//! Going on with a settlement: a new draft that follows it, with its answers as they were (补减, 追回).

use crate::desk::business::Business;
use crate::desk::fault::Fault;
use crate::desk::stock::reason_given;
use crate::desk::{Draft, Permission, Problem, Registry, Session};

use super::WAIVER;

impl Registry {
    /// A draft that follows a settlement: the difference is what will be settled.
    ///
    /// # Errors
    /// No such settlement, one that is void or follows another itself, no reason, no permission, or the store cannot
    /// be read.
    pub fn follow_settlement(&self, session: &Session, number: &str, reason: &str) -> Result<Draft, Problem> {
        session.allow(Permission::Settle)?;
        let reason = reason_given(reason)?;
        let number = number.trim().to_uppercase();
        let mut answers = self.read(|reader| {
            let row = reader
                .settlement(&number)?
                .ok_or_else(|| Fault::NoSettlement(number.clone()))?;
            if row.state != "settled" {
                return Err(Fault::SettlementVoid(number.clone()).into());
            }
            if let Some(first) = row.replaces {
                return Err(Fault::SettlementFollows(number.clone(), first).into());
            }
            let case = reader.case(&row.case)?.ok_or_else(|| Fault::NoCase(row.case.clone()))?;
            Business::Waiver.answers_of(&case)
        })?;
        answers.set_text("former", &number);
        answers.set_text("reason", &reason);
        answers.set_text("dates.claim", &session.today().to_string());
        Ok(Draft {
            answers,
            ..Draft::new(session, WAIVER)?
        })
    }
}
