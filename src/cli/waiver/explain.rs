//! `waiver explain`: one claim, line by line, with the sentence of the notice behind each amount.

use std::path::PathBuf;

use clap::Args;

use super::{claim_of, exit, say_findings, words};
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::stop::{Exit, Stop};
use crate::desk::waiver_outcome;
use crate::domain::money::Fen;
use crate::domain::waiver::Settlement;
use crate::forms::waiver::to_json;

/// 一份申请，逐行说明为什么收、为什么免 / a claim, line by line: what it costs, what is free, and why
#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// 申请的 JSON（与 submit waiver 相同），- 为标准输入 / the claim as for submit waiver, - for standard input
    file: PathBuf,
}

impl Explain {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let claim = claim_of(&self.file)?;
        let forms = context.forms()?;
        let outcome = waiver_outcome(&forms, &claim, context.clock().today())?;
        if let Some(settlement) = &outcome.settlement {
            told(settlement, context);
        }
        say_findings(&outcome.findings, context);
        output::json(&to_json(&outcome))?;
        Ok(exit(&outcome))
    }
}

fn told(settlement: &Settlement, context: &Context) {
    let lang = context.lang();
    for line in &settlement.lines {
        output::say(line.says.first().map_or("", |says| words(says, lang)));
    }
    for award in &settlement.awards {
        let (says, to) = (words(&award.says, lang), words(&award.to, lang));
        output::say(&format!("{says}（{to}）"));
        if !award.quote.is_empty() {
            output::say(&format!("    “{}”", award.quote));
        }
    }
    // A sentence that many lines rest on is said once.
    for quote in &settlement.quotes {
        let lines: Vec<String> = quote.lines.iter().map(ToString::to_string).collect();
        output::say(&format!("    [{}] {}", lines.join(","), words(&quote.says, lang)));
    }
    let Settlement {
        listed, free, family, ..
    } = settlement;
    let in_words = Fen::in_words(*family);
    context.say(
        &format!("合计 {listed}，免 {free}，您付 {family}（{in_words}）"),
        &format!("Total {listed}, free {free}, you pay {family}"),
    );
}
