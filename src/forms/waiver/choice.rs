//! Limits over several lines and ways to choose between, from a policy's file.

use super::{
    policy::{Names, class_amount, known_words, money_fact},
    reader::{Located, Reader, Table},
};
use crate::domain::waiver::{Alternative, Award, Benefit, Cap, Choice, Choosing, ClassAmount, Words, ways_to_take};

const CHOOSING: [(&str, Choosing); 2] = [("stated", Choosing::Stated), ("best", Choosing::Best)];

/// Caps over several lines.
pub(super) fn caps(reader: &mut Reader<'_>, file: &mut Table<'_>, names: &Names, benefits: &[Benefit]) -> Vec<Cap> {
    let known: Vec<String> = benefits.iter().map(|benefit| benefit.id.clone()).collect();
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
        let benefits = known_words(reader, &mut table, "benefits", &known);
        let amount = class_amount(reader, &mut table, "amount", names);
        let percent = table.percent(reader, "percent", 100);
        let family_at_least = table.yuan(reader, "family_at_least");
        let less = money_fact(reader, &mut table, "less", names);
        if amount == ClassAmount::default() && percent.is_none() && family_at_least.is_none() {
            reader.fault(
                line,
                "amount",
                "缺少 amount、by_class、percent 或 family_at_least",
                None,
            );
        }
        let includes_awards = table.flag(reader, "includes_awards").unwrap_or(false);
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
            benefits,
            amount,
            percent,
            family_at_least,
            less,
            includes_awards,
            order: order.unwrap_or(0),
            quote,
        });
    }
    caps
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
        let take = table.whole(reader, "take", 100).unwrap_or(1);
        let take = usize::try_from(take).unwrap_or(1);
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
        if take == 0 || take >= options.len().max(2) {
            reader.fault(line, "take", "take（选几项）要比 [[alternative.option]] 的个数少", None);
        }
        ways = ways.saturating_mul(ways_to_take(options.len(), take).max(1));
        if ways > crate::domain::waiver::MOST_WAYS {
            reader.fault(line, "option", "可选的组合太多", None);
        }
        alternatives.push(Alternative {
            id,
            choosing: choosing.unwrap_or(Choosing::Stated),
            take,
            options,
            quote,
        });
    }
    alternatives
}
