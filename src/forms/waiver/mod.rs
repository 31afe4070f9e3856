//! Price lists and waiver policies as data: files a clerk can write become what `domain::waiver` computes with, claims
//! are read from JSON, outcomes are written as JSON and as text.
//!
//! A file lies under `rules/tariff/` or `rules/policy/`; [`WaiverBook`] holds them all and chooses by date. What a file
//! may say is in [`schema`]; every fault names file and line.

mod alone;
mod award;
mod benefit;
mod book;
mod check;
mod choice;
mod chosen;
mod compare;
mod condition;
mod coverage;
mod example;
mod head;
mod next_step;
mod outcome;
mod policy;
mod proof;
mod rehearsal;
mod request;
mod schema;
mod sharing;
mod strangers;
mod tariff;
#[cfg(test)]
mod tests;
mod today;

use super::reader;
pub use book::WaiverBook;
pub use compare::compare;
pub use coverage::Coverage;
pub use outcome::to_json;
pub use proof::BookReport;
pub use rehearsal::Rehearsal;
pub use request::{Deceased, Request, settle};
pub use schema::{policy_schema, request_schema, tariff_schema};
pub use today::settle_on;
