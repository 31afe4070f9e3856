//! Answers held against a form, its rules, and what the record knows about the people in them.

use super::Problem;
use super::business::{Business, Own};
use super::fault::Fault;
use super::registry::{House, Registry};
use super::session::Session;
use crate::forms::{Answers, Circumstances, Examination, Form};
use crate::store::Reader;

impl Registry {
    /// Examines answers as the act would now. `draft` is the draft they are typed in, `case` the accepted case they
    /// go on with; neither is found as a twin of itself.
    ///
    /// # Errors
    /// No such form in force, or the store cannot be read.
    pub fn examine(
        &self,
        session: &Session,
        form: &str,
        answers: &Answers,
        draft: Option<i64>,
        case: Option<&str>,
    ) -> Result<Examination, Problem> {
        let business = Business::of(form)?;
        let own = Own {
            draft: draft.unwrap_or_default(),
            case,
        };
        self.read(|reader| Ok(examine(reader, &self.house, session, business, answers, own)?.1))
    }
}

/// The form in force on the case's day, and what it makes of the answers. The same road for the screen and the act.
pub(super) fn examine<'a>(
    reader: &Reader,
    house: &'a House,
    session: &Session,
    business: Business,
    answers: &Answers,
    own: Own,
) -> Result<(&'a Form, Examination), Problem> {
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
    Ok((form, house.forms.examine(form, answers, &facts, now)))
}
