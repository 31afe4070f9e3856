//! Acceptance (初审, 受理): the case gets its number; review and registration are for a registrar.

use crate::desk::Problem;
use crate::desk::decide::Taken;
use crate::desk::submit::{Outcome, Submitted};
use crate::store::Tx;

/// Accepts a case.
pub(crate) fn accept(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let opened = taken.open(tx)?;
    if opened.accepted_before {
        return Err(crate::desk::fault::Fault::CaseClosed(opened.row.id).into());
    }
    tx.insert_case(&opened.row)?;
    taken.steps(tx, &opened.row.id, &["pre_check", "accept"])?;
    taken.tally(tx, "accepted", "")?;
    Ok(taken.done(opened, Outcome::Accepted, Vec::new()))
}
