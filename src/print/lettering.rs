//! Which glyphs of which fonts a file uses, so that it holds these and no others.

use std::collections::{BTreeMap, HashMap};

use super::font::Chain;

/// A font in one file. The same font comes twice where two characters share a glyph, since in one font of a file a
/// glyph has one meaning only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Place in the chain.
    pub font: usize,
    /// 0 for the first time it is used.
    pub copy: usize,
}

/// The glyphs used so far.
#[derive(Debug, Default)]
pub struct Lettering {
    slots: BTreeMap<Slot, BTreeMap<u16, char>>,
    known: HashMap<char, Slot>,
}

impl Lettering {
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
        while self
            .slots
            .get(&slot)
            .is_some_and(|glyphs| glyphs.contains_key(&glyph.0))
        {
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
    use crate::print::font::chain;

    #[test]
    fn a_text_is_cut_where_the_font_changes() {
        let mut used = Lettering::default();
        let runs = used.runs(chain().unwrap(), "王㔰㔰小").unwrap();
        let pieces: Vec<_> = runs.iter().map(|(slot, text)| (slot.font, text.as_str())).collect();
        assert_eq!(pieces, [(0, "王"), (1, "㔰㔰"), (0, "小")]);
        assert_eq!(used.slots().map(|(_, glyphs)| glyphs.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(used.runs(chain().unwrap(), "王\u{2EBF0}"), Err('\u{2EBF0}'));
    }

    #[test]
    fn two_characters_of_one_glyph_are_kept_apart() {
        let chain = chain().unwrap();
        let (dot, operator) = ('\u{B7}', '\u{2219}');
        assert_eq!(
            chain.find(dot),
            chain.find(operator),
            "no longer one glyph: take another pair"
        );
        let mut used = Lettering::default();
        let runs = used.runs(chain, "·∙·").unwrap();
        assert_eq!(runs.iter().map(|(slot, _)| slot.copy).collect::<Vec<_>>(), [0, 1, 0]);
    }
}
