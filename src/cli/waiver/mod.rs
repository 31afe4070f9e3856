//! `waiver`: what a policy makes of a claim - explained, compared, rehearsed - and the papers that belong to no case.

mod compare;
mod explain;
mod posted;
mod rehearse;

use std::path::Path;

use clap::Subcommand;
use serde_json::Value;

use super::args::Lang;
use super::context::{Context, json_of};
use super::stop::{Exit, Stop};
use super::submit::say_findings;
use crate::domain::waiver::{Outcome, Verdict, Words};

/// 减免政策：解释、比较、测算，价目公示和发放表；不改业务数据 / fee waivers: explain, compare, rehearse, lists to print
#[derive(Debug, Subcommand)]
pub(super) enum Waiver {
    Explain(explain::Explain),
    Compare(compare::Compare),
    Rehearse(rehearse::Rehearse),
    PriceList(posted::PriceList),
    Payments(posted::Payments),
}

impl Waiver {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        match self {
            Self::Explain(explain) => explain.run(context),
            Self::Compare(compare) => compare.run(context),
            Self::Rehearse(rehearse) => rehearse.run(context),
            Self::PriceList(list) => list.run(context),
            Self::Payments(payments) => payments.run(context),
        }
    }
}

/// Largest claim that is read, in bytes.
const MOST: u64 = 1_000_000;

/// The JSON of a claim.
fn claim_of(file: &Path) -> Result<Value, Stop> {
    json_of(file, MOST)
}

/// The exit status of an outcome.
fn exit(outcome: &Outcome) -> Exit {
    match outcome.verdict {
        Verdict::Settled => Exit::Done,
        Verdict::Refused | Verdict::Incomplete => Exit::Refused,
    }
}

/// Words in the language of this run.
fn words(words: &Words, lang: Lang) -> &str {
    lang.of(&words.zh, &words.en)
}
