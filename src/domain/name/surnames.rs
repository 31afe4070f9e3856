//! Readings that a character has as a surname only. A fact of the language, like the alphabet; not a county's list.

use std::borrow::Cow;

use super::Readings;

/// Surnames of two characters whose reading differs, each syllable with its readings.
const DOUBLE: [(&str, [&str; 2]); 8] = [
    ("尉迟", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("长孙", ["zhang", "sun"]),
    ("澹台", ["tan", "tai"]),
    ("单于", ["chan", "yu"]),
    ("鲜于", ["xian", "yu"]),
    ("宿勤", ["su", "qin"]),
    ("令狐", ["ling", "hu"]),
];

/// Surnames of one character whose reading differs; further readings that families use stand behind the first.
const SINGLE: [(char, &[&str]); 58] = [
    ('单', &["shan"]),
    ('解', &["xie"]),
    ('任', &["ren"]),
    ('曾', &["zeng"]),
    ('仇', &["qiu"]),
    ('查', &["zha"]),
    ('朴', &["piao", "pu"]),
    ('区', &["ou", "qu"]),
    ('盖', &["ge", "gai"]),
    ('宿', &["su"]),
    ('秘', &["bi", "mi"]),
    ('冼', &["xian"]),
    ('洗', &["xian", "xi"]),
    ('乐', &["yue", "le"]),
    ('员', &["yun", "yuan"]),
    ('黑', &["he", "hei"]),
    ('折', &["she", "zhe"]),
    ('缪', &["miao", "mou"]),
    ('翟', &["zhai", "di"]),
    ('葛', &["ge"]),
    ('华', &["hua"]),
    ('覃', &["qin", "tan"]),
    ('种', &["chong", "zhong"]),
    ('重', &["chong", "zhong"]),
    ('繁', &["po", "fan"]),
    ('祭', &["zhai", "ji"]),
    ('召', &["shao", "zhao"]),
    ('牟', &["mou", "mu"]),
    ('那', &["na"]),
    ('纪', &["ji"]),
    ('应', &["ying"]),
    ('隗', &["wei", "kui"]),
    ('句', &["gou", "ju"]),
    ('车', &["che"]),
    ('燕', &["yan"]),
    ('么', &["yao", "me"]),
    ('谌', &["chen", "shen"]),
    ('贾', &["jia"]),
    ('俞', &["yu"]),
    ('曲', &["qu"]),
    ('盛', &["sheng"]),
    ('宓', &["mi", "fu"]),
    ('郗', &["xi", "chi"]),
    ('臧', &["zang"]),
    ('薄', &["bo"]),
    ('炅', &["gui", "jiong"]),
    ('过', &["guo"]),
    ('瞿', &["qu"]),
    ('郇', &["xun", "huan"]),
    ('朝', &["chao"]),
    ('都', &["du", "dou"]),
    ('会', &["gui", "hui"]),
    ('给', &["ji", "gei"]),
    ('石', &["shi"]),
    ('沈', &["shen"]),
    ('尹', &["yin"]),
    ('柏', &["bai", "bo"]),
    ('行', &["xing", "hang"]),
];

/// The readings of a surname that is read otherwise than its characters, and the rest of the name.
pub fn surname_of(name: &str) -> Option<(Vec<Readings>, &str)> {
    for (surname, readings) in DOUBLE {
        // 单于 and the like are surnames only where a given name follows.
        if let Some(rest) = name.strip_prefix(surname).filter(|rest| !rest.is_empty()) {
            return Some((readings.iter().map(|r| vec![Cow::Borrowed(*r)]).collect(), rest));
        }
    }
    let mut chars = name.chars();
    let first = chars.next()?;
    let (_, readings) = SINGLE.iter().find(|(surname, _)| *surname == first)?;
    Some((
        vec![readings.iter().map(|r| Cow::Borrowed(*r)).collect()],
        chars.as_str(),
    ))
}
