//! Who bears what is free: splits by share, by item, by fixed part and by remainder, to the 分.

use super::{
    claim::{Claim, Seen},
    condition::Truth,
    policy::{Class, Policy, Share, Split},
    quantity::Mode,
    speak::{quoted, say},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
};

/// Shares of one amount: position of the payer and what it bears.
pub(super) type Shares = Vec<(usize, i64)>;

/// Divides amounts between payers; keeps count over a case, so that shares of the whole come out exactly.
pub(super) struct Divider<'a> {
    policy: &'a Policy,
    classes: &'a [&'a Class],
    seen: &'a Seen<'a>,
    /// Per split: what was divided by percentage so far, and per part what it got.
    used: Vec<(i64, Vec<i64>)>,
}

impl<'a> Divider<'a> {
    pub fn new(policy: &'a Policy, classes: &'a [&'a Class], seen: &'a Seen<'a>) -> Self {
        let used = policy.splits.iter().map(|split| (0, vec![0; split.parts.len()]));
        Self {
            policy,
            classes,
            seen,
            used: used.collect(),
        }
    }

    /// Divides what is free on a line of an item.
    pub fn line(&mut self, item: &str, amount: i64, findings: &mut Vec<Finding>) -> Option<Shares> {
        let named = |split: &Split| {
            split.awards.is_empty() && (split.items.is_empty() || split.items.iter().any(|own| own == item))
        };
        self.divide(&named, amount, findings)
    }

    /// Divides an award: a split that names it, else one without items.
    pub fn award(&mut self, id: &str, amount: i64, findings: &mut Vec<Finding>) -> Option<Shares> {
        let named = |split: &Split| split.awards.iter().any(|own| own == id);
        let open = |split: &Split| split.awards.is_empty() && split.items.is_empty();
        if self.policy.splits.iter().any(named) {
            self.divide(&named, amount, findings)
        } else {
            self.divide(&open, amount, findings)
        }
    }

    fn divide(&mut self, named: &dyn Fn(&Split) -> bool, amount: i64, findings: &mut Vec<Finding>) -> Option<Shares> {
        if amount == 0 {
            return Some(Vec::new());
        }
        for (at, split) in self.policy.splits.iter().enumerate().filter(|(_, split)| named(split)) {
            let held = |id: &String| self.classes.iter().any(|class| class.id == *id);
            if !split.classes.is_empty() && !split.classes.iter().any(held) {
                continue;
            }
            let mut missing = Vec::new();
            match split.when.holds(self.seen, &mut missing) {
                Truth::Yes => return self.by(at, split, amount),
                Truth::No => {}
                Truth::Unknown => {
                    for name in missing {
                        let zh = format!("由谁承担要看“{name}”，没有填写");
                        let en = format!("Who bears it depends on \"{name}\", which is not known");
                        let field = Some(format!("facts.{name}"));
                        findings.push(quoted(
                            say(Severity::Error, "fact-unknown", field, zh, en),
                            &split.quote,
                        ));
                    }
                    return None;
                }
            }
        }
        match self.policy.payers.len() {
            1 => Some(vec![(0, amount)]),
            _ => {
                let (zh, en) = ("政策没有写明由谁承担", "The policy does not say who bears it");
                findings.push(say(Severity::Refuse, "payer-unknown", None, zh.into(), en.into()));
                None
            }
        }
    }

    fn by(&mut self, at: usize, split: &Split, amount: i64) -> Option<Shares> {
        let (divided, got) = self.used.get_mut(at)?;
        let mut shares: Shares = Vec::with_capacity(split.parts.len());
        let mut left = amount;
        for ((payer, share), got) in split.parts.iter().zip(got.iter_mut()) {
            let bears = match share {
                Share::PerCase(most) => left.min((most.0 - *got).max(0)),
                Share::PerLine(most) => left.min(most.0),
                Share::Percent(_) | Share::Rest => continue,
            };
            *got += bears;
            left -= bears;
            shares.push((*payer, bears));
        }
        *divided = divided.checked_add(left)?;
        let last = split
            .parts
            .iter()
            .rposition(|(_, share)| matches!(share, Share::Percent(_) | Share::Rest));
        let takes_rest = split.parts.iter().position(|(_, share)| *share == Share::Rest).or(last);
        for (place, ((payer, share), got)) in split.parts.iter().zip(got.iter_mut()).enumerate() {
            if let (Share::Percent(percent), false) = (share, Some(place) == takes_rest) {
                // Of the sum so far less what it already bears: line by line the shares of the whole stay exact.
                let due = percent.of(*divided, Mode::Down)? - *got;
                let bears = due.clamp(0, left);
                *got += bears;
                left -= bears;
                shares.push((*payer, bears));
            }
        }
        let rest = takes_rest.or_else(|| split.parts.len().checked_sub(1));
        if let Some((payer, _)) = rest.and_then(|place| split.parts.get(place)) {
            shares.push((*payer, left));
        }
        shares.retain(|(_, bears)| *bears != 0);
        Some(shares)
    }
}

/// What awards a claim gets, beside what is free on its lines.
pub(super) struct Awarding<'a> {
    pub policy: &'a Policy,
    pub claim: &'a Claim,
    pub classes: &'a [&'a Class],
    pub seen: &'a Seen<'a>,
}

impl Awarding<'_> {
    /// Awards (position, amount) among those that the chosen ways leave, by what each benefit gave.
    pub fn awards(
        &self,
        open: &dyn Fn(&str) -> bool,
        gave: &dyn Fn(&str) -> i64,
        findings: &mut Vec<Finding>,
    ) -> Vec<(usize, Fen)> {
        let mut awards = Vec::new();
        for (at, award) in self
            .policy
            .awards
            .iter()
            .enumerate()
            .filter(|(_, award)| open(&award.id))
        {
            let held = |id: &String| self.classes.iter().any(|class| class.id == *id);
            let billed = |code: &String| self.claim.bill.iter().any(|line| line.item == *code);
            let fits = (award.classes.is_empty() || award.classes.iter().any(held))
                && (award.items.is_empty() || award.items.iter().any(billed))
                && award.unused.iter().all(|benefit| gave(benefit) == 0);
            let amount = award.amount.best(self.classes).unwrap_or_default();
            if !fits || (amount.0 <= 0 && award.unknown.is_none()) {
                continue;
            }
            let mut missing = Vec::new();
            match award.when.holds(self.seen, &mut missing) {
                Truth::Yes => {}
                Truth::No => continue,
                Truth::Unknown => {
                    let names = missing.join("、");
                    let zh = format!("“{}”是否发放要看 {names}，没有填写，未计入", award.name.zh);
                    let en = format!("Whether \"{}\" is due depends on {names}; not counted", award.name.en);
                    let field = missing.first().map(|name| format!("facts.{name}"));
                    findings.push(quoted(
                        say(Severity::Warn, "award-undecided", field, zh, en),
                        &award.quote,
                    ));
                    continue;
                }
            }
            if let Some(reason) = &award.unknown {
                let zh = format!("“{}”的数额本文件没有原文可依，未计入：{}", award.name.zh, reason.zh);
                let en = format!(
                    "The amount of \"{}\" is not known; not counted: {}",
                    award.name.en, reason.en
                );
                let mut finding = say(Severity::Warn, "award-unknown", None, zh, en);
                finding.params.insert("award".into(), award.id.clone());
                findings.push(quoted(finding, &award.quote));
                continue;
            }
            let shown = |id: &&String| self.claim.evidence.as_ref().is_some_and(|shown| shown.contains(*id));
            let lacking: Vec<&String> = award.evidence.iter().filter(|id| !shown(id)).collect();
            if lacking.is_empty() {
                awards.push((at, amount));
                continue;
            }
            let names: Vec<String> = lacking.iter().map(|id| self.policy.evidence_name(id).zh).collect();
            let zh = format!("“{}”凭 {} 领取，尚未查验，未计入", award.name.zh, names.join("、"));
            let en = format!("\"{}\" needs evidence not yet shown; not counted", award.name.en);
            let field = Some("evidence".to_owned());
            findings.push(quoted(
                say(Severity::Warn, "award-undecided", field, zh, en),
                &award.quote,
            ));
        }
        awards
    }
}
