//! A price list without a policy: what a county charges that waives nothing, and what the examples of a list are priced
//! with. Everything is the family's.

use std::sync::OnceLock;

use super::{chosen::finding, request::Request};
use crate::domain::{
    finding::{Finding, Severity},
    waiver::{DateKind, Dates, Head, OffsiteRules, Policy, Status, Tariff, Words},
};

/// The policy that gives nobody anything.
pub(super) fn nothing_free() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(made)
}

fn made() -> Policy {
    Policy {
        head: Head {
            id: String::new(),
            title: Words::new("不按减免政策，按收费目录全额结算", "no policy, the list's full prices"),
            effective_from: chrono::NaiveDate::MIN,
            effective_to: None,
            status: Status::InForce,
            source: String::new(),
            checked_on: None,
            checked_by: String::new(),
            verbatim: true,
            sha256: String::new(),
        },
        tariffs: Vec::new(),
        chosen_by: DateKind::Death,
        facts: Vec::new(),
        evidence: Vec::new(),
        eligibility: Vec::new(),
        window: None,
        classes: Vec::new(),
        benefits: Vec::new(),
        alternatives: Vec::new(),
        caps: Vec::new(),
        awards: Vec::new(),
        offsite: OffsiteRules::none(),
        payers: Vec::new(),
        splits: Vec::new(),
        line_rounding: None,
        case_rounding: None,
    }
}

/// The day whose prices count.
pub(super) fn day(dates: &Dates) -> Result<chrono::NaiveDate, Vec<Finding>> {
    let known = dates.cremation.or(dates.death).or(dates.claim);
    known.ok_or_else(|| {
        let zh = "火化日期、死亡日期、申请日期都没有填写，不能判断按哪一版收费目录".to_owned();
        let en = "No date is given; nobody can say which price list counts".to_owned();
        vec![finding(Severity::Error, "date-missing", "dates.cremation", zh, en)]
    })
}

/// What is wrong with, or worth a word about, a bill without a policy. `known` are the policies of its list in force.
pub(super) fn about(request: &Request, tariff: &Tariff, known: &[&Policy]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !request.claim.classes.is_empty() {
        let zh = "没有写按哪个政策（policy），不能填减免对象的类别（classes）".to_owned();
        let en = "Classes are claimed, but no policy is named".to_owned();
        findings.push(finding(Severity::Error, "class-without-policy", "classes", zh, en));
    }
    if request.claim.offsite.is_some() {
        let zh = "异地火化的报销要写明按哪个政策（policy）".to_owned();
        let en = "A claim for cremation elsewhere must name its policy".to_owned();
        findings.push(finding(Severity::Error, "offsite-without-policy", "policy", zh, en));
    }
    let title = &tariff.head.title;
    findings.push(if known.is_empty() {
        let zh = format!("没有减免政策，按《{}》全额结算，全部由家属支付", title.zh);
        let en = format!("No policy: the full prices of \"{}\" are the family's", title.en);
        finding(Severity::Info, "no-policy-named", "policy", zh, en)
    } else {
        let titles: Vec<String> = known
            .iter()
            .map(|policy| format!("《{}》", policy.head.title.zh))
            .collect();
        let ids: Vec<&str> = known.iter().map(|policy| policy.head.id.as_str()).collect();
        let zh = format!(
            "没有按减免政策结算，全部由家属支付；本目录有 {} 可用，请核对是否漏选",
            titles.join("、")
        );
        let en = format!(
            "Nothing is free, though the policy {} goes with this list",
            ids.join(", ")
        );
        finding(Severity::Warn, "no-policy-named", "policy", zh, en)
    });
    findings
}
