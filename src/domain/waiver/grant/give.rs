//! One benefit while it is being used up, piece by piece.

use super::{Bound, Trail};
use crate::domain::waiver::{
    benefit::Limits,
    plan::{Allowance, Reach},
    price::{Part, Piece},
    quantity::{Mode, Percent, THOUSAND, divide},
    tariff::{Bounds, TariffLine},
};

/// A benefit while it is being used up.
pub(super) struct Giver {
    pub limits: Limits,
    pub allowance: Allowance,
    pub worth: Option<i64>,
    pub amount_left: i64,
    pub family_first: i64,
    /// Between what the price list holds the line in hand.
    pub bounds: Bounds,
    /// What it came to before the percentage, over the lines of one item, so that parts round as the whole.
    pub sum: i64,
    /// What it gave so far.
    pub given: i64,
    /// The steps of the line in hand.
    pub trail: Trail,
}

impl Giver {
    /// Gives what it can on a line: units covered and amount. `behind` is how many units of the line those before it
    /// in its queue have used; without a queue it passes by what others made free.
    pub fn give(
        &mut self,
        reach: Reach,
        item: &TariffLine,
        ceiling: Option<(i64, i64)>,
        behind: Option<i64>,
        pieces: &mut Vec<Piece>,
    ) -> Option<(i64, i64)> {
        self.trail = Trail {
            before: self.given,
            ..Trail::default()
        };
        let (mut units, mut base_units) = (0_i64, 0_i64);
        let mut rest = None;
        for (place, piece) in pieces
            .iter_mut()
            .enumerate()
            .filter(|(_, piece)| piece.part == Part::Base)
        {
            base_units = base_units.checked_add(piece.quantity)?;
            let passed = match behind {
                Some(behind) => base_units <= behind,
                None => piece.left == 0,
            };
            if passed {
                continue;
            }
            let taken = self.allowance.offer(reach.per, piece.quantity);
            if taken == 0 {
                continue;
            }
            if taken < piece.quantity {
                rest = Some((place + 1, piece.split(taken)?));
            }
            self.allowance.take(reach.per, taken);
            units = units.checked_add(taken)?;
            self.trail.price = self.trail.price.checked_add(piece.amount)?;
            self.trail.open = self.trail.open.checked_add(piece.left)?;
            let value = self.within(reach, ceiling, taken, piece.left)?;
            let most = match self.limits.unit_free {
                Some(unit) => Some(divide(
                    i128::from(unit.0) * i128::from(taken),
                    THOUSAND.into(),
                    Mode::Down,
                )?),
                None => None,
            };
            let given = self.reduce(value, most)?;
            piece.left -= given;
        }
        if let Some((place, piece)) = rest {
            pieces.insert(place.min(pieces.len()), piece);
        }
        if (units > 0 || (behind.is_none() && !self.allowance.limited())) && !reach.setoff {
            // In a queue each has its share of what is beyond, by its units.
            let parted = behind.is_some() || self.allowance.limited();
            let share = parted.then_some((units, base_units)).filter(|(units, all)| units < all);
            self.beyond(item, behind.is_some(), share, pieces)?;
        }
        self.given = self.given.checked_add(self.trail.given)?;
        Some((units, self.trail.given))
    }

    /// What the limits of a unit leave of units that are still to be paid.
    fn within(&mut self, reach: Reach, ceiling: Option<(i64, i64)>, taken: i64, open: i64) -> Option<i64> {
        let part = |amount: i64, of: i64| divide(i128::from(amount) * i128::from(taken), of.into(), Mode::Down);
        let unit = match self.limits.unit {
            Some(unit) => Some(part(unit.0, THOUSAND)?),
            None => None,
        };
        let home = match ceiling {
            Some((amount, quantity)) => Some(part(amount, quantity)?),
            None => None,
        };
        // So much of the own item's price as the units stand for.
        let worth = match reach.setoff {
            true => Some(part(self.worth.unwrap_or(0), reach.per)?),
            false => None,
        };
        let limits = [(Bound::Unit, unit), (Bound::Home, home), (Bound::Worth, worth)];
        let mut value = open;
        for (bound, limit) in limits.iter().filter_map(|(bound, limit)| Some((*bound, (*limit)?))) {
            if limit < value {
                value = limit;
                if !self.trail.bounds.contains(&bound) {
                    self.trail.bounds.push(bound);
                }
            }
        }
        if let Some(most) = limits.iter().filter_map(|(_, limit)| *limit).min() {
            self.trail.most = Some(self.trail.most.unwrap_or(0).checked_add(most)?);
        }
        self.trail.within = self.trail.within.checked_add(value)?;
        Some(value)
    }

    /// Gives of the charges beyond the units: what lies within the reach, or the share of the units it covers.
    fn beyond(
        &mut self,
        item: &TariffLine,
        queued: bool,
        share: Option<(i64, i64)>,
        pieces: &mut [Piece],
    ) -> Option<()> {
        let (reached, taken, left) = self.reached(item, pieces)?;
        // What another benefit has given is not asked for again; in a queue each has its own share of the whole.
        let mut value = if queued { reached } else { reached - taken };
        if let Some((units, all)) = share {
            value = divide(i128::from(value) * i128::from(units), all.into(), Mode::Down)?;
        }
        let value = value.clamp(0, left);
        if value > 0 {
            let own = pieces.iter().filter(|piece| piece.left > 0);
            let covered = own.filter_map(|piece| match piece.part {
                Part::Beyond(place) => Some((place, self.covered(piece, item))),
                Part::Base | Part::Least => None,
            });
            self.trail.reached = covered.filter(|(_, covered)| *covered > 0).collect();
            self.trail.beyond = value;
        }
        let mut rest = self.reduce(value, None)?;
        for piece in pieces.iter_mut().filter(|piece| piece.part != Part::Base) {
            let here = rest.min(piece.left);
            piece.left -= here;
            rest -= here;
        }
        Some(())
    }

    /// What of the charges beyond the units lies within the benefit's reach: what a line of the reach would have cost by
    /// the same list, least and most included, beyond its units - so that who goes farther never gets less. With it
    /// what of those charges is free already, and what is not.
    fn reached(&self, item: &TariffLine, pieces: &[Piece]) -> Option<(i64, i64, i64)> {
        let (mut full, mut units, mut beyond, mut left) = (0_i64, 0_i64, 0_i64, 0_i64);
        for piece in pieces {
            let covered = match piece.part {
                Part::Least => 0,
                Part::Base => piece.full,
                Part::Beyond(_) => divide(
                    i128::from(piece.full) * i128::from(self.covered(piece, item)),
                    piece.quantity.max(1).into(),
                    Mode::Down,
                )?,
            };
            full = full.checked_add(covered)?;
            let sum = if piece.part == Part::Base {
                &mut units
            } else {
                &mut beyond
            };
            *sum = sum.checked_add(piece.amount)?;
            if piece.part != Part::Base {
                left = left.checked_add(piece.left)?;
            }
        }
        let reached = self.bounds.hold(full)? - units;
        Some((reached, beyond - left, left))
    }

    /// How much of a piece beyond the included lies within the benefit's reach.
    fn covered(&self, piece: &Piece, item: &TariffLine) -> i64 {
        let Part::Beyond(place) = piece.part else {
            return piece.quantity;
        };
        let Some(beyond) = item.beyond.get(place) else {
            return 0;
        };
        match self.limits.reach.get(&beyond.attribute) {
            Some(limit) => beyond
                .counted(*limit)
                .map_or(piece.quantity, |within| within.0.min(piece.quantity)),
            None => piece.quantity,
        }
    }

    /// What is given of a value: after what the family bears first, by the percentage, up to the most that is free of
    /// its units, within the amount.
    fn reduce(&mut self, value: i64, most: Option<i64>) -> Option<i64> {
        let first = self.family_first.min(value);
        self.family_first -= first;
        let value = value - first;
        let before = self.sum;
        self.sum = self.sum.checked_add(value)?;
        let share = match self.limits.percent {
            Some(percent) => share(percent, self.sum)? - share(percent, before)?,
            None => value,
        };
        let kept = most.map_or(share, |most| share.min(most));
        if let Some(most) = most {
            self.trail.kept_most = Some(self.trail.kept_most.unwrap_or(0).checked_add(most)?);
        }
        let given = kept.min(self.amount_left);
        self.amount_left -= given;
        self.trail.first = self.trail.first.checked_add(first)?;
        self.trail.share = self.trail.share.checked_add(share)?;
        self.trail.kept = self.trail.kept.checked_add(kept)?;
        self.trail.given = self.trail.given.checked_add(given)?;
        Some(given)
    }
}

fn share(percent: Percent, amount: i64) -> Option<i64> {
    percent.of(amount, Mode::HalfUp)
}

impl Piece {
    /// The same in single units, the last one what is left; as it is where it is no piece of units.
    pub fn units(&self) -> Vec<Self> {
        if self.part != Part::Base || self.quantity <= THOUSAND {
            return vec![*self];
        }
        let mut rest = *self;
        let mut units = Vec::new();
        while rest.quantity > THOUSAND {
            match rest.split(THOUSAND) {
                Some(other) => {
                    units.push(rest);
                    rest = other;
                }
                None => break,
            }
        }
        units.push(rest);
        units
    }

    /// Leaves so many units in it and returns the others.
    fn split(&mut self, units: i64) -> Option<Self> {
        // The most of a line is reached by its last units; the first cost what they cost alone.
        let part = i128::from(self.full) * i128::from(units);
        let full = divide(part, self.quantity.into(), Mode::HalfUp)?;
        let amount = full.min(self.amount);
        let left = match self.amount - self.left {
            0 => amount,
            given => amount - divide(i128::from(given) * i128::from(amount), self.amount.into(), Mode::HalfUp)?,
        };
        let rest = Self {
            part: self.part,
            quantity: self.quantity - units,
            full: self.full - full,
            amount: self.amount - amount,
            left: self.left - left,
        };
        self.quantity = units;
        self.full = full;
        self.amount = amount;
        self.left = left;
        Some(rest)
    }
}
