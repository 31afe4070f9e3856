//! Refusal (不予办理结婚登记): the case is closed with its grounds and the paper that names them.

use crate::desk::Problem;
use crate::desk::decide::Taken;
use crate::desk::submit::{Outcome, Submitted};
use crate::domain::finding::Severity;
use crate::store::Tx;

use super::papers;

/// Closes a case as refused.
pub(crate) fn refuse(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let mut opened = taken.open(tx)?;
    let steps: &[&str] = if opened.accepted_before {
        &["refuse"]
    } else {
        &["pre_check", "refuse"]
    };
    taken.close(tx, &mut opened, Outcome::Refused)?;
    taken.steps(tx, &opened.row.id, steps)?;
    let grounds = taken
        .examined
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Refuse);
    let grounds: Vec<_> = grounds.collect();
    let first = grounds.first().map_or("", |finding| finding.rule.as_str());
    taken.tally(tx, "refused", first)?;
    let paper = papers::refusal(tx, taken, &opened, &grounds)?;
    Ok(taken.done(opened, Outcome::Refused, vec![paper]))
}
