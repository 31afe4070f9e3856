//! A family's claim as JSON (`submit waiver`): read whole, with a finding for everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::{
    domain::{
        finding::{Finding, Severity},
        id_number::IdNumber,
        money::Fen,
        waiver::{BillLine, Claim, Detail, Known, Offsite, Outcome, Policy, Quantity, Tariff, settle as settle_plan},
    },
    forms::fault::{nearest, shortened},
};

use super::{book::WaiverBook, next_step, strangers::strangers};

/// Keys of a request; those after `offsite` are the desk's and are passed by.
pub(super) const KEYS: [&str; 22] = [
    "guitai",
    "policy",
    "tariff",
    "dates",
    "deceased",
    "classes",
    "facts",
    "bill",
    "evidence",
    "choices",
    "offsite",
    "key",
    "applicant",
    "case",
    "note",
    "session",
    "account",
    "former",
    "reason",
    "override",
    "confirm",
    "close_as_refused",
];

/// Who died.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deceased {
    /// Name.
    pub name: String,
    /// Number of the identity document.
    pub id_no: String,
    /// Everything stated about them, as it came.
    pub stated: BTreeMap<String, String>,
}

/// A claim as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Id of the policy; empty for a bill by its price list alone.
    pub policy: String,
    /// Id of the price list; empty for the policy's own.
    pub tariff: String,
    /// Who died.
    pub deceased: Deceased,
    /// What the settlement rests on.
    pub claim: Claim,
}

/// Settles a request by the policy and list of its dates.
pub fn settle(book: &WaiverBook, request: &Request) -> Outcome {
    let basis = book.chosen(request);
    let (policy, tariff) = match &basis {
        Ok((policy, tariff)) => (Some(*policy), Some(*tariff)),
        Err(_) => (book.policies().find(|own| own.head.id == request.policy), None),
    };
    let mut outcome = match basis {
        Ok(basis) if request.policy.is_empty() => without_policy(book, basis, request),
        Ok((policy, tariff)) => by_policy(book, policy, tariff, request),
        Err(findings) => Outcome::stopped(findings),
    };
    next_step::complete(&mut outcome.findings, policy, tariff);
    outcome
}

fn by_policy(book: &WaiverBook, policy: &Policy, tariff: &Tariff, request: &Request) -> Outcome {
    let mut strange = strangers(book, policy, tariff, &request.claim);
    if strange.iter().any(Finding::stops) {
        return Outcome::stopped(strange);
    }
    let mut outcome = settle_plan(&book.plan(tariff, policy), &request.claim, Detail::Explained);
    outcome.findings.append(&mut strange);
    outcome.findings.extend(book.doubts(policy, tariff));
    outcome
}

/// Settles a bill by its price list alone.
fn without_policy(book: &WaiverBook, (policy, tariff): (&Policy, &Tariff), request: &Request) -> Outcome {
    let mut said = book.without_policy(request, tariff);
    if said.iter().any(Finding::stops) {
        return Outcome::stopped(said);
    }
    let mut outcome = settle_plan(&book.plan(tariff, policy), &request.claim, Detail::Explained);
    outcome.findings.append(&mut said);
    outcome.findings.extend(book.doubts(policy, tariff));
    outcome.findings.sort_by_key(|finding| finding.severity);
    outcome
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// A finding for everything that cannot be read, by path.
    pub fn from_json(value: &Value) -> Result<Self, Vec<Finding>> {
        let mut reading = Reading::default();
        let request = reading.request(value);
        if reading.findings.is_empty() {
            Ok(request)
        } else {
            Err(reading.findings)
        }
    }
}

#[derive(Default)]
struct Reading {
    findings: Vec<Finding>,
}

impl Reading {
    fn wrong(&mut self, path: &str, zh: impl Into<String>, en: impl Into<String>) {
        let (zh, en) = (format!("{path}：{}", zh.into()), format!("{path}: {}", en.into()));
        self.findings
            .push(Finding::plain(Severity::Error, "input", Some(path), zh, en));
    }

    fn request(&mut self, value: &Value) -> Request {
        let Some(root) = value.as_object() else {
            self.wrong("", "应是一个 JSON 对象 { … }", "must be a JSON object");
            return Request::default();
        };
        self.known_keys(root, "", &KEYS);
        if root.get("guitai").is_some_and(|version| version != &Value::from(1)) {
            self.wrong("guitai", "只认识版本 1", "only version 1 is known");
        }
        let mut claim = Claim::default();
        if let Some(dates) = self.object(root, "dates") {
            self.known_keys(dates, "dates.", &["death", "cremation", "claim"]);
            claim.dates.death = self.day(dates, "dates.", "death");
            claim.dates.cremation = self.day(dates, "dates.", "cremation");
            claim.dates.claim = self.day(dates, "dates.", "claim");
        }
        let deceased = self.deceased(root, &mut claim);
        claim.classes = self.texts(root, "classes");
        if let Some(facts) = self.object(root, "facts") {
            for (name, value) in facts {
                let known = self.known(&format!("facts.{name}"), value);
                claim.facts.extend(known.map(|known| (name.clone(), known)));
            }
        }
        if root.get("evidence").is_some_and(|evidence| !evidence.is_null()) {
            claim.evidence = Some(self.texts(root, "evidence").into_iter().collect::<BTreeSet<_>>());
        }
        if let Some(choices) = self.object(root, "choices") {
            for name in choices.keys() {
                let choice = self.text(choices, "choices.", name);
                claim.choices.extend(choice.map(|choice| (name.clone(), choice)));
            }
        }
        claim.offsite = self.offsite(root);
        self.bill(root, &mut claim);
        let [policy, tariff] = ["policy", "tariff"].map(|key| self.text(root, "", key).unwrap_or_default());
        if policy.is_empty() && tariff.is_empty() {
            let zh = "没有填写按哪个政策；不按政策结算的，写明收费目录 tariff";
            self.wrong("policy", zh, "the policy is missing; without one, name the price list");
        }
        Request {
            policy,
            tariff,
            deceased,
            claim,
        }
    }

    fn deceased(&mut self, root: &Map<String, Value>, claim: &mut Claim) -> Deceased {
        let Some(object) = self.object(root, "deceased") else {
            return Deceased::default();
        };
        let name = self.text(object, "deceased.", "name").unwrap_or_default();
        let id_no = self.text(object, "deceased.", "id_no").unwrap_or_default();
        claim.birth = self.day(object, "deceased.", "birth");
        if claim.birth.is_none() && !id_no.is_empty() {
            claim.birth = IdNumber::recognise(&id_no).ok().and_then(|id| id.birth());
        }
        let stated = object
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
        Deceased {
            name,
            id_no,
            stated: stated.collect(),
        }
    }

    fn offsite(&mut self, root: &Map<String, Value>) -> Option<Offsite> {
        match root.get("offsite")? {
            Value::Null | Value::Bool(false) => None,
            Value::Bool(true) => Some(Offsite::default()),
            Value::Object(object) => Some(Offsite {
                hall: self.text(object, "offsite.", "hall").unwrap_or_default(),
            }),
            _ => {
                self.wrong(
                    "offsite",
                    "应是 true 或 { \"hall\": \"…\" }",
                    "must be true or an object with the hall",
                );
                None
            }
        }
    }

    fn bill(&mut self, root: &Map<String, Value>, claim: &mut Claim) {
        let Some(lines) = root.get("bill").and_then(Value::as_array) else {
            self.wrong("bill", "应是账单各行的数组 [ { … } ]", "must be an array of lines");
            return;
        };
        for (at, line) in lines.iter().enumerate() {
            let path = format!("bill.{}", at + 1);
            match line.as_object() {
                Some(line) => {
                    let line = self.line(line, &path);
                    claim.bill.push(line);
                }
                None => self.wrong(&path, "应是一行 { \"item\": …, \"quantity\": … }", "must be an object"),
            }
        }
    }

    fn line(&mut self, object: &Map<String, Value>, path: &str) -> BillLine {
        let inside = format!("{path}.");
        let mut line = BillLine {
            item: self.text(object, &inside, "item").unwrap_or_default(),
            name: self.text(object, &inside, "name").unwrap_or_default(),
            ..BillLine::default()
        };
        if line.item.is_empty() {
            self.wrong(
                &format!("{path}.item"),
                "没有填写项目代码",
                "the item's code is missing",
            );
        }
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let path = format!("{path}.{key}");
            match key.as_str() {
                "item" | "name" => {}
                "quantity" => line.quantity = self.quantity(&path, value),
                "unit_price" => line.unit_price = self.fen(&path, value),
                _ => line
                    .attributes
                    .extend(self.known(&path, value).map(|known| (key.clone(), known))),
            }
        }
        line
    }

    fn quantity(&mut self, path: &str, value: &Value) -> Option<Quantity> {
        let quantity = match value {
            Value::Number(number) => Quantity::parse(&number.to_string()),
            Value::String(text) => Quantity::parse(text.trim()),
            _ => None,
        };
        if quantity.is_none() {
            self.wrong(
                path,
                "应是数量，最多三位小数",
                "must be a number with at most three decimals",
            );
        }
        quantity
    }

    fn fen(&mut self, path: &str, value: &Value) -> Option<Fen> {
        let fen = value.as_i64().map(Fen);
        if fen.is_none() {
            self.wrong(
                path,
                "应是整数，单位分（80 元写 8000）",
                "must be an integer in fen (80 yuan is 8000)",
            );
        }
        fen
    }

    fn known(&mut self, path: &str, value: &Value) -> Option<Known> {
        match value {
            // Stated as not known: the same as not stated.
            Value::Null => None,
            Value::Bool(flag) => Some(Known::Flag(*flag)),
            Value::String(text) => Some(Known::Text(text.clone())),
            Value::Number(_) => self.quantity(path, value).map(Known::Number),
            Value::Array(_) | Value::Object(_) => {
                self.wrong(
                    path,
                    "应是文字、数或 true/false",
                    "must be a text, a number, true or false",
                );
                None
            }
        }
    }

    fn known_keys(&mut self, object: &Map<String, Value>, above: &str, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let near = nearest(key, known.iter().copied()).map(|near| format!("（是不是“{near}”？）"));
            let zh = format!("没有这个键{}，可写的有 {}", near.unwrap_or_default(), known.join("、"));
            self.wrong(
                &format!("{above}{}", shortened(key)),
                zh,
                format!("unknown; known are {}", known.join(", ")),
            );
        }
    }

    fn object<'v>(&mut self, root: &'v Map<String, Value>, key: &str) -> Option<&'v Map<String, Value>> {
        match root.get(key)? {
            Value::Object(object) => Some(object),
            Value::Null => None,
            _ => {
                self.wrong(key, "应是对象 { … }", "must be an object");
                None
            }
        }
    }

    fn text(&mut self, object: &Map<String, Value>, above: &str, key: &str) -> Option<String> {
        match object.get(key)? {
            Value::String(text) if !text.chars().any(char::is_control) => Some(text.clone()),
            Value::String(_) => {
                self.wrong(&format!("{above}{key}"), "有控制字符", "holds control characters");
                None
            }
            Value::Null => None,
            _ => {
                self.wrong(&format!("{above}{key}"), "应是文字", "must be a text");
                None
            }
        }
    }

    fn texts(&mut self, root: &Map<String, Value>, key: &str) -> Vec<String> {
        match root.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
                items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(_) => {
                self.wrong(key, "应是文字的数组 [\"…\"]", "must be an array of texts");
                Vec::new()
            }
        }
    }

    fn day(&mut self, object: &Map<String, Value>, above: &str, key: &str) -> Option<NaiveDate> {
        let text = self.text(object, above, key).filter(|text| !text.is_empty())?;
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .ok()
            .filter(|_| text.len() == 10);
        if day.is_none() {
            self.wrong(
                &format!("{above}{key}"),
                format!("“{}”不是日期，如 2026-11-20", shortened(&text)),
                "is no date",
            );
        }
        day
    }
}
