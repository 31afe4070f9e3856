//! Definitions, rules, lists and layouts as data; answers and facts become findings.
//!
//! It reads the files under `forms/` (embedded, or laid over by a county's folder), holds them against each other
//! at load, and knows no database, no clock and no terminal: what the desk looked up comes in as [`Facts`].

mod answers;
pub mod condition;
mod digest;
mod examination;
mod facts;
mod fault;
mod form;
mod library;
pub mod paper;
mod reader;
mod value;
pub mod waiver;

pub use answers::{Answer, Answers, Override};
pub use digest::{sha256, sha256_bytes};
pub use examination::{Circumstances, Examination, FieldState};
pub use facts::{Fact, Facts};
pub use fault::Fault;
pub use form::{FactSpec, Field, FieldKind, Form, Section};
pub use library::Forms;
pub use value::Value;
