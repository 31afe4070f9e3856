//! How a benefit came to what it gives, step by step, so that a family can check it with a pencil.

use super::{Chain, Explainer, join, unit_of};
use crate::domain::{
    money::Fen,
    waiver::{
        benefit::Cap,
        grant::{Bound, Cut, Grant, Trail},
        quantity::{Mode, Quantity},
        status::Words,
        tariff::{Step, TariffLine},
    },
};

impl Explainer<'_, '_> {
    /// What one benefit gives on a line: `；政策免 3 天（冷藏）：3 天 × 20.00（单价上限）× 50% = 30.00`.
    pub(super) fn grant(&self, grant: &Grant, item: Option<&TariffLine>, chain: &mut Chain) {
        let policy = self.ground.plan.policy;
        let Some(benefit) = grant.benefit.and_then(|at| policy.benefits.get(at)) else {
            let amount = Fen(grant.amount + grant.cut() - grant.rounded);
            chain.add(
                &format!("；异地火化据实报销 {amount}"),
                &format!("; reimbursed as paid {amount}"),
            );
            self.after(grant, chain);
            return;
        };
        let (verb, verb_en) = if grant.setoff {
            ("抵扣", "set off")
        } else {
            ("免", "free")
        };
        let unit = item.map_or("", |item| item.unit.as_str());
        let counted = if grant.quantity > 0 {
            format!(" {} {unit}", Quantity(grant.quantity))
        } else {
            String::new()
        };
        chain.add(
            &format!("；政策{verb}{counted}（{}）", benefit.name.zh),
            &format!("; {verb_en}{counted} ({})", benefit.name.en),
        );
        let limits = benefit.limits_for(self.ground.classes);
        let trail = &grant.trail;
        let mut terms = Vec::new();
        if grant.quantity > 0 {
            terms.push(units(grant, unit, limits.unit));
        }
        if trail.beyond > 0 {
            terms.push(beyond(trail, item, terms.is_empty()));
        }
        if trail.first > 0 {
            let first = Fen(trail.first);
            terms.push(Words::new(
                format!("− 家属先付 {first}"),
                format!("− family first {first}"),
            ));
        }
        let whole = trail.bounds.is_empty() && trail.open == trail.price && terms.len() == 1;
        let share = Fen(trail.share);
        if whole && limits.percent.is_none() {
            chain.add(&format!("= {share}"), &format!(" = {share}"));
        } else {
            let mut formula = join(&terms, " ");
            if let Some(percent) = limits.percent {
                if terms.len() > 1 {
                    formula = Words::new(format!("（{}）", formula.zh), format!("({})", formula.en));
                }
                formula.zh.push_str(&format!(" × {percent}%"));
                formula.en.push_str(&format!(" × {percent}%"));
                let alone = percent.of(trail.within + trail.beyond - trail.first, Mode::HalfUp);
                if alone != Some(trail.share) {
                    formula.zh.push_str("（与同项目前面各行合并取整）");
                    formula
                        .en
                        .push_str(" (rounded together with earlier lines of the item)");
                }
            }
            let space = if formula.zh.ends_with('）') { "" } else { " " };
            chain.add(
                &format!("：{}{space}= {share}", formula.zh),
                &format!(": {} = {share}", formula.en),
            );
        }
        if let (Some(most), true) = (limits.unit_free, trail.kept < trail.share) {
            let kept = Fen(trail.kept);
            chain.add(
                &format!("，每{unit}最多免 {most}，计 {kept}"),
                &format!(", at most {most} of each: {kept}"),
            );
        }
        if let (Some(most), true) = (limits.amount, trail.given < trail.kept) {
            let (given, before) = (Fen(trail.given), Fen(trail.before));
            let (mut zh, mut en) = (format!("，本项最高 {most}"), format!(", at most {most}"));
            if trail.before > 0 {
                zh.push_str(&format!("，前面各行已免 {before}"));
                en.push_str(&format!(", {before} of it on earlier lines"));
            }
            chain.add(&format!("{zh}，免 {given}"), &format!("{en}: {given}"));
        }
        self.after(grant, chain);
    }

    /// What rounding and caps made of it.
    fn after(&self, grant: &Grant, chain: &mut Chain) {
        let mut amount = grant.amount + grant.cut();
        let policy = self.ground.plan.policy;
        // Rounding of lines comes before the caps, of the case after them.
        if let Some(step) = policy.line_rounding {
            rounding(step, grant.rounded, amount, chain);
        } else {
            amount -= grant.rounded;
        }
        for cut in &grant.cuts {
            self.cut(cut, amount, chain);
            amount -= cut.amount;
        }
        if let Some(step) = policy.case_rounding {
            rounding(step, grant.rounded, grant.amount, chain);
        }
    }

    fn cut(&self, cut: &Cut, amount: i64, chain: &mut Chain) {
        let Some(by) = self.granted.cuttings.get(cut.by) else {
            return;
        };
        let cap = by.cap.and_then(|at| self.ground.plan.policy.caps.get(at));
        let name = cap.map_or_else(
            || Words::new("异地火化报销最高", "the most for cremation elsewhere"),
            |cap| cap.name.clone(),
        );
        let how = by.cap.zip(cap).map(|(at, cap)| self.limit(at, cap)).unwrap_or_default();
        let limit = Fen(by.limit);
        let (sum, over) = (Fen(by.sum), Fen(by.sum - by.limit));
        let left = Fen(amount - cut.amount);
        if by.sum == amount && by.sum - by.limit == cut.amount {
            chain.add(
                &format!("，超过“{}”{limit}{} 的部分 {over} 不免，实免 {left}", name.zh, how.zh),
                &format!(", {over} over \"{}\" {limit}{} is not free, {left} is", name.en, how.en),
            );
        } else {
            let own = Fen(cut.amount);
            chain.add(
                &format!(
                    "；“{}”{limit}{}：所含各项合计 {sum}，超过的部分 {over} 不免，其中本行 {own}，实免 {left}",
                    name.zh, how.zh
                ),
                &format!(
                    "; \"{}\" {limit}{}: {sum} in all, {over} over it is not free, {own} of it here, {left} is free",
                    name.en, how.en
                ),
            );
        }
    }

    /// How the limit of a cap came about, where it is not stated as it is.
    fn limit(&self, at: usize, cap: &Cap) -> Words {
        let mut how = Vec::new();
        let cost = Fen(self.ground.cost_under(at, cap).unwrap_or_default());
        if let Some(percent) = cap.percent {
            how.push(Words::new(
                format!("费用 {cost} 的 {percent}%"),
                format!("{percent}% of {cost}"),
            ));
        }
        if let Some(least) = cap.family_at_least {
            how.push(Words::new(
                format!("费用 {cost} − 个人至少承担 {least}"),
                format!("{cost} − {least} for the family"),
            ));
        }
        let less = cap
            .less
            .as_ref()
            .and_then(|name| Some((name, self.ground.seen.money(name)?)));
        if let Some(amount) = cap
            .amount
            .limit(self.ground.classes)
            .filter(|_| less.is_some() || !how.is_empty())
        {
            how.push(Words::new(format!("最高 {amount}"), format!("at most {amount}")));
        }
        if let Some((name, less)) = less {
            let (label, less) = (self.ground.plan.policy.fact_name(name), Fen(less));
            how.push(Words::new(
                format!("扣除“{}”{less}", label.zh),
                format!("less \"{}\" {less}", label.en),
            ));
        }
        if how.is_empty() {
            return Words::default();
        }
        Words::new(
            format!("（{}）", join(&how, "，").zh),
            format!(" ({})", join(&how, ", ").en),
        )
    }
}

/// The units covered: `3 天 × 20.00（单价上限）`, or what of them was still to be paid.
fn units(grant: &Grant, unit: &str, cap: Option<Fen>) -> Words {
    let trail = &grant.trail;
    let quantity = Quantity(grant.quantity);
    let each = |amount: i64| unit_of(amount, quantity).map(Fen);
    let (why, why_en) = match trail.bounds.as_slice() {
        [] if trail.open == trail.price => ("", ""),
        [] => ("（其他减免之后还剩的）", " (what others left)"),
        [Bound::Unit] => ("（单价上限）", " (most for a unit)"),
        [Bound::Home] => ("（按本地目录价）", " (at the own list's price)"),
        [Bound::Worth] => ("（所抵项目的价）", " (price of what it replaces)"),
        _ => ("（按各项单价限额）", " (within the limits of a unit)"),
    };
    let even = trail.bounds.is_empty() || trail.most == Some(trail.within);
    let each = each(trail.within).filter(|_| even && (!trail.bounds.is_empty() || trail.open == trail.price));
    match (each, cap) {
        (Some(each), _) => Words::new(
            format!("{quantity} {unit} × {each}{why}"),
            format!("{quantity} × {each}{why_en}"),
        ),
        (None, Some(cap)) if trail.bounds == [Bound::Unit] => {
            let within = Fen(trail.within);
            Words::new(
                format!("{quantity} {unit}，单价最高 {cap}，计 {within}"),
                format!("{quantity}, at most {cap} each, {within}"),
            )
        }
        _ => {
            let within = Fen(trail.within);
            Words::new(
                format!("{quantity} {unit}计 {within}{why}"),
                format!("{quantity} at {within}{why_en}"),
            )
        }
    }
}

/// What is beyond the units: `+ 超出的 20 公里 60.00`.
fn beyond(trail: &Trail, item: Option<&TariffLine>, first: bool) -> Words {
    let plus = if first { "" } else { "+ " };
    let amount = Fen(trail.beyond);
    let mut far = Vec::new();
    for (place, covered) in &trail.reached {
        if let Some(beyond) = item.and_then(|item| item.beyond.get(*place)) {
            let covered = Quantity(*covered);
            far.push(Words::new(
                format!("{covered} {}", beyond.counted_in()),
                format!("{covered} {}", beyond.attribute),
            ));
        }
    }
    if far.is_empty() {
        return Words::new(
            format!("{plus}补足最低收费或取整 {amount}"),
            format!("{plus}minimum or rounding {amount}"),
        );
    }
    Words::new(
        format!("{plus}超出的 {} {amount}", join(&far, "、").zh),
        format!("{plus}{} beyond {amount}", join(&far, ", ").en),
    )
}

fn rounding(step: Step, by: i64, amount: i64, chain: &mut Chain) {
    if by == 0 {
        return;
    }
    let (to, to_en) = match step.fen {
        100 => ("元", "yuan"),
        10 => ("角", "jiao"),
        _ => ("分", "fen"),
    };
    let (mode, mode_en) = match step.mode {
        Mode::HalfUp => ("四舍五入", "half up"),
        Mode::Down => ("舍去", "down"),
        Mode::Up => ("进一", "up"),
    };
    let (signed, amount) = (super::Signed(by), Fen(amount));
    chain.add(
        &format!("，取整到{to}（{mode}，不超过各项最高）{signed} = {amount}"),
        &format!(", rounded to {to_en} ({mode_en}, within the limits) {signed} = {amount}"),
    );
}
