//! Waiver policies (惠民殡葬政策) as compiled data: who gets what free, up to what, and who bears it.

use std::collections::BTreeMap;

use super::{
    claim::DateKind,
    condition::Condition,
    quantity::{Percent, Quantity},
    status::{Head, Words},
    tariff::Step,
};
use crate::domain::money::Fen;

/// A dated policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Dates, status, source.
    pub head: Head,
    /// Ids of the price lists it is written for.
    pub tariffs: Vec<String>,
    /// Which day of a case chooses this version.
    pub chosen_by: DateKind,
    /// Facts it asks for.
    pub facts: Vec<FactSpec>,
    /// Evidence by id.
    pub evidence: Vec<Evidence>,
    /// What must hold for everybody.
    pub eligibility: Vec<Requirement>,
    /// Until when a claim may come.
    pub window: Option<Window>,
    /// Who gets something.
    pub classes: Vec<Class>,
    /// What they get, in the order of application.
    pub benefits: Vec<Benefit>,
    /// Sets of benefits of which one counts.
    pub alternatives: Vec<Alternative>,
    /// Limits over several lines, in the order of application.
    pub caps: Vec<Cap>,
    /// Money paid out.
    pub awards: Vec<Award>,
    /// Cremation elsewhere.
    pub offsite: Offsite,
    /// Who bears it.
    pub payers: Vec<Payer>,
    /// How it is split; the first that fits a line counts.
    pub splits: Vec<Split>,
    /// To what the waived amount of a line is rounded.
    pub line_rounding: Option<Step>,
    /// To what the waived amount of the case is rounded.
    pub case_rounding: Option<Step>,
}

/// What kind of value a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// An amount: yuan in a file, whole 分 in a claim.
    Money,
    /// A day.
    Day,
    /// A word.
    Text,
    /// A six-digit area code.
    Area,
}

/// A fact that the desk asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSpec {
    /// Its id in the claim.
    pub id: String,
    /// What kind of value it is.
    pub kind: FactKind,
    /// The question.
    pub label: Words,
}

/// A paper that proves something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its id in the claim.
    pub id: String,
    /// What it is called.
    pub name: Words,
}

/// A condition with the sentence that says why it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// What must hold.
    pub when: Condition,
    /// What to say where it does not.
    pub says: Words,
    /// The sentence of the notice.
    pub quote: String,
}

/// How long a claim may come after a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// From which day on.
    pub from: DateKind,
    /// Months.
    pub months: u32,
    /// Days, after the months.
    pub days: u32,
    /// The sentence of the notice.
    pub quote: String,
}

/// How a class stands to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stacking {
    /// Its benefits come beside those of the other classes.
    Add,
    /// Only its own benefits count.
    Replace,
}

/// A class of people (对象).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// What must hold.
    pub when: Condition,
    /// Papers that must all be shown.
    pub evidence: Vec<String>,
    /// Papers of which one must be shown.
    pub evidence_any: Vec<String>,
    /// Whether a claim that says nothing about papers waits for them; else the desk is reminded.
    pub evidence_must: bool,
    /// How it stands to the others.
    pub stacking: Stacking,
    /// The sentence of the notice.
    pub quote: String,
}

/// How much a benefit gives; what is `None` does not limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// So many units.
    pub quantity: Option<Quantity>,
    /// So much a unit.
    pub unit: Option<Fen>,
    /// So much in all.
    pub amount: Option<Fen>,
    /// This share of the rest.
    pub percent: Option<Percent>,
    /// So much of an attribute: 40 公里, 3 层.
    pub reach: BTreeMap<String, Quantity>,
}

/// An item a benefit counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Code on the price list; `*` is every item that no other benefit names.
    pub item: String,
    /// How many of the item's units make one unit of the benefit; thousandths.
    pub per: Quantity,
    /// Whether the item stands in place of the benefit's own, up to the own's price (抵扣).
    pub setoff: bool,
}

/// One benefit (减免项目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Items it counts for, in the order in which they use it up.
    pub targets: Vec<Target>,
    /// Items that get nothing of it, which is worth saying.
    pub pay_all: Vec<String>,
    /// Classes that get it; empty for all that do not replace.
    pub classes: Vec<String>,
    /// What must hold.
    pub when: Condition,
    /// What must hold for the line.
    pub line: Condition,
    /// How much.
    pub limits: Limits,
    /// How much for a class instead; somebody in several classes gets the best of each limit.
    pub by_class: Vec<(String, Limits)>,
    /// The quantity is given once for each of these: a number fact or attribute.
    pub times: Option<String>,
    /// What the family bears first.
    pub family_first: Fen,
    /// What a unit that is set off is worth; `None` for the list's price of the benefit's first item.
    pub setoff_worth: Option<Fen>,
    /// Place among benefits that count for the same item.
    pub order: Option<i64>,
    /// What is not known of it; lines it counts for are refused.
    pub unknown: Option<Words>,
    /// What to look at before relying on it, said wherever it gives something.
    pub caution: Option<Words>,
    /// The sentence of the notice.
    pub quote: String,
    /// Line of the file.
    pub at_line: usize,
}

/// How one of several is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// The family says.
    Stated,
    /// What gives most.
    Best,
}

/// One of several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Benefits that count only when it is chosen.
    pub benefits: Vec<String>,
    /// Awards that count only when it is chosen.
    pub awards: Vec<String>,
}

/// A set of ways of which one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Its id.
    pub id: String,
    /// How one is chosen.
    pub choosing: Choosing,
    /// The ways.
    pub options: Vec<Choice>,
    /// The sentence of the notice.
    pub quote: String,
}

/// An amount that may differ by class; the best of those somebody is in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassAmount {
    /// For classes that are not named; `None` gives nothing, or sets no limit.
    pub amount: Option<Fen>,
    /// For named classes.
    pub by_class: Vec<(String, Fen)>,
}

/// A limit over several lines (封顶).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// The items under it; empty for the whole case.
    pub items: Vec<String>,
    /// How much.
    pub amount: ClassAmount,
    /// Place in the order of application.
    pub order: i64,
    /// The sentence of the notice.
    pub quote: String,
}

/// Money paid to somebody (奖补).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// How much.
    pub amount: ClassAmount,
    /// Classes that get it; empty for all.
    pub classes: Vec<String>,
    /// What must hold.
    pub when: Condition,
    /// Benefits of which nothing may have been used.
    pub unused: Vec<String>,
    /// Items of which one must be on the bill.
    pub items: Vec<String>,
    /// Papers that must be shown.
    pub evidence: Vec<String>,
    /// To whom: family, operator …
    pub to: Words,
    /// What is not known of it; it is named and not counted.
    pub unknown: Option<Words>,
    /// The sentence of the notice.
    pub quote: String,
}

/// Cremation at another place (异地火化).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offsite {
    /// What must hold; `None` where the policy does not give it.
    pub allowed: Option<Vec<Requirement>>,
    /// By which rules lines are accepted.
    pub rule: OffsiteRule,
    /// Items accepted under [`OffsiteRule::Actual`]; empty for all that a benefit names.
    pub items: Vec<String>,
    /// Most in all.
    pub cap: ClassAmount,
    /// Until when a claim may come.
    pub window: Option<Window>,
    /// Papers that must be shown.
    pub evidence: Vec<String>,
    /// The sentence of the notice.
    pub quote: String,
}

impl Offsite {
    /// A policy that says nothing of cremation elsewhere: it gives nothing there.
    pub fn none() -> Self {
        Self {
            allowed: None,
            rule: OffsiteRule::Actual,
            items: Vec::new(),
            cap: ClassAmount::default(),
            window: None,
            evidence: Vec::new(),
            quote: String::new(),
        }
    }
}

/// By which rules an invoice from elsewhere counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffsiteRule {
    /// What was paid, up to the cap.
    Actual,
    /// The benefits as at home, at the invoice's prices.
    Benefits,
    /// The benefits as at home, a unit counting at most at the price of the own list.
    HomePrices,
}

/// Somebody who bears what is free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
}

/// How a part of a split is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Up to so much of each case.
    PerCase(Fen),
    /// Up to so much of each line.
    PerLine(Fen),
    /// This share of what the fixed parts leave.
    Percent(Percent),
    /// What is left.
    Rest,
}

/// Who bears a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Items it is for; empty for all.
    pub items: Vec<String>,
    /// Classes it is for; empty for all.
    pub classes: Vec<String>,
    /// Awards it is for.
    pub awards: Vec<String>,
    /// What must hold.
    pub when: Condition,
    /// Payer (position) and share, in order.
    pub parts: Vec<(usize, Share)>,
    /// The sentence of the notice.
    pub quote: String,
}

impl Policy {
    /// The class of an id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// What a paper is called; its id where the policy does not say.
    pub fn evidence_name(&self, id: &str) -> Words {
        let known = self.evidence.iter().find(|evidence| evidence.id == id);
        known.map_or_else(|| Words::new(id, id), |evidence| evidence.name.clone())
    }

    /// What a fact is called; its id where the policy does not say.
    pub fn fact_name(&self, id: &str) -> Words {
        let known = self.facts.iter().find(|fact| fact.id == id);
        known.map_or_else(|| Words::new(id, id), |fact| fact.label.clone())
    }
}

impl ClassAmount {
    /// The best amount for somebody in these classes.
    pub fn best(&self, classes: &[&Class]) -> Option<Fen> {
        let of = |class: &&Class| {
            self.by_class
                .iter()
                .find(|(id, _)| *id == class.id)
                .map(|(_, amount)| *amount)
        };
        let named = classes.iter().filter_map(of).max();
        let unnamed = classes.iter().any(|class| of(class).is_none());
        if unnamed { self.amount.max(named) } else { named }
    }

    /// The highest limit for somebody in these classes; `None` where a class has no limit.
    pub fn limit(&self, classes: &[&Class]) -> Option<Fen> {
        let of = |class: &&Class| {
            let own = self.by_class.iter().find(|(id, _)| *id == class.id);
            own.map_or(self.amount, |(_, amount)| Some(*amount))
        };
        let limits: Option<Vec<Fen>> = classes.iter().map(of).collect();
        limits?.into_iter().max()
    }
}

impl Benefit {
    /// What somebody in these classes gets: for each limit the best.
    pub fn limits_for(&self, classes: &[&Class]) -> Limits {
        let of = |class: &&Class| {
            let own = self.by_class.iter().find(|(id, _)| *id == class.id);
            own.map_or(&self.limits, |(_, limits)| limits)
        };
        let mut all = classes.iter().filter(|class| self.is_for(class)).map(of);
        let Some(first) = all.next() else {
            return self.limits.clone();
        };
        all.fold(first.clone(), |best, other| best.or_more(other))
    }

    /// Whether a class gets it.
    pub fn is_for(&self, class: &Class) -> bool {
        if self.classes.is_empty() {
            class.stacking == Stacking::Add
        } else {
            self.classes.contains(&class.id)
        }
    }
}

impl Limits {
    /// The wider of each limit; none at all is the widest.
    fn or_more(self, other: &Self) -> Self {
        fn wider<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> Option<T> {
            a.zip(b).map(|(a, b)| a.max(b))
        }
        let reach = self.reach.iter().filter_map(|(name, own)| {
            let other = other.reach.get(name)?;
            Some((name.clone(), *own.max(other)))
        });
        Self {
            quantity: wider(self.quantity, other.quantity),
            unit: wider(self.unit, other.unit),
            amount: wider(self.amount, other.amount),
            percent: wider(self.percent, other.percent),
            reach: reach.collect(),
        }
    }
}
