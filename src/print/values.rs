//! Templates filled with what a document carries: a value that is missing, or has a character no font draws, is found
//! here by its name, before anything is set.

use std::collections::BTreeMap;

use super::{
    Field, PrintFault,
    font::{Chain, printable},
};
use crate::{
    domain::document::{Binding, Document},
    forms::paper::{BUILT_IN, Column, Table, Template},
};

/// A page's number and how many there are, as templates name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    page: String,
    pages: String,
}

impl Number {
    /// Of a page counted from 0.
    pub fn new(page: usize, pages: usize) -> Self {
        Self {
            page: (page + 1).to_string(),
            pages: pages.to_string(),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        let [page, pages] = BUILT_IN;
        match name {
            name if name == page => Some(&self.page),
            name if name == pages => Some(&self.pages),
            _ => None,
        }
    }
}

/// What a template says for a document.
pub fn fill(
    chain: &Chain,
    document: &Document,
    template: &Template,
    number: &Number,
    field: &Field,
) -> Result<String, PrintFault> {
    let value = |name: &str| number.text(name).or_else(|| document.text(name));
    filled(chain, template, field.line, value, str::to_owned)
}

/// What a template says for a row of a table.
pub fn fill_row(
    chain: &Chain,
    row: &BTreeMap<String, String>,
    template: &Template,
    path: &Path,
) -> Result<String, PrintFault> {
    filled(
        chain,
        template,
        path.line,
        |name| row.get(name).map(String::as_str),
        |name| path.to(name),
    )
}

/// The form's own words, all of which the fonts must draw too.
pub fn words(chain: &Chain, words: &str) -> Result<String, PrintFault> {
    let words = printable(words);
    match chain.missing(&words) {
        Some(c) => Err(PrintFault::glyph(c, &words)),
        None => Ok(words),
    }
}

fn filled<'v>(
    chain: &Chain,
    template: &Template,
    line: usize,
    value: impl Fn(&str) -> Option<&'v str>,
    path: impl Fn(&str) -> String,
) -> Result<String, PrintFault> {
    for name in template.names() {
        if let Some(c) = value(name).and_then(|text| chain.missing(&printable(text))) {
            return Err(PrintFault::glyph(c, &path(name)));
        }
    }
    let text = template.fill(value).map_err(|name| PrintFault::MissingBinding {
        binding: path(&name),
        line,
    })?;
    words(chain, &text)
}

/// The rows of a table; `None` where an optional table has none to show.
pub fn rows<'d>(
    document: &'d Document,
    table: &Table,
    line: usize,
) -> Result<Option<&'d [BTreeMap<String, String>]>, PrintFault> {
    match document.bindings.get(&table.rows) {
        None if table.optional => Ok(None),
        Some(Binding::Rows(rows)) if table.optional && rows.is_empty() => Ok(None),
        Some(Binding::Rows(rows)) => Ok(Some(rows)),
        Some(Binding::Text(_)) | None => Err(PrintFault::MissingBinding {
            binding: table.rows.clone(),
            line,
        }),
    }
}

/// The field of a text or a cell.
pub fn field(label: &str, template: &Template, line: usize) -> Field {
    Field {
        label: label.to_owned(),
        binding: template.names().collect::<Vec<_>>().join("、"),
        line,
    }
}

/// Which row of which table, rows counted from 1.
#[derive(Debug, Clone, Copy)]
pub struct Path<'t> {
    /// The table.
    pub table: &'t Table,
    /// The row.
    pub row: usize,
    /// The layout's line.
    pub line: usize,
}

impl Path<'_> {
    /// A column's value, such as `lines[3].price`.
    fn to(&self, name: &str) -> String {
        format!("{}[{}].{name}", self.table.rows, self.row)
    }

    /// The field of a cell.
    pub fn field(&self, column: &Column) -> Field {
        let names = column.value.names().map(|name| self.to(name));
        Field {
            label: column.title.clone(),
            binding: names.collect::<Vec<_>>().join("、"),
            line: self.line,
        }
    }
}
