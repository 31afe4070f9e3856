//! Every name right (I7): hanzi of all blocks are read back as they were given, and what the file draws for each is the
//! font's own outline, never the empty box.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::*;
use crate::print::{
    font::{Chain, chain},
    read::{meanings, read},
};

/// A hundred that people are called by or that stand at the edges of their blocks.
const RARE: [(&str, &str); 12] = [
    ("URO", "龘鱻犇骉淼焱垚堃喆赟頔祎翀珺璟晢甯禤昇彧鿏鿐鿭鿯鿿"),
    ("A", "㐀㛃㔰㴓㬎㥄㕡䶮䜣䥑䴖䲡䶵䶶䶿"),
    ("B", "𠀀𠮷𡛖𠅤𣗋𣲗𤧛𥖄𦭜𨭉𩾌𪚥𪛔𪛖𪛟"),
    ("C", "𪜀𪟝𫍯𫍲𫖯𫘧𫘨𫚖"),
    ("D", "𫝀𫞩𫟅𫟦𫠊𫠝"),
    ("E", "𫠠𬀩𬇙𬊤𬘓𬬭𬬸𬭎𬴂"),
    ("F", "𬺰𭃞𭩐𮠞𮬆𮯠"),
    ("G", "𰀁𰻝𰽤𱊌"),
    ("H", "𱎼𲂎𲍿"),
    ("compatibility, its own", "﨎﨏﨑﨓﨔﨟"),
    ("compatibility, of another", "\u{F929}\u{F95A}"),
    ("compatibility supplement", "\u{2F81A}"),
];

#[derive(Default, PartialEq, Debug)]
struct Outline(Vec<(char, [f32; 6])>);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(('m', [x, y, 0.0, 0.0, 0.0, 0.0]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(('l', [x, y, 0.0, 0.0, 0.0, 0.0]));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(('q', [x1, y1, x, y, 0.0, 0.0]));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(('c', [x1, y1, x2, y2, x, y]));
    }
    fn close(&mut self) {
        self.0.push(('z', [0.0; 6]));
    }
}

fn outline(face: &Face, glyph: GlyphId) -> Outline {
    let mut outline = Outline::default();
    face.outline_glyph(glyph, &mut outline);
    outline
}

/// Prints characters, reads the file back, and looks at the outline behind each code of each of its fonts.
fn prove(hanzi: &[char]) {
    let paper = paper("[[text]]\nat = [1, 1, 98, 98]\ntext = \"{hanzi}\"\nsize = 6\nmin = 3\nvalign = \"top\"\n");
    let all: String = hanzi.iter().collect();
    let document = document(&paper, &[("hanzi", &all)]);
    let pdf = render(&document, &paper.layout, Offset::NONE).unwrap();
    let said: String = read(&pdf.bytes)
        .unwrap()
        .iter()
        .flatten()
        .map(|text| text.text.as_str())
        .collect();
    assert!(said == all, "read back another text");
    let drawn = drawn(&pdf.bytes, chain().unwrap());
    let mut wanted = hanzi.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    assert!(drawn == wanted, "the file's fonts hold other characters");
}

/// The characters the fonts of a file draw, each proved to have the outline it has in its own font.
fn drawn(bytes: &[u8], chain: &Chain) -> Vec<char> {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let page = *file.get_pages().values().next().unwrap();
    let mut drawn = Vec::new();
    for font in file.get_page_fonts(page).unwrap().values() {
        let descendants = font.get(b"DescendantFonts").unwrap();
        let descendants = file.dereference(descendants).unwrap().1.as_array().unwrap();
        let descendant = file.dereference(&descendants[0]).unwrap().1.as_dict().unwrap();
        assert_eq!(descendant.get(b"CIDToGIDMap").unwrap().as_name().unwrap(), b"Identity");
        let about = descendant
            .get_deref(b"FontDescriptor", &file)
            .unwrap()
            .as_dict()
            .unwrap();
        let data = about.get_deref(b"FontFile2", &file).unwrap().as_stream().unwrap();
        let data = data.get_plain_content().unwrap();
        let face = Face::parse(&data, 0).unwrap();
        for (code, meaning) in meanings(&file, font).unwrap() {
            let c = meaning.chars().next().unwrap();
            let (own, glyph) = chain.find(c).unwrap();
            let wanted = outline(&chain.font(own).unwrap().face, glyph);
            let drawn_as = outline(&face, GlyphId(code));
            assert_ne!(code, 0, "{c} U+{:04X} is drawn as the empty box", u32::from(c));
            assert!(drawn_as.0.len() > 3, "{c} U+{:04X} has no contours", u32::from(c));
            assert_eq!(drawn_as, wanted, "{c} U+{:04X} has another outline", u32::from(c));
            drawn.push(c);
        }
    }
    drawn.sort_unstable();
    drawn
}

#[test]
fn a_hundred_rare_hanzi_of_all_blocks_are_printed_right() {
    let all: Vec<char> = RARE.iter().flat_map(|(_, hanzi)| hanzi.chars()).collect();
    assert_eq!(all.len(), 100);
    prove(&all);
    // Extension I is beyond every font there is here: it stops the print, see `truth`.
    assert_eq!(chain().unwrap().missing("\u{2EBF0}"), Some('\u{2EBF0}'));
}

/// The hanzi of GB 18030-2022 level 3, by blocks: 87,887.
fn level_3() -> Vec<char> {
    let blocks = [
        0x4E00..=0x9FEF,
        0x3400..=0x4DB5,
        0x20000..=0x2A6D6,
        0x2A700..=0x2B734,
        0x2B740..=0x2B81D,
        0x2B820..=0x2CEA1,
        0x2CEB0..=0x2EBE0,
    ];
    let compatible = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩".chars();
    blocks
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
        .chain(compatible)
        .collect()
}

#[test]
fn two_thousand_hanzi_of_level_3_are_printed_right() {
    let all = level_3();
    let mut state = 20_261_124_u64;
    let mut sample = Vec::new();
    while sample.len() < 2000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let c = all[(state >> 33) as usize % all.len()];
        if !sample.contains(&c) {
            sample.push(c);
        }
    }
    prove(&sample);
}

#[test]
#[ignore = "every hanzi there is, a minute"]
fn all_hanzi_of_level_3_are_printed_right() {
    let all = level_3();
    assert_eq!(all.len(), 87_887);
    for part in all.chunks(2000) {
        prove(part);
    }
}
