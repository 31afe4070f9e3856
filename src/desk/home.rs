//! What the home screen shows: today's counts, what waits, what is open.

use chrono::NaiveDate;

use super::day::Counted;
use super::draft::Draft;
use super::printing::PendingPrint;
use super::record::masked;
use super::registry::Registry;
use super::{Permission, Problem, Session};

/// A case in a list; ID numbers are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Case number.
    pub case: String,
    /// The form.
    pub form: String,
    /// Business day.
    pub day: NaiveDate,
    /// ID number of the first party, masked.
    pub first_id: String,
    /// ID number of the second party, masked.
    pub second_id: String,
}

/// The home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeView {
    /// The business day.
    pub day: NaiveDate,
    /// What was done today, over all desks.
    pub counts: Vec<Counted>,
    /// Drafts of this desk.
    pub drafts: Vec<Draft>,
    /// Accepted cases that wait for a registrar.
    pub accepted: Vec<CaseLine>,
    /// Acts the province has not confirmed.
    pub unconfirmed: i64,
    /// Copies announced at this desk of which nobody said whether they came out.
    pub pending: Vec<PendingPrint>,
    /// Blanks at this desk, by kind.
    pub blanks: Vec<(String, i64)>,
}

impl Registry {
    /// The home screen of a desk; of cases and drafts only what the account may see.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn home(&self, session: &Session) -> Result<HomeView, Problem> {
        let drafts = if session.may(Permission::Accept) {
            self.drafts(session)?
        } else {
            Vec::new()
        };
        let looks = session.may(Permission::Look);
        let day = session.today();
        self.read(|reader| {
            let line = |row: crate::store::CaseRow| CaseLine {
                first_id: masked(&row.first_id),
                second_id: masked(&row.second_id),
                case: row.id,
                form: row.kind,
                day: row.day,
            };
            let blanks = super::stock::KINDS.map(|kind| Ok((kind.to_owned(), reader.blanks_at(kind, session.desk())?)));
            Ok(HomeView {
                day,
                counts: super::day::counts(&reader.tallies(day)?),
                drafts,
                accepted: if looks {
                    reader.cases_in_state("accepted")?.into_iter().map(line).collect()
                } else {
                    Vec::new()
                },
                unconfirmed: reader.unconfirmed()?,
                pending: reader
                    .pending_prints(session.desk())?
                    .into_iter()
                    .map(PendingPrint::from)
                    .collect(),
                blanks: blanks.into_iter().collect::<Result<_, Problem>>()?,
            })
        })
    }
}
