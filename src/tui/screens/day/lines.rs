//! What a day says, line by line: acts, refusals, blanks with their serials, numbers, fees waived, and where the record
//! stands.

use ratatui::style::Style;

use crate::desk::{DayView, StockLine};
use crate::domain::money::Fen;
use crate::tui::cells::pad;
use crate::tui::labels::{self, Group};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::words::{self, Lang};

/// Everything the day says, in the order of the sheet.
pub fn lines(view: &DayView, lang: Lang) -> Vec<(String, Style)> {
    let mut lines = vec![];
    let none = || (format!("  {}", words::NOTHING_HERE.say(lang)), PLAIN);
    // The figure stands first: a narrow terminal shows it too.
    let figure = |label: &str, n: i64| (format!("  {n:>6}  {label}"), PLAIN);
    let counter = |kind: &str| labels::of(lang, Group::Counter, kind).to_owned();
    lines.push((words::DAY_ACTS.say(lang).to_owned(), BOLD));
    lines.extend(
        view.counts
            .iter()
            .map(|counted| figure(&counter(&counted.kind), counted.n)),
    );
    if view.counts.is_empty() {
        lines.push(none());
    }
    if !view.refusals.is_empty() {
        lines.push((words::DAY_REFUSED.say(lang).to_owned(), BOLD));
        let refused = view.refusals.iter().map(|one| {
            let article = if one.article.is_empty() {
                &one.ground
            } else {
                &one.article
            };
            figure(article, one.n)
        });
        lines.extend(refused);
    }
    lines.push((words::DAY_BLANKS.say(lang).to_owned(), BOLD));
    view.stock.lines.iter().for_each(|line| blanks(line, lang, &mut lines));
    if view.stock.lines.is_empty() {
        lines.push(none());
    }
    lines.push((words::DAY_NUMBERS.say(lang).to_owned(), BOLD));
    lines.extend(view.number_ranges.iter().map(|range| (format!("  {range}"), PLAIN)));
    if view.number_ranges.is_empty() {
        lines.push(none());
    }
    if !view.waived.is_empty() {
        lines.push((words::DAY_WAIVED.say(lang).to_owned(), BOLD));
        let waived = view.waived.iter().map(|line| {
            let sum = Fen(line.fen).to_string();
            let text = format!(
                "  {} {} {:>6} {sum:>12}",
                pad(&line.item_name, 24),
                pad(&line.payer_name, 16),
                line.n
            );
            (text, PLAIN)
        });
        lines.extend(waived);
    }
    if !view.by_actor.is_empty() {
        lines.push((words::DAY_BY_ACTOR.say(lang).to_owned(), BOLD));
        let by_actor = view.by_actor.iter().map(|(desk, actor, counted)| {
            let desk = words::DESK.fill(lang, &[desk]);
            figure(
                &format!("{} {}  {}", pad(&desk, 8), pad(actor, 12), counter(&counted.kind)),
                counted.n,
            )
        });
        lines.extend(by_actor);
    }
    lines.push((words::DAY_RECORD.say(lang).to_owned(), BOLD));
    lines.push(figure(words::DAY_UNCONFIRMED.say(lang), view.unconfirmed));
    lines.push(figure(words::DAY_AUDIT.say(lang), view.audit_seq));
    lines.push((format!("  {}", view.audit_head), PLAIN));
    lines
}

/// `昨余 200 + 领入 0 - 用去 2 - 作废 1 = 现余 197`, and which they are.
fn blanks(line: &StockLine, lang: Lang, lines: &mut Vec<(String, Style)>) {
    let kind = labels::of(lang, Group::Kind, &line.kind);
    let figures = [line.opening, line.received, line.used, line.spoiled, line.closing].map(|n| n.to_string());
    let figures = words::BALANCE.fill(lang, &figures.each_ref().map(String::as_str));
    lines.push((format!("  {} {figures}", pad(kind, 10)), PLAIN));
    let serials = [
        (words::USED, &line.used_serials),
        (words::SPOILED, &line.spoiled_serials),
        (words::WITHDRAWN, &line.withdrawn_serials),
        (words::CLOSING, &line.closing_serials),
    ];
    for (word, ranges) in serials {
        lines.extend(
            ranges
                .iter()
                .map(|range| (format!("    {} {range}", pad(word.say(lang), 8)), PLAIN)),
        );
    }
}
