//! Fee waivers (惠民殡葬减免): a bill settled under a published policy, voided, supplemented, taken back, claimed from
//! elsewhere.
//!
//! Prices and policies are data and the calculation is [`crate::domain::waiver`]; here stand what is read beside the
//! claim, what the record knows of the deceased, the acts, and what the papers say.

mod accept;
mod catalogue;
mod difference;
mod examine;
mod papers;
mod posted;
mod preview;
mod reading;
mod refuse;
mod rehearsal;
mod settle;
mod settling;
#[cfg(test)]
mod tests;
mod void;

use std::collections::BTreeMap;

use crate::domain::finding::{Finding, Severity};

pub use catalogue::{ItemLine, PolicyLine};
pub use preview::{EvidenceLine, FactLine, WaiverPreview};

pub(super) use accept::accept;
pub(super) use examine::{examined, nothing};
pub(super) use reading::{label, people};
pub(super) use refuse::refuse;
pub(super) use settle::settle;

/// The business's id, its form's, and the kind of its cases and vouchers.
const WAIVER: &str = "waiver";

/// Letter of the vouchers' own sequence (免).
const SEQUENCE: &str = "M";

/// A finding of the desk about a claim.
fn say(severity: Severity, rule: &str, field: &str, zh: impl Into<String>, en: impl Into<String>) -> Finding {
    Finding {
        severity,
        rule: rule.to_owned(),
        field: Some(field.to_owned()),
        params: BTreeMap::new(),
        says: zh.into(),
        says_en: en.into(),
        article: None,
    }
}
