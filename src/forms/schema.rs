//! The JSON Schema (draft 2020-12) of a form's answers, from the same fields that answers are read by.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{Field, FieldKind, Form, examine::longest};
use crate::domain::{code_list::CodeList, finding::Finding};

/// Most characters of a reason to confirm a rule or to put a value right, and of all reasons of a case: what the
/// remark of the review form has room for beside the rest.
pub const REASON: usize = 60;
/// See [`REASON`].
pub const REASONS: usize = 180;

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
        "properties": {"reason": reason()}});
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
                "properties": {"value": value(field, &list, on), "reason": reason()}});
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
            let length = match field.kind {
                FieldKind::Code(_) | FieldKind::Flag | FieldKind::Integer | FieldKind::Money | FieldKind::Table(_) => {
                    String::new()
                }
                _ => format!("最多 {} 个字（看得见的字）。", longest(field)),
            };
            own.insert("description".to_owned(), json!(format!("{}{length}", field.help)));
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

/// What an answer may be. An optional one may be null or empty as well; lengths of texts are counted in characters as
/// people see them, which a schema cannot: they are described.
fn value<'a>(field: &Field, list: &impl Fn(&str) -> Option<&'a CodeList>, on: NaiveDate) -> Value {
    let free = !field.required || field.derived;
    let kind = |name: &str| {
        if free { json!([name, "null"]) } else { json!(name) }
    };
    match &field.kind {
        FieldKind::Flag => json!({"type": kind("boolean")}),
        FieldKind::Integer => json!({"type": kind("integer")}),
        FieldKind::Money => json!({"type": kind("integer"), "x-unit": "分"}),
        FieldKind::Code(id) => {
            let list = list(id);
            let entries = list.into_iter().flat_map(CodeList::entries);
            let usable: Vec<_> = entries.filter(|entry| entry.validity.holds_on(on)).collect();
            let codes = usable.iter().map(|entry| json!(entry.code));
            let named = list.is_some_and(CodeList::answers_to_names);
            let names = usable.iter().filter(|_| named).map(|entry| json!(entry.name));
            let none = [json!(null), json!("")];
            let none = none.into_iter().filter(|_| free);
            let all: Vec<Value> = codes.chain(names).chain(none).collect();
            let names: Vec<&String> = usable.iter().map(|entry| &entry.name).collect();
            json!({"enum": all, "x-names": names})
        }
        FieldKind::Table(columns) => {
            json!({"type": kind("array"), "items": object(&field.label, columns.iter(), list, on)})
        }
        _ => json!({"type": kind("string"), "pattern": if free { SOUND } else { SAID }, "x-most": longest(field)}),
    }
}

/// A text without control characters.
const SOUND: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$";

/// A text without control characters that says something.
const SAID: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*\S[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$";

/// Why somebody confirms a rule or puts a value right.
fn reason() -> Value {
    json!({"type": "string", "maxLength": REASON, "pattern": SOUND,
        "description": format!("最多 {REASON} 个字，一件业务合计最多 {REASONS} 个字")})
}
