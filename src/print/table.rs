//! The rows of a table: as high as their longest cell, or shrunk until a fixed box holds them. Knows no page.

use std::collections::BTreeMap;

use super::{
    Field, PrintFault,
    fit::{Block, Manner, PAD_X, PAD_Y, fit},
    font::Chain,
    values::{Path, fill_row, rows, words},
};
use crate::{
    domain::document::Document,
    forms::paper::{Align, Layer, Style, Table, Upright},
};

/// Above and below the text of a row that may be as high as it likes, mm; in a fixed box [`PAD_Y`] must do.
const PAD_ROW: f32 = 1.2;

/// How much the size of a table in a box shrinks at once, in points.
const STEP: f32 = 0.5;

/// A table and what fills it.
pub struct Rows<'a> {
    /// The fonts.
    pub chain: &'a Chain,
    /// Where the rows come from.
    pub document: &'a Document,
    /// The table.
    pub table: &'a Table,
    /// The layout's line.
    pub line: usize,
}

/// A row ready to be drawn.
pub struct Row {
    /// In mm.
    pub height: f32,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// A cell ready to be drawn.
pub struct Cell {
    /// From the left edge of the sheet, mm.
    pub x: f32,
    /// In mm.
    pub width: f32,
    /// Nothing where it stays blank.
    pub block: Option<Block>,
    /// How it is set.
    pub style: Style,
    /// What it is.
    pub field: Field,
    /// Form or value.
    pub layer: Layer,
}

/// What goes into a cell.
struct Filling {
    width: f32,
    text: String,
    style: Style,
    field: Field,
    layer: Layer,
}

impl Rows<'_> {
    /// Title and header, as they stand on each page.
    pub fn head(&self) -> Result<Vec<Row>, PrintFault> {
        let style = Style {
            align: Align::Center,
            upright: Upright::Middle,
            ..self.table.style
        };
        let mut head = Vec::new();
        if !self.table.title.is_empty() {
            head.push(self.band(&self.table.title, style)?);
        }
        if self.table.columns.iter().any(|column| !column.title.is_empty()) {
            let columns = self.table.columns.iter();
            let titles = columns.map(|column| self.own(column.width, &column.title, style));
            head.push(self.row(titles.collect::<Result<_, _>>()?, self.table.row_h)?);
        }
        Ok(head)
    }

    /// The rows, at a size at which a fixed box holds them; `None` where an optional table is left out.
    pub fn rows(&self) -> Result<Option<Vec<Row>>, PrintFault> {
        let Some(given) = rows(self.document, self.table, self.line)? else {
            return Ok(None);
        };
        let (table, style) = (self.table, self.table.style);
        if table.at.h <= 0.0 {
            return self.rows_at(given, style.size, table.row_h).map(Some);
        }
        let room = table.at.h - height(&self.head()?) + 0.01;
        let mut size = style.size;
        loop {
            for least in [table.row_h, 0.0] {
                let rows = self.rows_at(given, size, least)?;
                if height(&rows) <= room {
                    return Ok(Some(rows));
                }
                if size <= style.min && least == 0.0 {
                    let highest = rows.iter().max_by(|a, b| a.height.total_cmp(&b.height));
                    return Err(highest.map_or_else(|| PrintFault::Pdf(table.id.clone()), Row::overflow));
                }
            }
            size = (size - STEP).max(style.min);
        }
    }

    fn rows_at(&self, given: &[BTreeMap<String, String>], size: f32, least: f32) -> Result<Vec<Row>, PrintFault> {
        let table = self.table;
        let style = Style { size, ..table.style };
        let mut set = Vec::with_capacity(given.len().max(table.min_rows));
        for (n, row) in given.iter().enumerate() {
            let path = Path {
                table,
                row: n + 1,
                line: self.line,
            };
            let cells = table.columns.iter().map(|column| {
                Ok(Filling {
                    width: column.width,
                    text: fill_row(self.chain, row, &column.value, &path)?,
                    style: Style {
                        align: column.align,
                        ..style
                    },
                    field: path.field(column),
                    layer: Layer::Value,
                })
            });
            set.push(self.row(cells.collect::<Result<_, PrintFault>>()?, least)?);
        }
        if given.is_empty() && !table.empty.is_empty() {
            let style = Style {
                align: Align::Center,
                ..style
            };
            set.push(self.band(&table.empty, style)?);
        }
        while set.len() < table.min_rows {
            let blank = table.columns.iter().map(|column| self.own(column.width, "", style));
            set.push(self.row(blank.collect::<Result<_, _>>()?, least)?);
        }
        Ok(set)
    }

    /// A row of words from side to side.
    fn band(&self, words: &str, style: Style) -> Result<Row, PrintFault> {
        self.row(vec![self.own(self.table.at.w, words, style)?], self.table.row_h)
    }

    /// Words of the form.
    fn own(&self, width: f32, label: &str, style: Style) -> Result<Filling, PrintFault> {
        Ok(Filling {
            width,
            text: words(self.chain, label)?,
            style,
            field: Field {
                label: label.to_owned(),
                binding: String::new(),
                line: self.line,
            },
            layer: Layer::Frame,
        })
    }

    /// A row as high as its highest cell and at least `least`.
    fn row(&self, fillings: Vec<Filling>, least: f32) -> Result<Row, PrintFault> {
        let pad = if self.table.at.h > 0.0 { PAD_Y } else { PAD_ROW };
        let mut row = Row {
            height: least.max(2.0 * pad),
            cells: Vec::with_capacity(fillings.len()),
        };
        let mut x = self.table.at.x;
        for filling in fillings {
            let mut block = None;
            if !filling.text.trim().is_empty() {
                let room = (filling.width - 2.0 * PAD_X, f32::INFINITY);
                block = fit(self.chain, &filling.text, &filling.style, room, Manner::Running);
                let Some(block) = &block else {
                    return Err(PrintFault::Overflow { field: filling.field });
                };
                row.height = row.height.max(block.height() + 2.0 * pad);
            }
            row.cells.push(Cell {
                x,
                width: filling.width,
                block,
                style: filling.style,
                field: filling.field,
                layer: filling.layer,
            });
            x += filling.width;
        }
        Ok(row)
    }
}

impl Row {
    /// That its highest cell is too high.
    pub fn overflow(&self) -> PrintFault {
        let height = |cell: &&Cell| cell.block.as_ref().map_or(0.0, Block::height);
        let highest = self.cells.iter().max_by(|a, b| height(a).total_cmp(&height(b)));
        PrintFault::Overflow {
            field: highest.map(|cell| cell.field.clone()).unwrap_or_default(),
        }
    }
}

/// The height of rows together, mm.
pub fn height(rows: &[Row]) -> f32 {
    rows.iter().map(|row| row.height).sum()
}
