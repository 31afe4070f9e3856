//! A spoiled booklet is replaced by the desk's next one; the certificate number stays (字号不变).

use super::facts::MARRIAGE;
use super::papers::{self, Issued};
use crate::desk::fault::Fault;
use crate::desk::paper::Papers;
use crate::desk::record::Record;
use crate::desk::registry::House;
use crate::desk::stock::Replaced;
use crate::desk::{Problem, Session};
use crate::domain::party::Side;
use crate::store::{TallyRow, Tx};

/// Replaces the blank with `serial` under the certificate of a case.
pub(crate) fn replace_blank(
    tx: &mut Tx,
    house: &House,
    session: &Session,
    case: &str,
    serial: &str,
    reason: &str,
) -> Result<Replaced, Problem> {
    let day = session.today();
    let row = tx.case(case)?.ok_or_else(|| Fault::NoCase(case.to_owned()))?;
    let elsewhere = || Fault::BlankElsewhere(serial.to_owned(), "不在这件业务的证上");
    let certificate = tx.certificate_of_case(case)?.ok_or_else(elsewhere)?;
    let side = match serial {
        _ if certificate.blank_first.as_deref() == Some(serial) => Side::Man,
        _ if certificate.blank_second.as_deref() == Some(serial) => Side::Woman,
        _ => return Err(elsewhere().into()),
    };
    tx.spoil_blank(serial, reason, day)?;
    tx.tally(day, &TallyRow::one("blank.spoiled", session.desk(), session.account()))?;
    let fresh = tx
        .take_blank(MARRIAGE, session.desk(), case, day)?
        .ok_or_else(|| Fault::NoBlank(session.desk().to_owned()))?;
    tx.replace_blank(case, serial, &fresh)?;
    let (Some(man), Some(woman)) = (certificate.blank_first, certificate.blank_second) else {
        return Err(elsewhere().into());
    };
    let blanks = match side {
        Side::Man => [fresh.clone(), woman],
        Side::Woman => [man, fresh.clone()],
    };
    let issued = Issued {
        number: certificate.number,
        blanks: Some(blanks),
    };
    let papers = Papers {
        house,
        case,
        record_sha256: &row.record_sha256,
        dated: session.now(),
        specimen: house.profile.training,
    };
    let record = Record::read(case, &row.examined)?;
    let documents = papers::after_replacement(tx, &papers, &record, &issued, side)?;
    Ok(Replaced {
        serial: fresh,
        documents,
    })
}
