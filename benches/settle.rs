//! A waiver against its budget: from the claim to the settlement's PDF in 15 ms, the durable act included.
//! `cargo bench --bench settle`; it ends with an error where the budget is broken.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use guitai::desk::{Clock, Founding, Registry, Session, SubmitOptions};
use guitai::forms::Forms;
use guitai::print::{Offset, render_stored};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Settlements of the bench.
const ROUNDS: usize = 101;

fn main() -> Outcome<()> {
    let folder = tempfile::TempDir::new()?;
    let at = NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(9, 0, 0));
    let at = at.ok_or("time")?;
    let forms = Arc::new(Forms::embedded());
    let mut registry = Registry::found(&folder.path().join("b.db"), forms, &Founding::training(at)?)?;
    let session = registry.sign_in("clerk", "training", "1", Clock::Fixed(at))?;
    let (mut acts, mut papers) = (Vec::new(), Vec::new());
    for n in 0..=ROUNDS {
        let (act, paper) = settled(&mut registry, &session, n)?;
        acts.push(act);
        papers.push(act + paper);
    }
    let mut out = std::io::stdout().lock();
    let (act, whole) = (median(acts), median(papers));
    writeln!(
        out,
        "claim of twenty lines to durable settlement with four papers: {act:?} (median of {ROUNDS})"
    )?;
    writeln!(out, "the same, and the settlement as a PDF: {whole:?}")?;
    if whole >= Duration::from_millis(15) {
        return Err("settlement to PDF: 15 ms".into());
    }
    Ok(())
}

/// One act, and the printing of its bill.
fn settled(registry: &mut Registry, session: &Session, n: usize) -> Outcome<(Duration, Duration)> {
    let claim = claim(n);
    let begun = Instant::now();
    let answer = registry.submit(session, "waiver", &claim, SubmitOptions::default())?;
    let act = begun.elapsed();
    let bill = answer.documents.get(1).ok_or("no bill")?.id;
    let begun = Instant::now();
    let jobs = registry.announce_print(session, &[bill], "")?;
    let job = jobs.first().ok_or("no copy")?;
    render_stored(&job.document.document, &job.layout_text, Offset::NONE)?;
    Ok((act, begun.elapsed()))
}

/// An invented claim of twenty lines; nobody has an ID number, so that everybody is another.
fn claim(n: usize) -> Value {
    let codes = ["TRANSPORT", "COLD", "STORE", "VIGIL", "URN", "VISIT", "EARLY", "HALL"];
    let lines = (0..20).map(|line| {
        let code = codes.get(line % codes.len()).copied().unwrap_or_default();
        json!({"item": code, "quantity": line % 3 + 1, "km": 12, "floors": 2})
    });
    json!({
        "guitai": 1, "policy": "sample",
        "dates": {"death": "2026-11-20", "cremation": "2026-11-22"},
        "deceased": {"name": format!("逝者{n}")}, "applicant": {"name": "家属"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
        "bill": lines.collect::<Vec<_>>(),
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
