//! How findings of a settlement are built.

use super::status::Words;
use crate::domain::finding::{Finding, Severity};

/// A finding of a rule about a field, said in both languages.
pub fn say(severity: Severity, rule: &str, field: Option<String>, zh: String, en: String) -> Finding {
    Finding::plain(severity, rule, field.as_deref(), zh, en)
}

/// The same with the sentence of the notice it rests on.
pub fn quoted(mut finding: Finding, quote: &str) -> Finding {
    if !quote.is_empty() {
        finding.article = Some(quote.to_owned());
    }
    finding
}

/// An amount that cannot be counted.
pub fn overflow(field: Option<String>) -> Finding {
    let zh = "金额太大，无法计算：请核对数量和单价";
    let en = "The amount is too large to be counted: check quantity and price";
    say(Severity::Error, "overflow", field, zh.into(), en.into())
}

/// The path of a line of the bill, from 1.
pub fn line_field(line: usize) -> Option<String> {
    Some(format!("bill.{}", line + 1))
}

/// Something that a file does not know.
pub fn not_known(rule: &str, field: Option<String>, what: &str, what_en: &str, reason: &Words) -> Finding {
    let zh = format!("“{what}”的规定本文件没有原文可依，不能计算：{}", reason.zh);
    let en = format!(
        "The published text on \"{what_en}\" is not known to this file, nothing is computed: {}",
        reason.en
    );
    say(Severity::Refuse, rule, field, zh, en)
}
