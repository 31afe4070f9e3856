//! What today has to say of a claim: nothing is settled that has not happened yet, and a file that nobody has held
//! against its source for a year says so with the result.

use chrono::NaiveDate;

use super::{
    book::WaiverBook,
    request::{Request, settle},
};
use crate::{
    domain::{
        finding::{Finding, Severity},
        waiver::{Dates, Head, Outcome, Policy, Tariff},
    },
    forms::head::days_unchecked,
};

/// Settles a request on a day.
pub fn settle_on(book: &WaiverBook, request: &Request, today: NaiveDate) -> Outcome {
    let early = not_yet(&request.claim.dates, request.claim.birth, today);
    if !early.is_empty() {
        return Outcome::stopped(early);
    }
    let mut outcome = settle(book, request);
    if let Ok((policy, tariff)) = book.chosen(request) {
        outcome.findings.extend(unchecked(policy, tariff, today));
    }
    outcome
}

/// Days that have not come yet.
fn not_yet(dates: &Dates, birth: Option<NaiveDate>, today: NaiveDate) -> Vec<Finding> {
    let all = [
        (birth, "deceased.birth", "出生日期", "date of birth"),
        (dates.death, "dates.death", "死亡日期", "date of death"),
        (dates.cremation, "dates.cremation", "火化日期", "date of cremation"),
        (dates.claim, "dates.claim", "申请日期", "date of the claim"),
    ];
    let mut early = Vec::new();
    for (day, field, zh, en) in all {
        let Some(day) = day.filter(|day| *day > today) else {
            continue;
        };
        let zh = format!("{zh} {day} 还没有到（今天 {today}）：请核对");
        let en = format!("The {en} {day} has not come yet (today is {today}): check it");
        early.push(Finding::plain(Severity::Error, "date-in-future", Some(field), zh, en));
    }
    early
}

/// Files of the settlement that nobody has held against their source for too long.
fn unchecked(policy: &Policy, tariff: &Tariff, today: NaiveDate) -> Vec<Finding> {
    let old = |(head, field): (&Head, &'static str)| {
        let (day, days) = days_unchecked(head.checked_on, today)?;
        let zh = format!("《{}》上次对照原文是 {day}（{days} 天前），应重新核对", head.title.zh);
        let en = format!(
            "\"{}\" was last held against its source on {day}, {days} days ago: check it again",
            head.title.en
        );
        Some(Finding::plain(Severity::Info, "source-unchecked", Some(field), zh, en))
    };
    let heads = [(&policy.head, "policy"), (&tariff.head, "tariff")];
    heads.into_iter().filter_map(old).collect()
}
