//! Facts and algorithms of the field, pure: no I/O, no clock, no SQL, no terminal.
//!
//! Thresholds, lists and texts are not here but in the data files under `forms/`.

pub mod document;
pub mod finding;
