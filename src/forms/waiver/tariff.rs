//! A price list from its file.

use super::{
    condition::{self, Vocabulary, is_number},
    example::{self, Example, Speech},
    head,
    reader::{Located, Reader, Table},
};
use crate::domain::waiver::{
    Basis, Beyond, Condition, FactKind, Factor, ItemClass, Price, Rate, Tariff, TariffLine, Tier, TierMode, Words,
};

const CLASS: [(&str, ItemClass); 2] = [("basic", ItemClass::Basic), ("non_basic", ItemClass::NonBasic)];
const BASIS: [(&str, Basis); 3] = [
    ("one_way", Basis::OneWay),
    ("round_trip", Basis::RoundTrip),
    ("round_trip_total", Basis::RoundTripTotal),
];
const TIER_MODE: [(&str, TierMode); 2] = [("marginal", TierMode::Marginal), ("whole", TierMode::Whole)];
const KINDS: [(&str, FactKind); 4] = [
    ("flag", FactKind::Flag),
    ("number", FactKind::Number),
    ("money", FactKind::Money),
    ("text", FactKind::Text),
];

/// A price list with its examples.
#[derive(Debug)]
pub(super) struct TariffFile {
    pub tariff: Tariff,
    pub examples: Vec<Example>,
}

/// Reads a file; `None` where it is too broken, with the faults in the reader.
pub(super) fn read(reader: &mut Reader<'_>, sha256: String) -> Option<TariffFile> {
    let parsed = reader.parse();
    let mut file = reader.open("tariff", parsed.get_ref(), 1);
    let head = head::read(reader, &mut file, sha256);
    let mut names = Vocabulary::of_lines();
    for (key, value) in file.entries(reader, "attributes") {
        let kind = reader.text_of(key.line, &key.value, value);
        if let Some(kind) = kind.and_then(|kind| reader.one_of(&kind, &key.value, &KINDS)) {
            names.add(&key.value, kind);
        }
    }
    let rounding = file.table(reader, "rounding", "rounding").and_then(|mut table| {
        let step = head::step(reader, &mut table);
        reader.close(table);
        step
    });
    let mut items: Vec<TariffLine> = Vec::new();
    let mut lines = Vec::new();
    for table in file.tables(reader, "item", "item") {
        let line = table.line;
        let Some(item) = item(reader, &names, table) else {
            continue;
        };
        if items.iter().any(|other| other.code == item.code) {
            reader.fault(line, &item.code, "代码重复：一个收费项目只能写一次", None);
        }
        items.push(item);
        lines.push(line);
    }
    if items.is_empty() {
        reader.fault(1, "item", "没有一个收费项目 [[item]]", None);
    }
    for (item, line) in items.iter().zip(&lines) {
        for code in item
            .includes
            .iter()
            .filter(|code| !items.iter().any(|other| other.code == **code))
        {
            let codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
            let word = Located {
                value: code.clone(),
                line: *line,
            };
            reader.unknown_word(&word, "includes", &codes);
        }
    }
    let examples = file.tables(reader, "example", "example");
    let speech = Speech {
        facts: None,
        lines: &names,
        classes: &[],
        evidence: &[],
    };
    let examples = examples
        .into_iter()
        .map(|table| example::read(reader, speech, table))
        .collect();
    reader.close(file);
    Some(TariffFile {
        tariff: Tariff::new(head?, items, rounding),
        examples,
    })
}

fn item(reader: &mut Reader<'_>, names: &Vocabulary, mut table: Table<'_>) -> Option<TariffLine> {
    let line = table.line;
    let code = table.id(reader, "code").value;
    let name = Words::new(table.needed(reader, "name").value, table.plain(reader, "name_en"));
    let class = table.needed(reader, "class");
    let class = reader.one_of(&class, "class", &CLASS);
    let unit = table.needed(reader, "unit").value;
    let unknown = table.text(reader, "unknown").map(|text| Words::new(text.value, ""));
    let price = price(reader, &mut table, unknown.is_some());
    let rates: Vec<Rate> = table
        .tables(reader, "rate", "rate")
        .into_iter()
        .filter_map(|t| rate(reader, names, t))
        .collect();
    let factors = table
        .tables(reader, "factor", "factor")
        .into_iter()
        .filter_map(|t| factor(reader, names, t))
        .collect();
    let beyond = table
        .tables(reader, "beyond", "beyond")
        .into_iter()
        .filter_map(|t| charge(reader, names, t))
        .collect();
    let mut assume = Vec::new();
    for (key, value) in table.entries(reader, "assume") {
        match names.kind(&key.value) {
            Some(kind) => assume.extend(condition::of_kind(reader, kind, &key, value).map(|known| (key.value, known))),
            None => reader.unknown_word(&key, "assume", &names.names()),
        }
    }
    let started = table.quantity(reader, "started");
    let from = table.text(reader, "counted_from");
    let per = table.quantity(reader, "counted_per");
    let counted_from = counted(reader, names, line, from, per, started.is_some());
    let fractions = table.flag(reader, "fractions").unwrap_or(false);
    let max_quantity = table.quantity(reader, "max_quantity");
    let at_least = table.yuan(reader, "at_least");
    let at_most = table.yuan(reader, "at_most");
    if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
        reader.fault(line, "at_least", "高于 at_most", None);
    }
    let includes = table
        .texts(reader, "includes")
        .into_iter()
        .map(|text| text.value)
        .collect();
    let quote = table.plain(reader, "quote");
    table.text(reader, "note");
    reader.close(table);
    let price = match price {
        Some(price) => price,
        None if !rates.is_empty() || unknown.is_some() => Price::Rates,
        None => {
            let ways = "price、lowest+highest、ceiling、markup_percent、tiers、[[item.rate]]、open 或 unknown";
            reader.fault(line, &code, format!("没有价格：写 {ways} 之一"), None);
            Price::Rates
        }
    };
    Some(TariffLine {
        code,
        name,
        class: class?,
        unit,
        price,
        rates,
        factors,
        beyond,
        assume,
        started,
        counted_from,
        fractions,
        max_quantity,
        at_least,
        at_most,
        includes,
        unknown,
        quote,
    })
}

/// The one way in which the price of a unit is found.
fn price(reader: &mut Reader<'_>, table: &mut Table<'_>, unknown: bool) -> Option<Price> {
    let line = table.line;
    let fixed = table.yuan(reader, "price").map(Price::Fixed);
    let range = range(reader, table);
    let ceiling = table.yuan(reader, "ceiling").map(Price::Ceiling);
    let markup = table.percent(reader, "markup_percent", 1000).map(Price::Markup);
    let open = table
        .text(reader, "open")
        .map(|text| Price::Open(Words::new(text.value, "")));
    let tiers = tiers(reader, table);
    let ways: Vec<Price> = [fixed, range, ceiling, markup, open, tiers]
        .into_iter()
        .flatten()
        .collect();
    if ways.len() + usize::from(unknown) > 1 {
        reader.fault(
            line,
            "price",
            "价格写了不止一种：price、lowest/highest、ceiling、markup_percent、tiers、open、unknown 只能有一种",
            None,
        );
    }
    ways.into_iter().next()
}

/// A reference range.
fn range(reader: &mut Reader<'_>, table: &mut Table<'_>) -> Option<Price> {
    let line = table.line;
    let (low, high) = (table.yuan(reader, "lowest"), table.yuan(reader, "highest"));
    if low.is_some() != high.is_some() || low.zip(high).is_some_and(|(low, high)| low > high) {
        reader.fault(
            line,
            "lowest",
            "参考区间要写 lowest 和 highest，lowest 不高于 highest",
            None,
        );
    }
    low.zip(high).map(|(low, high)| Price::Range(low, high))
}

fn tiers(reader: &mut Reader<'_>, table: &mut Table<'_>) -> Option<Price> {
    let line = table.line_of("tiers");
    let mut tiers: Vec<Tier> = Vec::new();
    for mut tier in table.tables(reader, "tiers", "tier") {
        let up_to = tier.quantity(reader, "up_to");
        let price = tier.yuan(reader, "price");
        let begun = tier.line;
        reader.close(tier);
        match price {
            Some(price) => tiers.push(Tier { up_to, price }),
            None => reader.fault(begun, "price", "这一段缺少 price", None),
        }
    }
    let mode = table.text(reader, "tier_mode");
    if tiers.is_empty() {
        return None;
    }
    let Some(mode) = mode else {
        reader.fault(
            line,
            "tier_mode",
            "分段计价要写 tier_mode：marginal（每段各按各价）或 whole（整个按最后一段的价）",
            None,
        );
        return None;
    };
    let rising = tiers.windows(2).all(|pair| match pair {
        [a, b] => a.up_to.is_some_and(|a| b.up_to.is_none_or(|b| a < b)),
        _ => true,
    });
    if !rising {
        reader.fault(line, "tiers", "各段的 up_to 要从小到大，只有最后一段可以不写", None);
    }
    Some(Price::Tiers(reader.one_of(&mode, "tier_mode", &TIER_MODE)?, tiers))
}

fn when(reader: &mut Reader<'_>, names: &Vocabulary, table: &mut Table<'_>, needed: bool) -> Condition {
    match table.take(reader, "when") {
        Some((line, value)) => condition::read(reader, names, line, value),
        None => {
            if needed {
                reader.fault(table.line, "when", "缺少 when（什么情形）", None);
            }
            Condition::ALWAYS
        }
    }
}

fn rate(reader: &mut Reader<'_>, names: &Vocabulary, mut table: Table<'_>) -> Option<Rate> {
    let when = when(reader, names, &mut table, true);
    let name = table.words(reader, "name", "name_en");
    let line = table.line;
    let fixed = table.yuan(reader, "price").map(Price::Fixed);
    let range = range(reader, &mut table);
    let ceiling = table.yuan(reader, "ceiling").map(Price::Ceiling);
    let mut ways = [fixed, range, ceiling].into_iter().flatten();
    let price = ways.next();
    if price.is_none() || ways.next().is_some() {
        reader.fault(line, "price", "写 price、lowest+highest、ceiling 之一", None);
    }
    reader.close(table);
    Some(Rate {
        when,
        price: price?,
        name,
    })
}

fn factor(reader: &mut Reader<'_>, names: &Vocabulary, mut table: Table<'_>) -> Option<Factor> {
    let when = when(reader, names, &mut table, true);
    let name = table.words(reader, "name", "name_en");
    let line = table.line;
    let percent = table.percent(reader, "percent", 10_000);
    let also_beyond = table.flag(reader, "also_beyond").unwrap_or(false);
    let also_bounds = table.flag(reader, "also_bounds").unwrap_or(false);
    if percent.is_none() {
        reader.fault(line, "percent", "缺少 percent（200 = 两倍，50 = 一半）", None);
    }
    reader.close(table);
    Some(Factor {
        when,
        percent: percent?,
        also_beyond,
        also_bounds,
        name,
    })
}

fn charge(reader: &mut Reader<'_>, names: &Vocabulary, mut table: Table<'_>) -> Option<Beyond> {
    let line = table.line;
    let attribute = table.needed(reader, "attribute");
    if !attribute.value.is_empty() && !is_number(names.kind(&attribute.value)) {
        let numbers: Vec<&str> = names
            .names()
            .into_iter()
            .filter(|name| is_number(names.kind(name)))
            .collect();
        reader.unknown_word(&attribute, "attribute", &numbers);
    }
    let unit = table.needed(reader, "unit").value;
    let included = table.amount_of(reader, "included").unwrap_or_default();
    let up_to = table.quantity(reader, "up_to");
    let basis = table.text(reader, "basis");
    if basis.is_none() && (attribute.value == "km" || ["公里", "千米"].contains(&unit.as_str())) {
        let words: Vec<&str> = BASIS.iter().map(|(word, _)| *word).collect();
        let problem = format!(
            "公里怎样计算要写明：{}（单程超出的、单程超出的乘二、往返总里程超出的）",
            words.join("、")
        );
        reader.fault(line, "basis", problem, None);
    }
    let basis = basis.map_or(Some(Basis::OneWay), |word| reader.one_of(&word, "basis", &BASIS));
    let started = table.quantity(reader, "started");
    let each = table.yuan(reader, "each");
    let per = table.quantity(reader, "per");
    let when = when(reader, names, &mut table, false);
    let unknown = table.text(reader, "unknown").map(|text| Words::new(text.value, ""));
    if each.is_some() == unknown.is_some() {
        reader.fault(
            line,
            "each",
            "写 each（每多一个单位多少元）或 unknown（没有公布），两者之一",
            None,
        );
    }
    reader.close(table);
    Some(Beyond {
        attribute: attribute.value,
        unit,
        included,
        basis: basis?,
        started,
        up_to,
        each: each.unwrap_or_default(),
        per,
        when,
        unknown,
    })
}

fn counted(
    reader: &mut Reader<'_>,
    names: &Vocabulary,
    line: usize,
    from: Option<Located<String>>,
    per: Option<crate::domain::waiver::Quantity>,
    started: bool,
) -> Option<(String, crate::domain::waiver::Quantity)> {
    let from = match (from, per) {
        (None, None) => return None,
        (Some(from), Some(_)) => from,
        _ => {
            reader.fault(
                line,
                "counted_from",
                "counted_from 和 counted_per 要一起写，如 \"months\" 和 12",
                None,
            );
            return None;
        }
    };
    if !is_number(names.kind(&from.value)) {
        reader.unknown_word(&from, "counted_from", &["hours", "days", "months", "years"]);
        return None;
    }
    if !started {
        reader.fault(
            from.line,
            "counted_from",
            "由别的单位折算时要写 started（不足多少按多少计）",
            None,
        );
        return None;
    }
    Some((from.value, per?))
}
