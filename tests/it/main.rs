//! The program from outside: the real binary, a real terminal, real files.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "here a failed `unwrap` is the failed assertion itself"
)]

mod asked;
mod commands;
mod data;
mod faults;
mod house;
mod input;
mod isolation;
mod kept;
mod kill;
mod papers;
mod places;
mod printed;
mod screens;
mod settings;
mod signals;
mod submit;
mod support;
mod upkeep;
mod waivers;
