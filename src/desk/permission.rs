//! Who may do what: one table.

use std::fmt;
use std::str::FromStr;

use super::Problem;
use super::fault::Fault;

/// A role of an account (岗位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 经办.
    Clerk,
    /// 登记员.
    Registrar,
    /// 证件管理.
    StockKeeper,
    /// 负责人.
    Supervisor,
    /// 系统管理.
    Administrator,
    /// 审计.
    Auditor,
}

/// The roles of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

/// Something an account may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Take a case: first look and acceptance (初审, 受理).
    Accept,
    /// Review and register (审查, 登记); asks for a licence that holds.
    Register,
    /// Close a case as refused (不予办理).
    Refuse,
    /// Settle fees (减免结算).
    Settle,
    /// Void a settlement, approve another's override.
    Approve,
    /// Approve as the second person what another put right by hand (复核).
    SecondLook,
    /// Look at a case and find people.
    Look,
    /// See an ID number whole.
    Unmask,
    /// Print papers of a case.
    Print,
    /// Receive blanks and give them to desks.
    Stock,
    /// Mark a blank as spoiled and replace it.
    Spoil,
    /// Open a block of numbers.
    OpenBlock,
    /// See and print the day sheet.
    Day,
    /// Make and change accounts.
    Accounts,
    /// Change settings.
    Settings,
    /// Verify the record.
    Verify,
    /// Make backups.
    Backup,
    /// Put a backup in the record's place.
    Restore,
    /// Fill a training database with synthetic records.
    Seed,
}

use Role::{Administrator, Auditor, Clerk, Registrar, StockKeeper, Supervisor};

/// The table: each permission, its word in both languages, and the roles that have it.
const TABLE: [(Permission, [&str; 2], &[Role]); 19] = [
    (Permission::Accept, ["受理业务", "take a case"], &[Clerk, Registrar]),
    (Permission::Register, ["登记", "register"], &[Registrar]),
    (Permission::Refuse, ["不予办理", "refuse a case"], &[Registrar]),
    (Permission::Settle, ["结算减免", "settle fees"], &[Clerk, Registrar]),
    (Permission::Approve, ["审批", "approve"], &[Supervisor]),
    (
        Permission::SecondLook,
        ["复核更正", "approve what was put right by hand"],
        &[Registrar, Supervisor],
    ),
    (
        Permission::Look,
        ["查询", "look up"],
        &[Clerk, Registrar, Supervisor, Auditor],
    ),
    (
        Permission::Unmask,
        ["查看完整证件号", "see whole ID numbers"],
        &[Registrar, Supervisor, Auditor],
    ),
    (Permission::Print, ["打印", "print"], &[Clerk, Registrar, Supervisor]),
    (Permission::Stock, ["管理空白证", "keep blanks"], &[StockKeeper]),
    (
        Permission::Spoil,
        ["作废空白证", "spoil blanks"],
        &[Registrar, StockKeeper],
    ),
    (
        Permission::OpenBlock,
        ["启用号段", "open a block of numbers"],
        &[Supervisor],
    ),
    (
        Permission::Day,
        ["日结", "see the day sheet"],
        &[Clerk, Registrar, StockKeeper, Supervisor, Auditor],
    ),
    (Permission::Accounts, ["管理账号", "manage accounts"], &[Administrator]),
    (Permission::Settings, ["改设置", "change settings"], &[Administrator]),
    (
        Permission::Verify,
        ["核对记录", "verify the record"],
        &[Supervisor, Administrator, Auditor],
    ),
    (Permission::Backup, ["备份", "back up"], &[Supervisor, Administrator]),
    (
        Permission::Restore,
        ["用备份恢复", "restore a backup"],
        &[Supervisor, Administrator],
    ),
    (Permission::Seed, ["造练习数据", "seed training data"], &[Administrator]),
];

impl Role {
    /// All roles, with the name in data and the words in both languages.
    pub const ALL: [(Self, &'static str, [&'static str; 2]); 6] = [
        (Clerk, "clerk", ["经办", "clerk"]),
        (Registrar, "registrar", ["登记员", "registrar"]),
        (StockKeeper, "stock_keeper", ["证件管理", "stock keeper"]),
        (Supervisor, "supervisor", ["负责人", "supervisor"]),
        (Administrator, "administrator", ["系统管理", "administrator"]),
        (Auditor, "auditor", ["审计", "auditor"]),
    ];

    /// Roles that must not meet in one account (岗位分离): whoever registers keeps no blanks, whoever manages or
    /// works is not the one who audits.
    const APART: [(Self, Self); 5] = [
        (Registrar, StockKeeper),
        (Administrator, Auditor),
        (Administrator, Registrar),
        (Registrar, Auditor),
        (StockKeeper, Auditor),
    ];

    /// The word on screens and papers.
    pub fn label(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(role, ..)| *role == self)
            .map_or("", |(.., [zh, _])| zh)
    }

    /// The same in English.
    pub fn english(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(role, ..)| *role == self)
            .map_or("", |(.., [_, en])| en)
    }
}

impl FromStr for Role {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .iter()
            .find(|(_, name, [label, _])| *name == text || *label == text)
            .map(|(role, ..)| *role)
            .ok_or_else(|| Fault::NoSuchRole(text.to_owned()).into())
    }
}

impl Roles {
    /// The roles of a list.
    ///
    /// # Errors
    /// It is empty, or holds two roles that must stay apart.
    pub fn new(roles: &[Role]) -> Result<Self, Problem> {
        let all = Self(roles.iter().fold(0, |bits, role| bits | bit(*role)));
        if all.0 == 0 {
            return Err(Fault::NoRole.into());
        }
        for (a, b) in Role::APART {
            if all.has(a) && all.has(b) {
                return Err(Fault::RolesApart(a, b).into());
            }
        }
        Ok(all)
    }

    /// Reads names in data, separated by blanks or commas.
    ///
    /// # Errors
    /// As [`Roles::new`], or a name that is no role.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let words = text.split([' ', ',', '，', '、']).filter(|word| !word.is_empty());
        Self::new(&words.map(Role::from_str).collect::<Result<Vec<_>, _>>()?)
    }

    /// Whether a role is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// Whether one of them has a permission.
    pub fn may(self, permission: Permission) -> bool {
        let row = TABLE.iter().find(|(known, ..)| *known == permission);
        row.is_some_and(|(.., roles)| roles.iter().any(|role| self.has(*role)))
    }

    /// The roles, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .into_iter()
            .map(|(role, ..)| role)
            .filter(move |role| self.has(*role))
    }
}

fn bit(role: Role) -> u8 {
    1 << role as u8
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Role::ALL
            .iter()
            .filter(|(role, ..)| self.has(*role))
            .map(|(_, name, _)| *name)
            .collect();
        f.write_str(&names.join(" "))
    }
}

impl Permission {
    /// Its word: Chinese, English.
    pub fn words(self) -> [&'static str; 2] {
        TABLE
            .iter()
            .find(|(known, ..)| *known == self)
            .map_or(["", ""], |(_, words, _)| *words)
    }

    /// The roles that have it, for telling somebody whom to ask.
    pub fn roles(self) -> &'static [Role] {
        TABLE
            .iter()
            .find(|(known, ..)| *known == self)
            .map_or(&[], |(.., roles)| roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_stands_once_in_the_table_and_somebody_has_it() {
        for (permission, words, roles) in TABLE {
            assert_eq!(TABLE.iter().filter(|(p, ..)| *p == permission).count(), 1);
            assert!(
                !roles.is_empty() && words.iter().all(|word| !word.is_empty()),
                "{permission:?}"
            );
        }
    }

    #[test]
    fn duties_stay_apart() {
        let registrar = Roles::parse("clerk registrar").unwrap();
        assert!(registrar.may(Permission::Register) && !registrar.may(Permission::Stock));
        assert!(!Roles::parse("clerk").unwrap().may(Permission::Register));
        assert_eq!(
            Roles::parse("registrar stock_keeper").unwrap_err().code,
            "account.roles-apart"
        );
        assert_eq!(Roles::parse("").unwrap_err().code, "account.no-role");
        assert_eq!(Roles::parse("chef").unwrap_err().code, "account.no-such-role");
        assert_eq!(registrar.to_string(), "clerk registrar");
        assert_eq!(Roles::parse(&registrar.to_string()), Ok(registrar));
    }
}
