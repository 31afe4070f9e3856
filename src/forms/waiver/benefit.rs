//! What a policy gives, from its file: benefits, alternatives, caps, awards.

use std::collections::BTreeMap;

use super::{
    condition::is_number,
    policy::{Names, class_amount, known_class, known_words, numbers, when},
    reader::{Located, Reader, Table},
};
use crate::domain::waiver::{
    Alternative, Award, Benefit, Cap, Choice, Choosing, Condition, Limits, Quantity, Target, Words,
};

const CHOOSING: [(&str, Choosing); 2] = [("stated", Choosing::Stated), ("best", Choosing::Best)];

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
    let pay_all = table
        .codes(reader, "pay_all")
        .into_iter()
        .map(|item| item.value)
        .collect();
    let classes = known_words(reader, &mut table, "classes", &names.classes);
    let when_fact = when(reader, &mut table, "when", &names.facts);
    let line = when(reader, &mut table, "line", &names.lines);
    let limits = limits(reader, names, &mut table, &Limits::default());
    let mut by_class = Vec::new();
    for mut own in table.tables(reader, "for_class", "for_class") {
        let class = own.needed(reader, "class");
        known_class(reader, &class, names);
        let own_limits = self::limits(reader, names, &mut own, &limits);
        reader.close(own);
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
        limits,
        by_class,
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
            "amount_cap" => limits.amount = None,
            "percent" => limits.percent = None,
            "up_to" => limits.reach = BTreeMap::new(),
            _ => {
                let known = ["free_quantity", "unit_cap", "amount_cap", "percent", "up_to"];
                reader.unknown_word(&word, "no_limit", &known);
            }
        }
    }
    limits
}

/// Caps over several lines.
pub(super) fn caps(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names) -> Vec<Cap> {
    let mut caps: Vec<Cap> = Vec::new();
    for mut table in file.tables(reader, "cap", "cap") {
        let line = table.line;
        let id = table.id(reader, "id").value;
        let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
        let items: Vec<String> = table
            .codes(reader, "items")
            .into_iter()
            .map(|item| item.value)
            .collect();
        let amount = class_amount(reader, &mut table, "amount", names);
        if amount.amount.is_none() && amount.by_class.is_empty() {
            reader.fault(line, "amount", "缺少 amount 或 by_class", None);
        }
        let order = table.whole(reader, "order", 1_000_000);
        let quote = table.plain(reader, "quote");
        reader.close(table);
        if let Some(other) = caps.iter().find(|other| Some(other.order) == order) {
            let problem = format!("与封顶“{}”的 order 相同：先后次序不明", other.id);
            reader.fault(line, "order", problem, None);
        }
        if order.is_none() {
            reader.fault(line, "order", "缺少 order：几个封顶按从小到大依次适用", None);
        }
        caps.push(Cap {
            id,
            name,
            items,
            amount,
            order: order.unwrap_or(0),
            quote,
        });
    }
    caps
}

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
        let stated = amount.amount.is_some() || !amount.by_class.is_empty();
        if stated == unknown.is_some() {
            reader.fault(line, "amount", "写 amount、by_class，或 unknown（数额没有公布）", None);
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
        let to = table.words(reader, "to", "to_en");
        let quote = table.plain(reader, "quote");
        reader.close(table);
        if when.is_none() && unused.is_empty() && items.is_empty() && evidence.is_empty() {
            let problem = "要写明什么情形才发：when、unused、items 或 evidence（没有用的免费不折现）";
            reader.fault(line, "when", problem, None);
        }
        awards.push(Award {
            id,
            name,
            amount,
            classes,
            when: when.unwrap_or(Condition::ALWAYS),
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

/// Sets of ways of which one counts.
pub(super) fn alternatives(
    reader: &mut Reader<'_>,
    file: &mut Table<'_>,
    benefits: &[Benefit],
    awards: &[Award],
) -> Vec<Alternative> {
    let benefit_ids: Vec<String> = benefits.iter().map(|benefit| benefit.id.clone()).collect();
    let award_ids: Vec<String> = awards.iter().map(|award| award.id.clone()).collect();
    let mut alternatives = Vec::new();
    let mut ways = 1_usize;
    for mut table in file.tables(reader, "alternative", "alternative") {
        let line = table.line;
        let id = table.id(reader, "id").value;
        let choosing: Located<String> = table.needed(reader, "choose");
        let choosing = reader.one_of(&choosing, "choose", &CHOOSING);
        let quote = table.plain(reader, "quote");
        let mut options = Vec::new();
        for mut option in table.tables(reader, "option", "option") {
            let id = option.id(reader, "id").value;
            let name = Words::new(option.needed(reader, "name").value, option.plain(reader, "name_en"));
            let benefits = known_words(reader, &mut option, "benefits", &benefit_ids);
            let awards = known_words(reader, &mut option, "awards", &award_ids);
            reader.close(option);
            options.push(Choice {
                id,
                name,
                benefits,
                awards,
            });
        }
        reader.close(table);
        if options.len() < 2 {
            reader.fault(line, "option", "择一至少要有两个 [[alternative.option]]", None);
        }
        ways = ways.saturating_mul(options.len().max(1));
        if ways > crate::domain::waiver::MOST_WAYS {
            reader.fault(line, "option", "可选的组合太多", None);
        }
        alternatives.push(Alternative {
            id,
            choosing: choosing.unwrap_or(Choosing::Stated),
            options,
            quote,
        });
    }
    alternatives
}
