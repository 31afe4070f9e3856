//! What the desk has to say about a case: one [`Finding`] for each rule that speaks.
//!
//! A finding is a value; its sentence is presentation and was rendered from the rule's text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How much a finding weighs, heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The law says no (不予办理): the case can only be closed as refused.
    Refuse,
    /// Something is wrong or missing; the case cannot go on until it is put right.
    Error,
    /// A person must say yes, with a reason that is recorded.
    Confirm,
    /// Worth a look; nothing stops.
    Warn,
    /// Good to know.
    Info,
}

/// One thing that a rule, or a check of the desk, says about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's id, such as `age-man`.
    pub rule: String,
    /// The path of the answer it is about, such as `man.birth`.
    pub field: Option<String>,
    /// The values its sentence was made from.
    pub params: BTreeMap<String, String>,
    /// The sentence in Chinese.
    pub says: String,
    /// The sentence in English; not part of the exchanged JSON.
    #[serde(skip_serializing, default)]
    pub says_en: String,
    /// The article or the line of a policy it rests on (条款).
    pub article: Option<String>,
}

impl Finding {
    /// A finding that is its sentence alone: no values behind it, no article.
    pub fn plain(
        severity: Severity,
        rule: impl Into<String>,
        field: Option<&str>,
        says: impl Into<String>,
        says_en: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            rule: rule.into(),
            field: field.map(str::to_owned),
            params: BTreeMap::new(),
            says: says.into(),
            says_en: says_en.into(),
            article: None,
        }
    }

    /// Whether the case cannot be registered while this finding stands unanswered.
    pub fn stops(&self) -> bool {
        self.severity <= Severity::Confirm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_refusals_errors_and_open_confirmations_stop_a_case() {
        let finding = |severity| Finding::plain(severity, "r", None, "", "");
        assert!(finding(Severity::Refuse).stops());
        assert!(finding(Severity::Error).stops());
        assert!(finding(Severity::Confirm).stops());
        assert!(!finding(Severity::Warn).stops());
        assert!(!finding(Severity::Info).stops());
    }
}
