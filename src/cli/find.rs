//! `find`: people and certificates.

use clap::Args;
use serde_json::{Value, json};

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::FoundLine;

/// 查找：姓名、拼音、首字母、证件号码或其末几位、字号 / find by name, pinyin, initials, ID number or its end, number
#[derive(Debug, Args)]
pub(super) struct Find {
    /// 要找什么 / what to look for
    query: String,
}

impl Find {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let found = registry.find(&session, &self.query)?;
        if found.more {
            context.say(
                "还有更多，只列出前 50 条，请写得更细。",
                "There are more; only the first 50 are listed. Be more precise.",
            );
        }
        output::json(&json!({
            "guitai": 1, "found": found.lines.iter().map(line).collect::<Vec<_>>(), "more": found.more,
        }))?;
        Ok(Exit::Done)
    }
}

fn line(line: &FoundLine) -> Value {
    json!({
        "number": line.number, "case": line.case, "kind": line.kind, "registered_on": line.registered_on,
        "state": line.state, "confirmation": line.confirmation,
        "first": {"name": line.first_name, "id_no": line.first_id},
        "second": {"name": line.second_name, "id_no": line.second_id},
    })
}
