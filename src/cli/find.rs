//! `find`: people and certificates.

use clap::Args;
use serde_json::{Value, json};

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::{FoundLine, Page};

/// 查找：姓名、拼音、首字母、证件号码或其末几位、字号 / find by name, pinyin, initials, ID number or its end, number
#[derive(Debug, Args)]
pub(super) struct Find {
    /// 要找什么 / what to look for
    query: String,
    /// 一页几条 / lines of a page
    #[arg(long, value_name = "N", default_value = "50", value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// 第几页 / which page
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u16).range(1..=1000))]
    page: u16,
}

impl Find {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let page = Page {
            lines: self.limit.into(),
            number: self.page.into(),
        };
        let found = registry.find_page(&session, &self.query, None, page)?;
        if found.more {
            let next = u32::from(self.page) + 1;
            context.say(
                &format!("还有更多：请写得更细，或用 --page {next} 看下一页。"),
                &format!("There are more: be more precise, or see --page {next}."),
            );
        }
        output::json(&json!({
            "guitai": 1, "found": found.lines.iter().map(line).collect::<Vec<_>>(), "page": self.page, "more": found.more,
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
