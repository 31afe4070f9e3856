//! `waiver price-list` and `waiver payments`: papers that belong to no single case - the price list for the wall, and
//! the list by which money is paid out.

use std::path::PathBuf;

use chrono::{Days, Months, NaiveDate};
use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::stop::{Exit, Stop};
use crate::cli::{output, paper};
use crate::desk::{Registry, Session, StoredDocument};

/// 价目公示：某一天有效的收费目录，挂在窗口 / the price list in force on a day, to hang on the wall
#[derive(Debug, Args)]
pub(in crate::cli) struct PriceList {
    /// 收费目录的代号，如 hangzhou / the price list
    tariff: String,
    /// 哪一天有效的；不写就是今天 / in force on which day; today if left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,
    /// PDF 文件；不写就放在库旁的 papers / the PDF
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// 发放表：一段日子里要发给家属的钱 / what is to be paid out to families for a span of days
#[derive(Debug, Args)]
pub(in crate::cli) struct Payments {
    /// 起止，如 2026-11-01..2026-11-15；也可以是一天 2026-11-24，或一个月 2026-11 / two days, one day, or a month
    #[arg(value_name = "FROM..TO", value_parser = span)]
    span: Span,
    /// PDF 文件；不写就放在库旁的 papers / the PDF
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The first and the last day.
type Span = (NaiveDate, NaiveDate);

impl PriceList {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let on = self.on.unwrap_or_else(|| session.today());
        let sheet = registry.price_list(&session, &self.tariff, on)?;
        let told = json!({"tariff": self.tariff, "on": on});
        given_out(&mut registry, &session, &sheet, self.output.as_ref(), told)
    }
}

impl Payments {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let (from, to) = self.span;
        let sheet = registry.payment_list(&session, from, to)?;
        let told = json!({"from": from, "to": to});
        given_out(&mut registry, &session, &sheet, self.output.as_ref(), told)
    }
}

/// Writes the paper out and says where it lies.
fn given_out(
    registry: &mut Registry,
    session: &Session,
    sheet: &StoredDocument,
    file: Option<&PathBuf>,
    told: Value,
) -> Result<Exit, Stop> {
    let written = paper::write_one(registry, session, sheet, file)?;
    output::say(&written.file.display().to_string());
    let mut result = Map::from_iter([("guitai".to_owned(), json!(1))]);
    if let Value::Object(told) = told {
        result.extend(told);
    }
    result.insert("documents".to_owned(), json!([written.told()]));
    output::json(&Value::Object(result))?;
    Ok(Exit::Done)
}

/// A span of days: `A..B`, a day, or a month.
fn span(text: &str) -> Result<Span, String> {
    if let Some((from, to)) = text.split_once("..") {
        return Ok((day(from.trim())?, day(to.trim())?));
    }
    let month = || {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        let next = first.checked_add_months(Months::new(1))?;
        Some((first, next.checked_sub_days(Days::new(1))?))
    };
    match (text.len() == 7).then(month).flatten() {
        Some(span) => Ok(span),
        None => day(text).map(|day| (day, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_two_days_one_day_or_a_month() {
        let read = |text| span(text).map(|(from, to)| format!("{from} {to}"));
        assert_eq!(read("2026-11-01..2026-11-15").as_deref(), Ok("2026-11-01 2026-11-15"));
        assert_eq!(read("2026-11-24").as_deref(), Ok("2026-11-24 2026-11-24"));
        assert_eq!(read("2028-02").as_deref(), Ok("2028-02-01 2028-02-29"));
        assert_eq!(read("2026-12").as_deref(), Ok("2026-12-01 2026-12-31"));
        for wrong in ["2026-13", "2026", "2026-11-31", "2026-11-01..", "..", "november"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
