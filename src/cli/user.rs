//! `user`: accounts.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use super::args::day;
use super::context::Context;
use super::stop::{Exit, Stop};
use super::{output, password};
use crate::desk::{AccountLine, NewAccount, Roles};

/// 账号 / accounts
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// 新设账号 / make an account
    Add {
        /// 账号名：小写字母、数字、点、短横 / small letters, digits, dots, dashes
        name: String,
        /// 姓名 / the person's name
        #[arg(long)]
        display: String,
        /// 岗位，可多次：clerk registrar stock_keeper supervisor administrator auditor / a role, may be repeated
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// 登记员证书有效期至 / until when the registrar's licence holds
        #[arg(long, value_name = "DAY", value_parser = day)]
        licence_until: Option<NaiveDate>,
        /// 初始口令文件（也可用 GUITAI_NEW_PASSWORD） / the file with the first password
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// 列出账号 / list accounts
    List,
    /// 停用账号 / disable an account
    Disable {
        /// 账号名 / the account
        name: String,
        /// 重新启用 / enable it again
        #[arg(long)]
        undo: bool,
    },
    /// 改岗位 / change roles
    Roles {
        /// 账号名 / the account
        name: String,
        /// 岗位 / roles
        #[arg(required = true)]
        roles: Vec<String>,
    },
    /// 改登记员证书有效期 / change until when the registrar's licence holds
    Licence {
        /// 账号名 / the account
        name: String,
        /// 有效期至；不写就是没有证书 / until; none if left out
        #[arg(value_parser = day)]
        until: Option<NaiveDate>,
    },
    /// 改口令：自己的，或由系统管理员改别人的 / change one's own password, or as administrator another's
    Password {
        /// 账号名；不写就是自己 / the account; oneself if left out
        name: Option<String>,
        /// 新口令文件（也可用 GUITAI_NEW_PASSWORD） / the file with the new password
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
}

impl User {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        let changed = match self {
            Self::List => {
                let lines = registry.accounts(&session)?;
                output::json(&json!({"guitai": 1, "accounts": lines.iter().map(line).collect::<Vec<_>>()}))?;
                return Ok(Exit::Done);
            }
            Self::Add {
                name,
                display,
                roles,
                licence_until,
                new_password_file,
            } => {
                let account = NewAccount {
                    name: name.clone(),
                    display: display.clone(),
                    roles: Roles::parse(&roles.join(" "))?,
                    password: password::new_of(name, new_password_file.as_deref(), context.lang())?,
                    licence_until: *licence_until,
                };
                registry.create_account(&session, &account)?;
                name.as_str()
            }
            Self::Disable { name, undo } => {
                registry.disable_account(&session, name, !undo)?;
                name
            }
            Self::Roles { name, roles } => {
                registry.set_roles(&session, name, Roles::parse(&roles.join(" "))?)?;
                name
            }
            Self::Licence { name, until } => {
                registry.set_licence(&session, name, *until)?;
                name
            }
            Self::Password {
                name,
                new_password_file,
            } => {
                let of = name.as_deref().unwrap_or(session.account());
                let new = password::new_of(of, new_password_file.as_deref(), context.lang())?;
                if of == session.account() {
                    let old = password::of(of, context.password_file(), context.lang())?;
                    registry.change_password(&session, &old, &new)?;
                } else {
                    registry.reset_password(&session, of, &new)?;
                }
                of
            }
        };
        context.say(
            &format!("账号 {changed} 已改。"),
            &format!("Account {changed} was changed."),
        );
        output::json(&json!({"guitai": 1, "account": changed}))?;
        Ok(Exit::Done)
    }
}

fn line(account: &AccountLine) -> Value {
    json!({
        "name": account.name, "display": account.display, "roles": account.roles.to_string(),
        "licence_until": account.licence_until, "locked": account.locked, "disabled": account.disabled,
    })
}
