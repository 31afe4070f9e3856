//! Benefits applied to priced lines, caps and rounding: from prices to what is free.

use std::cmp::Reverse;

use super::{
    claim::{BillLine, Seen, SeenLine},
    condition::{Known, Lookup, Truth},
    plan::{Allowance, Plan, Reach},
    policy::{Benefit, Class, Limits, OffsiteRule},
    price::{Part, Piece, Priced},
    quantity::{Mode, Percent, Quantity, THOUSAND, divide, to_step},
    speak::{line_field, not_known, overflow, quoted, say},
    tariff::{Price, Step, TariffLine},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
};

/// What one benefit gives on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Position of the benefit; `None` for an invoice accepted as it is.
    pub benefit: Option<usize>,
    /// Place of the line in the bill, from 0.
    pub line: usize,
    /// Thousandths of the item's unit that it covers.
    pub quantity: i64,
    /// What it gives after caps, in 分.
    pub amount: i64,
    /// What caps took away.
    pub cut: i64,
    /// Whether something stands in the benefit's own item's place.
    pub setoff: bool,
}

/// What is free under one way of choosing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Granted {
    /// What was given, benefit by benefit.
    pub grants: Vec<Grant>,
    /// Rounding of a line's free amount: line and difference.
    pub rounded: Vec<(usize, i64)>,
    /// Caps that took something away.
    pub cut_by: Vec<usize>,
}

/// What benefits are applied to.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The policy held against its price list.
    pub plan: &'a Plan<'a>,
    /// What is known of the case.
    pub seen: &'a Seen<'a>,
    /// The lines as handed in.
    pub bill: &'a [BillLine],
    /// The same lines with their prices.
    pub priced: &'a [Priced],
    /// Lines in the order that does not depend on how they were entered.
    pub order: &'a [usize],
    /// The classes that hold.
    pub classes: &'a [&'a Class],
    /// Whether the cremation was elsewhere.
    pub offsite: bool,
}

impl Granted {
    /// What is free on a line.
    pub fn free(&self, line: usize) -> i64 {
        let granted: i64 = self
            .grants
            .iter()
            .filter(|grant| grant.line == line)
            .map(|grant| grant.amount)
            .sum();
        let rounded: i64 = self
            .rounded
            .iter()
            .filter(|(at, _)| *at == line)
            .map(|(_, by)| by)
            .sum();
        granted + rounded
    }

    /// What is free in all; `None` on overflow.
    pub fn total(&self) -> Option<i64> {
        let rounded = self.rounded.iter().map(|(_, by)| *by);
        let mut all = self.grants.iter().map(|grant| grant.amount).chain(rounded);
        all.try_fold(0_i64, i64::checked_add)
    }

    /// What a benefit gave.
    pub fn of_benefit(&self, benefit: usize) -> i64 {
        let own = self.grants.iter().filter(|grant| grant.benefit == Some(benefit));
        own.map(|grant| grant.amount).fold(0, i64::saturating_add)
    }
}

impl<'a> Ground<'a> {
    fn item(&self, line: usize) -> Option<&'a TariffLine> {
        self.plan.tariff.items.get(self.priced.get(line)?.item?)
    }

    fn seen_line(&self, line: usize) -> Option<SeenLine<'a>> {
        Some(SeenLine {
            line: self.bill.get(line)?,
            assume: self.item(line).map_or(&[], |item| item.assume.as_slice()),
            seen: self.seen,
        })
    }

    /// The benefits that can count for this claim, in order; `None` in a finding where that is not known.
    pub fn applicable(&self, findings: &mut Vec<Finding>) -> Vec<usize> {
        let mut applicable = Vec::new();
        for at in &self.plan.order {
            let Some(benefit) = self.plan.policy.benefits.get(*at) else {
                continue;
            };
            let touched = |line: &Priced| line.item.is_some_and(|item| self.plan.reach(*at, item).is_some());
            if !self.classes.iter().any(|class| benefit.is_for(class)) || !self.priced.iter().any(touched) {
                continue;
            }
            let mut missing = Vec::new();
            match benefit.when.holds(self.seen, &mut missing) {
                Truth::Yes => applicable.push(*at),
                Truth::No => {}
                Truth::Unknown => findings.extend(missing.iter().map(|name| self.unknown_fact(benefit, name))),
            }
        }
        applicable
    }

    fn unknown_fact(&self, benefit: &Benefit, name: &str) -> Finding {
        let label = self.plan.policy.fact_name(name);
        let zh = format!(
            "“{}”是否减免要看“{}”（{name}），没有填写或不是所要的内容",
            benefit.name.zh, label.zh
        );
        let en = format!(
            "Whether \"{}\" is free depends on \"{}\" ({name}), which is not known",
            benefit.name.en, label.en
        );
        let finding = say(Severity::Error, "fact-unknown", Some(format!("facts.{name}")), zh, en);
        quoted(finding, &benefit.quote)
    }

    /// Lines a benefit counts for, in the order in which they use it up.
    pub fn targets(&self, at: usize, findings: &mut Vec<Finding>) -> Vec<(usize, Reach)> {
        let Some(benefit) = self.plan.policy.benefits.get(at) else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for line in self.order {
            let item = self.priced.get(*line).and_then(|priced| priced.item);
            let Some(reach) = item.and_then(|item| self.plan.reach(at, item)) else {
                continue;
            };
            let Some(seen) = self.seen_line(*line) else {
                continue;
            };
            let mut missing = Vec::new();
            match benefit.line.holds(&seen, &mut missing) {
                Truth::Yes => targets.push((*line, reach)),
                Truth::No => {}
                Truth::Unknown => findings.extend(missing.iter().map(|name| {
                    let zh = format!("第{}行：“{}”是否减免要看“{name}”，没有填写", line + 1, benefit.name.zh);
                    let en = format!(
                        "Line {}: whether \"{}\" is free depends on \"{name}\"",
                        line + 1,
                        benefit.name.en
                    );
                    let field = Some(format!("bill.{}.{name}", line + 1));
                    quoted(say(Severity::Error, "attribute-missing", field, zh, en), &benefit.quote)
                })),
            }
        }
        // Stable: lines of one rank and price stay in the order that does not depend on entry.
        targets.sort_by_key(|(line, reach)| (reach.rank, Reverse(self.worth(*line))));
        targets
    }

    /// By what a line comes before others: its price of a unit. A stay priced by tiers keeps its own order, so that
    /// the first days are the first days however many lines they were entered in.
    fn worth(&self, line: usize) -> Option<Fen> {
        match self.item(line).map(|item| &item.price) {
            Some(Price::Tiers(_, tiers)) => tiers.first().map(|tier| tier.price),
            _ => self.priced.get(line).map(|priced| priced.unit),
        }
    }

    /// Refuses lines that fall under a benefit whose text is not known.
    pub fn refuse_unknown(&self, applicable: &[usize], findings: &mut Vec<Finding>) {
        for at in applicable {
            let Some(benefit) = self.plan.policy.benefits.get(*at) else {
                continue;
            };
            let Some(reason) = &benefit.unknown else {
                continue;
            };
            for (line, _) in self.targets(*at, findings) {
                let (zh, en) = self.item(line).map_or(("", ""), |item| (&item.name.zh, &item.name.en));
                findings.push(quoted(
                    not_known("policy-unknown", line_field(line), zh, en, reason),
                    &benefit.quote,
                ));
            }
        }
    }

    /// Applies the benefits, then caps and rounding; `None` on overflow, which is in the findings.
    pub fn grant(&self, benefits: &[(usize, Vec<(usize, Reach)>)], findings: &mut Vec<Finding>) -> Option<Granted> {
        let mut pieces: Vec<Vec<Piece>> = self.priced.iter().map(|priced| priced.pieces.clone()).collect();
        let mut granted = Granted::default();
        for (at, targets) in benefits {
            if self.apply(*at, targets, &mut pieces, &mut granted).is_none() {
                findings.push(overflow(None));
                return None;
            }
        }
        let finished = self.round_lines(&mut granted).and_then(|()| self.cap(&mut granted));
        let finished = finished.and_then(|()| self.round_case(&mut granted));
        if finished.is_none() {
            findings.push(overflow(None));
        }
        finished.map(|()| granted)
    }

    /// Accepts the lines of another hall's invoice as paid, then applies caps and rounding.
    pub fn accept(&self, findings: &mut Vec<Finding>) -> Option<Granted> {
        let rules = &self.plan.policy.offsite;
        let listed = |code: &str| {
            if rules.items.is_empty() {
                self.plan
                    .policy
                    .benefits
                    .iter()
                    .any(|benefit| benefit.named_items().any(|item| item == code))
            } else {
                rules.items.iter().any(|item| item == code || item == "*")
            }
        };
        let mut granted = Granted::default();
        for line in self.order {
            let (bill, priced) = (self.bill.get(*line)?, self.priced.get(*line)?);
            if listed(&bill.item) {
                granted.grants.push(Grant {
                    benefit: None,
                    line: *line,
                    quantity: priced.quantity.0,
                    amount: priced.listed,
                    cut: 0,
                    setoff: false,
                });
            } else {
                let zh = format!("第{}行“{}”不在报销项目内，不予报销", line + 1, bill.item);
                let en = format!("Line {}: \"{}\" is not an item that is reimbursed", line + 1, bill.item);
                let finding = say(Severity::Warn, "offsite-line-refused", line_field(*line), zh, en);
                findings.push(quoted(finding, &rules.quote));
            }
        }
        let finished = self.cap(&mut granted).and_then(|()| self.round_case(&mut granted));
        if finished.is_none() {
            findings.push(overflow(None));
        }
        finished.map(|()| granted)
    }

    /// How often a benefit's quantity is given.
    fn times(&self, benefit: &Benefit, targets: &[(usize, Reach)]) -> Option<Quantity> {
        let Some(name) = &benefit.times else {
            return Some(Quantity::ONE);
        };
        let number = |known: &Known| match known {
            Known::Number(number) => Some(*number),
            _ => None,
        };
        let of_line = |(line, _): &(usize, Reach)| self.bill.get(*line)?.number(name);
        let best = targets.iter().filter_map(of_line).max();
        best.or_else(|| self.seen.look(name).and_then(number))
    }

    fn apply(
        &self,
        at: usize,
        targets: &[(usize, Reach)],
        pieces: &mut [Vec<Piece>],
        granted: &mut Granted,
    ) -> Option<()> {
        let Some(benefit) = self.plan.policy.benefits.get(at) else {
            return Some(());
        };
        let limits = benefit.limits_for(self.classes);
        let times = self.times(benefit, targets).unwrap_or_default();
        let quantity = match limits.quantity {
            Some(quantity) => {
                let product = i128::from(quantity.0) * i128::from(times.0);
                Some(Quantity(divide(product, THOUSAND.into(), Mode::Down)?))
            }
            None => None,
        };
        let mut giver = Giver {
            worth: self.setoff_worth(benefit),
            allowance: Allowance::new(quantity, self.plan.scale.get(at).copied().unwrap_or(1)),
            amount_left: limits.amount.map_or(i64::MAX, |amount| amount.0),
            family_first: benefit.family_first.0,
            sum: 0,
            limits,
        };
        for (line, reach) in targets {
            let (Some(item), Some(own)) = (self.item(*line), pieces.get_mut(*line)) else {
                continue;
            };
            let home = self.offsite && self.plan.policy.offsite.rule == OffsiteRule::HomePrices;
            let ceiling = home.then(|| fixed_price(item)).flatten();
            let (quantity, amount) = giver.give(*reach, item, ceiling, own)?;
            if amount > 0 {
                granted.grants.push(Grant {
                    benefit: Some(at),
                    line: *line,
                    quantity,
                    amount,
                    cut: 0,
                    setoff: reach.setoff,
                });
            }
        }
        Some(())
    }

    /// What a unit that is set off is worth: stated, or the list's price of the benefit's first own item.
    fn setoff_worth(&self, benefit: &Benefit) -> Option<i64> {
        let first = || {
            let own = benefit.targets.iter().find(|target| !target.setoff)?;
            fixed_price(self.plan.tariff.item(&own.item)?)
        };
        benefit.setoff_worth.map(|worth| worth.0).or_else(first)
    }

    fn round_lines(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.line_rounding else {
            return Some(());
        };
        for line in 0..self.priced.len() {
            let free = granted.free(line);
            let listed = self.priced.get(line)?.listed;
            let by = rounded_within(free, step, listed)? - free;
            if by != 0 {
                granted.rounded.push((line, by));
            }
        }
        Some(())
    }

    /// Caps in their order: what the benefits gave first stays, what goes over the cap is taken from the last.
    fn cap(&self, granted: &mut Granted) -> Option<()> {
        for at in &self.plan.cap_order {
            let Some(limit) = self
                .plan
                .policy
                .caps
                .get(*at)
                .and_then(|cap| cap.amount.limit(self.classes))
            else {
                continue;
            };
            let holds = |item: Option<usize>| self.plan.is_capped(*at, item);
            if self.cut(granted, limit.0, &holds)? {
                granted.cut_by.push(*at);
            }
        }
        if self.offsite {
            let limit = self.plan.policy.offsite.cap.limit(self.classes);
            if let Some(limit) = limit {
                self.cut(granted, limit.0, &|_| true)?;
            }
        }
        Some(())
    }

    fn cut(&self, granted: &mut Granted, limit: i64, holds: &dyn Fn(Option<usize>) -> bool) -> Option<bool> {
        let under = |line: usize| holds(self.priced.get(line).and_then(|priced| priced.item));
        let rounded = granted
            .rounded
            .iter()
            .filter(|(line, _)| under(*line))
            .map(|(_, by)| *by);
        let given = granted
            .grants
            .iter()
            .filter(|grant| under(grant.line))
            .map(|grant| grant.amount);
        let sum = given.chain(rounded).try_fold(0_i64, i64::checked_add)?;
        let mut over = sum - limit;
        if over <= 0 {
            return Some(false);
        }
        // A line's rounding goes before the line is cut, so that no line ends below nothing.
        for (line, by) in &mut granted.rounded {
            if under(*line) && *by > 0 {
                let less = over.min(*by).max(0);
                *by -= less;
                over -= less;
            }
        }
        for grant in granted.grants.iter_mut().rev().filter(|grant| under(grant.line)) {
            let fall: i64 = granted
                .rounded
                .iter()
                .filter(|(line, by)| *line == grant.line && *by < 0)
                .map(|r| r.1)
                .sum();
            let less = over.min((grant.amount + fall).max(0)).max(0);
            grant.amount -= less;
            grant.cut += less;
            over -= less;
        }
        Some(true)
    }

    /// The case's sum to its step; what is added or taken goes on the last lines, within prices and caps.
    fn round_case(&self, granted: &mut Granted) -> Option<()> {
        let Some(step) = self.plan.policy.case_rounding else {
            return Some(());
        };
        let total = granted.total()?;
        let target = to_step(total, step.fen, step.mode)?;
        let target = if target > total && !self.has_room(granted, target - total)? {
            to_step(total, step.fen, Mode::Down)?
        } else {
            target
        };
        let mut by = target - total;
        for line in self.order.iter().rev() {
            let (free, listed) = (granted.free(*line), self.priced.get(*line)?.listed);
            let here = if by > 0 {
                by.min(if free > 0 { listed - free } else { 0 })
            } else {
                by.max(-free)
            };
            if here != 0 {
                granted.rounded.push((*line, here));
                by -= here;
            }
        }
        Some(())
    }

    /// Whether so much more may be free: on lines that are free in part, under no cap.
    fn has_room(&self, granted: &Granted, more: i64) -> Option<bool> {
        let mut room = 0_i64;
        for (line, priced) in self.priced.iter().enumerate() {
            let free = granted.free(line);
            if free > 0 {
                room = room.checked_add(priced.listed - free)?;
            }
        }
        let capped = self
            .plan
            .policy
            .caps
            .iter()
            .any(|cap| cap.amount.limit(self.classes).is_some())
            || (self.offsite && self.plan.policy.offsite.cap.limit(self.classes).is_some());
        Some(room >= more && !capped)
    }
}

/// An amount on a step, within nothing and a price.
fn rounded_within(amount: i64, step: Step, most: i64) -> Option<i64> {
    let up = to_step(amount, step.fen, step.mode)?;
    if up <= most {
        return Some(up);
    }
    // Everything is free: the odd part of the price stays free too.
    Some(if amount == most {
        most
    } else {
        to_step(amount, step.fen, Mode::Down)?
    })
}

/// The price of a unit where the list fixes one.
fn fixed_price(item: &TariffLine) -> Option<i64> {
    match item.price {
        Price::Fixed(price) => Some(price.0),
        _ => None,
    }
}

/// A benefit while it is being used up.
struct Giver {
    limits: Limits,
    allowance: Allowance,
    worth: Option<i64>,
    amount_left: i64,
    family_first: i64,
    /// What it came to before the percentage, over all lines, so that parts round as the whole.
    sum: i64,
}

impl Giver {
    /// Gives what it can on a line: units covered and amount.
    fn give(
        &mut self,
        reach: Reach,
        item: &TariffLine,
        ceiling: Option<i64>,
        pieces: &mut Vec<Piece>,
    ) -> Option<(i64, i64)> {
        let (mut units, mut base_units, mut total) = (0_i64, 0_i64, 0_i64);
        let mut rest = None;
        for (place, piece) in pieces
            .iter_mut()
            .enumerate()
            .filter(|(_, piece)| piece.part == Part::Base)
        {
            base_units = base_units.checked_add(piece.quantity)?;
            if piece.left == 0 {
                continue;
            }
            let taken = self.allowance.offer(reach.per, piece.quantity);
            if taken == 0 {
                continue;
            }
            if taken < piece.quantity {
                rest = Some((place + 1, piece.split(taken)?));
            }
            self.allowance.take(reach.per, taken);
            units = units.checked_add(taken)?;
            let most = [self.limits.unit.map(|unit| unit.0), ceiling]
                .into_iter()
                .flatten()
                .min();
            let mut value = piece.left;
            if let Some(most) = most {
                value = value.min(divide(
                    i128::from(most) * i128::from(taken),
                    THOUSAND.into(),
                    Mode::Down,
                )?);
            }
            if reach.setoff {
                // So much of the own item's price as the units stand for.
                let worth = self.worth.unwrap_or(0);
                value = value.min(divide(
                    i128::from(worth) * i128::from(taken),
                    reach.per.into(),
                    Mode::Down,
                )?);
            }
            let given = self.reduce(value)?;
            piece.left -= given;
            total = total.checked_add(given)?;
        }
        if let Some((place, piece)) = rest {
            pieces.insert(place.min(pieces.len()), piece);
        }
        if units > 0 || !self.allowance.limited() {
            for piece in pieces
                .iter_mut()
                .filter(|piece| piece.part != Part::Base && !reach.setoff)
            {
                let covered = self.covered(piece, item);
                let part = divide(
                    i128::from(piece.left) * i128::from(covered),
                    piece.quantity.max(1).into(),
                    Mode::Down,
                );
                let part = if piece.part == Part::Least {
                    Some(piece.left)
                } else {
                    part
                };
                let share = if self.allowance.limited() && base_units > units {
                    divide(i128::from(part?) * i128::from(units), base_units.into(), Mode::Down)
                } else {
                    part
                };
                let given = self.reduce(share?)?;
                piece.left -= given;
                total = total.checked_add(given)?;
            }
        }
        Some((units, total))
    }

    /// How much of a piece beyond the included lies within the benefit's reach.
    fn covered(&self, piece: &Piece, item: &TariffLine) -> i64 {
        let Part::Beyond(place) = piece.part else {
            return piece.quantity;
        };
        let Some(beyond) = item.beyond.get(place) else {
            return 0;
        };
        match self.limits.reach.get(&beyond.attribute) {
            Some(limit) => beyond
                .counted(*limit)
                .map_or(piece.quantity, |within| within.0.min(piece.quantity)),
            None => piece.quantity,
        }
    }

    /// What is given of a value: after what the family bears first, by the percentage, within the amount.
    fn reduce(&mut self, value: i64) -> Option<i64> {
        let first = self.family_first.min(value);
        self.family_first -= first;
        let value = value - first;
        let before = self.sum;
        self.sum = self.sum.checked_add(value)?;
        let given = match self.limits.percent {
            Some(percent) => share(percent, self.sum)? - share(percent, before)?,
            None => value,
        };
        let given = given.min(self.amount_left);
        self.amount_left -= given;
        Some(given)
    }
}

fn share(percent: Percent, amount: i64) -> Option<i64> {
    percent.of(amount, Mode::HalfUp)
}

impl Piece {
    /// Leaves so many units in it and returns the others.
    fn split(&mut self, units: i64) -> Option<Self> {
        let of = |amount: i64| {
            divide(
                i128::from(amount) * i128::from(units),
                self.quantity.into(),
                Mode::HalfUp,
            )
        };
        let (amount, left) = (of(self.amount)?, of(self.left)?);
        let rest = Self {
            part: self.part,
            quantity: self.quantity - units,
            amount: self.amount - amount,
            left: self.left - left,
        };
        self.quantity = units;
        self.amount = amount;
        self.left = left;
        Some(rest)
    }
}
