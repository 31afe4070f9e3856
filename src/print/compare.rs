//! What a file says, held against what was to be printed (I8): each text at its place, each binding whole, nothing more.

use std::collections::BTreeMap;

use super::{
    Field, PrintFault, SetPage, SetPages,
    font::{chain, printable},
    read::ReadText,
    sheet::SetText,
    specimen,
    values::{Number, Path, field, fill, fill_row, rows},
};
use crate::{
    domain::document::{Document, Mode},
    forms::paper::{Kind, Layer, Layout, Stand},
};

/// How far a text may stand from its place, mm.
const SLACK: f32 = 0.02;

/// Holds a file against the pages and the document it was made from.
pub fn compare(
    document: &Document,
    layout: &Layout,
    pages: &SetPages,
    read: &[Vec<ReadText>],
) -> Result<(), PrintFault> {
    if pages.pages.len() != read.len() {
        return Err(differ(&Field::default(), pages.pages.len(), read.len()));
    }
    for (page, read) in pages.pages.iter().zip(read) {
        let (across, read): (Vec<&ReadText>, Vec<&ReadText>) = read.iter().partition(|text| text.turned);
        let across: Vec<&str> = across.iter().map(|text| text.text.as_str()).collect();
        let wanted = specimen::words(document);
        if across.concat() != wanted || across.len() > 1 {
            return Err(differ(&Field::default(), wanted, across.concat()));
        }
        for (set, read) in page.texts.iter().zip(&read) {
            if set.text != read.text || !stands(set, read) {
                return Err(differ(&set.field, &set.text, &read.text));
            }
        }
        if let Some(more) = read.get(page.texts.len()) {
            return Err(differ(&Field::default(), "", &more.text));
        }
        if let Some(lost) = page.texts.get(read.len()) {
            return Err(differ(&lost.field, &lost.text, ""));
        }
    }
    whole(document, layout, pages)
}

fn stands(set: &SetText, read: &ReadText) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= SLACK;
    near(set.at.0, read.at.0) && near(set.at.1, read.at.1) && near(set.size, read.size)
}

fn differ(field: &Field, wanted: impl ToString, read: impl ToString) -> PrintFault {
    PrintFault::ReadBack {
        field: field.clone(),
        wanted: wanted.to_string(),
        read: read.to_string(),
    }
}

/// That the lines of each field, one after the other, are its binding from the first character to the last.
fn whole(document: &Document, layout: &Layout, pages: &SetPages) -> Result<(), PrintFault> {
    let mut said: BTreeMap<&Field, String> = BTreeMap::new();
    for text in pages.pages.iter().flat_map(|page| &page.texts) {
        said.entry(&text.field).or_default().push_str(&bare(&text.text));
    }
    for (field, value) in wanted(document, layout, pages)? {
        let (value, said) = (bare(&value), said.get(&field).map_or("", String::as_str));
        if value != said {
            return Err(differ(&field, value, said));
        }
    }
    Ok(())
}

/// Every value the layout prints, by its field; what stands on every page once for each.
fn wanted(document: &Document, layout: &Layout, pages: &SetPages) -> Result<BTreeMap<Field, String>, PrintFault> {
    let chain = chain()?;
    let mut wanted: BTreeMap<Field, String> = BTreeMap::new();
    for element in &layout.elements {
        let (label, template) = match &element.kind {
            Kind::Text { text, layer, .. } if *layer == Layer::Value || document.mode == Mode::Full => ("", text),
            Kind::Cell(cell) => match &cell.value {
                Some(value) => (cell.label.as_str(), value),
                None => continue,
            },
            Kind::Table(table) => {
                for (n, row) in rows(document, table, element.line)?
                    .unwrap_or_default()
                    .iter()
                    .enumerate()
                {
                    let path = Path {
                        table,
                        row: n + 1,
                        line: element.line,
                    };
                    for column in &table.columns {
                        let value = fill_row(chain, row, &column.value, &path)?;
                        wanted.entry(path.field(column)).or_default().push_str(&value);
                    }
                }
                continue;
            }
            _ => continue,
        };
        let field = field(label, template, element.line);
        if field.binding.is_empty() {
            continue;
        }
        let count = pages.pages.len();
        let on = match &element.stand {
            Stand::Every => 0..count,
            Stand::First => 0..1,
            Stand::Below(_) => {
                let has = |page: &SetPage| page.texts.iter().any(|text| text.field == field);
                let page = pages.pages.iter().position(has).unwrap_or(0);
                page..page + 1
            }
        };
        for page in on {
            let value = fill(chain, document, template, &Number::new(page, count), &field)?;
            wanted.entry(field.clone()).or_default().push_str(&value);
        }
    }
    wanted.retain(|field, _| !field.binding.is_empty());
    Ok(wanted)
}

/// A text as it is set, without the spaces at which lines are cut.
fn bare(text: &str) -> String {
    printable(text).split_whitespace().collect()
}
