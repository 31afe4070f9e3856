//! From what is free to lines, payers, awards and sentences.

use super::{
    best::Taken,
    outcome::{Borne, Detail, Quote, SettledAward, SettledLine, Settlement},
};
use crate::domain::{
    finding::{Finding, Severity},
    money::Fen,
    waiver::{
        award::Due,
        claim::{BillLine, Claim},
        explain::{Explainer, Sentence},
        grant::{Grant, Granted, Ground},
        payer::{Divider, Shares},
        policy::{Class, Policy},
        price::Priced,
        speak::{overflow, quoted, say},
        status::Words,
    },
};

/// From sums to lines, payers and sentences.
pub(super) fn present(
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
    let bare = |(at, (bill, priced)): (usize, (&BillLine, &Priced))| SettledLine {
        item: bill.item.clone(),
        quantity: priced.quantity,
        unit_price: priced.unit,
        listed: Fen(priced.listed),
        free: Fen(taken.granted.free(at)),
        family: Fen(priced.listed - taken.granted.free(at)),
        ..SettledLine::default()
    };
    let mut lines: Vec<SettledLine> = claim.bill.iter().zip(ground.priced).enumerate().map(bare).collect();
    let mut quotes: Vec<Quote> = Vec::new();
    if detail == Detail::Explained {
        for ((at, line), (bill, priced)) in lines.iter_mut().enumerate().zip(claim.bill.iter().zip(ground.priced)) {
            let item = priced.item.and_then(|item| ground.plan.tariff.items.get(item));
            let own: Vec<&Grant> = taken.granted.grants.iter().filter(|grant| grant.line == at).collect();
            let explainer = Explainer {
                ground,
                granted: &taken.granted,
            };
            let (chain, rests) = explainer.line(at, bill, priced, &own);
            rest_on(&mut quotes, at + 1, &rests);
            line.costs = explainer.formula(priced, item);
            line.says = std::iter::once(chain).chain(rests).collect();
            let invoice = if bill.name.is_empty() { &bill.item } else { &bill.name };
            line.name = item.map_or_else(|| Words::new(invoice, ""), |item| item.name.clone());
            line.unit = item.map(|item| item.unit.clone()).unwrap_or_default();
            line.payers = shares.get(at).map(borne).unwrap_or_default();
            line.rule = rule_of(ground, &own);
        }
    }
    let mut awards = Vec::new();
    for Due { at, amount, says } in &taken.awards {
        let award = policy.awards.get(*at)?;
        let own = divider.award(&award.id, amount.0, findings)?;
        awards.push(SettledAward {
            id: award.id.clone(),
            name: award.name.clone(),
            amount: *amount,
            to: award.to.clone(),
            payers: borne(&own),
            says: says.clone(),
            quote: award
                .amount
                .quote_for(ground.classes)
                .unwrap_or(&award.quote)
                .to_owned(),
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
    let capped = taken
        .granted
        .cuttings
        .iter()
        .filter_map(|cutting| policy.caps.get(cutting.cap?));
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
        quotes,
    })
}

/// Notes that a line rests on these sentences.
fn rest_on(quotes: &mut Vec<Quote>, line: usize, rests: &[Sentence]) {
    for says in rests {
        match quotes.iter_mut().find(|quote| quote.says == *says) {
            Some(quote) => quote.lines.push(line),
            None => quotes.push(Quote {
                says: says.clone(),
                lines: vec![line],
            }),
        }
    }
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
