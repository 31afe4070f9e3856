//! Text as people give it: cleaning at the door, comparison keys, code points. Knows nothing of fields or forms.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A text without the characters nobody can see, and those that were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// What stays; otherwise exactly as given.
    pub text: String,
    /// What was dropped, in order, for the sentence that tells the clerk.
    pub dropped: Vec<char>,
}

/// Why a text names no character.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodePointFault {
    /// Not hexadecimal digits after an optional `U+`.
    #[error("“{0}”不是码位：写成 U+ 加 4 至 6 位十六进制数，例如 U+20BB7")]
    NotHexadecimal(String),
    /// No character of Unicode has this number.
    #[error("{0} 不是 Unicode 字符")]
    NoCharacter(String),
    /// A control, invisible or private-use character, which no register may hold.
    #[error("{0} 是控制字符或自造字，不能用作文字")]
    NotText(String),
}

impl CodePointFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::NotHexadecimal(text) => {
                format!("\"{text}\" is no code point: write U+ and 4 to 6 hexadecimal digits, as U+20BB7")
            }
            Self::NoCharacter(shown) => format!("{shown} is no character"),
            Self::NotText(shown) => format!("{shown} is a control or private-use character"),
        }
    }
}

/// Drops control, bidi-control and zero-width characters; variation selectors stay.
pub fn clean(text: &str) -> Cleaned {
    split(text, is_invisible)
}

/// As [`clean`], but line feeds stay; CR LF becomes LF.
pub fn clean_multiline(text: &str) -> Cleaned {
    split(&text.replace("\r\n", "\n"), |c| c != '\n' && is_invisible(c))
}

fn split(text: &str, drops: impl Fn(char) -> bool) -> Cleaned {
    let (dropped, kept) = text.chars().partition::<Vec<char>, _>(|c| drops(*c));
    Cleaned {
        text: kept.into_iter().collect(),
        dropped,
    }
}

/// Whether the text holds a control character (C0, C1, line or paragraph separator).
pub fn has_control(text: &str) -> bool {
    text.chars().any(is_control)
}

fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character is seen by nobody and may change what others look like.
fn is_invisible(c: char) -> bool {
    is_control(c)
        || matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // bidi controls
            | '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a character only chooses a variant of the one before it.
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}')
}

/// How many characters a reader sees.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Whether a character is used for the dot inside names but is not U+00B7 (GB 18030 A1A4).
pub fn is_dot_look_alike(c: char) -> bool {
    matches!(
        c,
        '.' | '．' | '•' | '・' | '･' | '‧' | '⋅' | '∙' | '․' | '⸱' | '⸳' | '᛫' | '\u{0387}' | '\u{FE52}'
    )
}

/// What two texts are compared by: compatibility forms and dots made one, variants, invisible characters and
/// surplus blanks left out, upper case. Never shown and never stored in the place of the text.
pub fn compare_key(text: &str) -> String {
    // Nearly every name and number is its own key; ten million imported ones should not pay for the others.
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let folded: String = text.nfkc().flat_map(char::to_uppercase).nfkc().collect();
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        if is_invisible(c) && !c.is_whitespace() || is_variation_selector(c) {
            continue;
        }
        if c.is_whitespace() {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        } else {
            key.push(if is_dot_look_alike(c) { '·' } else { c });
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Whether a character stays itself in every comparison key.
fn is_plain(c: char) -> bool {
    let hanzi = matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2A6DF}');
    hanzi || matches!(c, '0'..='9' | 'A'..='Z' | '·')
}

/// Full-width ASCII made half-width, nothing else changed: what an input method leaves in numbers and dates.
pub fn half_width(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).collect()
}

/// Reads one character by its number: `U+20BB7`, `u20bb7`, `20BB7`.
pub fn code_point(text: &str) -> Result<char, CodePointFault> {
    let plain = half_width(text).trim().to_uppercase();
    let digits = plain
        .strip_prefix("U+")
        .or_else(|| plain.strip_prefix('U'))
        .unwrap_or(&plain);
    if !(4..=6).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(CodePointFault::NotHexadecimal(text.trim().to_owned()));
    }
    let shown = format!("U+{digits}");
    let number = u32::from_str_radix(digits, 16).ok();
    let Some(c) = number.and_then(char::from_u32) else {
        return Err(CodePointFault::NoCharacter(shown));
    };
    let private = matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    if u32::from(c) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}') {
        return Err(CodePointFault::NoCharacter(shown));
    }
    if private || is_invisible(c) {
        return Err(CodePointFault::NotText(shown));
    }
    Ok(c)
}

/// A text with each `U+20BB7` in it as the character it names; what names none stays.
pub fn with_code_points(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.to_ascii_uppercase().find("U+") {
        let (before, named) = rest.split_at(at);
        read.push_str(before);
        let digits = named
            .chars()
            .skip(2)
            .take(6)
            .take_while(char::is_ascii_hexdigit)
            .count();
        // The longest that names a character: a Latin letter may follow the digits.
        let length = (4..=digits).rev().map(|digits| digits + 2);
        let mut found = length.filter_map(|length| Some((length, code_point(named.get(..length)?).ok()?)));
        let (length, c) = found.next().unwrap_or((2, '\0'));
        match c {
            '\0' => read.push_str(named.get(..2).unwrap_or_default()),
            c => read.push(c),
        }
        rest = named.get(length..).unwrap_or_default();
    }
    read.push_str(rest);
    read
}

/// The numbers of all characters, for a terminal without their glyphs: `U+5434 U+20BB7`.
pub fn show_code_points(text: &str) -> String {
    let shown: Vec<String> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("张三", "张三", "")]
    #[case("张\u{200B}三\u{202E}", "张三", "\u{200B}\u{202E}")]
    #[case("a\tb\nc", "abc", "\t\n")]
    #[case("葛\u{E0100}", "葛\u{E0100}", "")]
    #[case("阿卜杜热合曼·买买提", "阿卜杜热合曼·买买提", "")]
    #[case("𠮷𬱖䶮㛃堃", "𠮷𬱖䶮㛃堃", "")]
    fn only_the_unseen_goes(#[case] given: &str, #[case] text: &str, #[case] dropped: &str) {
        let cleaned = clean(given);
        assert_eq!(cleaned.text, text);
        assert_eq!(cleaned.dropped, dropped.chars().collect::<Vec<_>>());
    }

    #[rstest]
    #[case("U+20BB7野家", "𠮷野家")]
    #[case("张u+4e09", "张三")]
    #[case("U+20BB7U+91CE", "𠮷野")]
    #[case("U+", "U+")]
    #[case("U+zz 张", "U+zz 张")]
    #[case("lu", "lu")]
    fn code_points_are_read_where_they_name_a_character(#[case] given: &str, #[case] read: &str) {
        assert_eq!(with_code_points(given), read);
    }

    #[test]
    fn several_lines_keep_their_line_feeds_only() {
        let cleaned = clean_multiline("一\r\n二\u{7}");
        assert_eq!(cleaned.text, "一\n二");
        assert_eq!(cleaned.dropped, ['\u{7}']);
    }

    #[test]
    fn control_is_not_the_same_as_invisible() {
        assert!(has_control("a\u{1b}[0m"));
        assert!(has_control("a\u{2028}b"));
        assert!(!has_control("张\u{200B}三"));
    }

    #[rstest]
    #[case("买买提•艾力", "买买提·艾力")]
    #[case("买买提・艾力", "买买提·艾力")]
    #[case("买买提･艾力", "买买提·艾力")]
    #[case("买买提‧艾力", "买买提·艾力")]
    #[case("买买提⋅艾力", "买买提·艾力")]
    #[case("买买提.艾力", "买买提·艾力")]
    #[case("买买提．艾力", "买买提·艾力")]
    #[case("葛\u{E0100}城", "葛城")]
    #[case(" john　 smith ", "JOHN SMITH")]
    #[case("ＡＢ１", "AB1")]
    #[case("\u{F900}", "豈")]
    fn keys_of_look_alikes_agree(#[case] given: &str, #[case] key: &str) {
        assert_eq!(compare_key(given), key);
    }

    #[rstest]
    #[case("U+20BB7", Ok('𠮷'))]
    #[case("u+2cc56", Ok('𬱖'))]
    #[case(" 4DAE ", Ok('䶮'))]
    #[case("Ｕ＋３６Ｃ３", Ok('㛃'))]
    #[case("U+D800", Err(CodePointFault::NoCharacter("U+D800".into())))]
    #[case("U+110000", Err(CodePointFault::NoCharacter("U+110000".into())))]
    #[case("U+FFFF", Err(CodePointFault::NoCharacter("U+FFFF".into())))]
    #[case("U+200B", Err(CodePointFault::NotText("U+200B".into())))]
    #[case("U+E000", Err(CodePointFault::NotText("U+E000".into())))]
    #[case("吉", Err(CodePointFault::NotHexadecimal("吉".into())))]
    fn characters_by_number(#[case] text: &str, #[case] expected: Result<char, CodePointFault>) {
        assert_eq!(code_point(text), expected);
    }

    #[test]
    fn graphemes_and_numbers() {
        assert_eq!(graphemes("吴𠮷葛\u{E0100}"), 3);
        assert_eq!(show_code_points("吴𠮷"), "U+5434 U+20BB7");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in ".*") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once.text), Cleaned { text: once.text.clone(), dropped: vec![] });
            prop_assert!(!has_control(&once.text));
        }

        #[test]
        fn what_is_dropped_and_what_stays_make_the_whole(text in ".*") {
            let cleaned = clean(&text);
            prop_assert_eq!(cleaned.text.chars().count() + cleaned.dropped.len(), text.chars().count());
        }

        #[test]
        fn the_short_way_and_the_long_way_agree(text in "[\\u{3400}-\\u{4dbf}\\u{4e00}-\\u{9fff}\\u{20000}-\\u{2a6df}A-Z0-9·]*") {
            prop_assert_eq!(compare_key(&format!("{text}\u{FE00}")), compare_key(&text));
        }

        #[test]
        fn a_key_is_its_own_key(text in "[\\u{4e00}-\\u{9fff}A-Za-z0-9·•. \\u{ff01}-\\u{ff5e}\\u{f900}-\\u{fa6d}]*") {
            let key = compare_key(&text);
            prop_assert_eq!(compare_key(&key), key);
        }

        #[test]
        fn shown_hanzi_read_back(c in proptest::char::range('\u{4e00}', '\u{9fff}')) {
            prop_assert_eq!(code_point(&show_code_points(&c.to_string())), Ok(c));
        }
    }
}
