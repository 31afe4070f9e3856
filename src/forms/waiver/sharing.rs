//! Who bears what is free, from a policy's file.

use super::{
    policy::{Names, known_words, when},
    reader::{Reader, Table},
};
use crate::domain::waiver::{Award, Condition, Payer, Percent, Share, Split, Words};

/// Reads payers and splits. A policy that names nobody has one payer, the public purse.
pub(super) fn read(
    reader: &mut Reader<'_>,
    file: &mut Table<'_>,
    names: &Names,
    awards: &[Award],
) -> (Vec<Payer>, Vec<Split>) {
    let mut payers: Vec<Payer> = Vec::new();
    let mut line = 1;
    for mut table in file.tables(reader, "payer", "payer") {
        line = table.line;
        let id = table.id(reader, "id").value;
        let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
        reader.close(table);
        payers.push(Payer { id, name });
    }
    if payers.is_empty() {
        payers.push(Payer {
            id: "public".into(),
            name: Words::new(
                "惠民殡葬资金（原文未写明由谁承担）",
                "public funds (the notice names no payer)",
            ),
        });
    }
    let award_ids: Vec<String> = awards.iter().map(|award| award.id.clone()).collect();
    let mut splits = Vec::new();
    for table in file.tables(reader, "split", "split") {
        splits.push(split(reader, names, &payers, &award_ids, table));
    }
    let open = |split: &Split| {
        let no_names = split.items.is_empty() && split.classes.is_empty() && split.awards.is_empty();
        no_names && split.when == Condition::ALWAYS && split.up_to.is_none()
    };
    let last_is_open = splits.last().is_some_and(open);
    if payers.len() > 1 && !last_is_open {
        let problem = "有几个承担方时，最后要有一个不限项目、对象、条件的 [[split]]，说明其余由谁承担";
        reader.fault(line, "split", problem, None);
    }
    let covered = splits.len().saturating_sub(1);
    if splits.iter().take(covered).any(open) {
        reader.fault(
            line,
            "split",
            "不限条件的 [[split]] 后面的都用不到：按写的先后取第一个符合的",
            None,
        );
    }
    (payers, splits)
}

fn split(reader: &mut Reader<'_>, names: &Names, payers: &[Payer], awards: &[String], mut table: Table<'_>) -> Split {
    let line = table.line;
    let items = table
        .codes(reader, "items")
        .into_iter()
        .map(|item| item.value)
        .collect();
    let classes = known_words(reader, &mut table, "classes", &names.classes);
    let awards = known_words(reader, &mut table, "awards", awards);
    let when = when(reader, &mut table, "when", &names.facts);
    let up_to = table.yuan(reader, "up_to");
    let quote = table.plain(reader, "quote");
    let mut parts = Vec::new();
    for part in table.tables(reader, "part", "part") {
        parts.extend(self::part(reader, payers, part));
    }
    reader.close(table);
    let rest = parts.iter().filter(|(_, share)| *share == Share::Rest).count();
    let percent: i64 = parts
        .iter()
        .map(|(_, share)| match share {
            Share::Percent(percent) => percent.0,
            _ => 0,
        })
        .sum();
    let whole = if rest == 1 {
        percent < Percent::ALL.0
    } else {
        rest == 0 && percent == Percent::ALL.0
    };
    if !whole {
        let problem = "各份要正好分完：percent 合计 100，或恰有一份 rest = true（其余）且 percent 合计不满 100";
        reader.fault(line, "part", problem, None);
    }
    Split {
        items,
        classes,
        awards,
        when: when.unwrap_or(Condition::ALWAYS),
        up_to,
        parts,
        quote,
    }
}

fn part(reader: &mut Reader<'_>, payers: &[Payer], mut table: Table<'_>) -> Option<(usize, Share)> {
    let line = table.line;
    let payer = table.needed(reader, "payer");
    let at = payers.iter().position(|own| own.id == payer.value);
    if at.is_none() {
        let known: Vec<&str> = payers.iter().map(|payer| payer.id.as_str()).collect();
        reader.unknown_word(&payer, "payer", &known);
    }
    let shares = [
        table.percent(reader, "percent", 100).map(Share::Percent),
        table.yuan(reader, "per_case").map(Share::PerCase),
        table.yuan(reader, "per_line").map(Share::PerLine),
        table.flag(reader, "rest").filter(|rest| *rest).map(|_| Share::Rest),
    ];
    reader.close(table);
    let mut shares = shares.into_iter().flatten();
    let share = shares.next();
    if share.is_none() || shares.next().is_some() {
        reader.fault(line, "percent", "写 percent、per_case、per_line、rest 之一", None);
    }
    at.zip(share)
}
