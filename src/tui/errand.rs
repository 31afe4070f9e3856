//! Errands: what the worker does for the screens that are no forms - finding, cases, accounts, blanks, the day.

use chrono::NaiveDate;

use super::effect::Reply;
use crate::desk::StoredDocument;
use crate::desk::{
    AccountLine, CaseView, DayView, DeskProfile, Found, Given, ItemLine, NewAccount, Problem, Profile, Registry, Roles,
    Session, SettingLine, StockView, WaiverPreview,
};

/// Something to be fetched or done.
#[derive(Debug, Clone, PartialEq)]
pub enum Errand {
    Find(String),
    Case(String),
    Unmask {
        case: String,
        reason: String,
    },
    Settings,
    SetSetting {
        key: String,
        value: String,
    },
    Accounts,
    NewAccount(NewAccount),
    ChangeAccount {
        name: String,
        change: AccountChange,
    },
    OwnPassword {
        old: String,
        new: String,
    },
    Stock(NaiveDate),
    Receive {
        kind: String,
        first: String,
        last: String,
        source: String,
    },
    Issue {
        first: String,
        last: String,
        desk: String,
    },
    SpoilBlank {
        serial: String,
        reason: String,
    },
    OpenBlock {
        first: String,
        last: String,
        reason: String,
    },
    Day(NaiveDate),
    DaySheet(NaiveDate),
    /// The price list in force on a day, for the wall.
    PriceList(String, NaiveDate),
    /// What is to be paid out from one day to another.
    PaymentList(NaiveDate, NaiveDate),
    /// A draft that follows a settlement.
    Follow {
        number: String,
        reason: String,
    },
    VoidSettlement {
        case: String,
        number: String,
        reason: String,
    },
    /// How a claim stands; with the items of its price list, where they are asked for.
    Bill {
        given: Box<Given>,
        draft: i64,
        items: bool,
    },
}

/// What is changed on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    Roles(Roles),
    Licence(Option<NaiveDate>),
    Password(String),
    Disabled(bool),
}

/// What an errand brings.
#[derive(Debug, Clone, PartialEq)]
pub enum Brought {
    Found(Found),
    Case(Box<CaseView>),
    Accounts(Vec<AccountLine>),
    /// Settings as they stand, and what the screens work with of them.
    Settings {
        lines: Vec<SettingLine>,
        profile: Box<Profile>,
        desk: DeskProfile,
    },
    Stock(StockView),
    /// So many blanks were moved.
    Blanks(u64),
    Day(Box<DayView>),
    /// The sheet stands in the record and can be printed.
    Sheet(Box<StoredDocument>),
    Bill {
        preview: Box<WaiverPreview>,
        items: Option<Vec<ItemLine>>,
    },
}

/// Runs an errand.
pub fn run(registry: &mut Registry, session: &Session, errand: Errand) -> Result<Reply, Problem> {
    Ok(Reply::Brought(match errand {
        Errand::Find(query) => Brought::Found(registry.find(session, &query)?),
        Errand::Case(number) => Brought::Case(Box::new(registry.case_view(session, &number)?)),
        Errand::Unmask { case, reason } => Brought::Case(Box::new(registry.unmask(session, &case, &reason)?)),
        Errand::Settings => settings(registry, session)?,
        Errand::SetSetting { key, value } => {
            registry.set_setting(session, &key, &value)?;
            settings(registry, session)?
        }
        Errand::Accounts => Brought::Accounts(registry.accounts(session)?),
        Errand::NewAccount(new) => {
            registry.create_account(session, &new)?;
            Brought::Accounts(registry.accounts(session)?)
        }
        Errand::ChangeAccount { name, change } => {
            match change {
                AccountChange::Roles(roles) => registry.set_roles(session, &name, roles)?,
                AccountChange::Licence(until) => registry.set_licence(session, &name, until)?,
                AccountChange::Password(new) => registry.reset_password(session, &name, &new)?,
                AccountChange::Disabled(disabled) => registry.disable_account(session, &name, disabled)?,
            }
            Brought::Accounts(registry.accounts(session)?)
        }
        Errand::OwnPassword { old, new } => {
            registry.change_password(session, &old, &new)?;
            return Ok(Reply::Done);
        }
        Errand::Stock(day) => Brought::Stock(registry.stock(session, day)?),
        Errand::Receive {
            kind,
            first,
            last,
            source,
        } => Brought::Blanks(registry.receive_blanks(session, &kind, &first, &last, &source)?),
        Errand::Issue { first, last, desk } => Brought::Blanks(registry.issue_blanks(session, &first, &last, &desk)?),
        Errand::SpoilBlank { serial, reason } => {
            registry.spoil_blank(session, &serial, &reason)?;
            return Ok(Reply::Done);
        }
        Errand::OpenBlock { first, last, reason } => {
            registry.open_block(session, &first, &last, &reason)?;
            return Ok(Reply::Done);
        }
        Errand::Day(day) => Brought::Day(Box::new(registry.day_view(session, day)?)),
        Errand::Follow { number, reason } => {
            return Ok(Reply::Draft(registry.follow_settlement(session, &number, &reason)?));
        }
        Errand::VoidSettlement { case, number, reason } => {
            registry.void_settlement(session, &number, &reason)?;
            Brought::Case(Box::new(registry.case_view(session, &case)?))
        }
        Errand::Bill { given, draft, items } => Brought::Bill {
            preview: Box::new(registry.waiver_preview(session, &given, draft)?),
            items: items.then(|| registry.waiver_items_of(session, &given)),
        },
        Errand::PriceList(tariff, on) => Brought::Sheet(Box::new(registry.price_list(session, &tariff, on)?)),
        Errand::PaymentList(from, to) => Brought::Sheet(Box::new(registry.payment_list(session, from, to)?)),
        Errand::DaySheet(day) => Brought::Sheet(Box::new(registry.day_sheet(session, day)?)),
    }))
}

fn settings(registry: &Registry, session: &Session) -> Result<Brought, Problem> {
    Ok(Brought::Settings {
        lines: registry.settings(session.desk())?,
        profile: Box::new(registry.profile().clone()),
        desk: registry.desk_profile(session.desk())?,
    })
}
