//! The lines of a field's list (F4), and areas by code.

use crate::domain::area::AreaCode;
use crate::forms::{Field, FieldKind};
use crate::tui::state::Shared;
use crate::tui::widgets::ChoiceLine;
use crate::tui::words::Lang;

/// The lines of a field's list; `None` where it has none.
pub fn lines(field: &Field, shared: &Shared) -> Option<Vec<ChoiceLine>> {
    match &field.kind {
        FieldKind::Code(list) => Some(codes(list, shared)),
        FieldKind::Address => Some(areas(shared)),
        FieldKind::Flag => {
            let [yes, no] = shared
                .lang
                .of("是,否", "yes,no")
                .split_once(',')
                .map(<[&str; 2]>::from)?;
            Some(vec![
                ChoiceLine::new("1", yes, &format!("1 {yes}")),
                ChoiceLine::new("0", no, &format!("0 {no}")),
            ])
        }
        _ => None,
    }
}

fn codes(list: &str, shared: &Shared) -> Vec<ChoiceLine> {
    let today = shared.now.date();
    let entries = shared.forms.list(list).map(|list| list.entries()).unwrap_or_default();
    let usable = entries.iter().filter(|line| line.validity.holds_on(today));
    let line = |(at, line): (usize, &crate::domain::code_list::CodeEntry)| {
        let number = line.code.starts_with(|c: char| c.is_ascii_digit());
        let code = if number {
            line.code.clone()
        } else {
            (at + 1).to_string()
        };
        let shown = match shared.lang {
            Lang::Zh => line.name.clone(),
            Lang::En => format!("{} {}", line.name, line.name_en),
        };
        ChoiceLine::new(&line.code, &line.name, &format!("{code} {shown}"))
    };
    usable.enumerate().map(line).collect()
}

/// Every area in use, with its full name.
fn areas(shared: &Shared) -> Vec<ChoiceLine> {
    let table = shared.forms.areas();
    let found = table.find("", shared.now.date());
    let line = |area: &&crate::domain::area::Area| {
        let code = area.code.to_string();
        let name = table.full_name(area);
        ChoiceLine::coded(&name, &code, &area.name, &format!("{code} {name}"))
    };
    found.iter().map(line).collect()
}

/// The full name of the area with this six-digit code.
pub fn area_name(typed: &str, shared: &Shared) -> Option<String> {
    let code: AreaCode = typed.trim().parse().ok()?;
    name_of(code, shared)
}

/// The full name of an area in use.
pub fn name_of(code: AreaCode, shared: &Shared) -> Option<String> {
    let table = shared.forms.areas();
    match table.lookup(code, shared.now.date()) {
        crate::domain::area::AreaLookup::Current(area) => Some(table.full_name(&area)),
        _ => None,
    }
}

/// The longest full name of an area that a text begins with.
pub fn area_in(text: &str, shared: &Shared) -> Option<String> {
    let table = shared.forms.areas();
    let names = table
        .find("", shared.now.date())
        .into_iter()
        .map(|area| table.full_name(area));
    names
        .filter(|name| text.starts_with(name.as_str()))
        .max_by_key(String::len)
}
