//! What a policy makes free, from its file. Ways to choose and caps are in `choice`, awards in `award`.

use std::collections::BTreeMap;

use super::{
    condition::is_number,
    policy::{Names, known_class, known_words, numbers, when},
    reader::{Reader, Table},
};
use crate::domain::waiver::{Benefit, Condition, Limits, Quantity, Target, Words};

/// The benefits in the order of the file.
pub(super) fn benefits(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names) -> Vec<Benefit> {
    let mut benefits: Vec<Benefit> = Vec::new();
    for table in file.tables(reader, "benefit", "benefit") {
        let line = table.line;
        let benefit = benefit(reader, names, table);
        if benefits.iter().any(|other| other.id == benefit.id) {
            reader.fault(line, "id", format!("减免项目“{}”写了两次", benefit.id), None);
        }
        benefits.push(benefit);
    }
    benefits
}

fn benefit(reader: &mut Reader<'_>, names: &Names, mut table: Table<'_>) -> Benefit {
    let at_line = table.line;
    let id = table.id(reader, "id").value;
    let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
    let items = table.codes(reader, "items");
    let setoff = table.codes(reader, "setoff_to");
    if items.is_empty() {
        reader.fault(
            at_line,
            "items",
            "缺少 items：哪些收费项目（\"*\" = 其他减免都没有提到的项目）",
            None,
        );
    }
    let mut targets: Vec<Target> = Vec::new();
    for (item, setoff) in items
        .iter()
        .map(|item| (item, false))
        .chain(setoff.iter().map(|item| (item, true)))
    {
        if targets.iter().any(|target| target.item == item.value) {
            reader.fault(item.line, "items", format!("项目“{}”写了两次", item.value), None);
        }
        targets.push(Target {
            item: item.value.clone(),
            per: Quantity::ONE,
            setoff,
        });
    }
    let per = table.entries(reader, "per");
    for (key, number) in numbers(reader, per) {
        match targets.iter_mut().find(|target| target.item == key.value) {
            Some(target) if number.0 > 0 => target.per = number,
            Some(_) => reader.fault(key.line, &key.value, "应大于零", None),
            None => {
                let known: Vec<&str> = items.iter().chain(&setoff).map(|item| item.value.as_str()).collect();
                reader.unknown_word(&key, "per", &known);
            }
        }
    }
    let unit = table.text(reader, "free_unit");
    if let (Some(unit), Some(item)) = (unit, items.first()) {
        reader.units.push((unit, item.value.clone()));
    }
    let pay_all = table.codes(reader, "pay_all");
    let pay_all = pay_all.into_iter().map(|item| item.value).collect();
    let classes = known_words(reader, &mut table, "classes", &names.classes);
    let when_fact = when(reader, &mut table, "when", &names.facts);
    let line = when(reader, &mut table, "line", &names.lines);
    let codes = |reader: &mut Reader<'_>, table: &mut Table<'_>, key| -> Vec<String> {
        let codes = table.codes(reader, key);
        codes.into_iter().map(|code| code.value).collect()
    };
    let with = codes(reader, &mut table, "with");
    let without = codes(reader, &mut table, "without");
    let evidence = known_words(reader, &mut table, "evidence", &names.evidence);
    let limits = limits(reader, names, &mut table, &Limits::default());
    let (mut by_class, mut class_quotes) = (Vec::new(), Vec::new());
    for mut own in table.tables(reader, "for_class", "for_class") {
        let own_line = own.line;
        let class = own.needed(reader, "class");
        known_class(reader, &class, names);
        if !classes.is_empty() && !classes.contains(&class.value) {
            let (class, own) = (&class.value, classes.join("、"));
            let problem = format!("本项只给 {own}，“{class}”的标准永远用不上：把“{class}”也写进 classes，或删去这一条");
            reader.fault(own_line, "for_class", problem, None);
        }
        let own_limits = self::limits(reader, names, &mut own, &limits);
        let own_quote = own.plain(reader, "quote");
        reader.close(own);
        if !own_quote.is_empty() {
            class_quotes.push((class.value.clone(), own_quote));
        }
        by_class.push((class.value, own_limits));
    }
    let times = table.text(reader, "times");
    if let Some(name) = times.as_ref().filter(|name| !is_number(names.lines.kind(&name.value))) {
        let numbers: Vec<&str> = names
            .lines
            .names()
            .into_iter()
            .filter(|n| is_number(names.lines.kind(n)))
            .collect();
        reader.unknown_word(name, "times", &numbers);
    }
    let times_from = times_from(reader, &mut table, times.is_some());
    let family_first = table.yuan(reader, "family_first").unwrap_or_default();
    let setoff_worth = table.yuan(reader, "setoff_worth");
    let order = table.whole(reader, "order", 1_000_000);
    let unknown = table.text(reader, "unknown").map(|text| Words::new(text.value, ""));
    let caution = table.text(reader, "caution").map(|text| Words::new(text.value, ""));
    let quote = table.plain(reader, "quote");
    table.text(reader, "note");
    reader.close(table);
    Benefit {
        id,
        name,
        targets,
        pay_all,
        classes,
        when: when_fact.unwrap_or(Condition::ALWAYS),
        line: line.unwrap_or(Condition::ALWAYS),
        with,
        without,
        evidence,
        limits,
        by_class,
        class_quotes,
        times_from,
        times: times.map(|times| times.value),
        family_first,
        setoff_worth,
        order,
        unknown,
        caution,
        quote,
        at_line,
    }
}

/// From which of the counted on something is given once for each: 2 = 第二具起.
pub(super) fn times_from(reader: &mut Reader<'_>, table: &mut Table<'_>, counted: bool) -> i64 {
    let line = table.line_of("times_from");
    let from = table.whole(reader, "times_from", 1000);
    if from.is_some() && !counted {
        let problem = "times_from（从第几个起）要和 times（数什么）一起写";
        reader.fault(line, "times_from", problem, None);
    }
    from.unwrap_or(1).max(1)
}

/// Limits of a benefit, or of one class: what a class does not say is as for all.
fn limits(reader: &mut Reader<'_>, names: &Names, table: &mut Table<'_>, base: &Limits) -> Limits {
    let mut reach = base.reach.clone();
    let stated = table.entries(reader, "up_to");
    for (key, number) in numbers(reader, stated) {
        if is_number(names.lines.kind(&key.value)) {
            reach.insert(key.value, number);
        } else {
            let known: Vec<&str> = names
                .lines
                .names()
                .into_iter()
                .filter(|n| is_number(names.lines.kind(n)))
                .collect();
            reader.unknown_word(&key, "up_to", &known);
        }
    }
    let free = Limits {
        quantity: table.quantity(reader, "free_quantity").or(base.quantity),
        unit: table.yuan(reader, "unit_cap").or(base.unit),
        unit_free: table.yuan(reader, "unit_at_most").or(base.unit_free),
        amount: table.yuan(reader, "amount_cap").or(base.amount),
        percent: table.percent(reader, "percent", 100).or(base.percent),
        reach,
    };
    // "Without limit" for one class where the others have one.
    let unlimited = table.texts(reader, "no_limit");
    let mut limits = free;
    for word in unlimited {
        match word.value.as_str() {
            "free_quantity" => limits.quantity = None,
            "unit_cap" => limits.unit = None,
            "unit_at_most" => limits.unit_free = None,
            "amount_cap" => limits.amount = None,
            "percent" => limits.percent = None,
            "up_to" => limits.reach = BTreeMap::new(),
            _ => {
                let known = [
                    "free_quantity",
                    "unit_cap",
                    "unit_at_most",
                    "amount_cap",
                    "percent",
                    "up_to",
                ];
                reader.unknown_word(&word, "no_limit", &known);
            }
        }
    }
    limits
}
