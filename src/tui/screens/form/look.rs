//! How a form looks: sections of one group side by side, others two fields a row.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::label;
use super::marks::MARKS;
use super::sheet::{Sheet, is_replaced};
use super::walk::{Row, rows};
use crate::domain::date::age;
use crate::domain::text::show_code_points;
use crate::forms::{Field, FieldKind, Value};
use crate::tui::cells::{put, width};
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::theme::{BOLD, PLAIN, of_mark};
use crate::tui::widgets::{chosen, first_of_page, line};
use crate::tui::words;

/// Most cells of a label.
const LABEL: u16 = 18;

/// Cells that a value has before its label gives way: an ID number, and the caret behind it.
const VALUE: u16 = 19;

/// Draws the form; says where the caret stands.
pub fn view(sheet: &Sheet, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let rows = rows(sheet);
    let here = sheet.at();
    let place = rows
        .iter()
        .position(|row| matches!(row, Row::Fields(pair) if pair.contains(&Some(here))));
    let first = first_of_page(place.unwrap_or_default(), rows.len(), area.height.into());
    let half = area.width / 2;
    let labels = label_room(sheet, shared);
    let mut caret = None;
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(first)) {
        let (cells, head) = match row {
            Row::Heads(pair) => (pair, true),
            Row::Fields(pair) => (pair, false),
        };
        for (cell, x) in cells.iter().zip([area.x, area.x + half]) {
            let column = Rect::new(x + 1, y, half.saturating_sub(2), 1);
            match (cell, head) {
                (Some(section), true) => heading(sheet, shared, *section, buf, column),
                (Some(at), false) => {
                    let drawn = field(sheet, shared, (*at, labels), buf, column);
                    caret = drawn.or(caret);
                }
                (None, _) => {}
            }
        }
    }
    caret
}

/// A section's title and how many of its fields bear each mark.
fn heading(sheet: &Sheet, shared: &Shared, section: usize, buf: &mut Buffer, area: Rect) {
    let Some(title) = sheet.form.sections.get(section) else {
        return;
    };
    let title = shared.lang.of(&title.title, &title.title_en);
    let counts: BTreeMap<&str, usize> = sheet.counts(section);
    let parts = MARKS
        .into_iter()
        .filter_map(|mark| Some(format!("{mark} {}", counts.get(mark)?)));
    let counted = parts.collect::<Vec<_>>().join("  ");
    put(buf, area.x + 2, area.y, area.width.saturating_sub(2), title, BOLD);
    let x = area.right().saturating_sub(width(&counted) + 1);
    if x > area.x + 3 + width(title) {
        put(buf, x, area.y, area.right() - x, &counted, PLAIN);
    }
}

fn field(sheet: &Sheet, shared: &Shared, (at, labels): (usize, u16), buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let field = sheet.field_at(at)?;
    let here = at == sheet.at();
    let mark = sheet.mark(field);
    put(buf, area.x, area.y, 2, mark, of_mark(mark));
    let labels = labels.min(area.width.saturating_sub(VALUE + 3)).max(area.width / 3);
    let x = area.x + 2;
    put(
        buf,
        x,
        area.y,
        labels,
        label(field, shared),
        if here { BOLD } else { PLAIN },
    );
    let x = x + labels + 1;
    let room = Rect::new(x, area.y, area.right().saturating_sub(x), 1);
    let written = sheet.written(field);
    if here && sheet.is_fresh() && is_replaced(field) && !written.is_empty() {
        // The next character replaces the whole of it, so it is shown as what it means.
        return Some(chosen(buf, room, &shown(sheet, field, &written, shared)));
    }
    if here {
        return line(buf, room, &sheet.input, true);
    }
    let shown = match written.is_empty() {
        true if !field.derived => "___".to_owned(),
        _ => shown(sheet, field, &written, shared),
    };
    put(buf, room.x, room.y, room.width, &shown, PLAIN);
    None
}

fn label_room(sheet: &Sheet, shared: &Shared) -> u16 {
    let labels = sheet.form.fields().map(|field| width(label(field, shared)));
    labels.max().unwrap_or(LABEL).min(LABEL)
}

/// The numbers of characters that many fonts lack, so that a name can be compared where a terminal shows a box.
pub fn rare(text: &str) -> String {
    let usual = |c: &char| *c < '\u{3400}' || matches!(*c, '\u{4E00}'..='\u{9FA5}' | '\u{FF00}'..='\u{FFEF}');
    let rare: String = text.chars().filter(|c| !usual(c)).collect();
    if rare.is_empty() {
        return rare;
    }
    format!(" ({})", show_code_points(&rare))
}

/// A value as the screen shows it: codes with their names, birthdays with the age, what was put right with `*`.
pub fn shown(sheet: &Sheet, field: &Field, written: &str, shared: &Shared) -> String {
    let state = sheet.examination.field(&field.path);
    let text = match (&field.kind, state.and_then(|state| state.value.as_ref())) {
        (FieldKind::Code(list), _) => match shared.forms.list(list).and_then(|list| list.get(written)) {
            Some(entry) => {
                let code = if written.starts_with(|c: char| c.is_ascii_digit()) {
                    format!("{written} ")
                } else {
                    String::new()
                };
                format!("{code}{}", shared.lang.of(&entry.name, &entry.name_en))
            }
            None => written.to_owned(),
        },
        (FieldKind::Flag, _) => shared
            .lang
            .of(
                if written == "1" { "是" } else { "否" },
                if written == "1" { "yes" } else { "no" },
            )
            .to_owned(),
        (FieldKind::Date, Some(Value::Date(date))) => match date.day().filter(|_| field.derived) {
            Some(day) => {
                let years = age(day, shared.now.date(), shared.profile.leap);
                format!("{date}   {}", words::YEARS.fill(shared.lang, &[&years.to_string()]))
            }
            None => date.to_string(),
        },
        (FieldKind::Money, Some(Value::Money(fen))) => fen.to_string(),
        _ => written.to_owned(),
    };
    let by_hand = state.is_some_and(|state| state.overridden);
    if by_hand { format!("{text} *") } else { text }
}
