//! Signing in: five failures in a row lock an account for 15 minutes; every try is audited.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::fault::Fault;
use super::registry::Registry;
use super::session::{Second, Session};
use super::{Clock, Problem, Roles, account, password};
use crate::store::{AccountRow, Entry};

/// Failures that lock.
const FAILURES: i64 = 5;

/// For how long.
const LOCK: TimeDelta = TimeDelta::minutes(15);

/// A hash of nothing, so that an unknown name takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$QUFBQUFBQUFBQUFBQUFBQQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Registry {
    /// Signs somebody in at a desk.
    ///
    /// # Errors
    /// Wrong name or password, a locked or disabled account, a told time outside training, or the store cannot be
    /// written.
    pub fn sign_in(&mut self, name: &str, password: &str, desk: &str, clock: Clock) -> Result<Session, Problem> {
        if clock != Clock::System && !self.profile().training {
            return Err(Fault::FixedClock.into());
        }
        session(self.prove(name, password, desk, clock.now(), "sign-in")?, desk, clock)
    }

    /// Signs somebody in who is going to write nothing at all: a sign-in that holds leaves no entry, one that does not
    /// is kept like any other.
    ///
    /// # Errors
    /// As [`Registry::sign_in`].
    pub fn sign_in_to_look(
        &mut self,
        name: &str,
        password: &str,
        desk: &str,
        clock: Clock,
    ) -> Result<Session, Problem> {
        let told = clock != Clock::System && !self.profile().training;
        let known = self.read(|reader| Ok(reader.account(name)?))?;
        let open = known.filter(|row| !row.disabled && row.locked_until.is_none_or(|until| until <= clock.now()));
        match open {
            Some(row) if !told && password::fits(password, &row.hash) => session(row, desk, clock),
            _ => self.sign_in(name, password, desk, clock),
        }
    }

    /// Signs a second person in beside the first.
    ///
    /// # Errors
    /// As [`Registry::sign_in`], or it is the same person.
    pub fn sign_in_second(&mut self, session: &mut Session, name: &str, password: &str) -> Result<(), Problem> {
        if name == session.account() {
            return Err(Fault::OwnApproval.into());
        }
        let row = self.prove(name, password, &session.desk.clone(), session.now(), "sign-in.second")?;
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
        self.prove(
            session.account(),
            password,
            session.desk(),
            session.now(),
            "sign-in.unlock",
        )
        .map(drop)
    }

    /// Notes that somebody leaves.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn sign_out(&mut self, session: Session) -> Result<(), Problem> {
        let entry = entry("sign-out", session.account(), session.desk(), session.now());
        self.store.write(entry, |_| Ok::<_, Problem>(()))
    }

    fn prove(
        &mut self,
        name: &str,
        given: &str,
        desk: &str,
        at: NaiveDateTime,
        action: &str,
    ) -> Result<AccountRow, Problem> {
        let known = self.read(|reader| Ok(reader.account(name)?))?;
        // The slow part stands outside of the transaction: other desks go on writing.
        let fits = password::fits(given, known.as_ref().map_or(NOBODY, |row| &row.hash));
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
            "sign-in.failed"
        };
        let mut entry = entry(action, name, desk, at);
        entry.detail = json!({"locked": locked.is_some(), "disabled": known.disabled});
        self.store.write(entry, |tx| {
            let row = tx.account(name)?.ok_or(Fault::BadPassword)?;
            Ok::<_, Problem>(match (fits, locked) {
                (_, Some(until)) => Err(Fault::Locked(until).into()),
                (true, None) if row.disabled => Err(Fault::Disabled(name.to_owned()).into()),
                (true, None) => {
                    let clean = AccountRow {
                        failures: 0,
                        locked_until: None,
                        ..row.clone()
                    };
                    if clean != row {
                        tx.put_account(&clean)?;
                    }
                    Ok(clean)
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

fn session(row: AccountRow, desk: &str, clock: Clock) -> Result<Session, Problem> {
    Ok(Session {
        roles: Roles::parse(&row.roles)?,
        account: row.name,
        display: row.display,
        licence_until: row.licence_until,
        desk: desk.to_owned(),
        clock,
        second: None,
    })
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
