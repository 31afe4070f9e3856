//! Which businesses the desk knows. A new one is a folder, and an arm in each of these matches.

use serde_json::{Map, Value};

use super::Problem;
use super::decide::Taken;
use super::examine::{Examined, examine};
use super::fault::Fault;
use super::marriage;
use super::registry::House;
use super::session::Session;
use super::submit::{Given, HandedIn, Submitted, Wish};
use super::{Permission, waiver};
use crate::domain::finding::Finding;
use crate::forms::{Answers, Examination, Facts};
use crate::store::{CaseRow, Reader, Tx};

/// A business, by the id of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Business {
    Marriage,
    Waiver,
}

/// What is being taken already and must not be found as its own twin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Own<'a> {
    /// The draft it is typed in; 0 where there is none.
    pub draft: i64,
    /// The accepted case it goes on with.
    pub case: Option<&'a str>,
}

impl Business {
    /// The business that takes a form.
    pub(super) fn of(form: &str) -> Result<Self, Problem> {
        match form {
            "marriage" => Ok(Self::Marriage),
            "waiver" => Ok(Self::Waiver),
            other => Err(Fault::NoBusiness(other.to_owned()).into()),
        }
    }

    /// Its id, which is also its form's.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Waiver => "waiver",
        }
    }

    /// Whether it reads JSON by itself.
    pub(super) fn reads_json(self) -> bool {
        self == Self::Waiver
    }

    /// What somebody must be allowed who hands a case in.
    pub(super) fn permission(self, wish: Wish) -> Permission {
        match (self, wish) {
            (Self::Marriage, Wish::Accept) => Permission::Accept,
            (Self::Marriage, Wish::Finish | Wish::FinishOrRefuse) => Permission::Register,
            (Self::Waiver, _) => Permission::Settle,
        }
    }

    /// What somebody must be allowed who closes a case as refused.
    pub(super) fn permission_to_refuse(self) -> Permission {
        match self {
            Self::Marriage => Permission::Refuse,
            Self::Waiver => Permission::Settle,
        }
    }

    /// The answers without which a refusal would go to nobody.
    pub(super) fn named_on_refusal(self) -> &'static [&'static str] {
        match self {
            Self::Marriage => &[
                "man.name",
                "man.id_type",
                "man.id_no",
                "man.birth",
                "woman.name",
                "woman.id_type",
                "woman.id_no",
                "woman.birth",
            ],
            Self::Waiver => &[],
        }
    }

    /// What it adds to an answer where nothing could be computed.
    pub(super) fn nothing(self) -> Map<String, Value> {
        match self {
            Self::Marriage => Map::new(),
            Self::Waiver => waiver::nothing(),
        }
    }

    /// Examines what was handed in, as the record shows it now.
    pub(super) fn examined(
        self,
        reader: &Reader,
        house: &House,
        session: &Session,
        handed: &HandedIn,
        own: Own,
    ) -> Result<Examined, Problem> {
        match (self, &handed.answers) {
            (Self::Waiver, given) => {
                let mut examined = waiver::examined(reader, house, session, given, own)?;
                for value in &examined.values {
                    let label = [value.label.clone(), value.label_en.clone()];
                    examined
                        .findings
                        .extend(house.unprintable(&value.path, label, &value.paper));
                }
                Ok(examined)
            }
            (Self::Marriage, Given::Form(answers)) => {
                let looked = examine(reader, house, session, self, answers, own)?;
                Ok(Examined::of_form(looked, self.people(answers)))
            }
            (Self::Marriage, Given::Json(_)) => Err(Fault::BadJson(self.id().to_owned()).into()),
        }
    }

    /// The answers of a case in the record, to be typed on.
    pub(super) fn answers_of(self, row: &CaseRow) -> Result<Answers, Problem> {
        let given: Given =
            serde_json::from_str(&row.answers).map_err(|e| Fault::Unreadable(format!("case {}: {e}", row.id)))?;
        match given {
            Given::Form(answers) => Ok(answers),
            Given::Json(map) => Ok(waiver::to_answers(&map)),
        }
    }

    /// What lists call a case of it, as far as it was typed.
    pub(super) fn label(self, answers: &Answers) -> String {
        match self {
            Self::Marriage => marriage::label(answers),
            Self::Waiver => waiver::label(answers),
        }
    }

    /// The ID numbers of its first and second party, as far as they can be read; empty where not.
    pub(super) fn people(self, answers: &Answers) -> [String; 2] {
        match self {
            Self::Marriage => marriage::people(answers),
            Self::Waiver => waiver::people(answers),
        }
    }

    /// What its rules must be told.
    pub(super) fn facts(
        self,
        reader: &Reader,
        house: &House,
        session: &Session,
        answers: &Answers,
        own: Own,
    ) -> Result<Facts, Problem> {
        match self {
            Self::Marriage => marriage::facts(reader, house, session, answers, own),
            // Its rules are policies: what they ask is in the claim.
            Self::Waiver => Ok(Facts::default()),
        }
    }

    /// What the record makes it say beside its rules.
    pub(super) fn findings(
        self,
        reader: &Reader,
        house: &House,
        session: &Session,
        examination: &Examination,
    ) -> Result<Vec<Finding>, Problem> {
        match self {
            Self::Marriage => marriage::findings(reader, house, session, examination),
            Self::Waiver => Ok(Vec::new()),
        }
    }

    /// Accepts a case; the rest of the steps are for later.
    pub(super) fn accept(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::accept(tx, taken),
            Self::Waiver => waiver::accept(tx, taken),
        }
    }

    /// Takes a case to its end.
    pub(super) fn finish(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::register(tx, taken),
            Self::Waiver => waiver::settle(tx, taken),
        }
    }

    /// Closes a case as refused.
    pub(super) fn refuse(self, tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
        match self {
            Self::Marriage => marriage::refuse(tx, taken),
            Self::Waiver => waiver::refuse(tx, taken),
        }
    }
}
