//! What stands above the bill: who died and when, who applies, the classes with the facts and papers they ask for.

use chrono::{Datelike, NaiveDate};

use crate::desk::WaiverPreview;
use crate::domain::date::parse_typed;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Fen;
use crate::domain::waiver::{FactKind, Words};
use crate::forms::{Answer, Answers};
use crate::tui::words::{self, Lang, Word};

/// Most characters of a line.
pub const LONGEST: usize = 60;

/// What kind of answer a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Id,
    Day,
    /// A day long ago: eight digits.
    Birth,
    Flag,
    Number,
    Money,
    Area,
    /// Several of a numbered list, each by its digit.
    Some(List),
}

/// The numbered lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Classes,
    Evidence,
    /// The ways of an alternative, by its place.
    Choice(usize),
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Path of its answer.
    pub path: String,
    /// What it is called.
    pub label: Words,
    /// What it takes.
    pub kind: Kind,
    /// Whether the claim still needs it.
    pub needed: bool,
}

/// A line of a numbered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Whether it is claimed, or was seen.
    pub on: bool,
}

/// The fields that every claim has.
const ALWAYS: [(&str, Word, Kind, bool); 10] = [
    ("deceased.name", words::BILL_DECEASED, Kind::Text, true),
    ("deceased.id_no", words::BILL_ID, Kind::Id, true),
    ("deceased.birth", words::BILL_BIRTH, Kind::Birth, true),
    ("dates.death", words::BILL_DEATH, Kind::Day, true),
    ("dates.cremation", words::BILL_CREMATION, Kind::Day, true),
    ("applicant.name", words::BILL_APPLICANT, Kind::Text, true),
    ("applicant.id_no", words::BILL_AGENT_ID, Kind::Id, false),
    ("applicant.relation", words::BILL_RELATION, Kind::Text, false),
    ("applicant.phone", words::BILL_PHONE, Kind::Text, false),
    ("offsite.hall", words::BILL_OFFSITE, Kind::Text, false),
];

/// Where money is paid to: for an invoice from elsewhere and for awards.
const ACCOUNT: [(&str, Word); 3] = [
    ("account.name", words::BILL_ACCOUNT_NAME),
    ("account.bank", words::BILL_ACCOUNT_BANK),
    ("account.no", words::BILL_ACCOUNT_NO),
];

/// Fields that begin a line of their own, as far as there is room: who applies, where money goes.
pub const BEGIN: [&str; 2] = ["applicant.name", "account.name"];

/// The fields of a claim as it stands.
pub fn fields(answers: &Answers, preview: &WaiverPreview) -> Vec<Field> {
    let missing = |path: &str| answers.get(path).is_none();
    let field = |path: &str, word: Word, kind: Kind, needed: bool| Field {
        path: path.to_owned(),
        label: Words::new(word.say(Lang::Zh), word.say(Lang::En)),
        kind,
        needed,
    };
    let born = IdNumber::recognise(answers.text("deceased.id_no")).is_ok_and(|id| id.birth().is_some());
    let always = ALWAYS
        .into_iter()
        .filter(|(path, ..)| !born || *path != "deceased.birth");
    let always = always.map(|(path, word, kind, needed)| field(path, word, kind, needed && missing(path)));
    let classes = Kind::Some(List::Classes);
    let mut all: Vec<Field> = always.collect();
    // Who has no number may be told by name and birth.
    if let (Some(id), true) = (
        all.iter_mut().find(|field| field.path == "deceased.id_no"),
        answers.get("deceased.birth").is_some(),
    ) {
        id.needed = false;
    }
    let awards = preview
        .settlement
        .as_ref()
        .is_some_and(|settled| !settled.awards.is_empty());
    if awards || !missing("offsite.hall") {
        all.extend(ACCOUNT.map(|(path, word)| field(path, word, Kind::Text, missing(path))));
    }
    // Without a policy there is nobody to be of a class.
    if !missing("policy") {
        all.push(field("classes", words::BILL_CLASSES, classes, missing("classes")));
    }
    all.extend(preview.facts.iter().map(|fact| {
        let path = format!("facts.{}", fact.id);
        let asked = preview
            .findings
            .iter()
            .any(|finding| finding.field.as_deref() == Some(&path));
        Field {
            label: fact.label.clone(),
            kind: match fact.kind {
                FactKind::Flag => Kind::Flag,
                FactKind::Number => Kind::Number,
                FactKind::Money => Kind::Money,
                FactKind::Day => Kind::Day,
                FactKind::Area => Kind::Area,
                FactKind::Text => Kind::Text,
            },
            needed: asked && missing(&path),
            path,
        }
    }));
    for (at, choosing) in preview.choices.iter().enumerate() {
        let path = format!("choices.{}", choosing.id);
        let word = if choosing.take > 1 {
            words::BILL_TAKE
        } else {
            words::BILL_CHOOSE
        };
        let take = choosing.take.to_string();
        let label = Words::new(word.fill(Lang::Zh, &[&take]), word.fill(Lang::En, &[&take]));
        let open = missing(&path);
        all.push(Field {
            label,
            ..field(&path, word, Kind::Some(List::Choice(at)), open)
        });
    }
    if !preview.evidence.is_empty() {
        let unseen = preview.evidence.iter().all(|line| !line.shown);
        all.push(field(
            "evidence",
            words::BILL_EVIDENCE,
            Kind::Some(List::Evidence),
            unseen,
        ));
    }
    all
}

/// The lines of a numbered list.
pub fn marks(list: List, answers: &Answers, preview: &WaiverPreview) -> Vec<Mark> {
    let on = |path: &str, id: &str| answers.text(path).split_whitespace().any(|known| known == id);
    match list {
        List::Classes => {
            let mark = |(id, name): &(String, Words)| Mark {
                on: on("classes", id),
                id: id.clone(),
                name: name.clone(),
            };
            preview.classes.iter().map(mark).collect()
        }
        List::Evidence => {
            let mark = |line: &crate::desk::EvidenceLine| Mark {
                on: on("evidence", &line.id),
                id: line.id.clone(),
                name: line.name.clone(),
            };
            preview.evidence.iter().map(mark).collect()
        }
        List::Choice(at) => {
            let choosing = preview.choices.get(at);
            let chosen = |own: &crate::desk::ChoosingLine, id: &str| {
                let stated = answers.text(&format!("choices.{}", own.id));
                stated.split('+').any(|known| known == id)
            };
            let marks = choosing.into_iter().flat_map(|own| {
                own.options.iter().map(move |(id, name)| Mark {
                    on: chosen(own, id),
                    id: id.clone(),
                    name: name.clone(),
                })
            });
            marks.collect()
        }
    }
}

/// Turns a line of a numbered list on or off.
pub fn toggle(answers: &mut Answers, path: &str, id: &str) {
    let mut ids: Vec<&str> = answers.text(path).split_whitespace().collect();
    match ids.iter().position(|known| *known == id) {
        Some(at) => drop(ids.remove(at)),
        None => ids.push(id),
    }
    let text = ids.join(" ");
    answers.set_text(path, &text);
}

/// Turns a way of an alternative on or off; where one alone counts, the one before goes.
pub fn choose(answers: &mut Answers, path: &str, id: &str, take: usize) {
    let text = answers.text(path).to_owned();
    let mut ids: Vec<&str> = text.split('+').filter(|known| !known.is_empty()).collect();
    match ids.iter().position(|known| *known == id) {
        Some(at) => drop(ids.remove(at)),
        None => {
            if take <= 1 {
                ids.clear();
            }
            ids.push(id);
        }
    }
    answers.set_text(path, &ids.join("+"));
}

/// What is typed, as the answer it means; the sentence that says what was expected where it means none.
pub fn answer(kind: Kind, typed: &str, today: NaiveDate) -> Result<Answer, Word> {
    let typed = typed.trim();
    let text = |text: String| Ok(Answer::Text(text));
    match kind {
        _ if typed.is_empty() => text(String::new()),
        Kind::Text | Kind::Some(_) => text(typed.to_owned()),
        Kind::Id => text(IdNumber::recognise(typed).map_or_else(|_| typed.to_uppercase(), |id| id.as_str().to_owned())),
        Kind::Day => day(typed, today).map_or(Err(words::BILL_NO_DAY), |day| text(day.to_string())),
        Kind::Birth => {
            let born = parse_typed(typed, today).ok().and_then(|day| day.day());
            born.map_or(Err(words::BILL_NO_BIRTH), |day| text(day.to_string()))
        }
        Kind::Number => typed.parse().map(Answer::Integer).map_err(|_| words::BILL_NO_NUMBER),
        Kind::Money => Fen::parse(typed)
            .map(|fen| Answer::Integer(fen.0))
            .map_err(|_| words::BILL_NO_PRICE),
        Kind::Area if typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit()) => text(typed.to_owned()),
        Kind::Area => Err(words::BILL_NO_AREA),
        Kind::Flag => flag(typed).map(Answer::Flag).ok_or(words::BILL_NO_FLAG),
    }
}

/// Whether a text is complete as it stands, so that no Enter is needed.
pub fn is_full(kind: Kind, typed: &str) -> bool {
    let digits = typed.bytes().all(|b| b.is_ascii_digit());
    match kind {
        Kind::Day => {
            let month = typed.get(..2).and_then(|month| month.parse::<u32>().ok());
            let short = month.is_some_and(|month| (1..=12).contains(&month));
            digits && typed.len() == if short { 4 } else { 8 }
        }
        Kind::Birth => digits && typed.len() == 8,
        Kind::Area => digits && typed.len() == 6,
        Kind::Id => IdNumber::recognise(typed).is_ok_and(|id| id.as_str().len() == 18 && id.birth().is_some()),
        Kind::Flag => flag(typed).is_some(),
        _ => false,
    }
}

/// An answer as it stands in its field.
pub fn shown(answers: &Answers, field: &Field, lang: Lang) -> String {
    match answers.get(&field.path) {
        None => String::new(),
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Integer(fen)) if field.kind == Kind::Money => Fen(*fen).to_string(),
        Some(Answer::Integer(number)) => number.to_string(),
        Some(Answer::Flag(true)) => words::YES.say(lang).to_owned(),
        Some(Answer::Flag(false)) => words::NO.say(lang).to_owned(),
        Some(Answer::Rows(rows)) => rows.len().to_string(),
    }
}

fn flag(typed: &str) -> Option<bool> {
    match typed {
        "1" | "y" | "Y" | "是" => Some(true),
        "0" | "n" | "N" | "否" => Some(false),
        _ => None,
    }
}

/// A day; `1120` is the last 20 November that is not after today.
pub fn day(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    if is_full(Kind::Day, typed) && typed.len() == 4 {
        let number = |range: std::ops::Range<usize>| typed.get(range)?.parse::<u32>().ok();
        let (month, day) = (number(0..2)?, number(2..4)?);
        let own = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|day| *day <= today);
        return own.or_else(|| NaiveDate::from_ymd_opt(today.year() - 1, month, day));
    }
    parse_typed(typed, today).ok()?.day()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_a_day_that_is_not_to_come() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let typed = |text| {
            answer(Kind::Day, text, today).map(|answer| match answer {
                Answer::Text(text) => text,
                other => format!("{other:?}"),
            })
        };
        assert_eq!(typed("1120").as_deref(), Ok("2026-11-20"));
        assert_eq!(typed("1231").as_deref(), Ok("2025-12-31"));
        assert_eq!(typed("20250301").as_deref(), Ok("2025-03-01"));
        assert_eq!(typed("1131"), Err(words::BILL_NO_DAY));
        assert!(is_full(Kind::Day, "1120") && !is_full(Kind::Day, "2025") && is_full(Kind::Day, "20250301"));
    }

    #[test]
    fn lists_are_turned_on_and_off_by_id() {
        let mut answers = Answers::default();
        toggle(&mut answers, "classes", "general");
        toggle(&mut answers, "classes", "needy");
        toggle(&mut answers, "classes", "general");
        assert_eq!(answers.text("classes"), "needy");
    }
}
