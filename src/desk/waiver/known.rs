//! What number and record know of a deceased: whether the fees were settled before, are being settled elsewhere, or
//! which settlement a later one follows. The sentences stand in `forms/rules/messages.toml`.

use super::reading::Told;
use super::{WAIVER, message, say};
use crate::desk::Problem;
use crate::desk::business::Own;
use crate::desk::record::Record;
use crate::domain::date::PartialDate;
use crate::domain::finding::{Finding, Severity};
use crate::domain::id_number::{IdFault, IdKind, IdNumber};
use crate::domain::text::{half_width, show_code_points};
use crate::forms::Forms;
use crate::store::{Reader, SettlementRow};

/// Settlements of one name that are looked through.
const MOST_ALIKE: i64 = 50;

/// A claim, and what there is to say about it.
pub(super) struct Known<'a> {
    pub forms: &'a Forms,
    pub told: &'a Told,
    pub findings: &'a mut Vec<Finding>,
}

impl Known<'_> {
    fn say(&mut self, code: &str, field: &str, params: &[(&str, &str)]) {
        self.findings.push(message(self.forms, code, field, params));
    }

    /// What nobody can see and was taken out of texts (I7).
    pub(super) fn invisible(&mut self) {
        for taken in &self.told.invisible {
            let characters = show_code_points(&taken.characters);
            let named = [
                ("label", &taken.path),
                ("label_en", &taken.path),
                ("characters", &characters),
            ];
            let params = named.map(|(name, value)| (name.to_owned(), value.clone())).into();
            let found = self.forms.message("answer.invisible", Some(&taken.path), params);
            self.findings.extend(found);
        }
    }

    /// Whether it is said who died.
    pub(super) fn who_died(&mut self) {
        let deceased = &self.told.request.deceased;
        if deceased.name.trim().is_empty() {
            self.say("deceased-name", "deceased.name", &[]);
        }
        if deceased.id_no.trim().is_empty() {
            self.say("deceased-unknown", "deceased.id_no", &[]);
        }
    }

    /// What the number of the deceased says, against what was stated.
    pub(super) fn number_of_the_deceased(&mut self) {
        let deceased = &self.told.request.deceased;
        if deceased.id_no.trim().is_empty() {
            return;
        }
        let stated = self.told.request.claim.birth;
        match number_of(&deceased.id_no) {
            Ok(id) if id.birth().is_some_and(|birth| stated.is_some_and(|day| day != birth)) => {
                self.say("deceased-birth", "deceased.birth", &[]);
            }
            // It may be a passport of somewhere. That nobody knows what it is must be seen, though.
            Ok(id) if id.kind() == IdKind::Other => {
                self.say("deceased-id-kind", "deceased.id_no", &[("number", id.as_str())]);
            }
            Ok(_) => {}
            Err(fault) => {
                let (zh, en) = (fault.to_string(), fault.english());
                self.findings
                    .push(say(Severity::Error, "waiver.deceased-id", "deceased.id_no", zh, en));
            }
        }
    }

    /// What stands of this deceased: a settlement, a case at another desk, the settlement it follows.
    pub(super) fn before(
        &mut self,
        reader: &Reader,
        [deceased, _]: &[String; 2],
        own: Own,
    ) -> Result<Option<SettlementRow>, Problem> {
        if !self.told.former.is_empty() {
            return self.followed(reader, deceased);
        }
        if !deceased.is_empty() {
            if let Some(number) = reader.settlement_of_person(deceased)? {
                self.say("settled-before", "deceased.id_no", &[("number", &number)]);
                return Ok(None);
            }
            if let Some(case) = reader.open_case_of(WAIVER, deceased, own.case)? {
                self.say("open-before", "deceased.id_no", &[("case", &case)]);
                return Ok(None);
            }
        }
        if let Some(number) = self.alike(reader, deceased)? {
            self.say("settled-alike", "deceased.name", &[("number", &number)]);
        }
        Ok(None)
    }

    /// A settlement of somebody of this name who died on this day, where not both have a number: two numbers are two
    /// people.
    fn alike(&self, reader: &Reader, deceased: &str) -> Result<Option<String>, Problem> {
        let request = &self.told.request;
        let (name, Some(died)) = (request.deceased.name.trim(), request.claim.dates.death) else {
            return Ok(None);
        };
        let died = PartialDate::Day(died).chinese();
        for (number, case) in reader.settlements_of_name(name, MOST_ALIKE)? {
            let Some(row) = reader.case(&case)? else { continue };
            let unnumbered = deceased.is_empty() || row.first_id.is_empty();
            if unnumbered && Record::read(&row.id, &row.examined)?.data("deceased.died") == died {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    fn followed(&mut self, reader: &Reader, deceased: &str) -> Result<Option<SettlementRow>, Problem> {
        let number = self.told.former.as_str();
        let named = [("number", number)];
        let Some(row) = reader.settlement(number)? else {
            self.say("former-unknown", "former", &named);
            return Ok(None);
        };
        if row.state != "settled" {
            self.say("former-voided", "former", &named);
        }
        if let Some(first) = &row.replaces {
            self.say("former-follows", "former", &[("number", number), ("first", first)]);
        }
        if reader.case(&row.case)?.is_none_or(|case| case.first_id != deceased) {
            self.say("former-other", "former", &named);
        }
        if self.told.reason.is_empty() {
            self.say("former-reason", "reason", &[]);
        }
        Ok(Some(row))
    }
}

/// Places of a number that is a resident's, mistyped or not: nothing else is so long and all but digits.
const RESIDENT: std::ops::RangeInclusive<usize> = 14..=20;

/// The number; one as long as a resident's and of digits alone is a resident's, whatever else it could be taken for.
fn number_of(text: &str) -> Result<IdNumber, IdFault> {
    let plain = half_width(text);
    let plain = plain.trim();
    let known = IdNumber::recognise(plain);
    let places = plain.chars().count();
    let others = plain.chars().filter(|c| !c.is_ascii_digit()).count();
    match &known {
        Ok(id) if id.kind() != IdKind::Other => known,
        _ if RESIDENT.contains(&places) && others <= 1 => {
            let kind = if places == 15 {
                IdKind::ResidentId15
            } else {
                IdKind::ResidentId
            };
            IdNumber::parse(kind, plain)
        }
        _ => known,
    }
}
