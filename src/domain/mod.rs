//! Facts and algorithms of the field, pure: no I/O, no clock, no SQL, no terminal.
//!
//! Thresholds, lists and texts are not here but in the data files under `forms/`; what reads such a list
//! ([`area`], [`calendar`], [`code_list`]) takes the text of its file.

pub mod area;
pub mod calendar;
pub mod certificate;
pub mod code_list;
pub mod date;
pub mod document;
pub mod finding;
pub mod id_number;
pub mod money;
pub mod name;
pub mod party;
pub mod rows;
pub mod text;
pub mod waiver;
