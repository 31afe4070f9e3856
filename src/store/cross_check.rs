//! What one table says held against what another says: numbers, blanks, certificates, tallies. The chain proves that no
//! row was changed since; this proves that the acts wrote what belongs together.

use rusqlite::Connection;

use super::{Against, Flaw, StoreError};

/// All of it.
pub(super) fn all(connection: &Connection) -> Result<(), StoreError> {
    numbers_have_one_fate(connection)?;
    certificates_and_cases_agree(connection)?;
    blanks_and_certificates_agree(connection)?;
    settlements_add_up(connection)?;
    tallies_agree(connection)
}

/// No gap in any own sequence or block, no number beside a block, and every used number has its case. Twins cannot be.
fn numbers_have_one_fate(connection: &Connection) -> Result<(), StoreError> {
    let own = "SELECT l.sequence || ' ' || l.year || ': ' || count(*) || ' / ' || max(l.n) FROM number_ledger l
        WHERE NOT EXISTS (SELECT 1 FROM number_block b WHERE b.sequence = l.sequence AND b.year = l.year)
        GROUP BY l.sequence, l.year HAVING min(l.n) <> 1 OR max(l.n) <> count(*) LIMIT 1";
    refuse_any(connection, own, Against::SequenceGap)?;
    let block = "SELECT b.sequence || ' ' || b.year || ' ' || b.first || '-' || b.last FROM number_block b
        WHERE (SELECT count(*) FROM number_ledger l WHERE l.sequence = b.sequence AND l.year = b.year
            AND l.n BETWEEN b.first AND b.next - 1) <> b.next - b.first LIMIT 1";
    refuse_any(connection, block, Against::BlockGap)?;
    let beside = "SELECT l.sequence || ' ' || l.year || ' ' || l.n FROM number_ledger l
        WHERE EXISTS (SELECT 1 FROM number_block b WHERE b.sequence = l.sequence AND b.year = l.year)
          AND NOT EXISTS (SELECT 1 FROM number_block b WHERE b.sequence = l.sequence AND b.year = l.year
            AND l.n BETWEEN b.first AND b.next - 1) LIMIT 1";
    refuse_any(connection, beside, Against::BesideBlocks)?;
    let orphan = "SELECT l.sequence || ' ' || l.year || ' ' || l.n FROM number_ledger l WHERE l.fate = 'used' AND
        NOT EXISTS (SELECT 1 FROM case_file c WHERE c.number = l.case_number) LIMIT 1";
    refuse_any(connection, orphan, Against::NumberWithoutCase)
}

/// Each own certificate bears its case's number, and each case that got a number has its certificate.
fn certificates_and_cases_agree(connection: &Connection) -> Result<(), StoreError> {
    let alone = "SELECT c.number FROM certificate c WHERE c.origin = 'own' AND NOT EXISTS (SELECT 1 FROM case_file f
        WHERE f.number = c.case_number AND f.certificate = c.number AND f.state = 'closed') LIMIT 1";
    refuse_any(connection, alone, Against::CertificateAndCase)?;
    let without = "SELECT f.number FROM case_file f WHERE f.certificate IS NOT NULL AND f.outcome IN ('registered', 'recorded')
        AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.number = f.certificate AND c.case_number = f.number) LIMIT 1";
    refuse_any(connection, without, Against::CaseWithoutCertificate)
}

/// A used blank stands under a certificate, and a certificate's blanks are used.
fn blanks_and_certificates_agree(connection: &Connection) -> Result<(), StoreError> {
    let loose = "SELECT b.serial FROM blank b WHERE b.state = 'used' AND NOT EXISTS (SELECT 1 FROM certificate c
        WHERE c.case_number = b.case_number AND b.serial IN (c.blank_first, c.blank_second)) LIMIT 1";
    refuse_any(connection, loose, Against::BlankWithoutCertificate)?;
    let unbacked = "SELECT c.number FROM certificate c WHERE c.blank_first IS NOT NULL AND c.origin = 'own' AND
        (SELECT count(*) FROM blank b WHERE b.serial IN (c.blank_first, c.blank_second) AND b.state = 'used') <> 2 LIMIT 1";
    refuse_any(connection, unbacked, Against::CertificateAndBlanks)
}

/// Each day's tallies say as much as its closed cases and its settlements.
fn tallies_agree(connection: &Connection) -> Result<(), StoreError> {
    let cases = "SELECT day || ' ' || kind FROM (
          SELECT day, kind || '.' || outcome AS kind, 1 AS n FROM case_file WHERE state = 'closed'
          UNION ALL SELECT day, kind, -n FROM day_tally WHERE kind IN ('marriage.registered', 'marriage.recorded',
            'marriage.refused', 'waiver.settled', 'waiver.refused'))
        GROUP BY day, kind HAVING sum(n) <> 0 LIMIT 1";
    refuse_any(connection, cases, Against::DayAndCases)?;
    let waived = "SELECT day FROM (
          SELECT s.day AS day, l.free AS fen FROM settlement s JOIN bill_line l ON l.settlement = s.number
          UNION ALL SELECT s.voided_on, -l.free FROM settlement s JOIN bill_line l ON l.settlement = s.number
            WHERE s.state = 'voided'
          UNION ALL SELECT day, -fen FROM day_tally WHERE kind IN ('waiver.item', 'waiver.voided.item'))
        GROUP BY day HAVING sum(fen) <> 0 LIMIT 1";
    refuse_any(connection, waived, Against::DayAndSettlements)
}

/// A settlement's sums are those of its lines, and what is not free is the family's.
fn settlements_add_up(connection: &Connection) -> Result<(), StoreError> {
    let sums = "SELECT s.number FROM settlement s LEFT JOIN bill_line l ON l.settlement = s.number GROUP BY s.id
        HAVING s.listed <> COALESCE(sum(l.listed), 0) OR s.free <> COALESCE(sum(l.free), 0)
          OR s.family <> COALESCE(sum(l.family), 0) OR s.listed <> s.free + s.family LIMIT 1";
    refuse_any(connection, sums, Against::SettlementAndLines)?;
    let cases = "SELECT s.number FROM settlement s WHERE NOT EXISTS (SELECT 1 FROM case_file c
        WHERE c.number = s.case_number AND c.certificate = s.number AND c.outcome = 'settled') LIMIT 1";
    refuse_any(connection, cases, Against::SettlementWithoutCase)
}

fn refuse_any(connection: &Connection, sql: &str, how: Against) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Err(StoreError::Damaged(Flaw::Against(how, row.get(0)?))),
        None => Ok(()),
    }
}
