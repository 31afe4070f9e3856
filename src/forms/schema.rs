//! The JSON Schema (draft 2020-12) of a form's answers, from the same fields that answers are read by.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{Field, FieldKind, Form, examine::longest};
use crate::domain::{code_list::CodeList, finding::Finding};

/// The schema of what `submit` takes for a form; `list` finds a list of codes.
pub(super) fn of<'a>(
    form: &Form,
    list: impl Fn(&str) -> Option<&'a CodeList>,
    grounds: &[Finding],
    on: NaiveDate,
) -> Value {
    let mut properties = Map::new();
    let mut needed = vec![Value::from("guitai")];
    properties.insert(
        "guitai".to_owned(),
        json!({"const": 1, "description": "JSON 格式的版本"}),
    );
    let key = "同一个 key 的同一份内容只办一次，再交一次得到同一个答复";
    properties.insert(
        "key".to_owned(),
        json!({"type": ["string", "null"], "minLength": 1, "maxLength": 200, "description": key}),
    );
    for section in &form.sections {
        properties.insert(
            section.id.clone(),
            object(&section.title, section.fields.iter(), &list, on),
        );
        if section.fields.iter().any(|field| field.required && !field.derived) {
            needed.push(Value::from(section.id.as_str()));
        }
    }
    let reasoned = json!({"type": "object", "required": ["reason"], "additionalProperties": false,
        "properties": {"reason": {"type": "string", "minLength": 1}}});
    properties.insert(
        "confirm".to_owned(),
        json!({"type": ["object", "null"], "additionalProperties": reasoned,
            "description": "对“需确认”的规则写明原因：{\"规则\": {\"reason\": \"…\"}}"}),
    );
    let derived: Map<String, Value> = form
        .fields()
        .filter(|field| field.derived)
        .map(|field| {
            let put_right = json!({"type": "object", "required": ["value", "reason"], "additionalProperties": false,
                "properties": {"value": value(field, &list, on), "reason": {"type": "string", "minLength": 1}}});
            (field.path.clone(), put_right)
        })
        .collect();
    properties.insert(
        super::json::OVERRIDES.to_owned(),
        json!({"type": ["object", "null"], "properties": derived, "additionalProperties": false,
            "description": "更正由证件号码得出的值"}),
    );
    properties.insert(
        "close_as_refused".to_owned(),
        json!({"type": ["boolean", "null"], "description": "法律不允许时，以不予办理结案并出告知书"}),
    );
    let (codes, says): (Vec<_>, Vec<_>) = grounds.iter().map(|ground| (json!(ground.rule), &ground.says)).unzip();
    let codes: Vec<Value> = codes.into_iter().chain([Value::Null]).collect();
    properties.insert(
        "ground".to_owned(),
        json!({"enum": codes, "x-says": says,
            "description": "登记员查明、规则算不出的不予办理理由；与 close_as_refused 一起用"}),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("guitai:form:{}", form.id),
        "title": form.title, "description": format!("{}（{}起）", form.source, form.effective_from),
        "type": "object", "properties": properties, "required": needed, "additionalProperties": false,
    })
}

fn object<'f, 'a>(
    title: &str,
    fields: impl Iterator<Item = &'f Field>,
    list: &impl Fn(&str) -> Option<&'a CodeList>,
    on: NaiveDate,
) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let name = field
            .path
            .rsplit_once('.')
            .map_or(field.path.as_str(), |(_, name)| name);
        let mut schema = value(field, list, on);
        if let Some(own) = schema.as_object_mut() {
            own.insert("title".to_owned(), json!(field.label));
            if !field.help.is_empty() {
                own.insert("description".to_owned(), json!(field.help));
            }
            if let Some(default) = &field.default {
                own.insert("default".to_owned(), json!(default));
            }
            if field.derived {
                own.insert("readOnly".to_owned(), json!(true));
            }
        }
        if field.required && !field.derived {
            required.push(name.to_owned());
        }
        properties.insert(name.to_owned(), schema);
    }
    json!({"type": "object", "title": title, "properties": properties, "required": required,
        "additionalProperties": false})
}

fn value<'a>(field: &Field, list: &impl Fn(&str) -> Option<&'a CodeList>, on: NaiveDate) -> Value {
    match &field.kind {
        FieldKind::Flag => json!({"type": "boolean"}),
        FieldKind::Integer => json!({"type": "integer"}),
        FieldKind::Money => json!({"type": "integer", "description": "分"}),
        FieldKind::Date => json!({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
        FieldKind::Code(id) => {
            let entries = list(id).into_iter().flat_map(CodeList::entries);
            let usable = entries.filter(|entry| entry.validity.holds_on(on));
            let (codes, names): (Vec<_>, Vec<_>) = usable.map(|entry| (&entry.code, &entry.name)).unzip();
            json!({"type": "string", "enum": codes, "x-names": names})
        }
        FieldKind::Table(columns) => {
            json!({"type": "array", "items": object(&field.label, columns.iter(), list, on)})
        }
        _ => json!({"type": "string", "maxLength": longest(field)}),
    }
}
