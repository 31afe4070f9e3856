//! The quantity of a line as charged: stated or counted from an attribute, started steps whole, within the most.

use super::Pricing;
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        claim::BillLine,
        quantity::{Mode, Quantity, THOUSAND, divide, to_step},
        speak::{not_known, overflow, quoted, say},
        tariff::TariffLine,
        times::{Timed, timed},
    },
};

/// Most units of a line where the list says nothing: more is a slip of the hand.
const MOST_UNITS: i64 = 100_000;

/// The quantity as charged, or what is to be said about it.
pub(super) fn quantity_of(
    how: Pricing<'_>,
    at: usize,
    line: &BillLine,
    item: Option<&TariffLine>,
) -> Result<Quantity, Box<Finding>> {
    if how.offsite {
        // Another hall counts as it counts: an invoice line without a quantity is one.
        return positive(at, line.quantity.unwrap_or(Quantity::ONE));
    }
    let n = at + 1;
    let field = |key: &str| Some(format!("bill.{n}.{key}"));
    let Some(item) = item else {
        let (list, code) = (&how.tariff.head.title, &line.item);
        let zh = format!("第{n}行“{code}”不在收费目录《{}》内，不得收取", list.zh);
        let en = format!(
            "Line {n}: \"{code}\" is not on the price list {}; it must not be charged",
            list.en
        );
        return Err(Box::new(say(Severity::Refuse, "off-list", field("item"), zh, en)));
    };
    let (name, name_en, unit) = (&item.name.zh, &item.name.en, &item.unit);
    let wrong = |rule, zh, en| Box::new(say(Severity::Error, rule, field("quantity"), zh, en));
    if let Some(reason) = &item.unknown {
        let unknown = not_known("price-unknown", field("item"), name, name_en, reason);
        return Err(Box::new(quoted(unknown, &item.quote)));
    }
    let timed = match timed(line, unit) {
        Timed::No => None,
        Timed::Quantity(quantity) => Some(quantity),
        Timed::Wrong => {
            let zh = format!(
                "第{n}行“{name}”的起止时间不对：from、to 应如 2026-11-20T15:00，止在起之后，且项目按小时或天计（本项按{unit}）"
            );
            let en = format!("Line {n}: the times of \"{name_en}\" are wrong, or it is not billed by hours or days");
            return Err(wrong("times-wrong", zh, en));
        }
    };
    let whole = |quantity: Quantity| {
        let step = item.started.and_then(|step| to_step(quantity.0, step.0, Mode::Up));
        step.unwrap_or(quantity.0)
    };
    if let (Some(stated), Some(counted)) = (line.quantity, timed)
        && whole(stated) != whole(counted)
    {
        let zh = format!("第{n}行“{name}”写了数量 {stated}，起止时间是 {counted}{unit}：只写一样");
        let en = format!("Line {n}: \"{name_en}\" states {stated}, its times come to {counted}: state one of both");
        return Err(wrong("times-contradict", zh, en));
    }
    let stated = match (line.quantity.or(timed), &item.counted_from) {
        (Some(quantity), _) => positive(at, quantity)?,
        (None, Some((attribute, per))) => {
            let Some(amount) = line.number(attribute) else {
                let zh = format!("第{n}行“{name}”没有数量：填 quantity（{unit}）或 {attribute}");
                let en = format!("Line {n}: \"{name_en}\" has no quantity: give quantity or {attribute}");
                return Err(wrong("quantity-missing", zh, en));
            };
            let amount = positive(at, amount)?;
            // The load check demands a step where a quantity is counted from another unit.
            let step = item.started.unwrap_or(Quantity::ONE);
            let steps = divide(
                i128::from(amount.0) * i128::from(THOUSAND),
                i128::from(per.0) * i128::from(step.0),
                Mode::Up,
            );
            let counted = steps.and_then(|steps| steps.checked_mul(step.0));
            positive(
                at,
                Quantity(counted.ok_or_else(|| Box::new(overflow(field(attribute))))?),
            )?
        }
        (None, None) => {
            let zh = format!("第{n}行“{name}”没有数量（{unit}）");
            let en = format!("Line {n}: \"{name_en}\" has no quantity");
            return Err(wrong("quantity-missing", zh, en));
        }
    };
    let most = item.max_quantity.unwrap_or(Quantity(MOST_UNITS * THOUSAND));
    if stated > most {
        let zh = format!("第{n}行“{name}”数量 {stated} 超过上限 {most}{unit}：请核对");
        let en = format!("Line {n}: \"{name_en}\" {stated} is more than the most, {most}: check it");
        return Err(wrong("quantity-too-large", zh, en));
    }
    if !(item.fractions || item.started.is_some() || stated.is_whole()) {
        let zh = format!("第{n}行“{name}”按{unit}计，数量 {stated} 应是整数");
        let en = format!("Line {n}: \"{name_en}\" counts whole units, {stated} is none");
        return Err(wrong("quantity-not-whole", zh, en));
    }
    match item.started {
        Some(step) => to_step(stated.0, step.0, Mode::Up)
            .map(Quantity)
            .ok_or_else(|| Box::new(overflow(field("quantity")))),
        None => Ok(stated),
    }
}

/// Items of which several lines together ask for more than a bill may hold.
pub(super) fn too_many(
    how: Pricing<'_>,
    bill: &[BillLine],
    positions: &[Option<usize>],
    counted: &[Option<Quantity>],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, item) in how.tariff.items.iter().enumerate() {
        let Some(most) = item.max_quantity else { continue };
        let own = || (0..bill.len()).filter(|at| positions.get(*at) == Some(&Some(position)));
        let quantity = |at: usize| counted.get(at).copied().flatten().unwrap_or_default().0;
        let sum = own().map(quantity).fold(0, i64::saturating_add);
        // One line that asks for too much has said so itself.
        let Some(last) = own().next_back().filter(|_| own().count() > 1 && sum > most.0) else {
            continue;
        };
        let lines: Vec<String> = own().map(|at| (at + 1).to_string()).collect();
        let (sum, unit) = (Quantity(sum), &item.unit);
        let zh = format!(
            "第{}行“{}”合计 {sum}{unit}，超过一张账单的上限 {most}{unit}：请核对，多收的删去",
            lines.join("、"),
            item.name.zh
        );
        let en = format!(
            "Lines {}: \"{}\" {sum} in all is more than the most a bill may hold, {most}: check it",
            lines.join(", "),
            item.name.en
        );
        let field = Some(format!("bill.{}.quantity", last + 1));
        let finding = say(Severity::Error, "quantity-too-large", field, zh, en);
        findings.push(quoted(finding, &item.quote));
    }
    findings
}

/// The quantity, if it is more than nothing.
fn positive(at: usize, quantity: Quantity) -> Result<Quantity, Box<Finding>> {
    if quantity.0 > 0 {
        return Ok(quantity);
    }
    let zh = format!("第{}行数量 {quantity} 应大于零", at + 1);
    let en = format!("Line {}: the quantity {quantity} must be more than zero", at + 1);
    let field = Some(format!("bill.{}.quantity", at + 1));
    Err(Box::new(say(Severity::Error, "quantity-not-positive", field, zh, en)))
}
