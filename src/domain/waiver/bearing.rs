//! Money beside the bill and who bears it: awards, cremation elsewhere, payers and their shares.

use super::{
    condition::Condition,
    policy::{ClassAmount, Requirement, Window},
    quantity::Percent,
    status::Words,
};
use crate::domain::money::Fen;

/// Money paid to somebody (奖补).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// How much.
    pub amount: ClassAmount,
    /// An amount fact: what was really paid, of which the award is no more than.
    pub actual: Option<String>,
    /// This share of what was really paid.
    pub percent: Option<Percent>,
    /// The amount is given once for each of these: a number fact.
    pub times: Option<String>,
    /// From which of these on: 2 = 第二具起.
    pub times_from: i64,
    /// Benefits whose unused amount is paid out; nothing else of them ever is.
    pub rest_of: Vec<String>,
    /// Classes that get it; empty for all.
    pub classes: Vec<String>,
    /// What must hold.
    pub when: Condition,
    /// Until when it may be claimed.
    pub window: Option<Window>,
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
    /// An amount fact: what was already received where the cremation was, taken off the cap.
    pub less: Option<String>,
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
            less: None,
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
    /// Up to so much of a case, counted from its first 分: what earlier splits bore of it counts. What goes beyond is
    /// the next one's that fits.
    pub up_to: Option<Fen>,
    /// Payer (position) and share, in order.
    pub parts: Vec<(usize, Share)>,
    /// The sentence of the notice.
    pub quote: String,
}
