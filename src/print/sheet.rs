//! Pages on which everything has its place in millimetres from the top left corner: what `place` makes, `pdf` draws and
//! a test can look at. Knows no layout, no font and no PDF.

use std::fmt;

use super::PrintFault;
use crate::forms::paper::{Area, Layer};

/// How far a printer sets everything off, to be made up for; mm, to the right and down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Offset {
    /// To the right.
    pub dx_mm: f32,
    /// Down.
    pub dy_mm: f32,
}

impl Offset {
    /// No offset.
    pub const NONE: Self = Self { dx_mm: 0.0, dy_mm: 0.0 };
}

/// What a text on paper is: which words stand beside it, and which bindings it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Field {
    /// The label beside it, as on the paper; may be empty.
    pub label: String,
    /// Its bindings, such as `man.name`, or `lines[3].price` in a table; empty for the form's own words.
    pub binding: String,
    /// The layout's line.
    pub line: usize,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.label.as_str(), self.binding.as_str()) {
            ("", binding) => write!(f, "{binding}"),
            (label, "") => write!(f, "“{label}”"),
            (label, binding) => write!(f, "“{label}”({binding})"),
        }
    }
}

/// A document's pages.
#[derive(Debug, Clone, PartialEq)]
pub struct SetPages {
    /// In order; at least one.
    pub pages: Vec<SetPage>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct SetPage {
    /// Width of the sheet, mm.
    pub width: f32,
    /// Height of the sheet, mm.
    pub height: f32,
    /// What stands across it; may be empty.
    pub across: String,
    /// Lines and squares.
    pub marks: Vec<Mark>,
    /// One entry a line of text.
    pub texts: Vec<SetText>,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct SetText {
    /// What it is.
    pub field: Field,
    /// What it says.
    pub text: String,
    /// Form or value.
    pub layer: Layer,
    /// Size in points.
    pub size: f32,
    /// Where its baseline starts, mm.
    pub at: (f32, f32),
    /// What the line covers.
    pub bounds: Area,
    /// The cell or box it must stay in.
    pub area: Area,
}

/// A thing that is drawn and not read.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line.
    Line {
        /// From, mm.
        from: (f32, f32),
        /// To, mm.
        to: (f32, f32),
        /// Width in points.
        width: f32,
    },
    /// Filled rectangles.
    Filled(Vec<Area>),
}

impl SetPage {
    /// Draws a frame.
    pub(super) fn frame(&mut self, at: Area, width: f32) {
        let (left, top, right, bottom) = (at.x, at.y, at.x + at.w, at.y + at.h);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        for (from, to) in corners.into_iter().zip(corners.into_iter().skip(1)) {
            self.marks.push(Mark::Line { from, to, width });
        }
    }

    /// Draws a line.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        self.marks.push(Mark::Line { from, to, width });
    }
}

impl SetPages {
    /// All pages moved by a printer's offset.
    pub(super) fn moved(mut self, by: Offset) -> Result<Self, PrintFault> {
        for page in &mut self.pages {
            for text in &mut page.texts {
                text.at = moved(text.at, by);
                text.bounds = moved_area(text.bounds, by);
                text.area = moved_area(text.area, by);
                let sheet = Area {
                    x: 0.0,
                    y: 0.0,
                    w: page.width,
                    h: page.height,
                };
                if !holds(sheet, text.bounds) {
                    return Err(PrintFault::OffPaper {
                        field: text.field.clone(),
                    });
                }
            }
            for mark in &mut page.marks {
                match mark {
                    Mark::Line { from, to, .. } => (*from, *to) = (moved(*from, by), moved(*to, by)),
                    Mark::Filled(areas) => areas.iter_mut().for_each(|area| *area = moved_area(*area, by)),
                }
            }
        }
        Ok(self)
    }
}

fn moved((x, y): (f32, f32), by: Offset) -> (f32, f32) {
    (x + by.dx_mm, y + by.dy_mm)
}

fn moved_area(area: Area, by: Offset) -> Area {
    let (x, y) = moved((area.x, area.y), by);
    Area { x, y, ..area }
}

/// Whether one rectangle lies in another, give or take what arithmetic loses.
pub(super) fn holds(outer: Area, inner: Area) -> bool {
    const SLACK: f32 = 0.01;
    inner.x >= outer.x - SLACK
        && inner.y >= outer.y - SLACK
        && inner.x + inner.w <= outer.x + outer.w + SLACK
        && inner.y + inner.h <= outer.y + outer.h + SLACK
}
