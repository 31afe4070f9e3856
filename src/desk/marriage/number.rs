//! The certificate number (字号) of a marriage: the province's, copied by hand; one from a block opened here; or none,
//! and the couple is only recorded.

use chrono::Datelike;

use super::facts::may_issue;
use crate::desk::registry::House;
use crate::desk::{Problem, Profile, Session};
use crate::domain::certificate::{CertificateKind, CertificateNumber, SlipNumber};
use crate::domain::finding::{Finding, Severity};
use crate::domain::party::Side;
use crate::forms::Examination;
use crate::store::Reader;

/// Where it is typed.
const FIELD: &str = "case.number";

/// From where a number comes, if one may be given at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// The province gave it.
    Province(CertificateNumber),
    /// A block of our own.
    Block,
    /// None may be given now.
    Nowhere,
}

/// Decides it. `typed` is the number copied from the province, `checks` the results of both online checks as data.
///
/// Where numbers come from the province alone, a check that was not made never leads to a certificate (I6).
pub(super) fn source(
    reader: &Reader,
    profile: &Profile,
    session: &Session,
    typed: &str,
    checks: [&str; 2],
) -> Result<Source, Problem> {
    let own = may_issue(reader, profile, session)?;
    let checked = checks.iter().all(|result| matches!(*result, "agrees" | "disagrees"));
    Ok(match CertificateNumber::parse(typed) {
        Ok(number) if own || checked => Source::Province(number),
        Ok(_) => Source::Nowhere,
        Err(_) if own => Source::Block,
        Err(_) => Source::Nowhere,
    })
}

/// What there is to say about a number that was typed in: it must be this registry's, of this year, and nobody's yet.
pub(crate) fn findings(
    reader: &Reader,
    house: &House,
    session: &Session,
    examination: &Examination,
) -> Result<Vec<Finding>, Problem> {
    let data = |path: &str| examination.value(path).map(|value| value.data()).unwrap_or_default();
    let typed = data(FIELD);
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let profile = Profile::read(reader)?;
    let year = session.today().year();
    let told = |code: &str, severity: Severity, (name, value): (&str, &str)| {
        let params = [("number", typed.clone()), (name, value.to_owned())];
        house.finding(code, severity, FIELD, params)
    };
    let plain = ("", "");
    let Ok(number) = CertificateNumber::parse(&typed) else {
        // Whatever a person typed is used or refused, never passed over.
        let code = match SlipNumber::parse(&typed) {
            Ok(_) => "number.slip",
            Err(_) => "number.form",
        };
        let like = CertificateNumber::new(CertificateKind::Marriage, profile.code, year, 1);
        let like = like.map(|number| number.to_string()).unwrap_or_default();
        return Ok(vec![told(code, Severity::Error, ("like", &like))]);
    };
    let place = i64::from(number.sequence());
    let mut found = Vec::new();
    if number.kind() != CertificateKind::Marriage {
        found.push(told("number.kind", Severity::Error, plain));
    } else if number.registry() != profile.code {
        let code = profile.code.to_string();
        found.push(told("number.registry", Severity::Error, ("code", &code)));
    } else if number.year() != year {
        found.push(told("number.year", Severity::Error, ("year", &year.to_string())));
    } else if let Some(known) = reader.certificate_by_number(&number.to_string())? {
        let names = format!("{}、{}", known.first_name, known.second_name);
        found.push(told("number.taken", Severity::Error, ("names", &names)));
    } else if reader.numbers_known(number.kind().letters(), year, place, place)? {
        found.push(told("number.in-block", Severity::Error, plain));
    }
    let checks = Side::BOTH.map(|side| data(&format!("check.{side}")));
    let checks = checks.each_ref().map(String::as_str);
    let unanswered = checks.iter().any(|result| result.is_empty());
    if found.is_empty() && !unanswered && source(reader, &profile, session, &typed, checks)? == Source::Nowhere {
        found.push(told("number.held", Severity::Warn, plain));
    }
    Ok(found)
}
