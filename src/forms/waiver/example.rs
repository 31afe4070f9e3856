//! Worked cases inside a file: a claim and what must come of it. They are the tests of a policy, run by the check.

use chrono::NaiveDate;

use toml::de::DeValue;

use super::{
    condition::Vocabulary,
    reader::{Located, Reader, Table},
};
use crate::domain::{
    money::Fen,
    waiver::{BillLine, Claim, DateKind, Dates, Known, Offsite, Outcome, Settlement, Verdict},
};

const VERDICTS: [(&str, Verdict); 3] = [
    ("settled", Verdict::Settled),
    ("refused", Verdict::Refused),
    ("incomplete", Verdict::Incomplete),
];

/// A worked case.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub name: String,
    /// The price list, where it is not the policy's first.
    pub tariff: Option<String>,
    pub claim: Claim,
    pub expect: Expected,
}

/// What must come of it; what is not stated is not compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    pub line: usize,
    pub outcome: Option<Verdict>,
    pub listed: Option<Fen>,
    pub free: Option<Fen>,
    pub family: Option<Fen>,
    pub lines: Vec<(usize, ExpectedLine)>,
    pub payers: Vec<(Located<String>, Fen)>,
    pub awards: Vec<(Located<String>, Fen)>,
    pub findings: Vec<Located<String>>,
}

/// What must come of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct ExpectedLine {
    pub item: String,
    pub listed: Option<Fen>,
    pub free: Option<Fen>,
    pub family: Option<Fen>,
}

/// What an example may speak of. A price list knows no facts, classes or papers: there anything may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speech<'a> {
    /// Facts; `None` where any may stand.
    pub facts: Option<&'a Vocabulary>,
    /// Attributes of a line.
    pub lines: &'a Vocabulary,
    /// Ids of classes.
    pub classes: &'a [String],
    /// Ids of papers.
    pub evidence: &'a [String],
}

impl Speech<'_> {
    /// A fact's value. An unknown fact is a slip that would make the example prove nothing.
    fn fact(&self, reader: &mut Reader<'_>, key: &Located<String>, value: &DeValue<'_>) -> Option<Known> {
        let Some(facts) = self.facts else {
            return self.lines.value(reader, key, value);
        };
        if facts.kind(&key.value).is_none() && self.lines.kind(&key.value).is_none() {
            reader.unknown_word(key, "facts", &facts.names());
            return None;
        }
        match facts.kind(&key.value) {
            Some(_) => facts.value(reader, key, value),
            None => self.lines.value(reader, key, value),
        }
    }

    fn words(&self, reader: &mut Reader<'_>, words: Vec<Located<String>>, key: &str, known: &[String]) -> Vec<String> {
        for word in words
            .iter()
            .filter(|word| self.facts.is_some() && !known.contains(&word.value))
        {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            reader.unknown_word(word, key, &known);
        }
        words.into_iter().map(|word| word.value).collect()
    }
}

/// Reads `[[example]]`.
pub(super) fn read(reader: &mut Reader<'_>, speech: Speech<'_>, mut table: Table<'_>) -> Example {
    let name = table.needed(reader, "name").value;
    let tariff = table.text(reader, "tariff").map(|text| text.value);
    let dates = Dates {
        death: table.day(reader, "death"),
        cremation: table.day(reader, "cremation"),
        claim: table.day(reader, "claim"),
    };
    let birth = table.day(reader, "birth");
    let classes = table.texts(reader, "classes");
    let classes = speech.words(reader, classes, "classes", speech.classes);
    let mut facts = std::collections::BTreeMap::new();
    for (key, value) in table.entries(reader, "facts") {
        facts.extend(speech.fact(reader, &key, value).map(|known| (key.value, known)));
    }
    let stated = table.has("evidence");
    let evidence = table.texts(reader, "evidence");
    let evidence = speech.words(reader, evidence, "evidence", speech.evidence);
    let mut choices = std::collections::BTreeMap::new();
    for (key, value) in table.entries(reader, "choices") {
        choices.extend(
            reader
                .text_of(key.line, &key.value, value)
                .map(|text| (key.value, text.value)),
        );
    }
    let offsite = table.flag(reader, "offsite").unwrap_or(false).then(Offsite::default);
    let bill = table
        .tables(reader, "bill", "bill")
        .into_iter()
        .map(|own| bill_line(reader, speech.lines, own))
        .collect();
    let expect_line = table.line_of("expect");
    let expect = match table.table(reader, "expect", "expect") {
        Some(own) => expected(reader, own),
        None => {
            reader.fault(expect_line, "expect", "缺少 [example.expect]：应得的结果", None);
            Expected::default()
        }
    };
    reader.close(table);
    Example {
        name,
        tariff,
        claim: Claim {
            dates,
            birth,
            classes,
            facts,
            evidence: stated.then(|| evidence.into_iter().collect()),
            choices,
            offsite,
            bill,
        },
        expect,
    }
}

fn bill_line(reader: &mut Reader<'_>, names: &Vocabulary, mut table: Table<'_>) -> BillLine {
    let item = table.needed(reader, "item").value;
    let quantity = table.take(reader, "quantity");
    let quantity = quantity.and_then(|(line, value)| match reader.known_of(line, "quantity", value)? {
        Known::Number(quantity) => Some(quantity),
        _ => {
            reader.wrong_kind(line, "quantity", "数", value);
            None
        }
    });
    let unit_price = table.yuan(reader, "unit_price");
    let name = table.plain(reader, "name");
    let mut attributes: Vec<(String, Known)> = Vec::new();
    for (key, value) in table.rest() {
        attributes.extend(names.value(reader, &key, value).map(|known| (key.value, known)));
    }
    BillLine {
        item,
        quantity,
        unit_price,
        attributes,
        name,
    }
}

fn expected(reader: &mut Reader<'_>, mut table: Table<'_>) -> Expected {
    let outcome = table.text(reader, "outcome");
    let outcome = outcome.and_then(|word| reader.one_of(&word, "outcome", &VERDICTS));
    let amounts = |reader: &mut Reader<'_>, table: &mut Table<'_>, key| {
        let mut amounts = Vec::new();
        for (key, value) in table.entries(reader, key) {
            let amount = reader.yuan_of(key.line, &key.value, value);
            amounts.extend(amount.map(|amount| (key, amount)));
        }
        amounts
    };
    let payers = amounts(reader, &mut table, "payers");
    let awards = amounts(reader, &mut table, "awards");
    let mut lines = Vec::new();
    for mut own in table.tables(reader, "lines", "expect_line") {
        let expected = ExpectedLine {
            item: own.needed(reader, "item").value,
            listed: own.yuan(reader, "listed"),
            free: own.yuan(reader, "free"),
            family: own.yuan(reader, "family"),
        };
        lines.push((own.line, expected));
        reader.close(own);
    }
    let expected = Expected {
        line: table.line,
        outcome,
        listed: table.yuan(reader, "listed"),
        free: table.yuan(reader, "free"),
        family: table.yuan(reader, "family"),
        lines,
        payers,
        awards,
        findings: table.texts(reader, "findings"),
    };
    reader.close(table);
    expected
}

impl Example {
    /// The day by which versions are chosen, where the example gives it.
    pub fn day(&self, kind: DateKind) -> Option<NaiveDate> {
        self.claim.dates.get(kind)
    }

    /// What differs from the expected: line and sentence.
    pub fn differences(&self, outcome: &Outcome) -> Vec<(usize, String)> {
        let mut wrong = Vec::new();
        let expect = &self.expect;
        let verdict = expect.outcome.unwrap_or(Verdict::Settled);
        let word = |verdict: Verdict| {
            VERDICTS
                .iter()
                .find(|(_, own)| *own == verdict)
                .map_or("", |(word, _)| word)
        };
        if outcome.verdict != verdict {
            let said: Vec<String> = outcome
                .findings
                .iter()
                .map(|f| format!("{}：{}", f.rule, f.says))
                .collect();
            let got = format!(
                "应为 {}，实为 {}（{}）",
                word(verdict),
                word(outcome.verdict),
                said.join("；")
            );
            wrong.push((expect.line, got));
        }
        for rule in &expect.findings {
            if !outcome.findings.iter().any(|finding| finding.rule == rule.value) {
                let said: Vec<&str> = outcome.findings.iter().map(|finding| finding.rule.as_str()).collect();
                wrong.push((
                    rule.line,
                    format!("没有提示“{}”，有的是 {}", rule.value, said.join("、")),
                ));
            }
        }
        if let Some(settlement) = &outcome.settlement {
            self.sums(settlement, &mut wrong);
        }
        wrong
    }

    fn sums(&self, settlement: &Settlement, wrong: &mut Vec<(usize, String)>) {
        let expect = &self.expect;
        let mut compare = |line: usize, what: &str, expected: Option<Fen>, got: Fen| {
            if let Some(expected) = expected.filter(|expected| *expected != got) {
                wrong.push((line, format!("{what}应为 {expected}，算得 {got}")));
            }
        };
        compare(expect.line, "总价", expect.listed, settlement.listed);
        compare(expect.line, "减免", expect.free, settlement.free);
        compare(expect.line, "自付", expect.family, settlement.family);
        for (payer, amount) in &expect.payers {
            let got = settlement.payers.iter().find(|borne| borne.payer == payer.value);
            let got = got.map_or(Fen::ZERO, |borne| borne.amount);
            compare(payer.line, &format!("{} 承担", payer.value), Some(*amount), got);
        }
        for (award, amount) in &expect.awards {
            let got = settlement.awards.iter().find(|own| own.id == award.value);
            let got = got.map_or(Fen::ZERO, |own| own.amount);
            compare(award.line, &format!("奖补 {}", award.value), Some(*amount), got);
        }
        let mut used = vec![false; settlement.lines.len()];
        for (line, expected) in &expect.lines {
            // Lines of one item are matched in the order of the bill.
            let mut open = settlement.lines.iter().zip(used.iter_mut());
            let found = open.find(|(own, used)| own.item == expected.item && !**used);
            let Some((own, used)) = found else {
                compare(
                    *line,
                    &format!("没有“{}”这一行：", expected.item),
                    Some(Fen(1)),
                    Fen::ZERO,
                );
                continue;
            };
            *used = true;
            let name = |what: &str| format!("{} {what}", expected.item);
            compare(*line, &name("总价"), expected.listed, own.listed);
            compare(*line, &name("减免"), expected.free, own.free);
            compare(*line, &name("自付"), expected.family, own.family);
        }
    }
}
