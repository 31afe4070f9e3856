//! Signing in: five failures in a row lock an account for 15 minutes; every try is audited.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::fault::Fault;
use super::registry::Registry;
use super::session::{Second, Session};
use super::{Clock, Problem, Roles, account, password};
use crate::store::{AccountRow, Entry, StoreError, Tx};

/// Failures that lock.
const FAILURES: i64 = 5;

/// For how long.
const LOCK: TimeDelta = TimeDelta::minutes(15);

/// What a sign-in that does not hold is called in the log.
const FAILED: &str = "sign-in.failed";

/// A hash of nothing, so that an unknown name takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$QUFBQUFBQUFBQUFBQUFBQQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Who wants to sign in, and where.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    name: &'a str,
    password: &'a str,
    desk: &'a str,
    clock: Clock,
}

/// When a sign-in that holds is noted in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// At once.
    AtOnce,
    /// With the first act that follows: where nothing is written, nothing is.
    WithTheAct,
    /// Not at all: who signs in writes nothing.
    NotAtAll,
}

impl<'a> Credentials<'a> {
    /// Account, password, desk, and where the time comes from.
    pub fn new(name: &'a str, password: &'a str, desk: &'a str, clock: Clock) -> Self {
        Self {
            name,
            password,
            desk,
            clock,
        }
    }

    /// The account.
    pub fn name(&self) -> &str {
        self.name
    }

    pub(super) fn desk(&self) -> &str {
        self.desk
    }

    pub(super) fn now(&self) -> NaiveDateTime {
        self.clock.now()
    }
}

impl Registry {
    /// Signs somebody in at a desk.
    ///
    /// # Errors
    /// Wrong name or password, a locked or disabled account, a told time outside training, or the store cannot be
    /// written.
    pub fn sign_in(&mut self, name: &str, password: &str, desk: &str, clock: Clock) -> Result<Session, Problem> {
        self.sign_in_noted(Noted::AtOnce, &Credentials::new(name, password, desk, clock))
    }

    /// Signs somebody in; a sign-in that holds is noted as said, one that does not is kept at once.
    ///
    /// # Errors
    /// As [`Registry::sign_in`].
    pub fn sign_in_noted(&mut self, noted: Noted, who: &Credentials) -> Result<Session, Problem> {
        if who.clock != Clock::System && !self.profile().training {
            return Err(Fault::FixedClock.into());
        }
        let row = self.prove(noted, who, "sign-in")?;
        Ok(Session {
            roles: Roles::parse(&row.roles)?,
            account: row.name,
            display: row.display,
            licence_until: row.licence_until,
            desk: who.desk.to_owned(),
            clock: who.clock,
            second: None,
        })
    }

    /// Signs a second person in beside the first.
    ///
    /// # Errors
    /// As [`Registry::sign_in`], or it is the same person.
    pub fn sign_in_second(&mut self, session: &mut Session, name: &str, password: &str) -> Result<(), Problem> {
        self.sign_in_second_noted(Noted::AtOnce, session, name, password)
    }

    /// As [`Registry::sign_in_second`], noted as said.
    ///
    /// # Errors
    /// As [`Registry::sign_in_second`].
    pub fn sign_in_second_noted(
        &mut self,
        noted: Noted,
        session: &mut Session,
        name: &str,
        password: &str,
    ) -> Result<(), Problem> {
        if name == session.account() {
            return Err(Fault::OwnApproval.into());
        }
        let desk = session.desk().to_owned();
        let who = Credentials::new(name, password, &desk, session.clock());
        let row = self.prove(noted, &who, "sign-in.second")?;
        session.second = Some(Second {
            account: row.name,
            display: row.display,
            roles: Roles::parse(&row.roles)?,
        });
        Ok(())
    }

    /// Asks for the password of whoever is signed in, after an idle time.
    ///
    /// # Errors
    /// As [`Registry::sign_in`].
    pub fn unlock(&mut self, session: &Session, password: &str) -> Result<(), Problem> {
        let who = Credentials::new(session.account(), password, session.desk(), session.clock());
        self.prove(Noted::AtOnce, &who, "sign-in.unlock").map(drop)
    }

    /// Notes that somebody leaves.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn sign_out(&mut self, session: Session) -> Result<(), Problem> {
        let entry = entry("sign-out", session.account(), session.desk(), session.now());
        self.store.write(entry, |_| Ok::<_, Problem>(()))
    }

    fn prove(&mut self, noted: Noted, who: &Credentials, action: &str) -> Result<AccountRow, Problem> {
        let (name, desk, at) = (who.name, who.desk, who.clock.now());
        let known = self.read(|reader| Ok(reader.account(name)?))?;
        // The slow part stands outside of the transaction: other desks go on writing.
        let fits = password::fits(who.password, known.as_ref().map_or(NOBODY, |row| &row.hash));
        let Some(known) = known else {
            // Somebody may have typed a password here: what is no name for an account is not kept.
            let named = if account::is_name(name) { name } else { "?" };
            let entry = entry("sign-in.unknown", named, desk, at);
            self.store.write(entry, |_| Ok::<_, Problem>(()))?;
            return Err(Fault::BadPassword.into());
        };
        let locked = known.locked_until.filter(|until| *until > at);
        let action = if fits && locked.is_none() && !known.disabled {
            action
        } else {
            FAILED
        };
        let mut entry = entry(action, name, desk, at);
        if noted != Noted::AtOnce && action != FAILED {
            if noted == Noted::WithTheAct {
                self.pending.push(entry);
            }
            return Ok(known);
        }
        entry.detail = json!({"locked": locked.is_some(), "disabled": known.disabled});
        self.store.write(entry, |tx| {
            let row = tx.account(name)?.ok_or(Fault::BadPassword)?;
            Ok::<_, Problem>(match (fits, locked) {
                (_, Some(until)) => Err(Fault::Locked(until).into()),
                (true, None) if row.disabled => Err(Fault::Disabled(name.to_owned()).into()),
                (true, None) => {
                    clear_failures(tx, name)?;
                    Ok(row)
                }
                (false, None) => {
                    let failures = row.failures + 1;
                    let locked_until = (failures >= FAILURES).then(|| at + LOCK);
                    let kept = if locked_until.is_some() { 0 } else { failures };
                    tx.put_account(&AccountRow {
                        failures: kept,
                        locked_until,
                        ..row
                    })?;
                    Err(locked_until.map_or(Fault::BadPassword, Fault::Locked).into())
                }
            })
        })?
    }
}

/// A sign-in that holds ends the count of those that did not.
pub(super) fn clear_failures(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    match tx.account(name)? {
        Some(row) if row.failures != 0 || row.locked_until.is_some() => tx.put_account(&AccountRow {
            failures: 0,
            locked_until: None,
            ..row
        }),
        _ => Ok(()),
    }
}

fn entry(action: &str, name: &str, desk: &str, at: NaiveDateTime) -> Entry {
    Entry {
        at,
        desk: desk.to_owned(),
        actor: name.to_owned(),
        action: action.to_owned(),
        subject: name.to_owned(),
        detail: json!({}),
    }
}
