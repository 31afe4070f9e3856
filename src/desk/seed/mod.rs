//! Synthetic records for training and measuring. Most are written as an archive taken in, one in a hundred as a case
//! of our own: decided and written by the very act of the desk. The record verifies, and everybody in it is found.

mod people;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use serde_json::json;

use super::business::Business;
use super::decide::{Stop, decide};
use super::fault::Fault;
use super::permission::{Permission, Role, Roles};
use super::registry::{Act, House, Registry};
use super::submit::HandedIn;
use super::{Clock, Problem, Session};
use crate::domain::certificate::{BlankSerial, SerialRange};
use crate::store::{CertificateRow, PartyRow, Reader, StatusRow, TallyRow, Tx};
use people::People;

/// Archive records of one act.
const CHUNK: u64 = 5_000;

/// Own cases of one act.
const CASES: u64 = 50;

/// One record in so many is a case of our own.
const OWN: u64 = 100;

/// Most own cases: a year's block must keep numbers for who trains.
const MOST_OWN: u64 = 100_000;

/// Couples that may be stopped in a row; more is no accident.
const TRIES: usize = 20;

/// The desk they are registered at; no real one.
const DESK: &str = "seed";

/// One archive marriage in so many has ended since.
const ENDED: usize = 40;

/// First day of the seeded years.
const FROM: NaiveDate = match NaiveDate::from_ymd_opt(2004, 1, 2) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A day from which on the form has been in force.
const FORM_FROM: NaiveDate = match NaiveDate::from_ymd_opt(2025, 5, 12) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// What was seeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    /// Records written.
    pub records: u64,
    /// The registry code in their numbers.
    pub code: String,
}

impl Registry {
    /// Writes so many synthetic marriages. Training databases only.
    ///
    /// # Errors
    /// No training database, no permission, no form in force, or the store cannot be written; whole chunks stay.
    pub fn seed(
        &mut self,
        session: &Session,
        records: u64,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Seeded, Problem> {
        session.allow(Permission::Seed)?;
        if !self.profile().training {
            return Err(Fault::TrainingOnly.into());
        }
        let session = &session.at_one_moment();
        let code = self.read(free_code)?;
        let mut people = People::new(code);
        let own = (records / OWN).min(MOST_OWN);
        let archive = records - own;
        self.seed_archive(session, &mut people, archive, &mut |done| progress(done, records))?;
        self.seed_cases(session, &mut people, own, &mut |done| progress(archive + done, records))?;
        Ok(Seeded {
            records,
            code: format!("{code:06}"),
        })
    }

    fn seed_archive(
        &mut self,
        session: &Session,
        people: &mut People,
        records: u64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Problem> {
        let last = session.today().pred_opt().unwrap_or(FROM);
        self.store.in_bulk(records, |store| {
            let mut done = 0;
            while done < records {
                let size = CHUNK.min(records - done);
                let mut chunk = Vec::new();
                for n in done..done + size {
                    chunk.push(people.record(spread(FROM, last, n, records))?);
                }
                let act = Act::new("archive.seed", "").with(json!({"records": size}));
                store.write(act.entry(session), |tx| {
                    tx.insert_many(&chunk)?;
                    for (day, n) in by_day(&chunk) {
                        let one = TallyRow::one("marriage.imported", session.desk(), session.account());
                        tx.tally(day, &TallyRow { n, ..one })?;
                    }
                    for (certificate, parties) in &chunk {
                        if people.one_in(ENDED) {
                            end(tx, certificate, parties, last)?;
                        }
                    }
                    Ok::<_, Problem>(())
                })?;
                done += size;
                progress(done);
            }
            Ok(())
        })
    }

    /// Registers couples as the desk does: answers, rules, number, blanks, papers.
    fn seed_cases(
        &mut self,
        session: &Session,
        people: &mut People,
        cases: u64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Problem> {
        let last = session.today().pred_opt().unwrap_or(FORM_FROM).max(FORM_FROM);
        let Self { store, house, .. } = self;
        let mut done = 0;
        while done < cases {
            let size = CASES.min(cases - done);
            let act = Act::new("case.seed", "").with(json!({"cases": size}));
            let written = store.write(act.entry(session), |tx| {
                blanks(tx, size)?;
                for n in done..done + size {
                    register(tx, house, people, spread(FORM_FROM, last, n, cases))?;
                }
                Ok::<_, Stop>(())
            });
            match written {
                Ok(()) => {}
                Err(Stop::Problem(problem)) => return Err(problem),
                Err(Stop::Answer(answer)) => {
                    let says = answer.findings.first().map_or("", |finding| finding.says.as_str());
                    return Err(Fault::Machine(format!("seed: {says}")).into());
                }
            }
            done += size;
            progress(done);
        }
        Ok(())
    }
}

/// Registers a couple on a day. Whom the rules stop - somebody drawn before, who is married or dead by now - goes, and
/// another couple comes: what stops a case is told before anything of it is written.
fn register(tx: &mut Tx, house: &House, people: &mut People, day: NaiveDate) -> Result<(), Stop> {
    let registrar = registrar(day)?;
    for _ in 0..TRIES {
        let handed = HandedIn::new(Business::Marriage.id(), people.couple(day));
        match decide(tx, house, &registrar, Business::Marriage, &handed) {
            Err(Stop::Answer(_)) => {}
            other => return other.map(drop),
        }
    }
    let handed = HandedIn::new(Business::Marriage.id(), people.couple(day));
    decide(tx, house, &registrar, Business::Marriage, &handed).map(drop)
}

/// The n-th of so many days, evenly spread.
fn spread(from: NaiveDate, to: NaiveDate, n: u64, of: u64) -> NaiveDate {
    let span = (to - from).num_days().max(1);
    // In 128 bits: ten million records times twenty years of days.
    let offset = i128::from(n) * i128::from(span) / i128::from(of.max(1));
    from + TimeDelta::days(i64::try_from(offset).unwrap_or_default())
}

/// Somebody who registers on a day.
fn registrar(day: NaiveDate) -> Result<Session, Problem> {
    Ok(Session {
        account: "registrar".to_owned(),
        display: "练习登记员".to_owned(),
        roles: Roles::new(&[Role::Clerk, Role::Registrar])?,
        licence_until: Some(NaiveDate::MAX),
        desk: DESK.to_owned(),
        clock: Clock::Fixed(day.and_time(NaiveTime::MIN) + TimeDelta::hours(10)),
        second: None,
    })
}

/// Blanks for so many couples, received long ago.
fn blanks(tx: &mut Tx, couples: u64) -> Result<(), Problem> {
    let failed = |what: String| Problem::from(Fault::Machine(what));
    let next = tx
        .last_blank("种J")?
        .and_then(|serial| BlankSerial::parse(&serial).ok()?.next());
    let first = match next {
        Some(serial) => serial,
        None => BlankSerial::parse("种J0000001").map_err(|e| failed(e.to_string()))?,
    };
    let last = first.plus(2 * couples - 1).ok_or_else(|| failed("serial".to_owned()))?;
    let range = SerialRange::new(first, last).map_err(|e| failed(e.to_string()))?;
    let serials: Vec<String> = range.iter().map(|serial| serial.to_string()).collect();
    tx.receive_blanks("marriage", &serials, "练习", FROM)?;
    for serial in &serials {
        tx.give_blank(serial, DESK)?;
    }
    Ok(())
}

/// A marriage that ended some years on, by divorce or by the man's death.
fn end(tx: &mut Tx, certificate: &CertificateRow, parties: &[PartyRow; 2], last: NaiveDate) -> Result<(), Problem> {
    let on = certificate.registered_on + TimeDelta::days(1500);
    if on > last {
        return Ok(());
    }
    let [man, woman] = parties;
    let by_death = on.day() < 8;
    let kinds = if by_death {
        ["death", "spouse_death"]
    } else {
        ["divorce", "divorce"]
    };
    for (party, kind) in [man, woman].into_iter().zip(kinds) {
        tx.insert_status(&StatusRow {
            id_no: party.id_no.clone(),
            kind: kind.to_owned(),
            happened_on: on,
            source: "练习".to_owned(),
        })?;
    }
    Ok(())
}

/// A registry code whose numbers nobody seeded yet; never the registry's own.
fn free_code(reader: &Reader) -> Result<u32, Problem> {
    for code in 330_600..330_700 {
        let first = format!("J{code}-{}-000001", FROM.year());
        if reader.certificate_by_number(&first)?.is_none() {
            return Ok(code);
        }
    }
    Err(Fault::Machine("seed: no free code".to_owned()).into())
}

fn by_day(chunk: &[(CertificateRow, [PartyRow; 2])]) -> BTreeMap<NaiveDate, i64> {
    let mut days = BTreeMap::new();
    for (certificate, _) in chunk {
        *days.entry(certificate.registered_on).or_default() += 1;
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::tests::Hall;

    #[test]
    fn a_couple_the_rules_stop_is_drawn_anew() {
        let mut hall = Hall::new();
        let admin = hall.sign_in("admin");
        let drawn = People::new(1).couple(FORM_FROM);
        hall.event(drawn.text("man.id_no"), "death", FORM_FROM);
        hall.registry
            .seed_cases(&admin, &mut People::new(1), 2, &mut |_| {})
            .unwrap();
        let view = hall.case("J330521-2025-000001");
        let id = view.values.iter().find(|value| value.path == "man.id_no").unwrap();
        assert!(!id.text.ends_with(&drawn.text("man.id_no")[14..]));
        hall.verify();
    }
}
