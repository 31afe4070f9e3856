//! The rows of a form, and how the caret walks over them.

use super::sheet::Sheet;

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Headings of one section, or of two side by side.
    Heads([Option<usize>; 2]),
    /// Fields by their place in the form's order.
    Fields([Option<usize>; 2]),
}

/// The rows of a form as its fields are shown now.
pub fn rows(sheet: &Sheet) -> Vec<Row> {
    let sections = &sheet.form.sections;
    let mut starts = vec![];
    let mut start = 0;
    for section in sections {
        starts.push(start);
        start += section.fields.len();
    }
    let places = |at: usize| {
        let first = starts.get(at).copied().unwrap_or_default();
        let count = sections.get(at).map_or(0, |section| section.fields.len());
        first..first + count
    };
    let shown = |at: &usize| sheet.field_at(*at).is_some_and(|field| sheet.is_shown(&field.path));
    let mut rows = vec![];
    let mut at = 0;
    while let Some(section) = sections.get(at) {
        let beside = sections
            .get(at + 1)
            .filter(|next| section.group.is_some() && next.group == section.group);
        if beside.is_some() {
            rows.push(Row::Heads([Some(at), Some(at + 1)]));
            for (left, right) in places(at).zip(places(at + 1)) {
                let pair = [Some(left).filter(shown), Some(right).filter(shown)];
                if pair.iter().any(Option::is_some) {
                    rows.push(Row::Fields(pair));
                }
            }
            at += 2;
            continue;
        }
        let fields: Vec<usize> = places(at).filter(shown).collect();
        if !fields.is_empty() {
            rows.push(Row::Heads([Some(at), None]));
        }
        for pair in fields.chunks(2) {
            rows.push(Row::Fields([pair.first().copied(), pair.get(1).copied()]));
        }
        at += 1;
    }
    rows
}

/// The fields in the order Tab walks: row by row.
fn walk(sheet: &Sheet) -> Vec<usize> {
    let fields = rows(sheet).into_iter().flat_map(|row| match row {
        Row::Fields(pair) => pair,
        Row::Heads(_) => [None, None],
    });
    fields.flatten().collect()
}

/// The field so many steps of Tab away, round the end.
pub fn step(sheet: &Sheet, at: usize, by: isize) -> Option<usize> {
    let order = walk(sheet);
    let count = isize::try_from(order.len()).ok().filter(|count| *count > 0)?;
    let place = order.iter().position(|field| *field == at).unwrap_or_default();
    let to = (isize::try_from(place).ok()? + by).rem_euclid(count);
    order.get(usize::try_from(to).ok()?).copied()
}

/// The field in the same column so many rows below, as far as there are rows.
pub fn below(sheet: &Sheet, at: usize, by: isize) -> Option<usize> {
    let pairs: Vec<[Option<usize>; 2]> = rows(sheet)
        .into_iter()
        .filter_map(|row| match row {
            Row::Fields(pair) => Some(pair),
            Row::Heads(_) => None,
        })
        .collect();
    let place = pairs.iter().position(|pair| pair.contains(&Some(at)))?;
    let right = pairs.get(place)?.get(1) == Some(&Some(at));
    let last = isize::try_from(pairs.len()).ok()? - 1;
    let to = (isize::try_from(place).ok()? + by).clamp(0, last);
    let [left_field, right_field] = *pairs.get(usize::try_from(to).ok()?)?;
    if right {
        right_field.or(left_field)
    } else {
        left_field.or(right_field)
    }
}
