//! Why a line costs what it costs: a chain a family can follow, in Chinese and English, with the notice's sentence.

mod cost;
mod nothing;
mod steps;

use super::{
    claim::BillLine,
    grant::{Cutting, Grant, Granted, Ground},
    price::Priced,
    quantity::Quantity,
    status::{Head, Words},
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
    /// Why a line costs what it costs: the chain of amounts, then what it rests on.
    pub fn line(&self, at: usize, bill: &BillLine, priced: &Priced, grants: &[&Grant]) -> (Sentence, Vec<Sentence>) {
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
            quotes.extend(self.nothing(at, bill, priced, &mut chain));
        }
        let family = Fen(priced.listed - self.granted.free(at));
        chain.add(&format!("；您付 {family}"), &format!("; you pay {family}"));
        quotes.extend(self.caps(grants));
        let list = cited(
            &plan.tariff.head,
            ("收费依据", "Price list"),
            ("收费要点", "Price list, in short"),
        );
        let notice = cited(
            &plan.policy.head,
            ("政策原文", "The notice says"),
            ("政策要点", "The notice, in short"),
        );
        let listed = item.map(|item| (list, item.quote.as_str()));
        let mut rests = Vec::new();
        for (what, quote) in listed
            .into_iter()
            .chain(quotes.into_iter().map(|quote| (notice, quote)))
        {
            let sentence = quote_of(what, quote);
            if !quote.is_empty() && !rests.contains(&sentence) {
                rests.push(sentence);
            }
        }
        (chain.0, rests)
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

fn join(terms: &[Words], by: &str) -> Words {
    let of = |word: fn(&Words) -> &str| terms.iter().map(word).collect::<Vec<_>>().join(by);
    Words::new(of(|words| &words.zh), of(|words| &words.en))
}
