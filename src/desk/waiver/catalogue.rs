//! What a screen picks from: policies, the items of a price list, and how a price reads on the wall.

use chrono::NaiveDate;

use super::reading;
use crate::desk::submit::Given;
use crate::desk::{Registry, Session};
use crate::domain::money::Fen;
use crate::domain::name::reading;
use crate::domain::waiver::{
    Basis, Beyond, DERIVED, ItemClass, Price, Quantity, Status, Tariff, TariffLine, Tier, TierMode, Words,
};

/// A policy that claims can be settled by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The price list it goes with.
    pub tariff: String,
    /// Whether it is a sample.
    pub sample: bool,
}

/// An item to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// What it is counted in.
    pub unit: String,
    /// Its price as text: 80.00, 100.00-500.00, ≤3000.00.
    pub price: String,
    /// What else decides the price.
    pub note: String,
    /// First letters of its name.
    pub initials: String,
    /// Reading of its name.
    pub pinyin: String,
    /// Whether the bill must state the price.
    pub stated: bool,
    /// What the price asks of a line beside the quantity: km, floors, zone.
    pub asks: Vec<String>,
    /// Whether a bill holds at most one of it.
    pub single: bool,
}

impl Registry {
    /// The policies in force on a day, in the order of their ids.
    pub fn waiver_policies(&self, on: NaiveDate) -> Vec<PolicyLine> {
        let usable = |head: &crate::domain::waiver::Head| head.covers(on) && head.status.usable();
        let policies = self
            .house
            .forms
            .waivers()
            .policies()
            .filter(|policy| usable(&policy.head));
        let mut lines: Vec<PolicyLine> = policies
            .map(|policy| PolicyLine {
                id: policy.head.id.clone(),
                title: policy.head.title.clone(),
                tariff: policy.tariffs.first().cloned().unwrap_or_default(),
                sample: policy.head.status == Status::Sample,
            })
            .collect();
        lines.sort_by(|a, b| a.id.cmp(&b.id));
        lines
    }

    /// The items of the price list in force on a day, in its order; none where it is not in force.
    pub fn waiver_items(&self, tariff: &str, on: NaiveDate) -> Vec<ItemLine> {
        let tariff = self.house.forms.waivers().tariff(tariff, on);
        tariff.map(items).unwrap_or_default()
    }

    /// The items of the price list that a claim is priced by.
    pub fn waiver_items_of(&self, session: &Session, given: &Given) -> Vec<ItemLine> {
        listed(self, session, given).map(items).unwrap_or_default()
    }
}

/// The list that a claim is priced by, as far as it says: by its policy or on its
/// own, on its day of cremation or today.
fn listed<'a>(registry: &'a Registry, session: &Session, given: &Given) -> Option<&'a Tariff> {
    let told = reading::read(given).unwrap_or_default();
    let book = registry.house.forms.waivers();
    let day = told.request.claim.dates.cremation.unwrap_or_else(|| session.today());
    let [policy, tariff] = match given {
        Given::Form(answers) => ["policy", "tariff"].map(|path| answers.text(path)),
        Given::Json(_) => [told.request.policy.as_str(), told.request.tariff.as_str()],
    };
    if policy.is_empty() {
        return book.tariff(tariff, day);
    }
    let policy = book
        .policies()
        .find(|known| known.head.id == policy && known.head.status.usable())?;
    book.tariff(policy.tariffs.first()?, day)
}

fn items(tariff: &Tariff) -> Vec<ItemLine> {
    let item = |line: &TariffLine| {
        let (initials, pinyin) = reading(&line.name.zh);
        ItemLine {
            code: line.code.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            price: price(line),
            note: note(tariff, line),
            initials,
            pinyin,
            stated: !matches!(line.price, Price::Fixed(_) | Price::Tiers(..) | Price::Rates),
            asks: asks(line),
            single: line.max_quantity.is_some_and(|most| most <= Quantity::ONE),
        }
    };
    tariff.items.iter().map(item).collect()
}

/// What must be told of a line: not what the list assumes, what another way of counting asks, or what dates tell.
fn asks(line: &TariffLine) -> Vec<String> {
    let assumed = |name: &str| line.assume.iter().any(|(known, _)| known == name);
    let counted = |name: &str| line.counted_from.as_ref().is_some_and(|(known, _)| known == name);
    let names = line.attributes().into_iter();
    names
        .filter(|name| !assumed(name) && !counted(name) && !DERIVED.contains(name))
        .map(str::to_owned)
        .collect()
}

/// 基础 or 非基础.
pub(super) fn class(line: &TariffLine) -> &'static str {
    match line.class {
        ItemClass::Basic => "基础",
        ItemClass::NonBasic => "非基础",
    }
}

/// The price of an item in a word.
pub(super) fn price(line: &TariffLine) -> String {
    match &line.price {
        Price::Tiers(..) => "分档".to_owned(),
        Price::Rates if line.rates.is_empty() => "—".to_owned(),
        price => price.to_string(),
    }
}

/// What else decides the price, what is in it already, or who does not know it.
pub(super) fn note(tariff: &Tariff, line: &TariffLine) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Price::Tiers(mode, tiers) = &line.price {
        parts.push(tiered(*mode, tiers, &line.unit));
    }
    if let Price::Open(why) = &line.price {
        parts.push(why.zh.clone());
    }
    parts.extend(line.rates.iter().map(|rate| format!("{} {}", rate.name.zh, rate.price)));
    let factors = line.factors.iter();
    parts.extend(factors.map(|factor| format!("{}（{}%）", factor.name.zh, factor.percent)));
    parts.extend(line.beyond.iter().map(beyond));
    parts.extend(line.started.map(|step| started(step, &line.unit)));
    parts.extend(line.at_least.map(|least| format!("最低收 {least}")));
    parts.extend(line.at_most.map(most));
    let within = line.includes.iter().filter_map(|code| tariff.item(code));
    let within: Vec<&str> = within.map(|item| item.name.zh.as_str()).collect();
    if !within.is_empty() {
        parts.push(format!("已含{}", within.join("、")));
    }
    parts.extend(line.unknown.iter().map(|why| why.zh.clone()));
    parts.join("；")
}

/// The most a line costs; what is on the list and costs nothing is not charged.
fn most(most: Fen) -> String {
    match most {
        Fen::ZERO => "免收".to_owned(),
        most => format!("最高收 {most}"),
    }
}

/// How a part of a unit counts.
fn started(step: Quantity, unit: &str) -> String {
    match step {
        Quantity::ONE => format!("不足 1 {unit}按 1 {unit}"),
        Quantity(500) => format!("不足半{unit}按半{unit}"),
        step => format!("不足 {step} {unit}按 {step} {unit}"),
    }
}

fn tiered(mode: TierMode, tiers: &[Tier], unit: &str) -> String {
    let part = |tier: &Tier| match tier.up_to {
        Some(up_to) => format!("{up_to}{unit}以内 {}", tier.price),
        None => format!("以上 {}", tier.price),
    };
    let parts = tiers.iter().map(part).collect::<Vec<_>>().join("，");
    match mode {
        TierMode::Marginal => format!("分段计：{parts}"),
        TierMode::Whole => format!("全程按所在档计：{parts}"),
    }
}

fn beyond(beyond: &Beyond) -> String {
    let basis = match beyond.basis {
        Basis::OneWay => "",
        Basis::RoundTrip | Basis::RoundTripTotal => "（往返计）",
    };
    let Beyond {
        included, unit, each, ..
    } = beyond;
    match &beyond.unknown {
        Some(why) => format!("超出 {included} {unit}：{}", why.zh),
        None => format!("超出 {included} {unit}，每{unit}加 {each}{basis}"),
    }
}
