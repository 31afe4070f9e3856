//! `setting`: what an administrator decides for the registry and its desks.

use clap::Subcommand;
use serde_json::{Value, json};

use super::context::Context;
use super::output;
use super::stop::{Exit, Stop};
use crate::desk::SettingLine;

/// 设置：省里没给字号时怎么办、打印程序、锁屏时间…… / settings: numbers without the province, the print program ...
#[derive(Debug, Subcommand)]
pub(super) enum Setting {
    /// 列出本机关和这个窗口（--desk）的设置 / list the settings of the registry and of this desk
    List,
    /// 看一项 / show one
    Get {
        /// 设置项，如 issue_offline、desk.1.printer / its key
        key: String,
    },
    /// 改一项，由系统管理员 / change one, as administrator
    Set {
        /// 设置项 / its key
        key: String,
        /// 新的值；可空的写 "" / the new value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

impl Setting {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let told = match self {
            Self::List => {
                let lines = registry.settings(session.desk())?;
                json!({"guitai": 1, "settings": lines.iter().map(line).collect::<Vec<_>>()})
            }
            Self::Get { key } => json!({"guitai": 1, "key": key, "value": registry.setting(key)?}),
            Self::Set { key, value } => {
                registry.set_setting(&session, key, value)?;
                let value = registry.setting(key)?;
                context.say(
                    &format!("设置项 {key} 已改为“{value}”。已打开的界面重新打开后按新的设置办。"),
                    &format!("{key} is now \"{value}\". Screens that are open take it up when they are opened anew."),
                );
                json!({"guitai": 1, "key": key, "value": value})
            }
        };
        output::json(&told)?;
        Ok(Exit::Done)
    }
}

fn line(setting: &SettingLine) -> Value {
    let [title, title_en] = setting.title;
    json!({
        "key": setting.key, "value": setting.value, "default": setting.default, "expected": setting.expected,
        "title": title, "title_en": title_en,
    })
}
