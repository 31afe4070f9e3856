//! The day (日结): what came in, what went out, which blanks are left; read from the tallies kept by each act.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::permission::Permission;
use super::registry::Registry;
use super::stock::{StockView, stock_view};
use super::{Problem, Session};
use crate::store::{Reader, TallyRow};

/// How often something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What, such as `marriage.registered`.
    pub kind: String,
    /// How often.
    pub n: i64,
}

/// How often a case was refused on a ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals {
    /// The business, such as `marriage`.
    pub form: String,
    /// The rule.
    pub ground: String,
    /// How often.
    pub n: i64,
}

/// What was waived of an item at a payer's cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaivedLine {
    /// The item's code.
    pub item: String,
    /// Who bears it.
    pub payer: String,
    /// How many lines.
    pub n: i64,
    /// How much, in 分.
    pub fen: i64,
}

/// A day of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayView {
    /// The day.
    pub day: NaiveDate,
    /// What was done, by kind, over all desks.
    pub counts: Vec<Counted>,
    /// The same by desk and account.
    pub by_actor: Vec<(String, String, Counted)>,
    /// Refusals by ground.
    pub refusals: Vec<Refusals>,
    /// The blanks.
    pub stock: StockView,
    /// Certificate and slip numbers given.
    pub numbers: Vec<String>,
    /// What was waived, by item and payer.
    pub waived: Vec<WaivedLine>,
    /// Acts the province has not confirmed, of all days.
    pub unconfirmed: i64,
    /// Number of the audit chain's last entry.
    pub audit_seq: i64,
    /// Its hash, hex.
    pub audit_head: String,
}

impl Registry {
    /// A day.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn day_view(&self, session: &Session, day: NaiveDate) -> Result<DayView, Problem> {
        session.allow(Permission::Day)?;
        self.read(|reader| day_view(reader, day, session.desk()))
    }
}

/// What a day's tallies and stock say.
pub(super) fn day_view(reader: &Reader, day: NaiveDate, desk: &str) -> Result<DayView, Problem> {
    let tallies = reader.tallies(day)?;
    let (audit_seq, audit_head) = reader.chain_head()?;
    let refusals = tallies
        .iter()
        .filter_map(|row| Some((row.kind.strip_suffix(".refused")?, row)));
    let waived = tallies.iter().filter(|row| row.kind == "waiver.item");
    Ok(DayView {
        day,
        counts: counts(&tallies),
        by_actor: tallies
            .iter()
            .filter(|row| !row.kind.ends_with(".item"))
            .map(|row| (row.desk.clone(), row.actor.clone(), counted(row)))
            .collect(),
        refusals: summed(refusals.map(|(form, row)| ((form, row.reason.as_str()), (row.n, 0))))
            .map(|((form, ground), (n, _))| Refusals {
                form: form.to_owned(),
                ground: ground.to_owned(),
                n,
            })
            .collect(),
        stock: stock_view(reader, day, desk)?,
        numbers: reader.numbers_of(day)?,
        waived: summed(waived.map(|row| ((row.reason.as_str(), row.payer.as_str()), (row.n, row.fen))))
            .map(|((item, payer), (n, fen))| WaivedLine {
                item: item.to_owned(),
                payer: payer.to_owned(),
                n,
                fen,
            })
            .collect(),
        unconfirmed: reader.unconfirmed()?,
        audit_seq,
        audit_head,
    })
}

/// Tallies by kind, over desks, accounts and grounds; sums of items are no acts.
pub(super) fn counts(tallies: &[TallyRow]) -> Vec<Counted> {
    let acts = tallies.iter().filter(|row| !row.kind.ends_with(".item"));
    summed(acts.map(|row| (row.kind.as_str(), (row.n, 0))))
        .map(|(kind, (n, _))| Counted {
            kind: kind.to_owned(),
            n,
        })
        .collect()
}

fn counted(row: &TallyRow) -> Counted {
    Counted {
        kind: row.kind.clone(),
        n: row.n,
    }
}

fn summed<K: Ord>(rows: impl Iterator<Item = (K, (i64, i64))>) -> impl Iterator<Item = (K, (i64, i64))> {
    let mut sums: BTreeMap<K, (i64, i64)> = BTreeMap::new();
    for (key, (n, fen)) in rows {
        let sum = sums.entry(key).or_default();
        sum.0 += n;
        sum.1 += fen;
    }
    sums.into_iter()
}
