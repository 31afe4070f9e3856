//! A form's file (`desk/*.toml`) becomes a [`Form`]: sections, shared groups of fields, facts, and the conditions of
//! fields held against all of them.
//!
//! In a shared group `own` is the section the field stands in and `other` the other section of the same group.

mod field;

use std::collections::BTreeMap;

use super::{
    FactSpec, Fault, Field, FieldKind, Form, Section,
    condition::{Condition, ExprFault, Kind, Vocabulary},
    head::Head,
    reader::{Located, Reader, Table},
    rule::Rules,
    source::DataFile,
};
use crate::domain::code_list::CodeList;
use crate::domain::party::Sex;
use field::RawField;

/// Begins the kind of a field that takes a code: `code:ethnicities`.
const LISTED: &str = "code:";

/// What the case itself says: the day it is taken on.
pub(super) const CASE_DAY: &str = "case.day";

/// A condition as it stands in a file.
type Source = Located<String>;

/// A form that could be read, with what its file's head says.
#[derive(Debug)]
pub(super) struct Definition {
    pub head: Head,
    pub form: Form,
}

/// A section whose conditions are still texts.
struct RawSection {
    section: Section,
    line: usize,
    fields: Vec<RawField>,
}

/// Reads a form's file. Rules come from another file and are not in it yet.
pub(super) fn read(file: &DataFile, lists: &BTreeMap<String, CodeList>) -> Result<Definition, Vec<Fault>> {
    let mut reader = Reader::new(&file.path, &file.text);
    let parsed = reader.parse();
    let mut root = reader.open("form", parsed.get_ref(), 1);
    let names: Vec<&str> = lists.keys().map(String::as_str).collect();
    let head = Head::read(&mut reader, &mut root, file.stem());
    let title = root.needed(&mut reader, "title").value;
    let title_en = root.needed(&mut reader, "title_en").value;
    let groups = groups(&mut reader, &mut root, &names);
    let mut sections = Vec::new();
    for table in root.tables(&mut reader, "section", "section") {
        sections.push(section(&mut reader, table, &groups, &names));
    }
    let facts: Vec<_> = root.tables(&mut reader, "fact", "fact");
    let facts: Vec<FactSpec> = facts.into_iter().filter_map(|table| fact(&mut reader, table)).collect();
    reader.close(root);
    unique(&mut reader, &sections);
    let compiled = compile(&mut reader, sections, &facts, lists);
    let mut faults = reader.faults;
    match head {
        Some(head) if faults.is_empty() => {
            let form = Form {
                id: head.id.value.clone(),
                title,
                title_en,
                effective_from: head.from,
                effective_to: head.to,
                source: head.source.clone(),
                sections: compiled,
                facts,
                sha256: file.sha256().to_owned(),
                text: file.text.to_string(),
                rules_sha256: String::new(),
                rules_text: String::new(),
                rules: Rules::default(),
            };
            Ok(Definition { head, form })
        }
        _ => {
            if faults.is_empty() {
                faults.push(Fault::of_file(&file.path, "缺少 id 或 effective_from"));
            }
            Err(faults)
        }
    }
}

fn groups(reader: &mut Reader<'_>, root: &mut Table<'_>, lists: &[&str]) -> BTreeMap<String, Vec<RawField>> {
    let mut groups = BTreeMap::new();
    for mut table in root.tables(reader, "group", "group") {
        let id = table.id(reader, "id").value;
        let fields = table.tables(reader, "field", "field");
        let fields = fields.into_iter().map(|one| field::read(reader, one, lists)).collect();
        reader.close(table);
        groups.insert(id, fields);
    }
    groups
}

fn section(
    reader: &mut Reader<'_>,
    mut table: Table<'_>,
    groups: &BTreeMap<String, Vec<RawField>>,
    lists: &[&str],
) -> RawSection {
    let id = table.id(reader, "id");
    let title = table.needed(reader, "title").value;
    let title_en = table.needed(reader, "title_en").value;
    let group = table.text(reader, "group");
    let sex = table.text(reader, "sex");
    let own = table.tables(reader, "field", "field");
    let own = own.into_iter().map(|one| field::read(reader, one, lists));
    let own: Vec<RawField> = own.collect();
    let line = table.line;
    reader.close(table);
    let mut fields = Vec::new();
    if let Some(group) = &group {
        match groups.get(&group.value) {
            Some(shared) => fields.extend(shared.iter().cloned()),
            None => {
                let known: Vec<&str> = groups.keys().map(String::as_str).collect();
                reader.unknown_word(group, "group", &known);
            }
        }
    }
    let sexes = [Sex::Male, Sex::Female];
    let found = sex
        .as_ref()
        .map(|sex| sexes.into_iter().find(|known| known.as_str() == sex.value));
    if let (Some(sex), Some(None)) = (&sex, found) {
        reader.unknown_word(sex, "sex", &sexes.map(Sex::as_str));
    }
    fields.extend(own);
    if fields.is_empty() {
        reader.fault(line, &id.value, "一节至少要有一栏", None);
    }
    RawSection {
        section: Section {
            id: id.value,
            title,
            title_en,
            group: group.map(|group| group.value),
            sex: found.flatten(),
            fields: Vec::new(),
        },
        line: id.line,
        fields,
    }
}

fn fact(reader: &mut Reader<'_>, mut table: Table<'_>) -> Option<FactSpec> {
    let id = table.id(reader, "id");
    let kind = table.needed(reader, "kind");
    let known = ["flag", "text", "integer", "day"].map(|word| (word, ()));
    let sound = reader.one_of(&kind, "kind", &known);
    let spec = FactSpec {
        id: id.value,
        kind: kind.value,
        label: table.needed(reader, "label").value,
        label_en: table.needed(reader, "label_en").value,
        of: table.texts(reader, "of").into_iter().map(|path| path.value).collect(),
    };
    reader.close(table);
    sound.map(|()| spec)
}

/// Sections of one id, and fields of one id in a section, would hide each other.
fn unique(reader: &mut Reader<'_>, sections: &[RawSection]) {
    for (at, raw) in sections.iter().enumerate() {
        let earlier = sections.get(..at).unwrap_or_default();
        if earlier.iter().any(|other| other.section.id == raw.section.id) {
            let problem = format!("“{}”这一节出现两次", raw.section.id);
            reader.fault(raw.line, "id", problem, None);
        }
        for (at, one) in raw.fields.iter().enumerate() {
            let earlier = raw.fields.get(..at).unwrap_or_default();
            if earlier.iter().any(|other| other.field.path == one.field.path) {
                let problem = format!("“{}.{}”这一栏出现两次", raw.section.id, one.field.path);
                reader.fault(one.line, "id", problem, None);
            }
        }
    }
}

/// Gives fields their paths, and compiles their conditions against the whole form.
fn compile(
    reader: &mut Reader<'_>,
    raw: Vec<RawSection>,
    facts: &[FactSpec],
    lists: &BTreeMap<String, CodeList>,
) -> Vec<Section> {
    let parties: Vec<(String, Option<String>)> = raw
        .iter()
        .map(|raw| (raw.section.id.clone(), raw.section.group.clone()))
        .collect();
    let words = vocabulary(raw.iter().flat_map(fields_of), facts, lists);
    for spec in facts {
        for path in spec.of.iter().filter(|path| words.kind(path).is_none()) {
            let near = super::fault::nearest(path, words.paths());
            reader.fault(0, &spec.id, format!("of：没有“{path}”这一栏"), near);
        }
    }
    raw.into_iter()
        .map(|raw| {
            let RawSection {
                mut section, fields, ..
            } = raw;
            let own = section.id.clone();
            let other = other_of(&parties, &own, section.group.as_deref());
            let rename = |path: &str| renamed(path, &own, other.as_deref());
            let derived: Vec<String> = fields.iter().flat_map(|raw| raw.field.derives.clone()).collect();
            for name in &derived {
                if !fields.iter().any(|raw| raw.field.path == *name) {
                    let problem = format!("derives：这一节没有“{name}”");
                    reader.fault(fields.first().map_or(0, |raw| raw.line), "derives", problem, None);
                }
            }
            for raw in fields {
                let mut field = raw.field;
                field.derived = derived.contains(&field.path);
                field.path = format!("{own}.{}", field.path);
                if let FieldKind::IdNumber { id_type } = &mut field.kind {
                    *id_type = raw.id_type.map(|id| format!("{own}.{}", id.value));
                    if let Some(path) = id_type.as_ref().filter(|path| words.kind(path).is_none()) {
                        reader.fault(raw.line, "id_type", format!("没有“{path}”这一栏"), None);
                    }
                }
                let mut condition = |key: &str, source: Option<Source>| {
                    let source = source?;
                    let compiled = Condition::compile_renamed(&source.value, &words, &rename);
                    compiled.map_err(|fault| told(reader, &source, key, fault)).ok()
                };
                field.required_when = condition("required_when", raw.required_when);
                field.show_when = condition("show_when", raw.show_when);
                section.fields.push(field);
            }
            section
        })
        .collect()
}

fn fields_of(raw: &RawSection) -> impl Iterator<Item = (String, &Field)> {
    let path = |one: &RawField| format!("{}.{}", raw.section.id, one.field.path);
    raw.fields.iter().map(move |one| (path(one), &one.field))
}

/// The other section of a group of two.
fn other_of(parties: &[(String, Option<String>)], own: &str, group: Option<&str>) -> Option<String> {
    let group = group?;
    let others: Vec<&String> = parties
        .iter()
        .filter(|(id, of)| id != own && of.as_deref() == Some(group))
        .map(|(id, _)| id)
        .collect();
    match others.as_slice() {
        [other] => Some((*other).clone()),
        _ => None,
    }
}

/// `own.birth` as `man.birth`, `check.own` as `check.man`, `facts.own_death` as `facts.man_death`; likewise `other`.
pub(super) fn renamed(path: &str, own: &str, other: Option<&str>) -> String {
    let part = |part: &str| {
        let by = |word: &str, name: &str| match part.strip_prefix(word)? {
            "" => Some(name.to_owned()),
            rest => rest.starts_with('_').then(|| format!("{name}{rest}")),
        };
        by("own", own)
            .or_else(|| by("other", other?))
            .unwrap_or_else(|| part.to_owned())
    };
    path.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// What conditions about these fields and facts may speak of.
fn vocabulary<'f>(
    fields: impl Iterator<Item = (String, &'f Field)>,
    facts: &[FactSpec],
    lists: &BTreeMap<String, CodeList>,
) -> Vocabulary {
    let mut words = Vocabulary::default();
    words.add(CASE_DAY, Kind::Date);
    for (path, field) in fields {
        words.add(&path, kind_of(&field.kind));
    }
    for spec in facts {
        let kind = match spec.kind.as_str() {
            "flag" => Kind::Flag,
            "integer" => Kind::Integer,
            "day" => Kind::Date,
            _ => Kind::Text,
        };
        words.add(&format!("facts.{}", spec.id), kind);
    }
    for (id, list) in lists {
        words.add_codes(id, list.entries().iter().map(|entry| entry.code.clone()));
    }
    words
}

/// What the rules of a form may speak of.
pub(super) fn words_of(form: &Form, lists: &BTreeMap<String, CodeList>) -> Vocabulary {
    let fields = form.fields().map(|field| (field.path.clone(), field));
    vocabulary(fields, &form.facts, lists)
}

/// The sections of each group, as `each` in rules may name them with their other one.
pub(super) fn other_section(form: &Form, own: &str) -> Option<String> {
    let parties: Vec<_> = form
        .sections
        .iter()
        .map(|section| (section.id.clone(), section.group.clone()))
        .collect();
    let group = form.sections.iter().find(|section| section.id == own)?.group.clone()?;
    other_of(&parties, own, Some(&group))
}

fn kind_of(kind: &FieldKind) -> Kind {
    match kind {
        FieldKind::Date => Kind::Date,
        FieldKind::Money => Kind::Money,
        FieldKind::Integer => Kind::Integer,
        FieldKind::Code(list) => Kind::Code(list.clone()),
        FieldKind::Flag => Kind::Flag,
        FieldKind::Table(_) => Kind::Rows,
        _ => Kind::Text,
    }
}

/// Notes what is wrong with an expression on the line it stands on.
pub(super) fn told(reader: &mut Reader<'_>, source: &Source, key: &str, fault: ExprFault) {
    let line = source.line + fault.lines_below(&source.value);
    reader.fault(line, key, fault.problem, fault.nearest);
}
