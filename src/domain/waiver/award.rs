//! What awards a claim gets beside what is free on its lines: fixed, as really paid, by number, or what a benefit
//! left unused where the policy pays that out.

use super::{
    bearing::Award,
    claim::{Claim, Seen},
    condition::{Known, Lookup, Truth},
    eligibility::last_day,
    policy::{Class, ClassAmount, Policy},
    quantity::{Mode, Quantity, THOUSAND, divide, from_on},
    speak::{overflow, quoted, say},
    status::Words,
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
};

/// The rule of findings about an award of which is not known whether it is due.
pub(super) const UNDECIDED: &str = "award-undecided";

/// What each benefit gave on the lines, and what of it stayed unused.
pub(super) trait Given {
    /// What a benefit gave.
    fn gave(&self, benefit: &str) -> i64;
    /// What of its amount stayed unused, where it has an amount and counts for this claim.
    fn rest(&self, benefit: &str) -> i64;
}

/// An award that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// Its position in the policy.
    pub at: usize,
    /// How much.
    pub amount: Fen,
    /// How the amount came about.
    pub says: Words,
}

/// Awards of one claim.
pub(super) struct Awarding<'a> {
    pub policy: &'a Policy,
    pub claim: &'a Claim,
    pub classes: &'a [&'a Class],
    pub seen: &'a Seen<'a>,
}

impl Awarding<'_> {
    /// Awards that are due among those that the chosen ways leave.
    pub fn awards(&self, open: &dyn Fn(&str) -> bool, given: &dyn Given, findings: &mut Vec<Finding>) -> Vec<Due> {
        let all = self.policy.awards.iter().enumerate();
        let mut awards = Vec::new();
        for (at, award) in all.filter(|(_, award)| open(&award.id)) {
            if !self.touches(award, given) || !self.decided(award, findings) {
                continue;
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
            let amount = self.amount(award, given, findings);
            if let Some((amount, says)) = amount.filter(|(amount, _)| amount.0 > 0) {
                awards.push(Due { at, amount, says });
            }
        }
        awards
    }

    /// Whether it is for this claim at all.
    fn touches(&self, award: &Award, given: &dyn Given) -> bool {
        let held = |id: &String| self.classes.iter().any(|class| class.id == *id);
        let billed = |code: &String| self.claim.bill.iter().any(|line| line.item == *code);
        (award.classes.is_empty() || award.classes.iter().any(held))
            && (award.items.is_empty() || award.items.iter().any(billed))
            && award.unused.iter().all(|benefit| given.gave(benefit) == 0)
    }

    /// Whether its condition, its papers and its window hold; where that is not known it is named and not counted.
    fn decided(&self, award: &Award, findings: &mut Vec<Finding>) -> bool {
        let mut missing = Vec::new();
        match award.when.holds(self.seen, &mut missing) {
            Truth::Yes => {}
            Truth::No => return false,
            Truth::Unknown => {
                self.undecided(award, &missing, findings);
                return false;
            }
        }
        let lacking: Vec<&String> = award.evidence.iter().filter(|id| !self.seen.shown(id)).collect();
        if !lacking.is_empty() {
            let names: Vec<String> = lacking.iter().map(|id| self.policy.evidence_name(id).zh).collect();
            let zh = format!("“{}”凭 {} 领取，尚未查验，未计入", award.name.zh, names.join("、"));
            let en = format!("\"{}\" needs evidence not yet shown; not counted", award.name.en);
            let mut finding = say(Severity::Warn, UNDECIDED, Some("evidence".to_owned()), zh, en);
            if self.claim.evidence.is_none() {
                asks(&mut finding, award, &names.join("、"));
            }
            findings.push(quoted(finding, &award.quote));
            return false;
        }
        let Some(window) = &award.window else {
            return true;
        };
        match last_day(window, self.policy, self.seen) {
            Ok((_, last, claimed)) if claimed <= last => true,
            Ok((begun, last, claimed)) => {
                let name = &award.name;
                let zh = format!("“{}”自{}起最迟 {last} 申请，{claimed} 已过，未计入", name.zh, begun.zh);
                let en = format!("\"{}\" could be claimed until {last}; not counted", name.en);
                let quote = if window.quote.is_empty() {
                    &award.quote
                } else {
                    &window.quote
                };
                findings.push(quoted(say(Severity::Warn, "award-late", None, zh, en), quote));
                false
            }
            Err(missing) => {
                let fields: Vec<String> = missing.into_iter().filter_map(|finding| finding.field).collect();
                self.undecided(award, &fields, findings);
                false
            }
        }
    }

    fn undecided(&self, award: &Award, missing: &[String], findings: &mut Vec<Finding>) {
        let named = |name: &String| {
            let label = self.policy.fact_name(name).zh;
            if label == *name {
                label
            } else {
                format!("“{label}”（{name}）")
            }
        };
        let names = missing.iter().map(named).collect::<Vec<_>>().join("、");
        let zh = format!("“{}”是否发放要看 {names}，没有填写，未计入", award.name.zh);
        let en = format!("Whether \"{}\" is due depends on {names}; not counted", award.name.en);
        let field = missing.first().map(|name| match name.split_once('.') {
            Some(_) => name.clone(),
            None => format!("facts.{name}"),
        });
        let mut finding = say(Severity::Warn, UNDECIDED, field, zh, en);
        asks(&mut finding, award, &names);
        findings.push(quoted(finding, &award.quote));
    }

    /// How much: the amount for the class, once for each, no more than was really paid or left unused; with the sum as
    /// it is told.
    fn amount(&self, award: &Award, given: &dyn Given, findings: &mut Vec<Finding>) -> Option<(Fen, Words)> {
        let stated = award.amount != ClassAmount::default();
        let mut most = match award.amount.best(self.classes) {
            Some(amount) => Some(amount.0),
            None if stated => return None,
            // Without a stated amount it is what was paid, or what was left.
            None => None,
        };
        let mut sum = most.map_or_else(Words::default, |most| {
            let most = Fen(most);
            Words::new(most.to_string(), "")
        });
        if let Some(name) = &award.times {
            let Some(Known::Number(times)) = self.seen.look(name) else {
                self.undecided(award, std::slice::from_ref(name), findings);
                return None;
            };
            let count = Quantity(from_on(times.0, award.times_from));
            let product = most.map(|most| i128::from(most) * i128::from(count.0));
            let product = product.map(|product| divide(product, THOUSAND.into(), Mode::Down));
            if product == Some(None) {
                findings.push(overflow(Some(format!("facts.{name}"))));
                return None;
            }
            most = product.flatten();
            let label = self.policy.fact_name(name);
            let all = Fen(most.unwrap_or_default());
            sum.zh.push_str(&format!(" × {count}（{}）= {all}", label.zh));
            sum.en.push_str(&format!(" × {count} ({}) = {all}", label.en));
        }
        if let Some(name) = &award.actual {
            let Some(paid) = self.seen.money(name) else {
                self.undecided(award, std::slice::from_ref(name), findings);
                return None;
            };
            let share = match award.percent {
                Some(percent) => percent.of(paid, Mode::HalfUp)?,
                None => paid,
            };
            let (label, paid) = (self.policy.fact_name(name), Fen(paid));
            let part = award.percent.map(|percent| format!(" × {percent}% = {}", Fen(share)));
            let part = part.unwrap_or_default();
            let own = Words::new(
                format!("{} {paid}{part}", label.zh),
                format!("{} {paid}{part}", label.en),
            );
            sum = within(own, most, &sum);
            most = Some(most.map_or(share, |most| most.min(share)));
        }
        if !award.rest_of.is_empty() {
            let rest = award.rest_of.iter().map(|benefit| given.rest(benefit));
            let rest = rest.fold(0, i64::saturating_add);
            let left = Fen(rest);
            sum = within(
                Words::new(format!("未用完 {left}"), format!("unused {left}")),
                most,
                &sum,
            );
            most = Some(most.map_or(rest, |most| most.min(rest)));
        }
        let amount = Fen(most?);
        let says = Words::new(
            format!("{}：{}，发 {amount}", award.name.zh, sum.zh),
            format!("{}: {}, paid {amount}", award.name.en, sum.en),
        );
        Some((amount, says))
    }
}

/// What was paid or left, and the most where one is stated.
fn within(own: Words, most: Option<i64>, stated: &Words) -> Words {
    if most.is_none() {
        return own;
    }
    Words::new(
        format!("{}，最高 {}", own.zh, stated.zh),
        format!("{}, at most {}", own.en, stated.en),
    )
}

/// Notes of which award nobody has said what it depends on.
fn asks(finding: &mut Finding, award: &Award, missing: &str) {
    finding.params.insert("award".into(), award.id.clone());
    finding.params.insert("missing".into(), missing.to_owned());
}

/// What must be answered before it can be said what gives most: an award that waits for an answer is not the less.
pub(super) fn must_answer(finding: &Finding, policy: &Policy, counts: &dyn Fn(&Award) -> bool) -> Option<Finding> {
    let (id, missing) = (finding.params.get("award")?, finding.params.get("missing")?);
    let award = policy.awards.iter().find(|award| award.id == *id)?;
    if finding.rule != UNDECIDED || !counts(award) {
        return None;
    }
    let zh = format!(
        "取最多的一项，要看“{}”发不发、发多少，取决于 {missing}，没有填写：请先填写，不知道的不能当作没有",
        award.name.zh
    );
    let en = format!(
        "What gives most depends on \"{}\", which depends on {missing}: answer that first",
        award.name.en
    );
    let asked = say(Severity::Error, "answer-missing", finding.field.clone(), zh, en);
    Some(quoted(asked, &award.quote))
}
