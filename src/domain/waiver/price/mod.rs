//! What each line of a bill costs by the price list, in pieces that benefits can take from.

mod beyond;
mod count;
mod unit;

use super::{
    claim::{ATTRIBUTES, BillLine, Seen, SeenLine},
    condition::{Condition, Lookup},
    quantity::{Percent, Quantity},
    speak::{line_field, overflow, quoted, say},
    status::Words,
    tariff::{Bounds, Price, Tariff, TariffLine},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
};

/// What a piece of a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Units of the item.
    Base,
    /// A charge beyond the included, by position.
    Beyond(usize),
    /// What brings the line up to its least price.
    Least,
}

/// A piece of a line's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Which part of the price it is.
    pub part: Part,
    /// Units of the item or of the attribute.
    pub quantity: i64,
    /// What so many come to before the item's most is held against the line, in 分.
    pub full: i64,
    /// What it costs, in 分.
    pub amount: i64,
    /// What of it is not yet free.
    pub left: i64,
}

/// A priced line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The item; `None` for a line of another hall's invoice that the own list does not have.
    pub item: Option<usize>,
    /// As charged: started steps counted whole.
    pub quantity: Quantity,
    /// Price of a unit; of the dearest, by tiers.
    pub unit: Fen,
    /// The list's price of a unit, where the bill asks for less.
    pub list_unit: Option<Fen>,
    /// How the price of a unit came about, where that is not the list's one price.
    pub notes: Vec<Words>,
    /// The pieces the price is made of.
    pub pieces: Vec<Piece>,
    /// What the list holds the sum of the pieces between.
    pub bounds: Bounds,
    /// What the list says the line costs, in 分.
    pub listed: i64,
    /// What another hall's line would cost by the own list, where that limits it.
    pub home: Option<i64>,
}

/// How lines are priced.
#[derive(Debug, Clone, Copy)]
pub struct Pricing<'a> {
    /// The price list in force.
    pub tariff: &'a Tariff,
    /// Another hall's invoice: its own prices count.
    pub offsite: bool,
    /// Whether such an invoice is held against the own list's prices.
    pub home_prices: bool,
    /// Whether it is to be told how prices came about.
    pub told: bool,
    /// Names that the policy asks of a line beside those of the list.
    pub names: &'a [String],
}

/// Prices a bill; lines that cannot be priced are `None` and have their findings.
pub fn price(
    how: Pricing<'_>,
    bill: &[BillLine],
    seen: &Seen<'_>,
    findings: &mut Vec<Finding>,
) -> (Vec<Option<Priced>>, Vec<usize>) {
    // By what a line is for and only then by how much, so that a line in two parts stands where the whole would.
    let by = |at: &usize| {
        bill.get(*at)
            .map(|line| (&line.item, line.unit_price, &line.attributes, &line.name))
    };
    let mut order: Vec<usize> = (0..bill.len()).collect();
    order.sort_by(|a, b| {
        let (one, other) = (bill.get(*a), bill.get(*b));
        by(b).cmp(&by(a)).then_with(|| other.cmp(&one))
    });
    let positions: Vec<Option<usize>> = bill.iter().map(|line| how.tariff.position(&line.item)).collect();
    let mut priced: Vec<Option<Priced>> = vec![None; bill.len()];
    let mut counted: Vec<Option<Quantity>> = vec![None; bill.len()];
    for (at, line) in bill.iter().enumerate() {
        let item = positions
            .get(at)
            .copied()
            .flatten()
            .and_then(|p| how.tariff.items.get(p));
        match count::quantity_of(how, at, line, item) {
            Ok(quantity) => {
                if let Some(slot) = counted.get_mut(at) {
                    *slot = Some(quantity);
                }
            }
            Err(finding) => findings.push(*finding),
        }
    }
    if !how.offsite {
        findings.extend(count::too_many(how, bill, &positions, &counted));
    }
    for at in &order {
        let (Some(line), Some(Some(quantity))) = (bill.get(*at), counted.get(*at)) else {
            continue;
        };
        let position = positions.get(*at).copied().flatten();
        let item = position.and_then(|p| how.tariff.items.get(p));
        let by_list = |item: &TariffLine, findings: &mut Vec<Finding>| {
            let of = Of {
                how,
                at: *at,
                line: SeenLine {
                    line,
                    assume: &item.assume,
                    seen,
                },
                item,
                quantity: *quantity,
                at_home: how.offsite,
            };
            let (before, total) = match item.price {
                Price::Tiers(..) => stay(*at, position, &order, &positions, &counted),
                _ => (0, quantity.0),
            };
            of.price(before, total, findings)
        };
        let result = match item {
            Some(item) if !how.offsite => by_list(item, findings),
            _ => {
                let home = item.filter(|_| how.home_prices);
                let home = home.and_then(|item| Some(by_list(item, findings)?.listed));
                invoice_line(*at, line, *quantity, findings).map(|priced| Priced { home, ..priced })
            }
        };
        if let (Some(result), Some(slot)) = (result, priced.get_mut(*at)) {
            *slot = Some(Priced {
                item: position,
                ..result
            });
        }
    }
    if !how.offsite {
        included_twice(how.tariff, bill, &positions, findings);
    }
    (priced, order)
}

/// The list's price of a unit of an item in the case of a line of another; `None` inside where the list fixes none,
/// none at all where that is not known, which is in the findings.
pub fn unit_price(
    tariff: &Tariff,
    item: &TariffLine,
    at: usize,
    line: &BillLine,
    seen: &Seen<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Option<Fen>> {
    if matches!(item.price, Price::Tiers(..) | Price::Open(_) | Price::Markup(_)) && item.rates.is_empty() {
        return Some(None);
    }
    let how = Pricing {
        tariff,
        offsite: false,
        home_prices: false,
        told: false,
        names: &[],
    };
    let of = Of {
        how,
        at,
        line: SeenLine {
            line,
            assume: &item.assume,
            seen,
        },
        item,
        quantity: Quantity::ONE,
        at_home: true,
    };
    let factors = of.factors(findings)?;
    of.list_price(&factors.unit, findings).map(|(list, _)| list)
}

/// How much of the same item stands before a line, and in all.
fn stay(
    at: usize,
    item: Option<usize>,
    order: &[usize],
    positions: &[Option<usize>],
    counted: &[Option<Quantity>],
) -> (i64, i64) {
    let (mut before, mut total, mut passed) = (0_i64, 0_i64, false);
    for other in order {
        passed |= *other == at;
        if positions.get(*other).copied().flatten() != item {
            continue;
        }
        let quantity = counted.get(*other).copied().flatten().map_or(0, |quantity| quantity.0);
        total = total.saturating_add(quantity);
        if !passed {
            before = before.saturating_add(quantity);
        }
    }
    (before, total)
}

/// A line of another hall's invoice: what it says.
fn invoice_line(at: usize, line: &BillLine, quantity: Quantity, findings: &mut Vec<Finding>) -> Option<Priced> {
    let field = || Some(format!("bill.{}.unit_price", at + 1));
    let Some(unit) = line.unit_price.filter(|unit| unit.0 >= 0) else {
        let zh = format!("第{}行：异地发票应写明单价（不为负）", at + 1);
        let en = format!("Line {}: an invoice from elsewhere must state its unit price", at + 1);
        findings.push(say(Severity::Error, "invoice-price", field(), zh, en));
        return None;
    };
    let Some(amount) = quantity.at(unit) else {
        findings.push(overflow(field()));
        return None;
    };
    Some(Priced {
        item: None,
        quantity,
        unit,
        list_unit: None,
        notes: Vec::new(),
        pieces: vec![Piece {
            part: Part::Base,
            quantity: quantity.0,
            full: amount.0,
            amount: amount.0,
            left: amount.0,
        }],
        bounds: Bounds::default(),
        listed: amount.0,
        home: None,
    })
}

/// Items billed beside one whose price already includes them.
fn included_twice(tariff: &Tariff, bill: &[BillLine], positions: &[Option<usize>], findings: &mut Vec<Finding>) {
    for item in positions.iter().flatten().filter_map(|at| tariff.items.get(*at)) {
        if item.includes.is_empty() {
            continue;
        }
        for (at, line) in bill
            .iter()
            .enumerate()
            .filter(|(_, line)| item.includes.contains(&line.item))
        {
            let name = tariff
                .item(&line.item)
                .map(|item| item.name.clone())
                .unwrap_or_default();
            let zh = format!(
                "第{}行“{}”已包含在“{}”的价格内，不得另收",
                at + 1,
                name.zh,
                item.name.zh
            );
            let en = format!("Line {}: \"{}\" is included in \"{}\"", at + 1, name.en, item.name.en);
            let finding = say(
                Severity::Refuse,
                "included-twice",
                Some(format!("bill.{}.item", at + 1)),
                zh,
                en,
            );
            let finding = quoted(finding, &item.quote);
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
}

/// A line being priced.
struct Of<'a> {
    how: Pricing<'a>,
    at: usize,
    line: SeenLine<'a>,
    item: &'a TariffLine,
    quantity: Quantity,
    /// Another hall's line, priced by the own list: what is asked beyond the list is left out instead of refused.
    at_home: bool,
}

impl Of<'_> {
    fn field(&self, key: &str) -> Option<String> {
        Some(format!("bill.{}.{key}", self.at + 1))
    }

    fn price(&self, before: i64, total: i64, findings: &mut Vec<Finding>) -> Option<Priced> {
        self.check_names(findings)?;
        let factor = self.factors(findings)?;
        let mut priced = Priced {
            item: None,
            quantity: self.quantity,
            unit: Fen::ZERO,
            list_unit: None,
            notes: Vec::new(),
            pieces: Vec::with_capacity(2),
            bounds: Bounds {
                least: self.bound(self.item.at_least, &factor.bounds, findings)?,
                most: self.bound(self.item.at_most, &factor.bounds, findings)?,
                step: self.how.tariff.rounding,
            },
            listed: 0,
            home: None,
        };
        let counted = match &self.item.price {
            Price::Tiers(mode, _) => self.tiers(*mode, before, total, &factor.unit, &mut priced, findings),
            _ => self.flat(&factor.unit, &mut priced, findings),
        };
        counted?;
        if self.how.told {
            priced.notes = self.notes(&factor);
        }
        for (place, beyond) in self.item.beyond.iter().enumerate() {
            self.beyond(place, beyond, &factor.beyond, &mut priced, findings)?;
        }
        let finished = priced.finish();
        if finished.is_none() {
            findings.push(overflow(line_field(self.at)));
        }
        finished.map(|()| priced)
    }

    /// The least or the most of the line in its case.
    fn bound(&self, bound: Option<Fen>, factors: &[Percent], findings: &mut Vec<Finding>) -> Option<Option<Fen>> {
        match bound {
            Some(bound) => self.scaled(bound, factors, findings).map(Some),
            None => Some(None),
        }
    }

    /// Attributes that nobody asks for are slips.
    fn check_names(&self, findings: &mut Vec<Finding>) -> Option<()> {
        let mut sound = Some(());
        for (name, _) in &self.line.line.attributes {
            let known = ATTRIBUTES.contains(&name.as_str())
                || self.how.names.contains(name)
                || self.item.attributes().contains(&name.as_str());
            if !known {
                let zh = format!("第{}行“{}”没有“{name}”这一项内容", self.at + 1, self.item.name.zh);
                let en = format!("Line {}: \"{}\" knows no \"{name}\"", self.at + 1, self.item.name.en);
                findings.push(say(Severity::Error, "attribute-unknown", self.field(name), zh, en));
                sound = None;
            }
        }
        sound
    }

    fn missing(&self, names: &[String], findings: &mut Vec<Finding>) {
        for name in names {
            let zh = format!("第{}行“{}”的价格要看“{name}”，没有填写", self.at + 1, self.item.name.zh);
            let en = format!(
                "Line {}: the price of \"{}\" depends on \"{name}\"",
                self.at + 1,
                self.item.name.en
            );
            findings.push(say(Severity::Error, "attribute-missing", self.field(name), zh, en));
        }
    }

    /// What the list assumes where nobody said is told, since the price rests on it.
    fn note_assumed(&self, when: &Condition, findings: &mut Vec<Finding>) {
        if self.item.assume.is_empty() {
            return;
        }
        let mut names = Vec::new();
        when.names(&mut names);
        for (name, value) in self
            .item
            .assume
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()))
        {
            if self.line.line.attribute(name).is_some() || self.line.seen.look(name).is_some() {
                continue;
            }
            let (line, item, value) = (self.at + 1, &self.item.name, value.show());
            let zh = format!("第{line}行“{}”没有填 {name}，按“{value}”计", item.zh);
            let en = format!("Line {line}: {name} of \"{}\" is not given, taken as {value}", item.en);
            findings.push(say(Severity::Warn, "attribute-assumed", self.field(name), zh, en));
        }
    }

    fn push(
        &self,
        priced: &mut Priced,
        part: Part,
        quantity: Quantity,
        unit: Fen,
        findings: &mut Vec<Finding>,
    ) -> Option<()> {
        let amount = self.counted(quantity.at(unit), "quantity", findings)?;
        priced.pieces.push(Piece {
            part,
            quantity: quantity.0,
            full: amount.0,
            amount: amount.0,
            left: amount.0,
        });
        Some(())
    }
}

impl Priced {
    /// Sums the pieces up, between the least and the most of the item, to the list's step.
    fn finish(&mut self) -> Option<()> {
        let sum = self
            .pieces
            .iter()
            .try_fold(0_i64, |sum, piece| sum.checked_add(piece.amount))?;
        let target = self.bounds.hold(sum)?;
        if target > sum {
            let amount = target - sum;
            self.pieces.push(Piece {
                part: Part::Least,
                quantity: 0,
                full: amount,
                amount,
                left: amount,
            });
        }
        let mut over = sum.saturating_sub(target).max(0);
        for piece in self.pieces.iter_mut().rev() {
            let less = over.min(piece.amount);
            piece.amount -= less;
            piece.left = piece.amount;
            over -= less;
        }
        self.listed = target;
        Some(())
    }
}
