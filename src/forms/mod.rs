//! Definitions, rules, lists and layouts as data; answers and facts become findings.
//!
//! It reads the files under `forms/` (embedded, or laid over by a county's folder), holds them against each other
//! at load, and knows no database, no clock and no terminal: what the desk looked up comes in as [`Facts`].

mod answers;
mod check;
pub mod condition;
mod definition;
mod digest;
mod examination;
mod examine;
mod facts;
mod fault;
mod form;
mod head;
mod json;
mod library;
mod message;
pub mod paper;
mod reader;
mod rule;
mod schema;
mod sentence;
mod source;
#[cfg(test)]
mod tests;
mod value;
pub mod waiver;

pub use answers::{Answer, Answers, Override};
pub use check::Checked;
pub use digest::{sha256, sha256_bytes};
pub use examination::{Circumstances, Examination, FieldState};
pub use facts::{Fact, Facts};
pub use fault::{Fault, nearest};
pub use form::{FactSpec, Field, FieldKind, Form, Section};
pub use library::Forms;
pub use rule::Rules;
pub use schema::{REASON, REASONS};
pub use source::DataFile;
pub use value::Value;
