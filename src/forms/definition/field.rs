//! One field of a form's file: its kind, its attributes, and what does not go together.

use super::{LISTED, Source};
use crate::forms::{
    Field, FieldKind,
    reader::{Located, Reader, Table},
};

/// Kinds that stand by one word.
const PLAIN: [(&str, FieldKind); 12] = [
    ("text", FieldKind::Text),
    ("name", FieldKind::Name),
    ("date", FieldKind::Date),
    ("money", FieldKind::Money),
    ("integer", FieldKind::Integer),
    ("phone", FieldKind::Phone),
    ("address", FieldKind::Address),
    ("bank_card", FieldKind::BankCard),
    ("certificate_number", FieldKind::CertificateNumber),
    ("blank_serial", FieldKind::BlankSerial),
    ("flag", FieldKind::Flag),
    ("table", FieldKind::Table(Vec::new())),
];

/// What an identity number can tell, by the name of the field that takes it.
const TOLD: [&str; 3] = ["birth", "sex", "area"];

/// The most characters a text may have that states no limit of its own.
pub(super) const LONGEST: i64 = 1000;

/// A field with its conditions still as texts, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct RawField {
    /// The field; its path is its id yet.
    pub field: Field,
    /// Line of its id.
    pub line: usize,
    /// The id of the field with the kind of document.
    pub id_type: Option<Located<String>>,
    /// When it must be answered.
    pub required_when: Option<Source>,
    /// When it is asked.
    pub show_when: Option<Source>,
}

/// Reads a field; `lists` are the known lists of codes.
pub(super) fn read(reader: &mut Reader<'_>, mut table: Table<'_>, lists: &[&str]) -> RawField {
    let id = table.id(reader, "id");
    let label = table.needed(reader, "label").value;
    let label_en = table.needed(reader, "label_en").value;
    let kind_word = table.needed(reader, "kind");
    let kind = kind(reader, &kind_word, lists);
    let table_line = table.line;
    let columns = table.tables(reader, "column", "column");
    let columns: Vec<RawField> = columns.into_iter().map(|column| read(reader, column, lists)).collect();
    let id_type = table.text(reader, "id_type");
    let kind = match kind {
        FieldKind::Table(_) if columns.is_empty() => {
            reader.fault(table_line, "column", "表格至少要有一列 [[…column]]", None);
            FieldKind::Table(Vec::new())
        }
        FieldKind::Table(_) => FieldKind::Table(columns.into_iter().map(|column| column.field).collect()),
        other => other,
    };
    let derives = table.texts(reader, "derives");
    for told in &derives {
        if !TOLD.contains(&told.value.as_str()) {
            reader.unknown_word(told, "derives", &TOLD);
        }
    }
    let prefill_line = ["default", "offer", "dup"].map(|key| table.line_of(key));
    let raw = RawField {
        field: Field {
            path: id.value,
            label,
            label_en,
            help: table.plain(reader, "help"),
            help_en: table.plain(reader, "help_en"),
            kind,
            max: table
                .whole(reader, "max", LONGEST)
                .and_then(|most| usize::try_from(most).ok()),
            required: table.flag(reader, "required").unwrap_or_default(),
            wanted: table.flag(reader, "wanted").unwrap_or_default(),
            dup: table.flag(reader, "dup").unwrap_or_default(),
            skip: table.flag(reader, "skip").unwrap_or_default(),
            scan: table.flag(reader, "scan").unwrap_or_default(),
            fill: table
                .whole(reader, "fill", LONGEST)
                .and_then(|count| usize::try_from(count).ok()),
            mask: table.flag(reader, "mask").unwrap_or_default(),
            default: table.text(reader, "default").map(|text| text.value),
            offer: table.text(reader, "offer").map(|text| text.value),
            derives: derives.into_iter().map(|told| told.value).collect(),
            derived: false,
            declaration: table.flag(reader, "declaration").unwrap_or_default(),
            required_when: None,
            show_when: None,
        },
        line: id.line,
        id_type,
        required_when: table.text(reader, "required_when"),
        show_when: table.text(reader, "show_when"),
    };
    table_ends(reader, table, &raw, prefill_line);
    raw
}

/// Closes the table and holds its attributes against each other.
fn table_ends(reader: &mut Reader<'_>, table: Table<'_>, raw: &RawField, prefill: [usize; 3]) {
    reader.close(table);
    let field = &raw.field;
    let set = [field.default.is_some(), field.offer.is_some(), field.dup];
    for ((key, line), set) in ["default", "offer", "dup"].into_iter().zip(prefill).zip(set) {
        if set && field.declaration {
            reader.fault(line, key, "声明、同意和核对结果不得预先填写", None);
        }
    }
    let numbered = matches!(field.kind, FieldKind::IdNumber { .. });
    if !numbered && (!field.derives.is_empty() || raw.id_type.is_some()) {
        reader.fault(raw.line, "derives", "只有 id_number 可以有 derives 和 id_type", None);
    }
}

fn kind(reader: &mut Reader<'_>, word: &Located<String>, lists: &[&str]) -> FieldKind {
    if word.value == "id_number" {
        return FieldKind::IdNumber { id_type: None };
    }
    if let Some(list) = word.value.strip_prefix(LISTED) {
        if !lists.contains(&list) {
            let named = Located {
                value: list.to_owned(),
                line: word.line,
            };
            reader.unknown_word(&named, "kind", lists);
        }
        return FieldKind::Code(list.to_owned());
    }
    if let Some((_, kind)) = PLAIN.iter().find(|(name, _)| *name == word.value) {
        return kind.clone();
    }
    if !word.value.is_empty() {
        let mut known: Vec<&str> = PLAIN.iter().map(|(name, _)| *name).collect();
        known.extend(["id_number", "code:…"]);
        reader.unknown_word(word, "kind", &known);
    }
    FieldKind::Text
}
