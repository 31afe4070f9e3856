//! Every refusal says on what it rests and what the person can do next (I10).

use crate::domain::{
    finding::{Finding, Severity},
    waiver::{Policy, Tariff},
};

/// What can be done after a refusal, by its rule.
const STEPS: [(&str, &str, &str); 12] = [
    (
        "off-list",
        "核对代码；目录没有的项目从账单删去，漏录的请管理员按价格文件补入目录",
        "check the code; take it off the bill, or have the list completed from its notice",
    ),
    (
        "above-list",
        "按目录价收，多收的退还；价格已调整的请管理员换上新的目录",
        "charge the list's price; if prices have changed, have the new list put in",
    ),
    (
        "included-twice",
        "从账单删去这一行，已收的退还",
        "take the line off the bill and give back what was charged",
    ),
    (
        "no-rate",
        "核对所填的情形；目录没有定价的情形不得收费，请向价格主管部门核实",
        "check what was stated; what the list does not price must not be charged",
    ),
    (
        "price-unknown",
        "请管理员按价格文件原文补入后再结算",
        "have the list completed from its notice, then settle",
    ),
    (
        "policy-unknown",
        "请管理员按政策原文补入后再结算，或把这一行按自费另结",
        "have the policy completed from its notice, or bill this line alone",
    ),
    (
        "claim-late",
        "有正当原因的可向民政部门书面说明申请；费用先按自费结算",
        "reasons may be put to the civil affairs office in writing; the bill is settled in full",
    ),
    (
        "no-policy",
        "核对日期；按当时有效的政策办理，或不写政策按收费目录全额结算",
        "check the dates; use the policy of that time, or settle by the price list alone",
    ),
    (
        "no-tariff",
        "核对日期；请管理员放入当日有效的收费目录",
        "check the dates; have the price list of that day put in",
    ),
    (
        "policy-not-usable",
        "等正式文件施行，或请管理员改用有效的版本",
        "wait for the version in force, or have it put in",
    ),
    (
        "offsite-not-allowed",
        "可向火化地的民政部门申请减免，或查其他政策",
        "claim where the cremation was, or look for another policy",
    ),
    (
        "payer-unknown",
        "请管理员在政策文件写明由谁承担（[[split]]）",
        "have the policy say who bears it ([[split]])",
    ),
];

/// What can be done where the policy's own conditions say no.
const OTHERWISE: (&str, &str) = (
    "所填有误的请更正；确实不符合的，可查其他政策，费用按自费结算",
    "correct what was stated; else look for another policy, the bill is settled in full",
);

/// Completes refusals: the source of the file they rest on where no sentence of it is quoted, and the next step.
pub(super) fn complete(findings: &mut [Finding], policy: Option<&Policy>, tariff: Option<&Tariff>) {
    for finding in findings.iter_mut().filter(|own| own.severity == Severity::Refuse) {
        let by_list = ["off-list", "above-list", "included-twice", "no-rate", "price-unknown"];
        let head = if by_list.contains(&finding.rule.as_str()) {
            tariff.map(|tariff| &tariff.head)
        } else {
            policy.map(|policy| &policy.head)
        };
        if finding.article.is_none() {
            let source = head
                .map(|head| head.source.as_str())
                .filter(|source| !source.is_empty());
            finding.article = source.map(str::to_owned);
        }
        let known = STEPS.iter().find(|(rule, ..)| *rule == finding.rule);
        let (zh, en) = known.map_or(OTHERWISE, |(_, zh, en)| (*zh, *en));
        if !finding.says.contains(zh) {
            finding.says = format!("{}。{zh}", finding.says.trim_end_matches('。'));
            finding.says_en = format!("{}; {en}", finding.says_en.trim_end_matches('.'));
        }
    }
}
