//! Fee waivers (惠民殡葬减免): a bill settled under a published policy, voided, supplemented, taken back, claimed from
//! elsewhere.
//!
//! Prices and policies are data and the calculation is [`crate::domain::waiver`]; here stand what is read beside the
//! claim, what the record knows of the deceased, the acts, and what the papers say.

mod accept;
mod answers;
mod catalogue;
mod cleaning;
mod difference;
mod examine;
mod explain;
mod follow;
mod following;
mod known;
mod names;
mod papers;
mod posted;
mod preview;
mod reading;
mod refuse;
mod rehearsal;
mod rows;
mod settle;
mod settling;
#[cfg(test)]
mod tests;
mod values;
mod void;

use crate::domain::finding::{Finding, Severity};
use crate::forms::Forms;

pub use catalogue::{ItemLine, PolicyLine};
pub use explain::{waiver_outcome, waiver_request};
pub use preview::{ChoosingLine, EvidenceLine, FactLine, WaiverPreview};

pub(super) use accept::accept;
pub(super) use answers::{label, people, to_answers};
pub(super) use examine::{examined, nothing};
pub(super) use names::name;

pub(super) use refuse::refuse;
pub(super) use settle::settle;

/// The business's id, its form's, and the kind of its cases and vouchers.
const WAIVER: &str = "waiver";

/// Letter of the vouchers' own sequence (免).
const SEQUENCE: &str = "M";

/// A finding of the desk whose words stand in the data; its code alone where a broken file has lost them.
fn message(forms: &Forms, code: &str, field: &str, params: &[(&str, &str)]) -> Finding {
    let code = format!("{WAIVER}.{code}");
    let params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let found = forms.message(&code, Some(field), params);
    found.unwrap_or_else(|| say(Severity::Error, &code, field, code.as_str(), code.as_str()))
}

/// A finding about what cannot be read or computed.
fn say(severity: Severity, rule: &str, field: &str, zh: impl Into<String>, en: impl Into<String>) -> Finding {
    Finding::plain(severity, rule, Some(field), zh, en)
}
