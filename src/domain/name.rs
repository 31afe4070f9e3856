//! Personal names: what they are compared and found by, with the readings surnames have. Never changes a name.

use std::borrow::Cow;

use pinyin::{ToPinyin, ToPinyinMulti};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::text::{self, compare_key, is_dot_look_alike};

mod surnames;

/// The readings one syllable or Latin word can have, the usual one first.
type Readings = Vec<Cow<'static, str>>;

/// The most readings that are kept beside the first; more would only find strangers.
const ALTERNATES: usize = 12;

/// A name as given, never altered (姓名).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

/// Why a text is no name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NameFault {
    /// Nothing was written.
    #[error("姓名没有填写")]
    Empty,
    /// Holds a character nobody can see.
    #[error("姓名里有看不见的字符：{0}")]
    Invisible(String),
    /// Holds a digit or a sign no name has.
    #[error("姓名里不应有“{0}”")]
    Strange(char),
}

/// What a name is found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameKeys {
    /// First letters: 张三 `zs`, 买买提·艾力 `mmtal`, JOHN SMITH `js`.
    pub initials: String,
    /// The whole reading without tones, ü as v: `zhangsan`.
    pub pinyin: String,
    /// Other readings, whole and as first letters, without those above.
    pub alternates: Vec<String>,
}

impl NameFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "The name is missing".to_owned(),
            Self::Invisible(shown) => format!("The name holds invisible characters: {shown}"),
            Self::Strange(c) => format!("A name cannot hold \"{c}\""),
        }
    }
}

impl PersonName {
    /// Takes a name as it stands, without blanks at its ends.
    pub fn parse(given: &str) -> Result<Self, NameFault> {
        let given = given.trim();
        let dropped = text::clean(given).dropped;
        if !dropped.is_empty() {
            let shown: String = dropped.into_iter().collect();
            return Err(NameFault::Invisible(text::show_code_points(&shown)));
        }
        if given.is_empty() {
            return Err(NameFault::Empty);
        }
        let strange = |c: &char| c.is_numeric() && !is_hanzi(*c) || "!?@#$%^&*+=<>\\|~;:/_。，？！￥".contains(*c);
        match given.chars().find(strange) {
            Some(c) => Err(NameFault::Strange(c)),
            None => Ok(Self(given.to_owned())),
        }
    }

    /// The name as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are the same name for a comparison: dots and variants of a character do not count.
    pub fn is_same(&self, other: &Self) -> bool {
        compare_key(&self.0) == compare_key(&other.0)
    }

    /// What the name is found by.
    pub fn keys(&self) -> NameKeys {
        name_keys(&self.0)
    }
}

/// The name as an input line should hold it: between Chinese characters every look-alike dot becomes U+00B7.
pub fn with_proper_dots(given: &str) -> String {
    let chars: Vec<char> = given.chars().collect();
    let hanzi_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_hanzi(*c));
    let proper = chars.iter().enumerate().map(|(at, c)| {
        let inside = hanzi_at(at.checked_sub(1)) && hanzi_at(at.checked_add(1));
        if inside && is_dot_look_alike(*c) { '·' } else { *c }
    });
    proper.collect()
}

/// A name as it is looked up: its comparison key without dots, blanks and dashes, which people write and leave out.
pub fn find_key(name: &str) -> String {
    let mut key = compare_key(name);
    key.retain(|c| !matches!(c, '·' | '、' | ' ' | '-' | '\'' | '’' | '。' | '，' | ','));
    key
}

/// Letters as names are looked up by their sound: `Zhang Wei`, `lübu`, `lv bu`; with what else they may mean, since
/// ü is typed as v and as u. `None` where the text is not letters alone.
pub fn spoken_keys(text: &str) -> Option<Vec<String>> {
    let mut key = String::new();
    for c in find_key(text).chars() {
        let letter = if c == 'Ü' { 'v' } else { latin(c)?.to_ascii_lowercase() };
        key.push(letter);
    }
    if key.is_empty() {
        return None;
    }
    let mut keys = vec![key];
    for (typed, meant) in [("lu", "lv"), ("nu", "nv"), ("lv", "lu"), ("nv", "nu")] {
        let more: Vec<String> = keys.iter().map(|key| key.replace(typed, meant)).collect();
        for key in more {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Some(keys)
}

/// The plain letter of a Latin one with or without marks.
fn latin(c: char) -> Option<char> {
    let plain = std::iter::once(c).nfd().next()?;
    plain.is_ascii_alphabetic().then_some(plain)
}

/// What a name is found by; the surname is read as surnames are.
pub fn name_keys(name: &str) -> NameKeys {
    let mut syllables = Vec::new();
    let key = compare_key(name);
    let given = match surnames::surname_of(&key) {
        Some((readings, rest)) => {
            syllables.extend(readings);
            rest
        }
        None => &key,
    };
    let as_surname = syllables.is_empty();
    syllables.extend(syllables_of(given));
    if let Some(first) = syllables.first_mut().filter(|_| as_surname) {
        // A surname outside the table is read as usual: its rare readings belong to other words.
        first.truncate(1);
    }
    keys_of(&syllables)
}

/// First letters and whole reading of any other text, such as the name of a list's line.
pub fn reading(text: &str) -> (String, String) {
    let keys = keys_of(&syllables_of(&compare_key(text)));
    (keys.initials, keys.pinyin)
}

/// For each syllable or Latin word of a comparison key, its possible readings, the usual one first.
fn syllables_of(key: &str) -> Vec<Readings> {
    let mut syllables: Vec<Readings> = Vec::new();
    let mut in_word = false;
    for c in key.chars() {
        if let Some(letter) = latin(c).or_else(|| c.is_ascii_digit().then_some(c)) {
            let letter = letter.to_ascii_lowercase();
            match syllables
                .last_mut()
                .and_then(|last| last.first_mut())
                .filter(|_| in_word)
            {
                Some(word) => word.to_mut().push(letter),
                None => syllables.push(vec![Cow::Owned(letter.to_string())]),
            }
            in_word = true;
            continue;
        }
        in_word = false;
        let readings = readings_of(c);
        if !readings.is_empty() {
            syllables.push(readings);
        }
    }
    syllables
}

/// All readings of a character without tones, the usual one first; none for what has no reading.
fn readings_of(c: char) -> Readings {
    let mut readings: Readings = Vec::new();
    let usual = c.to_pinyin().into_iter();
    let others = c.to_pinyin_multi().into_iter().flatten();
    if c == '𠮷' {
        // The variant of 吉 that names use most; the table of readings lacks it.
        return vec![Cow::Borrowed("ji")];
    }
    for reading in usual.chain(others) {
        let plain = reading.plain();
        let plain = if plain.contains('ü') {
            Cow::Owned(plain.replace('ü', "v"))
        } else {
            Cow::Borrowed(plain)
        };
        if !plain.is_empty() && !readings.contains(&plain) {
            readings.push(plain);
        }
    }
    readings
}

/// Adds a syllable to first letters and whole reading.
fn extend((initials, pinyin): &mut (String, String), syllable: &str) {
    initials.extend(syllable.chars().next());
    pinyin.push_str(syllable);
}

fn keys_of(syllables: &[Readings]) -> NameKeys {
    let mut readings = vec![(String::new(), String::new())];
    for syllable in syllables {
        let mut longer = Vec::new();
        if let [only] = syllable.as_slice() {
            readings.iter_mut().for_each(|reading| extend(reading, only));
            continue;
        }
        for alternative in syllable {
            let room = (ALTERNATES + 1).saturating_sub(longer.len());
            longer.extend(readings.iter().take(room).cloned().map(|mut reading| {
                extend(&mut reading, alternative);
                reading
            }));
        }
        readings = longer;
    }
    let mut readings = readings.into_iter();
    let (initials, pinyin) = readings.next().unwrap_or_default();
    let mut keys = NameKeys {
        initials,
        pinyin,
        alternates: Vec::new(),
    };
    for (other_initials, other) in readings {
        for key in [other, other_initials] {
            if key != keys.pinyin && key != keys.initials && !keys.alternates.contains(&key) {
                keys.alternates.push(key);
            }
        }
    }
    keys
}

/// Whether a character is a Chinese character of any block, 〇 included.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("张三", "zs", "zhangsan")]
    #[case("单雄信", "sxx", "shanxiongxin")]
    #[case("解缙", "xj", "xiejin")]
    #[case("曾国藩", "zgf", "zengguofan")]
    #[case("仇英", "qy", "qiuying")]
    #[case("查良镛", "zly", "zhaliangyong")]
    #[case("区寄", "oj", "ouji")]
    #[case("朴树", "ps", "piaoshu")]
    #[case("尉迟恭", "ycg", "yuchigong")]
    #[case("万俟卨", "mqx", "moqixie")]
    #[case("长孙无忌", "zswj", "zhangsunwuji")]
    #[case("吕布", "lb", "lvbu")]
    #[case("买买提·艾力", "mmtal", "maimaitiaili")]
    #[case("买买提•艾力", "mmtal", "maimaitiaili")]
    #[case("John Smith", "js", "johnsmith")]
    #[case("吴𠮷", "wj", "wuji")]
    #[case("䶮㛃堃", "yjk", "yanjiekun")]
    #[case("", "", "")]
    fn keys(#[case] name: &str, #[case] initials: &str, #[case] pinyin: &str) {
        let keys = name_keys(name);
        assert_eq!((keys.initials.as_str(), keys.pinyin.as_str()), (initials, pinyin));
    }

    #[rstest]
    #[case("阿卜杜热合曼·买买提", "阿卜杜热合曼买买提")]
    #[case("阿卜杜热合曼•买买提", "阿卜杜热合曼买买提")]
    #[case("阿卜杜热合曼、买买提", "阿卜杜热合曼买买提")]
    #[case("张　三 ", "张三")]
    #[case("葛\u{E0100}城", "葛城")]
    #[case("Maria de los Santos", "MARIADELOSSANTOS")]
    fn what_people_leave_out_is_no_part_of_the_key(#[case] name: &str, #[case] key: &str) {
        assert_eq!(find_key(name), key);
    }

    #[rstest]
    #[case("Zhang Wei", "zhangwei")]
    #[case("lubu", "lvbu")]
    #[case("LÜBU", "lvbu")]
    #[case("lü bu", "lubu")]
    #[case("José", "jose")]
    #[case("ｚｓ", "zs")]
    fn letters_are_looked_up_by_all_they_may_mean(#[case] typed: &str, #[case] key: &str) {
        assert!(
            spoken_keys(typed).unwrap().contains(&key.to_owned()),
            "{:?}",
            spoken_keys(typed)
        );
    }

    #[test]
    fn what_is_not_letters_alone_is_no_sound() {
        assert_eq!(spoken_keys("张san"), None);
        assert_eq!(spoken_keys("a1"), None);
        assert_eq!(spoken_keys("·"), None);
    }

    #[test]
    fn other_readings_find_too() {
        let keys = name_keys("覃乐");
        assert_eq!(keys.pinyin, "qinle");
        assert!(keys.alternates.contains(&"tanyue".to_owned()), "{keys:?}");
        assert!(keys.alternates.contains(&"ty".to_owned()), "{keys:?}");
        assert!(!keys.alternates.contains(&keys.pinyin));
    }

    #[test]
    fn a_common_surname_has_no_second_reading() {
        assert!(name_keys("吴三").alternates.is_empty());
    }

    #[test]
    fn names_keep_every_character() {
        for name in [
            "吴𠮷",
            "𬱖",
            "䶮㛃堃",
            "阿卜杜热合曼·买买提",
            "O'Brien-Smith",
            "葛\u{E0100}",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(PersonName::parse("  "), Err(NameFault::Empty));
        assert_eq!(
            PersonName::parse("张\u{200B}三"),
            Err(NameFault::Invisible("U+200B".into()))
        );
        assert_eq!(PersonName::parse("张3"), Err(NameFault::Strange('3')));
    }

    #[test]
    fn dots_and_variants_do_not_make_another_name() {
        let name = |text| PersonName::parse(text).unwrap();
        assert!(name("买买提•艾力").is_same(&name("买买提·艾力")));
        assert!(name("葛\u{E0100}").is_same(&name("葛")));
        assert!(!name("王胜").is_same(&name("王圣")));
    }

    #[test]
    fn only_dots_between_hanzi_are_made_proper() {
        assert_eq!(with_proper_dots("买买提.艾力"), "买买提·艾力");
        assert_eq!(with_proper_dots("J. Smith"), "J. Smith");
    }

    proptest! {
        #[test]
        fn keys_are_small_letters_and_digits(name in ".{0,20}") {
            let keys = name_keys(&name);
            let plain = |key: &str| key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == 'ê');
            prop_assert!(plain(&keys.pinyin) && plain(&keys.initials), "{:?}", keys);
            prop_assert!(keys.alternates.len() <= 2 * ALTERNATES);
        }
    }
}
