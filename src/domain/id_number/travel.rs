//! Travel documents and identity cards of Hong Kong, Macau, Taiwan and other countries: usual forms, as hints only.

use super::{IdFault, IdKind};

/// More characters than any document's number has.
const LONGEST: usize = 40;

/// Checks what every number must be: not overlong, and not without any letter or digit.
pub fn check(text: &str) -> Result<(), IdFault> {
    let found = text.chars().count();
    if found > LONGEST {
        return Err(IdFault::Length {
            expected: "1-40",
            found,
        });
    }
    match text.chars().next() {
        Some(first) if !text.chars().any(char::is_alphanumeric) => Err(IdFault::Character {
            position: 1,
            found: first,
        }),
        _ => Ok(()),
    }
}

/// The usual form in words, where the number differs from it.
pub fn hint(kind: IdKind, text: &str) -> Option<&'static str> {
    let (fits, usual) = match kind {
        IdKind::HkMacauPass => (
            like(text, "[HM]########") || like(text, "[HM]##########"),
            "港澳居民来往内地通行证通常是 H 或 M 加 8 位数字",
        ),
        IdKind::TaiwanPass => (
            like(text, "########") || like(text, "##########@"),
            "台湾居民来往大陆通行证通常是 8 位数字",
        ),
        IdKind::Passport => (
            is_passport(text),
            "中国护照通常是 E 或 G 加 8 位数字，或 E 加一个字母和 7 位数字",
        ),
        IdKind::HkId => (
            ["@######(*)", "@@######(*)", "@######*", "@@######*"]
                .iter()
                .any(|form| like(text, form)),
            "香港身份证通常写作 A123456(7)",
        ),
        IdKind::MacauId => (
            ["#######(#)", "########", "#/######/#"]
                .iter()
                .any(|form| like(text, form)),
            "澳门身份证通常写作 1234567(8)",
        ),
        IdKind::TaiwanId => (like(text, "@[12489]########"), "台湾身份证通常是一个字母加 9 位数字"),
        IdKind::ForeignPassport => (
            text.len() <= 20 && text.bytes().all(|b| b.is_ascii_alphanumeric()),
            "护照号码通常是 1 至 20 位字母和数字",
        ),
        _ => return None,
    };
    (!fits).then_some(usual)
}

fn is_passport(text: &str) -> bool {
    let letter = text.chars().nth(1);
    let biometric = like(text, "E@#######") && !matches!(letter, Some('I' | 'O'));
    let official = [
        "[DSP]#######",
        "[DSP]########",
        "[DSP]E#######",
        "[DSP]E########",
        "1[45]#######",
    ];
    biometric || like(text, "[EG]########") || official.iter().any(|form| like(text, form))
}

/// Whether a text has a form: `#` a digit, `@` a letter, `*` either, `[AB]` one of these, all else itself.
fn like(text: &str, form: &str) -> bool {
    let mut chars = text.chars();
    let mut form = form.chars();
    while let Some(place) = form.next() {
        let Some(c) = chars.next() else { return false };
        let fits = match place {
            '#' => c.is_ascii_digit(),
            '@' => c.is_ascii_uppercase(),
            '*' => c.is_ascii_uppercase() || c.is_ascii_digit(),
            '[' => form
                .by_ref()
                .take_while(|one| *one != ']')
                .collect::<String>()
                .contains(c),
            _ => c == place,
        };
        if !fits {
            return false;
        }
    }
    chars.next().is_none()
}
