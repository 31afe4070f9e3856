//! What a later settlement gives beyond, or takes back from, the one it follows (补减, 追回).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::settling::awards;
use crate::desk::Problem;
use crate::desk::fault::Fault;
use crate::domain::waiver::{Quantity, Settlement};
use crate::store::{BillLineRow, Reader, SettlementRow};

/// Rows of a settlement with their sums in 分: all of a first one, the difference of a later one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rows {
    pub lines: Vec<BillLineRow>,
    pub listed: i64,
    pub free: i64,
    pub family: i64,
    pub awards: i64,
}

impl Rows {
    /// The rows of a settlement as it was computed.
    pub(super) fn of(settlement: &Settlement) -> Result<Self, Problem> {
        let failed = |e: serde_json::Error| Problem::from(Fault::Machine(e.to_string()));
        let mut lines = Vec::with_capacity(settlement.lines.len());
        for (seq, line) in (1..).zip(&settlement.lines) {
            let payers: BTreeMap<&str, i64> = line.payers.iter().map(|b| (b.payer.as_str(), b.amount.0)).collect();
            let says: Vec<&str> = line.says.iter().map(|words| words.zh.as_str()).collect();
            lines.push(BillLineRow {
                seq,
                item: line.item.clone(),
                name: line.name.zh.clone(),
                quantity: line.quantity.to_string(),
                unit: line.unit.clone(),
                listed: line.listed.0,
                free: line.free.0,
                family: line.family.0,
                payers: serde_json::to_string(&payers).map_err(failed)?,
                rule: line.rule.clone(),
                says: serde_json::to_string(&says).map_err(failed)?,
            });
        }
        Ok(Self {
            lines,
            listed: settlement.listed.0,
            free: settlement.free.0,
            family: settlement.family.0,
            awards: awards(settlement).0,
        })
    }

    /// What differs from rows that stand already, item by item; nothing where an item came out the same.
    pub(super) fn less(&self, former: &[BillLineRow], awards_before: i64) -> Result<Self, Problem> {
        let mut items: BTreeMap<&str, Item> = BTreeMap::new();
        for (line, sign) in self
            .lines
            .iter()
            .map(|line| (line, 1))
            .chain(former.iter().map(|line| (line, -1)))
        {
            items
                .entry(&line.item)
                .or_insert_with(|| Item::of(line))
                .add(line, sign)?;
        }
        let mut rows = Self {
            awards: self.awards - awards_before,
            ..Self::default()
        };
        for (seq, (code, item)) in (1..).zip(items.into_iter().filter(|(_, item)| item.changed())) {
            rows.listed += item.listed;
            rows.free += item.free;
            rows.family += item.listed - item.free;
            rows.lines.push(item.row(seq, code)?);
        }
        Ok(rows)
    }

    /// Whether nothing changes.
    pub(super) fn is_nothing(&self) -> bool {
        self.lines.is_empty() && self.awards == 0
    }

    /// What kind of settlement the difference is.
    pub(super) fn kind(&self) -> &'static str {
        if self.free + self.awards < 0 {
            "refund"
        } else {
            "supplement"
        }
    }

    /// The difference as the answer tells it.
    pub(super) fn to_json(&self) -> Value {
        let lines = self.lines.iter().map(|line| {
            let payers: Value = serde_json::from_str(&line.payers).unwrap_or_default();
            json!({"item": line.item, "listed": line.listed, "free": line.free, "family": line.family, "payers": payers})
        });
        json!({"listed": self.listed, "free": self.free, "family": self.family, "awards": self.awards,
            "lines": lines.collect::<Vec<_>>()})
    }
}

/// What stands of an item.
struct Item {
    name: String,
    unit: String,
    rule: String,
    quantity: i64,
    listed: i64,
    free: i64,
    payers: BTreeMap<String, i64>,
}

impl Item {
    fn of(line: &BillLineRow) -> Self {
        Self {
            name: line.name.clone(),
            unit: line.unit.clone(),
            rule: line.rule.clone(),
            quantity: 0,
            listed: 0,
            free: 0,
            payers: BTreeMap::new(),
        }
    }

    fn add(&mut self, line: &BillLineRow, sign: i64) -> Result<(), Problem> {
        let unreadable = |what: &str| Problem::from(Fault::Unreadable(format!("bill_line {what}")));
        let payers: BTreeMap<String, i64> = serde_json::from_str(&line.payers).map_err(|_| unreadable(&line.payers))?;
        let quantity = Quantity::parse(&line.quantity).ok_or_else(|| unreadable(&line.quantity))?;
        self.quantity += sign * quantity.0;
        self.listed += sign * line.listed;
        self.free += sign * line.free;
        for (payer, fen) in payers {
            *self.payers.entry(payer).or_default() += sign * fen;
        }
        Ok(())
    }

    fn changed(&self) -> bool {
        self.listed != 0 || self.free != 0 || self.payers.values().any(|fen| *fen != 0)
    }

    fn row(mut self, seq: i64, code: &str) -> Result<BillLineRow, Problem> {
        self.payers.retain(|_, fen| *fen != 0);
        Ok(BillLineRow {
            seq,
            item: code.to_owned(),
            quantity: Quantity(self.quantity).to_string(),
            listed: self.listed,
            free: self.free,
            family: self.listed - self.free,
            payers: serde_json::to_string(&self.payers).map_err(|e| Fault::Machine(e.to_string()))?,
            rule: self.rule,
            says: "[]".to_owned(),
            name: self.name,
            unit: self.unit,
        })
    }
}

/// What stands of a settlement: its own rows, and those of the later ones that follow it.
pub(super) struct Standing {
    pub lines: Vec<BillLineRow>,
    pub awards: i64,
}

/// Reads what stands of a settlement.
pub(super) fn standing(reader: &Reader, first: &SettlementRow) -> Result<Standing, Problem> {
    let mut all = vec![first.clone()];
    all.extend(reader.settlements_after(&first.number)?);
    let mut standing = Standing {
        lines: Vec::new(),
        awards: 0,
    };
    for row in all.iter().filter(|row| row.state == "settled") {
        standing.lines.extend(reader.bill_lines(&row.number)?);
        standing.awards += row.awards;
    }
    Ok(standing)
}
