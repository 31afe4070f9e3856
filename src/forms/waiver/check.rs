//! A policy held against its price lists and against itself: every code exists, every unit fits, and no two rules hit
//! one line without a declared order.

use super::{
    policy::PolicyFile,
    reader::{Located, Reader},
};
use crate::domain::waiver::{Benefit, Plan, Policy, Price, Stacking, Tariff};

/// Checks a policy against the versions of its price lists.
pub(super) fn check(reader: &mut Reader<'_>, file: &PolicyFile, all: &[&Tariff]) {
    let policy = &file.policy;
    let mut lists: Vec<&Tariff> = Vec::new();
    for id in &policy.tariffs {
        let versions: Vec<&Tariff> = all.iter().filter(|tariff| tariff.head.id == *id).copied().collect();
        if versions.is_empty() {
            let known: Vec<&str> = all.iter().map(|tariff| tariff.head.id.as_str()).collect();
            let word = Located {
                value: id.clone(),
                line: file.tariffs_line,
            };
            reader.unknown_word(&word, "tariffs", &known);
        }
        let overlapping = versions.iter().filter(|tariff| tariff.head.overlaps(&policy.head));
        let before = lists.len();
        lists.extend(overlapping.copied());
        if !versions.is_empty() && lists.len() == before {
            let problem = format!("收费目录“{id}”没有与本政策同期的版本");
            reader.fault(file.tariffs_line, "tariffs", problem, None);
        }
    }
    if !lists.is_empty() {
        codes(reader, &lists);
        units(reader, &lists);
        setoffs(reader, policy, &lists);
    }
    order(reader, policy, &lists);
}

fn codes(reader: &mut Reader<'_>, lists: &[&Tariff]) {
    let known: Vec<&str> = lists
        .iter()
        .flat_map(|list| &list.items)
        .map(|item| item.code.as_str())
        .collect();
    for (key, code) in std::mem::take(&mut reader.items) {
        if !known.contains(&code.value.as_str()) {
            reader.unknown_word(&code, key, &known);
        }
    }
}

fn units(reader: &mut Reader<'_>, lists: &[&Tariff]) {
    for (unit, code) in std::mem::take(&mut reader.units) {
        let item = lists.iter().find_map(|list| list.item(&code));
        if let Some(item) = item.filter(|item| item.unit != unit.value) {
            let problem = format!("“{}”在收费目录按“{}”计，不是“{}”", item.name.zh, item.unit, unit.value);
            reader.fault(unit.line, "free_unit", problem, Some(item.unit.clone()));
        }
    }
}

/// What is set off must have a worth.
fn setoffs(reader: &mut Reader<'_>, policy: &Policy, lists: &[&Tariff]) {
    for benefit in &policy.benefits {
        let any = benefit.targets.iter().any(|target| target.setoff);
        let own = benefit.targets.iter().find(|target| !target.setoff);
        let item = own.and_then(|own| lists.iter().find_map(|list| list.item(&own.item)));
        let fixed = item.is_some_and(|item| matches!(item.price, Price::Fixed(_) | Price::Rates));
        if any && benefit.setoff_worth.is_none() && !fixed {
            let problem = "本项目在目录没有固定价格，抵扣要写 setoff_worth（每单位抵多少元）";
            reader.fault(benefit.at_line, "setoff_worth", problem, None);
        }
    }
}

/// Two benefits that can hit one line must say which comes first.
fn order(reader: &mut Reader<'_>, policy: &Policy, lists: &[&Tariff]) {
    let plans: Vec<Plan<'_>> = lists.iter().map(|list| Plan::new(list, policy)).collect();
    let shared = |first: usize, second: usize| {
        plans.iter().find_map(|plan| {
            let both = |item: &usize| plan.reach(first, *item).is_some() && plan.reach(second, *item).is_some();
            let item = (0..plan.tariff.items.len()).find(both)?;
            plan.tariff.items.get(item)
        })
    };
    for (at, second) in policy.benefits.iter().enumerate() {
        for (before, first) in policy.benefits.iter().enumerate().take(at) {
            let Some(item) = shared(before, at) else {
                continue;
            };
            let ordered = first.order.is_some() && second.order.is_some() && first.order != second.order;
            if ordered || apart(policy, first, second) {
                continue;
            }
            let problem = format!(
                "与“{}”（{}）都减免项目 {}，没有写先后：给两者写不同的 order，或放进 [[alternative]] 择一，或写互相排斥的 when、line",
                first.id, first.name.zh, item.code
            );
            reader.fault(second.at_line, "order", problem, None);
        }
    }
}

/// Whether two benefits can never count together.
fn apart(policy: &Policy, first: &Benefit, second: &Benefit) -> bool {
    if first.when.excludes(&second.when) || first.line.excludes(&second.line) {
        return true;
    }
    let replaces = |benefit: &Benefit| {
        let mut classes = policy.classes.iter().filter(|class| benefit.is_for(class)).peekable();
        classes.peek().is_some() && classes.all(|class| class.stacking == Stacking::Replace)
    };
    let adds = |benefit: &Benefit| {
        let mut classes = policy.classes.iter().filter(|class| benefit.is_for(class));
        classes.all(|class| class.stacking != Stacking::Replace)
    };
    if (replaces(first) && adds(second)) || (replaces(second) && adds(first)) {
        return true;
    }
    let highest = |benefit: &Benefit| {
        let class = |id: &String| {
            policy
                .class(id)
                .is_some_and(|class| class.stacking == Stacking::Highest)
        };
        !benefit.classes.is_empty() && benefit.classes.iter().all(class)
    };
    let strangers = !first.classes.iter().any(|class| second.classes.contains(class));
    if highest(first) && highest(second) && strangers {
        return true;
    }
    let one_way = |alternative: &&crate::domain::waiver::Alternative| alternative.take == 1;
    policy.alternatives.iter().filter(one_way).any(|alternative| {
        let of = |benefit: &Benefit| {
            let holds = |option: &&crate::domain::waiver::Choice| option.benefits.contains(&benefit.id);
            alternative
                .options
                .iter()
                .filter(holds)
                .map(|option| option.id.as_str())
                .collect::<Vec<_>>()
        };
        let (a, b) = (of(first), of(second));
        !a.is_empty() && !b.is_empty() && !a.iter().any(|option| b.contains(option))
    })
}
