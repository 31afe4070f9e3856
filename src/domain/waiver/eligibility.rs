//! Who may claim: dates, requirements, classes and their evidence. Says why not, naming the fact.

use chrono::{Datelike, NaiveDate};

use super::{
    claim::{Claim, DateKind, Seen, window_end},
    condition::Truth,
    policy::{Class, Policy, Requirement, Stacking, Window},
    speak::{quoted, say},
    status::Words,
};
use crate::domain::{
    calendar::WorkCalendar,
    finding::{Finding, Severity},
};

/// Checks what holds for the whole claim and gives the classes that count.
pub(super) fn classes_of<'p>(
    policy: &'p Policy,
    claim: &Claim,
    seen: &Seen<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<&'p Class> {
    dates_in_order(claim, findings);
    for requirement in &policy.eligibility {
        require(policy, requirement, seen, findings);
    }
    if claim.offsite.is_some() {
        offsite(policy, seen, findings);
    } else if let Some(window) = &policy.window {
        in_time(window, policy, seen, findings);
    }
    let mut held = Vec::new();
    let mut failed = Vec::new();
    for (at, id) in claim.classes.iter().enumerate() {
        match policy.class(id) {
            Some(class) => match holds(policy, class, seen, findings) {
                Some(true) => held.push(class),
                Some(false) => failed.push(class),
                None => {}
            },
            None => findings.push(no_such_class(policy, at, id)),
        }
    }
    let nobody = held.is_empty();
    findings.extend(failed.into_iter().map(|class| not_in(class, nobody)));
    if claim.classes.is_empty() && !policy.classes.is_empty() {
        let ids: Vec<&str> = policy.classes.iter().map(|class| class.id.as_str()).collect();
        let zh = format!("没有填写减免对象的类别（可填 {}）", ids.join("、"));
        let en = format!("No class is claimed; the policy has {}", ids.join(", "));
        findings.push(say(Severity::Error, "class-missing", Some("classes".into()), zh, en));
    }
    let proven = held.iter().any(|class| lacking(class, claim).is_empty());
    for class in &held {
        evidence(policy, class, claim, proven, findings);
    }
    if held.iter().any(|class| class.stacking == Stacking::Replace) {
        findings.extend(replaced(&held));
        held.retain(|class| class.stacking == Stacking::Replace);
    }
    // The order of the policy, each once, whatever the order of the claim.
    policy
        .classes
        .iter()
        .filter(|class| held.iter().any(|own| own.id == class.id))
        .collect()
}

/// The sets of classes of which the one that gives most counts: all of them, or one of each that go by the highest.
pub(super) fn sets_of<'p>(classes: &[&'p Class]) -> Vec<Vec<&'p Class>> {
    let is_highest = |class: &&&Class| class.stacking == Stacking::Highest;
    if classes.iter().filter(is_highest).count() < 2 {
        return vec![classes.to_vec()];
    }
    let with = |one: &&'p Class| {
        let fits = |class: &&&'p Class| !is_highest(class) || class.id == one.id;
        classes.iter().filter(fits).copied().collect()
    };
    classes.iter().filter(is_highest).map(with).collect()
}

fn dates_in_order(claim: &Claim, findings: &mut Vec<Finding>) {
    let pairs = [
        (DateKind::Death, DateKind::Cremation),
        (DateKind::Cremation, DateKind::Claim),
    ];
    for (first, then) in pairs {
        let both = claim.dates.get(first).zip(claim.dates.get(then));
        if both.is_some_and(|(first, then)| then < first) {
            let (a, b) = (first.name(), then.name());
            let (zh, en) = (
                format!("{}早于{}", b.0, a.0),
                format!("The {} is before the {}", b.1, a.1),
            );
            let field = Some(format!("dates.{}", then.word()));
            findings.push(say(Severity::Error, "dates-contradict", field, zh, en));
        }
    }
    if claim
        .birth
        .zip(claim.dates.death)
        .is_some_and(|(birth, death)| death < birth)
    {
        let (zh, en) = ("死亡日期早于出生日期", "The date of death is before the birth");
        findings.push(say(
            Severity::Error,
            "dates-contradict",
            Some("dates.death".into()),
            zh.into(),
            en.into(),
        ));
    }
}

/// One requirement; what is not known is an error that names it.
fn require(policy: &Policy, requirement: &Requirement, seen: &Seen<'_>, findings: &mut Vec<Finding>) {
    let mut missing = Vec::new();
    match requirement.when.holds(seen, &mut missing) {
        Truth::Yes => {}
        Truth::No => {
            let Words { zh, en } = requirement.says.clone();
            findings.push(quoted(
                say(Severity::Refuse, &requirement.id, None, zh, en),
                &requirement.quote,
            ));
        }
        Truth::Unknown => findings.extend(missing.iter().map(|name| {
            let label = policy.fact_name(name);
            unknown_fact(&requirement.id, name, &label, &requirement.quote)
        })),
    }
}

fn unknown_fact(rule: &str, name: &str, label: &Words, quote: &str) -> Finding {
    let zh = format!("“{}”（{name}）没有填写或不是所要的内容，不能判断是否符合", label.zh);
    let en = format!(
        "\"{}\" ({name}) is missing or not of the kind asked for; nothing can be decided",
        label.en
    );
    let mut finding = say(Severity::Error, "fact-unknown", Some(format!("facts.{name}")), zh, en);
    finding.params.insert("rule".into(), rule.to_owned());
    finding.params.insert("fact".into(), name.to_owned());
    quoted(finding, quote)
}

/// Whether a claimed class holds; `None` where that is not known, which is in the findings.
fn holds(policy: &Policy, class: &Class, seen: &Seen<'_>, findings: &mut Vec<Finding>) -> Option<bool> {
    let mut missing = Vec::new();
    match class.when.holds(seen, &mut missing) {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Unknown => {
            for name in &missing {
                findings.push(unknown_fact(&class.id, name, &policy.fact_name(name), &class.quote));
            }
            None
        }
    }
}

fn not_in(class: &Class, nobody: bool) -> Finding {
    let (severity, tail, tail_en) = if nobody {
        (Severity::Refuse, "不享受本政策", "nothing is free")
    } else {
        (Severity::Warn, "该类别未计入", "the class was not counted")
    };
    let zh = format!("所填情况不符合“{}”的条件，{tail}", class.name.zh);
    let en = format!("The facts do not fit the class \"{}\"; {tail_en}", class.name.en);
    quoted(
        say(severity, "class-not-met", Some("classes".into()), zh, en),
        &class.quote,
    )
}

/// Classes that were held and do not count because another one stands alone.
fn replaced(held: &[&Class]) -> Option<Finding> {
    let names = |alone: bool, of: fn(&Words) -> &str| {
        let own = held
            .iter()
            .filter(|class| (class.stacking == Stacking::Replace) == alone);
        own.map(|class| of(&class.name)).collect::<Vec<_>>().join("、")
    };
    let (alone, left) = (names(true, |words| &words.zh), names(false, |words| &words.zh));
    let (alone_en, left_en) = (names(true, |words| &words.en), names(false, |words| &words.en));
    let zh = format!("“{alone}”只按本类计：“{left}”另有的减免没有计入");
    let en = format!("\"{alone_en}\" stands alone: what is for \"{left_en}\" was not counted");
    (!left.is_empty()).then(|| say(Severity::Warn, "class-replaced", Some("classes".into()), zh, en))
}

fn no_such_class(policy: &Policy, at: usize, id: &str) -> Finding {
    let ids: Vec<&str> = policy.classes.iter().map(|class| class.id.as_str()).collect();
    let zh = format!(
        "政策《{}》没有类别“{id}”，可填 {}",
        policy.head.title.zh,
        ids.join("、")
    );
    let en = format!("The policy has no class \"{id}\"; it has {}", ids.join(", "));
    let field = Some(format!("classes.{}", at + 1));
    say(Severity::Error, "class-unknown", field, zh, en)
}

/// The papers of a class that were not shown.
fn lacking<'p>(class: &'p Class, claim: &Claim) -> Vec<&'p String> {
    let shown = |id: &String| claim.evidence.as_ref().is_some_and(|shown| shown.contains(id));
    let mut lacking: Vec<&String> = class.evidence.iter().filter(|id| !shown(id)).collect();
    if !class.evidence_any.is_empty() && !class.evidence_any.iter().any(shown) {
        lacking.extend(&class.evidence_any);
    }
    lacking
}

/// A class without its evidence: waits where the policy says so or papers were listed and lack it; else a reminder.
/// `proven` is whether another class has all of its own: then leaving this one out is a way on.
fn evidence(policy: &Policy, class: &Class, claim: &Claim, proven: bool, findings: &mut Vec<Finding>) {
    let lacking = lacking(class, claim);
    if lacking.is_empty() {
        return;
    }
    let names: Vec<Words> = lacking.iter().map(|id| policy.evidence_name(id)).collect();
    let ids: Vec<&str> = lacking.iter().map(|id| id.as_str()).collect();
    let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
    let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
    let must = class.evidence_must || claim.evidence.is_some();
    let severity = if must { Severity::Error } else { Severity::Warn };
    let mut zh = format!("“{}”应查验：{}", class.name.zh, zh.join("、"));
    let mut en = format!("\"{}\" must be proved by: {}", class.name.en, en.join(", "));
    if must && proven {
        zh.push_str("；拿不出的，去掉这一类，可按其余类别结算");
        en.push_str("; without it, leave this class out and settle by the others");
    }
    let mut finding = say(severity, "evidence-missing", Some("evidence".into()), zh, en);
    finding.params.insert("class".into(), class.id.clone());
    finding.params.insert("evidence".into(), ids.join(" "));
    findings.push(quoted(finding, &class.quote));
}

/// Whether cremation elsewhere is reimbursed at all, in time and with its papers.
fn offsite(policy: &Policy, seen: &Seen<'_>, findings: &mut Vec<Finding>) {
    let rules = &policy.offsite;
    let Some(requirements) = &rules.allowed else {
        let zh = format!("政策《{}》不报销异地火化的费用", policy.head.title.zh);
        let en = format!(
            "The policy \"{}\" does not reimburse cremation elsewhere",
            policy.head.title.en
        );
        findings.push(quoted(
            say(Severity::Refuse, "offsite-not-allowed", Some("offsite".into()), zh, en),
            &rules.quote,
        ));
        return;
    };
    for requirement in requirements {
        require(policy, requirement, seen, findings);
    }
    if let Some(window) = rules.window.as_ref().or(policy.window.as_ref()) {
        in_time(window, policy, seen, findings);
    }
    for id in rules.evidence.iter().filter(|id| !seen.shown(id)) {
        let name = policy.evidence_name(id);
        let zh = format!("异地火化报销应交：{}", name.zh);
        let en = format!("A claim for cremation elsewhere needs: {}", name.en);
        let mut finding = say(Severity::Error, "evidence-missing", Some("evidence".into()), zh, en);
        finding.params.insert("evidence".into(), id.clone());
        findings.push(quoted(finding, &rules.quote));
    }
}

/// A claim that comes too late is refused; one whose days are not known waits.
fn in_time(window: &Window, policy: &Policy, seen: &Seen<'_>, findings: &mut Vec<Finding>) {
    match last_day(window, policy, seen) {
        Ok((begun, last, claimed)) if claimed > last => {
            let Words { zh, en } = begun;
            let zh = format!("申请已过期限：自{zh}起，最迟 {last}，申请日期 {claimed}");
            let en = format!("The claim is late: from the {en} until {last}, claimed on {claimed}");
            let field = Some("dates.claim".into());
            findings.push(quoted(
                say(Severity::Refuse, "claim-late", field, zh, en),
                &window.quote,
            ));
        }
        Ok(_) => {}
        Err(missing) => findings.extend(missing),
    }
}

/// The day on which so many working days after another are full; `None` where a year whose calendar is not known could
/// still decide whether a claim comes in time.
fn working_days_on(
    from: NaiveDate,
    days: u32,
    claimed: NaiveDate,
    calendar: Option<&WorkCalendar>,
) -> Option<NaiveDate> {
    let calendar = calendar?;
    let passed = calendar.working_days_between(from, claimed);
    (!passed.provisional).then(|| calendar.add_working_days(from, days).day)
}

fn unknown_calendar(claimed: NaiveDate) -> Finding {
    let year = claimed.year();
    let zh = format!("期限按工作日计，日历没有到 {claimed} 为止的放假安排（{year} 年），不能判断是否逾期");
    let en =
        format!("The window counts working days, and the calendar does not reach {claimed}: nothing can be decided");
    say(
        Severity::Error,
        "calendar-unknown",
        Some("dates.claim".to_owned()),
        zh,
        en,
    )
}

/// From what a window runs, its last day, and the day of the claim; findings for days that are not known.
pub(super) fn last_day(
    window: &Window,
    policy: &Policy,
    seen: &Seen<'_>,
) -> Result<(Words, NaiveDate, NaiveDate), Vec<Finding>> {
    let missing = |field: String, zh: &str, en: &str| {
        let (zh, en) = (
            format!("没有填写{zh}，不能判断是否逾期"),
            format!("The {en} is missing"),
        );
        say(Severity::Error, "date-missing", Some(field), zh, en)
    };
    let mut findings = Vec::new();
    let (from, name, field) = match &window.from_fact {
        Some(fact) => (seen.day_fact(fact), policy.fact_name(fact), format!("facts.{fact}")),
        None => {
            let (zh, en) = window.from.name();
            let field = format!("dates.{}", window.from.word());
            (seen.day(window.from), Words::new(zh, en), field)
        }
    };
    if from.is_none() {
        findings.push(missing(field, &name.zh, &name.en));
    }
    let claimed = seen.day(DateKind::Claim);
    if claimed.is_none() {
        let (zh, en) = DateKind::Claim.name();
        findings.push(missing("dates.claim".to_owned(), zh, en));
    }
    let last = from.and_then(|from| window_end(from, window.months, window.days));
    let last = match last.zip(claimed) {
        Some((last, claimed)) if window.working_days > 0 => {
            let reached = working_days_on(last, window.working_days, claimed, seen.calendar());
            findings.extend(reached.is_none().then(|| unknown_calendar(claimed)));
            reached
        }
        _ => last,
    };
    match (from, last, claimed) {
        (Some(from), Some(last), Some(claimed)) => {
            let begun = Words::new(format!("{} {from} ", name.zh), format!("{} {from}", name.en));
            Ok((begun, last, claimed))
        }
        _ => Err(findings),
    }
}
