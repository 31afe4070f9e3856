//! The price of a unit: fixed, within a range, under a ceiling, on the cost, by tiers, with the factors of the case.

use super::{Of, Part, Priced};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
    waiver::{
        condition::Truth,
        quantity::{Mode, Percent, Quantity, THOUSAND, divide},
        speak::{line_field, overflow, quoted, say},
        status::Words,
        tariff::{Price, Rate, TierMode},
    },
};

/// The factors of a case, as percentages.
#[derive(Debug, Default)]
pub(super) struct Factors {
    /// On the price of a unit.
    pub unit: Vec<Percent>,
    /// Of these, the ones on charges beyond the included.
    pub beyond: Vec<Percent>,
    /// Of these, the ones on the least and the most of a line.
    pub bounds: Vec<Percent>,
    /// What the cases are called.
    pub names: Vec<Words>,
}

impl Of<'_> {
    /// All factors that hold.
    pub(super) fn factors(&self, findings: &mut Vec<Finding>) -> Option<Factors> {
        let mut factors = Factors::default();
        for factor in &self.item.factors {
            let mut missing = Vec::new();
            let truth = factor.when.holds(&self.line, &mut missing);
            self.note_assumed(&factor.when, findings);
            match truth {
                Truth::Yes => {
                    factors.unit.push(factor.percent);
                    factors.names.push(factor.name.clone());
                    factors.beyond.extend(factor.also_beyond.then_some(factor.percent));
                    factors.bounds.extend(factor.also_bounds.then_some(factor.percent));
                }
                Truth::No => {}
                Truth::Unknown => {
                    self.missing(&missing, findings);
                    return None;
                }
            }
        }
        Some(factors)
    }

    /// What is to be known of the price of a unit: the case it goes by, and the factors on the list's price.
    pub(super) fn notes(&self, factors: &Factors) -> Vec<Words> {
        let mut notes = Vec::new();
        let fits = |rate: &&Rate| rate.when.holds(&self.line, &mut Vec::new()) == Truth::Yes;
        if let Some(rate) = self
            .item
            .rates
            .iter()
            .find(fits)
            .filter(|rate| !rate.name.zh.is_empty())
        {
            notes.push(rate.name.clone());
        }
        if factors.unit.is_empty() {
            return notes;
        }
        let list = self.list_price(&[], &mut Vec::new()).and_then(|(list, _)| list);
        let (mut zh, mut en) = match list {
            Some(list) => (format!("目录价 {list}"), format!("list price {list}")),
            None => ("目录价".to_owned(), "list price".to_owned()),
        };
        for (percent, name) in factors.unit.iter().zip(&factors.names) {
            let named = |name: &str| {
                if name.is_empty() {
                    String::new()
                } else {
                    format!("（{name}）")
                }
            };
            zh.push_str(&format!(" × {percent}%{}", named(&name.zh)));
            en.push_str(&format!(" × {percent}%{}", named(&name.en)));
        }
        notes.push(Words::new(zh, en));
        notes
    }

    /// One price for all units.
    pub(super) fn flat(&self, factors: &[Percent], priced: &mut Priced, findings: &mut Vec<Finding>) -> Option<()> {
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
        let asked = match (asked, most) {
            (Some(asked), Some(most)) if self.at_home => Some(asked.min(most)),
            _ => asked,
        };
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
    pub(super) fn list_price(
        &self,
        factors: &[Percent],
        findings: &mut Vec<Finding>,
    ) -> Option<(Option<Fen>, Option<Fen>)> {
        for rate in &self.item.rates {
            let mut missing = Vec::new();
            let truth = rate.when.holds(&self.line, &mut missing);
            self.note_assumed(&rate.when, findings);
            match truth {
                Truth::Yes => return self.bounds(&rate.price, factors, findings),
                Truth::No => {}
                Truth::Unknown => {
                    self.missing(&missing, findings);
                    return None;
                }
            }
        }
        self.bounds(&self.item.price, factors, findings)
    }

    /// What a price fixes, and the most it lets be asked.
    fn bounds(
        &self,
        price: &Price,
        factors: &[Percent],
        findings: &mut Vec<Finding>,
    ) -> Option<(Option<Fen>, Option<Fen>)> {
        match price {
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

    pub(super) fn counted<T>(&self, amount: Option<T>, key: &str, findings: &mut Vec<Finding>) -> Option<T> {
        if amount.is_none() {
            findings.push(overflow(self.field(key)));
        }
        amount
    }

    pub(super) fn scaled(&self, price: Fen, factors: &[Percent], findings: &mut Vec<Finding>) -> Option<Fen> {
        let scaled = factors
            .iter()
            .try_fold(price.0, |price, factor| factor.of(price, Mode::HalfUp));
        self.counted(scaled.map(Fen), "unit_price", findings)
    }

    /// Units by tiers, counting from what stands before on the bill.
    pub(super) fn tiers(
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
        if self.line.line.unit_price.is_some() && !self.at_home {
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
}
