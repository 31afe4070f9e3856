//! What comes of a claim: sums by line, payer and award, or findings that say why there are none.

use super::sort;
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
    waiver::{explain::Sentence, quantity::Quantity, status::Words},
};

/// How a claim ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Settled: the sums stand.
    Settled,
    /// The policy or the list says no.
    Refused,
    /// Something is missing or wrong.
    Incomplete,
}

/// Whether the chain of explanation is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// With names, shares and sentences of each line.
    Explained,
    /// Sums alone: of a line its item and amounts.
    Sums,
}

/// A payer and what it bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borne {
    /// Id of the payer.
    pub payer: String,
    /// How much.
    pub amount: Fen,
}

/// One line of a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettledLine {
    /// Code.
    pub item: String,
    /// Name on the list, or on the invoice.
    pub name: Words,
    /// Unit.
    pub unit: String,
    /// As charged: started steps counted whole.
    pub quantity: Quantity,
    /// Price of a unit as charged.
    pub unit_price: Fen,
    /// What the line costs.
    pub listed: Fen,
    /// What is free.
    pub free: Fen,
    /// What the family pays.
    pub family: Fen,
    /// Who bears what is free.
    pub payers: Vec<Borne>,
    /// What it costs as a sum: `1 具 × 230.00 + 超出 20 公里的 25 公里 × 4.00`.
    pub costs: Words,
    /// Why: first the chain of amounts, then what it rests on, a sentence each (see [`Settlement::quotes`]).
    pub says: Vec<Sentence>,
    /// Ids of the benefits that gave something, joined with `+`; empty where none did.
    pub rule: String,
}

/// Money to be paid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledAward {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Words,
    /// How much.
    pub amount: Fen,
    /// To whom.
    pub to: Words,
    /// Who bears it.
    pub payers: Vec<Borne>,
    /// How the amount came about.
    pub says: Sentence,
    /// The sentence of the notice.
    pub quote: String,
}

/// A sentence of the price list or the notice, with the lines that rest on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The sentence with what it is taken from.
    pub says: Sentence,
    /// The lines of the bill, from 1.
    pub lines: Vec<usize>,
}

/// A settled claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Lines in the order of the bill.
    pub lines: Vec<SettledLine>,
    /// Sum of the lines.
    pub listed: Fen,
    /// What is free.
    pub free: Fen,
    /// What the family pays.
    pub family: Fen,
    /// Who bears what is free, in the policy's order; payers that bear nothing are left out.
    pub payers: Vec<Borne>,
    /// Money to be paid out.
    pub awards: Vec<SettledAward>,
    /// Ids of the classes that counted.
    pub classes: Vec<String>,
    /// Option taken in each alternative.
    pub choices: Vec<(String, String)>,
    /// Ids of the caps that took something away.
    pub capped: Vec<String>,
    /// What the lines rest on, each sentence once, in the order of the lines.
    pub quotes: Vec<Quote>,
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// The sums; only where it was settled.
    pub settlement: Option<Settlement>,
    /// Findings, heaviest first.
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// A claim that cannot be settled.
    pub fn stopped(mut findings: Vec<Finding>) -> Self {
        sort(&mut findings);
        let refused = findings.iter().any(|finding| finding.severity == Severity::Refuse);
        Self {
            verdict: if refused { Verdict::Refused } else { Verdict::Incomplete },
            settlement: None,
            findings,
        }
    }
}
