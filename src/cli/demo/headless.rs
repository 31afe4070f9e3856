//! The walk without a terminal: a couple registered, a couple refused with its paper, a bill settled, an invoice from
//! elsewhere reimbursed, the price list for the wall, the payment list, the day's sheet.

use std::path::Path;

use serde_json::{Value, json};

use super::{PASSWORD, opened, people};
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::paper::{self, Written};
use crate::cli::stop::{Exit, Stop};
use crate::cli::submit::say_findings;
use crate::desk::{Outcome, Registry, Session, SubmitOptions};

/// What was done on the way.
#[derive(Default)]
struct Walk {
    cases: Vec<Value>,
    papers: Vec<Written>,
}

/// Walks; the database is made in the folder unless `--db` names one.
pub(super) fn walk(context: &Context, folder: &Path) -> Result<Exit, Stop> {
    output::writable(folder)?;
    let path = context.named_db().unwrap_or_else(|| folder.join("demo.db"));
    let mut registry = opened(context, &path)?;
    let mut walk = Walk::default();
    let session = signed_in(context, &mut registry, "registrar")?;
    let today = session.today();
    // Each walk takes people that none took before.
    let n = usize::try_from(registry.day_view(&session, today)?.audit_seq).unwrap_or_default();
    let mut refused = people::too_young(n, today);
    if let Some(answers) = refused.as_object_mut() {
        answers.insert("close_as_refused".into(), json!(true));
    }
    for (form, answers, outcome) in [
        ("marriage", people::couple(n, today), Outcome::Registered),
        ("marriage", refused, Outcome::Refused),
        ("waiver", people::claim(n, today), Outcome::Settled),
        ("waiver", people::from_elsewhere(n, today), Outcome::Settled),
    ] {
        walk.case(context, &mut registry, &session, folder, form, &answers, outcome)?;
    }
    let supervisor = signed_in(context, &mut registry, "supervisor")?;
    let sheets = [
        registry.price_list(&supervisor, "sample", today)?,
        registry.payment_list(&supervisor, today, today)?,
        registry.day_sheet(&supervisor, today)?,
    ];
    let ids = sheets.map(|sheet| sheet.id);
    walk.papers(&mut registry, &supervisor, folder, &ids)?;
    let papers = walk.papers.iter().map(Written::told).collect::<Vec<_>>();
    context.say(
        &format!("演示完毕：{} 件业务，{} 份文书。", walk.cases.len(), papers.len()),
        &format!("The demo is done: {} cases, {} papers.", walk.cases.len(), papers.len()),
    );
    output::json(&json!({
        "guitai": 1, "db": path.display().to_string(), "cases": walk.cases, "documents": papers,
    }))?;
    Ok(Exit::Done)
}

fn signed_in(context: &Context, registry: &mut Registry, account: &str) -> Result<Session, Stop> {
    Ok(registry.sign_in(account, PASSWORD, context.desk(), context.clock())?)
}

impl Walk {
    #[expect(clippy::too_many_arguments, reason = "one case and all it stands on")]
    fn case(
        &mut self,
        context: &Context,
        registry: &mut Registry,
        session: &Session,
        folder: &Path,
        form: &str,
        answers: &Value,
        outcome: Outcome,
    ) -> Result<(), Stop> {
        let submitted = registry.submit(session, form, answers, SubmitOptions::default())?;
        if submitted.outcome != outcome || submitted.case.is_none() {
            say_findings(&submitted.findings, context);
            let came = submitted.outcome.as_str();
            return Err(Stop::Said(
                Exit::Refused,
                format!("演示没有走完：{form} 的结果是 {came}。"),
                format!("The demo stops: {form} came out as {came}."),
            ));
        }
        self.cases.push(json!({
            "form": form, "outcome": submitted.outcome.as_str(), "case": submitted.case, "number": submitted.number,
        }));
        let ids: Vec<i64> = submitted.documents.iter().map(|paper| paper.id).collect();
        self.papers(registry, session, folder, &ids)
    }

    fn papers(&mut self, registry: &mut Registry, session: &Session, folder: &Path, ids: &[i64]) -> Result<(), Stop> {
        let place = |job: &_| folder.join(paper::file_name(job));
        let written = paper::write_out(registry, session, ids, "", &place)?.all()?;
        self.papers.extend(written);
        Ok(())
    }
}
