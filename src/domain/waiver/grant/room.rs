//! How much more may be free on a line, and taking it back: rounding stays within prices, limits and caps.

use super::{Granted, Ground};

/// What a cap still lets be free; `None` for the cap on cremation elsewhere.
pub(super) struct CapRoom {
    at: Option<usize>,
    left: i64,
}

impl Ground<'_> {
    /// What each cap of the case still lets be free; `None` on overflow.
    pub(super) fn cap_rooms(&self, granted: &Granted) -> Option<Vec<CapRoom>> {
        let mut rooms = Vec::new();
        for (at, limit) in self.limits()? {
            let sum = self.under(granted, at)?;
            rooms.push(CapRoom { at, left: limit - sum });
        }
        Some(rooms)
    }

    /// Makes so much more of a line free, as far as its price, the benefits' own limits and these caps let it; how
    /// much it was.
    pub(super) fn raise(&self, granted: &mut Granted, line: usize, by: i64, caps: &mut [CapRoom]) -> Option<i64> {
        let listed = self.priced.get(line)?.listed;
        let wanted = by.min(listed - granted.free(line)).max(0);
        let mut left = wanted;
        for at in 0..granted.grants.len() {
            let grant = granted.grants.get(at)?;
            if grant.line != line || grant.amount <= 0 {
                continue;
            }
            let mut more = left.min(grant.room()).min(granted.left_of(grant));
            for cap in caps.iter().filter(|cap| self.is_under(grant, cap.at)) {
                more = more.min(cap.left.max(0));
            }
            for cap in caps.iter_mut().filter(|cap| self.is_under(grant, cap.at)) {
                cap.left -= more;
            }
            let benefit = grant.benefit;
            if let Some(rest) = benefit.and_then(|benefit| granted.left.get_mut(&benefit)) {
                *rest -= more;
            }
            let grant = granted.grants.get_mut(at)?;
            grant.amount += more;
            grant.rounded += more;
            left -= more;
        }
        Some(wanted - left)
    }

    /// Makes so much less of a line free, from what was given last; how much it was.
    pub(super) fn lower(granted: &mut Granted, line: usize, by: i64) -> i64 {
        let mut left = by;
        for grant in granted.grants.iter_mut().rev().filter(|grant| grant.line == line) {
            let less = left.min(grant.amount).max(0);
            grant.amount -= less;
            grant.rounded -= less;
            left -= less;
        }
        by - left
    }
}
