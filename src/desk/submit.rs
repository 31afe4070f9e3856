//! Handing a case in: from the screen with its answers, from a command as JSON. Both meet the same act.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::business::Business;
use super::decide::{Stop, decide};
use super::fault::Fault;
use super::paper::StoredDocument;
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::domain::finding::Finding;
use crate::forms::{Answers, sha256};

/// How a submit is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubmitOptions {
    /// Write nothing at all and say what would happen.
    pub dry_run: bool,
}

/// How far a case is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To its acceptance (初审, 受理).
    Accept,
    /// To its end, or not at all.
    Finish,
    /// To its end; where the law says no, to a refused case with its paper.
    FinishOrRefuse,
}

/// What a business is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// Answers of its form.
    Form(Answers),
    /// JSON that it reads by itself.
    Json(Map<String, Value>),
}

/// A case as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The form.
    pub form: String,
    /// The answers.
    pub answers: Given,
    /// Rules that a person confirms, each with the reason.
    pub confirm: BTreeMap<String, String>,
    /// The client's key: the same key with the same content is the same act.
    pub key: Option<String>,
    /// How far it is to be taken.
    pub wish: Wish,
    /// A ground that a person found and no rule can compute, by the code of its message.
    pub ground: Option<String>,
    /// The draft it was typed in; it goes with the act.
    pub draft: Option<i64>,
    /// The accepted case it goes on with.
    pub case: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted; a registrar goes on with it.
    Accepted,
    /// Registered, with its certificate number.
    Registered,
    /// Recorded, waiting for the province (待并网).
    Recorded,
    /// Fees settled.
    Settled,
    /// The law says no.
    Refused,
    /// Something is wrong, missing or to be confirmed; nothing was written.
    Incomplete,
}

/// The answer to a case handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// What became of it.
    pub outcome: Outcome,
    /// Case number; none where nothing was written.
    pub case: Option<String>,
    /// Certificate, slip or voucher number.
    pub number: Option<String>,
    /// What the rules said.
    pub findings: Vec<Finding>,
    /// Papers stored by the act.
    pub documents: Vec<StoredDocument>,
    /// What the business adds to its JSON.
    pub extra: Map<String, Value>,
    /// Whether this is the answer to an act that was done before under the same key.
    pub repeated: bool,
}

impl From<Answers> for Given {
    fn from(answers: Answers) -> Self {
        Self::Form(answers)
    }
}

impl From<Map<String, Value>> for Given {
    fn from(map: Map<String, Value>) -> Self {
        Self::Json(map)
    }
}

impl HandedIn {
    /// What a business is told, to be taken to its end.
    pub fn new(form: &str, answers: impl Into<Given>) -> Self {
        Self {
            form: form.to_owned(),
            answers: answers.into(),
            confirm: BTreeMap::new(),
            key: None,
            wish: Wish::Finish,
            ground: None,
            draft: None,
            case: None,
        }
    }

    /// What a person said to confirm rules and to put values right: by rule or path, as papers print it.
    pub(super) fn spoken(&self) -> Vec<(&str, &str)> {
        let confirmed = self.confirm.iter().map(|(rule, reason)| (rule.as_str(), reason.trim()));
        let mut spoken: Vec<_> = confirmed.collect();
        if let Given::Form(answers) = &self.answers {
            let put_right = answers.overrides.iter();
            spoken.extend(put_right.map(|(path, given)| (path.as_str(), given.reason.trim())));
        }
        spoken
    }

    /// A hash over what is asked, by which a repeated key is known to mean the same.
    pub(super) fn fingerprint(&self) -> String {
        let content = json!({
            "form": self.form, "answers": self.answers, "confirm": self.confirm, "ground": self.ground,
            "case": self.case, "refuse": self.wish == Wish::FinishOrRefuse, "accept": self.wish == Wish::Accept,
        });
        sha256(&content.to_string())
    }
}

impl Outcome {
    /// Its name in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Registered => "registered",
            Self::Recorded => "recorded",
            Self::Settled => "settled",
            Self::Refused => "refused",
            Self::Incomplete => "incomplete",
        }
    }

    /// The outcome of a name in data.
    pub(super) fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Accepted,
            Self::Registered,
            Self::Recorded,
            Self::Settled,
            Self::Refused,
        ];
        all.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

impl Submitted {
    /// An answer without anything written.
    pub(super) fn unwritten(outcome: Outcome, findings: Vec<Finding>) -> Self {
        Self {
            outcome,
            case: None,
            number: None,
            findings,
            documents: Vec::new(),
            extra: Map::new(),
            repeated: false,
        }
    }

    /// The answer of an act that was rolled back: what would happen, without numbers that nobody got.
    pub(super) fn imagined(self) -> Self {
        if self.repeated {
            return self;
        }
        Self {
            case: None,
            number: None,
            documents: Vec::new(),
            ..self
        }
    }

    /// Whether what was handed in has not the form of an answer at all - an unknown field, another type - and nobody at
    /// the counter is to blame: exit status 2.
    pub fn malformed(&self) -> bool {
        let shape = ["answer.unknown", "answer.unknown-near", "answer.kind"];
        self.case.is_none()
            && self
                .findings
                .iter()
                .any(|finding| shape.contains(&finding.rule.as_str()))
    }

    /// Whether what was asked for was done: exit status 0, else 1.
    pub fn done(&self) -> bool {
        !matches!(self.outcome, Outcome::Refused | Outcome::Incomplete)
    }

    /// The answer as JSON; `files` names the file of each paper that was written out.
    pub fn to_json(&self, files: &[(String, String)]) -> Value {
        let mut json = json!({
            "guitai": 1, "outcome": self.outcome.as_str(), "case": self.case, "number": self.number,
            "findings": self.findings,
            "documents": files.iter().map(|(name, file)| json!({"name": name, "file": file})).collect::<Vec<_>>(),
        });
        if let Some(map) = json.as_object_mut() {
            map.extend(self.extra.clone());
        }
        json
    }
}

impl Registry {
    /// Takes a case as far as it is asked to be taken, in one transaction. `dry_run` writes nothing at all.
    ///
    /// # Errors
    /// No such business or form, a key used for something else, a closed case, no permission, no blank left, a
    /// missing layout, or the store cannot be written. What the rules say is no error but an outcome.
    pub fn hand_in(&mut self, session: &Session, handed: &HandedIn, dry_run: bool) -> Result<Submitted, Problem> {
        let business = Business::of(&handed.form)?;
        let session = &session.at_one_moment();
        let action = format!("{}.hand-in", handed.form);
        let act = Act::new(&action, "").with(json!({"key": handed.key, "draft": handed.draft}));
        let result = self.perform(session, business.permission(handed.wish), act, |tx, house| {
            let answer = decide(tx, house, session, business, handed)?;
            tx.set_subject(answer.case.as_deref().unwrap_or_default());
            if dry_run {
                Err(Stop::Answer(Box::new(answer.imagined())))
            } else {
                Ok(answer)
            }
        });
        match result {
            Ok(answer) => Ok(answer),
            Err(Stop::Answer(answer)) => Ok(*answer),
            Err(Stop::Problem(problem)) => Err(problem),
        }
    }

    /// Takes a case that came as JSON: answers by section beside `guitai`, `key`, `confirm`,
    /// `close_as_refused`, `ground`.
    ///
    /// # Errors
    /// As [`Registry::hand_in`], or the JSON is not what a submit must be.
    pub fn submit(
        &mut self,
        session: &Session,
        form: &str,
        json: &Value,
        options: SubmitOptions,
    ) -> Result<Submitted, Problem> {
        let business = Business::of(form)?;
        match read(self, session, business, json)? {
            Ok(handed) => self.hand_in(session, &handed, options.dry_run),
            Err(findings) => Ok(Submitted {
                extra: business.nothing(),
                ..Submitted::unwritten(Outcome::Incomplete, findings)
            }),
        }
    }
}

/// Keys that stand beside the sections of any form.
const ROOT: [&str; 5] = ["guitai", "key", "confirm", "close_as_refused", GROUND];

/// Key of a ground that a person found; what reads JSON by itself knows none.
const GROUND: &str = "ground";

/// What every submit says beside its answers.
pub(super) struct Envelope<'j> {
    object: &'j Map<String, Value>,
    pub confirm: BTreeMap<String, String>,
    key: Option<String>,
    refuse: bool,
}

/// Reads what every submit says beside its answers.
pub(super) fn envelope(json: &Value) -> Result<Envelope<'_>, Problem> {
    let bad = |what: &str| Problem::from(Fault::BadJson(what.to_owned()));
    let object = json.as_object().ok_or_else(|| bad("最外层应是一个对象 {…}"))?;
    match object.get("guitai") {
        Some(Value::Number(version)) if version.as_f64() == Some(1.0) => {}
        Some(_) => return Err(bad("\"guitai\" 应为 1")),
        None => return Err(bad("缺 \"guitai\": 1")),
    }
    let key = match object.get("key") {
        None | Some(Value::Null) => None,
        Some(Value::String(key)) if (1..=200).contains(&key.chars().count()) => Some(key.clone()),
        Some(_) => return Err(bad("\"key\" 应为1到200个字的文字")),
    };
    let refuse = match object.get("close_as_refused") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(asked)) => *asked,
        Some(_) => return Err(bad("\"close_as_refused\" 应为 true 或 false")),
    };
    let confirm = confirmations(object.get("confirm"))
        .ok_or_else(|| bad("\"confirm\" 应为 {\"规则\": {\"reason\": \"原因\"}}"))?;
    Ok(Envelope {
        object,
        confirm,
        key,
        refuse,
    })
}

impl Envelope<'_> {
    /// What a business is told that reads JSON by itself: all but what every submit may say.
    pub(super) fn told(&self) -> Map<String, Value> {
        let shared = |key: &str| key != GROUND && ROOT.contains(&key);
        let own = self.object.iter().filter(|(key, _)| !shared(key));
        own.map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

/// Reads a submit; what is wrong with single answers comes back as findings.
fn read(
    registry: &Registry,
    session: &Session,
    business: Business,
    json: &Value,
) -> Result<Result<HandedIn, Vec<Finding>>, Problem> {
    let envelope = envelope(json)?;
    let ground = match envelope.object.get(GROUND).filter(|_| !business.reads_json()) {
        None | Some(Value::Null) => None,
        Some(Value::String(code)) => Some(code.clone()),
        Some(_) => {
            let what = "\"ground\" 应为不予办理理由的代码，如 \"ground.kinship\"";
            return Err(Fault::BadJson(what.to_owned()).into());
        }
    };
    let answers = match answers(registry, session, business, &envelope)? {
        Ok(answers) => answers,
        Err(findings) => return Ok(Err(findings)),
    };
    let case = match envelope.object.get("case") {
        Some(Value::String(case)) if business.reads_json() => Some(case.trim().to_uppercase()),
        _ => None,
    };
    let wish = if envelope.refuse {
        Wish::FinishOrRefuse
    } else {
        Wish::Finish
    };
    Ok(Ok(HandedIn {
        confirm: envelope.confirm,
        key: envelope.key,
        ground,
        case: case.filter(|case| !case.is_empty()),
        wish,
        ..HandedIn::new(business.id(), answers)
    }))
}

/// `{"rule": {"reason": "…"}}`; an empty reason confirms nothing.
fn confirmations(json: Option<&Value>) -> Option<BTreeMap<String, String>> {
    let Some(json) = json.filter(|json| !json.is_null()) else {
        return Some(BTreeMap::new());
    };
    let one = |(rule, given): (&String, &Value)| {
        let given = given.as_object()?;
        let reason = given.get("reason")?.as_str()?;
        let sound = given.len() == 1 && !crate::domain::text::has_control(reason);
        sound.then(|| (rule.clone(), crate::domain::text::clean(reason).text.trim().to_owned()))
    };
    let all: Option<BTreeMap<_, _>> = json.as_object()?.iter().map(one).collect();
    Some(all?.into_iter().filter(|(_, reason)| !reason.is_empty()).collect())
}

/// What the business is told: answers of its form, or what it reads by itself.
fn answers(
    registry: &Registry,
    session: &Session,
    business: Business,
    envelope: &Envelope,
) -> Result<Result<Given, Vec<Finding>>, Problem> {
    if business.reads_json() {
        return Ok(Ok(Given::Json(envelope.told())));
    }
    let known = registry.forms().form(business.id(), session.today());
    let known = known.ok_or_else(|| Fault::NoForm(business.id().to_owned()))?;
    let read = registry.forms().read_answers(known, envelope.object, &ROOT);
    Ok(read.map(Given::Form))
}
