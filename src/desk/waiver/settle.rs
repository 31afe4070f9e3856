//! Settlement (结算): voucher number, settlement and its lines, sums by item and payer, papers - all of it or nothing (I2).

use std::collections::BTreeMap;

use chrono::Datelike;

use super::difference::{Rows, standing};
use super::examine::kind;
use super::settling::Settling;
use super::{SEQUENCE, WAIVER, papers, reading};
use crate::desk::decide::{Opened, Taken};
use crate::desk::fault::Fault;
use crate::desk::submit::{Outcome, Submitted};
use crate::desk::{Permission, Problem, Session};
use crate::store::{BillLineRow, CertificateRow, PartyRow, SettlementRow, StepRow, TallyRow, Tx};

/// Settles a claim.
pub(crate) fn settle(tx: &mut Tx, taken: &Taken) -> Result<Submitted, Problem> {
    let settling = computed(taken)?;
    let mut opened = taken.open(tx)?;
    let number = voucher(tx, taken, &opened)?;
    opened.row.number = Some(number.clone());
    let steps: &[&str] = if opened.accepted_before {
        &["settle"]
    } else {
        &["accept", "settle"]
    };
    taken.close(tx, &mut opened, Outcome::Settled)?;
    taken.steps(tx, &opened.row.id, steps)?;
    if !settling.told.overrides.is_empty() {
        approved(tx, taken, &opened.row.id)?;
    }
    let rows = rows(tx, &settling)?;
    write(tx, taken, &opened, &settling, &number, &rows)?;
    found_by(tx, taken, &opened, &number)?;
    taken.tally(tx, Outcome::Settled.as_str(), "")?;
    tally_items(tx, taken.session, "waiver.item", &rows.lines, 1)?;
    let documents = papers::settled(tx, taken, &opened, &settling, &rows)?;
    Ok(taken.done(opened, Outcome::Settled, documents))
}

/// The claim, computed as it was when it was examined.
pub(super) fn computed<'a>(taken: &Taken<'a>) -> Result<Settling<'a>, Problem> {
    let told = reading::read(&taken.handed.answers).map_err(|_| Fault::Machine("claim".to_owned()))?;
    Ok(Settling::of(taken.house.forms.waivers(), told, taken.session.today()))
}

/// The next number of the vouchers' own sequence.
fn voucher(tx: &mut Tx, taken: &Taken, opened: &Opened) -> Result<String, Problem> {
    let year = taken.session.today().year();
    let (n, _) = tx.next_number(SEQUENCE, year, |_| opened.row.id.clone())?;
    Ok(format!("{SEQUENCE}{}-{year}-{n:06}", taken.house.profile.code))
}

/// Notes who approved what is free otherwise than computed.
fn approved(tx: &mut Tx, taken: &Taken, case: &str) -> Result<(), Problem> {
    let second = taken.session.approver_now(tx, Permission::Approve)?;
    let step = StepRow {
        step: "approve".to_owned(),
        actor: second.account().to_owned(),
        desk: taken.session.desk().to_owned(),
        at: taken.session.now(),
    };
    Ok(tx.insert_step(case, &step)?)
}

/// The rows to be written: all lines, or what differs from the settlement it follows.
fn rows(tx: &Tx, settling: &Settling) -> Result<Rows, Problem> {
    let settlement = settling
        .settlement()
        .ok_or_else(|| Fault::Machine("settlement".to_owned()))?;
    let rows = Rows::of(settlement)?;
    if settling.told.former.is_empty() {
        return Ok(rows);
    }
    let former = tx.settlement(&settling.told.former)?;
    let former = former.ok_or_else(|| Fault::Machine("former".to_owned()))?;
    let stands = standing(tx, &former)?;
    rows.less(&stands.lines, stands.awards)
}

fn write(
    tx: &mut Tx,
    taken: &Taken,
    opened: &Opened,
    settling: &Settling,
    number: &str,
    rows: &Rows,
) -> Result<(), Problem> {
    let (policy, tariff) = settling.basis.ok_or_else(|| Fault::Machine("policy".to_owned()))?;
    let follows = !settling.told.former.is_empty();
    let reason = [&settling.told.reason, &settling.told.override_reason].map(String::as_str);
    let row = SettlementRow {
        number: number.to_owned(),
        case: opened.row.id.clone(),
        kind: if follows { rows.kind() } else { kind(settling) }.to_owned(),
        state: "settled".to_owned(),
        day: taken.session.today(),
        policy: policy.head.id.clone(),
        policy_sha256: policy.head.sha256.clone(),
        tariff: tariff.head.id.clone(),
        tariff_sha256: tariff.head.sha256.clone(),
        listed: rows.listed,
        free: rows.free,
        family: rows.family,
        awards: rows.awards,
        replaces: follows.then(|| settling.told.former.clone()),
        voided_by: None,
        voided_on: None,
        reason: reason
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("；"),
    };
    Ok(tx.insert_settlement(&row, &rows.lines)?)
}

/// Writes what the voucher is found by: the deceased and the applicant.
fn found_by(tx: &mut Tx, taken: &Taken, opened: &Opened, number: &str) -> Result<(), Problem> {
    let data = |path: &str| opened.record.data(path).to_owned();
    let id = tx.insert_certificate(&CertificateRow {
        number: number.to_owned(),
        kind: WAIVER.to_owned(),
        registered_on: taken.session.today(),
        case: Some(opened.row.id.clone()),
        state: "valid".to_owned(),
        origin: "own".to_owned(),
        confirmation: "none".to_owned(),
        blank_first: None,
        blank_second: None,
        first_name: data("deceased.name"),
        first_id: data("deceased.id_no"),
        second_name: data("agent.name"),
        second_id: data("agent.id_no"),
    })?;
    for side in ["deceased", "agent"] {
        let name = data(&format!("{side}.name"));
        if !name.is_empty() {
            let party = PartyRow {
                side: side.to_owned(),
                name,
                id_no: data(&format!("{side}.id_no")),
                birth: None,
            };
            tx.insert_party(id, &party)?;
        }
    }
    Ok(())
}

/// Counts what was waived by item and payer; `sign` is -1 where it is taken away again.
pub(super) fn tally_items(
    tx: &mut Tx,
    session: &Session,
    kind: &str,
    lines: &[BillLineRow],
    sign: i64,
) -> Result<(), Problem> {
    for line in lines {
        let payers: BTreeMap<String, i64> =
            serde_json::from_str(&line.payers).map_err(|_| Fault::Unreadable(format!("bill_line {}", line.payers)))?;
        for (payer, fen) in payers {
            let one = TallyRow::one(kind, session.desk(), session.account());
            let one = one.because_of(&line.item).borne_by(&payer, sign * fen);
            tx.tally(session.today(), &one)?;
        }
    }
    Ok(())
}
