//! Sentences of findings that are raised in Rust (`rules/messages.toml`), by their codes.

use std::collections::BTreeMap;

use super::{
    Fault,
    paper::Template,
    reader::{Located, Reader, Table},
    rule::SEVERITY,
    source::DataFile,
};
use crate::domain::finding::{Finding, Severity};

/// What the examination itself may say, and how much it must weigh: a file changes the words, never the weight.
pub(super) const EXAMINATION: [(&str, Severity); 28] = [
    ("answer.required", Severity::Error),
    ("answer.wanted", Severity::Warn),
    ("answer.kind", Severity::Error),
    ("answer.control", Severity::Error),
    ("answer.invisible", Severity::Warn),
    ("answer.too-long", Severity::Error),
    ("answer.id-number", Severity::Error),
    ("answer.id-hint", Severity::Warn),
    ("answer.area-unknown", Severity::Warn),
    ("answer.name", Severity::Error),
    ("answer.name-dot", Severity::Warn),
    ("answer.date", Severity::Error),
    ("answer.money", Severity::Error),
    ("answer.code", Severity::Error),
    ("answer.code-near", Severity::Error),
    ("answer.code-ended", Severity::Error),
    ("answer.phone", Severity::Error),
    ("answer.address", Severity::Error),
    ("answer.bank-card", Severity::Error),
    ("answer.certificate-number", Severity::Error),
    ("answer.blank-serial", Severity::Error),
    ("answer.derived-differs", Severity::Error),
    ("answer.override-reason", Severity::Error),
    ("answer.overridden", Severity::Warn),
    ("answer.unknown", Severity::Error),
    ("answer.unknown-near", Severity::Error),
    ("rule.undecided", Severity::Error),
    ("rule.undecided-confirm", Severity::Confirm),
];

/// What papers say in the program's name: texts of law, opinions, remedies. No paper is made without its words.
const PAPERS: [&str; 27] = [
    "marriage.opinion-registered",
    "marriage.opinion-recorded",
    "marriage.day-recorded",
    "marriage.next-refused",
    "marriage.declaration-shown",
    "marriage.number-pending",
    "marriage.source-number",
    "marriage.source-declared",
    "marriage.source-shown",
    "marriage.source-checked",
    "marriage.source-put-right",
    "marriage.put-right-title",
    "marriage.put-right",
    "marriage.put-right-note",
    "waiver.next-refused",
    "waiver.first-time",
    "waiver.again",
    "waiver.follows",
    "waiver.free-more",
    "waiver.free-less",
    "waiver.handed-back",
    "waiver.paid-more",
    "waiver.award-more",
    "waiver.award-less",
    "waiver.invoice-more",
    "waiver.invoice-less",
    "waiver.to-the-family",
];

/// One message.
#[derive(Debug, Clone, PartialEq)]
struct Message {
    severity: Severity,
    says: Template,
    says_en: Template,
    article: Option<String>,
}

/// All messages by code, and the texts of papers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Messages {
    said: BTreeMap<String, Message>,
    printed: BTreeMap<String, Template>,
}

/// Values of a message's parameters.
pub(super) type Params = BTreeMap<String, String>;

impl Messages {
    /// Reads the file.
    pub(super) fn read(file: &DataFile) -> (Self, Vec<Fault>) {
        let mut reader = Reader::new(&file.path, &file.text);
        let parsed = reader.parse();
        let mut root = reader.open("messages", parsed.get_ref(), 1);
        root.text(&mut reader, "based_on");
        let mut messages = Self::default();
        for table in root.tables(&mut reader, "message", "message") {
            if let Some((code, message)) = message(&mut reader, table)
                && messages.said.insert(code.value.clone(), message).is_some()
            {
                reader.fault(code.line, "code", format!("“{}”出现两次", code.value), None);
            }
        }
        for mut table in root.tables(&mut reader, "text", "text") {
            let code = table.id(&mut reader, "code");
            let says = template(&mut reader, &mut table, "says");
            table.needed(&mut reader, "source");
            reader.close(table);
            if let Some(says) = says
                && messages.printed.insert(code.value.clone(), says).is_some()
            {
                reader.fault(code.line, "code", format!("“{}”出现两次", code.value), None);
            }
        }
        reader.close(root);
        for code in PAPERS.iter().filter(|code| !messages.printed.contains_key(**code)) {
            reader.fault(0, code, format!("缺少文书用语“{code}”"), None);
        }
        for (code, severity) in EXAMINATION {
            match messages.said.get(code) {
                Some(message) if message.severity == severity => {}
                Some(_) => reader.fault(0, code, format!("“{code}”的 severity 不能改"), None),
                None => reader.fault(0, code, format!("缺少“{code}”的文字"), None),
            }
        }
        (messages, reader.faults)
    }

    /// The finding of a code; `None` where no message has it.
    pub(super) fn finding(&self, code: &str, field: Option<&str>, params: Params) -> Option<Finding> {
        let message = self.said.get(code)?;
        let value = |name: &str| Some(params.get(name).map_or("…", String::as_str));
        let says = message.says.fill(value).unwrap_or_default();
        let says_en = message.says_en.fill(value).unwrap_or_default();
        Some(Finding {
            severity: message.severity,
            rule: code.to_owned(),
            field: field.map(str::to_owned),
            says,
            says_en,
            article: message.article.clone(),
            params,
        })
    }

    /// A text of papers with its values; `None` where the file lacks it.
    pub(super) fn text(&self, code: &str, params: &Params) -> Option<String> {
        let value = |name: &str| Some(params.get(name).map_or("…", String::as_str));
        self.printed.get(code)?.fill(value).ok()
    }

    /// The findings by which a person may refuse a case.
    pub(super) fn grounds(&self) -> Vec<Finding> {
        let codes = self
            .said
            .iter()
            .filter(|(_, message)| message.severity == Severity::Refuse);
        codes
            .filter_map(|(code, _)| self.finding(code, None, Params::new()))
            .collect()
    }

    /// The finding of one of [`EXAMINATION`]; its bare code stands in for words that a broken file has lost.
    pub(super) fn examined(&self, code: &str, field: Option<&str>, params: Params) -> Finding {
        self.finding(code, field, params.clone()).unwrap_or_else(|| {
            let known = EXAMINATION.iter().find(|(known, _)| *known == code);
            let severity = known.map_or(Severity::Error, |(_, severity)| *severity);
            Finding {
                params,
                ..Finding::plain(severity, code, field, code, code)
            }
        })
    }
}

fn message(reader: &mut Reader<'_>, mut table: Table<'_>) -> Option<(Located<String>, Message)> {
    let code = table.id(reader, "code");
    let severity = table.needed(reader, "severity");
    let severity = reader.one_of(&severity, "severity", &SEVERITY);
    let says = template(reader, &mut table, "says");
    let says_en = template(reader, &mut table, "says_en");
    let article = table.text(reader, "article").map(|article| article.value);
    reader.close(table);
    let message = Message {
        severity: severity?,
        says: says?,
        says_en: says_en?,
        article,
    };
    Some((code, message))
}

fn template(reader: &mut Reader<'_>, table: &mut Table<'_>, key: &'static str) -> Option<Template> {
    let text = table.needed(reader, key);
    Template::parse(&text.value)
        .map_err(|problem| reader.fault(text.line, key, problem, None))
        .ok()
}

/// Parameters of a message.
pub(super) fn params<const N: usize>(given: [(&str, &str); N]) -> Params {
    given.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Messages, Vec<Fault>) {
        Messages::read(&DataFile::new("rules/messages.toml", text.to_owned(), true))
    }

    #[test]
    fn words_are_filled_in_both_languages() {
        let text = "[[message]]\ncode = \"x\"\nseverity = \"warn\"\nsays = \"少{n}本\"\nsays_en = \"{n} missing\"\n";
        let (messages, _) = read(text);
        let finding = messages.finding("x", Some("man.name"), params([("n", "2")])).unwrap();
        assert_eq!(
            (finding.says.as_str(), finding.says_en.as_str()),
            ("少2本", "2 missing")
        );
        assert_eq!(finding.severity, Severity::Warn);
        assert!(messages.finding("y", None, Params::new()).is_none());
    }

    #[test]
    fn lost_words_and_changed_weights_are_faults() {
        let text = "[[message]]\ncode = \"answer.required\"\nseverity = \"info\"\nsays = \"a\"\nsays_en = \"b\"\n";
        let (messages, faults) = read(text);
        assert!(faults.iter().any(|fault| fault.key == "answer.required"));
        assert!(faults.iter().any(|fault| fault.key == "answer.date"));
        assert_eq!(
            messages.examined("answer.date", None, Params::new()).severity,
            Severity::Error
        );
    }
}
