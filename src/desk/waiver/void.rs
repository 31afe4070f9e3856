//! Voiding a settlement (作废): after settlement nothing is changed; it is voided with a reason and settled anew.

use serde_json::json;

use super::WAIVER;
use super::settle::tally_items;
use crate::desk::fault::Fault;
use crate::desk::registry::{Act, Registry};
use crate::desk::stock::reason_given;
use crate::desk::{Permission, Problem, Session};
use crate::store::TallyRow;

impl Registry {
    /// Voids a settlement; whoever made it cannot. The deceased may be settled anew after that.
    ///
    /// # Errors
    /// No such settlement, one that is void or that others follow, no reason, no permission, the person who settled,
    /// or the store cannot be written.
    pub fn void_settlement(&mut self, session: &Session, number: &str, reason: &str) -> Result<(), Problem> {
        let reason = reason_given(reason)?;
        let number = number.trim().to_uppercase();
        let session = &session.at_one_moment();
        let act = Act::new("waiver.void", "").with(json!({"number": number, "reason": reason}));
        self.perform(session, Permission::Approve, act, |tx, _| {
            let row = tx
                .settlement(&number)?
                .ok_or_else(|| Fault::NoSettlement(number.clone()))?;
            tx.set_subject(&row.case);
            if row.state != "settled" {
                return Err(Fault::SettlementVoid(number.clone()).into());
            }
            let follower = tx
                .settlements_after(&number)?
                .into_iter()
                .find(|later| later.state == "settled");
            if let Some(later) = follower {
                return Err(Fault::SettlementFollowed(number.clone(), later.number).into());
            }
            let own = tx.steps_of(&row.case)?;
            if own
                .iter()
                .any(|step| step.step == "settle" && step.actor == session.account())
            {
                return Err(Fault::OwnApproval.into());
            }
            let today = session.today();
            tx.void_settlement(&number, None, today, &reason)?;
            tx.void_certificate(&number)?;
            let lines = tx.bill_lines(&number)?;
            tally_items(tx, session, "waiver.voided.item", &lines, -1)?;
            let kind = format!("{WAIVER}.voided");
            let one = TallyRow::one(&kind, session.desk(), session.account());
            Ok(tx.tally(today, &one)?)
        })
    }
}
