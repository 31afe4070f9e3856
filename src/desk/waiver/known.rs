//! What number and record know of a deceased: whether the fees were settled before, are being settled elsewhere, or
//! which settlement a later one follows. The sentences stand in `forms/rules/messages.toml`.

use super::reading::Told;
use super::{WAIVER, message, say};
use crate::desk::Problem;
use crate::desk::business::Own;
use crate::domain::finding::{Finding, Severity};
use crate::domain::id_number::{IdFault, IdKind, IdNumber};
use crate::domain::text::{half_width, show_code_points};
use crate::forms::Forms;
use crate::store::{Reader, SettlementRow};

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
        if deceased.is_empty() {
            return Ok(None);
        }
        if let Some(number) = reader.settlement_of_person(deceased)? {
            self.say("settled-before", "deceased.id_no", &[("number", &number)]);
        } else if let Some(case) = reader.open_case_of(WAIVER, deceased, own.case)? {
            self.say("open-before", "deceased.id_no", &[("case", &case)]);
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

/// The number; 18 places that begin with 17 digits are a resident's, whatever else they could be taken for.
fn number_of(text: &str) -> Result<IdNumber, IdFault> {
    let plain = half_width(text);
    let plain = plain.trim();
    let resident = plain.chars().count() == 18 && plain.chars().take(17).all(|c| c.is_ascii_digit());
    if resident {
        IdNumber::recognise(plain)
            .ok()
            .filter(|id| id.kind() != IdKind::Other)
            .map_or_else(|| IdNumber::parse(IdKind::ResidentId, plain), Ok)
    } else {
        IdNumber::recognise(plain)
    }
}
