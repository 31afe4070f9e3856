//! Who bears what is free: splits by share, by item, by fixed part and by remainder, to the 分.

use super::{
    bearing::{Share, Split},
    claim::Seen,
    condition::Truth,
    policy::{Class, Policy},
    quantity::Mode,
    speak::{quoted, say},
    tariff::{TariffLine, selects},
};
use crate::domain::finding::{Finding, Severity};

/// Shares of one amount: position of the payer and what it bears.
pub(super) type Shares = Vec<(usize, i64)>;

/// Divides amounts between payers; keeps count over a case, so that shares of the whole come out exactly.
pub(super) struct Divider<'a> {
    policy: &'a Policy,
    classes: &'a [&'a Class],
    seen: &'a Seen<'a>,
    /// Per split what it bore so far.
    used: Vec<Used>,
}

/// What a split bore so far.
#[derive(Default)]
struct Used {
    /// In all.
    all: i64,
    /// What earlier splits with an end took of what this one is for too: its own end counts from the first 分 of it.
    before: i64,
    /// Of it, what was divided by percentage.
    divided: i64,
    /// What each part got.
    parts: Vec<i64>,
}

impl<'a> Divider<'a> {
    pub fn new(policy: &'a Policy, classes: &'a [&'a Class], seen: &'a Seen<'a>) -> Self {
        let used = policy.splits.iter().map(|split| Used {
            parts: vec![0; split.parts.len()],
            ..Used::default()
        });
        Self {
            policy,
            classes,
            seen,
            used: used.collect(),
        }
    }

    /// Divides what is free on a line of an item.
    pub fn line(
        &mut self,
        code: &str,
        item: Option<&TariffLine>,
        amount: i64,
        findings: &mut Vec<Finding>,
    ) -> Option<Shares> {
        let named =
            |split: &Split| split.awards.is_empty() && (split.items.is_empty() || selects(&split.items, code, item));
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
        let mut left = amount;
        let mut shares = Shares::new();
        for (at, split) in self.policy.splits.iter().enumerate().filter(|(_, split)| named(split)) {
            if left == 0 {
                break;
            }
            let held = |id: &String| self.classes.iter().any(|class| class.id == *id);
            if !split.classes.is_empty() && !split.classes.iter().any(held) {
                continue;
            }
            let mut missing = Vec::new();
            match split.when.holds(self.seen, &mut missing) {
                Truth::Yes => {
                    let used = self.used.get(at)?;
                    let reached = used.all.checked_add(used.before)?;
                    let room = split.up_to.map_or(left, |most| (most.0 - reached).clamp(0, left));
                    for (payer, bears) in self.by(at, split, room)? {
                        add(&mut shares, payer, bears)?;
                    }
                    left -= room;
                    self.pass(at, named, room)?;
                }
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
        if left == 0 {
            return Some(shares);
        }
        match self.policy.payers.len() {
            1 => add(&mut shares, 0, left).map(|()| shares),
            _ => {
                let (zh, en) = ("政策没有写明由谁承担", "The policy does not say who bears it");
                findings.push(say(Severity::Refuse, "payer-unknown", None, zh.into(), en.into()));
                None
            }
        }
    }

    /// What a split took counts as reached by the later ones that are for it too.
    fn pass(&mut self, at: usize, named: &dyn Fn(&Split) -> bool, amount: i64) -> Option<()> {
        let later = self.policy.splits.iter().zip(&mut self.used).skip(at + 1);
        for (_, used) in later.filter(|(split, _)| split.up_to.is_some() && named(split)) {
            used.before = used.before.checked_add(amount)?;
        }
        Some(())
    }

    fn by(&mut self, at: usize, split: &Split, amount: i64) -> Option<Shares> {
        let used = self.used.get_mut(at)?;
        used.all = used.all.checked_add(amount)?;
        let (divided, got) = (&mut used.divided, &mut used.parts);
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
                let due = percent.of(*divided, Mode::HalfUp)? - *got;
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

/// Adds to what a payer bears.
fn add(shares: &mut Shares, payer: usize, bears: i64) -> Option<()> {
    match shares.iter_mut().find(|(own, _)| *own == payer) {
        Some((_, sum)) => *sum = sum.checked_add(bears)?,
        None => shares.push((payer, bears)),
    }
    Some(())
}
