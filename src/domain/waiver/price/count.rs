//! The quantity of a line as charged: stated or counted from an attribute, started steps whole, within the most.

use super::Pricing;
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        claim::BillLine,
        quantity::{Mode, Quantity, THOUSAND, divide, to_step},
        speak::{not_known, overflow, quoted, say},
        tariff::TariffLine,
    },
};

/// Most units of a line where the list says nothing: more is a slip of the hand.
const MOST_UNITS: i64 = 100_000;

/// The quantity as charged.
pub(super) fn quantity_of(
    how: Pricing<'_>,
    at: usize,
    line: &BillLine,
    item: Option<&TariffLine>,
    findings: &mut Vec<Finding>,
) -> Option<Quantity> {
    let field = |key: &str| Some(format!("bill.{}.{key}", at + 1));
    if how.offsite {
        // Another hall counts as it counts: an invoice line without a quantity is one.
        let quantity = line.quantity.unwrap_or(Quantity::ONE);
        if quantity.0 <= 0 {
            findings.push(not_positive(at, quantity));
            return None;
        }
        return Some(quantity);
    }
    let Some(item) = item else {
        let (list, code) = (&how.tariff.head.title, &line.item);
        let zh = format!("第{}行“{code}”不在收费目录《{}》内，不得收取", at + 1, list.zh);
        let en = format!(
            "Line {}: \"{code}\" is not on the price list {}; it must not be charged",
            at + 1,
            list.en
        );
        findings.push(say(Severity::Refuse, "off-list", field("item"), zh, en));
        return None;
    };
    if let Some(reason) = &item.unknown {
        findings.push(quoted(
            not_known("price-unknown", field("item"), &item.name.zh, &item.name.en, reason),
            &item.quote,
        ));
        return None;
    }
    let stated = match (&line.quantity, &item.counted_from) {
        (Some(quantity), _) => *quantity,
        (None, Some((name, per))) => match line.number(name) {
            Some(amount) if amount.0 > 0 => {
                // The load check demands a step where a quantity is counted from another unit.
                let step = item.started.unwrap_or(Quantity::ONE);
                let steps = divide(
                    i128::from(amount.0) * i128::from(THOUSAND),
                    i128::from(per.0) * i128::from(step.0),
                    Mode::Up,
                );
                match steps.and_then(|steps| steps.checked_mul(step.0)) {
                    Some(quantity) => Quantity(quantity),
                    None => {
                        findings.push(overflow(field(name)));
                        return None;
                    }
                }
            }
            Some(amount) => {
                findings.push(not_positive(at, amount));
                return None;
            }
            None => {
                let zh = format!(
                    "第{}行“{}”没有数量：填 quantity（{}）或 {name}",
                    at + 1,
                    item.name.zh,
                    item.unit
                );
                let en = format!(
                    "Line {}: \"{}\" has no quantity: give quantity or {name}",
                    at + 1,
                    item.name.en
                );
                findings.push(say(Severity::Error, "quantity-missing", field("quantity"), zh, en));
                return None;
            }
        },
        (None, None) => {
            let zh = format!("第{}行“{}”没有数量（{}）", at + 1, item.name.zh, item.unit);
            let en = format!("Line {}: \"{}\" has no quantity", at + 1, item.name.en);
            findings.push(say(Severity::Error, "quantity-missing", field("quantity"), zh, en));
            return None;
        }
    };
    if stated.0 <= 0 {
        findings.push(not_positive(at, stated));
        return None;
    }
    let most = item.max_quantity.unwrap_or(Quantity(MOST_UNITS * THOUSAND));
    if stated > most {
        let zh = format!(
            "第{}行“{}”数量 {stated} 超过上限 {most}{}：请核对",
            at + 1,
            item.name.zh,
            item.unit
        );
        let en = format!(
            "Line {}: \"{}\" {stated} is more than the most, {most}: check it",
            at + 1,
            item.name.en
        );
        findings.push(say(Severity::Error, "quantity-too-large", field("quantity"), zh, en));
        return None;
    }
    let charged = match item.started {
        Some(step) => to_step(stated.0, step.0, Mode::Up).map(Quantity),
        None => Some(stated),
    };
    let whole = item.fractions || item.started.is_some() || stated.is_whole();
    if !whole {
        let zh = format!(
            "第{}行“{}”按{}计，数量 {stated} 应是整数",
            at + 1,
            item.name.zh,
            item.unit
        );
        let en = format!(
            "Line {}: \"{}\" counts whole units, {stated} is none",
            at + 1,
            item.name.en
        );
        findings.push(say(Severity::Error, "quantity-not-whole", field("quantity"), zh, en));
        return None;
    }
    charged
}

fn not_positive(at: usize, quantity: Quantity) -> Finding {
    let zh = format!("第{}行数量 {quantity} 应大于零", at + 1);
    let en = format!("Line {}: the quantity {quantity} must be more than zero", at + 1);
    say(
        Severity::Error,
        "quantity-not-positive",
        Some(format!("bill.{}.quantity", at + 1)),
        zh,
        en,
    )
}
