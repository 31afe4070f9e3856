//! What a line costs, as a sum that can be added up again: units, what is beyond the included, factors, least and most.

use super::{Chain, Explainer, join, unit_of};
use crate::domain::{
    money::Fen,
    waiver::{
        claim::BillLine,
        price::{Part, Piece, Priced},
        quantity::Quantity,
        status::Words,
        tariff::{Basis, Beyond, Price, TariffLine},
    },
};

impl Explainer<'_, '_> {
    /// `1 具 × 230.00 + 超出 20 公里的 25 公里 × 4.00`, without name and sum.
    pub fn formula(&self, priced: &Priced, item: Option<&TariffLine>) -> Words {
        let parts: Vec<Words> = priced.pieces.iter().map(|piece| part(piece, priced, item)).collect();
        join(&parts, " + ")
    }

    /// `冷藏 5 天 × 80.00 = 400.00`, with what is to be known of the price.
    pub(super) fn cost(&self, bill: &BillLine, priced: &Priced, item: Option<&TariffLine>) -> Chain {
        let name = match item {
            Some(item) => item.name.clone(),
            None if bill.name.is_empty() => Words::new(&bill.item, ""),
            None => Words::new(&bill.name, ""),
        };
        let formula = self.formula(priced, item);
        let full = priced
            .pieces
            .iter()
            .map(|piece| piece.full)
            .fold(0, i64::saturating_add);
        let (sum, listed) = (Fen(full), Fen(priced.listed));
        let mut chain = Chain(Words::new(
            format!("{} {} = {sum}", name.zh, formula.zh),
            format!("{} {} = {sum}", name.en, formula.en),
        ));
        if full > priced.listed {
            chain.add(
                &format!("，按目录的最高额或取整收 {listed}"),
                &format!(", {listed} by the most or the rounding of the list"),
            );
        }
        let mut notes = priced.notes.clone();
        if let (Some(Price::Markup(percent)), Some(cost)) = (item.map(|item| &item.price), bill.number("cost")) {
            let cost = Fen(cost.0 / crate::domain::waiver::quantity::THOUSAND);
            notes.push(Words::new(
                format!("进价 {cost}，加价不超过 {percent}%"),
                format!("cost {cost}, at most {percent}% on it"),
            ));
        }
        if let Some(list) = priced.list_unit {
            notes.push(Words::new(
                format!("目录价 {list}，按实收"),
                format!("list price {list}, charged as billed"),
            ));
        }
        if !notes.is_empty() {
            chain.add(
                &format!("（{}）", join(&notes, "，").zh),
                &format!(" ({})", join(&notes, ", ").en),
            );
        }
        chain
    }
}

fn part(piece: &Piece, priced: &Priced, item: Option<&TariffLine>) -> Words {
    let quantity = Quantity(piece.quantity);
    let unit = item.map_or("", |item| item.unit.as_str());
    let each = |or: Fen| Fen(unit_of(piece.full, quantity).unwrap_or(or.0));
    match piece.part {
        Part::Base => {
            let each = each(priced.unit);
            Words::new(format!("{quantity} {unit} × {each}"), format!("{quantity} × {each}"))
        }
        Part::Beyond(place) => match item.and_then(|item| item.beyond.get(place)) {
            Some(beyond) => over(beyond, quantity, each(beyond.each)),
            None => Words::new(Fen(piece.full).to_string(), ""),
        },
        Part::Least => {
            let amount = Fen(piece.full);
            Words::new(
                format!("补足最低收费或取整 {amount}"),
                format!("minimum or rounding {amount}"),
            )
        }
    }
}

fn over(beyond: &Beyond, quantity: Quantity, each: Fen) -> Words {
    let (unit, included) = (&beyond.unit, beyond.included);
    let sum = format!("{quantity} {} × {each}", beyond.counted_in());
    if included.0 == 0 {
        return Words::new(
            format!("另计 {sum}"),
            format!("{quantity} {} × {each}", beyond.attribute),
        );
    }
    let zh = match beyond.basis {
        Basis::OneWay => format!("超出 {included} {unit}的 {sum}"),
        Basis::RoundTrip => format!("单程超出 {included} {unit}的往返 {sum}"),
        Basis::RoundTripTotal => format!("往返超出 {included} {unit}的 {sum}"),
    };
    Words::new(
        zh,
        format!("{quantity} {} beyond {included} × {each}", beyond.attribute),
    )
}
