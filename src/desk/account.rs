//! Accounts: made, changed and disabled by an administrator; never deleted.

use chrono::NaiveDate;
use serde_json::json;

use super::fault::Fault;
use super::permission::{Permission, Role, Roles};
use super::registry::{Act, Registry};
use super::{Problem, Session, password};
use crate::domain::text::clean;
use crate::store::{AccountRow, Tx};

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Name to sign in with: small letters, digits, dots and dashes.
    pub name: String,
    /// The person's name.
    pub display: String,
    /// Roles.
    pub roles: Roles,
    /// First password.
    pub password: String,
    /// Until when the registrar's licence holds.
    pub licence_until: Option<NaiveDate>,
}

/// An account as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Name to sign in with.
    pub name: String,
    /// The person's name.
    pub display: String,
    /// Roles.
    pub roles: Roles,
    /// Until when the registrar's licence holds.
    pub licence_until: Option<NaiveDate>,
    /// Whether it is locked now.
    pub locked: bool,
    /// Whether it was disabled.
    pub disabled: bool,
}

/// Whether a text may be the name of an account.
pub(super) fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    (2..=32).contains(&text.len()) && text.chars().all(allowed)
}

impl NewAccount {
    /// The row of the account, its password hashed.
    pub(super) fn row(&self, training: bool) -> Result<AccountRow, Problem> {
        if !is_name(&self.name) {
            return Err(Fault::AccountName(self.name.clone()).into());
        }
        if !training {
            password::check(&self.password)?;
        }
        Ok(AccountRow {
            name: self.name.clone(),
            display: clean(&self.display).text,
            roles: self.roles.to_string(),
            hash: password::hash(&self.password, training)?,
            licence_until: self.licence_until,
            failures: 0,
            locked_until: None,
            disabled: false,
        })
    }
}

impl Registry {
    /// All accounts, in order of creation.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn accounts(&self, session: &Session) -> Result<Vec<AccountLine>, Problem> {
        if !session.may(Permission::Verify) {
            session.allow(Permission::Accounts)?;
        }
        let now = session.now();
        self.read(|reader| {
            let line = |row: AccountRow| {
                Ok(AccountLine {
                    roles: Roles::parse(&row.roles)?,
                    locked: row.locked_until.is_some_and(|until| until > now),
                    name: row.name,
                    display: row.display,
                    licence_until: row.licence_until,
                    disabled: row.disabled,
                })
            };
            reader.accounts()?.into_iter().map(line).collect()
        })
    }

    /// Makes an account.
    ///
    /// # Errors
    /// A bad or taken name, a weak password, no permission, or the store cannot be written.
    pub fn create_account(&mut self, session: &Session, new: &NewAccount) -> Result<(), Problem> {
        session.allow(Permission::Accounts)?;
        let row = new.row(self.profile().training)?;
        let act = Act::new("account.create", &new.name).with(json!({"roles": row.roles}));
        self.perform(session, Permission::Accounts, act, |tx, _| {
            if tx.account(&row.name)?.is_some() {
                return Err(Fault::AccountTaken(row.name.clone()).into());
            }
            Ok(tx.put_account(&row)?)
        })
    }

    /// Disables an account, or lets it sign in again.
    ///
    /// # Errors
    /// No such account, the last administrator, no permission, or the store cannot be written.
    pub fn disable_account(&mut self, session: &Session, name: &str, disabled: bool) -> Result<(), Problem> {
        let action = if disabled { "account.disable" } else { "account.enable" };
        self.change_account(session, Act::new(action, name), name, |row| row.disabled = disabled)
    }

    /// Changes an account's roles.
    ///
    /// # Errors
    /// As [`Registry::disable_account`].
    pub fn set_roles(&mut self, session: &Session, name: &str, roles: Roles) -> Result<(), Problem> {
        let roles = roles.to_string();
        let act = Act::new("account.roles", name).with(json!({"roles": roles}));
        self.change_account(session, act, name, |row| row.roles = roles)
    }

    /// Changes until when a registrar's licence holds.
    ///
    /// # Errors
    /// As [`Registry::disable_account`].
    pub fn set_licence(&mut self, session: &Session, name: &str, until: Option<NaiveDate>) -> Result<(), Problem> {
        let act = Act::new("account.licence", name).with(json!({"until": until}));
        self.change_account(session, act, name, |row| row.licence_until = until)
    }

    /// Sets another account's password and unlocks it.
    ///
    /// # Errors
    /// As [`Registry::disable_account`], or a weak password.
    pub fn reset_password(&mut self, session: &Session, name: &str, new: &str) -> Result<(), Problem> {
        session.allow(Permission::Accounts)?;
        let hash = self.new_hash(new)?;
        self.change_account(session, Act::new("account.password", name), name, |row| {
            row.hash = hash;
            row.failures = 0;
            row.locked_until = None;
        })
    }

    /// Changes one's own password.
    ///
    /// # Errors
    /// The old one is wrong, the new one is weak, or the store cannot be written.
    pub fn change_password(&mut self, session: &Session, old: &str, new: &str) -> Result<(), Problem> {
        self.unlock(session, old)?;
        let hash = self.new_hash(new)?;
        let name = session.account().to_owned();
        let entry = Act::new("account.own-password", &name).entry(session);
        self.store.write(entry, |tx| change(tx, &name, |row| row.hash = hash))
    }

    fn new_hash(&self, new: &str) -> Result<String, Problem> {
        let training = self.profile().training;
        if !training {
            password::check(new)?;
        }
        password::hash(new, training)
    }

    fn change_account(
        &mut self,
        session: &Session,
        act: Act,
        name: &str,
        changing: impl FnOnce(&mut AccountRow),
    ) -> Result<(), Problem> {
        self.perform(session, Permission::Accounts, act, |tx, _| change(tx, name, changing))
    }
}

fn change(tx: &mut Tx, name: &str, changing: impl FnOnce(&mut AccountRow)) -> Result<(), Problem> {
    let mut row = tx.account(name)?.ok_or_else(|| Fault::NoSuchAccount(name.to_owned()))?;
    changing(&mut row);
    tx.put_account(&row)?;
    let manages =
        |row: &AccountRow| !row.disabled && Roles::parse(&row.roles).is_ok_and(|roles| roles.has(Role::Administrator));
    if tx.accounts()?.iter().any(manages) {
        Ok(())
    } else {
        Err(Fault::LastAdministrator.into())
    }
}
