//! A document on its pages: tables first, since what stands below them depends on where they end and the number of pages
//! on how far they flow; then everything else, at its page.

use super::{
    Field, PrintFault,
    fit::{Manner, PAD_X, PAD_Y, set},
    flow::Flow,
    font::{Chain, chain},
    qr, ruler,
    sheet::{SetPage, SetPages},
    specimen,
    values::{Number, field, fill, words},
};
use crate::{
    domain::document::{Document, Mode},
    forms::paper::{Area, Cell, Element, Kind, Layer, Layout, Place, Stand, Style},
};

/// Width of frames, in points.
pub const FRAME: f32 = 0.5;

/// An element at its page; `down` is where its `y` counts from.
pub struct Spot<'l> {
    pub page: usize,
    pub down: f32,
    pub element: &'l Element,
}

/// Places a document by its layout.
pub fn place(document: &Document, layout: &Layout) -> Result<SetPages, PrintFault> {
    let chain = chain()?;
    let mut flow = Flow::new(chain, document, layout);
    flow.run()?;
    let (pages, spots) = flow.finish();
    let mut setter = Setter { chain, document, pages };
    for spot in spots {
        setter.element(&spot)?;
    }
    let every = layout.elements.iter().filter(|element| element.stand == Stand::Every);
    for element in every {
        for page in 0..setter.pages.len() {
            setter.element(&Spot {
                page,
                down: 0.0,
                element,
            })?;
        }
    }
    for page in &mut setter.pages {
        specimen::corner(page, chain, document)?;
    }
    Ok(SetPages { pages: setter.pages })
}

struct Setter<'d> {
    chain: &'d Chain,
    document: &'d Document,
    pages: Vec<SetPage>,
}

impl Setter<'_> {
    fn element(&mut self, spot: &Spot) -> Result<(), PrintFault> {
        let number = Number::new(spot.page, self.pages.len());
        let full = self.document.mode == Mode::Full;
        let (chain, document) = (self.chain, self.document);
        let Some(page) = self.pages.get_mut(spot.page) else {
            return Ok(());
        };
        let line = spot.element.line;
        match &spot.element.kind {
            Kind::Text {
                at,
                text,
                style,
                layer,
                underline,
            } => {
                let at = at.down(spot.down);
                if *underline && full {
                    page.line((at.x, at.y + at.h), (at.x + at.w, at.y + at.h), FRAME);
                }
                if *layer == Layer::Value || full {
                    let field = field("", text, line);
                    let words = fill(chain, document, text, &number, &field)?;
                    let field = named(field, &words);
                    let texts = set(chain, &words, (at, at), style, Manner::Running, (&field, *layer))?;
                    page.texts.extend(texts);
                }
            }
            Kind::Cell(cell) => set_cell(page, (chain, document), cell, &number, spot)?,
            Kind::Line { from, to, width } if full => {
                let down = |(x, y): (f32, f32)| (x, y + spot.down);
                page.line(down(*from), down(*to), *width);
            }
            Kind::Place { what, at, label, style } if full => {
                let at = at.down(spot.down);
                if *what == Place::Photo {
                    page.frame(at, FRAME);
                }
                let inside = if *what == Place::Photo {
                    at.inset(PAD_X, PAD_Y)
                } else {
                    at
                };
                own_words(page, chain, label, (inside, at), style, line)?;
            }
            Kind::Qr { at, value } => {
                let field = field("", value, line);
                let text = fill(chain, document, value, &number, &field)?;
                page.marks.extend(qr::squares(&text, at.down(spot.down), &field)?);
            }
            Kind::Ruler { at } => ruler::draw(page, chain, at.down(spot.down), line),
            Kind::Line { .. } | Kind::Place { .. } | Kind::Table(_) => {}
        }
        Ok(())
    }
}

fn set_cell(
    page: &mut SetPage,
    (chain, document): (&Chain, &Document),
    cell: &Cell,
    number: &Number,
    spot: &Spot,
) -> Result<(), PrintFault> {
    let line = spot.element.line;
    let full = document.mode == Mode::Full;
    if full {
        let area = cell.label_area().down(spot.down);
        page.frame(cell.at.down(spot.down), FRAME);
        if cell.value.is_some() && cell.label_w > 0.0 {
            page.line((area.x + area.w, area.y), (area.x + area.w, area.y + area.h), FRAME);
        }
        let style = &cell.label_style;
        own_words(page, chain, &cell.label, (area.inset(PAD_X, PAD_Y), area), style, line)?;
    }
    if let Some(value) = &cell.value {
        let area = cell.value_area().down(spot.down);
        let field = field(&cell.label, value, line);
        let text = fill(chain, document, value, number, &field)?;
        let inside = area.inset(PAD_X, PAD_Y);
        let as_what = (&field, Layer::Value);
        page.texts
            .extend(set(chain, &text, (inside, area), &cell.style, Manner::Value, as_what)?);
    }
    Ok(())
}

/// Labels and titles.
pub fn own_words(
    page: &mut SetPage,
    chain: &Chain,
    label: &str,
    (inside, area): (Area, Area),
    style: &Style,
    line: usize,
) -> Result<(), PrintFault> {
    let text = words(chain, label)?;
    let field = Field {
        label: text.clone(),
        binding: String::new(),
        line,
    };
    let texts = set(
        chain,
        &text,
        (inside, area),
        style,
        Manner::Running,
        (&field, Layer::Frame),
    )?;
    page.texts.extend(texts);
    Ok(())
}

/// A text without bindings is known by its own words.
fn named(field: Field, words: &str) -> Field {
    if field.binding.is_empty() {
        let label = words.chars().take(20).collect();
        Field { label, ..field }
    } else {
        field
    }
}
