//! Blocks of certificate numbers that the province assigned: opened by a supervisor, with the reason.

use serde_json::json;

use super::fault::Fault;
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::domain::certificate::{CertificateKind, CertificateNumber};

impl Registry {
    /// Opens a block of numbers, first to last, both of this registry, one kind and one year.
    ///
    /// # Errors
    /// No block, one that overlaps, no reason, no permission, or the store cannot be written.
    pub fn open_block(&mut self, session: &Session, first: &str, last: &str, reason: &str) -> Result<(), Problem> {
        if reason.trim().is_empty() {
            return Err(Fault::NoReason.into());
        }
        let bad = |what: String| Problem::from(Fault::BadBlock(what));
        let number = |text: &str| CertificateNumber::parse(text).map_err(|e| bad(e.to_string()));
        let (first, last) = (number(first)?, number(last)?);
        let same = first.kind() == last.kind() && first.year() == last.year();
        if !same || first.sequence() > last.sequence() {
            return Err(bad(format!("{first} - {last}")));
        }
        if first.registry() != self.profile().code || last.registry() != self.profile().code {
            return Err(bad(format!("登记机关代码应为 {}", self.profile().code)));
        }
        let (sequence, year) = (first.kind().letters(), first.year());
        let (from, to) = (i64::from(first.sequence()), i64::from(last.sequence()));
        let subject = first.to_string();
        let act = Act::new("block.open", &subject).with(json!({"last": last.to_string(), "reason": reason}));
        self.perform(session, Permission::OpenBlock, act, |tx, _| {
            if tx.numbers_known(sequence, year, from, to)? {
                return Err(Fault::BlockOverlaps.into());
            }
            Ok(tx.open_block(sequence, year, from, to, reason)?)
        })
    }

    /// Whether a number of a kind may be issued in a year.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn block_open(&self, kind: CertificateKind, year: i32) -> Result<bool, Problem> {
        self.read(|reader| Ok(reader.block_open(kind.letters(), year)?))
    }
}
