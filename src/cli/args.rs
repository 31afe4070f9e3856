//! The command line as typed: what stands before or after any command. Each command's own arguments stand in its file.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{
    backup, demo, find, forms, init, print, printer, report, restore, seed, setting, show, stock, submit, user, verify,
    waiver,
};
use crate::tui;

/// 柜台：婚姻与殡葬登记窗口程序；不带命令就打开界面 / the desk of a marriage and funeral registry; alone it opens the screens
#[derive(Debug, Parser)]
#[command(name = "guitai", version, propagate_version = true, max_term_width = 100)]
pub(super) struct Line {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command understands, before or after its name.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// 数据库文件（默认在用户数据目录的 guitai/registry.db） / the database file
    #[arg(long, global = true, value_name = "FILE", env = "GUITAI_DB", help_heading = COMMON)]
    pub(super) db: Option<PathBuf>,
    /// 本地数据文件目录，盖在内置文件之上 / a county's data files, laid over the built-in ones
    #[arg(long, global = true, value_name = "DIR", env = "GUITAI_FORMS", help_heading = COMMON)]
    pub(super) forms: Option<PathBuf>,
    /// 给人看的话用中文还是英文 / the language of messages
    #[arg(long, global = true, value_enum, default_value = "zh", env = "GUITAI_LANG", help_heading = COMMON)]
    pub(super) lang: Lang,
    /// 以哪个账号登录 / the account to sign in with
    #[arg(long = "as", global = true, value_name = "NAME", env = "GUITAI_AS", help_heading = COMMON)]
    pub(super) account: Option<String>,
    /// 口令文件（也可用 GUITAI_PASSWORD，否则当场询问） / the file with the password
    #[arg(long, global = true, value_name = "FILE", help_heading = COMMON)]
    pub(super) password_file: Option<PathBuf>,
    /// 在哪个窗口 / the desk
    #[arg(long, global = true, value_name = "ID", default_value = "1", env = "GUITAI_DESK", help_heading = COMMON)]
    pub(super) desk: String,
    /// 把现在当作这个时刻，仅训练库 / take this as the time, on a training database only
    #[arg(long, global = true, value_name = "WHEN", value_parser = moment, help_heading = COMMON)]
    pub(super) now: Option<NaiveDateTime>,
    /// 别的窗口在写时最多等几秒 / how many seconds to wait while another desk writes
    #[arg(long, global = true, value_name = "SECONDS", default_value = "10", env = "GUITAI_WAIT", help_heading = COMMON)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=600))]
    pub(super) wait: u32,
    /// 同来复核的第二人 / the second person who signs in too
    #[arg(long, global = true, value_name = "NAME", requires = "second_password_file", help_heading = COMMON)]
    pub(super) second: Option<String>,
    /// 第二人的口令文件 / the second person's password file
    #[arg(long, global = true, value_name = "FILE", requires = "second", help_heading = COMMON)]
    pub(super) second_password_file: Option<PathBuf>,
}

const COMMON: &str = "通用 / common";

/// The language of people's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// The sentence in this language.
    pub(super) fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl From<Lang> for tui::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Demo(demo::Demo),
    #[command(subcommand)]
    Forms(forms::Forms),
    Init(init::Init),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Setting(setting::Setting),
    #[command(subcommand)]
    Stock(stock::Stock),
    Submit(submit::Submit),
    Print(print::Print),
    #[command(subcommand)]
    Printer(printer::Printer),
    Find(find::Find),
    Show(show::Show),
    #[command(subcommand)]
    Report(report::Report),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Seed(seed::Seed),
    #[command(subcommand)]
    Waiver(waiver::Waiver),
}

/// A moment as typed: a day alone is nine in the morning of it.
fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let text = text.trim();
    for shape in [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
    ] {
        if let Ok(found) = NaiveDateTime::parse_from_str(text, shape) {
            return Ok(found);
        }
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.and_hms_opt(9, 0, 0))
        .ok_or_else(|| wrong(text, "2026-11-24T09:00"))
}

/// Why what was typed is no time: that it does not exist, where only that is wrong.
fn wrong(text: &str, example: &str) -> String {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let shaped = |text: &str, shape: &str| {
        let fits = |(c, s): (char, char)| if s == '0' { c.is_ascii_digit() } else { c == s };
        text.chars().count() == shape.chars().count() && text.chars().zip(shape.chars()).all(fits)
    };
    let known = NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok();
    if shaped(day, "0000-00-00") && !known {
        format!("没有 {day} 这一天，应写成 {example} / there is no day {day}; write it as {example}")
    } else if known && (shaped(time, "00:00") || shaped(time, "00:00:00")) {
        format!("没有 {time} 这个时刻，应写成 {example} / there is no time {time}; write it as {example}")
    } else {
        format!("应写成 {example} / write it as {example}")
    }
}

/// A day as typed.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| wrong(text, "2026-11-24"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Line::command().debug_assert();
    }

    #[test]
    fn common_arguments_stand_before_or_after_the_command() {
        for line in [
            ["guitai", "--as", "clerk", "--now", "2026-11-24", "find", "王"],
            ["guitai", "find", "王", "--now", "2026-11-24T09:00", "--as", "clerk"],
        ] {
            let line = Line::try_parse_from(line).unwrap();
            assert_eq!(line.common.account.as_deref(), Some("clerk"));
            assert_eq!(line.common.now.unwrap().to_string(), "2026-11-24 09:00:00");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_moment() {
        for text in ["2026-02-30", "2026-11-24T25:00", "24.11.2026", ""] {
            assert!(moment(text).is_err(), "{text}");
        }
        assert!(day("2026-02-30").is_err());
        for (text, says) in [
            ("2026-02-30T09:00", "there is no day 2026-02-30"),
            ("2026-13-01", "there is no day 2026-13-01"),
            ("2026-11-24 25:00", "there is no time 25:00"),
            ("24.11.2026", "应写成"),
        ] {
            assert!(moment(text).unwrap_err().contains(says), "{text}");
        }
    }
}
