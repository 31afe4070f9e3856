//! Blocks of certificate numbers that the province assigned: opened by a supervisor, with the reason.

use serde_json::json;

use super::fault::Fault;
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::stock::reason_given;
use super::{Problem, Session};
use crate::domain::certificate::{CertificateKind, CertificateNumber};

impl Registry {
    /// Opens a block of numbers, first to last, both of this registry, one kind and one year.
    ///
    /// # Errors
    /// No block, one that overlaps, no reason, no permission, or the store cannot be written.
    pub fn open_block(&mut self, session: &Session, first: &str, last: &str, reason: &str) -> Result<(), Problem> {
        let reason = reason_given(reason)?;
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
        let (subject, end) = (first.to_string(), last.to_string());
        let act = Act::new("block.open", &subject).with(json!({"last": end, "reason": reason}));
        self.perform(session, Permission::OpenBlock, act, |tx, _| {
            // A number copied from the province may lie there: handing it out again would stop every registration.
            if tx.numbers_known(sequence, year, from, to)? || tx.numbers_borne(&subject, &end)? {
                return Err(Fault::BlockOverlaps.into());
            }
            Ok(tx.open_block(sequence, year, from, to, &reason)?)
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
