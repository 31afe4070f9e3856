//! 样张 SPECIMEN across a page from a training database, under everything else so that all of it stays legible.

use super::{
    fit::POINT,
    font::{ASCENT, Chain, DESCENT},
};

/// What stands there.
pub const WORDS: &str = "样张 SPECIMEN";

/// How grey it is: 0 is black, 1 is white.
pub const GREY: f32 = 0.82;

/// How much of the diagonal it takes.
const SHARE: f32 = 0.75;

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
pub fn across(chain: &Chain, width: f32, height: f32) -> Across {
    let diagonal = width.hypot(height);
    let (cos, sin) = (width / diagonal, height / diagonal);
    let em = diagonal * SHARE / chain.width(WORDS);
    let (along, under) = (diagonal * SHARE / 2.0, em * (ASCENT - DESCENT) / 2.0);
    Across {
        from: (
            width / 2.0 - along * cos + under * sin,
            height / 2.0 - along * sin - under * cos,
        ),
        slope: (cos, sin),
        size: em / POINT,
    }
}
