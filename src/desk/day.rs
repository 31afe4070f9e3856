//! The day (日结): what came in, what went out, which blanks are left; read from the tallies kept by each act.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::fault::Fault;
use super::permission::Permission;
use super::registry::{House, Registry};
use super::stock::{StockView, stock_view};
use super::{Problem, Session, waiver};
use crate::domain::finding::Finding;
use crate::store::{Reader, TallyRow};

/// How often something was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// What, such as `marriage.registered`.
    pub kind: String,
    /// How often.
    pub n: i64,
}

/// How often a case was refused on a ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusals {
    /// The business, such as `marriage`.
    pub form: String,
    /// The rule.
    pub ground: String,
    /// The article it rests on, as the cases name it; empty where they name none.
    pub article: String,
    /// How often.
    pub n: i64,
}

/// What was waived of an item at a payer's cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaivedLine {
    /// The item's code.
    pub item: String,
    /// Its name.
    pub item_name: String,
    /// Id of who bears it.
    pub payer: String,
    /// What that one is called.
    pub payer_name: String,
    /// How many lines.
    pub n: i64,
    /// How much, in 分.
    pub fen: i64,
}

/// A day of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// The same as ranges: `J330521-2026-000001 - 000003`.
    pub number_ranges: Vec<String>,
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
        self.read(|reader| day_view(reader, &self.house, day, session.desk()))
    }
}

/// What a day's tallies and stock say.
pub(super) fn day_view(reader: &Reader, house: &House, day: NaiveDate, desk: &str) -> Result<DayView, Problem> {
    let tallies = reader.tallies(day)?;
    let (audit_seq, audit_head) = reader.chain_head()?;
    let refusals = tallies
        .iter()
        .filter_map(|row| Some((row.kind.strip_suffix(".refused")?, row)));
    let articles = articles(reader, day)?;
    let numbers = reader.numbers_of(day)?;
    let mut waived = waived(&tallies);
    waiver::name(reader, house, &mut waived)?;
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
                article: articles.get(ground).cloned().unwrap_or_default(),
                form: form.to_owned(),
                ground: ground.to_owned(),
                n,
            })
            .collect(),
        stock: stock_view(reader, day, desk)?,
        number_ranges: ranges(&numbers),
        numbers,
        waived,
        unconfirmed: reader.unconfirmed()?,
        audit_seq,
        audit_head,
    })
}

/// What was waived by item and payer; what was voided is taken away, and what came to nothing by that is left out.
fn waived(tallies: &[TallyRow]) -> Vec<WaivedLine> {
    let signed = tallies.iter().filter_map(|row| match row.kind.as_str() {
        "waiver.item" => Some((row, row.n)),
        "waiver.voided.item" => Some((row, -row.n)),
        _ => None,
    });
    let sums = summed(signed.map(|(row, n)| ((row.reason.as_str(), row.payer.as_str()), (n, row.fen))));
    sums.filter(|(_, sum)| *sum != (0, 0))
        .map(|((item, payer), (n, fen))| WaivedLine {
            item: item.to_owned(),
            item_name: item.to_owned(),
            payer: payer.to_owned(),
            payer_name: payer.to_owned(),
            n,
            fen,
        })
        .collect()
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

/// The article of each ground on which a case was refused that day.
fn articles(reader: &Reader, day: NaiveDate) -> Result<BTreeMap<String, String>, Problem> {
    let mut articles = BTreeMap::new();
    for row in reader.closed_on(day, "refused")? {
        let findings: Vec<Finding> =
            serde_json::from_str(&row.findings).map_err(|e| Fault::Unreadable(format!("{}: {e}", row.id)))?;
        let named = findings
            .into_iter()
            .filter_map(|finding| Some((finding.rule, finding.article?)));
        articles.extend(named);
    }
    Ok(articles)
}

/// Numbers in order as ranges: what follows on the one before joins it.
fn ranges(numbers: &[String]) -> Vec<String> {
    let split = |number: &str| {
        let (head, tail) = number.rsplit_once('-')?;
        Some((head.to_owned(), tail.parse::<u32>().ok()?))
    };
    let mut ranges: Vec<(String, u32, u32)> = Vec::new();
    for (head, n) in numbers.iter().filter_map(|number| split(number)) {
        match ranges.last_mut() {
            Some((known, _, last)) if *known == head && *last + 1 == n => *last = n,
            _ => ranges.push((head, n, n)),
        }
    }
    let shown = ranges.into_iter().map(|(head, first, last)| match last {
        _ if first == last => format!("{head}-{first:06}"),
        _ => format!("{head}-{first:06} - {last:06}"),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_one_range() {
        let numbers = [
            "J330521-2026-000001",
            "J330521-2026-000002",
            "J330521-2026-000004",
            "W330521-2026-000005",
        ];
        assert_eq!(
            ranges(&numbers.map(str::to_owned)),
            [
                "J330521-2026-000001 - 000002",
                "J330521-2026-000004",
                "W330521-2026-000005"
            ]
        );
    }
}
