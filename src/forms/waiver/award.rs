//! Money paid out beside the bill, from a policy's file.

use super::{
    condition::is_number,
    policy::{Names, class_amount, known_words, money_fact, when},
    reader::{Reader, Table},
};
use crate::domain::waiver::{Award, Benefit, ClassAmount, Condition, Words};

/// Money paid out.
pub(super) fn awards(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names, benefits: &[Benefit]) -> Vec<Award> {
    let known: Vec<String> = benefits.iter().map(|benefit| benefit.id.clone()).collect();
    let mut awards = Vec::new();
    for mut table in file.tables(reader, "award", "award") {
        let line = table.line;
        let id = table.id(reader, "id").value;
        let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
        let amount = class_amount(reader, &mut table, "amount", names);
        let unknown = table.text(reader, "unknown").map(|text| Words::new(text.value, ""));
        let actual = money_fact(reader, &mut table, "actual", names);
        let percent_line = table.line_of("percent");
        let percent = table.percent(reader, "percent", 100);
        let times = number_fact(reader, &mut table, names);
        let times_from = super::benefit::times_from(reader, &mut table, times.is_some());
        let rest_of = known_words(reader, &mut table, "rest_of", &known);
        let stated = amount != ClassAmount::default() || actual.is_some() || !rest_of.is_empty();
        if stated == unknown.is_some() {
            let problem = "写 amount、by_class、actual（据实）、rest_of（余额发给），或 unknown（数额没有公布）";
            reader.fault(line, "amount", problem, None);
        }
        if percent.is_some() && actual.is_none() {
            reader.fault(
                percent_line,
                "percent",
                "percent 是 actual（实际支出）的百分之几，要一起写",
                None,
            );
        }
        let classes = known_words(reader, &mut table, "classes", &names.classes);
        let when = when(reader, &mut table, "when", &names.facts);
        let unused = known_words(reader, &mut table, "unused", &known);
        let items: Vec<String> = table
            .codes(reader, "items")
            .into_iter()
            .map(|item| item.value)
            .collect();
        let evidence = known_words(reader, &mut table, "evidence", &names.evidence);
        let window = table
            .table(reader, "claim_within", "claim_within")
            .and_then(|own| super::policy::window(reader, own, names));
        let to = table.words(reader, "to", "to_en");
        let quote = table.plain(reader, "quote");
        reader.close(table);
        let bound = when.is_some() || actual.is_some() || !classes.is_empty();
        if !bound && unused.is_empty() && items.is_empty() && evidence.is_empty() && rest_of.is_empty() {
            let problem = "要写明什么情形才发：when、classes、unused、items、evidence 等（没有用的免费不折现）";
            reader.fault(line, "when", problem, None);
        }
        awards.push(Award {
            id,
            name,
            amount,
            actual,
            percent,
            times,
            times_from,
            rest_of,
            classes,
            when: when.unwrap_or(Condition::ALWAYS),
            window,
            unused,
            items,
            evidence,
            to: if to.zh.is_empty() {
                Words::new("家属", "family")
            } else {
                to
            },
            unknown,
            quote,
        });
    }
    awards
}

/// A number fact that an amount is given once for each of.
fn number_fact(reader: &mut Reader<'_>, table: &mut Table<'_>, names: &Names) -> Option<String> {
    let fact = table.text(reader, "times")?;
    if !is_number(names.facts.kind(&fact.value)) {
        let known = names.facts.names();
        let numbers: Vec<&str> = known.into_iter().filter(|n| is_number(names.facts.kind(n))).collect();
        reader.unknown_word(&fact, "times", &numbers);
    }
    Some(fact.value)
}
