//! The acts of the desk: every write of the record goes through here, drafts excepted.
//!
//! A folder a business, an act a file. An act is a permission, one transaction and its audit entry
//! ([`Registry::perform`]). What comes back are plain values - views, findings, papers -, never rows, SQL or PDF.

mod account;
mod block;
mod business;
mod case_view;
mod clock;
mod day;
mod day_sheet;
mod decide;
mod draft;
mod examine;
mod fault;
mod find;
mod founding;
mod home;
mod marriage;
mod paper;
mod password;
mod permission;
mod printing;
mod problem;
mod profile;
mod record;
mod registry;
mod second_look;
mod seed;
mod session;
mod sign_in;
mod stock;
mod store_words;
mod submit;
mod upkeep;
mod waiver;

pub use account::{AccountLine, NewAccount};
pub use block::BlockLine;
pub use case_view::{
    CaseView, CertificateView, DocumentLine, HistoryLine, SettlementLine, SettlementView, StepLine, ValueLine,
};
pub use clock::Clock;
pub use day::{Counted, DayView, Refusals, WaivedLine};
pub use draft::Draft;
pub use find::{Found, FoundLine, Page};
pub use founding::Founding;
pub use home::{CaseLine, HomeView};
pub use paper::StoredDocument;
pub use permission::{Permission, Role, Roles};
pub use printing::{PendingPrint, PrintJob, PrintOutcome, Standing};
pub use problem::{Problem, ProblemKind, Said};
pub use profile::{DeskProfile, IssueOffline, Profile, SETTINGS, SettingLine, SettingSpec};
pub use registry::{Lacking, Registry};
pub use second_look::UNAPPROVED;
pub use seed::Seeded;
pub use session::{Second, Session};
pub use sign_in::{Credentials, Noted};
pub use stock::{HeldBlanks, Replaced, StockLine, StockView};
pub use submit::{Given, HandedIn, Outcome, SubmitOptions, Submitted, Wish};
pub use upkeep::{BackedUp, Restored, Verified};
pub use waiver::{
    ChoosingLine, EvidenceLine, FactLine, ItemLine, PolicyLine, WaiverPreview, waiver_outcome, waiver_request,
};

#[cfg(test)]
mod tests;
