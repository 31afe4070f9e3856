//! Waiver policies (惠民殡葬政策) as compiled data: who gets what free, up to what, and who bears it.

use super::{
    bearing::{Award, Offsite, Payer, Split},
    benefit::{Alternative, Benefit, Cap},
    claim::DateKind,
    condition::Condition,
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
    /// A day fact that counts instead: the day of burial.
    pub from_fact: Option<String>,
    /// Months.
    pub months: u32,
    /// Days, after the months.
    pub days: u32,
    /// Working days, after these.
    pub working_days: u32,
    /// The sentence of the notice.
    pub quote: String,
}

/// How a class stands to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stacking {
    /// Its benefits come beside those of the other classes.
    Add,
    /// It stands alone: of what is said for named classes only its own counts, beside what is for everybody.
    Replace,
    /// Of all classes that stand so, the one that gives most counts (就高不重复).
    Highest,
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

/// An amount that may differ by class; the best of those somebody is in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassAmount {
    /// For classes that are not named; `None` gives nothing, or sets no limit.
    pub amount: Option<Fen>,
    /// For named classes.
    pub by_class: Vec<(String, Fen)>,
    /// The sentence on a named class, where the notice has one of its own.
    pub quotes: Vec<(String, String)>,
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

    /// The sentence on the amount that somebody in these classes gets; none where it is not a class's own.
    pub fn quote_for(&self, classes: &[&Class]) -> Option<&str> {
        let held = |id: &str| classes.iter().any(|class| class.id == id);
        let named = self.by_class.iter().filter(|(id, _)| held(id));
        let (best, _) = named.max_by_key(|(_, amount)| *amount)?;
        let quote = self.quotes.iter().find(|(class, _)| class == best);
        quote.map(|(_, quote)| quote.as_str())
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
