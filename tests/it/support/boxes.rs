//! The boxes an official paper must have, and whether a layout has them: each value stands beside or under its words.
//!
//! Words and values belong together where they are one element, or where the words are the nearest ones to the left in
//! the same row. A head is a word further left over the same rows, or above over the same columns.

use guitai::forms::paper::{Area, Element, Kind, Layout, Place, Template};
use serde::Deserialize;

/// The boxes of a paper, as `boxes/*.toml` has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boxes {
    /// Id of the paper.
    pub paper: String,
    /// Where the demand comes from; for people.
    #[serde(rename = "source")]
    pub _source: String,
    /// The sheet; A4 upright where it is not said.
    pub page: Option<[f32; 2]>,
    /// Values that may stand anywhere.
    #[serde(default)]
    pub also: Vec<String>,
    /// Words that must stand somewhere.
    #[serde(default)]
    pub says: Vec<String>,
    /// Values with their words.
    #[serde(default, rename = "box")]
    pub boxes: Vec<Wanted>,
    /// Places that stay empty.
    #[serde(default)]
    pub place: Vec<WantedPlace>,
}

/// One box.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The group it belongs to.
    pub head: Option<String>,
    /// Its words.
    pub label: String,
    /// Its value; a column of a table as `rows.column`.
    pub value: String,
}

/// One place that stays empty.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedPlace {
    /// `photo`, `seal` or `signature`.
    pub what: String,
    /// Its words.
    pub label: String,
}

/// A piece of a layout: words or values at a place.
struct Piece<'l> {
    element: &'l Element,
    at: Area,
    words: String,
    names: Vec<String>,
    place: Option<Place>,
}

impl Boxes {
    /// What the layout lacks; empty where it has everything.
    pub fn missing(&self, layout: &Layout) -> Vec<String> {
        let mut missing = Vec::new();
        let [width, height] = self.page.unwrap_or([210.0, 297.0]);
        if (layout.page.width, layout.page.height) != (width, height) {
            missing.push(format!("page {width}x{height}"));
        }
        let pieces: Vec<Piece> = layout.elements.iter().flat_map(pieces).collect();
        for wanted in &self.boxes {
            let mut values = pieces.iter().filter(|piece| piece.names.contains(&wanted.value));
            if !values.any(|value| stands_by(value, wanted, &pieces)) {
                missing.push(format!("{} {}", wanted.label, wanted.value));
            }
        }
        for name in &self.also {
            if !pieces.iter().any(|piece| piece.names.contains(name)) {
                missing.push(name.clone());
            }
        }
        for words in &self.says {
            if !pieces.iter().any(|piece| piece.words.contains(words)) {
                missing.push(words.clone());
            }
        }
        for place in &self.place {
            let is = |piece: &&Piece| piece.place.map(word) == Some(&place.what) && piece.words.contains(&place.label);
            if !pieces.iter().any(|piece| is(&piece)) {
                missing.push(format!("{} {}", place.what, place.label));
            }
        }
        missing
    }

    /// Every value the paper may carry.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.boxes.iter().map(|wanted| &wanted.value).chain(&self.also)
    }
}

/// Every value a layout prints, columns as `rows.column`.
pub fn names(layout: &Layout) -> Vec<String> {
    let mut names: Vec<String> = layout
        .elements
        .iter()
        .flat_map(pieces)
        .flat_map(|piece| piece.names)
        .collect();
    names.retain(|name| name != "page" && name != "pages");
    names.sort();
    names.dedup();
    names
}

fn word(place: Place) -> &'static str {
    match place {
        Place::Photo => "photo",
        Place::Seal => "seal",
        Place::Signature => "signature",
    }
}

fn stands_by(value: &Piece, wanted: &Wanted, pieces: &[Piece]) -> bool {
    let head = |head: &String| {
        pieces.iter().any(|piece| {
            piece.words == *head
                && piece.element.stand == value.element.stand
                && (beside(piece, value) || (above(piece, value) && !std::ptr::eq(piece.element, value.element)))
        })
    };
    let own = pieces
        .iter()
        .any(|piece| one(piece, value) && piece.words.contains(&wanted.label));
    let nearest = pieces
        .iter()
        .filter(|piece| !piece.words.is_empty() && piece.element.stand == value.element.stand && beside(piece, value))
        .max_by(|a, b| a.at.x.total_cmp(&b.at.x));
    (own || nearest.is_some_and(|piece| piece.words.contains(&wanted.label))) && wanted.head.as_ref().is_none_or(head)
}

/// Whether two pieces are one thing: a cell's two parts, a column's title and value, a text's words and values.
fn one(words: &Piece, value: &Piece) -> bool {
    std::ptr::eq(words.element, value.element)
        && (!matches!(words.element.kind, Kind::Table(_)) || words.at.x == value.at.x)
}

fn beside(words: &Piece, value: &Piece) -> bool {
    let middle = value.at.y + value.at.h / 2.0;
    words.at.x + words.at.w <= value.at.x + 0.01 && words.at.y <= middle && middle <= words.at.y + words.at.h
}

fn above(words: &Piece, value: &Piece) -> bool {
    let middle = value.at.x + value.at.w / 2.0;
    words.at.y + words.at.h <= value.at.y + 0.01 && words.at.x <= middle && middle <= words.at.x + words.at.w
}

fn pieces(element: &Element) -> Vec<Piece<'_>> {
    let piece = |at: Area, words: &str, names: Vec<String>| Piece {
        element,
        at,
        words: words.split_whitespace().collect(),
        names,
        place: None,
    };
    match &element.kind {
        Kind::Text { at, text, .. } => vec![piece(*at, &plain(text), names_of(text))],
        Kind::Cell(cell) => {
            let mut both = vec![piece(cell.label_area(), &cell.label, Vec::new())];
            both.extend(
                cell.value
                    .iter()
                    .map(|value| piece(cell.value_area(), &plain(value), names_of(value))),
            );
            both
        }
        Kind::Table(table) => {
            let mut x = table.at.x;
            let mut all = vec![piece(Area { h: 0.0, ..table.at }, &table.title, Vec::new())];
            for column in &table.columns {
                let at = Area {
                    x,
                    w: column.width,
                    ..table.at
                };
                let names = column.value.names().map(|name| format!("{}.{name}", table.rows));
                all.push(piece(at, &column.title, names.collect()));
                x += column.width;
            }
            all
        }
        Kind::Place { what, at, label, .. } => {
            let mut place = piece(*at, label, Vec::new());
            place.place = Some(*what);
            vec![place]
        }
        Kind::Qr { at, value } => vec![piece(*at, "", names_of(value))],
        Kind::Line { .. } | Kind::Ruler { .. } => Vec::new(),
    }
}

fn plain(text: &Template) -> String {
    text.fill(|_| Some("")).unwrap()
}

fn names_of(text: &Template) -> Vec<String> {
    text.names().map(str::to_owned).collect()
}
