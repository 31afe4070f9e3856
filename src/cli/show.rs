//! `show`: one case.

use clap::Args;
use serde_json::{Value, json};

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::CaseView;

/// 看一件业务，证件号码遮住；写明原因可看全号 / one case; ID numbers are masked unless a reason is given
#[derive(Debug, Args)]
pub(super) struct Show {
    /// 业务编号、字号或登记凭条号 / number of the case, certificate or slip
    case: String,
    /// 为什么要看完整证件号（记入审计） / why ID numbers must be seen whole (audited)
    #[arg(long)]
    reason: Option<String>,
}

impl Show {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let view = match &self.reason {
            Some(reason) => registry.unmask(&session, &self.case, reason)?,
            None => registry.case_view(&session, &self.case)?,
        };
        output::json(&told(&view))?;
        Ok(Exit::Done)
    }
}

fn told(view: &CaseView) -> Value {
    let certificate = view.certificate.as_ref().map(|known| {
        json!({
            "number": known.number, "state": known.state, "confirmation": known.confirmation,
            "blank_first": known.blank_first, "blank_second": known.blank_second,
        })
    });
    json!({
        "guitai": 1, "case": view.case, "form": view.form, "title": view.title, "state": view.state,
        "outcome": view.outcome, "day": view.day, "masked": view.masked, "certificate": certificate,
        "values": view.values.iter().map(|value| json!({
            "field": value.path, "label": value.label, "text": value.text, "put_right": value.put_right,
        })).collect::<Vec<_>>(),
        "steps": view.steps.iter().map(|step| json!({
            "step": step.step, "actor": step.actor, "desk": step.desk, "at": step.at,
        })).collect::<Vec<_>>(),
        "documents": view.documents.iter().map(|paper| json!({
            "name": paper.name, "title": paper.title, "copies": paper.copies,
        })).collect::<Vec<_>>(),
        "findings": view.findings,
        "confirmed": view.confirmed.iter().map(|(rule, reason, by)| json!({
            "rule": rule, "reason": reason, "by": by,
        })).collect::<Vec<_>>(),
        "history": view.history.iter().map(|entry| json!({
            "at": entry.at, "actor": entry.actor, "desk": entry.desk, "action": entry.action, "detail": detail(&entry.detail),
        })).collect::<Vec<_>>(),
    })
}

/// `reason=… spoiled=…`.
fn detail(detail: &[(String, String)]) -> String {
    let words = detail.iter().map(|(key, value)| format!("{key}={value}"));
    words.collect::<Vec<_>>().join(" ")
}
