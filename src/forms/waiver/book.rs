//! All price lists and policies: read, held against each other, chosen by date, their examples run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{
    check,
    coverage::{self, Coverage},
    example::Example,
    policy::{self, PolicyFile},
    reader::Reader,
    request::Request,
    tariff::{self, TariffFile},
};
use crate::{
    domain::{
        finding::{Finding, Severity},
        waiver::{Claim, Dates, Detail, Head, Outcome, Plan, Policy, Tariff, settle},
    },
    forms::{Fault, head::not_looked_at, sha256},
};

/// All price lists and policies.
#[derive(Debug, Default)]
pub struct WaiverBook {
    tariffs: Vec<Loaded<TariffFile>>,
    policies: Vec<Loaded<PolicyFile>>,
    faults: Vec<Fault>,
}

/// A file that could be read.
#[derive(Debug)]
struct Loaded<T> {
    path: String,
    text: String,
    of: T,
}

/// What running the examples of all files came to.
#[derive(Debug, Default)]
pub struct BookReport {
    /// Examples run.
    pub examples: usize,
    /// Examples that came out otherwise, by file and line.
    pub failures: Vec<Fault>,
    /// Files whose last look at the source is too long ago, or was never noted.
    pub notices: Vec<Fault>,
    /// Which rules no example exercises, by file.
    pub coverage: Vec<Coverage>,
}

impl WaiverBook {
    /// Reads files given as path below `forms/` and text; those outside `rules/tariff/` and `rules/policy/` are passed
    /// by. A broken file is left out and stands in [`WaiverBook::faults`].
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut book = Self::default();
        let mut policies = Vec::new();
        for (path, text) in files {
            if path.starts_with("rules/tariff/") {
                let mut reader = Reader::new(path, text);
                let read = tariff::read(&mut reader, sha256(text));
                book.keep_tariff(path, text, reader, read);
            } else if path.starts_with("rules/policy/") {
                policies.push((path, text));
            }
        }
        book.part_twins();
        for (path, text) in policies {
            let mut reader = Reader::new(path, text);
            let read = policy::read(&mut reader, sha256(text));
            if let Some(file) = &read {
                let lists: Vec<&Tariff> = book.tariffs.iter().map(|loaded| &loaded.of.tariff).collect();
                check::check(&mut reader, file, &lists);
            }
            book.keep_policy(path, text, reader, read);
        }
        book.part_twins();
        book.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        book
    }

    fn keep_tariff(&mut self, path: &str, text: &str, reader: Reader<'_>, read: Option<TariffFile>) {
        let sound = reader.faults.is_empty();
        self.faults.extend(reader.faults);
        if let (Some(of), true) = (read, sound) {
            self.tariffs.push(Loaded {
                path: path.to_owned(),
                text: text.to_owned(),
                of,
            });
        }
    }

    fn keep_policy(&mut self, path: &str, text: &str, reader: Reader<'_>, read: Option<PolicyFile>) {
        let sound = reader.faults.is_empty();
        self.faults.extend(reader.faults);
        if let (Some(of), true) = (read, sound) {
            self.policies.push(Loaded {
                path: path.to_owned(),
                text: text.to_owned(),
                of,
            });
        }
    }

    /// Two usable versions of one id on one day: neither counts, since nobody can say which.
    fn part_twins(&mut self) {
        let tariffs: Vec<(&str, &Head)> = self
            .tariffs
            .iter()
            .map(|own| (own.path.as_str(), &own.of.tariff.head))
            .collect();
        let policies: Vec<(&str, &Head)> = self
            .policies
            .iter()
            .map(|own| (own.path.as_str(), &own.of.policy.head))
            .collect();
        let (bad_tariffs, bad_policies) = (twins(&tariffs), twins(&policies));
        self.tariffs.retain(|own| !bad_tariffs.contains_key(&own.path));
        self.policies.retain(|own| !bad_policies.contains_key(&own.path));
        self.faults
            .extend(bad_tariffs.into_values().chain(bad_policies.into_values()));
    }

    /// What is wrong with the files.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// All price lists that could be read, drafts too.
    pub fn tariffs(&self) -> impl Iterator<Item = &Tariff> {
        self.tariffs.iter().map(|own| &own.of.tariff)
    }

    /// All policies that could be read, drafts too.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().map(|own| &own.of.policy)
    }

    /// The text of the file with a hash, for the record of a case.
    pub fn text(&self, sha256: &str) -> Option<&str> {
        let tariff = self.tariffs.iter().find(|own| own.of.tariff.head.sha256 == sha256);
        let policy = || {
            self.policies
                .iter()
                .find(|own| own.of.policy.head.sha256 == sha256)
                .map(|own| own.text.as_str())
        };
        tariff.map(|own| own.text.as_str()).or_else(policy)
    }

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
        if versions.is_empty() {
            let known = self.policies().map(|policy| policy.head.id.as_str());
            return Err(vec![no_such("policy", "政策", id, known)]);
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
            [] => Err(vec![out_of_dates(id, dates, &versions)]),
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

    /// Policy and price list of a request.
    ///
    /// # Errors
    /// Findings that say which is missing.
    pub fn chosen(&self, request: &Request) -> Result<(&Policy, &Tariff), Vec<Finding>> {
        let dates = &request.claim.dates;
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
        Ok((policy, tariff))
    }

    pub(super) fn no_tariff(&self, id: &str, day: Option<NaiveDate>) -> Finding {
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

    /// Runs the examples of all files and says what none of them exercises. `today` decides which files were last
    /// held against their source too long ago.
    pub fn check(&self, today: NaiveDate) -> BookReport {
        let mut report = BookReport::default();
        for loaded in &self.tariffs {
            report
                .notices
                .extend(not_looked_at(&loaded.path, loaded.of.tariff.head.checked_on, today));
            let any = coverage::anybody();
            let plan = Plan::new(&loaded.of.tariff, &any);
            let mut outcomes = Vec::new();
            for example in &loaded.of.examples {
                let claim = Claim {
                    classes: vec!["any".to_owned()],
                    ..example.claim.clone()
                };
                outcomes.push((example, settle(&plan, &claim, Detail::Sums)));
            }
            report.compare(&loaded.path, &outcomes);
            report
                .coverage
                .push(coverage::of_tariff(&loaded.path, &loaded.of.tariff, &outcomes));
        }
        for loaded in &self.policies {
            report
                .notices
                .extend(not_looked_at(&loaded.path, loaded.of.policy.head.checked_on, today));
            let mut outcomes = Vec::new();
            for example in &loaded.of.examples {
                outcomes.push((example, self.run(&loaded.of.policy, example)));
            }
            report.compare(&loaded.path, &outcomes);
            report
                .coverage
                .push(coverage::of_policy(&loaded.path, &loaded.of.policy, &outcomes));
        }
        report
    }

    /// Runs one example of a policy, under the policy's own version.
    fn run(&self, policy: &Policy, example: &Example) -> Outcome {
        let chosen = example.day(policy.chosen_by);
        if chosen.is_some_and(|day| !policy.head.covers(day)) {
            return Outcome::stopped(vec![out_of_dates(&policy.head.id, &example.claim.dates, &[policy])]);
        }
        let id = example
            .tariff
            .as_ref()
            .or(policy.tariffs.first())
            .cloned()
            .unwrap_or_default();
        let day = example.claim.dates.cremation.or(chosen);
        let fits = |tariff: &&Tariff| match day {
            Some(day) => tariff.head.covers(day),
            None => tariff.head.overlaps(&policy.head),
        };
        match self.tariffs().filter(|tariff| tariff.head.id == id).find(fits) {
            Some(tariff) => settle(&Plan::new(tariff, policy), &example.claim, Detail::Explained),
            None => Outcome::stopped(vec![self.no_tariff(&id, day)]),
        }
    }
}

impl BookReport {
    fn compare(&mut self, path: &str, outcomes: &[(&Example, Outcome)]) {
        for (example, outcome) in outcomes {
            self.examples += 1;
            for (line, problem) in example.differences(outcome) {
                self.failures.push(Fault {
                    file: path.to_owned(),
                    line,
                    key: "example".to_owned(),
                    problem: format!("“{}”：{problem}", example.name),
                    nearest: None,
                });
            }
        }
    }
}

/// Paths of files of one id with overlapping dates, each with its fault.
fn twins(heads: &[(&str, &Head)]) -> BTreeMap<String, Fault> {
    let mut faults = BTreeMap::new();
    for (at, (path, head)) in heads.iter().enumerate() {
        for (other_path, other) in heads.iter().take(at) {
            let both = head.status.usable() && other.status.usable();
            if both && head.id == other.id && head.overlaps(other) {
                for (own, against) in [(path, other_path), (other_path, path)] {
                    let problem = format!(
                        "与 {against} 的 id 相同而施行日期重叠：两个文件都停用，请改 effective_from/effective_to"
                    );
                    let mut fault = Fault::of_file(own, problem);
                    fault.key = head.id.clone();
                    faults.insert((*own).to_owned(), fault);
                }
            }
        }
    }
    faults
}

fn finding(severity: Severity, rule: &str, field: &str, zh: String, en: String) -> Finding {
    Finding::plain(severity, rule, Some(field), zh, en)
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

fn out_of_dates(id: &str, dates: &Dates, versions: &[&Policy]) -> Finding {
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
