//! A grid of rulers in mm, by which a person reads off how far a printer sets everything off.

use super::{
    Field,
    fit::{Manner, set},
    font::Chain,
    sheet::SetPage,
};
use crate::forms::paper::{Align, Area, Layer, Style, Upright};

/// Size of the numbers, in points.
const SIZE: f32 = 6.0;

/// Draws a line each millimetre along the upper and left edge, a grid each centimetre, numbers at the centimetres.
pub fn draw(page: &mut SetPage, chain: &Chain, at: Area, line: usize) {
    for (across, length) in [(true, at.w), (false, at.h)] {
        for mm in 0..=whole(length) {
            let (width, reach) = match mm % 10 {
                0 => (0.4, if across { at.h } else { at.w }),
                5 => (0.3, 4.0),
                _ => (0.2, 2.5),
            };
            let step = f32::from(mm);
            if across {
                page.line((at.x + step, at.y), (at.x + step, at.y + reach), width);
            } else {
                page.line((at.x, at.y + step), (at.x + reach, at.y + step), width);
            }
            if mm > 0 && mm % 10 == 0 {
                let (x, y) = if across { (step + 0.5, 4.5) } else { (4.5, step + 0.3) };
                let place = Area {
                    x: at.x + x,
                    y: at.y + y,
                    w: 6.5,
                    h: 3.5,
                };
                number(page, chain, mm, place, line);
            }
        }
    }
}

fn number(page: &mut SetPage, chain: &Chain, mm: u16, place: Area, line: usize) {
    let style = Style {
        size: SIZE,
        min: SIZE,
        lead: 1.25,
        align: Align::Left,
        upright: Upright::Middle,
        indent: 0.0,
    };
    let text = mm.to_string();
    let field = Field {
        label: text.clone(),
        binding: String::new(),
        line,
    };
    // Four digits fit the place at this size; a number that did not would be left out, its line is there.
    if let Ok(texts) = set(
        chain,
        &text,
        (place, place),
        &style,
        Manner::Value,
        (&field, Layer::Frame),
    ) {
        page.texts.extend(texts);
    }
}

/// Whole millimetres of a length on paper.
fn whole(length: f32) -> u16 {
    (0..=1000)
        .take_while(|mm| f32::from(*mm) <= length + 0.01)
        .last()
        .unwrap_or(0)
}
