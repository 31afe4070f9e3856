//! Blank certificates (空白证): received by the stock keeper, given to desks, spoiled and replaced.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::case_view::known;
use super::fault::Fault;
use super::marriage;
use super::paper::StoredDocument;
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::domain::certificate::{BlankFault, BlankSerial, CertificateKind, SerialRange};
use crate::domain::text::clean;
use crate::store::{BalanceRow, HeldRow, Reader, TallyRow};

/// Kinds of blanks.
pub(super) const KINDS: [&str; 2] = ["marriage", "divorce"];

/// Most serials of one act.
const MOST: u64 = 20_000;

/// The blanks of a kind on a day, and where they lie now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockLine {
    /// Kind of certificate: `marriage`, `divorce`.
    pub kind: String,
    /// In the house the evening before.
    pub opening: i64,
    /// Received.
    pub received: i64,
    /// Used, and not spoiled the same day.
    pub used: i64,
    /// Spoiled, other than under a certificate of an earlier day.
    pub spoiled: i64,
    /// Left.
    pub closing: i64,
    /// Serials used.
    pub used_serials: Vec<String>,
    /// Serials spoiled.
    pub spoiled_serials: Vec<String>,
    /// Serials spoiled under a certificate of an earlier day, which counts them as used.
    pub withdrawn_serials: Vec<String>,
    /// What is left, as ranges.
    pub closing_serials: Vec<String>,
}

/// The stock on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockView {
    /// The day.
    pub day: NaiveDate,
    /// Line by kind.
    pub lines: Vec<StockLine>,
    /// Blanks at this desk, by kind.
    pub at_desk: Vec<(String, i64)>,
    /// Where blanks lie now, whatever the day.
    pub held: Vec<HeldBlanks>,
}

/// Blanks of a kind that lie in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldBlanks {
    /// Kind of certificate: `marriage`, `divorce`.
    pub kind: String,
    /// The desk; empty for the store room.
    pub desk: String,
    /// How many.
    pub n: i64,
    /// The lowest serial.
    pub first: String,
}

/// A blank that was spoiled and replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The blank that took its place.
    pub serial: String,
    /// Papers to be printed anew: the data page, and the sheet that names the serial.
    pub documents: Vec<StoredDocument>,
}

impl Registry {
    /// Books a range of blanks in, and says how many.
    ///
    /// # Errors
    /// No range, a serial that is known, no permission, or the store cannot be written.
    pub fn receive_blanks(
        &mut self,
        session: &Session,
        kind: &str,
        first: &str,
        last: &str,
        source: &str,
    ) -> Result<u64, Problem> {
        let kind = known_kind(kind)?;
        let range = range(first, last)?;
        let source = clean(source).text;
        let subject = range.to_string();
        let act = Act::new("stock.receive", &subject).with(json!({"kind": kind, "source": source}));
        self.perform(session, Permission::Stock, act, |tx, _| {
            let serials: Vec<String> = range.iter().map(|serial| serial.to_string()).collect();
            for serial in &serials {
                if tx.blank(serial)?.is_some() {
                    return Err(Fault::BlankElsewhere(serial.clone(), "早已登记入库").into());
                }
            }
            tx.receive_blanks(kind, &serials, &source, session.today())?;
            Ok(range.count())
        })
    }

    /// Gives a range of blanks in stock to a desk, and says how many.
    ///
    /// # Errors
    /// No range, a serial not in stock, no permission, or the store cannot be written.
    pub fn issue_blanks(&mut self, session: &Session, first: &str, last: &str, desk: &str) -> Result<u64, Problem> {
        let range = range(first, last)?;
        let subject = range.to_string();
        let act = Act::new("stock.issue", &subject).with(json!({"desk": desk}));
        self.perform(session, Permission::Stock, act, |tx, _| {
            for serial in range.iter().map(|serial| serial.to_string()) {
                match tx.blank(&serial)? {
                    None => return Err(Fault::BlankElsewhere(serial, "没有登记入库").into()),
                    Some(row) if row.state != "in_stock" => {
                        return Err(Fault::BlankElsewhere(serial, "不在库里").into());
                    }
                    Some(_) => tx.give_blank(&serial, desk)?,
                }
            }
            Ok(range.count())
        })
    }

    /// Marks a blank that nobody used as spoiled.
    ///
    /// # Errors
    /// It is unknown, spoiled already, or used (then [`Registry::replace_blank`]); no reason, no permission, or the
    /// store cannot be written.
    pub fn spoil_blank(&mut self, session: &Session, serial: &str, reason: &str) -> Result<(), Problem> {
        let (serial, reason) = (known_serial(serial)?, reason_given(reason)?);
        let session = &session.at_one_moment();
        let act = Act::new("stock.spoil", &serial).with(json!({"reason": reason}));
        self.perform(session, Permission::Spoil, act, |tx, _| {
            let state = tx.blank(&serial)?.map(|row| row.state);
            match state.as_deref() {
                None => return Err(Fault::BlankElsewhere(serial.clone(), "没有登记入库").into()),
                Some("used") => return Err(Fault::BlankElsewhere(serial.clone(), "已用在证上，请用换证").into()),
                Some("spoiled") => return Err(Fault::BlankElsewhere(serial.clone(), "早已作废").into()),
                Some(_) => {}
            }
            tx.spoil_blank(&serial, &reason, session.today())?;
            Ok(tx.tally(
                session.today(),
                &TallyRow::one("blank.spoiled", session.desk(), session.account()),
            )?)
        })
    }

    /// Spoils the blank a certificate stands on and puts the desk's next one in its place. The number stays. The case is
    /// named by its own number or its certificate's.
    ///
    /// # Errors
    /// The blank is not under the case's certificate, the desk has none left, no reason, no permission, or the store
    /// cannot be written.
    pub fn replace_blank(
        &mut self,
        session: &Session,
        case: &str,
        serial: &str,
        reason: &str,
    ) -> Result<Replaced, Problem> {
        let (serial, reason) = (known_serial(serial)?, reason_given(reason)?);
        let session = &session.at_one_moment();
        let case = &self.read(|reader| known(reader, case))?.id;
        let act = Act::new("stock.replace", case).with(json!({"spoiled": serial, "reason": reason}));
        self.perform(session, Permission::Spoil, act, |tx, house| {
            marriage::replace_blank(tx, house, session, case, &serial, &reason)
        })
    }

    /// The stock on a day.
    ///
    /// # Errors
    /// No permission, or the store cannot be read.
    pub fn stock(&self, session: &Session, day: NaiveDate) -> Result<StockView, Problem> {
        session.allow(Permission::Day)?;
        self.read(|reader| stock_view(reader, day, session.desk()))
    }
}

/// The stock as one moment of the record shows it.
pub(super) fn stock_view(reader: &Reader, day: NaiveDate, desk: &str) -> Result<StockView, Problem> {
    let lines: Vec<StockLine> = reader.blank_balance(day)?.into_iter().map(line).collect();
    let at_desk = KINDS
        .iter()
        .map(|kind| Ok(((*kind).to_owned(), reader.blanks_at(kind, desk)?)));
    Ok(StockView {
        day,
        at_desk: at_desk.collect::<Result<_, Problem>>()?,
        held: reader.blanks_held()?.into_iter().map(held).collect(),
        lines,
    })
}

fn held(row: HeldRow) -> HeldBlanks {
    HeldBlanks {
        kind: row.kind,
        desk: row.desk,
        n: row.n,
        first: row.first,
    }
}

fn line(row: BalanceRow) -> StockLine {
    StockLine {
        kind: row.kind,
        opening: row.opening,
        received: row.received,
        used: row.used,
        spoiled: row.spoiled,
        closing: row.closing,
        used_serials: ranges(&row.used_serials),
        spoiled_serials: ranges(&row.spoiled_serials),
        withdrawn_serials: ranges(&row.withdrawn_serials),
        closing_serials: ranges(&row.closing_serials),
    }
}

/// Serials in order as ranges: `浙J0000001-浙J0000009`.
fn ranges(serials: &[String]) -> Vec<String> {
    let mut ranges: Vec<(BlankSerial, BlankSerial)> = Vec::new();
    for serial in serials.iter().filter_map(|text| BlankSerial::parse(text).ok()) {
        match ranges.last_mut() {
            Some((_, last)) if last.next().as_ref() == Some(&serial) => *last = serial,
            _ => ranges.push((serial.clone(), serial)),
        }
    }
    let shown = ranges
        .into_iter()
        .filter_map(|(first, last)| SerialRange::new(first, last).ok());
    shown.map(|range| range.to_string()).collect()
}

/// The word for a kind of blanks.
pub(super) fn kind_label(kind: &str) -> &str {
    match kind.parse::<CertificateKind>() {
        Ok(known) => known.label(),
        Err(_) => kind,
    }
}

fn known_kind(kind: &str) -> Result<&'static str, Problem> {
    let known = KINDS.into_iter().find(|known| *known == kind);
    known.ok_or_else(|| Fault::NoSuchBlankKind(kind.to_owned()).into())
}

fn known_serial(text: &str) -> Result<String, Problem> {
    match BlankSerial::parse(text) {
        Ok(serial) => Ok(serial.to_string()),
        Err(fault) => Err(Fault::BadSerial(fault.to_string(), fault.english()).into()),
    }
}

fn range(first: &str, last: &str) -> Result<SerialRange, Problem> {
    let bad = |fault: BlankFault| Fault::BadSerial(fault.to_string(), fault.english());
    let (first, last) = (
        BlankSerial::parse(first).map_err(bad)?,
        BlankSerial::parse(last).map_err(bad)?,
    );
    let range = SerialRange::new(first, last).map_err(bad)?;
    if range.count() > MOST {
        return Err(Fault::RangeTooLong(range.count()).into());
    }
    Ok(range)
}

/// The reason of an act that asks for one.
pub(super) fn reason_given(reason: &str) -> Result<String, Problem> {
    let reason = clean(reason).text.trim().to_owned();
    if reason.is_empty() {
        Err(Fault::NoReason.into())
    } else {
        Ok(reason)
    }
}
