//! A text in its box: the largest size at which it fits, line by line, each line at its place.

use super::{
    Field, PrintFault,
    font::{ASCENT, Chain, DESCENT},
    sheet::SetText,
    wrap::{Cut, wrap},
};
use crate::forms::paper::{Align, Area, Layer, Style, Upright};

/// A point in mm.
pub const POINT: f32 = 25.4 / 72.0;

/// How much a size shrinks at once, in points.
const STEP: f32 = 0.25;

/// A text that is kept on one line may shrink to this part of its size for it.
const ONE_LINE: f32 = 0.8;

/// Between the frame of a cell and what stands in it, mm.
pub const PAD_X: f32 = 1.2;
/// The same above and below.
pub const PAD_Y: f32 = 0.4;

/// A text cut into lines at a size.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    size: f32,
    /// From line to line, mm.
    pitch: f32,
    /// Each with its indent in ems.
    lines: Vec<(String, f32)>,
}

/// How a text gives way when its box is too small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// A running text: it breaks first, then shrinks.
    Running,
    /// A value: it shrinks a little before it breaks.
    Value,
}

/// Fits a text into a width and a height (mm); `None` where even the smallest size is too large.
pub fn fit(chain: &Chain, text: &str, style: &Style, (width, height): (f32, f32), manner: Manner) -> Option<Block> {
    let whole = style.size * ONE_LINE;
    if manner == Manner::Value && !text.contains('\n') {
        let one = sizes(style).take_while(|size| *size >= whole);
        let fitting = one.map(|size| Block::new(size, style, vec![(text.trim_end().to_owned(), style.indent)]));
        let mut fitting = fitting.filter(|block| block.width(chain) <= width + 0.01 && block.height() <= height + 0.01);
        if let Some(block) = fitting.next() {
            return Some(block);
        }
    }
    [Cut::Words, Cut::Anywhere].into_iter().find_map(|cut| {
        sizes(style).find_map(|size| {
            let lines = paragraphs(chain, text, width / (size * POINT), style.indent, cut)?;
            Some(Block::new(size, style, lines)).filter(|block| block.height() <= height + 0.01)
        })
    })
}

/// From the size of a style down to its least.
fn sizes(style: &Style) -> impl Iterator<Item = f32> {
    let (size, min) = (style.size, style.min);
    (0_u16..1000)
        .map(move |step| size - STEP * f32::from(step))
        .take_while(move |size| *size > min)
        .chain([min])
}

fn paragraphs(chain: &Chain, text: &str, width: f32, indent: f32, cut: Cut) -> Option<Vec<(String, f32)>> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let cut = wrap(chain, paragraph, width, indent, cut)?;
        let indents = [indent].into_iter().chain(std::iter::repeat(0.0));
        lines.extend(cut.into_iter().zip(indents));
    }
    Some(lines)
}

impl Block {
    fn new(size: f32, style: &Style, lines: Vec<(String, f32)>) -> Self {
        Self {
            size,
            pitch: size * POINT * style.lead.max(ASCENT + DESCENT),
            lines,
        }
    }

    fn width(&self, chain: &Chain) -> f32 {
        let width = |(line, indent): &(String, f32)| (chain.width(line) + indent) * self.size * POINT;
        self.lines.iter().map(width).fold(0.0, f32::max)
    }

    /// From the top of the first line to the bottom of the last, mm.
    pub fn height(&self) -> f32 {
        let more = self.lines.iter().skip(1).map(|_| self.pitch).sum::<f32>();
        more + (ASCENT + DESCENT) * self.size * POINT
    }

    /// The lines at their places in `inside`; `area` is what they must not leave.
    pub fn stand(
        self,
        chain: &Chain,
        inside: Area,
        area: Area,
        style: &Style,
        as_what: (&Field, Layer),
    ) -> Vec<SetText> {
        let em = self.size * POINT;
        let spare = (inside.h - self.height()).max(0.0);
        let mut top = inside.y
            + match style.upright {
                Upright::Top => 0.0,
                Upright::Middle => spare / 2.0,
                Upright::Bottom => spare,
            };
        let mut texts = Vec::with_capacity(self.lines.len());
        for (text, indent) in self.lines {
            let w = chain.width(&text) * em;
            let spare = inside.w - w;
            let x = inside.x
                + match style.align {
                    Align::Left => indent * em,
                    Align::Center => spare / 2.0,
                    Align::Right => spare,
                };
            if !text.trim().is_empty() {
                texts.push(SetText {
                    field: as_what.0.clone(),
                    text,
                    layer: as_what.1,
                    size: self.size,
                    at: (x, top + ASCENT * em),
                    bounds: Area {
                        x,
                        y: top,
                        w,
                        h: (ASCENT + DESCENT) * em,
                    },
                    area,
                });
            }
            top += self.pitch;
        }
        texts
    }
}

/// A text set in a box, or the fault that it does not fit.
pub fn set(
    chain: &Chain,
    text: &str,
    (inside, area): (Area, Area),
    style: &Style,
    manner: Manner,
    as_what: (&Field, Layer),
) -> Result<Vec<SetText>, PrintFault> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let block = fit(chain, text, style, (inside.w, inside.h), manner).ok_or_else(|| PrintFault::Overflow {
        field: as_what.0.clone(),
    })?;
    Ok(block.stand(chain, inside, area, style, as_what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::font::chain;

    const STYLE: Style = Style {
        size: 12.0,
        min: 8.0,
        lead: 1.25,
        align: Align::Left,
        upright: Upright::Top,
        indent: 0.0,
    };

    fn sized(text: &str, width: f32, height: f32, manner: Manner) -> Option<(f32, usize)> {
        let block = fit(chain().unwrap(), text, &STYLE, (width, height), manner)?;
        Some((block.size, block.lines.len()))
    }

    #[test]
    fn a_value_shrinks_a_little_before_it_breaks_and_breaks_before_it_shrinks_more() {
        let em = 12.0 * POINT;
        assert_eq!(sized("一二三四五", 5.0 * em, 100.0, Manner::Value), Some((12.0, 1)));
        assert_eq!(sized("一二三四五", 4.5 * em, 100.0, Manner::Value), Some((10.75, 1)));
        assert_eq!(sized("一二三四五", 4.5 * em, 100.0, Manner::Running), Some((12.0, 2)));
        assert_eq!(sized("一二三四五", 3.0 * em, 100.0, Manner::Value), Some((12.0, 2)));
    }

    #[test]
    fn a_text_shrinks_to_the_floor_and_no_further() {
        let em = 8.0 * POINT;
        let height = 1.1 * em;
        assert_eq!(sized("一二三四五", 5.0 * em, height, Manner::Running), Some((8.0, 1)));
        assert_eq!(sized("一二三四五六", 5.0 * em, height, Manner::Running), None);
        assert_eq!(
            sized("一二三四五六", 5.0 * em, height + 1.25 * em, Manner::Running),
            Some((8.0, 2))
        );
    }

    #[test]
    fn lines_stand_where_the_style_says() {
        let area = Area {
            x: 10.0,
            y: 20.0,
            w: 50.0,
            h: 30.0,
        };
        let style = Style {
            align: Align::Right,
            upright: Upright::Bottom,
            ..STYLE
        };
        let texts = set(
            chain().unwrap(),
            "一二\n三",
            (area, area),
            &style,
            Manner::Value,
            (&Field::default(), Layer::Value),
        )
        .unwrap();
        let em = 12.0 * POINT;
        assert!((texts[0].at.0 - (60.0 - 2.0 * em)).abs() < 0.01);
        assert!((texts[1].at.0 - (60.0 - em)).abs() < 0.01);
        assert!((texts[1].at.1 - (50.0 - DESCENT * em)).abs() < 0.01);
        assert!((texts[1].at.1 - texts[0].at.1 - 1.25 * em).abs() < 0.01);
    }
}
