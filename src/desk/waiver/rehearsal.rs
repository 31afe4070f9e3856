//! Claims of days gone by: what a draft policy is tried on. Only sums leave the desk, yet claims name people, so that
//! reading them is audited.

use chrono::{Months, NaiveDate};
use serde_json::{Value, json};

use super::reading;
use crate::desk::fault::Fault;
use crate::desk::registry::Act;
use crate::desk::submit::Given;
use crate::desk::{Permission, Problem, Registry, Session};
use crate::forms::waiver::Request;
use crate::store::Reader;

impl Registry {
    /// Gives every claim that was settled from one day to another and still stands, a month at a time, oldest first: as
    /// it was settled last, where a later settlement (补减, 追回) follows it.
    ///
    /// # Errors
    /// No permission, or the store cannot be read or the look not be audited.
    pub fn settled_claims(
        &mut self,
        session: &Session,
        from: NaiveDate,
        to: NaiveDate,
        take: &mut dyn FnMut(&Request),
    ) -> Result<(), Problem> {
        let act = Act::new("waiver.rehearse", "").with(json!({"from": from, "to": to}));
        self.perform(session, Permission::Day, act, |_, _| Ok::<_, Problem>(()))?;
        let mut first = from;
        while first <= to {
            let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
            let last = next.pred_opt().unwrap_or(to).min(to);
            self.read(|reader| month(reader, first, last, take))?;
            first = next;
        }
        Ok(())
    }
}

fn month(reader: &Reader, first: NaiveDate, last: NaiveDate, take: &mut dyn FnMut(&Request)) -> Result<(), Problem> {
    for settlement in reader.settlements_between(first, last)? {
        if !matches!(settlement.kind.as_str(), "normal" | "offsite") {
            continue;
        }
        let later = reader.settlements_after(&settlement.number)?;
        let last = later.into_iter().rfind(|later| later.state == "settled");
        let standing = last.unwrap_or(settlement);
        let unreadable = |why: String| Problem::from(Fault::Unreadable(format!("{}: {why}", standing.case)));
        let case = reader.case(&standing.case)?;
        let case = case.ok_or_else(|| unreadable("case".to_owned()))?;
        let kept = serde_json::from_str(&case.answers).map_err(|error| unreadable(error.to_string()))?;
        let told = reading::read(&given(kept).map_err(unreadable)?);
        let told = told.map_err(|findings| {
            let says = findings.into_iter().map(|finding| finding.says);
            unreadable(says.collect::<Vec<_>>().join("；"))
        })?;
        take(&told.request);
    }
    Ok(())
}

/// A claim as the record keeps it: as it was sent, or the answers as they were typed.
fn given(kept: Value) -> Result<Given, String> {
    match kept {
        Value::Object(map) if map.get("given").is_some_and(Value::is_object) => {
            let answers = serde_json::from_value(Value::Object(map));
            answers.map(Given::Form).map_err(|error| error.to_string())
        }
        Value::Object(map) => Ok(Given::Json(map)),
        _ => Err("answers".to_owned()),
    }
}
