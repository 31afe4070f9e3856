//! What a layout says, compiled: millimetres from the top left corner, elements in drawing order.
//!
//! It knows where things stand and which values stand there; it knows no font, no page break and no PDF.

use std::collections::BTreeSet;

use super::template::Template;

/// A paper's geometry and contents.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Id of the paper, equal to its file's name.
    pub id: String,
    /// SHA-256 (hex) of the text this was compiled from.
    pub sha256: String,
    /// The sheet.
    pub page: Page,
    /// Printed on pre-printed blanks only (套打); drawn in full it is a specimen or nothing.
    pub only_overlay: bool,
    /// What stands on the sheet.
    pub elements: Vec<Element>,
}

/// The sheet; all in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Where the flow goes on after a page break.
    pub top: f32,
    /// What flows does not pass this.
    pub bottom: f32,
}

/// A rectangle in mm, `x` and `y` its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// From the left edge.
    pub x: f32,
    /// From the top edge (or from the end of the table it stands below).
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Area {
    /// The same rectangle further down.
    pub fn down(self, by: f32) -> Self {
        Self { y: self.y + by, ..self }
    }

    /// A smaller rectangle inside, `dx` less on both sides and `dy` less above and below.
    pub fn inset(self, dx: f32, dy: f32) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            w: (self.w - 2.0 * dx).max(0.0),
            h: (self.h - 2.0 * dy).max(0.0),
        }
    }
}

/// On which pages an element stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stand {
    /// At its place on the first page.
    First,
    /// At its place on every page.
    Every,
    /// Below the end of the table with this id, wherever that is; goes to a new page where it does not fit.
    Below(String),
}

/// Whether an element belongs to the form or to what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Frames and labels: drawn in full mode only, a blank has them already.
    Frame,
    /// Values: drawn in both modes.
    Value,
}

/// How a text stands between left and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// How a text stands between top and bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upright {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// The size below which nothing shrinks, in points.
    pub min: f32,
    /// Line distance as a multiple of the size.
    pub lead: f32,
    /// Between left and right.
    pub align: Align,
    /// Between top and bottom.
    pub upright: Upright,
    /// Indent of a paragraph's first line, in ems.
    pub indent: f32,
}

/// One thing on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Line of the layout file, for messages.
    pub line: usize,
    /// On which pages.
    pub stand: Stand,
    /// What it is.
    pub kind: Kind,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A text in a box without frame.
    Text {
        /// The box.
        at: Area,
        /// What it says.
        text: Template,
        /// How it is set.
        style: Style,
        /// Form or value.
        layer: Layer,
        /// Whether a rule is drawn under the box.
        underline: bool,
    },
    /// A framed box with a label at the left and a value.
    Cell(Cell),
    /// A table of rows.
    Table(Table),
    /// A straight line.
    Line {
        /// From, mm.
        from: (f32, f32),
        /// To, mm.
        to: (f32, f32),
        /// Width in points.
        width: f32,
    },
    /// A place that stays empty for a hand, a seal or a photograph.
    Place {
        /// What belongs there.
        what: Place,
        /// The box.
        at: Area,
        /// Its words.
        label: String,
        /// How they are set.
        style: Style,
    },
    /// A QR code of a value.
    Qr {
        /// The square.
        at: Area,
        /// What it says.
        value: Template,
    },
    /// A grid of rulers in mm, for finding a printer's offset.
    Ruler {
        /// The rectangle.
        at: Area,
    },
}

/// A framed box with a label and a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The box.
    pub at: Area,
    /// Words at its left; alone where there is no value.
    pub label: String,
    /// Width of the label's part, mm.
    pub label_w: f32,
    /// What is filled in.
    pub value: Option<Template>,
    /// How the label is set.
    pub label_style: Style,
    /// How the value is set.
    pub style: Style,
}

impl Cell {
    /// The part of the box that holds the label.
    pub fn label_area(&self) -> Area {
        match self.value {
            Some(_) => Area {
                w: self.label_w,
                ..self.at
            },
            None => self.at,
        }
    }

    /// The part of the box that holds the value.
    pub fn value_area(&self) -> Area {
        Area {
            x: self.at.x + self.label_w,
            w: (self.at.w - self.label_w).max(0.0),
            ..self.at
        }
    }
}

/// What a place is kept empty for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A photograph (照片).
    Photo,
    /// A seal (印章).
    Seal,
    /// A signature, a fingerprint.
    Signature,
}

/// A table whose rows come from one binding; in a fixed box, or flowing over pages with its header repeated.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What other elements call it by.
    pub id: String,
    /// Upper left corner and width; a height makes it a fixed box into which the rows shrink.
    pub at: Area,
    /// Words above the header.
    pub title: String,
    /// Binding with the rows.
    pub rows: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Least height of a row, mm.
    pub row_h: f32,
    /// Rows drawn even where there is nothing to fill them.
    pub min_rows: usize,
    /// Left out as a whole where the document has no such binding or no rows in it.
    pub optional: bool,
    /// Words instead of rows where there are none.
    pub empty: String,
    /// How the rows are set.
    pub style: Style,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Words in the header.
    pub title: String,
    /// Width in mm.
    pub width: f32,
    /// What stands in a row; names are columns of the row, not bindings of the document.
    pub value: Template,
    /// Between left and right.
    pub align: Align,
}

impl Layout {
    /// All bindings the layout prints.
    pub fn bindings(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for element in &self.elements {
            match &element.kind {
                Kind::Text { text, .. } => names.extend(text.names()),
                Kind::Cell(cell) => names.extend(cell.value.iter().flat_map(Template::names)),
                Kind::Table(table) => {
                    names.insert(table.rows.as_str());
                }
                Kind::Qr { value, .. } => names.extend(value.names()),
                Kind::Line { .. } | Kind::Place { .. } | Kind::Ruler { .. } => {}
            }
        }
        names.retain(|name| !BUILT_IN.contains(name));
        names
    }
}

/// Names every template may use without the document carrying them: the page's number and how many there are.
pub const BUILT_IN: [&str; 2] = ["page", "pages"];
