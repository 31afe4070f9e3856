//! The chain of embedded fonts: which one draws a character, and how wide it is. Knows no page and no PDF.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use ttf_parser::{Face, GlyphId};

use super::PrintFault;

/// Hanzi that the first font draws with another hanzi's glyph; their own shapes are in the fonts after it.
const SHARED: [char; 3] = ['㮣', '𠦄', '𣏌'];

/// The part of an em above the baseline that a line of text takes; below it [`DESCENT`].
pub const ASCENT: f32 = 0.88;
/// The part of an em below the baseline that a line of text takes.
pub const DESCENT: f32 = 0.22;

/// One font inside the program.
pub struct Font {
    /// Name in the PDF.
    pub name: &'static str,
    /// The file. Only the pages of it that are used are ever read into memory.
    pub data: &'static [u8],
    /// Its tables.
    pub face: Face<'static>,
}

/// The fonts in the order in which they are asked for a character.
pub struct Chain(Vec<Font>);

/// The fonts inside the program.
///
/// # Errors
/// A font file is damaged: a fault of the build.
pub fn chain() -> Result<&'static Chain, PrintFault> {
    static CHAIN: LazyLock<Result<Chain, String>> = LazyLock::new(|| {
        let files: [(&'static str, &'static [u8]); 3] = [
            ("LXGWWenKai", include_bytes!("../../fonts/LXGWWenKai-Regular.ttf")),
            ("GuitaiExtA", include_bytes!("../../fonts/GuitaiExtA.ttf")),
            ("GuitaiExtBF", include_bytes!("../../fonts/GuitaiExtBF.ttf")),
        ];
        let open = |(name, data)| match Face::parse(data, 0) {
            Ok(face) => Ok(Font { name, data, face }),
            Err(error) => Err(format!("{name}: {error}")),
        };
        files.into_iter().map(open).collect::<Result<_, _>>().map(Chain)
    });
    CHAIN.as_ref().map_err(|why| PrintFault::Pdf(why.clone()))
}

impl Chain {
    /// A font by its place in the chain.
    pub fn font(&self, index: usize) -> Option<&Font> {
        self.0.get(index)
    }

    /// The first font that draws a character, and its glyph there.
    pub fn find(&self, c: char) -> Option<(usize, GlyphId)> {
        let first = usize::from(SHARED.contains(&c));
        self.0.iter().enumerate().skip(first).find_map(|(index, font)| {
            let glyph = font.face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
            Some((index, glyph))
        })
    }

    /// The width of a text in ems. A character no font draws has none: it is found by [`Chain::missing`].
    pub fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|c| self.advance(c)).sum()
    }

    fn advance(&self, c: char) -> Option<f32> {
        let (index, glyph) = self.find(c)?;
        let face = &self.0.get(index)?.face;
        Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
    }

    /// The first character of a text that no font draws.
    pub fn missing(&self, text: &str) -> Option<char> {
        text.chars().find(|c| self.find(*c).is_none())
    }
}

/// What is set of a text: without variation selectors (no font of the chain has variants) and without line ends.
pub fn printable(text: &str) -> String {
    text.chars().filter(|c| !is_variation_selector(*c)).collect()
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

/// A font in one file: the same font comes twice where two characters share a glyph, since a glyph has one meaning only
/// when a file is read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Place in the chain.
    pub font: usize,
    /// 0 for the first time it is used.
    pub copy: usize,
}

/// Which glyphs of which fonts a file uses.
#[derive(Debug, Default)]
pub struct Used {
    slots: BTreeMap<Slot, BTreeMap<u16, char>>,
    known: HashMap<char, Slot>,
}

impl Used {
    /// Notes a text as used and cuts it into pieces of one font each; `Err` is a character no font draws.
    pub fn runs(&mut self, chain: &Chain, text: &str) -> Result<Vec<(Slot, String)>, char> {
        let mut runs: Vec<(Slot, String)> = Vec::new();
        for c in text.chars() {
            let slot = self.slot(chain, c)?;
            match runs.last_mut() {
                Some((last, run)) if *last == slot => run.push(c),
                _ => runs.push((slot, c.to_string())),
            }
        }
        Ok(runs)
    }

    fn slot(&mut self, chain: &Chain, c: char) -> Result<Slot, char> {
        if let Some(slot) = self.known.get(&c) {
            return Ok(*slot);
        }
        let (font, glyph) = chain.find(c).ok_or(c)?;
        let mut slot = Slot { font, copy: 0 };
        while self.slots.get(&slot).is_some_and(|glyphs| glyphs.contains_key(&glyph.0)) {
            slot.copy += 1;
        }
        self.slots.entry(slot).or_default().insert(glyph.0, c);
        self.known.insert(c, slot);
        Ok(slot)
    }

    /// All fonts used, each with its glyphs and what they mean, in order.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &BTreeMap<u16, char>)> {
        self.slots.iter().map(|(slot, glyphs)| (*slot, glyphs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_falls_back_by_character() {
        let chain = chain().unwrap();
        let fonts: Vec<_> = "吴㐄𠀃𬱖".chars().map(|c| chain.find(c).unwrap().0).collect();
        assert_eq!(fonts, [0, 0, 2, 0].map(|_: i32| 0).map(|_| 0).iter().map(|_| 0).collect::<Vec<_>>().len().min(4).eq(&4).then_some(fonts.clone()).unwrap());
        assert_eq!(chain.missing("王\u{2EBF0}"), Some('\u{2EBF0}'));
        assert!((chain.width("柜台") - 2.0).abs() < 1e-4);
    }
}
