//! `waiver rehearse`: a draft tried on many bills - those of last year in the record, or those of a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::Args;
use serde_json::{Value, json};

use super::MOST;
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::stop::{Exit, Stop};
use crate::desk::waiver_request;
use crate::domain::finding::Finding;
use crate::domain::waiver::Policy;
use crate::forms::waiver::{Rehearsal, Request, WaiverBook};

/// Unreadable lines that are named one by one.
const NAMED: usize = 100;

/// 用草案测算一批账单，与现行政策比 / try a draft on many bills, beside what they come to now
#[derive(Debug, Args)]
pub(in crate::cli) struct Rehearse {
    /// 政策的 id：有草案用草案，否则用最新一版（草案放在 --forms 目录） / the policy: its draft, or its latest version
    policy: String,
    /// 账单：每行一份申请 JSON，- 为标准输入；不写就用库里结算过的 / the bills, a claim as JSON on each line, - for standard
    /// input; those settled in the record if left out
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "to"])]
    bills: Option<PathBuf>,
    /// 用按哪个政策结算的账单，可多次；不写就是同一个 id 的 / bills of which policies; those of the same id if left out
    #[arg(long, value_name = "POLICY")]
    of: Vec<String>,
    /// 库里从哪一天起；不写就是去年 / from which day of the record; last year if left out
    #[arg(long, value_name = "DAY", value_parser = day, requires = "to")]
    from: Option<NaiveDate>,
    /// 到哪一天 / to which day
    #[arg(long, value_name = "DAY", value_parser = day, requires = "from")]
    to: Option<NaiveDate>,
}

impl Rehearse {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let forms = context.forms()?;
        let draft = named(forms.waivers(), &self.policy)?;
        let mut rehearsal = Rehearsal::new(forms.waivers(), draft, &self.of);
        let mut unreadable = Unreadable::default();
        match &self.bills {
            None => self.recorded(context, &mut |claim| rehearsal.add(claim))?,
            Some(file) => each_line(file, &mut |number, line| match claim(line) {
                Ok(claim) => rehearsal.add(&claim),
                Err(says) => unreadable.add(number, &says),
            })?,
        }
        told(&rehearsal, context);
        unreadable.say(context);
        let mut result = rehearsal.to_json();
        if let Some(map) = result.as_object_mut() {
            map.insert(
                "unreadable".into(),
                json!({"bills": unreadable.count, "lines": unreadable.lines}),
            );
        }
        output::json(&result)?;
        Ok(if unreadable.count == 0 {
            Exit::Done
        } else {
            Exit::Refused
        })
    }

    /// The claims settled in the record: of last year, or of the days that were asked for.
    fn recorded(&self, context: &Context, take: &mut dyn FnMut(&Request)) -> Result<(), Stop> {
        let (mut registry, session) = context.signed_in()?;
        let last_year = session.today().year() - 1;
        let edge = |month, day| NaiveDate::from_ymd_opt(last_year, month, day).unwrap_or_default();
        let from = self.from.unwrap_or_else(|| edge(1, 1));
        let to = self.to.unwrap_or_else(|| edge(12, 31));
        Ok(registry.settled_claims(&session, from, to, take)?)
    }
}

/// The claim on a line, or why it is none.
fn claim(line: &[u8]) -> Result<Request, String> {
    let json: Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    waiver_request(&json).map_err(|findings| {
        let says: Vec<&str> = findings.iter().map(|finding| finding.says.as_str()).collect();
        says.join("；")
    })
}

fn named<'b>(book: &'b WaiverBook, id: &str) -> Result<&'b Policy, Stop> {
    book.candidate(id).ok_or_else(|| {
        let Finding { says, says_en, .. } = book.no_policy(id);
        Stop::input(
            &format!("{says}。草案放在 --forms 目录的 rules/policy 下。"),
            &format!("{says_en}. Drafts lie in rules/policy of the --forms folder."),
        )
    })
}

/// Lines that are no claim.
#[derive(Default)]
struct Unreadable {
    count: u64,
    lines: Vec<Value>,
}

impl Unreadable {
    fn add(&mut self, line: u64, says: &str) {
        self.count += 1;
        if self.lines.len() < NAMED {
            let says: String = says.chars().take(300).collect();
            self.lines.push(json!({"line": line, "says": says}));
        }
    }

    fn say(&self, context: &Context) {
        if self.count > 0 {
            let (n, first) = (
                self.count,
                self.lines.first().map(|line| &line["line"]).unwrap_or(&Value::Null),
            );
            context.say(
                &format!("有 {n} 行读不出来，没有计入，第一处在第 {first} 行；详见 JSON 的 unreadable。"),
                &format!(
                    "{n} lines could not be read and do not count, the first is line {first}; see \"unreadable\"."
                ),
            );
        }
    }
}

fn told(rehearsal: &Rehearsal<'_>, context: &Context) {
    let [now, then] = rehearsal.both();
    let [only_now, only_draft, neither] = rehearsal.apart();
    let both = now.settled;
    context.say(
        &format!("两者都能结的 {both} 份，以下只比这些；只有现行能结 {only_now} 份，只有草案能结 {only_draft} 份，都不能结 {neither} 份"),
        &format!("{both} bills settle under both and are compared; {only_now} now alone, {only_draft} under the draft alone, {neither} neither"),
    );
    for (zh, en, a, b) in [
        ("免费", "Free", now.free, then.free),
        ("家属自付", "Families pay", now.family, then.family),
        ("奖补", "Awards", now.awards, then.awards),
    ] {
        let (a, b, by) = (yuan(a), yuan(b), yuan(b - a));
        context.say(
            &format!("{zh}：现行 {a}，草案 {b}，差 {by}"),
            &format!("{en}: now {a}, draft {b}, by {by}"),
        );
    }
    let others = rehearsal.others();
    if !others.is_empty() {
        let named = others.iter().map(|(policy, bills)| format!("{policy} {bills}"));
        let named = named.collect::<Vec<_>>().join("、");
        context.say(
            &format!("别的政策的账单没有用：{named}；要用，加 --of 政策。"),
            &format!("Bills of other policies were left out: {named}; --of POLICY takes them."),
        );
    }
}

/// 分 as yuan, of any size.
fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Gives each line that is not empty, counted from one, to `take`; a line too long is given as far as it may go, which
/// is no JSON any more.
fn each_line(path: &Path, take: &mut dyn FnMut(u64, &[u8])) -> Result<(), Stop> {
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|error| Stop::unreadable(path, &error))?)
    };
    let mut source = BufReader::with_capacity(1 << 16, source);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = source.by_ref().take(MOST).read_until(b'\n', &mut line);
        if read.map_err(|error| Stop::unreadable(path, &error))? == 0 {
            break;
        }
        if line.len() as u64 == MOST && line.last() != Some(&b'\n') {
            source
                .skip_until(b'\n')
                .map_err(|error| Stop::unreadable(path, &error))?;
        }
        if !line.trim_ascii().is_empty() {
            take(number, &line);
        }
    }
    Ok(())
}
