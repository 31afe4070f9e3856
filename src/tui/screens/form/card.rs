//! What a card reader types: the fields of an identity card, in the order of the desk's pattern, or in any.

use crate::domain::id_number::{IdKind, IdNumber};
use crate::domain::name::is_hanzi;
use crate::domain::party::Sex;
use crate::forms::{FieldKind, Section};

/// An identity card as a reader gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The number, checked.
    pub id: String,
    name: String,
    ethnicity: String,
    address: String,
}

/// What a burst is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Burst {
    Card(Card),
    /// Fields of a card, and no good number among them.
    Unreadable,
    /// No card: text for the field under the caret.
    Text,
}

/// Reads a burst. `pattern` names the fields in order (`id|name|sex|ethnicity|birth|address`, `-` for one to pass by);
/// without a pattern each field is known by its looks.
pub fn read(pattern: &str, burst: &str) -> Burst {
    let separators: &[char] = if burst.contains('|') {
        &['|', '\r', '\n']
    } else if burst.trim().contains(['\n', '\t', '\r']) {
        &['\n', '\t', '\r']
    } else {
        &[' ', ',', '，']
    };
    let parts: Vec<&str> = burst
        .split(separators)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    // A field that is empty on the card has its place in a pattern.
    let placed: Vec<&str> = match burst.contains('|') {
        true => burst.trim().split('|').map(str::trim).collect(),
        false => parts.clone(),
    };
    let ordered = (!pattern.is_empty()).then(|| by_pattern(pattern, &placed)).flatten();
    match ordered.or_else(|| by_looks(&parts)) {
        Some(card) => Burst::Card(card),
        None if is_cards(burst, &parts) => Burst::Unreadable,
        None => Burst::Text,
    }
}

/// Whether these parts can only be those of a card: something like a number among others, or bars between them.
fn is_cards(burst: &str, parts: &[&str]) -> bool {
    let digits = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count() >= 14;
    parts.len() > 1 && parts.iter().any(digits) || parts.len() > 2 && burst.contains('|')
}

fn number(text: &str) -> Option<String> {
    let id = IdNumber::parse(IdKind::ResidentId, text).ok()?;
    Some(id.as_str().to_owned())
}

fn by_pattern(pattern: &str, parts: &[&str]) -> Option<Card> {
    let names: Vec<&str> = pattern.split('|').map(str::trim).collect();
    let last = names.len().checked_sub(1)?;
    let mut card = Card::default();
    for (at, name) in names.iter().enumerate() {
        // The last field takes what is left: an address may have blanks in it.
        let text = match at == last {
            true => parts.get(at..).unwrap_or_default().join(" "),
            false => parts.get(at).copied().unwrap_or_default().to_owned(),
        };
        match *name {
            "id" => card.id = number(&text)?,
            "name" => card.name = text,
            "ethnicity" => card.ethnicity = text,
            "address" => card.address = text,
            _ => {}
        }
    }
    (!card.id.is_empty()).then_some(card)
}

/// The number is what is a good number; the address is the longest text; the name the first other one.
fn by_looks(parts: &[&str]) -> Option<Card> {
    let id = parts.iter().find_map(|part| number(part))?;
    let mut card = Card { id, ..Card::default() };
    let texts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| part.chars().any(is_hanzi))
        .collect();
    let is_sex = |part: &str| matches!(part, "男" | "女" | "男性" | "女性");
    let is_date = |part: &str| part.contains('年') && part.contains('月');
    let named: Vec<&str> = texts
        .into_iter()
        .filter(|part| !is_sex(part) && !is_date(part))
        .collect();
    let mut named = named.into_iter();
    card.name = named.next().unwrap_or_default().to_owned();
    for part in named {
        let count = part.chars().count();
        if part.ends_with('族') || count <= 2 && card.ethnicity.is_empty() {
            part.clone_into(&mut card.ethnicity);
        } else if count > card.address.chars().count() {
            part.clone_into(&mut card.address);
        }
    }
    Some(card)
}

impl Card {
    /// The sex that its number says.
    pub fn sex(&self) -> Option<Sex> {
        IdNumber::parse(IdKind::ResidentId, &self.id).ok()?.sex()
    }

    /// The name; empty where the reader gave none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address; empty where the reader gave none.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The answers it gives to a section: path and text as a person would type it.
    pub fn answers(&self, section: &Section) -> Vec<(String, String)> {
        let mut answers = vec![];
        for field in section.fields.iter().filter(|field| !field.derived) {
            let text = match &field.kind {
                FieldKind::IdNumber { id_type } => {
                    if let Some(path) = id_type {
                        answers.push((path.clone(), IdKind::ResidentId.as_str().to_owned()));
                    }
                    &self.id
                }
                FieldKind::Name => &self.name,
                FieldKind::Code(list) if list == "ethnicities" => &self.ethnicity,
                FieldKind::Address => &self.address,
                _ => continue,
            };
            if !text.is_empty() {
                answers.push((field.path.clone(), text.clone()));
            }
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            id: "33052119900307001X".into(),
            name: "张三丰".into(),
            ethnicity: "汉".into(),
            address: "浙江省德清县武康街道一号".into(),
        }
    }

    #[test]
    fn any_order_and_any_separator() {
        for burst in [
            "33052119900307001X|张三丰|男|汉|19900307|浙江省德清县武康街道一号",
            "张三丰\n男\n汉\n1990年3月7日\n浙江省德清县武康街道一号\n33052119900307001X\n",
            "33052119900307001X\t张三丰\t男\t汉\t1990-03-07\t浙江省德清县武康街道一号\r",
            "33052119900307001X 张三丰 男 汉 19900307 浙江省德清县武康街道一号",
        ] {
            assert_eq!(read("", burst), Burst::Card(card()), "{burst}");
        }
    }

    #[test]
    fn a_pattern_decides_where_looks_cannot() {
        let burst = "欧阳|33052119900307001X|x|汉|浙江省德清县|武康街道一号";
        let Burst::Card(card) = read("name|id|-|ethnicity|address", burst) else {
            panic!("a card");
        };
        assert_eq!(
            (card.name.as_str(), card.address.as_str()),
            ("欧阳", "浙江省德清县 武康街道一号")
        );
    }

    #[test]
    fn an_empty_field_keeps_its_place() {
        let burst = "张三丰||汉|浙江省德清县武康街道一号|33052119900307001X";
        assert_eq!(read("name|-|ethnicity|address|id", burst), Burst::Card(card()));
    }

    #[test]
    fn without_a_good_number_it_is_no_card_and_said_to_be_a_bad_one_where_it_looks_like_one() {
        for bad in [
            "330521199003070018|张三丰",
            "3305211990030700|张三丰|男|汉",
            "张三丰|男|汉|19900307|浙江省德清县",
            "张三丰\n男\n330521199003070018\n",
            "",
        ] {
            let expected = if bad.is_empty() { Burst::Text } else { Burst::Unreadable };
            assert_eq!(read("", bad), expected, "{bad}");
        }
        for text in [
            "张三丰",
            "330521199003070018",
            "第一行\n第二行\n第三行",
            "浙江省 德清县 武康街道1号",
        ] {
            assert_eq!(read("", text), Burst::Text, "{text}");
        }
        let Burst::Card(card) = read("id|name", "张三丰|33052119900307001X") else {
            panic!("looks decide where the pattern does not fit");
        };
        assert_eq!(card.name, "张三丰");
    }
}
