//! Which single slip of the hand explains a wrong number: one mistyped character, or one swapped pair of neighbours.

use chrono::Datelike;

use super::resident::{birth, check_character};

/// A slip of the hand, places from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slip {
    /// One character was mistyped.
    Mistyped {
        /// Its place.
        position: usize,
        /// What stands there.
        found: char,
        /// What should stand there.
        meant: char,
    },
    /// Two neighbours were swapped.
    Swapped {
        /// The place of the first of them.
        position: usize,
    },
}

/// A slip, and the number without it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Repair {
    /// The slip.
    pub slip: Slip,
    /// The number as it would be without it: a right check character, and a date of birth of someone who can stand at a desk.
    pub candidate: String,
}

impl Repair {
    /// The place of the slip, from 1.
    pub const fn position(&self) -> usize {
        match self.slip {
            Slip::Mistyped { position, .. } | Slip::Swapped { position } => position,
        }
    }

    /// Whether two neighbours were swapped.
    pub const fn is_swap(&self) -> bool {
        matches!(self.slip, Slip::Swapped { .. })
    }
}

/// All single slips that explain an 18-character number whose birth date starts at `birth_at` (from 0), swaps first:
/// there are at most a few of them, and they say more.
pub fn explain(text: &str, birth_at: usize, plausible: impl Fn(&str) -> bool) -> Vec<Repair> {
    let chars: Vec<char> = text.chars().collect();
    let good = |candidate: &str| {
        check_character(candidate).is_some_and(|check| candidate.ends_with(check))
            && birth(candidate, birth_at).is_some_and(|day| (1900..2100).contains(&day.year()))
            && plausible(candidate)
    };
    let swaps = (1..chars.len()).filter_map(|position| {
        let mut other = chars.clone();
        other.swap(position - 1, position);
        let candidate: String = other.iter().collect();
        (other != chars && good(&candidate)).then_some(Repair {
            slip: Slip::Swapped { position },
            candidate,
        })
    });
    let mistyped = chars.iter().enumerate().flat_map(|(at, found)| {
        let (chars, good) = (&chars, &good);
        "0123456789X".chars().filter_map(move |meant| {
            let other = chars.iter().enumerate().map(|(i, c)| if i == at { meant } else { *c });
            let candidate: String = other.collect();
            let slip = Slip::Mistyped {
                position: at + 1,
                found: *found,
                meant,
            };
            (meant != *found && good(&candidate)).then_some(Repair { slip, candidate })
        })
    });
    swaps.chain(mistyped).collect()
}
