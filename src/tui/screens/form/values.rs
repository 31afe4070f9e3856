//! From what people type to what answers hold, by the kind of the field.

use super::lists;
use crate::domain::date::parse_typed;
use crate::domain::money::Fen;
use crate::domain::name::with_proper_dots;
use crate::domain::text::half_width;
use crate::forms::{Answer, FieldKind};
use crate::tui::state::Shared;

/// What a typed text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// This answer; what cannot be read stays the text it is, and the examination says what is wrong with it.
    Is(Answer),
    /// Several lines of a list.
    Several,
}

/// Whether a field of this kind is typed anew rather than edited.
pub fn is_short(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Code(_) | FieldKind::Date | FieldKind::Flag | FieldKind::Integer
    )
}

/// An answer as its input line shows it.
pub fn text_of(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Flag(flag) => if *flag { "1" } else { "0" }.to_owned(),
        Answer::Integer(number) => number.to_string(),
        Answer::Rows(rows) => rows.len().to_string(),
    }
}

/// Reads what was typed.
pub fn read(kind: &FieldKind, typed: &str, shared: &Shared) -> Read {
    let text = |text: String| Read::Is(Answer::Text(text));
    if typed.is_empty() {
        return text(String::new());
    }
    match kind {
        FieldKind::Code(list) => code(list, typed, shared),
        FieldKind::Date => {
            let date = parse_typed(typed, shared.now.date());
            text(date.map_or(typed.to_owned(), |date| date.to_string()))
        }
        FieldKind::Flag => match half_width(typed).to_lowercase().as_str() {
            "1" | "y" | "是" | "有" => Read::Is(Answer::Flag(true)),
            "0" | "2" | "n" | "否" | "无" => Read::Is(Answer::Flag(false)),
            _ => text(typed.to_owned()),
        },
        FieldKind::Integer => match half_width(typed).parse() {
            Ok(number) => Read::Is(Answer::Integer(number)),
            Err(_) => text(typed.to_owned()),
        },
        FieldKind::Money => match Fen::parse(typed) {
            Ok(fen) => Read::Is(Answer::Integer(fen.0)),
            Err(_) => text(typed.to_owned()),
        },
        FieldKind::IdNumber { .. } | FieldKind::CertificateNumber | FieldKind::BlankSerial => {
            text(half_width(typed).trim().to_uppercase())
        }
        FieldKind::Phone | FieldKind::BankCard => text(half_width(typed).trim().to_owned()),
        FieldKind::Name => text(with_proper_dots(typed)),
        FieldKind::Address => text(lists::area_name(typed, shared).unwrap_or_else(|| typed.to_owned())),
        FieldKind::Text | FieldKind::Table(_) => text(typed.to_owned()),
    }
}

/// A code, the place in a short list whose codes are words, or what only one line can mean.
fn code(list: &str, typed: &str, shared: &Shared) -> Read {
    let is = |code: &str| Read::Is(Answer::Text(code.to_owned()));
    let Some(list) = shared.forms.list(list) else {
        return is(typed);
    };
    let plain = half_width(typed);
    if let Some(line) = list.get(&plain) {
        return is(&line.code);
    }
    let words = list
        .entries()
        .iter()
        .all(|line| !line.code.starts_with(|c: char| c.is_ascii_digit()));
    let place = plain
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_sub(1))
        .filter(|_| words);
    if let Some(line) = place.and_then(|place| list.entries().get(place)) {
        return is(&line.code);
    }
    match list.find(&plain, shared.now.date()).as_slice() {
        [] => is(typed),
        [only] => is(&only.code),
        [first, ..] if first.name == typed => is(&first.code),
        _ => Read::Several,
    }
}
