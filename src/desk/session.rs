//! Somebody signed in at a desk, and perhaps a second person beside them.

use chrono::{NaiveDate, NaiveDateTime};

use super::fault::Fault;
use super::profile::licence_holds;
use super::{Clock, Permission, Problem, Role, Roles};
use crate::store::Reader;

/// A second person, signed in on the same screen to approve what the first may not approve alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Second {
    pub(super) account: String,
    pub(super) display: String,
    pub(super) roles: Roles,
}

/// Somebody signed in. Made by [`super::Registry::sign_in`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub(super) account: String,
    pub(super) display: String,
    pub(super) roles: Roles,
    pub(super) licence_until: Option<NaiveDate>,
    pub(super) desk: String,
    pub(super) clock: Clock,
    pub(super) second: Option<Second>,
}

impl Session {
    /// The account's name.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The person's name.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The account's roles.
    pub fn roles(&self) -> Roles {
        self.roles
    }

    /// The desk.
    pub fn desk(&self) -> &str {
        &self.desk
    }

    /// Where its time comes from.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Now.
    pub fn now(&self) -> NaiveDateTime {
        self.clock.now()
    }

    /// The business day.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// The same session at one moment: whatever an act asks of its clock, it is told the same time, so that nothing
    /// of it falls on the other side of midnight.
    pub(super) fn at_one_moment(&self) -> Self {
        Self {
            clock: Clock::Fixed(self.now()),
            ..self.clone()
        }
    }

    /// The second person, where one signed in.
    pub fn second(&self) -> Option<&Second> {
        self.second.as_ref()
    }

    /// The second person goes away.
    pub fn dismiss_second(&mut self) {
        self.second = None;
    }

    /// Whether the account may do this now.
    pub fn may(&self, permission: Permission) -> bool {
        self.allow(permission).is_ok()
    }

    /// As [`Session::may`], with the problem where not.
    pub(super) fn allow(&self, permission: Permission) -> Result<(), Problem> {
        if !self.roles.may(permission) {
            return Err(Fault::NotAllowed(permission).into());
        }
        if permission == Permission::Register && !self.licensed() {
            return Err(Fault::Licence(self.licence_until).into());
        }
        Ok(())
    }

    /// Whether the registrar's licence holds today. Whoever registers nothing has none to hold against.
    pub(super) fn licensed(&self) -> bool {
        !self.roles.has(Role::Registrar) || licence_holds(self.licence_until, self.today())
    }

    /// Asks the record, inside the act, whether the account still is what it was at sign-in.
    pub(super) fn still_holds(&self, reader: &Reader, permission: Permission) -> Result<(), Problem> {
        let row = reader
            .account(&self.account)?
            .filter(|row| !row.disabled)
            .ok_or_else(|| Fault::Disabled(self.account.clone()))?;
        let now = Self {
            roles: Roles::parse(&row.roles)?,
            licence_until: row.licence_until,
            ..self.clone()
        };
        now.allow(permission)
    }

    /// The second person who may approve; nobody approves what is their own.
    ///
    /// # Errors
    /// Nobody signed in beside, or the same person, or one without the permission.
    pub fn approver(&self, permission: Permission) -> Result<&Second, Problem> {
        let second = self.second.as_ref().ok_or(Fault::NeedsSecond(permission))?;
        if second.account == self.account {
            return Err(Fault::OwnApproval.into());
        }
        if !second.roles.may(permission) {
            return Err(Fault::NotAllowed(permission).into());
        }
        Ok(second)
    }

    /// As [`Session::approver`], asking the record, inside the act, whether the second person still may.
    pub(super) fn approver_now(&self, reader: &Reader, permission: Permission) -> Result<&Second, Problem> {
        let second = self.approver(permission)?;
        let row = reader
            .account(&second.account)?
            .filter(|row| !row.disabled)
            .ok_or_else(|| Fault::Disabled(second.account.clone()))?;
        if Roles::parse(&row.roles)?.may(permission) {
            Ok(second)
        } else {
            Err(Fault::NotAllowed(permission).into())
        }
    }
}

impl Second {
    /// The account's name.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The person's name.
    pub fn display(&self) -> &str {
        &self.display
    }
}
