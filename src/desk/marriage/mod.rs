//! Marriage registration of two mainland residents (结婚登记): 初审, 受理, 审查, 登记.
//!
//! Conditions and their articles are rules in the data; here stand the facts that rules are told, the acts, and what
//! the papers say.

mod accept;
mod facts;
mod number;
mod papers;
mod refuse;
mod register;
mod replace;

pub(super) use accept::accept;
pub(super) use facts::{facts, label, people};
pub(super) use number::findings;
pub(super) use refuse::refuse;
pub(super) use register::register;
pub(super) use replace::replace_blank;
