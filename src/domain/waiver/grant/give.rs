//! One benefit while it is being used up, piece by piece.

use crate::domain::waiver::{
    benefit::Limits,
    plan::{Allowance, Reach},
    price::{Part, Piece},
    quantity::{Mode, Percent, THOUSAND, divide},
    tariff::{Step, TariffLine},
};

/// A benefit while it is being used up.
pub(super) struct Giver {
    pub limits: Limits,
    pub allowance: Allowance,
    pub worth: Option<i64>,
    pub amount_left: i64,
    pub family_first: i64,
    /// To what the price list rounds a line.
    pub step: Option<Step>,
    /// What it came to before the percentage, over all lines, so that parts round as the whole.
    pub sum: i64,
}

impl Giver {
    /// Gives what it can on a line: units covered and amount.
    pub fn give(
        &mut self,
        reach: Reach,
        item: &TariffLine,
        ceiling: Option<(i64, i64)>,
        pieces: &mut Vec<Piece>,
    ) -> Option<(i64, i64)> {
        let (mut units, mut base_units, mut total) = (0_i64, 0_i64, 0_i64);
        let mut rest = None;
        for (place, piece) in pieces
            .iter_mut()
            .enumerate()
            .filter(|(_, piece)| piece.part == Part::Base)
        {
            base_units = base_units.checked_add(piece.quantity)?;
            if piece.left == 0 {
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
            let part = |amount: i64, of: i64| divide(i128::from(amount) * i128::from(taken), of.into(), Mode::Down);
            let mut value = piece.left;
            if let Some(unit) = self.limits.unit {
                value = value.min(part(unit.0, THOUSAND)?);
            }
            if let Some((amount, quantity)) = ceiling {
                value = value.min(part(amount, quantity)?);
            }
            if reach.setoff {
                // So much of the own item's price as the units stand for.
                let worth = self.worth.unwrap_or(0);
                value = value.min(divide(
                    i128::from(worth) * i128::from(taken),
                    reach.per.into(),
                    Mode::Down,
                )?);
            }
            let given = self.reduce(value)?;
            piece.left -= given;
            total = total.checked_add(given)?;
        }
        if let Some((place, piece)) = rest {
            pieces.insert(place.min(pieces.len()), piece);
        }
        if (units > 0 || !self.allowance.limited()) && !reach.setoff {
            let within = self.within(item, pieces)?;
            let share = if self.allowance.limited() && base_units > units {
                divide(i128::from(within) * i128::from(units), base_units.into(), Mode::Down)?
            } else {
                within
            };
            let given = self.reduce(share)?;
            total = total.checked_add(given)?;
            let mut rest = given;
            for piece in pieces.iter_mut().filter(|piece| piece.part != Part::Base) {
                let here = rest.min(piece.left);
                piece.left -= here;
                rest -= here;
            }
        }
        Some((units, total))
    }

    /// What of the charges beyond the units lies within the benefit's reach and is not yet free: what a line of the
    /// reach would have cost by the same list, least and most included, beyond its units - so that who goes farther
    /// never gets less.
    fn within(&self, item: &TariffLine, pieces: &[Piece]) -> Option<i64> {
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
        let reached = item.line_price(full, self.step)? - units;
        let taken = beyond - left;
        Some((reached - taken).clamp(0, left))
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

    /// What is given of a value: after what the family bears first, by the percentage, within the amount.
    fn reduce(&mut self, value: i64) -> Option<i64> {
        let first = self.family_first.min(value);
        self.family_first -= first;
        let value = value - first;
        let before = self.sum;
        self.sum = self.sum.checked_add(value)?;
        let given = match self.limits.percent {
            Some(percent) => share(percent, self.sum)? - share(percent, before)?,
            None => value,
        };
        let given = given.min(self.amount_left);
        self.amount_left -= given;
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
