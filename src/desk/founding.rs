//! Setting a registry up: its code, name, settings, accounts; for training also numbers and blanks to begin with.

use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde_json::json;

use super::account::NewAccount;
use super::fault::Fault;
use super::permission::{Role, Roles};
use super::{Problem, Registry, profile};
use crate::domain::area::AreaCode;
use crate::domain::certificate::{BlankSerial, SerialRange};
use crate::domain::text::{clean, graphemes};
use crate::forms::Forms;
use crate::store::{Entry, Store, Tx};

/// What a registry is set up with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// Code of the registry, six digits.
    pub code: String,
    /// Its name, as papers print it.
    pub name: String,
    /// Whether it is for training.
    pub training: bool,
    /// When.
    pub at: NaiveDateTime,
    /// Settings that differ from their default, by key.
    pub settings: Vec<(String, String)>,
    /// First accounts; outside training at least an administrator.
    pub accounts: Vec<NewAccount>,
}

/// Most characters of a registry's name: every paper has room for so many.
const LONGEST_NAME: usize = 36;

/// The password of every account of a training database.
const PASSWORD: &str = "training";

/// Accounts of a training database: name, person, roles.
const PEOPLE: [(&str, &str, &[Role]); 7] = [
    ("clerk", "练习经办", &[Role::Clerk]),
    ("registrar", "练习登记员", &[Role::Clerk, Role::Registrar]),
    ("registrar2", "练习登记员二", &[Role::Clerk, Role::Registrar]),
    ("stockkeeper", "练习证件管理", &[Role::StockKeeper]),
    ("supervisor", "练习负责人", &[Role::Supervisor]),
    ("admin", "练习系统管理", &[Role::Administrator]),
    ("auditor", "练习审计", &[Role::Auditor]),
];

/// Blanks of a training database: so many at desk 1, and so many more in stock.
const BLANKS: (u64, u64) = (2000, 200);

/// Numbers in the block of each year of a training database.
const BLOCK: i64 = 100_000;

impl Founding {
    /// A training registry.
    pub fn training(at: NaiveDateTime) -> Result<Self, Problem> {
        let account = |(name, display, roles): &(&str, &str, &[Role])| {
            let roles = Roles::new(roles)?;
            Ok(NewAccount {
                name: (*name).to_owned(),
                display: (*display).to_owned(),
                licence_until: roles
                    .has(Role::Registrar)
                    .then(|| NaiveDate::from_ymd_opt(2199, 12, 31))
                    .flatten(),
                roles,
                password: PASSWORD.to_owned(),
            })
        };
        Ok(Self {
            code: "330521".to_owned(),
            name: "德清县婚姻登记处（练习）".to_owned(),
            training: true,
            at,
            settings: [("issue_offline", "own_block"), ("waiver_policy", "sample")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .to_vec(),
            accounts: PEOPLE.iter().map(account).collect::<Result<_, Problem>>()?,
        })
    }
}

impl Registry {
    /// Makes a new database with a registry in it.
    ///
    /// # Errors
    /// The file exists or cannot be made, or something of the founding is not as it must be; then no file is left.
    pub fn found(path: &Path, forms: Arc<Forms>, founding: &Founding) -> Result<Self, Problem> {
        let code: AreaCode = founding
            .code
            .parse()
            .map_err(|_| Fault::BadRegistryCode(founding.code.clone()))?;
        let name = registry_name(&founding.name)?;
        for (key, value) in &founding.settings {
            profile::check(key, value)?;
        }
        if !founding
            .accounts
            .iter()
            .any(|account| account.roles.has(Role::Administrator))
        {
            return Err(Fault::LastAdministrator.into());
        }
        let accounts = founding.accounts.iter().map(|account| account.row(founding.training));
        let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
        let entry = Entry {
            at: founding.at,
            desk: String::new(),
            actor: "init".to_owned(),
            action: "registry.found".to_owned(),
            subject: code.to_string(),
            detail: json!({"training": founding.training}),
        };
        let store = Store::create(path, |store| {
            store.write(entry, |tx| {
                tx.set_setting("registry.code", &code.to_string())?;
                tx.set_setting("registry.name", &name)?;
                tx.set_setting("registry.training", &founding.training.to_string())?;
                for (key, value) in &founding.settings {
                    tx.set_setting(key, value)?;
                }
                for row in &accounts {
                    if tx.account(&row.name)?.is_some() {
                        return Err(Fault::AccountTaken(row.name.clone()).into());
                    }
                    tx.put_account(row)?;
                }
                if founding.training {
                    stock_for_training(tx, founding.at)?;
                }
                Ok::<_, Problem>(())
            })
        })?;
        Self::over(store, path, forms)
    }
}

/// A registry's name as papers print it: one line, without what nobody can see.
fn registry_name(given: &str) -> Result<String, Problem> {
    let one_line = given.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = clean(&one_line).text.trim().to_owned();
    match graphemes(&name) {
        0 => Err(Fault::RegistryName.into()),
        length if length > LONGEST_NAME => Err(Fault::RegistryNameLong(length, LONGEST_NAME).into()),
        _ => Ok(name),
    }
}

/// Numbers and blanks to begin with. They were there long before, so that a told time finds them.
fn stock_for_training(tx: &mut Tx, at: NaiveDateTime) -> Result<(), Problem> {
    for year in 2025..=at.year().max(2026) + 5 {
        tx.open_block("J", year, 1, BLOCK, "练习号段")?;
    }
    let first = BlankSerial::parse("练J0000001").map_err(|e| Fault::Machine(e.to_string()))?;
    let last = first
        .plus(BLANKS.0 + BLANKS.1 - 1)
        .ok_or_else(|| Fault::Machine("serial".to_owned()))?;
    let range = SerialRange::new(first, last).map_err(|e| Fault::Machine(e.to_string()))?;
    let serials: Vec<String> = range.iter().map(|serial| serial.to_string()).collect();
    let long_ago = NaiveDate::from_ymd_opt(2020, 1, 2).unwrap_or_default();
    tx.receive_blanks("marriage", &serials, "练习", long_ago)?;
    for serial in serials.iter().take(usize::try_from(BLANKS.0).unwrap_or_default()) {
        tx.give_blank(serial, "1")?;
    }
    Ok(())
}
