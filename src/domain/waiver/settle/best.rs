//! What is left to choose: of classes that go by the highest, of ways of which one counts, what gives most is taken.

use std::collections::BTreeSet;

use super::stops;
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{
        award::{Awarding, Due, Given, UNDECIDED, must_answer},
        bearing::{Award, OffsiteRule},
        benefit::Choice,
        choose,
        grant::{Granted, Ground},
        plan::Reach,
        policy::Class,
        speak::{overflow, say},
        status::Words,
    },
};

/// The way of choosing that was taken, with what it gives.
pub(super) struct Taken {
    pub way: choose::Way,
    pub granted: Granted,
    pub awards: Vec<Due>,
    pub findings: Vec<Finding>,
}

/// Tries the sets of classes of which one counts and takes the one that gives most; the first of equals.
pub(super) fn take_highest<'g>(
    sets: &'g [Vec<&'g Class>],
    findings: &mut Vec<Finding>,
    ground_of: &dyn Fn(&'g [&'g Class]) -> Ground<'g>,
) -> Option<(Ground<'g>, Taken)> {
    let mut best: Option<(i64, Ground<'g>, Taken, Vec<Finding>)> = None;
    for set in sets {
        let ground = ground_of(set);
        let mut own = Vec::new();
        let taken = take_best(&ground, sets.len() > 1, &mut own);
        if stops(&own) {
            // What is not known of one set is not known of which is the highest.
            findings.append(&mut own);
        }
        let Some((worth, taken)) = taken else { continue };
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, ground, taken, own));
        }
    }
    let (_, ground, taken, own) = best?;
    findings.extend(own);
    Some((ground, taken))
}

/// Classes that were held and did not count because another one gives more.
pub(super) fn not_highest(held: &[&Class], counted: &[&Class]) -> Option<Finding> {
    let left: Vec<&&Class> = held
        .iter()
        .filter(|class| !counted.iter().any(|own| own.id == class.id))
        .collect();
    let name = |of: fn(&Words) -> &str| left.iter().map(|class| of(&class.name)).collect::<Vec<_>>().join("、");
    let (zh, en) = (name(|words| &words.zh), name(|words| &words.en));
    let zh = format!("就高不重复：“{zh}”没有计入");
    let en = format!("Only the class that gives most counts; \"{en}\" was not counted");
    (!left.is_empty()).then(|| say(Severity::Info, "class-not-highest", Some("classes".into()), zh, en))
}

/// Tries what is left to choose and takes what gives most; the first of equals. `among` is whether other sets of
/// classes are tried too.
fn take_best(ground: &Ground<'_>, among: bool, findings: &mut Vec<Finding>) -> Option<(i64, Taken)> {
    let claim = ground.seen.claim();
    let policy = ground.plan.policy;
    let actual = ground.offsite && policy.offsite.rule == OffsiteRule::Actual;
    let applicable = if actual {
        Vec::new()
    } else {
        ground.applicable(findings)
    };
    ground.refuse_unknown(&applicable, findings);
    findings.extend(ground.unknown_received());
    let targets: Vec<(usize, Vec<(usize, Reach)>)> = applicable
        .iter()
        .map(|at| (*at, ground.targets(*at, findings)))
        .collect();
    let awarding = Awarding {
        policy,
        claim,
        classes: ground.classes,
        seen: ground.seen,
    };
    let id_of = |at: &usize| policy.benefits.get(*at).map_or("", |benefit| benefit.id.as_str());
    let does_something = |choice: &Choice| {
        let benefit = targets
            .iter()
            .any(|(at, lines)| !lines.is_empty() && choice.benefits.iter().any(|b| b == id_of(at)));
        let only = |id: &str| choice.awards.iter().any(|award| award == id);
        let nothing = Gave {
            ground,
            granted: &Granted::default(),
            closed: &BTreeSet::new(),
        };
        let mut open = Vec::new();
        // What waits for an answer may do something.
        benefit || !awarding.awards(&only, &nothing, &mut open).is_empty() || !open.is_empty()
    };
    let ways = choose::ways(policy, claim, &does_something, findings);
    let by_choice = |award: &Award| {
        let open = policy
            .alternatives
            .iter()
            .filter(|own| !claim.choices.contains_key(&own.id));
        let mut options = open.flat_map(|alternative| &alternative.options);
        options.any(|option| option.awards.contains(&award.id))
    };
    let by_class = |award: &Award| !award.classes.is_empty() || !award.amount.by_class.is_empty();
    let several = ways.len() > 1;
    let counts = |award: &Award| (several && by_choice(award)) || (among && by_class(award));
    let mut best: Option<(i64, Taken)> = None;
    for way in ways {
        let closed = choose::closed(policy, &way);
        let open: Vec<(usize, Vec<(usize, Reach)>)> = if closed.is_empty() {
            targets.clone()
        } else {
            targets
                .iter()
                .filter(|(at, _)| !closed.contains(id_of(at)))
                .cloned()
                .collect()
        };
        let mut granted = if actual {
            ground.accept(findings)
        } else {
            ground.grant(&open, findings)
        }?;
        let mut own = Vec::new();
        let gave = Gave {
            ground,
            granted: &granted,
            closed: &closed,
        };
        let mut awards = awarding.awards(&|id| !closed.contains(id), &gave, &mut own);
        if ground.cap_awards(&mut granted, &mut awards, &mut own).is_none() {
            findings.push(overflow(None));
            return None;
        }
        findings.extend(own.iter().filter_map(|finding| must_answer(finding, policy, &counts)));
        if several {
            // Also of a way that is not taken it is told what it waits for.
            let waits =
                |finding: &&Finding| finding.rule == UNDECIDED && must_answer(finding, policy, &counts).is_none();
            findings.extend(own.iter().filter(waits).cloned());
        }
        let paid = awards.iter().try_fold(0_i64, |sum, due| sum.checked_add(due.amount.0));
        let Some(worth) = granted
            .total()
            .zip(paid)
            .and_then(|(free, paid)| free.checked_add(paid))
        else {
            findings.push(overflow(None));
            return None;
        };
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            let taken = Taken {
                way,
                granted,
                awards,
                findings: own,
            };
            best = Some((worth, taken));
        }
    }
    best
}

/// What benefits gave under one way of choosing, as awards ask for it.
struct Gave<'a> {
    ground: &'a Ground<'a>,
    granted: &'a Granted,
    closed: &'a BTreeSet<&'a str>,
}

impl Gave<'_> {
    fn position(&self, benefit: &str) -> Option<usize> {
        let mut benefits = self.ground.plan.policy.benefits.iter();
        benefits.position(|own| own.id == benefit)
    }
}

impl Given for Gave<'_> {
    fn gave(&self, benefit: &str) -> i64 {
        self.position(benefit).map_or(0, |at| self.granted.of_benefit(at))
    }

    fn rest(&self, benefit: &str) -> i64 {
        let open = self.position(benefit).filter(|_| !self.closed.contains(benefit));
        open.map_or(0, |at| self.ground.rest(at, self.granted))
    }
}
