//! What `submit waiver` takes: a claim as JSON.

use serde_json::{Value, json};

use crate::{
    domain::waiver::{ATTRIBUTES, TIMES},
    forms::waiver::request::KEYS,
};

/// What a claim may say. Amounts are whole 分.
pub fn request_schema() -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    let day = |description: &str| json!({"type": "string", "format": "date", "description": description});
    let texts = |description: &str| json!({"type": "array", "items": {"type": "string"}, "description": description});
    let fields = |names: &[&str], description: &str| {
        let known = names.iter().map(|name| ((*name).to_owned(), json!({"type": "string"})));
        let known: serde_json::Map<String, Value> = known.collect();
        json!({"type": "object", "properties": known, "additionalProperties": false, "description": description})
    };
    let value = json!({"type": ["string", "number", "boolean", "null"]});
    let of = |key: &str| match key {
        "guitai" => json!({"const": 1, "description": "版本 / version"}),
        "policy" => json!({"type": ["string", "null"],
            "description": "政策的代号；没有减免政策的写 null 或不写，另写 tariff，全部由家属支付 / id of the policy; null or left out for a bill by its price list alone, all of it the family's"}),
        "tariff" => text("收费目录的代号，缺省为政策的 / id of the price list, the policy's own by default"),
        "dates" => json!({"$ref": "#/$defs/dates"}),
        "deceased" => {
            json!({"type": "object", "description": "逝者：name、id_no、birth、sex …；出生日期缺省取自证件号码 / the deceased", "properties": {
            "name": {"type": "string"}, "id_no": {"type": "string"}, "birth": day("出生日期 / birth")}})
        }
        "classes" => texts("申请的对象类别 / classes claimed"),
        "facts" => json!({"type": "object", "additionalProperties": value,
            "description": "事实：代号 = 值；金额是整数分，没有填写的不算是也不算否 / facts by id; amounts in fen"}),
        "bill" => json!({"type": "array", "items": {"$ref": "#/$defs/line"},
            "description": "账单各行；只领奖补的为空数组 / lines; an empty list for an award alone"}),
        "evidence" => texts("已查验的证件；不写是没有记 / papers shown; absent: nobody said"),
        "choices" => json!({"type": "object", "additionalProperties": {"type": "string"},
            "description": "择一、任选：代号 = 选项，几项用 + 连 / option of each alternative"}),
        "offsite" => {
            json!({"anyOf": [{"type": "boolean"}, {"type": "object", "properties": {"hall": {"type": "string"}},
            "additionalProperties": false}], "description": "在异地火化，账单是外地的发票 / cremated elsewhere"})
        }
        "key" => text("办理键：同一键重送得同一结果 / repeated with the same key it is one act"),
        "applicant" => fields(&["name", "id_no", "phone", "relation"], "办理人 / who applies"),
        "account" => fields(
            &["name", "bank", "no"],
            "收款账户，异地报销和奖补用 / where money is paid to",
        ),
        "case" => text("接着办的已受理业务号 / the accepted case it goes on with"),
        "note" => text("备注 / note"),
        "former" => {
            text("补减、追回所接的原结算号，结算的是差额 / the settlement it follows: the difference is settled")
        }
        "reason" => text("补减、追回的原因 / why it follows one"),
        "override" => json!({"$ref": "#/$defs/override"}),
        "confirm" => {
            json!({"type": "object", "description": "需要人确认的规则：{规则: {reason}} / rules that a person confirms",
            "additionalProperties": {"type": "object", "properties": {"reason": {"type": "string"}},
                "required": ["reason"], "additionalProperties": false}})
        }
        "close_as_refused" => json!({"type": "boolean",
            "description": "政策不允许时按不予减免结案 / where the policy says no, close the case as refused"}),
        _ => json!({"description": "由窗口使用 / the desk's own"}),
    };
    let properties: serde_json::Map<String, Value> = KEYS.iter().map(|key| ((*key).to_owned(), of(key))).collect();
    let mut line = json!({
        "item": text("项目代码 / code"),
        "quantity": {"type": ["number", "string"], "exclusiveMinimum": 0, "pattern": "^\\d+(\\.\\d{1,3})?$",
            "description": "数量，最多三位小数；可由 hours、months 等折算的可不写 / quantity"},
        "unit_price": {"type": "integer", "minimum": 0, "description": "实收单价，分；缺省为目录价 / price charged, in fen"},
        "from": text("按小时或天计的项目从何时起，2026-11-20T15:00；与 to 一起代替 quantity / from when, for items by hours or days"),
        "to": text("到何时止 / until when"),
        "name": text("外地发票上的名称 / name on the invoice"),
        "refused": text("外地发票上剔除这一行的原因 / why this line of an invoice is not paid"),
    });
    if let Some(line) = line.as_object_mut() {
        for name in ATTRIBUTES.iter().filter(|name| !TIMES.contains(name)) {
            line.insert((*name).to_owned(), value.clone());
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "减免申请 submit waiver / a waiver claim",
        "type": "object",
        "properties": properties,
        "required": ["guitai", "bill"],
        "anyOf": [{"required": ["policy"]}, {"required": ["tariff"]}],
        "additionalProperties": false,
        "$defs": {
            "dates": {"type": "object", "additionalProperties": false, "properties": {
                "death": day("死亡日期 / of death"), "cremation": day("火化日期 / of cremation"),
                "claim": day("申请日期 / of the claim")}},
            "line": {"type": "object", "properties": line, "required": ["item"], "additionalProperties": value,
                "description": "另可有目录和政策要的内容 / with what the list and the policy ask"},
            "override": {"type": "object", "required": ["reason", "lines"], "additionalProperties": false,
                "description": "由负责人批准另定的减免，经办人自己不能批 / what is free otherwise, approved by a supervisor",
                "properties": {"reason": text("原因 / why"), "lines": {"type": "array", "minItems": 1, "items": {
                    "type": "object", "required": ["line", "free"], "additionalProperties": false, "properties": {
                        "line": {"type": "integer", "minimum": 1, "description": "第几行 / which line, from 1"},
                        "free": {"type": "integer", "minimum": 0, "description": "减免，分 / what is free, in fen"},
                        "payer": text("差额由谁承担，缺省为政策的第一个承担方 / who bears the difference")}}}}},
            "answer": answer(),
        },
    })
}

/// What comes back, as [`crate::forms::waiver::to_json`] writes it.
fn answer() -> Value {
    let fen = json!({"type": ["integer", "null"], "description": "分 / fen"});
    let shares = json!({"type": "object", "additionalProperties": {"type": "integer"}});
    json!({
        "type": "object",
        "description": "结果；金额都是整数分 / what comes of it",
        "properties": {
            "guitai": {"const": 1},
            "outcome": {"enum": ["settled", "refused", "incomplete"]},
            "lines": {"type": "array", "items": {"type": "object", "properties": {
                "item": {"type": "string"}, "quantity": {"type": "number"}, "listed": fen, "free": fen, "family": fen,
                "payers": shares, "says": {"type": "array", "items": {"type": "string"}}, "rule": {"type": "string"},
                "costs": {"type": "string", "description": "价款的算式 / what it costs, as a sum"}}}},
            "listed": fen, "free": fen, "family": fen, "payers": shares,
            "awards": {"type": "array", "items": {"type": "object"}},
            "quotes": {"type": "array", "description": "所依据的原文，各写一次，附行号 / what lines rest on, each once",
                "items": {"type": "object"}},
            "classes": {"type": "array", "items": {"type": "string"}},
            "choices": {"type": "object"},
            "in_words": {"type": ["string", "null"], "description": "自付，大写 / what the family pays, in words"},
            "free_in_words": {"type": "string", "description": "减免，大写 / what is free, in words"},
            "findings": {"type": "array", "items": {"type": "object"}},
            "kind": {"enum": ["normal", "offsite", "supplement", "refund"]},
            "former": {"type": "string", "description": "所接的原结算号 / the settlement it follows"},
            "difference": {"type": "object", "description": "与原结算的差额 / what differs from the former"},
            "case": {"type": ["string", "null"], "description": "业务号 / case number"},
            "number": {"type": ["string", "null"], "description": "凭证号 / voucher number"},
            "documents": {"type": "array", "items": {"type": "object"}, "description": "文书 / papers"},
        },
    })
}
