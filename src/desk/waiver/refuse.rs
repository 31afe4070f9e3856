//! Refusal (不予减免): the case is closed with its grounds and the paper that names them.

use super::papers;
use crate::desk::Problem;
use crate::desk::decide::Taken;
use crate::desk::submit::{Outcome, Submitted};
use crate::domain::finding::{Finding, Severity};
use crate::store::Tx;

/// Closes a case as refused.
pub(crate) fn refuse(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let mut opened = taken.open(tx)?;
    let steps: &[&str] = if opened.accepted_before {
        &["refuse"]
    } else {
        &["accept", "refuse"]
    };
    taken.close(tx, &mut opened, Outcome::Refused)?;
    taken.steps(tx, &opened.row.id, steps)?;
    let findings = taken.examined.findings.iter();
    let grounds: Vec<&Finding> = findings
        .filter(|finding| finding.severity == Severity::Refuse)
        .collect();
    let first = grounds.first().map_or("", |finding| finding.rule.as_str());
    taken.tally(tx, "refused", first)?;
    let paper = papers::refusal(tx, taken, &opened, &grounds)?;
    Ok(taken.done(opened, Outcome::Refused, vec![paper]))
}
