//! A claim for those who only ask: read, computed and held against the number of the deceased as a submit would be, with
//! no record behind it and nobody signed in.

use chrono::NaiveDate;
use serde_json::Value;

use super::known::Known;
use super::reading;
use super::settling::Settling;
use crate::desk::Problem;
use crate::desk::submit::{Given, envelope};
use crate::domain::finding::{Finding, Severity};
use crate::domain::waiver::{Outcome, Verdict};
use crate::forms::Forms;
use crate::forms::waiver::Request;

/// What comes of a claim on a day. Who died need not be said: one may ask before anybody has.
///
/// # Errors
/// The JSON is not what a submit must be.
pub fn waiver_outcome(forms: &Forms, json: &Value, today: NaiveDate) -> Result<Outcome, Problem> {
    let envelope = envelope(json)?;
    let told = match reading::read(&Given::Json(envelope.told())) {
        Ok(told) => told,
        Err(findings) => return Ok(Outcome::stopped(findings)),
    };
    let mut settling = Settling::of(forms.waivers(), told, today);
    let mut findings = std::mem::take(&mut settling.outcome.findings);
    let mut known = Known {
        forms,
        told: &settling.told,
        findings: &mut findings,
    };
    known.invisible();
    known.number_of_the_deceased();
    findings.sort_by_key(|finding| finding.severity);
    let answered =
        |finding: &Finding| finding.severity == Severity::Confirm && envelope.confirm.contains_key(&finding.rule);
    let open = findings.iter().any(|finding| finding.stops() && !answered(finding));
    let verdict = match settling.outcome.verdict {
        Verdict::Settled if open => Verdict::Incomplete,
        verdict => verdict,
    };
    Ok(Outcome {
        verdict,
        findings,
        ..settling.outcome
    })
}

/// What is computed of a claim as a submit would read it: without lines of an invoice that were refused. The version
/// may be missing, so that claims of a record can be tried as they were kept.
///
/// # Errors
/// A finding for everything that cannot be read, by path.
pub fn waiver_request(json: &Value) -> Result<Request, Vec<Finding>> {
    let Value::Object(map) = json else {
        return Request::from_json(json);
    };
    reading::read(&Given::Json(map.clone())).map(|told| told.request)
}
