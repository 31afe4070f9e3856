//! Which policy and which price list count for a claim, by its dates; or a finding that says why none does.

use std::{collections::BTreeSet, fmt::Write as _};

use chrono::NaiveDate;

use super::{
    alone,
    book::{Broken, WaiverBook},
    request::Request,
};
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{Dates, Policy, Tariff},
};

impl WaiverBook {
    /// The price list of an id on a day; `None` outside its dates, for drafts and withdrawn ones.
    pub fn tariff(&self, id: &str, on: NaiveDate) -> Option<&Tariff> {
        self.tariffs()
            .find(|tariff| tariff.head.id == id && tariff.head.covers(on) && tariff.head.status.usable())
    }

    /// The version of a policy for these dates.
    ///
    /// # Errors
    /// A finding: no such policy, no date to choose by, no version on that day, or one that may not be used.
    pub fn policy(&self, id: &str, dates: &Dates) -> Result<&Policy, Vec<Finding>> {
        let versions: Vec<&Policy> = self.policies().filter(|policy| policy.head.id == id).collect();
        let broken = self.broken.iter().find(|own| !own.tariff && own.id == id);
        if versions.is_empty() {
            return Err(vec![self.no_policy(id)]);
        }
        let mut undated = Vec::new();
        let mut found: Vec<&Policy> = Vec::new();
        for version in &versions {
            match dates.get(version.chosen_by) {
                Some(day) if version.head.covers(day) => found.push(version),
                Some(_) => {}
                None => undated.push(version.chosen_by),
            }
        }
        let usable: Vec<&Policy> = found
            .iter()
            .copied()
            .filter(|policy| policy.head.status.usable())
            .collect();
        match usable.as_slice() {
            [only] => Ok(only),
            [] if !found.is_empty() => Err(vec![not_usable(found.as_slice())]),
            [] if !undated.is_empty() => Err(vec![undated_finding(&undated)]),
            // A version that cannot be read may be the one of these dates.
            [] => Err(vec![
                broken.map_or_else(|| out_of_dates(id, dates, &versions), put_aside),
            ]),
            [first, second, ..] => {
                let zh = format!(
                    "《{}》和《{}》按各自的日期都适用，不能判断",
                    first.head.title.zh, second.head.title.zh
                );
                let en = "Two versions of the policy both apply by their dates".to_owned();
                Err(vec![finding(Severity::Error, "policy-ambiguous", "dates", zh, en)])
            }
        }
    }

    /// Policy and price list of a request; where it names no policy, one that waives nothing, with an empty id.
    ///
    /// # Errors
    /// Findings that say which is missing.
    pub fn chosen(&self, request: &Request) -> Result<(&Policy, &Tariff), Vec<Finding>> {
        let dates = &request.claim.dates;
        if request.policy.is_empty() {
            let day = alone::day(dates)?;
            let tariff = self.tariff(&request.tariff, day);
            let tariff = tariff.ok_or_else(|| vec![self.no_tariff(&request.tariff, Some(day))])?;
            return self.proven(alone::nothing_free(), tariff);
        }
        let policy = self.policy(&request.policy, dates)?;
        let day = dates.cremation.or_else(|| dates.get(policy.chosen_by));
        let own = policy.tariffs.first().cloned().unwrap_or_default();
        let id = if request.tariff.is_empty() {
            &own
        } else {
            &request.tariff
        };
        if !policy.tariffs.contains(id) {
            return Err(vec![not_its_tariff(policy, id)]);
        }
        let tariff = day.and_then(|day| self.tariff(id, day));
        let tariff = tariff.ok_or_else(|| vec![self.no_tariff(id, day)])?;
        self.proven(policy, tariff)
    }

    fn proven<'b>(&self, policy: &'b Policy, tariff: &'b Tariff) -> Result<(&'b Policy, &'b Tariff), Vec<Finding>> {
        let mut doubts = self.doubts(policy, tariff);
        doubts.retain(Finding::stops);
        if doubts.is_empty() {
            Ok((policy, tariff))
        } else {
            Err(doubts)
        }
    }

    /// What is to be said of a bill without a policy.
    pub(super) fn without_policy(&self, request: &Request, tariff: &Tariff) -> Vec<Finding> {
        let dates = &request.claim.dates;
        let fits = |policy: &&Policy| {
            let day = dates.get(policy.chosen_by);
            let covers = day.is_some_and(|day| policy.head.covers(day));
            covers && policy.head.status.usable() && policy.tariffs.contains(&tariff.head.id)
        };
        let known: Vec<&Policy> = self.policies().filter(fits).collect();
        alone::about(request, tariff, &known)
    }

    /// Why a policy that one asks for is not there: its file is broken, or there is none.
    pub fn no_policy(&self, id: &str) -> Finding {
        let broken = self.broken.iter().find(|own| !own.tariff && own.id == id);
        let known = self.policies().map(|policy| policy.head.id.as_str());
        broken.map_or_else(|| no_such("policy", "政策", id, known), put_aside)
    }

    /// Why no version of a price list counts on a day: its file is broken, none is in force, or there is none.
    pub fn no_tariff(&self, id: &str, day: Option<NaiveDate>) -> Finding {
        if let Some(broken) = self.broken.iter().find(|own| own.tariff && own.id == id) {
            return put_aside(broken);
        }
        let versions: Vec<&Tariff> = self.tariffs().filter(|tariff| tariff.head.id == id).collect();
        if versions.is_empty() {
            return no_such(
                "tariff",
                "收费目录",
                id,
                self.tariffs().map(|tariff| tariff.head.id.as_str()),
            );
        }
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let zh = format!("收费目录“{id}”没有 {day} 有效的版本，不能收费");
        let en = format!("No version of the price list \"{id}\" is in force on {day}");
        finding(Severity::Refuse, "no-tariff", "tariff", zh, en)
    }
}

pub(super) fn finding(severity: Severity, rule: &str, field: &str, zh: String, en: String) -> Finding {
    Finding::plain(severity, rule, Some(field), zh, en)
}

/// A file that would have been asked and is put aside.
fn put_aside(broken: &Broken) -> Finding {
    let (field, what) = if broken.tariff {
        ("tariff", "收费目录")
    } else {
        ("policy", "政策")
    };
    let (id, fault) = (&broken.id, &broken.fault);
    let zh = format!("{what}“{id}”的文件有错，停用：{fault}");
    let en = format!("The file of the {field} \"{id}\" has faults and is put aside: {fault}");
    finding(Severity::Error, &format!("{field}-broken"), field, zh, en)
}

fn no_such<'a>(field: &str, what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Finding {
    let known: BTreeSet<&str> = known.collect();
    let near = crate::forms::fault::nearest(id, known.iter().copied());
    let known: Vec<&str> = known.into_iter().collect();
    let hint = near.map(|near| format!("（是不是“{near}”？）")).unwrap_or_default();
    let zh = format!("没有{what}“{id}”{hint}，现有 {}", known.join("、"));
    let en = format!("There is no {field} \"{id}\"; there are {}", known.join(", "));
    finding(Severity::Error, &format!("no-such-{field}"), field, zh, en)
}

fn not_its_tariff(policy: &Policy, id: &str) -> Finding {
    let (title, own) = (&policy.head.title, policy.tariffs.join("、"));
    let zh = format!("政策《{}》对应的收费目录是 {own}，不是“{id}”", title.zh);
    let en = format!(
        "The policy \"{}\" goes with the price lists {own}, not \"{id}\"",
        title.en
    );
    finding(Severity::Error, "tariff-not-of-policy", "tariff", zh, en)
}

fn not_usable(found: &[&Policy]) -> Finding {
    let titles: Vec<String> = found
        .iter()
        .map(|p| format!("《{}》（{}）", p.head.title.zh, p.head.status.word()))
        .collect();
    let zh = format!("{} 是草案或已废止，不能用来结算", titles.join("、"));
    let en = "The version for these dates is a draft or withdrawn; nothing can be settled by it".to_owned();
    finding(Severity::Refuse, "policy-not-usable", "policy", zh, en)
}

fn undated_finding(undated: &[crate::domain::waiver::DateKind]) -> Finding {
    let kind = undated
        .first()
        .copied()
        .unwrap_or(crate::domain::waiver::DateKind::Death);
    let (zh, en) = kind.name();
    let (zh, en) = (
        format!("政策按{zh}选用，没有填写"),
        format!("The policy is chosen by the {en}, which is missing"),
    );
    finding(
        Severity::Error,
        "date-missing",
        &format!("dates.{}", kind.word()),
        zh,
        en,
    )
}

pub(super) fn out_of_dates(id: &str, dates: &Dates, versions: &[&Policy]) -> Finding {
    let mut ranges = String::new();
    for version in versions {
        let to = version.head.effective_to.map_or("今".to_owned(), |day| day.to_string());
        let day = dates
            .get(version.chosen_by)
            .map(|day| day.to_string())
            .unwrap_or_default();
        let name = version.chosen_by.name().0;
        let _ = write!(
            ranges,
            "；{name} {day} 不在 {} 至 {to} 之内",
            version.head.effective_from
        );
    }
    let zh = format!("没有适用的“{id}”政策{ranges}");
    let en = format!("No version of the policy \"{id}\" applies on these dates");
    finding(Severity::Refuse, "no-policy", "dates", zh, en)
}
