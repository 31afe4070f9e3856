//! Settings of the registry and its desks, typed. They stand in the record as text and are read again in every act.

use chrono::NaiveDate;
use serde_json::json;

use super::fault::Fault;
use super::permission::Permission;
use super::registry::{Act, Registry};
use super::{Problem, Session};
use crate::domain::{area::AreaCode, date::LeapBirthday};
use crate::store::{Flaw, Reader, StoreError};

/// Whether an act may get a certificate number here when the province gave none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueOffline {
    /// Never: the act is recorded (待并网), no certificate prints.
    Never,
    /// From a block of numbers that the province assigned and a supervisor opened.
    OwnBlock,
}

/// The registry as its settings describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Code of the registry (登记机关代码).
    pub code: AreaCode,
    /// Its name, as papers print it.
    pub name: String,
    /// Whether this is a training database: papers are specimens, time may be told.
    pub training: bool,
    /// Whether numbers may be issued here.
    pub issue_offline: IssueOffline,
    /// When someone born on 29 February is a year older.
    pub leap: LeapBirthday,
    /// After how many idle minutes the screen locks.
    pub idle_minutes: u32,
    /// The policy that waivers are usually settled by; empty where nobody set one.
    pub waiver_policy: String,
    /// The program that prints: gets the queue and the file.
    pub print_command: String,
    /// After how many days a draft nobody touched may be cleared.
    pub draft_days: u32,
}

/// A desk as its settings describe it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskProfile {
    /// The desk.
    pub desk: String,
    /// Its printer queue.
    pub printer: String,
    /// What overlays move to the right by, in millimetres.
    pub dx_mm: f64,
    /// What overlays move down by, in millimetres.
    pub dy_mm: f64,
    /// Pattern of the card reader's burst; empty for the usual ones.
    pub reader: String,
    /// How many milliseconds of quiet end a burst.
    pub scan_gap_ms: u32,
}

/// A setting that can be changed.
#[derive(Debug, Clone, Copy)]
pub struct SettingSpec {
    /// Its key; of a desk's setting the part behind `desk.<desk>.`.
    pub key: &'static str,
    /// Whether each desk has its own.
    pub of_desk: bool,
    /// What it is: Chinese, English.
    pub title: [&'static str; 2],
    /// What holds while nobody set it.
    pub default: &'static str,
    /// What its value must be, for people.
    pub expected: &'static str,
    allowed: fn(&str) -> bool,
}

/// A setting as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingLine {
    /// Its full key.
    pub key: String,
    /// What it is: Chinese, English.
    pub title: [&'static str; 2],
    /// Its value.
    pub value: String,
    /// What holds while nobody set it.
    pub default: &'static str,
    /// What its value must be, for people.
    pub expected: &'static str,
}

/// All settings that can be changed.
#[rustfmt::skip]
pub const SETTINGS: [SettingSpec; 11] = [
    registry("issue_offline", ["省里没给字号时", "without the province's number"], "never",
        "never 只记录，待并网；own_block 用省里下达、负责人启用的号段",
        |v| matches!(v, "never" | "own_block")),
    registry("print_command", ["打印程序", "print program"], "",
        "程序的路径，收到队列名和文件名两个参数；空着就只写出 PDF", |v| v.chars().count() <= 200),
    registry("waiver_policy", ["常用减免政策", "usual waiver policy"], "", "减免政策的 id，可空",
        |v| v.chars().count() <= 60),
    registry("leap_birthday", ["二月二十九日出生", "born on 29 February"], "last_of_february",
        "last_of_february 平年二月末日满岁；first_of_march 三月一日满岁",
        |v| matches!(v, "last_of_february" | "first_of_march")),
    registry("idle_minutes", ["闲置几分钟锁屏", "idle minutes until locked"], "10", "1 到 60 的整数", |v| whole(v, 1, 60)),
    registry("draft_days", ["草稿留几天", "days a draft is kept"], "30", "1 到 3650 的整数", |v| whole(v, 1, 3650)),
    desk("printer", ["打印队列", "printer queue"], "", "打印队列名，可空", |v| v.chars().count() <= 100),
    desk("dx", ["套打右移毫米", "overlay moves right, mm"], "0", "-20 到 20 的毫米数", millimetres),
    desk("dy", ["套打下移毫米", "overlay moves down, mm"], "0", "-20 到 20 的毫米数", millimetres),
    desk("reader", ["读卡器格式", "card reader's pattern"], "", "各栏的先后，如 name|-|ethnicity|-|address|id，- 略过；空着就自己辨认", |v| v.chars().count() <= 200),
    desk("scan_gap", ["扫描间隔毫秒", "quiet that ends a scan, ms"], "60", "10 到 1000 的毫秒数", |v| whole(v, 10, 1000)),
];

const fn registry(
    key: &'static str,
    title: [&'static str; 2],
    default: &'static str,
    expected: &'static str,
    allowed: fn(&str) -> bool,
) -> SettingSpec {
    SettingSpec {
        key,
        of_desk: false,
        title,
        default,
        expected,
        allowed,
    }
}

const fn desk(
    key: &'static str,
    title: [&'static str; 2],
    default: &'static str,
    expected: &'static str,
    allowed: fn(&str) -> bool,
) -> SettingSpec {
    SettingSpec {
        of_desk: true,
        ..registry(key, title, default, expected, allowed)
    }
}

fn whole(text: &str, least: u32, most: u32) -> bool {
    text.parse::<u32>().is_ok_and(|n| (least..=most).contains(&n))
}

fn millimetres(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|mm| mm.abs() <= 20.0)
}

/// The specification behind a full key.
pub(super) fn spec(key: &str) -> Option<&'static SettingSpec> {
    let own = |rest: &str| rest.split_once('.').map(|(_, name)| name.to_owned());
    let (of_desk, name) = match key.strip_prefix("desk.").and_then(own) {
        Some(name) => (true, name),
        None => (false, key.to_owned()),
    };
    SETTINGS.iter().find(|spec| spec.of_desk == of_desk && spec.key == name)
}

/// Holds a value against its setting's specification.
pub(super) fn check(key: &str, value: &str) -> Result<(), Problem> {
    let spec = spec(key).ok_or_else(|| Fault::NoSuchSetting(key.to_owned()))?;
    if (spec.allowed)(value) {
        Ok(())
    } else {
        Err(Fault::BadSetting(key.to_owned(), spec.expected).into())
    }
}

fn value(reader: &Reader, key: &str) -> Result<String, Problem> {
    let default = || spec(key).map_or("", |spec| spec.default).to_owned();
    Ok(reader.setting(key)?.unwrap_or_else(default))
}

impl Profile {
    /// Reads the registry's settings.
    pub(super) fn read(reader: &Reader) -> Result<Self, Problem> {
        let founded = |key| -> Result<String, Problem> {
            let value = reader.setting(key)?;
            // Every registry has it from its first entry on.
            Ok(value.ok_or(StoreError::Damaged(Flaw::NoSetting(key)))?)
        };
        let code = founded("registry.code")?;
        let number = |key| -> Result<u32, Problem> { Ok(value(reader, key)?.parse().unwrap_or_default()) };
        Ok(Self {
            code: code
                .parse()
                .map_err(|_| Fault::Unreadable("registry.code".to_owned()))?,
            name: founded("registry.name")?,
            training: founded("registry.training")? == "true",
            issue_offline: match value(reader, "issue_offline")?.as_str() {
                "own_block" => IssueOffline::OwnBlock,
                _ => IssueOffline::Never,
            },
            leap: match value(reader, "leap_birthday")?.as_str() {
                "first_of_march" => LeapBirthday::FirstOfMarch,
                _ => LeapBirthday::LastOfFebruary,
            },
            idle_minutes: number("idle_minutes")?,
            waiver_policy: value(reader, "waiver_policy")?,
            print_command: value(reader, "print_command")?,
            draft_days: number("draft_days")?,
        })
    }

    /// A case number of this registry.
    pub(super) fn case_number(&self, year: i32, n: i64) -> String {
        format!("C{}-{year}-{n:06}", self.code)
    }
}

impl Registry {
    /// The settings of a desk.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn desk_profile(&self, desk: &str) -> Result<DeskProfile, Problem> {
        self.read(|reader| {
            let of = |key: &str| value(reader, &format!("desk.{desk}.{key}"));
            Ok(DeskProfile {
                desk: desk.to_owned(),
                printer: of("printer")?,
                dx_mm: of("dx")?.parse().unwrap_or_default(),
                dy_mm: of("dy")?.parse().unwrap_or_default(),
                reader: of("reader")?,
                scan_gap_ms: of("scan_gap")?.parse().unwrap_or_default(),
            })
        })
    }

    /// The value of a setting, by its full key (`issue_offline`, `desk.1.printer`).
    ///
    /// # Errors
    /// No such setting, or the store cannot be read.
    pub fn setting(&self, key: &str) -> Result<String, Problem> {
        spec(key).ok_or_else(|| Fault::NoSuchSetting(key.to_owned()))?;
        self.read(|reader| value(reader, key))
    }

    /// Every setting of the registry and of a desk, as it stands.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn settings(&self, desk: &str) -> Result<Vec<SettingLine>, Problem> {
        self.read(|reader| {
            let line = |spec: &SettingSpec| {
                let key = match spec.of_desk {
                    true => format!("desk.{desk}.{}", spec.key),
                    false => spec.key.to_owned(),
                };
                Ok(SettingLine {
                    value: value(reader, &key)?,
                    key,
                    title: spec.title,
                    default: spec.default,
                    expected: spec.expected,
                })
            };
            SETTINGS.iter().map(line).collect()
        })
    }

    /// Changes a setting, by its full key.
    ///
    /// # Errors
    /// No such setting, a value it cannot have, no permission, or the store cannot be written.
    pub fn set_setting(&mut self, session: &Session, key: &str, value: &str) -> Result<(), Problem> {
        let value = value.trim();
        check(key, value)?;
        if key == "waiver_policy"
            && !value.is_empty()
            && !self.forms().waivers().policies().any(|policy| policy.head.id == value)
        {
            return Err(Fault::BadSetting(key.to_owned(), "已有的减免政策的 id（guitai forms list）").into());
        }
        let act = Act::new("setting.change", key).with(json!({"value": value}));
        self.perform(session, Permission::Settings, act, |tx, _| {
            Ok::<_, Problem>(tx.set_setting(key, value)?)
        })?;
        self.reload()
    }
}

/// Whether a licence holds on a day; one without a date does not.
pub(super) fn licence_holds(until: Option<NaiveDate>, on: NaiveDate) -> bool {
    until.is_some_and(|last| last >= on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_allows_its_own_default() {
        for spec in SETTINGS {
            assert!((spec.allowed)(spec.default), "{}", spec.key);
        }
    }

    #[test]
    fn keys_of_desks_and_of_the_registry_are_told_apart() {
        assert!(check("desk.2.dx", "-1.5").is_ok());
        assert_eq!(check("desk.2.dx", "21").unwrap_err().code, "setting.value");
        assert_eq!(check("dx", "1").unwrap_err().code, "setting.unknown");
        assert_eq!(
            check("desk.1.issue_offline", "never").unwrap_err().code,
            "setting.unknown"
        );
        assert_eq!(check("registry.code", "330522").unwrap_err().code, "setting.unknown");
    }
}
