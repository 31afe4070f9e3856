//! Rules weighed in a situation. What could not be decided is said, unless what is missing was already asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Circumstances, Fact, Facts, Form, Value,
    condition::{Datum, Missing, Situation},
    definition::CASE_DAY,
    message::Messages,
    rule::{Expected, Ran, Rule, Verdict},
};
use super::source_of;
use crate::domain::{
    calendar::WorkCalendar,
    date::LeapBirthday,
    finding::{Finding, Severity},
};

/// What conditions see of a case.
pub(in crate::forms) struct Sight<'a> {
    pub values: &'a BTreeMap<String, Value>,
    pub facts: &'a Facts,
    pub now: Circumstances,
    pub calendar: &'a WorkCalendar,
    /// Paths that are not seen, whatever their value.
    pub blind: &'a BTreeSet<String>,
}

impl Situation for Sight<'_> {
    fn look(&self, path: &str) -> Option<Datum> {
        if self.blind.contains(path) {
            return None;
        }
        if path == CASE_DAY {
            return Some(Datum::day(self.now.day));
        }
        match path.strip_prefix("facts.") {
            Some(id) => match self.facts.0.get(id)? {
                Fact::Flag(flag) => Some(Datum::Flag(*flag)),
                Fact::Text(text) => Some(Datum::Text(text.clone())),
                Fact::Integer(number) => Some(Datum::integer(*number)),
                Fact::Day(day) => Some(Datum::day(*day)),
                Fact::Unknown => None,
            },
            None => self.values.get(path).map(Datum::of),
        }
    }

    fn leap(&self) -> LeapBirthday {
        self.now.leap
    }

    fn calendar(&self) -> &WorkCalendar {
        self.calendar
    }
}

/// What one rule comes to, as an example asks.
pub(in crate::forms) fn weigh_one(rule: &Rule, sight: &Sight) -> Ran {
    match rule.weigh(sight) {
        Verdict::Silent => Ran {
            was: Expected::Silent,
            says: None,
        },
        Verdict::Undecided(_) => Ran {
            was: Expected::Undecided,
            says: None,
        },
        Verdict::Speaks(finding) => Ran {
            was: Expected::Speaks,
            says: Some(finding.says),
        },
    }
}

/// What all rules of a form say; `said` is what was found about single answers before.
pub(super) fn all(messages: &Messages, form: &Form, sight: &Sight, said: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in &form.rules.0 {
        match rule.weigh(sight) {
            Verdict::Silent => {}
            Verdict::Speaks(finding) => found.push(*finding),
            Verdict::Undecided(missing) => {
                if !missing.0.iter().all(|path| asked_for(form, path, said)) {
                    found.push(undecided(messages, form, rule, &missing));
                }
            }
        }
    }
    found
}

/// Whether the case already cannot go on because of what is missing.
fn asked_for(form: &Form, path: &str, said: &[Finding]) -> bool {
    let stopped = |path: &str| {
        said.iter()
            .any(|finding| finding.severity <= Severity::Error && finding.field.as_deref() == Some(path))
    };
    if let Some(id) = path.strip_prefix("facts.") {
        let spec = form.facts.iter().find(|spec| spec.id == id);
        return spec.is_some_and(|spec| spec.of.iter().any(|path| stopped(path)));
    }
    stopped(path) || source_of(form, path).is_some_and(|source| stopped(&source))
}

fn undecided(messages: &Messages, form: &Form, rule: &Rule, missing: &Missing) -> Finding {
    let labels = |label: &dyn Fn(&str) -> String, joint: &str| {
        let all: Vec<String> = missing.0.iter().map(|path| label(path)).collect();
        all.join(joint)
    };
    let params = rule.undecided(
        &labels(&|path| form.label(path), "、"),
        &labels(&|path| form.label_en(path), ", "),
    );
    let severity = rule.weight_undecided();
    let code = match severity {
        Severity::Error => "rule.undecided",
        _ => "rule.undecided-confirm",
    };
    let field = missing.0.iter().find(|path| form.field(path).is_some());
    let field = field.map(String::as_str).or(rule.field.as_deref());
    Finding {
        // Whoever confirms must confirm this rule, not any that could not be decided.
        rule: rule.id.clone(),
        article: rule.article.clone(),
        ..messages.examined(code, field, params)
    }
}
