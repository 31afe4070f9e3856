//! The database file: the only place with SQL.
//!
//! One file a table group. It knows rows and numbers, and nothing of forms, rules or what an act means. Every write is
//! one transaction that ends with exactly one audit entry ([`Store::write`]); drafts are the named exception.

mod act_key;
mod backup;
mod blank;
mod bulk;
mod case_file;
mod certificate;
mod chain;
mod cross_check;
mod document;
mod draft;
mod error;
mod find;
mod flaw;
mod header;
mod host;
mod look;
mod making;
mod migrate;
mod number;
mod open;
mod proof;
mod restore;
mod rows;
mod setting;
mod settlement;
mod status_event;
mod tally;
mod transaction;
mod verify;

use rusqlite::Connection;

pub use act_key::ActKeyRow;
pub use blank::{BalanceRow, BlankRow, HeldRow};
pub use case_file::{CaseRow, DefinitionRow, StepRow};
pub use certificate::{CertificateRow, PartyRow};
pub use chain::AuditRow;
pub use document::{DocumentRow, PendingPrint, PrintRow};
pub use draft::DraftRow;
pub use error::StoreError;
pub use find::FoundRow;
pub use flaw::{Against, Flaw};
pub use number::BlockRow;
pub use restore::Staged;
pub use setting::AccountRow;
pub use settlement::{BillLineRow, SettlementRow};
pub use status_event::StatusRow;
pub use tally::TallyRow;
pub use transaction::{Entry, Reader, Tx};
pub use verify::Verified;

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

#[cfg(test)]
mod tests;
