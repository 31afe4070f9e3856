//! A claim computed: by policy and price list, then what a person refused on an invoice or put right.

use chrono::NaiveDate;

use super::reading::{Override, Told};
use super::say;
use crate::domain::finding::{Finding, Severity};
use crate::domain::money::Fen;
use crate::domain::waiver::{
    BillLine, Borne, Outcome, Policy, Quantity, SettledLine, Settlement, Tariff, TariffLine, Verdict, Words,
};
use crate::forms::waiver::{self, WaiverBook};

/// The rule that a refused line names.
pub(super) const REFUSED: &str = "refused";

/// The rule that a line put right names.
pub(super) const OVERRIDE: &str = "override";

/// A claim with what came of it.
#[derive(Debug, Clone)]
pub(super) struct Settling<'a> {
    pub told: Told,
    /// What it was computed by; none where nothing fits.
    pub basis: Option<(&'a Policy, &'a Tariff)>,
    pub outcome: Outcome,
}

impl<'a> Settling<'a> {
    /// Computes a claim on a day.
    pub(super) fn of(book: &'a WaiverBook, told: Told, today: NaiveDate) -> Self {
        let basis = book.chosen(&told.request).ok();
        let outcome = waiver::settle_on(book, &told.request, today);
        let mut settling = Self { told, basis, outcome };
        settling.put_back_refused();
        settling.put_right();
        settling
    }

    /// Refused lines stand where they stood on the invoice, nothing of them free.
    fn put_back_refused(&mut self) {
        if self.told.refused.is_empty() {
            return;
        }
        let places: Vec<usize> = self.told.refused.iter().map(|(place, ..)| *place).collect();
        for finding in &mut self.outcome.findings {
            renumber(finding, &places);
        }
        let Some(settlement) = &mut self.outcome.settlement else {
            return;
        };
        let mut broken = Vec::new();
        let tariff = self.basis.map(|(_, tariff)| tariff);
        for (place, line, reason) in &self.told.refused {
            let item = tariff.and_then(|tariff| tariff.item(&line.item));
            let Some(settled) = refused_line(line, item, reason) else {
                let (zh, en) = (
                    "剔除的行也要写单价，数量大于零",
                    "A refused line needs a price and a quantity above zero",
                );
                broken.push(say(Severity::Error, "input", &format!("bill.{}", place + 1), zh, en));
                continue;
            };
            settlement.lines.insert((*place).min(settlement.lines.len()), settled);
        }
        self.finish(broken);
    }

    /// A supervisor's word on what is free goes before the policy's.
    fn put_right(&mut self) {
        let Some(settlement) = &mut self.outcome.settlement else {
            return;
        };
        let mut broken = Vec::new();
        for change in &self.told.overrides {
            let policy = self.basis.map(|(policy, _)| policy);
            if let Err(finding) = put_right(settlement, policy, change, &self.told.override_reason) {
                broken.push(*finding);
            }
        }
        self.finish(broken);
    }

    /// Adds the lines up again; what is wrong stops the claim.
    fn finish(&mut self, mut broken: Vec<Finding>) {
        let summed = self.outcome.settlement.as_mut().and_then(sum_up);
        if summed.is_none() && self.outcome.settlement.is_some() {
            let (zh, en) = ("金额太大，无法计算", "The amount is too large to be counted");
            broken.push(say(Severity::Error, "overflow", "bill", zh, en));
        }
        if !broken.is_empty() {
            broken.append(&mut self.outcome.findings);
            self.outcome = Outcome {
                verdict: Verdict::Incomplete,
                settlement: None,
                findings: broken,
            };
        }
    }

    /// The settlement, where there is one.
    pub(super) fn settlement(&self) -> Option<&Settlement> {
        self.outcome.settlement.as_ref()
    }
}

/// What the awards of a settlement come to.
pub(super) fn awards(settlement: &Settlement) -> Fen {
    Fen(settlement.awards.iter().map(|award| award.amount.0).sum())
}

/// A finding counts the lines that were computed; people count those of the invoice.
fn renumber(finding: &mut Finding, refused: &[usize]) {
    let Some(rest) = finding.field.as_deref().and_then(|field| field.strip_prefix("bill.")) else {
        return;
    };
    let (number, tail) = rest.split_once('.').map_or((rest, None), |(n, tail)| (n, Some(tail)));
    let Some(mut at) = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1)) else {
        return;
    };
    for place in refused {
        if *place <= at {
            at += 1;
        }
    }
    let tail = tail.map(|tail| format!(".{tail}")).unwrap_or_default();
    finding.field = Some(format!("bill.{}{tail}", at + 1));
}

fn refused_line(line: &BillLine, item: Option<&TariffLine>, reason: &str) -> Option<SettledLine> {
    let (quantity, unit_price) = (line.quantity.unwrap_or(Quantity::ONE), line.unit_price?);
    let listed = quantity
        .at(unit_price)
        .filter(|sum| sum.0 >= 0 && quantity > Quantity(0))?;
    let invoice = if line.name.is_empty() { &line.item } else { &line.name };
    Some(SettledLine {
        item: line.item.clone(),
        name: item.map_or_else(|| Words::new(invoice, ""), |item| item.name.clone()),
        unit: item.map(|item| item.unit.clone()).unwrap_or_default(),
        quantity,
        unit_price,
        listed,
        free: Fen::ZERO,
        family: listed,
        payers: Vec::new(),
        says: vec![Words::new(format!("不予报销：{reason}"), format!("Refused: {reason}"))],
        rule: REFUSED.to_owned(),
        ..SettledLine::default()
    })
}

fn put_right(
    settlement: &mut Settlement,
    policy: Option<&Policy>,
    change: &Override,
    reason: &str,
) -> Result<(), Box<Finding>> {
    let wrong = |zh: String, en: &str| Box::new(say(Severity::Error, "override", "override.lines", zh, en));
    let number = change.line + 1;
    let line = settlement
        .lines
        .get_mut(change.line)
        .ok_or_else(|| wrong(format!("账单没有第 {number} 行"), "The bill has no such line"))?;
    if change.free < Fen::ZERO || change.free > line.listed {
        let zh = format!("第 {number} 行减免应在 0 到 {} 元之间", line.listed);
        return Err(wrong(zh, "What is free must lie between nothing and the line's price"));
    }
    let known = policy.map(|policy| policy.payers.as_slice()).unwrap_or_default();
    let payer = known
        .iter()
        .find(|payer| change.payer.is_empty() || payer.id == change.payer)
        .ok_or_else(|| {
            wrong(
                format!("政策没有承担方“{}”", change.payer),
                "The policy has no such payer",
            )
        })?;
    let (before, mut left) = (line.free, change.free.0);
    // Others bear what they bore as far as it goes; the named payer takes the rest.
    line.payers.retain(|borne| borne.payer != payer.id);
    for borne in &mut line.payers {
        borne.amount = Fen(borne.amount.0.min(left));
        left -= borne.amount.0;
    }
    line.payers.push(Borne {
        payer: payer.id.clone(),
        amount: Fen(left),
    });
    line.payers.retain(|borne| borne.amount.0 != 0);
    line.free = change.free;
    line.family = Fen(line.listed.0 - line.free.0);
    say_otherwise(line, before, reason);
    OVERRIDE.clone_into(&mut line.rule);
    Ok(())
}

/// The chain of amounts ends with what was approved, and with what the family pays after that.
fn say_otherwise(line: &mut SettledLine, before: Fen, reason: &str) {
    let (listed, free, family) = (line.listed, line.free, line.family);
    let was = Fen(listed.0 - before.0);
    if line.says.is_empty() {
        line.says.push(Words::new(
            format!("{} = {listed}", line.name.zh),
            format!("{} = {listed}", line.name.en),
        ));
    }
    let Some(chain) = line.says.first_mut() else { return };
    for (text, paid, approved) in [
        (
            &mut chain.zh,
            format!("；您付 {was}"),
            format!("；经审批，减免由 {before} 改为 {free}（{reason}）；您付 {family}"),
        ),
        (
            &mut chain.en,
            format!("; you pay {was}"),
            format!("; approved otherwise: free {free} instead of {before} ({reason}); you pay {family}"),
        ),
    ] {
        if text.ends_with(&paid) {
            text.truncate(text.len() - paid.len());
        }
        text.push_str(&approved);
    }
}

/// Sums of a settlement from its lines; `None` on overflow.
fn sum_up(settlement: &mut Settlement) -> Option<()> {
    let (mut listed, mut free) = (Fen::ZERO, Fen::ZERO);
    let mut payers: Vec<Borne> = settlement
        .payers
        .iter()
        .map(|borne| Borne {
            payer: borne.payer.clone(),
            amount: Fen::ZERO,
        })
        .collect();
    for line in &settlement.lines {
        listed = listed.checked_add(line.listed)?;
        free = free.checked_add(line.free)?;
        for borne in &line.payers {
            match payers.iter_mut().find(|known| known.payer == borne.payer) {
                Some(known) => known.amount = known.amount.checked_add(borne.amount)?,
                None => payers.push(borne.clone()),
            }
        }
    }
    payers.retain(|borne| borne.amount.0 != 0);
    settlement.listed = listed;
    settlement.free = free;
    settlement.family = listed.checked_sub(free)?;
    settlement.payers = payers;
    Some(())
}
