//! Registration (审查, 登记): number, blanks, certificate, papers, tallies - all of it or nothing (I2).

use chrono::Datelike;

use super::facts::MARRIAGE;
use super::number::{self, Source};
use super::papers::{self, Issued};
use crate::desk::decide::{Opened, Taken};
use crate::desk::fault::Fault;
use crate::desk::second_look;
use crate::desk::submit::{Outcome, Submitted};
use crate::desk::{Problem, Profile};
use crate::domain::certificate::{CertificateKind, CertificateNumber, NumberFault, SlipNumber};
use crate::domain::party::Side;
use crate::store::{CertificateRow, PartyRow, Tx};

/// Registers a couple, or records them where no number may be given here.
pub(crate) fn register(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let mut opened = taken.open(tx)?;
    let issued = number(tx, taken, &opened)?;
    opened.row.number = Some(issued.number.clone());
    taken.close(tx, &mut opened, issued.outcome())?;
    let steps: &[&str] = if opened.accepted_before {
        &["review", "register"]
    } else {
        &["pre_check", "accept", "review", "register"]
    };
    taken.steps(tx, &opened.row.id, steps)?;
    let put_right = opened.record.values.iter().filter_map(|value| value.put_right.as_ref());
    second_look::note(tx, taken.session, &opened.row.id, put_right)?;
    certificate(tx, taken, &opened, &issued)?;
    taken.tally(tx, issued.outcome().as_str(), "")?;
    let documents = papers::registration(tx, taken, &opened, &issued)?;
    let outcome = issued.outcome();
    Ok(taken.done(opened, outcome, documents))
}

/// The certificate number with two blanks, or the slip number without.
fn number(tx: &mut Tx, taken: &Taken, opened: &Opened) -> Result<Issued, Problem> {
    let (case, day, desk) = (&opened.row.id, taken.session.today(), taken.session.desk());
    let profile = Profile::read(tx)?;
    let failed = |e: NumberFault| Problem::from(Fault::Machine(e.to_string()));
    let place = |n: i64| u32::try_from(n).unwrap_or_default();
    let checks = [opened.record.data("check.man"), opened.record.data("check.woman")];
    let typed = opened.record.data("case.number");
    let number = match number::source(tx, &profile, taken.session, typed, checks)? {
        Source::Province(number) => number,
        Source::Block => {
            let n = tx
                .next_in_block(CertificateKind::Marriage.letters(), day.year(), case)?
                .ok_or_else(|| Fault::Machine("number_block".to_owned()))?;
            CertificateNumber::new(CertificateKind::Marriage, profile.code, day.year(), place(n)).map_err(failed)?
        }
        Source::Nowhere => {
            let (n, _) = tx.next_number("W", day.year(), |_| case.clone())?;
            let slip = SlipNumber::new(profile.code, day.year(), place(n)).map_err(failed)?;
            return Ok(Issued {
                number: slip.to_string(),
                blanks: None,
            });
        }
    };
    let mut blank = || {
        tx.take_blank(MARRIAGE, desk, case, day)?
            .ok_or_else(|| Problem::from(Fault::NoBlank(desk.to_owned())))
    };
    let blanks = [blank()?, blank()?];
    Ok(Issued {
        number: number.to_string(),
        blanks: Some(blanks),
    })
}

/// Writes the certificate and what both are found by.
fn certificate(tx: &mut Tx, taken: &Taken, opened: &Opened, issued: &Issued) -> Result<(), Problem> {
    let record = &opened.record;
    let [blank_first, blank_second] = match &issued.blanks {
        Some([man, woman]) => [Some(man.clone()), Some(woman.clone())],
        None => [None, None],
    };
    let state = match issued.outcome() {
        Outcome::Registered => "valid",
        _ => "recorded",
    };
    let id = tx.insert_certificate(&CertificateRow {
        number: issued.number.clone(),
        kind: MARRIAGE.to_owned(),
        registered_on: taken.session.today(),
        case: Some(opened.row.id.clone()),
        state: state.to_owned(),
        origin: "own".to_owned(),
        confirmation: "pending".to_owned(),
        blank_first,
        blank_second,
        first_name: record.data("man.name").to_owned(),
        first_id: record.data("man.id_no").to_owned(),
        second_name: record.data("woman.name").to_owned(),
        second_id: record.data("woman.id_no").to_owned(),
    })?;
    for side in Side::BOTH {
        tx.insert_party(
            id,
            &PartyRow {
                side: side.as_str().to_owned(),
                name: record.data(&format!("{side}.name")).to_owned(),
                id_no: record.data(&format!("{side}.id_no")).to_owned(),
                birth: record.data(&format!("{side}.birth")).parse().ok(),
            },
        )?;
    }
    Ok(())
}
