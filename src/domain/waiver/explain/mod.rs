//! Why a line costs what it costs: a chain a family can follow, in Chinese and English, with the notice's sentence.

mod steps;

use super::{
    bearing::OffsiteRule,
    claim::BillLine,
    grant::{Cutting, Grant, Granted, Ground},
    price::{Part, Priced},
    quantity::Quantity,
    status::{Head, Words},
    tariff::TariffLine,
};
use crate::domain::money::Fen;

/// One sentence of an explanation.
pub type Sentence = Words;

/// Explains the lines of one settlement.
pub(super) struct Explainer<'a, 'g> {
    pub ground: &'a Ground<'g>,
    pub granted: &'a Granted,
}

impl Explainer<'_, '_> {
    /// The sentences of a line: the chain of amounts, then what it rests on.
    pub fn line(&self, at: usize, bill: &BillLine, priced: &Priced, grants: &[&Grant]) -> Vec<Sentence> {
        let plan = self.ground.plan;
        let item = priced.item.and_then(|item| plan.tariff.items.get(item));
        let mut chain = self.cost(bill, priced, item);
        let mut quotes: Vec<&str> = Vec::new();
        for grant in grants {
            self.grant(grant, item, &mut chain);
            let quote = grant
                .benefit
                .and_then(|b| plan.policy.benefits.get(b))
                .map(|benefit| benefit.quote_for(self.ground.classes));
            quotes.push(quote.unwrap_or(&plan.policy.offsite.quote));
        }
        if grants.is_empty() {
            quotes.extend(self.nothing(bill, priced, &mut chain));
        }
        let family = Fen(priced.listed - self.granted.free(at));
        chain.add(&format!("；您付 {family}"), &format!("; you pay {family}"));
        let mut says = vec![chain.0];
        if let Some(item) = item.filter(|item| !item.quote.is_empty()) {
            let what = cited(
                &plan.tariff.head,
                ("收费依据", "Price list"),
                ("收费要点", "Price list, in short"),
            );
            says.push(quote_of(what, &item.quote));
        }
        quotes.extend(self.caps(grants));
        let mut once: Vec<&str> = Vec::new();
        for quote in quotes.into_iter().filter(|quote| !quote.is_empty()) {
            if !once.contains(&quote) {
                once.push(quote);
            }
        }
        let what = cited(
            &plan.policy.head,
            ("政策原文", "The notice says"),
            ("政策要点", "The notice, in short"),
        );
        says.extend(once.into_iter().map(|quote| quote_of(what, quote)));
        says
    }

    /// `冷藏 5 天 × 80.00 = 400.00`, with what is beyond the included.
    fn cost(&self, bill: &BillLine, priced: &Priced, item: Option<&TariffLine>) -> Chain {
        let (name, unit) = match item {
            Some(item) => (item.name.clone(), item.unit.as_str()),
            None if bill.name.is_empty() => (Words::new(&bill.item, ""), ""),
            None => (Words::new(&bill.name, ""), ""),
        };
        let mut parts = Vec::new();
        for piece in &priced.pieces {
            let (quantity, beyond) = match piece.part {
                Part::Base => (Quantity(piece.quantity), None),
                Part::Beyond(place) => (Quantity(piece.quantity), item.and_then(|item| item.beyond.get(place))),
                Part::Least => {
                    parts.push(Words::new(
                        format!("补足最低收费或取整 {}", Fen(piece.amount)),
                        format!("minimum or rounding {}", Fen(piece.amount)),
                    ));
                    continue;
                }
            };
            let each = Fen(unit_of(piece.amount, quantity).unwrap_or(priced.unit.0));
            parts.push(match beyond {
                None => Words::new(format!("{quantity} {unit} × {each}"), format!("{quantity} × {each}")),
                Some(beyond) => Words::new(
                    format!(
                        "超出 {}{} 的 {quantity} {} × {}",
                        beyond.included,
                        beyond.unit,
                        beyond.counted_in(),
                        beyond.each
                    ),
                    format!(
                        "{quantity} {} beyond {} × {}",
                        beyond.attribute, beyond.included, beyond.each
                    ),
                ),
            });
        }
        let join = |of: fn(&Words) -> &str| parts.iter().map(of).collect::<Vec<_>>().join(" + ");
        let listed = Fen(priced.listed);
        let mut chain = Chain(Words::new(
            format!("{} {} = {listed}", name.zh, join(|words| &words.zh)),
            format!("{} {} = {listed}", name.en, join(|words| &words.en)),
        ));
        if let Some(list) = priced.list_unit {
            chain.add(
                &format!("（目录价 {list}，按实收）"),
                &format!(" (list price {list}, charged as billed)"),
            );
        }
        chain
    }

    /// Why nothing is free on a line; the sentence of the notice where there is one.
    fn nothing(&self, bill: &BillLine, priced: &Priced, chain: &mut Chain) -> Option<&str> {
        let policy = self.ground.plan.policy;
        if let Some(benefit) = policy
            .benefits
            .iter()
            .find(|benefit| benefit.pay_all.contains(&bill.item))
        {
            chain.add(
                &format!("；不抵扣“{}”，全部自付", benefit.name.zh),
                &format!("; no set-off against \"{}\"", benefit.name.en),
            );
            return Some(&benefit.quote);
        }
        let reaches = |at: usize| {
            priced
                .item
                .is_some_and(|item| self.ground.plan.reach(at, item).is_some())
        };
        let mut all = policy.benefits.iter().enumerate();
        let barred = all.find(|(at, benefit)| reaches(*at) && !self.ground.company_fits(benefit));
        if let Some((_, benefit)) = barred {
            chain.add(
                &format!("；按账单上的其他项目，不享受“{}”", benefit.name.zh),
                &format!("; what else is on the bill rules out \"{}\"", benefit.name.en),
            );
            return Some(&benefit.quote);
        }
        let reached = (0..policy.benefits.len()).any(reaches);
        let (zh, en) = match (
            self.ground.offsite && policy.offsite.rule == OffsiteRule::Actual,
            reached,
        ) {
            (true, _) => ("；不在报销项目内", "; not an item that is reimbursed"),
            (false, true) => ("；本次不在免费范围内", "; not free in this case"),
            // A bill by its price list alone has no policy to speak of.
            (false, false) if policy.head.id.is_empty() => ("", ""),
            (false, false) => ("；不是政策的免费项目", "; the policy does not make it free"),
        };
        chain.add(zh, en);
        None
    }

    /// The sentences of the caps that took something from these grants.
    fn caps<'b>(&'b self, grants: &[&Grant]) -> Vec<&'b str> {
        let took = |(at, _): &(usize, &Cutting)| grants.iter().any(|grant| grant.cuts.iter().any(|cut| cut.by == *at));
        let cuttings = self.granted.cuttings.iter().enumerate().filter(took);
        let policy = self.ground.plan.policy;
        let quote = |(_, cutting): (usize, &Cutting)| match cutting.cap {
            Some(at) => policy.caps.get(at).map(|cap| {
                let own = cap.amount.quote_for(self.ground.classes);
                own.unwrap_or(&cap.quote)
            }),
            None => {
                let own = policy.offsite.cap.quote_for(self.ground.classes);
                Some(own.unwrap_or(&policy.offsite.quote))
            }
        };
        cuttings.filter_map(quote).collect()
    }
}

/// What a quote of a file is called: its own words or a summary.
fn cited<'w>(head: &Head, verbatim: (&'w str, &'w str), summary: (&'w str, &'w str)) -> (&'w str, &'w str) {
    if head.verbatim { verbatim } else { summary }
}

fn quote_of((zh, en): (&str, &str), quote: &str) -> Sentence {
    Words::new(format!("{zh}：“{quote}”"), format!("{en}: \"{quote}\""))
}

/// A chain that grows in both languages.
struct Chain(Words);

impl Chain {
    fn add(&mut self, zh: &str, en: &str) {
        self.0.zh.push_str(zh);
        self.0.en.push_str(en);
    }
}

/// An amount shown with its sign.
struct Signed(i64);

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "+" };
        write!(f, "{sign}{}", Fen(self.0.saturating_abs()))
    }
}

/// The price of a unit, where it divides evenly.
fn unit_of(amount: i64, quantity: Quantity) -> Option<i64> {
    let scaled = i128::from(amount) * 1000;
    let by = i128::from(quantity.0);
    (by > 0 && scaled % by == 0)
        .then(|| i64::try_from(scaled / by).ok())
        .flatten()
}
