//! `init`: a new database with a registry in it.

use clap::Args;
use serde_json::json;

use super::context::{Context, now_outside_training};
use super::stop::{Exit, Stop};
use super::{output, password};
use crate::desk::{Clock, Founding, NewAccount, Registry, Roles};
use crate::domain::text::clean;
use crate::print;

/// 建库：设立登记机关 / make a database with a registry in it
#[derive(Debug, Args)]
pub(super) struct Init {
    /// 练习库，不提问：登记机关 330521，账号口令都是 training / for training, without questions
    #[arg(long, conflicts_with_all = ["code", "name", "set"])]
    training: bool,
    /// 登记机关代码，六位 / code of the registry, six digits
    #[arg(long, required_unless_present = "training")]
    code: Option<String>,
    /// 登记机关名称，照文书所印 / its name as papers print it
    #[arg(long, required_unless_present = "training")]
    name: Option<String>,
    /// 第一个系统管理账号（口令用 --password-file、GUITAI_PASSWORD 或当场输入） / the first administrator
    #[arg(long, default_value = "admin")]
    admin: String,
    /// 设置项，可多次 / a setting, may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Init {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let founding = if self.training {
            Founding::training(context.clock().now())?
        } else if context.clock() == Clock::System {
            self.real(context)?
        } else {
            return Err(now_outside_training());
        };
        if let Some(c) = print::lacking(&clean(&founding.name).text) {
            let code = u32::from(c);
            return Err(Stop::input(
                &format!("登记机关名称里的“{c}”（U+{code:04X}）没有字体能印，没有建库。请改正名称。"),
                &format!(
                    "No font prints \"{c}\" (U+{code:04X}) of the registry's name; nothing was made. Put it right."
                ),
            ));
        }
        let path = context.new_path()?;
        let registry = Registry::found(&path, context.forms()?, &founding)?;
        let (profile, shown) = (registry.profile(), path.display());
        if profile.name != founding.name {
            context.say(
                "名称里的空白和看不见的字符已经整理。",
                "Blanks and characters nobody can see were taken out of the name.",
            );
        }
        context.say(
            &format!("已建库 {shown}：{}（{}）。", profile.name, profile.code),
            &format!("Made {shown}: {} ({}).", profile.name, profile.code),
        );
        output::json(&json!({
            "guitai": 1, "db": shown.to_string(), "code": profile.code.to_string(), "name": profile.name,
            "training": profile.training,
            "accounts": founding.accounts.iter().map(|account| &account.name).collect::<Vec<_>>(),
        }))?;
        Ok(Exit::Done)
    }

    fn real(&self, context: &Context) -> Result<Founding, Stop> {
        let settings = self.set.iter().map(|setting| {
            let (key, value) = setting.split_once('=').ok_or_else(|| {
                Stop::input(
                    &format!("“{setting}”应写成 名=值。"),
                    &format!("\"{setting}\" should read KEY=VALUE."),
                )
            })?;
            Ok::<_, Stop>((key.to_owned(), value.to_owned()))
        });
        let settings = settings.collect::<Result<_, _>>()?;
        let password = password::first_of(&self.admin, context.password_file(), context.lang())?;
        Ok(Founding {
            code: self.code.clone().unwrap_or_default(),
            name: self.name.clone().unwrap_or_default(),
            training: false,
            at: context.clock().now(),
            settings,
            accounts: vec![NewAccount {
                name: self.admin.clone(),
                display: "系统管理".to_owned(),
                roles: Roles::parse("administrator")?,
                password,
                licence_until: None,
            }],
        })
    }
}
