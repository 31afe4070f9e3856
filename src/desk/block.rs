//! Blocks of certificate numbers that the province assigned: opened by a supervisor, with the reason.

use chrono::Datelike;
use serde_json::json;

use super::fault::Fault;
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::stock::reason_given;
use super::{IssueOffline, Problem, Profile, Session};
use crate::domain::certificate::{CertificateKind, CertificateNumber};
use crate::store::BlockRow;

/// A block of numbers that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockLine {
    /// Its first number.
    pub first: String,
    /// Its last number.
    pub last: String,
    /// The number that is given next; none where the block is used up.
    pub next: Option<String>,
    /// How many numbers are left.
    pub left: i64,
    /// Why it was opened.
    pub reason: String,
}

impl Registry {
    /// Opens a block of numbers, first to last, both of this registry, one kind and one year.
    ///
    /// # Errors
    /// No block, one that overlaps, one of a year that is over, a registry that gives no numbers itself, no reason, no permission, or the store cannot be written.
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
        let today = session.today();
        self.perform(session, Permission::OpenBlock, act, |tx, _| {
            // As the setting is now; another desk may have changed it.
            if Profile::read(tx)?.issue_offline == IssueOffline::Never {
                return Err(Fault::BlockUnused.into());
            }
            if year < today.year() {
                return Err(Fault::BlockPast(year).into());
            }
            // A number copied from the province may lie there: handing it out again would stop every registration.
            if tx.numbers_known(sequence, year, from, to)? || tx.numbers_borne(&subject, &end)? {
                return Err(Fault::BlockOverlaps.into());
            }
            Ok(tx.open_block(sequence, year, from, to, &reason)?)
        })
    }

    /// The blocks that were opened, in order of year and number.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn blocks(&self, session: &Session) -> Result<Vec<BlockLine>, Problem> {
        session.allow(Permission::Day)?;
        let code = self.profile().code;
        let line = |row: BlockRow| {
            let number = |n: i64| format!("{}{code}-{}-{n:06}", row.sequence, row.year);
            BlockLine {
                first: number(row.first),
                last: number(row.last),
                next: (row.next <= row.last).then(|| number(row.next)),
                left: row.last - row.next + 1,
                reason: row.reason.clone(),
            }
        };
        self.read(|reader| Ok(reader.blocks()?.into_iter().map(line).collect()))
    }

    /// Whether a number of a kind may be issued in a year.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn block_open(&self, kind: CertificateKind, year: i32) -> Result<bool, Problem> {
        self.read(|reader| Ok(reader.block_open(kind.letters(), year)?))
    }
}
