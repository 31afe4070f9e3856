//! A policy from its file: who, until when, cremation elsewhere. What they get is in `benefit`, who bears it in `sharing`.

use toml::de::DeValue;

use super::{
    award, benefit, choice,
    condition::{self, Vocabulary},
    example::{self, Example, Speech},
    head,
    reader::{Located, Reader, Table},
    sharing,
};
use crate::domain::{
    money::Fen,
    waiver::{
        Award, Class, ClassAmount, Condition, DateKind, Evidence, FactKind, FactSpec, Known, OffsiteRule, OffsiteRules,
        Policy, Requirement, Stacking, Step, Test, Window, Words,
    },
};

const DATES: [(&str, DateKind); 3] = [
    ("death", DateKind::Death),
    ("cremation", DateKind::Cremation),
    ("claim", DateKind::Claim),
];
const KINDS: [(&str, FactKind); 6] = [
    ("flag", FactKind::Flag),
    ("number", FactKind::Number),
    ("money", FactKind::Money),
    ("day", FactKind::Day),
    ("text", FactKind::Text),
    ("area", FactKind::Area),
];
const STACKING: [(&str, Stacking); 3] = [
    ("add", Stacking::Add),
    ("replace", Stacking::Replace),
    ("highest", Stacking::Highest),
];
const RULES: [(&str, OffsiteRule); 3] = [
    ("actual", OffsiteRule::Actual),
    ("benefits", OffsiteRule::Benefits),
    ("home_prices", OffsiteRule::HomePrices),
];

/// A policy with its examples and where its parts stand.
#[derive(Debug)]
pub(super) struct PolicyFile {
    pub policy: Policy,
    pub examples: Vec<Example>,
    /// Line of the key `tariffs`.
    pub tariffs_line: usize,
}

/// Names that parts of a policy may refer to.
pub(super) struct Names {
    /// Facts and what follows from the claim.
    pub facts: Vocabulary,
    /// The same and the attributes of a line.
    pub lines: Vocabulary,
    /// Ids of classes.
    pub classes: Vec<String>,
    /// Ids of evidence.
    pub evidence: Vec<String>,
}

/// Reads a file; `None` where it is too broken, with the faults in the reader.
pub(super) fn read(reader: &mut Reader<'_>, sha256: String) -> Option<PolicyFile> {
    let parsed = reader.parse();
    let mut file = reader.open("policy", parsed.get_ref(), 1);
    let head = head::read(reader, &mut file, sha256);
    let tariffs_line = file.line_of("tariffs");
    let tariffs: Vec<String> = file
        .texts(reader, "tariffs")
        .into_iter()
        .map(|text| text.value)
        .collect();
    if tariffs.is_empty() {
        reader.fault(tariffs_line, "tariffs", "缺少 tariffs：本政策对应的收费目录 id", None);
    }
    let chosen = file.needed(reader, "chosen_by");
    let chosen_by = reader.one_of(&chosen, "chosen_by", &DATES);
    let (line_rounding, case_rounding) = rounding(reader, &mut file);
    let (facts, vocabulary) = facts(reader, &mut file);
    let evidence = evidence(reader, &mut file);
    let mut names = Names {
        lines: vocabulary.with(&Vocabulary::of_lines()),
        facts: vocabulary,
        classes: Vec::new(),
        evidence: evidence.iter().map(|evidence| evidence.id.clone()).collect(),
    };
    for (key, value) in file.entries(reader, "attributes") {
        let kind = reader.text_of(key.line, &key.value, value);
        if let Some(kind) = kind.and_then(|kind| reader.one_of(&kind, &key.value, &KINDS)) {
            names.lines.add(&key.value, kind);
        }
    }
    let eligibility = requirements(reader, &mut file, &names, "eligibility");
    let window = file
        .table(reader, "claim_within", "claim_within")
        .and_then(|table| window(reader, table, &names));
    let (class_lines, classes): (Vec<usize>, Vec<Class>) = classes(reader, &mut file, &names).into_iter().unzip();
    names.classes = classes.iter().map(|class| class.id.clone()).collect();
    let benefits = benefit::benefits(reader, &mut file, &names);
    let caps = choice::caps(reader, &mut file, &names, &benefits);
    let awards = award::awards(reader, &mut file, &names, &benefits);
    for (line, class) in class_lines.iter().zip(&classes) {
        let paid = |award: &Award| award.classes.is_empty() || award.classes.contains(&class.id);
        let something = benefits.iter().any(|benefit| benefit.is_for(class)) || awards.iter().any(paid);
        if class.stacking == Stacking::Replace && !something {
            let problem = "只按本类计（replace），而没有一项减免或奖补给本类：写明给什么，或删去 stacking";
            reader.fault(*line, "stacking", problem, None);
        }
    }
    let alternatives = choice::alternatives(reader, &mut file, &benefits, &awards);
    let offsite = offsite(reader, &mut file, &names);
    let (payers, splits) = sharing::read(reader, &mut file, &names, &awards);
    let examples = file.tables(reader, "example", "example");
    let speech = Speech {
        facts: Some(&names.facts),
        lines: &names.lines,
        classes: &names.classes,
        evidence: &names.evidence,
    };
    let examples = examples
        .into_iter()
        .map(|table| example::read(reader, speech, table))
        .collect();
    reader.close(file);
    Some(PolicyFile {
        policy: Policy {
            head: head?,
            tariffs,
            chosen_by: chosen_by?,
            facts,
            evidence,
            eligibility,
            window,
            classes,
            benefits,
            alternatives,
            caps,
            awards,
            offsite,
            payers,
            splits,
            line_rounding,
            case_rounding,
        },
        examples,
        tariffs_line,
    })
}

fn rounding(reader: &mut Reader<'_>, file: &mut Table<'_>) -> (Option<Step>, Option<Step>) {
    let Some(mut table) = file.table(reader, "rounding", "rounding") else {
        return (None, None);
    };
    let step = head::step(reader, &mut table);
    let per = table.needed(reader, "per");
    let per_line = reader.one_of(&per, "per", &[("line", true), ("case", false)]);
    reader.close(table);
    match per_line {
        Some(true) => (step, None),
        Some(false) => (None, step),
        None => (None, None),
    }
}

fn facts(reader: &mut Reader<'_>, file: &mut Table<'_>) -> (Vec<FactSpec>, Vocabulary) {
    let mut facts: Vec<FactSpec> = Vec::new();
    let mut names = Vocabulary::of_claims();
    for mut table in file.tables(reader, "fact", "fact") {
        let id = table.id(reader, "id");
        let kind = table.needed(reader, "kind");
        let kind = reader.one_of(&kind, "kind", &KINDS);
        let label = Words::new(table.needed(reader, "label").value, table.plain(reader, "label_en"));
        reader.close(table);
        if facts.iter().any(|fact| fact.id == id.value) {
            reader.fault(id.line, "id", format!("事实“{}”写了两次", id.value), None);
        }
        if let Some(kind) = kind {
            names.add(&id.value, kind);
            facts.push(FactSpec {
                id: id.value,
                kind,
                label,
            });
        }
    }
    (facts, names)
}

fn evidence(reader: &mut Reader<'_>, file: &mut Table<'_>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for mut table in file.tables(reader, "evidence", "evidence") {
        let id = table.id(reader, "id").value;
        let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
        reader.close(table);
        evidence.push(Evidence { id, name });
    }
    evidence
}

/// A condition where the key stands.
pub(super) fn when(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    names: &Vocabulary,
) -> Option<Condition> {
    let (line, value) = table.take(reader, key)?;
    Some(condition::read(reader, names, line, value))
}

/// Words that must be among the known.
pub(super) fn known_words(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    known: &[String],
) -> Vec<String> {
    let words = table.texts(reader, key);
    let list: Vec<&str> = known.iter().map(String::as_str).collect();
    for word in words.iter().filter(|word| !known.contains(&word.value)) {
        reader.unknown_word(word, key, &list);
    }
    words.into_iter().map(|word| word.value).collect()
}

fn requirements(reader: &mut Reader<'_>, parent: &mut Table<'_>, names: &Names, key: &'static str) -> Vec<Requirement> {
    let mut requirements = Vec::new();
    for mut table in parent.tables(reader, key, "eligibility") {
        let id = table.id(reader, "id").value;
        let line = table.line;
        let when = when(reader, &mut table, "when", &names.facts);
        if when.is_none() {
            reader.fault(line, "when", "缺少 when（必须满足的条件）", None);
        }
        let says = Words::new(table.needed(reader, "says").value, table.plain(reader, "says_en"));
        let quote = table.plain(reader, "quote");
        let onsite_only = table.flag(reader, "onsite_only").unwrap_or(false);
        reader.close(table);
        let Some(mut when) = when else {
            continue;
        };
        if onsite_only {
            let elsewhere = Condition::Test("offsite".into(), Test::Is(Known::Flag(true)));
            when = Condition::Any(vec![elsewhere, when]);
        }
        requirements.push(Requirement { id, when, says, quote });
    }
    requirements
}

/// How long after a day: death, cremation, claim, or a day fact such as the burial.
pub(super) fn window(reader: &mut Reader<'_>, mut table: Table<'_>, names: &Names) -> Option<Window> {
    let line = table.line;
    let from = table.needed(reader, "from");
    let fact = (names.facts.kind(&from.value) == Some(FactKind::Day)).then(|| from.value.clone());
    let from = match fact {
        Some(_) => Some(DateKind::Claim),
        None => reader.one_of(&from, "from", &DATES),
    };
    let years = table.whole(reader, "years", 100).unwrap_or(0);
    let months = table.whole(reader, "months", 1200).unwrap_or(0);
    let days = table.whole(reader, "days", 36_500).unwrap_or(0);
    let working_days = table.whole(reader, "working_days", 1000).unwrap_or(0);
    if years + months + days + working_days == 0 {
        let problem = "期限要写 years、months、days 或 working_days（工作日）";
        reader.fault(line, "days", problem, None);
    }
    let quote = table.plain(reader, "quote");
    reader.close(table);
    Some(Window {
        from: from?,
        from_fact: fact,
        months: u32::try_from(years * 12 + months).unwrap_or(0),
        days: u32::try_from(days).unwrap_or(0),
        working_days: u32::try_from(working_days).unwrap_or(0),
        quote,
    })
}

/// The classes, each with its line.
fn classes(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names) -> Vec<(usize, Class)> {
    let mut classes: Vec<(usize, Class)> = Vec::new();
    for mut table in file.tables(reader, "class", "class") {
        let line = table.line;
        let id = table.id(reader, "id");
        let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
        let when = when(reader, &mut table, "when", &names.facts);
        let evidence = known_words(reader, &mut table, "evidence", &names.evidence);
        let evidence_any = known_words(reader, &mut table, "evidence_any", &names.evidence);
        let stacking = table.text(reader, "stacking");
        let stacking = stacking.map_or(Some(Stacking::Add), |word| reader.one_of(&word, "stacking", &STACKING));
        let must = table.flag(reader, "evidence_must");
        let quote = table.plain(reader, "quote");
        reader.close(table);
        if classes.iter().any(|(_, class)| class.id == id.value) {
            reader.fault(id.line, "id", format!("类别“{}”写了两次", id.value), None);
        }
        let class = Class {
            id: id.value,
            name,
            // A class that facts prove is reminded of its papers; one that only papers prove waits for them.
            evidence_must: must.unwrap_or(when.is_none()),
            when: when.unwrap_or(Condition::ALWAYS),
            evidence,
            evidence_any,
            stacking: stacking.unwrap_or(Stacking::Add),
            quote,
        };
        classes.push((line, class));
    }
    if classes.is_empty() {
        reader.fault(1, "class", "没有一个对象类别 [[class]]", None);
    }
    classes
}

/// `amount` and `by_class`.
pub(super) fn class_amount(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    names: &Names,
) -> ClassAmount {
    let amount = table.yuan(reader, key);
    let mut by_class: Vec<(String, Fen)> = Vec::new();
    for (class, value) in table.entries(reader, "by_class") {
        known_class(reader, &class, names);
        by_class.extend(
            reader
                .yuan_of(class.line, &class.value, value)
                .map(|amount| (class.value, amount)),
        );
    }
    let mut quotes = Vec::new();
    for (class, value) in table.entries(reader, "quote_by_class") {
        known_class(reader, &class, names);
        let quote = reader.text_of(class.line, &class.value, value);
        quotes.extend(quote.map(|quote| (class.value, quote.value)));
    }
    ClassAmount {
        amount,
        by_class,
        quotes,
    }
}

/// The name of an amount fact.
pub(super) fn money_fact(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    names: &Names,
) -> Option<String> {
    let fact = table.text(reader, key)?;
    let is_money = |name: &str| names.facts.kind(name) == Some(FactKind::Money);
    if !is_money(&fact.value) {
        let known = names.facts.names();
        let amounts: Vec<&str> = known.into_iter().filter(|name| is_money(name)).collect();
        reader.unknown_word(&fact, key, &amounts);
    }
    Some(fact.value)
}

/// A class that must be there.
pub(super) fn known_class(reader: &mut Reader<'_>, class: &Located<String>, names: &Names) {
    if !names.classes.contains(&class.value) {
        let known: Vec<&str> = names.classes.iter().map(String::as_str).collect();
        reader.unknown_word(class, "by_class", &known);
    }
}

fn offsite(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names) -> OffsiteRules {
    let Some(mut table) = file.table(reader, "offsite", "offsite") else {
        return OffsiteRules::none();
    };
    let line = table.line;
    let allowed = table.flag(reader, "allowed");
    if allowed.is_none() {
        reader.fault(line, "allowed", "缺少 allowed（异地火化是否报销）", None);
    }
    let requirements = requirements(reader, &mut table, names, "eligibility");
    let rule = table.text(reader, "rule");
    let rule = rule.map_or(Some(OffsiteRule::Actual), |word| reader.one_of(&word, "rule", &RULES));
    let items: Vec<String> = table
        .codes(reader, "items")
        .into_iter()
        .map(|item| item.value)
        .collect();
    let cap = class_amount(reader, &mut table, "cap", names);
    let less = money_fact(reader, &mut table, "less", names);
    let window = table
        .table(reader, "claim_within", "claim_within")
        .and_then(|table| self::window(reader, table, names));
    let evidence = known_words(reader, &mut table, "evidence", &names.evidence);
    let quote = table.plain(reader, "quote");
    reader.close(table);
    OffsiteRules {
        allowed: allowed.unwrap_or(false).then_some(requirements),
        rule: rule.unwrap_or(OffsiteRule::Actual),
        items,
        cap,
        less,
        window,
        evidence,
        quote,
    }
}

/// Entries of a free table as numbers, for `per` and `up_to`.
pub(super) fn numbers<'t>(
    reader: &mut Reader<'_>,
    entries: Vec<(Located<String>, &'t DeValue<'t>)>,
) -> Vec<(Located<String>, crate::domain::waiver::Quantity)> {
    let mut numbers = Vec::new();
    for (key, value) in entries {
        if let Some(number) = condition::quantity_of(reader, &key, value) {
            numbers.push((key, number));
        }
    }
    numbers
}
