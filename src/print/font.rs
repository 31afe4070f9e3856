//! The chain of fonts inside the program: which one draws a character, and how wide it is. Knows no page and no PDF.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::PrintFault;

/// A hanzi that the first font draws as another one (槩); its own shape is in the fonts after it.
const SHARED: char = '㮣';

/// The part of an em above the baseline that a line of text covers.
pub const ASCENT: f32 = 0.88;
/// The part of an em below the baseline that a line of text covers.
pub const DESCENT: f32 = 0.22;

/// One font.
pub struct Font {
    /// Name in the PDF.
    pub name: &'static str,
    /// The file. Only the parts of it that are used are ever read into memory.
    pub data: &'static [u8],
    /// Its tables.
    pub face: Face<'static>,
}

/// The fonts in the order in which they are asked for a character.
pub struct Chain(Vec<Font>);

/// The fonts inside the program.
///
/// # Errors
/// A font is damaged: a fault of the build.
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
        let first = usize::from(c == SHARED);
        self.0.iter().enumerate().skip(first).find_map(|(index, font)| {
            let glyph = font.face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
            Some((index, glyph))
        })
    }

    /// The width of a text in ems. A character no font draws has none; [`Chain::missing`] finds it.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|c| self.advance(c)).sum()
    }

    fn advance(&self, c: char) -> Option<f32> {
        let (index, glyph) = self.find(c)?;
        let face = &self.0.get(index)?.face;
        Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
    }

    /// The first character of a text that no font draws. A line end is no character.
    pub fn missing(&self, text: &str) -> Option<char> {
        text.chars().find(|c| *c != '\n' && self.find(*c).is_none())
    }
}

/// What is set of a text: variation selectors go, as no font of the chain has variants, and a letter with a mark is
/// the one character for both where there is one.
pub fn printable(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        let plain = grapheme.chars().filter(|c| !is_variation_selector(*c));
        if plain.clone().nth(1).is_some() {
            set.extend(plain.nfc());
        } else {
            set.extend(plain);
        }
    }
    set
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_falls_back_by_character() {
        let chain = chain().unwrap();
        let font = |c| chain.find(c).map(|(index, _)| index);
        assert_eq!(
            "吴a㔰𡛖".chars().map(font).collect::<Vec<_>>(),
            [Some(0), Some(0), Some(1), Some(2)]
        );
        assert_eq!(chain.missing("王\n\u{2EBF0}"), Some('\u{2EBF0}'));
        assert_eq!(chain.missing("王\t"), Some('\t'));
        assert!((chain.width("柜台") - 2.0).abs() < 1e-4);
        assert!(chain.width("ij") < 1.0);
    }

    #[test]
    fn a_hanzi_drawn_as_another_comes_from_the_font_that_has_its_own_shape() {
        let chain = chain().unwrap();
        let first = &chain.font(0).unwrap().face;
        assert_eq!(
            first.glyph_index('㮣'),
            first.glyph_index('槩'),
            "it has its own glyph now"
        );
        assert_eq!(chain.find('㮣').unwrap().0, 1);
        assert_eq!(chain.find('槩').unwrap().0, 0);
    }

    #[test]
    fn selectors_go_and_marks_join_their_letter() {
        assert_eq!(printable("吴\u{E0100}𠮷\u{FE00}"), "吴𠮷");
        assert_eq!(printable("u\u{308}"), "ü");
        // A compatibility hanzi is another shape than the one it stands for: it stays.
        assert_eq!(printable("\u{F92C}\u{2F81A}"), "\u{F92C}\u{2F81A}");
    }
}
