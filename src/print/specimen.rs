//! What stands across a page, under everything else so that all of it stays legible: 样张 SPECIMEN from a training
//! database, 作废 on a copy of what holds no more. And what a copy says of itself in a corner.

use super::{
    PrintFault,
    fit::POINT,
    font::{ASCENT, Chain, DESCENT},
    place::own_words,
    sheet::SetPage,
};
use crate::{
    domain::document::{Document, Mode},
    forms::paper::{Align, Area, Style, Upright},
};

/// What stands on papers of a training database.
pub const WORDS: &str = "样张 SPECIMEN";

/// What stands across the pages of a document; a copy on a blank says nothing of itself.
pub fn words(document: &Document) -> String {
    let specimen = if document.specimen { WORDS } else { "" };
    let stamp = match document.mode {
        Mode::Full => document.stamp.across.as_str(),
        Mode::Overlay => "",
    };
    [stamp, specimen]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// The corner where a copy says which it is, above what layouts use: from the right, from the top, width, height, mm.
const CORNER: (f32, f32, f32, f32) = (72.0, 4.5, 62.0, 3.6);

/// Sets what a copy says of itself in the corner of a page.
pub fn corner(page: &mut SetPage, chain: &Chain, document: &Document) -> Result<(), PrintFault> {
    if document.stamp.corner.is_empty() || document.mode == Mode::Overlay {
        return Ok(());
    }
    let (right, y, w, h) = CORNER;
    let area = Area {
        x: page.width - right,
        y,
        w,
        h,
    };
    let style = Style {
        size: 9.0,
        min: 6.0,
        lead: 1.0,
        align: Align::Right,
        upright: Upright::Middle,
        indent: 0.0,
    };
    own_words(page, chain, &document.stamp.corner, (area, area), &style, 0)
}

/// How grey it is: 0 is black, 1 is white.
pub const GREY: f32 = 0.82;

/// How much of the diagonal it takes.
const SHARE: f32 = 0.75;

/// Ems below which words are not made larger.
const SHORTEST: f32 = 6.0;

/// Where the words stand on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Across {
    /// Where the baseline starts, mm from the lower left corner.
    pub from: (f32, f32),
    /// Cosine and sine of the slope.
    pub slope: (f32, f32),
    /// Size in points.
    pub size: f32,
}

/// From the lower left to the upper right, through the middle of the sheet.
pub fn across(chain: &Chain, words: &str, width: f32, height: f32) -> Across {
    let diagonal = width.hypot(height);
    let (cos, sin) = (width / diagonal, height / diagonal);
    // One short word need not fill the sheet.
    let em = diagonal * SHARE / chain.width(words).max(SHORTEST);
    let share = em * chain.width(words) / diagonal;
    let (along, under) = (diagonal * share / 2.0, em * (ASCENT - DESCENT) / 2.0);
    Across {
        from: (
            width / 2.0 - along * cos + under * sin,
            height / 2.0 - along * sin - under * cos,
        ),
        slope: (cos, sin),
        size: em / POINT,
    }
}
