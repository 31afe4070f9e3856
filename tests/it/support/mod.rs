//! What the outside tests stand on: a desk with a real database, invented people, and readers of what comes out.

pub mod boxes;
pub mod desk;
pub mod filled;
pub mod normalise;
pub mod people;
pub mod sheets;
pub mod source;
pub mod terminal;
