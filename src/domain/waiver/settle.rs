//! One settlement: price list, policy, claim in; lines, payers, awards and findings out. The same input gives the same
//! output, whatever the order of the lines.

use std::collections::BTreeSet;

use super::{
    award::{Awarding, Given},
    bearing::OffsiteRule,
    benefit::Choice,
    choose,
    claim::{Claim, Seen},
    eligibility,
    explain::{Explainer, Sentence},
    grant::{Grant, Granted, Ground},
    payer::{Divider, Shares},
    plan::{Plan, Reach},
    policy::{Class, Policy},
    price::{self, Priced, Pricing},
    quantity::Quantity,
    speak::{overflow, quoted, say},
    status::{Status, Words},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
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
    /// With sentences.
    Explained,
    /// Sums alone.
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Why, sentence by sentence.
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
    /// The sentence of the notice.
    pub quote: String,
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

/// The way of choosing that was taken, with what it gives.
struct Taken {
    way: choose::Way,
    granted: Granted,
    awards: Vec<(usize, Fen)>,
    findings: Vec<Finding>,
}

/// Settles a claim.
pub fn settle(plan: &Plan<'_>, claim: &Claim, detail: Detail) -> Outcome {
    let mut findings = Vec::new();
    let seen = Seen::new(claim);
    mark_status(plan, &mut findings);
    let classes = eligibility::classes_of(plan.policy, claim, &seen, &mut findings);
    if claim.bill.is_empty() && plan.policy.awards.is_empty() {
        let (zh, en) = ("账单没有一行", "The bill has no line");
        findings.push(say(
            Severity::Error,
            "bill-empty",
            Some("bill".into()),
            zh.into(),
            en.into(),
        ));
    }
    let how = Pricing {
        tariff: plan.tariff,
        offsite: claim.offsite.is_some(),
        home_prices: plan.policy.offsite.rule == OffsiteRule::HomePrices,
        names: &plan.names,
    };
    let (priced, order) = price::price(how, &claim.bill, &seen, &mut findings);
    let priced: Option<Vec<Priced>> = priced.into_iter().collect();
    let (Some(priced), false) = (priced, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    let sets = eligibility::sets_of(&classes);
    let taken = take_highest(&sets, &mut findings, &|classes| Ground {
        plan,
        seen: &seen,
        bill: &claim.bill,
        priced: &priced,
        order: &order,
        classes,
        offsite: claim.offsite.is_some(),
    });
    let (Some((ground, taken)), false) = (taken, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    findings.extend(not_highest(&classes, ground.classes));
    let settlement = present(&ground, claim, &taken, detail, &mut findings);
    let (Some(settlement), false) = (settlement, stops(&findings)) else {
        return Outcome::stopped(findings);
    };
    sort(&mut findings);
    Outcome {
        verdict: Verdict::Settled,
        settlement: Some(settlement),
        findings,
    }
}

fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(Finding::stops)
}

fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.severity);
    let mut seen: Vec<Finding> = Vec::with_capacity(findings.len());
    findings.retain(|finding| {
        let new = !seen.contains(finding);
        if new {
            seen.push(finding.clone());
        }
        new
    });
}

fn mark_status(plan: &Plan<'_>, findings: &mut Vec<Finding>) {
    for (head, rule) in [
        (&plan.policy.head, "sample-policy"),
        (&plan.tariff.head, "sample-tariff"),
    ] {
        if head.status == Status::Sample {
            let zh = format!("《{}》是样例，不是真实的规定", head.title.zh);
            let en = format!("\"{}\" is a sample, no real rule", head.title.en);
            findings.push(say(Severity::Info, rule, None, zh, en));
        }
    }
}

/// Tries the sets of classes of which one counts and takes the one that gives most; the first of equals.
fn take_highest<'g>(
    sets: &'g [Vec<&'g Class>],
    findings: &mut Vec<Finding>,
    ground_of: &dyn Fn(&'g [&'g Class]) -> Ground<'g>,
) -> Option<(Ground<'g>, Taken)> {
    let mut best: Option<(i64, Ground<'g>, Taken, Vec<Finding>)> = None;
    for set in sets {
        let ground = ground_of(set);
        let mut own = Vec::new();
        let taken = take_best(&ground, &mut own);
        if stops(&own) {
            // What is not known of one set is not known of which is the highest.
            findings.append(&mut own);
        }
        let Some((worth, taken)) = taken else { continue };
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, ground, taken, own));
        }
    }
    let (_, ground, taken, own) = best?;
    findings.extend(own);
    Some((ground, taken))
}

/// Classes that were held and did not count because another one gives more.
fn not_highest(held: &[&Class], counted: &[&Class]) -> Option<Finding> {
    let left: Vec<&&Class> = held
        .iter()
        .filter(|class| !counted.iter().any(|own| own.id == class.id))
        .collect();
    let name = |of: fn(&Words) -> &str| left.iter().map(|class| of(&class.name)).collect::<Vec<_>>().join("、");
    let (zh, en) = (name(|words| &words.zh), name(|words| &words.en));
    let zh = format!("就高不重复：“{zh}”没有计入");
    let en = format!("Only the class that gives most counts; \"{en}\" was not counted");
    (!left.is_empty()).then(|| say(Severity::Info, "class-not-highest", Some("classes".into()), zh, en))
}

/// Tries what is left to choose and takes what gives most; the first of equals.
fn take_best(ground: &Ground<'_>, findings: &mut Vec<Finding>) -> Option<(i64, Taken)> {
    let claim = ground.seen.claim();
    let policy = ground.plan.policy;
    let actual = ground.offsite && policy.offsite.rule == OffsiteRule::Actual;
    let applicable = if actual {
        Vec::new()
    } else {
        ground.applicable(findings)
    };
    ground.refuse_unknown(&applicable, findings);
    findings.extend(ground.unknown_received());
    let targets: Vec<(usize, Vec<(usize, Reach)>)> = applicable
        .iter()
        .map(|at| (*at, ground.targets(*at, findings)))
        .collect();
    let awarding = Awarding {
        policy,
        claim,
        classes: ground.classes,
        seen: ground.seen,
    };
    let id_of = |at: &usize| policy.benefits.get(*at).map_or("", |benefit| benefit.id.as_str());
    let does_something = |choice: &Choice| {
        let benefit = targets
            .iter()
            .any(|(at, lines)| !lines.is_empty() && choice.benefits.iter().any(|b| b == id_of(at)));
        let only = |id: &str| choice.awards.iter().any(|award| award == id);
        let nothing = Gave {
            ground,
            granted: &Granted::default(),
            closed: &BTreeSet::new(),
        };
        benefit || !awarding.awards(&only, &nothing, &mut Vec::new()).is_empty()
    };
    let ways = choose::ways(policy, claim, &does_something, findings);
    let mut best: Option<(i64, Taken)> = None;
    for way in ways {
        let closed = choose::closed(policy, &way);
        let open: Vec<(usize, Vec<(usize, Reach)>)> = if closed.is_empty() {
            targets.clone()
        } else {
            targets
                .iter()
                .filter(|(at, _)| !closed.contains(id_of(at)))
                .cloned()
                .collect()
        };
        let granted = if actual {
            ground.accept(findings)
        } else {
            ground.grant(&open, findings)
        }?;
        let mut own = Vec::new();
        let gave = Gave {
            ground,
            granted: &granted,
            closed: &closed,
        };
        let awards = awarding.awards(&|id| !closed.contains(id), &gave, &mut own);
        let paid = awards
            .iter()
            .try_fold(0_i64, |sum, (_, amount)| sum.checked_add(amount.0));
        let Some(worth) = granted
            .total()
            .zip(paid)
            .and_then(|(free, paid)| free.checked_add(paid))
        else {
            findings.push(overflow(None));
            return None;
        };
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            let taken = Taken {
                way,
                granted,
                awards,
                findings: own,
            };
            best = Some((worth, taken));
        }
    }
    best
}

/// What benefits gave under one way of choosing, as awards ask for it.
struct Gave<'a> {
    ground: &'a Ground<'a>,
    granted: &'a Granted,
    closed: &'a BTreeSet<&'a str>,
}

impl Gave<'_> {
    fn position(&self, benefit: &str) -> Option<usize> {
        let mut benefits = self.ground.plan.policy.benefits.iter();
        benefits.position(|own| own.id == benefit)
    }
}

impl Given for Gave<'_> {
    fn gave(&self, benefit: &str) -> i64 {
        self.position(benefit).map_or(0, |at| self.granted.of_benefit(at))
    }

    fn rest(&self, benefit: &str) -> i64 {
        let open = self.position(benefit).filter(|_| !self.closed.contains(benefit));
        open.map_or(0, |at| self.ground.rest(at, self.granted))
    }
}

/// From sums to lines, payers and sentences.
fn present(
    ground: &Ground<'_>,
    claim: &Claim,
    taken: &Taken,
    detail: Detail,
    findings: &mut Vec<Finding>,
) -> Option<Settlement> {
    let policy = ground.plan.policy;
    findings.extend(taken.findings.iter().cloned());
    findings.extend(cautions(policy, &taken.granted));
    let mut divider = Divider::new(policy, ground.classes, ground.seen);
    let mut shares: Vec<Shares> = vec![Vec::new(); claim.bill.len()];
    let mut sums = Sums::new(policy.payers.len());
    for line in ground.order {
        let (priced, bill) = (ground.priced.get(*line)?, claim.bill.get(*line)?);
        let free = taken.granted.free(*line);
        let item = priced.item.and_then(|item| ground.plan.tariff.items.get(item));
        let own = divider.line(&bill.item, item, free, findings)?;
        if sums.add(priced.listed, free, &own).is_none() {
            findings.push(overflow(None));
            return None;
        }
        if let Some(slot) = shares.get_mut(*line) {
            *slot = own;
        }
    }
    let borne = |shares: &Shares| -> Vec<Borne> {
        let one = |(payer, amount): &(usize, i64)| {
            Some(Borne {
                payer: policy.payers.get(*payer)?.id.clone(),
                amount: Fen(*amount),
            })
        };
        shares.iter().filter_map(one).collect()
    };
    let mut lines = Vec::with_capacity(claim.bill.len());
    for (at, (bill, priced)) in claim.bill.iter().zip(ground.priced).enumerate() {
        let item = priced.item.and_then(|item| ground.plan.tariff.items.get(item));
        let free = taken.granted.free(at);
        let own: Vec<&Grant> = taken.granted.grants.iter().filter(|grant| grant.line == at).collect();
        let says = match detail {
            Detail::Explained => Explainer {
                ground,
                granted: &taken.granted,
            }
            .line(at, bill, priced, &own),
            Detail::Sums => Vec::new(),
        };
        let invoice = if bill.name.is_empty() { &bill.item } else { &bill.name };
        lines.push(SettledLine {
            item: bill.item.clone(),
            name: item.map_or_else(|| Words::new(invoice, ""), |item| item.name.clone()),
            unit: item.map(|item| item.unit.clone()).unwrap_or_default(),
            quantity: priced.quantity,
            unit_price: priced.unit,
            listed: Fen(priced.listed),
            free: Fen(free),
            family: Fen(priced.listed - free),
            payers: shares.get(at).map(borne).unwrap_or_default(),
            says,
            rule: rule_of(ground, &own),
        });
    }
    let mut awards = Vec::new();
    for (at, amount) in &taken.awards {
        let award = policy.awards.get(*at)?;
        let own = divider.award(&award.id, amount.0, findings)?;
        awards.push(SettledAward {
            id: award.id.clone(),
            name: award.name.clone(),
            amount: *amount,
            to: award.to.clone(),
            payers: borne(&own),
            quote: award.quote.clone(),
        });
    }
    let by_payer: Shares = sums
        .payers
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, amount)| *amount != 0)
        .collect();
    let choices = policy
        .alternatives
        .iter()
        .zip(&taken.way)
        .filter(|(alternative, taken)| (1..=alternative.take).contains(&taken.len()))
        .map(|(alternative, taken)| {
            let options = taken.iter().filter_map(|at| alternative.options.get(*at));
            let ids: Vec<&str> = options.map(|option| option.id.as_str()).collect();
            (alternative.id.clone(), ids.join("+"))
        });
    if claim.bill.is_empty() && awards.is_empty() {
        let (zh, en) = (
            "账单没有一行，也没有可发的奖补",
            "The bill has no line and no award is due",
        );
        findings.push(say(
            Severity::Error,
            "bill-empty",
            Some("bill".into()),
            zh.into(),
            en.into(),
        ));
        return None;
    }
    let capped = taken.granted.cut_by.iter().filter_map(|at| policy.caps.get(*at));
    Some(Settlement {
        lines,
        listed: Fen(sums.listed),
        free: Fen(sums.free),
        family: Fen(sums.listed - sums.free),
        payers: borne(&by_payer),
        awards,
        classes: ground.classes.iter().map(|class: &&Class| class.id.clone()).collect(),
        choices: choices.collect(),
        capped: capped.map(|cap| cap.id.clone()).collect(),
    })
}

/// What the policy says to look at wherever one of these benefits gave something.
fn cautions(policy: &Policy, granted: &Granted) -> Vec<Finding> {
    let given = |at: &usize| granted.of_benefit(*at) > 0;
    let benefits = policy.benefits.iter().enumerate().filter(|(at, _)| given(at));
    let cautioned = benefits.filter_map(|(_, benefit)| Some((benefit, benefit.caution.as_ref()?)));
    cautioned
        .map(|(benefit, caution)| {
            let zh = format!("“{}”：{}", benefit.name.zh, caution.zh);
            let en = format!("\"{}\": {}", benefit.name.en, caution.en);
            let finding = say(Severity::Warn, "benefit-caution", None, zh, en);
            quoted(finding, &benefit.quote)
        })
        .collect()
}

fn rule_of(ground: &Ground<'_>, grants: &[&Grant]) -> String {
    let mut rule = String::new();
    for grant in grants.iter().filter(|grant| grant.amount > 0) {
        let id = match grant.benefit {
            Some(at) => ground
                .plan
                .policy
                .benefits
                .get(at)
                .map_or("", |benefit| benefit.id.as_str()),
            None => "offsite",
        };
        if !rule.is_empty() {
            rule.push('+');
        }
        rule.push_str(id);
    }
    rule
}

/// Running sums of a case.
struct Sums {
    listed: i64,
    free: i64,
    payers: Vec<i64>,
}

impl Sums {
    fn new(payers: usize) -> Self {
        Self {
            listed: 0,
            free: 0,
            payers: vec![0; payers],
        }
    }

    fn add(&mut self, listed: i64, free: i64, shares: &Shares) -> Option<()> {
        self.listed = self.listed.checked_add(listed)?;
        self.free = self.free.checked_add(free)?;
        for (payer, amount) in shares {
            let sum = self.payers.get_mut(*payer)?;
            *sum = sum.checked_add(*amount)?;
        }
        Some(())
    }
}
