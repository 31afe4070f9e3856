//! Tables: rows as high as their longest cell, over as many pages as they need with their header on each; or shrunk into
//! a fixed box. And the flow of what stands below them.

use super::{
    Field, PrintFault,
    fit::{Block, Manner, PAD_X, PAD_Y, fit},
    font::Chain,
    place::{FRAME, Spot},
    sheet::SetPage,
    values::{Path, fill_row, rows, words},
};
use crate::{
    domain::document::{Document, Mode},
    forms::paper::{Align, Area, Element, Kind, Layer, Layout, Stand, Style, Table, Upright},
};

/// Above and below the text of a row that may be as high as it likes, mm.
const ROW_PAD: f32 = 1.2;

/// Where the flow stands: a page, and how far down on it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    page: usize,
    y: f32,
}

/// The first pass over a layout: sets tables and finds the pages of everything else.
pub struct Flow<'l> {
    chain: &'l Chain,
    document: &'l Document,
    layout: &'l Layout,
    pages: Vec<SetPage>,
    spots: Vec<Spot<'l>>,
}

/// A row ready to be drawn.
struct Row {
    height: f32,
    cells: Vec<Cell>,
}

struct Cell {
    x: f32,
    width: f32,
    /// Nothing where it stays blank.
    block: Option<Block>,
    style: Style,
    field: Field,
    layer: Layer,
}

impl<'l> Flow<'l> {
    pub fn new(chain: &'l Chain, document: &'l Document, layout: &'l Layout) -> Self {
        Self {
            chain,
            document,
            layout,
            pages: Vec::new(),
            spots: Vec::new(),
        }
    }

    /// Sets what stands on the first page and everything below it.
    pub fn run(&mut self) -> Result<(), PrintFault> {
        self.turn_to(0);
        for element in self
            .layout
            .elements
            .iter()
            .filter(|element| element.stand == Stand::First)
        {
            match &element.kind {
                Kind::Table(table) => {
                    let start = Place { page: 0, y: table.at.y };
                    self.table(table, element.line, start, start)?;
                }
                _ => self.spots.push(Spot {
                    page: 0,
                    down: 0.0,
                    element,
                }),
            }
        }
        Ok(())
    }

    /// The pages with their tables, and where the rest stands.
    pub fn finish(self) -> (Vec<SetPage>, Vec<Spot<'l>>) {
        (self.pages, self.spots)
    }

    fn turn_to(&mut self, page: usize) {
        while self.pages.len() <= page {
            self.pages.push(SetPage {
                width: self.layout.page.width,
                height: self.layout.page.height,
                specimen: self.document.specimen,
                marks: Vec::new(),
                texts: Vec::new(),
            });
        }
    }

    /// Sets a table from `start`, then what stands below it. A table that is left out ends at `before`.
    fn table(&mut self, table: &'l Table, line: usize, start: Place, before: Place) -> Result<(), PrintFault> {
        let Some(rows) = self.rows(table, line)? else {
            return self.below(&table.id, before);
        };
        let head = self.head(table, line)?;
        let end = if table.at.h > 0.0 {
            self.boxed(table, &head, &rows, start)
        } else {
            self.flowing(&head, &rows, start)?
        };
        self.below(&table.id, end)
    }

    fn flowing(&mut self, head: &[Row], rows: &[Row], mut at: Place) -> Result<Place, PrintFault> {
        let (top, bottom) = (self.layout.page.top, self.layout.page.bottom);
        let first = rows.first().map_or(0.0, |row| row.height);
        if at.y > top && at.y + height(head) + first > bottom {
            at = Place {
                page: at.page + 1,
                y: top,
            };
        }
        self.turn_to(at.page);
        at = self.draw(head, at);
        let mut fresh = true;
        for row in rows {
            if at.y + row.height > bottom + 0.01 {
                if fresh {
                    return Err(row.overflow());
                }
                at = Place {
                    page: at.page + 1,
                    y: top,
                };
                self.turn_to(at.page);
                at = self.draw(head, at);
                if at.y + row.height > bottom + 0.01 {
                    return Err(row.overflow());
                }
            }
            at = self.draw(std::slice::from_ref(row), at);
            fresh = false;
        }
        Ok(at)
    }

    /// The box keeps its height; its columns go down to its bottom.
    fn boxed(&mut self, table: &Table, head: &[Row], rows: &[Row], start: Place) -> Place {
        let area = Area { y: start.y, ..table.at };
        let at = self.draw(head, start);
        let at = self.draw(rows, at);
        if let Some(page) = self.pages.get_mut(at.page).filter(|_| self.document.mode == Mode::Full) {
            page.frame(area, FRAME);
            let mut x = area.x;
            for column in &table.columns {
                page.line((x, at.y), (x, area.y + area.h), FRAME);
                x += column.width;
            }
        }
        Place {
            y: area.y + area.h,
            ..at
        }
    }

    fn draw(&mut self, rows: &[Row], mut at: Place) -> Place {
        let full = self.document.mode == Mode::Full;
        let Some(page) = self.pages.get_mut(at.page) else {
            return at;
        };
        for row in rows {
            for cell in &row.cells {
                let area = Area {
                    x: cell.x,
                    y: at.y,
                    w: cell.width,
                    h: row.height,
                };
                if full {
                    page.frame(area, FRAME);
                }
                if full || cell.layer == Layer::Value {
                    let inside = area.inset(PAD_X, PAD_Y);
                    let block = cell.block.iter().cloned();
                    let as_what = (&cell.field, cell.layer);
                    let texts = block.flat_map(|block| block.stand(self.chain, inside, area, &cell.style, as_what));
                    page.texts.extend(texts);
                }
            }
            at.y += row.height;
        }
        at
    }

    /// Everything below a table goes to the next page together where it does not fit on this one.
    fn below(&mut self, id: &str, end: Place) -> Result<(), PrintFault> {
        let layout = self.layout;
        let group = layout
            .elements
            .iter()
            .filter(|element| matches!(&element.stand, Stand::Below(of) if of == id));
        let mut reach = 0.0_f32;
        for element in group.clone() {
            reach = reach.max(self.reach(element)?);
        }
        let mut at = end;
        if at.y + reach > layout.page.bottom + 0.01 {
            at = Place {
                page: at.page + 1,
                y: layout.page.top,
            };
            if at.y + reach > layout.page.bottom + 0.01 {
                let label = id.to_owned();
                let line = group.clone().next().map_or(0, |element| element.line);
                let binding = String::new();
                return Err(PrintFault::Overflow {
                    field: Field { label, binding, line },
                });
            }
            self.turn_to(at.page);
        }
        for element in group {
            match &element.kind {
                Kind::Table(table) => {
                    let start = Place {
                        y: at.y + table.at.y,
                        ..at
                    };
                    self.table(table, element.line, start, at)?;
                }
                _ => self.spots.push(Spot {
                    page: at.page,
                    down: at.y,
                    element,
                }),
            }
        }
        Ok(())
    }

    /// How far down an element goes from where its `y` counts; of a table its head and first row.
    fn reach(&self, element: &Element) -> Result<f32, PrintFault> {
        Ok(match &element.kind {
            Kind::Text { at, .. } | Kind::Place { at, .. } | Kind::Qr { at, .. } | Kind::Ruler { at } => at.y + at.h,
            Kind::Cell(cell) => cell.at.y + cell.at.h,
            Kind::Line { from, to, .. } => from.1.max(to.1),
            Kind::Table(table) if table.at.h > 0.0 => table.at.y + table.at.h,
            Kind::Table(table) => match self.rows(table, element.line)? {
                Some(rows) => {
                    let first = rows.first().map_or(0.0, |row| row.height);
                    table.at.y + height(&self.head(table, element.line)?) + first
                }
                None => 0.0,
            },
        })
    }

    fn head(&self, table: &Table, line: usize) -> Result<Vec<Row>, PrintFault> {
        let style = Style {
            align: Align::Center,
            upright: Upright::Middle,
            ..table.style
        };
        let mut head = Vec::new();
        if !table.title.is_empty() {
            head.push(self.band(table, &table.title, style, line)?);
        }
        if table.columns.iter().any(|column| !column.title.is_empty()) {
            let titles = table.columns.iter().map(|column| {
                let field = own(&column.title, line);
                Ok((
                    column.width,
                    words(self.chain, &column.title)?,
                    style,
                    field,
                    Layer::Frame,
                ))
            });
            head.push(self.row(table, titles.collect::<Result<_, PrintFault>>()?, table.row_h)?);
        }
        Ok(head)
    }

    /// A row of words from side to side.
    fn band(&self, table: &Table, title: &str, style: Style, line: usize) -> Result<Row, PrintFault> {
        let cell = (
            table.at.w,
            words(self.chain, title)?,
            style,
            own(title, line),
            Layer::Frame,
        );
        self.row(table, vec![cell], table.row_h)
    }

    /// The rows of a table, at a size at which a fixed box holds them.
    fn rows(&self, table: &Table, line: usize) -> Result<Option<Vec<Row>>, PrintFault> {
        if table.at.h <= 0.0 {
            return self.rows_at(table, line, table.style.size, table.row_h);
        }
        let room = table.at.h - height(&self.head(table, line)?);
        let mut size = table.style.size;
        loop {
            for least in [table.row_h, 0.0] {
                match self.rows_at(table, line, size, least)? {
                    Some(rows) if height(&rows) > room + 0.01 => {
                        if size <= table.style.min && least == 0.0 {
                            let tallest = rows.iter().max_by(|a, b| a.height.total_cmp(&b.height));
                            return tallest.map_or(Ok(None), |row| Err(row.overflow()));
                        }
                    }
                    rows => return Ok(rows),
                }
            }
            size = (size - 0.5).max(table.style.min);
        }
    }

    fn rows_at(&self, table: &Table, line: usize, size: f32, least: f32) -> Result<Option<Vec<Row>>, PrintFault> {
        let Some(given) = rows(self.document, table, line)? else {
            return Ok(None);
        };
        let style = Style { size, ..table.style };
        let mut set = Vec::with_capacity(given.len().max(table.min_rows));
        for (n, row) in given.iter().enumerate() {
            let path = Path {
                table,
                row: n + 1,
                line,
            };
            let cells = table.columns.iter().map(|column| {
                let field = path.field(column);
                let text = fill_row(self.chain, row, &column.value, &path)?;
                let style = Style {
                    align: column.align,
                    ..style
                };
                Ok((column.width, text, style, field, Layer::Value))
            });
            set.push(self.row(table, cells.collect::<Result<_, PrintFault>>()?, least)?);
        }
        if given.is_empty() && !table.empty.is_empty() {
            let style = Style {
                align: Align::Center,
                ..style
            };
            set.push(self.band(table, &table.empty, style, line)?);
        }
        while set.len() < table.min_rows {
            let blank = table.columns.iter().map(|column| {
                let nothing = String::new();
                (column.width, nothing, style, own(&column.title, line), Layer::Frame)
            });
            set.push(self.row(table, blank.collect(), least)?);
        }
        Ok(Some(set))
    }

    /// A row of texts, each with its width, as high as the highest of them and at least `least`.
    fn row(
        &self,
        table: &Table,
        texts: Vec<(f32, String, Style, Field, Layer)>,
        least: f32,
    ) -> Result<Row, PrintFault> {
        let pad = if table.at.h > 0.0 { PAD_Y } else { ROW_PAD };
        let mut row = Row {
            height: least.max(2.0 * pad),
            cells: Vec::with_capacity(texts.len()),
        };
        let mut x = table.at.x;
        for (width, text, style, field, layer) in texts {
            let block = if text.trim().is_empty() {
                None
            } else {
                let room = (width - 2.0 * PAD_X, f32::INFINITY);
                let Some(block) = fit(self.chain, &text, &style, room, Manner::Running) else {
                    return Err(PrintFault::Overflow { field });
                };
                row.height = row.height.max(block.height() + 2.0 * pad);
                Some(block)
            };
            row.cells.push(Cell {
                x,
                width,
                block,
                style,
                field,
                layer,
            });
            x += width;
        }
        Ok(row)
    }
}

impl Row {
    /// That its highest cell is too high.
    fn overflow(&self) -> PrintFault {
        let height = |cell: &&Cell| cell.block.as_ref().map_or(0.0, Block::height);
        let highest = self.cells.iter().max_by(|a, b| height(a).total_cmp(&height(b)));
        PrintFault::Overflow {
            field: highest.map(|cell| cell.field.clone()).unwrap_or_default(),
        }
    }
}

fn height(rows: &[Row]) -> f32 {
    rows.iter().map(|row| row.height).sum()
}

fn own(words: &str, line: usize) -> Field {
    Field {
        label: words.to_owned(),
        binding: String::new(),
        line,
    }
}
