//! A claim while it is being typed: running sums with their reasons, papers to ask for, facts still open. Writes nothing.

use super::examine::of;
use super::reading;
use super::settling::Settling;
use crate::desk::business::Own;
use crate::desk::submit::Given;
use crate::desk::{Permission, Problem, Registry, Session};
use crate::domain::finding::Finding;
use crate::domain::waiver::{Alternative, Choosing, Claim, FactKind, Lookup, Policy, Seen, Settlement, Words};

/// How a claim stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaiverPreview {
    /// The sums, where nothing keeps them from being computed.
    pub settlement: Option<Settlement>,
    /// What is wrong, missing or worth a word, heaviest first.
    pub findings: Vec<Finding>,
    /// Title of the policy that applies.
    pub policy: Option<Words>,
    /// Title of the price list that applies.
    pub tariff: Option<Words>,
    /// The classes of the policy: id and name.
    pub classes: Vec<(String, Words)>,
    /// Papers that the claimed classes ask for.
    pub evidence: Vec<EvidenceLine>,
    /// Facts that the policy asks for.
    pub facts: Vec<FactLine>,
    /// What the family must choose between (择一、任选).
    pub choices: Vec<ChoosingLine>,
}

/// Ways of which the family chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingLine {
    /// Id of the alternative.
    pub id: String,
    /// How many of them.
    pub take: usize,
    /// The ways: id and name.
    pub options: Vec<(String, Words)>,
}

/// A paper to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Whether another one of several does as well.
    pub one_of: bool,
    /// Whether it was shown.
    pub shown: bool,
}

/// A fact to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// Its id.
    pub id: String,
    /// The question.
    pub label: Words,
    /// What kind of answer.
    pub kind: FactKind,
    /// Whether it is answered.
    pub known: bool,
}

impl Registry {
    /// How a claim stands; the same road as the act's. `draft` is the draft it is typed in.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn waiver_preview(&self, session: &Session, given: &Given, draft: i64) -> Result<WaiverPreview, Problem> {
        let own = Own { draft, case: None };
        let settling = match reading::read(given) {
            Ok(told) => Settling::of(self.house.forms.waivers(), told, session.today()),
            Err(findings) => {
                return Ok(WaiverPreview {
                    findings,
                    ..WaiverPreview::default()
                });
            }
        };
        session.allow(Permission::Settle)?;
        let mut preview = WaiverPreview {
            findings: self.read(|reader| of(reader, &self.house, &settling, own))?.findings,
            ..WaiverPreview::default()
        };
        if let Some((policy, tariff)) = settling.basis {
            let claim = &settling.told.request.claim;
            preview.policy = Some(policy.head.title.clone());
            preview.tariff = Some(tariff.head.title.clone());
            let classes = policy.classes.iter();
            preview.classes = classes.map(|class| (class.id.clone(), class.name.clone())).collect();
            preview.evidence = evidence(policy, claim);
            preview.facts = facts(policy, claim);
            preview.choices = choices(policy);
        }
        preview.settlement = settling.outcome.settlement;
        Ok(preview)
    }
}

/// Papers that the classes of a claim ask for, and those of a claim from elsewhere; each once.
pub(super) fn evidence(policy: &Policy, claim: &Claim) -> Vec<EvidenceLine> {
    let shown = |id: &String| claim.evidence.as_ref().is_some_and(|shown| shown.contains(id));
    let mut lines: Vec<EvidenceLine> = Vec::new();
    let mut add = |id: &String, one_of: bool| {
        if !lines.iter().any(|line| line.id == *id) {
            lines.push(EvidenceLine {
                id: id.clone(),
                name: policy.evidence_name(id),
                one_of,
                shown: shown(id),
            });
        }
    };
    for class in claim.classes.iter().filter_map(|id| policy.class(id)) {
        class.evidence.iter().for_each(|id| add(id, false));
        class.evidence_any.iter().for_each(|id| add(id, true));
    }
    if claim.offsite.is_some() {
        policy.offsite.evidence.iter().for_each(|id| add(id, false));
    }
    claim.evidence.iter().flatten().for_each(|id| add(id, false));
    lines
}

fn choices(policy: &Policy) -> Vec<ChoosingLine> {
    let stated = policy
        .alternatives
        .iter()
        .filter(|one| one.choosing == Choosing::Stated);
    let line = |one: &Alternative| ChoosingLine {
        id: one.id.clone(),
        take: one.take,
        options: one
            .options
            .iter()
            .map(|way| (way.id.clone(), way.name.clone()))
            .collect(),
    };
    stated.map(line).collect()
}

fn facts(policy: &Policy, claim: &Claim) -> Vec<FactLine> {
    let seen = Seen::new(claim);
    let line = |fact: &crate::domain::waiver::FactSpec| FactLine {
        id: fact.id.clone(),
        label: fact.label.clone(),
        kind: fact.kind,
        known: seen.look(&fact.id).is_some(),
    };
    policy.facts.iter().map(line).collect()
}
