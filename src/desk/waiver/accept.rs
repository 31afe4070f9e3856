//! Acceptance of an application (受理): the case gets its number; the bill is settled later.

use super::papers;
use crate::desk::Problem;
use crate::desk::decide::Taken;
use crate::desk::fault::Fault;
use crate::desk::submit::{Outcome, Submitted};
use crate::store::Tx;

/// Accepts a case.
pub(crate) fn accept(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let opened = taken.open(tx)?;
    if opened.accepted_before {
        return Err(Fault::CaseClosed(opened.row.id).into());
    }
    tx.insert_case(&opened.row)?;
    taken.steps(tx, &opened.row.id, &["accept"])?;
    taken.tally(tx, "accepted", "")?;
    let paper = papers::application(tx, taken, &opened)?;
    Ok(taken.done(opened, Outcome::Accepted, vec![paper]))
}
