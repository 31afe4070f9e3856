//! Answers held against a form, its rules, and what the record knows about the people in them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::business::{Business, Own};
use super::fault::Fault;
use super::record::{RecordValue, values};
use super::registry::{House, Registry};
use super::second_look::{self, PutRight, UNAPPROVED};
use super::session::Session;
use super::{Permission, Problem};
use crate::domain::finding::{Finding, Severity};
use crate::forms::{Answers, Circumstances, Examination, Form};
use crate::store::{DefinitionRow, Reader};

/// What a business makes of what it was told, before anything is written.
#[derive(Debug, Clone)]
pub(super) struct Examined {
    /// What its rules say.
    pub findings: Vec<Finding>,
    /// The two texts it was decided under: form and rules, or price list and policy.
    pub texts: [DefinitionRow; 2],
    pub title: String,
    pub title_en: String,
    /// What the record will say of it.
    pub values: Vec<RecordValue>,
    /// ID numbers of the first and second party; empty where they cannot be read.
    pub people: [String; 2],
    /// What it adds to the answer.
    pub answer: Map<String, Value>,
}

impl Examined {
    /// Whether the rules say no.
    pub(super) fn refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Refuse)
    }

    /// Whether a person is asked to confirm a rule.
    pub(super) fn asks_about(&self, rule: &str) -> bool {
        let asks = |finding: &Finding| finding.severity == Severity::Confirm && finding.rule == rule;
        self.findings.iter().any(asks)
    }

    /// Whether something keeps even a refusal from being written: whom it goes to is not known (`named`), or what it
    /// rests on was put right by one person alone.
    pub(super) fn lacks_for_refusal(&self, named: &[&str]) -> bool {
        let lacks = |finding: &Finding| {
            let field = finding.field.as_deref().unwrap_or_default();
            finding.severity == Severity::Error && (finding.rule == UNAPPROVED || named.contains(&field))
        };
        self.findings.iter().any(lacks)
    }

    /// Whether something keeps the case from going on, given what a person confirmed.
    pub(super) fn open(&self, confirmed: &BTreeMap<String, String>) -> bool {
        let said = |rule: &str| confirmed.get(rule).is_some_and(|reason| !reason.trim().is_empty());
        let answered = |finding: &Finding| finding.severity == Severity::Confirm && said(&finding.rule);
        self.findings
            .iter()
            .any(|finding| finding.stops() && !answered(finding))
    }

    /// What a form makes of its answers.
    pub(super) fn of_form(looked: Looked, people: [String; 2]) -> Self {
        let Looked {
            form,
            examination,
            put_right,
        } = looked;
        let text = |kind: &str, sha256: &str, text: &str| DefinitionRow {
            sha256: sha256.to_owned(),
            kind: kind.to_owned(),
            id: form.id.clone(),
            text: text.to_owned(),
        };
        Self {
            texts: [
                text("form", &form.sha256, &form.text),
                text("rules", &form.rules_sha256, &form.rules_text),
            ],
            title: form.title.clone(),
            title_en: form.title_en.clone(),
            values: values(form, &put_right, &examination),
            findings: examination.findings,
            people,
            answer: Map::new(),
        }
    }
}

impl Registry {
    /// Examines answers as the act would now. `draft` is the draft they are typed in, `case` the accepted case they
    /// go on with; neither is found as a twin of itself. It looks people up, so it is for who may take cases (I9).
    ///
    /// # Errors
    /// No such form in force, no permission, or the store cannot be read.
    pub fn examine(
        &self,
        session: &Session,
        form: &str,
        answers: &Answers,
        draft: Option<i64>,
        case: Option<&str>,
    ) -> Result<Examination, Problem> {
        session.allow(Permission::Accept)?;
        let business = Business::of(form)?;
        let own = Own {
            draft: draft.unwrap_or_default(),
            case,
        };
        self.read(|reader| Ok(examine(reader, &self.house, session, business, answers, own)?.examination))
    }
}

/// Answers as a form looks at them.
pub(super) struct Looked<'a> {
    pub form: &'a Form,
    pub examination: Examination,
    /// Derived values that a person put right, by path.
    pub put_right: BTreeMap<String, PutRight>,
}

/// The form in force on the case's day, and what it makes of the answers. The same road for the screen and the act.
pub(super) fn examine<'a>(
    reader: &Reader,
    house: &'a House,
    session: &Session,
    business: Business,
    answers: &Answers,
    own: Own,
) -> Result<Looked<'a>, Problem> {
    let day = session.today();
    let form = house
        .forms
        .form(business.id(), day)
        .ok_or_else(|| Fault::NoForm(business.id().to_owned()))?;
    let facts = business.facts(reader, house, session, answers, own)?;
    let now = Circumstances {
        day,
        leap: house.profile.leap,
    };
    let mut examination = house.forms.examine(form, answers, &facts, now);
    let mut more_findings = business.findings(reader, house, session, &examination)?;
    for state in &examination.fields {
        let value = state.value.as_ref().map(crate::forms::Value::paper).unwrap_or_default();
        let label = [form.label(&state.path), form.label_en(&state.path)];
        more_findings.extend(house.unprintable(&state.path, label, &value));
    }
    examination.findings.append(&mut more_findings);
    let put_right = second_look::put_right(reader, session, answers, &examination, own)?;
    let unapproved = second_look::findings(house, session, form, &put_right);
    examination.findings.extend(unapproved);
    examination.findings.sort_by_key(|finding| finding.severity);
    Ok(Looked {
        form,
        examination,
        put_right,
    })
}

impl House {
    /// What there is to say about a value with a character that no font draws: no paper could bear it, so it is said
    /// before a number and blanks are used (I7).
    pub(super) fn unprintable(&self, field: &str, [label, label_en]: [String; 2], value: &str) -> Option<Finding> {
        let c = self.lacking?(value)?;
        let shown = if c.is_control() { String::new() } else { c.to_string() };
        let params = [
            ("label", label),
            ("label_en", label_en),
            ("char", shown),
            ("code", format!("U+{:04X}", u32::from(c))),
        ];
        Some(self.finding("answer.unprintable", Severity::Error, field, params))
    }

    /// A finding of the desk in the words of the data; its weight is not theirs to change.
    pub(super) fn finding<const N: usize>(
        &self,
        code: &str,
        severity: Severity,
        field: &str,
        params: [(&str, String); N],
    ) -> Finding {
        let field = Some(field).filter(|field| !field.is_empty());
        let params = params.into_iter().filter(|(name, _)| !name.is_empty());
        let params: BTreeMap<String, String> = params.map(|(name, value)| (name.to_owned(), value)).collect();
        let bare = Finding {
            params: params.clone(),
            ..Finding::plain(severity, code, field, code, code)
        };
        Finding {
            severity,
            ..self.forms.message(code, field, params).unwrap_or(bare)
        }
    }
}
