//! Examples of rules, as the file has them: a sound case, changed in one thing, and what one rule then comes to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use toml::de::DeValue;

use super::Rule;
use crate::forms::{
    Answer, Answers, Fact, Facts, Form,
    definition::CASE_DAY,
    reader::{Located, Reader, Table},
};

/// What a rule is expected to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::forms) enum Expected {
    /// It speaks.
    Speaks,
    /// It does not.
    Silent,
    /// It cannot be said.
    Undecided,
}

const EXPECTED: [(&str, Expected); 3] = [
    ("speaks", Expected::Speaks),
    ("silent", Expected::Silent),
    ("undecided", Expected::Undecided),
];

/// What all examples of a file begin with: a case about which no rule has anything to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::forms) struct Base {
    /// Line of the table.
    pub line: usize,
    /// The case's day.
    pub day: NaiveDate,
    /// Answers.
    pub answers: Answers,
    /// Facts.
    pub facts: Facts,
}

/// One example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::forms) struct Example {
    /// Line of the table.
    pub line: usize,
    /// The rule it is about.
    pub rule: String,
    /// The case's day, where it is another than the base's.
    pub day: Option<NaiveDate>,
    /// Answers in the place of the base's; the empty text takes one away.
    pub set: Vec<(String, Answer)>,
    /// Facts in the place of the base's.
    pub facts: Facts,
    /// Paths that are made unknown, whatever their value would be.
    pub unknown: BTreeSet<String>,
    /// What comes out.
    pub expect: Expected,
    /// The sentence, where the example states it.
    pub says: Option<String>,
}

/// What an example came to, where that is not what it expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::forms) struct Ran {
    /// What it came to.
    pub was: Expected,
    /// The sentence, where the rule spoke.
    pub says: Option<String>,
}

impl Expected {
    /// The word of the file.
    pub(in crate::forms) fn word(self) -> &'static str {
        EXPECTED.iter().find(|(_, of)| *of == self).map_or("", |(word, _)| word)
    }
}

impl Example {
    /// The case the example speaks of.
    pub(in crate::forms) fn case(&self, base: &Base) -> (NaiveDate, Answers, Facts) {
        let mut answers = base.answers.clone();
        for (path, answer) in &self.set {
            answers.set(path, answer.clone());
        }
        let mut facts = base.facts.clone();
        facts.0.extend(self.facts.0.clone());
        (self.day.unwrap_or(base.day), answers, facts)
    }

    /// What differs from what the example states, in Chinese; `None` where nothing does.
    pub(in crate::forms) fn differs(&self, ran: &Ran) -> Option<String> {
        if ran.was != self.expect {
            let (expected, was) = (self.expect.word(), ran.was.word());
            return Some(format!("规则“{}”：例子写的是 {expected}，算出来是 {was}", self.rule));
        }
        let (Some(stated), Some(said)) = (&self.says, &ran.says) else {
            return None;
        };
        (stated != said).then(|| format!("规则“{}”：例子写的是“{stated}”，算出来是“{said}”", self.rule))
    }
}

/// Reads `[base]`.
pub(super) fn read_base(reader: &mut Reader<'_>, root: &mut Table<'_>, form: &Form) -> Option<Base> {
    let Some(mut table) = root.table(reader, "base", "base") else {
        reader.fault(1, "base", "缺少 [base]：例子都从一件没有问题的案件出发", None);
        return None;
    };
    let line = table.line;
    let day = table.day(reader, "day");
    if day.is_none() {
        reader.fault(line, "day", "缺少 day（办理日期）", None);
    }
    let mut answers = Answers::default();
    for (path, answer) in answers_of(reader, &mut table, "answers", form) {
        answers.set(&path, answer);
    }
    let facts = facts_of(reader, &mut table, form);
    reader.close(table);
    Some(Base {
        line,
        day: day?,
        answers,
        facts,
    })
}

/// Reads an `[[example]]`.
pub(super) fn read(reader: &mut Reader<'_>, mut table: Table<'_>, form: &Form, rules: &[Rule]) -> Option<Example> {
    let line = table.line;
    let rule = table.needed(reader, "rule");
    let day = table.day(reader, "day");
    let set = answers_of(reader, &mut table, "set", form);
    let facts = facts_of(reader, &mut table, form);
    let unknown = table.texts(reader, "unknown");
    let expect = table.needed(reader, "expect");
    let expect = reader.one_of(&expect, "expect", &EXPECTED);
    let says = table.text(reader, "says").map(|says| says.value);
    reader.close(table);
    if !rules.iter().any(|known| known.id == rule.value) {
        let known: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        reader.unknown_word(&rule, "rule", &known);
        return None;
    }
    for path in &unknown {
        known_path(reader, path, "unknown", form);
    }
    Some(Example {
        line,
        rule: rule.value,
        day,
        set,
        facts,
        unknown: unknown.into_iter().map(|path| path.value).collect(),
        expect: expect?,
        says,
    })
}

fn known_path(reader: &mut Reader<'_>, path: &Located<String>, key: &str, form: &Form) -> bool {
    let facts: Vec<String> = form.facts.iter().map(|fact| format!("facts.{}", fact.id)).collect();
    let mut known: Vec<&str> = form.fields().map(|field| field.path.as_str()).collect();
    known.extend(facts.iter().map(String::as_str));
    known.push(CASE_DAY);
    let stands = known.contains(&path.value.as_str());
    if !stands {
        let problem = format!("没有“{}”", path.value);
        let near = crate::forms::fault::nearest(&path.value, known);
        reader.fault(path.line, key, problem, near);
    }
    stands
}

/// `{ "man.name" = "…" }`; the empty text takes an answer away.
fn answers_of(reader: &mut Reader<'_>, table: &mut Table<'_>, key: &'static str, form: &Form) -> Vec<(String, Answer)> {
    let mut found = Vec::new();
    for (path, value) in table.entries(reader, key) {
        if !known_path(reader, &path, key, form) {
            continue;
        }
        let number = |text: &str| text.parse().ok().map(Answer::Integer);
        let answer = match value {
            DeValue::String(text) => Some(Answer::Text(text.to_string())),
            DeValue::Boolean(flag) => Some(Answer::Flag(*flag)),
            DeValue::Integer(given) => number(given.as_str()),
            _ => None,
        };
        match answer {
            Some(answer) => found.push((path.value, answer)),
            None => reader.wrong_kind(path.line, key, "文字、整数或 true/false", value),
        }
    }
    found
}

fn facts_of(reader: &mut Reader<'_>, table: &mut Table<'_>, form: &Form) -> Facts {
    let mut facts = Facts::default();
    for (id, value) in table.entries(reader, "facts") {
        let Some(spec) = form.facts.iter().find(|spec| spec.id == id.value) else {
            let known: Vec<&str> = form.facts.iter().map(|spec| spec.id.as_str()).collect();
            reader.unknown_word(&id, "facts", &known);
            continue;
        };
        let fact = match (spec.kind.as_str(), value) {
            ("flag", DeValue::Boolean(flag)) => Some(Fact::Flag(*flag)),
            ("text", DeValue::String(text)) => Some(Fact::Text(text.to_string())),
            ("integer", DeValue::Integer(number)) => number.as_str().parse().ok().map(Fact::Integer),
            ("day", DeValue::String(text)) => text.parse().ok().map(Fact::Day),
            _ => None,
        };
        match fact {
            Some(fact) => facts = facts.with(&id.value, fact),
            None => reader.wrong_kind(id.line, "facts", &format!(" {} ", spec.kind), value),
        }
    }
    facts
}

/// Every rule needs an example in which it speaks, one in which it does not, and one with each input unknown.
pub(super) fn lacking(reader: &mut Reader<'_>, rules: &[Rule], examples: &[Example]) {
    let mut written: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        written.entry(&rule.written).or_default().push(rule);
    }
    for (id, versions) in written {
        let line = versions.first().map_or(0, |rule| rule.line);
        let own = |example: &&Example| versions.iter().any(|rule| rule.id == example.rule);
        for expected in [Expected::Speaks, Expected::Silent] {
            if !examples.iter().filter(own).any(|example| example.expect == expected) {
                let problem = format!("规则“{id}”缺少一个 expect = \"{}\" 的 [[example]]", expected.word());
                reader.fault(line, "example", problem, None);
            }
        }
        // An input stands at the same place in each version of a rule.
        let inputs = versions.first().map(|rule| rule.when.inputs()).unwrap_or_default();
        for (at, input) in inputs.iter().enumerate().filter(|(_, input)| **input != CASE_DAY) {
            let shows = |example: &&Example| {
                let rule = versions.iter().find(|rule| rule.id == example.rule);
                let path = rule.and_then(|rule| rule.when.inputs().get(at).map(|path| (*path).to_owned()));
                path.is_some_and(|path| example.unknown.contains(&path))
            };
            if !examples.iter().any(|example| shows(&example)) {
                let problem = format!("规则“{id}”缺少一个 unknown = [\"{input}\"] 的 [[example]]");
                reader.fault(line, "example", problem, None);
            }
        }
    }
}
