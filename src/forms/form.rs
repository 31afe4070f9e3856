//! A compiled form: sections and fields in the order a clerk walks them.

use chrono::NaiveDate;

use super::{condition::Condition, rule::Rules};
use crate::domain::party::Sex;

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A person's name.
    Name,
    /// An identity number; `id_type` is the path of the field that says which kind, if the form has one.
    IdNumber {
        /// Path of the field with the kind of document.
        id_type: Option<String>,
    },
    /// A date with its precision.
    Date,
    /// Money in 分.
    Money,
    /// A whole number.
    Integer,
    /// A line of the named list.
    Code(String),
    /// A phone number.
    Phone,
    /// An area and a detail.
    Address,
    /// A bank card.
    BankCard,
    /// A certificate number.
    CertificateNumber,
    /// The serial of a blank.
    BlankSerial,
    /// Yes or no.
    Flag,
    /// Repeating rows with these columns.
    Table(Vec<Field>),
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Path of its answer: `man.name`. For a column of a table: its id.
    pub path: String,
    /// Label in Chinese.
    pub label: String,
    /// Label in English.
    pub label_en: String,
    /// What, why and an example, in Chinese; shown while the caret is in the field.
    pub help: String,
    /// The same in English.
    pub help_en: String,
    /// The kind of answer.
    pub kind: FieldKind,
    /// Most graphemes; `None` for the kind's own limit.
    pub max: Option<usize>,
    /// Whether a case cannot go on without it (conditions are told by the examination).
    pub required: bool,
    /// Whether leaving it empty is worth a word (`warn`); it prints as a blank line.
    pub wanted: bool,
    /// F5 copies the answer of the last case.
    pub dup: bool,
    /// Enter passes it by.
    pub skip: bool,
    /// A card reader's burst here fills the section.
    pub scan: bool,
    /// The answer is complete when this many characters stand, and the caret goes on.
    pub fill: Option<usize>,
    /// Lists show it masked.
    pub mask: bool,
    /// Its value while nobody answers; never on declarations, consents or check results.
    pub default: Option<String>,
    /// What the screen puts there when the form opens, for the clerk to leave or change; a file must state it.
    pub offer: Option<String>,
    /// Names of the fields in the same section it fills: `birth`, `sex`.
    pub derives: Vec<String>,
    /// Whether its value is derived from another field and can only be overridden with a reason.
    pub derived: bool,
    /// Whether the answer is a declaration, consent or check result: never prefilled, never copied.
    pub declaration: bool,
    /// When a case cannot go on without it, beside [`Field::required`].
    pub required_when: Option<Condition>,
    /// When it is asked; `None` is always.
    pub show_when: Option<Condition>,
}

/// A group of fields with a heading; two sections of one `group` stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// First part of its fields' paths.
    pub id: String,
    /// Heading in Chinese.
    pub title: String,
    /// Heading in English.
    pub title_en: String,
    /// The shared group, such as `party`.
    pub group: Option<String>,
    /// The sex of the person it is about, where that is settled: a card read goes to the section it can be of.
    pub sex: Option<Sex>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A fact that the desk must look up for the form's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSpec {
    /// Its name behind `facts.`.
    pub id: String,
    /// `flag`, `text`, `integer` or `day`.
    pub kind: String,
    /// What it is, in Chinese.
    pub label: String,
    /// What it is, in English.
    pub label_en: String,
    /// Paths of the fields it is looked up by; while these are not answered, nobody asks for the fact.
    pub of: Vec<String>,
}

/// A form as one version of its file defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its id: `marriage`.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// First day it is used.
    pub effective_from: NaiveDate,
    /// Last day, if its end is known.
    pub effective_to: Option<NaiveDate>,
    /// Law and article it comes from.
    pub source: String,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Facts its rules need.
    pub facts: Vec<FactSpec>,
    /// SHA-256 (hex) of its text.
    pub sha256: String,
    /// Its text as read.
    pub text: String,
    /// SHA-256 (hex) of the text of its rules.
    pub rules_sha256: String,
    /// The text of its rules.
    pub rules_text: String,
    /// Its compiled rules, in the order of their file.
    pub rules: Rules,
}

impl Form {
    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of a path.
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.fields().find(|field| field.path == path)
    }

    /// The label of a path for sentences: `男方·出生日期`; a fact's own label; else the path itself.
    pub fn label(&self, path: &str) -> String {
        self.labelled(path, |section| &section.title, |field| &field.label, |fact| &fact.label)
    }

    /// The same in English.
    pub fn label_en(&self, path: &str) -> String {
        self.labelled(
            path,
            |section| &section.title_en,
            |field| &field.label_en,
            |fact| &fact.label_en,
        )
    }

    fn labelled<'a>(
        &'a self,
        path: &str,
        title: impl Fn(&'a Section) -> &'a str,
        label: impl Fn(&'a Field) -> &'a str,
        fact: impl Fn(&'a FactSpec) -> &'a str,
    ) -> String {
        if let Some(id) = path.strip_prefix("facts.") {
            let spec = self.facts.iter().find(|spec| spec.id == id);
            return spec.map_or_else(|| path.to_owned(), |spec| fact(spec).to_owned());
        }
        let inside = |section: &'a Section| {
            let field = section.fields.iter().find(|field| field.path == path)?;
            Some(format!("{}·{}", title(section), label(field)))
        };
        self.sections.iter().find_map(inside).unwrap_or_else(|| path.to_owned())
    }
}
