//! What each line of a bill costs by the price list, in pieces that benefits can take from.

use super::{
    claim::{ATTRIBUTES, BillLine, Seen, SeenLine},
    condition::{Condition, Lookup, Truth},
    quantity::{Mode, Percent, Quantity, THOUSAND, divide, to_step},
    speak::{line_field, not_known, overflow, quoted, say},
    tariff::{Beyond, Price, Tariff, TariffLine, TierMode},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
};

/// Most units of a line where the list says nothing: more is a slip of the hand.
const MOST_UNITS: i64 = 100_000;

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
    /// The pieces the price is made of.
    pub pieces: Vec<Piece>,
    /// What the list says the line costs, in 分.
    pub listed: i64,
}

/// How lines are priced.
#[derive(Debug, Clone, Copy)]
pub struct Pricing<'a> {
    /// The price list in force.
    pub tariff: &'a Tariff,
    /// Another hall's invoice: its own prices count.
    pub offsite: bool,
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
    let mut order: Vec<usize> = (0..bill.len()).collect();
    order.sort_by(|a, b| bill.get(*b).cmp(&bill.get(*a)));
    let positions: Vec<Option<usize>> = bill.iter().map(|line| how.tariff.position(&line.item)).collect();
    let mut priced: Vec<Option<Priced>> = vec![None; bill.len()];
    let mut counted: Vec<Option<Quantity>> = vec![None; bill.len()];
    for (at, line) in bill.iter().enumerate() {
        let item = positions
            .get(at)
            .copied()
            .flatten()
            .and_then(|p| how.tariff.items.get(p));
        let quantity = quantity_of(how, at, line, item, findings);
        if let Some(slot) = counted.get_mut(at) {
            *slot = quantity;
        }
    }
    for at in &order {
        let (Some(line), Some(Some(quantity))) = (bill.get(*at), counted.get(*at)) else {
            continue;
        };
        let position = positions.get(*at).copied().flatten();
        let item = position.and_then(|p| how.tariff.items.get(p));
        let result = match item {
            Some(item) if !how.offsite => {
                let (before, total) = match item.price {
                    Price::Tiers(..) => stay(*at, position, &order, &positions, &counted),
                    _ => (0, quantity.0),
                };
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
                };
                of.price(before, total, findings)
            }
            _ => invoice_line(*at, line, *quantity, findings),
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

/// The quantity as charged.
fn quantity_of(
    how: Pricing<'_>,
    at: usize,
    line: &BillLine,
    item: Option<&TariffLine>,
    findings: &mut Vec<Finding>,
) -> Option<Quantity> {
    let field = |key: &str| Some(format!("bill.{}.{key}", at + 1));
    if how.offsite {
        // Another hall counts as it counts: an invoice line without a quantity is one.
        let quantity = line.quantity.unwrap_or(Quantity::ONE);
        if quantity.0 <= 0 {
            findings.push(not_positive(at, quantity));
            return None;
        }
        return Some(quantity);
    }
    let Some(item) = item else {
        let (list, code) = (&how.tariff.head.title, &line.item);
        let zh = format!("第{}行“{code}”不在收费目录《{}》内，不得收取", at + 1, list.zh);
        let en = format!(
            "Line {}: \"{code}\" is not on the price list {}; it must not be charged",
            at + 1,
            list.en
        );
        findings.push(say(Severity::Refuse, "off-list", field("item"), zh, en));
        return None;
    };
    if let Some(reason) = &item.unknown {
        findings.push(quoted(
            not_known("price-unknown", field("item"), &item.name.zh, &item.name.en, reason),
            &item.quote,
        ));
        return None;
    }
    let stated = match (&line.quantity, &item.counted_from) {
        (Some(quantity), _) => *quantity,
        (None, Some((name, per))) => match line.number(name) {
            Some(amount) if amount.0 > 0 => {
                // The load check demands a step where a quantity is counted from another unit.
                let step = item.started.unwrap_or(Quantity::ONE);
                let steps = divide(
                    i128::from(amount.0) * i128::from(THOUSAND),
                    i128::from(per.0) * i128::from(step.0),
                    Mode::Up,
                );
                match steps.and_then(|steps| steps.checked_mul(step.0)) {
                    Some(quantity) => Quantity(quantity),
                    None => {
                        findings.push(overflow(field(name)));
                        return None;
                    }
                }
            }
            Some(amount) => {
                findings.push(not_positive(at, amount));
                return None;
            }
            None => {
                let zh = format!(
                    "第{}行“{}”没有数量：填 quantity（{}）或 {name}",
                    at + 1,
                    item.name.zh,
                    item.unit
                );
                let en = format!(
                    "Line {}: \"{}\" has no quantity: give quantity or {name}",
                    at + 1,
                    item.name.en
                );
                findings.push(say(Severity::Error, "quantity-missing", field("quantity"), zh, en));
                return None;
            }
        },
        (None, None) => {
            let zh = format!("第{}行“{}”没有数量（{}）", at + 1, item.name.zh, item.unit);
            let en = format!("Line {}: \"{}\" has no quantity", at + 1, item.name.en);
            findings.push(say(Severity::Error, "quantity-missing", field("quantity"), zh, en));
            return None;
        }
    };
    if stated.0 <= 0 {
        findings.push(not_positive(at, stated));
        return None;
    }
    let most = item.max_quantity.unwrap_or(Quantity(MOST_UNITS * THOUSAND));
    if stated > most {
        let zh = format!(
            "第{}行“{}”数量 {stated} 超过上限 {most}{}：请核对",
            at + 1,
            item.name.zh,
            item.unit
        );
        let en = format!(
            "Line {}: \"{}\" {stated} is more than the most, {most}: check it",
            at + 1,
            item.name.en
        );
        findings.push(say(Severity::Error, "quantity-too-large", field("quantity"), zh, en));
        return None;
    }
    let charged = match item.started {
        Some(step) => to_step(stated.0, step.0, Mode::Up).map(Quantity),
        None => Some(stated),
    };
    let whole = item.fractions || item.started.is_some() || stated.is_whole();
    if !whole {
        let zh = format!(
            "第{}行“{}”按{}计，数量 {stated} 应是整数",
            at + 1,
            item.name.zh,
            item.unit
        );
        let en = format!(
            "Line {}: \"{}\" counts whole units, {stated} is none",
            at + 1,
            item.name.en
        );
        findings.push(say(Severity::Error, "quantity-not-whole", field("quantity"), zh, en));
        return None;
    }
    charged
}

fn not_positive(at: usize, quantity: Quantity) -> Finding {
    let zh = format!("第{}行数量 {quantity} 应大于零", at + 1);
    let en = format!("Line {}: the quantity {quantity} must be more than zero", at + 1);
    say(
        Severity::Error,
        "quantity-not-positive",
        Some(format!("bill.{}.quantity", at + 1)),
        zh,
        en,
    )
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
        pieces: vec![Piece {
            part: Part::Base,
            quantity: quantity.0,
            amount: amount.0,
            left: amount.0,
        }],
        listed: amount.0,
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
            pieces: Vec::with_capacity(2),
            listed: 0,
        };
        let counted = match &self.item.price {
            Price::Tiers(mode, _) => self.tiers(*mode, before, total, &factor, &mut priced, findings),
            _ => self.flat(&factor, &mut priced, findings),
        };
        counted?;
        for (place, beyond) in self.item.beyond.iter().enumerate() {
            self.beyond(place, beyond, &mut priced, findings)?;
        }
        let finished = priced.finish(self.item, self.how.tariff);
        if finished.is_none() {
            findings.push(overflow(line_field(self.at)));
        }
        finished.map(|()| priced)
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

    /// All factors that hold, as percentages.
    fn factors(&self, findings: &mut Vec<Finding>) -> Option<Vec<Percent>> {
        let mut factors = Vec::new();
        for factor in &self.item.factors {
            let mut missing = Vec::new();
            let truth = factor.when.holds(&self.line, &mut missing);
            self.note_assumed(&factor.when, findings);
            match truth {
                Truth::Yes => factors.push(factor.percent),
                Truth::No => {}
                Truth::Unknown => {
                    self.missing(&missing, findings);
                    return None;
                }
            }
        }
        Some(factors)
    }

    /// One price for all units.
    fn flat(&self, factors: &[Percent], priced: &mut Priced, findings: &mut Vec<Finding>) -> Option<()> {
        let asked = self.line.line.unit_price;
        if asked.is_some_and(|asked| asked.0 < 0) {
            let zh = format!("第{}行“{}”的单价为负", self.at + 1, self.item.name.zh);
            let en = format!(
                "Line {}: the unit price of \"{}\" is negative",
                self.at + 1,
                self.item.name.en
            );
            findings.push(say(Severity::Error, "price-negative", self.field("unit_price"), zh, en));
            return None;
        }
        let (list, most) = self.list_price(factors, findings)?;
        let Some(unit) = asked.or(list) else {
            let zh = format!("第{}行“{}”目录没有固定单价，应填写单价", self.at + 1, self.item.name.zh);
            let en = format!(
                "Line {}: \"{}\" has no fixed price, state the unit price",
                self.at + 1,
                self.item.name.en
            );
            findings.push(say(Severity::Error, "price-missing", self.field("unit_price"), zh, en));
            return None;
        };
        if let Some(most) = most.filter(|most| unit > *most) {
            let zh = format!(
                "第{}行“{}”单价 {unit} 高于目录的 {most}",
                self.at + 1,
                self.item.name.zh
            );
            let en = format!(
                "Line {}: \"{}\" {unit} is above the list's {most}",
                self.at + 1,
                self.item.name.en
            );
            let finding = say(Severity::Refuse, "above-list", self.field("unit_price"), zh, en);
            findings.push(quoted(finding, &self.item.quote));
            return None;
        }
        priced.unit = unit;
        priced.list_unit = list.filter(|list| *list != unit);
        self.push(priced, Part::Base, self.quantity, unit, findings)
    }

    /// The price where the list fixes one, and the most that may be asked.
    fn list_price(&self, factors: &[Percent], findings: &mut Vec<Finding>) -> Option<(Option<Fen>, Option<Fen>)> {
        for rate in &self.item.rates {
            let mut missing = Vec::new();
            let truth = rate.when.holds(&self.line, &mut missing);
            self.note_assumed(&rate.when, findings);
            match truth {
                Truth::Yes => {
                    let price = self.scaled(rate.price, factors, findings)?;
                    return Some((Some(price), Some(price)));
                }
                Truth::No => {}
                Truth::Unknown => {
                    self.missing(&missing, findings);
                    return None;
                }
            }
        }
        match &self.item.price {
            Price::Fixed(price) => {
                let price = self.scaled(*price, factors, findings)?;
                Some((Some(price), Some(price)))
            }
            Price::Range(low, high) => {
                let low = self.scaled(*low, factors, findings)?;
                if self.line.line.unit_price.is_some_and(|asked| asked < low) {
                    let zh = format!("第{}行“{}”单价低于参考区间下限 {low}", self.at + 1, self.item.name.zh);
                    let en = format!(
                        "Line {}: \"{}\" is below the range, {low}",
                        self.at + 1,
                        self.item.name.en
                    );
                    findings.push(say(Severity::Warn, "below-range", self.field("unit_price"), zh, en));
                }
                Some((None, Some(self.scaled(*high, factors, findings)?)))
            }
            Price::Ceiling(high) => Some((None, Some(self.scaled(*high, factors, findings)?))),
            Price::Markup(percent) => {
                let Some(cost) = self.line.line.number("cost").filter(|cost| cost.0 >= 0) else {
                    self.missing(&["cost".to_owned()], findings);
                    return None;
                };
                let most = divide(
                    i128::from(cost.0) * i128::from(percent.0 + Percent::ALL.0),
                    i128::from(Percent::ALL.0) * i128::from(THOUSAND),
                    Mode::Down,
                );
                Some((None, Some(Fen(self.counted(most, "cost", findings)?))))
            }
            Price::Open(reason) => {
                let zh = format!(
                    "第{}行“{}”的目录价未录入，按所填单价计：{}",
                    self.at + 1,
                    self.item.name.zh,
                    reason.zh
                );
                let en = format!(
                    "Line {}: the list price of \"{}\" is not on file, the price given is used: {}",
                    self.at + 1,
                    self.item.name.en,
                    reason.en
                );
                findings.push(say(Severity::Warn, "price-open", self.field("unit_price"), zh, en));
                Some((None, None))
            }
            Price::Rates | Price::Tiers(..) => {
                let zh = format!("第{}行“{}”所填情形在目录中没有价格", self.at + 1, self.item.name.zh);
                let en = format!(
                    "Line {}: the list has no price for this case of \"{}\"",
                    self.at + 1,
                    self.item.name.en
                );
                findings.push(say(Severity::Refuse, "no-rate", line_field(self.at), zh, en));
                None
            }
        }
    }

    fn counted<T>(&self, amount: Option<T>, key: &str, findings: &mut Vec<Finding>) -> Option<T> {
        if amount.is_none() {
            findings.push(overflow(self.field(key)));
        }
        amount
    }

    fn scaled(&self, price: Fen, factors: &[Percent], findings: &mut Vec<Finding>) -> Option<Fen> {
        let scaled = factors
            .iter()
            .try_fold(price.0, |price, factor| factor.of(price, Mode::HalfUp));
        self.counted(scaled.map(Fen), "unit_price", findings)
    }

    /// Units by tiers, counting from what stands before on the bill.
    fn tiers(
        &self,
        mode: TierMode,
        before: i64,
        total: i64,
        factors: &[Percent],
        priced: &mut Priced,
        findings: &mut Vec<Finding>,
    ) -> Option<()> {
        let Price::Tiers(_, tiers) = &self.item.price else {
            return None;
        };
        if self.line.line.unit_price.is_some() {
            let zh = format!("第{}行“{}”按段计价，不另填单价", self.at + 1, self.item.name.zh);
            let en = format!(
                "Line {}: \"{}\" is priced by tiers, state no unit price",
                self.at + 1,
                self.item.name.en
            );
            findings.push(say(Severity::Error, "price-by-tiers", self.field("unit_price"), zh, en));
            return None;
        }
        let (mut from, end) = match mode {
            TierMode::Marginal => (before, before.saturating_add(self.quantity.0)),
            TierMode::Whole => (total.saturating_sub(self.quantity.0), total),
        };
        for tier in tiers {
            let top = tier.up_to.map_or(i64::MAX, |top| top.0);
            let whole_here = mode == TierMode::Whole && total <= top;
            if whole_here || (mode == TierMode::Marginal && from < top) {
                let upto = if whole_here { end } else { end.min(top) };
                let unit = self.scaled(tier.price, factors, findings)?;
                priced.unit = priced.unit.max(unit);
                self.push(priced, Part::Base, Quantity(upto - from), unit, findings)?;
                from = upto;
            }
            if from >= end {
                return Some(());
            }
        }
        let zh = format!("第{}行“{}”数量超出目录的分段", self.at + 1, self.item.name.zh);
        let en = format!(
            "Line {}: the quantity of \"{}\" is beyond the list's tiers",
            self.at + 1,
            self.item.name.en
        );
        findings.push(say(Severity::Refuse, "no-rate", self.field("quantity"), zh, en));
        None
    }

    fn beyond(&self, place: usize, beyond: &Beyond, priced: &mut Priced, findings: &mut Vec<Finding>) -> Option<()> {
        let amount = match self.line.look(&beyond.attribute) {
            Some(super::condition::Known::Number(amount)) if amount.0 >= 0 => *amount,
            None if beyond.included.0 > 0 => {
                let (name, unit) = (&beyond.attribute, &beyond.unit);
                let zh = format!(
                    "第{}行“{}”没有填 {name}，按不超过 {}{unit}计",
                    self.at + 1,
                    self.item.name.zh,
                    beyond.included
                );
                let en = format!(
                    "Line {}: {name} of \"{}\" is not given, taken as within {}",
                    self.at + 1,
                    self.item.name.en,
                    beyond.included
                );
                findings.push(say(Severity::Warn, "attribute-assumed", self.field(name), zh, en));
                return Some(());
            }
            _ => {
                self.missing(std::slice::from_ref(&beyond.attribute), findings);
                return None;
            }
        };
        let counted = self.counted(beyond.counted(amount), &beyond.attribute, findings)?;
        if counted.0 == 0 {
            return Some(());
        }
        let mut missing = Vec::new();
        let truth = beyond.when.holds(&self.line, &mut missing);
        self.note_assumed(&beyond.when, findings);
        match truth {
            Truth::Yes => {}
            Truth::No => return Some(()),
            Truth::Unknown => {
                self.missing(&missing, findings);
                return None;
            }
        }
        if let Some(reason) = &beyond.unknown {
            let (what, what_en) = (
                format!("{}超出部分", self.item.name.zh),
                format!("{} beyond", self.item.name.en),
            );
            findings.push(not_known(
                "price-unknown",
                self.field(&beyond.attribute),
                &what,
                &what_en,
                reason,
            ));
            return None;
        }
        self.push(priced, Part::Beyond(place), counted, beyond.each, findings)
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
            amount: amount.0,
            left: amount.0,
        });
        Some(())
    }
}

impl Priced {
    /// Sums the pieces up, between the least and the most of the item, to the list's step.
    fn finish(&mut self, item: &TariffLine, tariff: &Tariff) -> Option<()> {
        let sum = self
            .pieces
            .iter()
            .try_fold(0_i64, |sum, piece| sum.checked_add(piece.amount))?;
        let mut target = item.at_least.map_or(sum, |least| sum.max(least.0));
        target = item.at_most.map_or(target, |most| target.min(most.0));
        if let Some(step) = tariff.rounding {
            target = to_step(target, step.fen, step.mode)?;
        }
        if target > sum {
            let amount = target - sum;
            self.pieces.push(Piece {
                part: Part::Least,
                quantity: 0,
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
