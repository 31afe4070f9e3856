//! Where things stand down the pages: tables as far as they go, and what stands below them after their end.

use super::{
    Field, PrintFault,
    fit::{PAD_X, PAD_Y},
    font::Chain,
    place::{FRAME, Spot},
    sheet::SetPage,
    specimen,
    table::{Row, Rows, height},
};
use crate::{
    domain::document::{Document, Mode},
    forms::paper::{Area, Element, Kind, Layer, Layout, Stand, Table},
};

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

    fn rows_of(&self, table: &'l Table, line: usize) -> Rows<'l> {
        Rows {
            chain: self.chain,
            document: self.document,
            table,
            line,
        }
    }

    fn turn_to(&mut self, page: usize) {
        while self.pages.len() <= page {
            self.pages.push(SetPage {
                width: self.layout.page.width,
                height: self.layout.page.height,
                across: specimen::words(self.document),
                marks: Vec::new(),
                texts: Vec::new(),
            });
        }
    }

    /// Sets a table from `start`, then what stands below it. A table that is left out ends at `before`.
    fn table(&mut self, table: &'l Table, line: usize, start: Place, before: Place) -> Result<(), PrintFault> {
        let of = self.rows_of(table, line);
        let Some(rows) = of.rows()? else {
            return self.below(&table.id, before);
        };
        let head = of.head()?;
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
    fn reach(&self, element: &'l Element) -> Result<f32, PrintFault> {
        Ok(match &element.kind {
            Kind::Text { at, .. } | Kind::Place { at, .. } | Kind::Qr { at, .. } | Kind::Ruler { at } => at.y + at.h,
            Kind::Cell(cell) => cell.at.y + cell.at.h,
            Kind::Line { from, to, .. } => from.1.max(to.1),
            Kind::Table(table) if table.at.h > 0.0 => table.at.y + table.at.h,
            Kind::Table(table) => {
                let of = self.rows_of(table, element.line);
                match of.rows()? {
                    Some(rows) => table.at.y + height(&of.head()?) + rows.first().map_or(0.0, |row| row.height),
                    None => 0.0,
                }
            }
        })
    }
}
