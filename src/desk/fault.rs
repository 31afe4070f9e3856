//! Every fault of the desk with its code and its words.

use chrono::{NaiveDate, NaiveDateTime};

use super::permission::{Permission, Role};
use super::printing::Standing;
use super::problem::{Problem, ProblemKind};

/// What can go wrong at the desk beside the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Wrong name or password; which of the two is not told.
    BadPassword,
    /// Locked after too many wrong passwords.
    Locked(NaiveDateTime),
    /// The account was disabled.
    Disabled(String),
    /// The account's roles do not allow it.
    NotAllowed(Permission),
    /// The registrar's licence has run out, or none was entered.
    Licence(Option<NaiveDate>),
    /// A second person is needed.
    NeedsSecond(Permission),
    /// The second person is the first one.
    OwnApproval,
    /// A told time outside training.
    FixedClock,
    /// Something that is for training databases.
    TrainingOnly,
    /// No account of that name.
    NoSuchAccount(String),
    /// The name is taken.
    AccountTaken(String),
    /// The name is no name for an account.
    AccountName(String),
    /// A password that is too weak.
    WeakPassword,
    /// The last administrator would be gone.
    LastAdministrator,
    /// No role of that name.
    NoSuchRole(String),
    /// An account without a role.
    NoRole,
    /// Two roles that must not meet.
    RolesApart(Role, Role),
    /// No form of that id is in force.
    NoForm(String),
    /// No desk business takes that form.
    NoBusiness(String),
    /// No message of that code gives a ground.
    NoGround(String),
    /// A layout is missing.
    NoLayout(String),
    /// What a paper must say is missing in the data.
    NoWords(String),
    /// A kept text is missing.
    NoDefinition(String),
    /// The JSON is not what a submit must be.
    BadJson(String),
    /// The key was used for something else.
    KeyReused(String),
    /// No case of that number.
    NoCase(String),
    /// The case is closed.
    CaseClosed(String),
    /// No settlement of that number.
    NoSettlement(String),
    /// No price list of that id is in force; why.
    NoTariff(String, String),
    /// A span of days that ends before it begins.
    SpanBackwards(NaiveDate, NaiveDate),
    /// The settlement was voided before.
    SettlementVoid(String),
    /// The settlement follows another one itself.
    SettlementFollows(String, String),
    /// A later settlement follows it.
    SettlementFollowed(String, String),
    /// No paper of that id or name.
    NoDocument(String),
    /// A stored paper is not what its act made: title and case.
    PaperChanged(String, String),
    /// A copy after the first without its reason.
    CopyReason(String),
    /// A page for a blank whose certificate was replaced or voided.
    PageGone(String, Standing),
    /// A paper that holds no more, without the reason why a copy is wanted.
    ArchiveReason(String, Standing),
    /// An act that asks for a reason, without one.
    NoReason,
    /// A reason, or all of a case together, that paper has no room for: most characters of one, and of all.
    ReasonTooLong(usize, usize),
    /// A serial or a range that is none.
    BadSerial(String, String),
    /// More serials than one act takes.
    RangeTooLong(u64),
    /// A kind of blank nobody knows.
    NoSuchBlankKind(String),
    /// The blank is not where it must be.
    BlankElsewhere(String, &'static str),
    /// The desk has no blank left.
    NoBlank(String),
    /// A block that is none.
    BadBlock(String),
    /// A block that shares numbers with one that is known.
    BlockOverlaps,
    /// A block where the registry gives no numbers itself.
    BlockUnused,
    /// A block of a year that is over.
    BlockPast(i32),
    /// A setting nobody knows.
    NoSuchSetting(String),
    /// A setting's value that is none.
    BadSetting(String, &'static str),
    /// The registry's code is no area of today.
    BadRegistryCode(String),
    /// A registry without a name.
    RegistryName,
    /// A registry's name that papers have no room for: its length, and the most.
    RegistryNameLong(usize, usize),
    /// A training backup for a real registry, or the other way round: whether the registry is for training.
    RestoreTraining(bool),
    /// A backup of another registry: the registry's code, the backup's.
    RestoreOther(String, String),
    /// The record holds something this program cannot read.
    Unreadable(String),
    /// Randomness or hashing failed.
    Machine(String),
}

impl Fault {
    #[rustfmt::skip]
    fn problem(self) -> Problem {
        use ProblemKind::{Bug, Damaged, Input, NotAllowed, Refused, Setup};
        let told = |code, kind, zh: &str, en: &str, next: [&str; 2]| {
            Problem::new(code, kind, [zh.to_owned(), en.to_owned()], next)
        };
        let with = |code, kind, zh: String, en: String, next: [&str; 2]| Problem::new(code, kind, [zh, en], next);
        match self {
            Self::BadPassword => told("sign-in.wrong", NotAllowed, "账号或密码不对", "Wrong name or password",
                ["请核对后再输；连错五次锁定15分钟", "Check and try again; five failures lock the account for 15 minutes"]),
            Self::Locked(until) => with("sign-in.locked", NotAllowed,
                format!("连续输错密码，账号锁定到 {}", until.format("%H:%M")),
                format!("Too many wrong passwords: locked until {}", until.format("%H:%M")),
                ["请到时再试，或请系统管理员重设密码", "Wait until then, or ask an administrator to set a new password"]),
            Self::Disabled(name) => with("sign-in.disabled", NotAllowed, format!("账号 {name} 已停用"),
                format!("Account {name} is disabled"), ["请找系统管理员", "Ask an administrator"]),
            Self::NotAllowed(permission) => {
                let [zh, en] = permission.words();
                let whom = permission.roles().iter().map(|role| role.label()).collect::<Vec<_>>().join("、");
                with("not-allowed", NotAllowed, format!("这个账号不能{zh}，没有写入任何内容"),
                    format!("This account may not {en}; nothing was written"),
                    [&format!("请由{whom}办理"), "Ask somebody whose role allows it"])
            }
            Self::Licence(None) => told("not-allowed.licence", NotAllowed, "账号没有填写登记员证书的期限，不能登记",
                "The account has no registrar's licence; registering is not possible",
                ["请系统管理员填写证书期限", "Ask an administrator to enter the licence"]),
            Self::Licence(Some(day)) => with("not-allowed.licence", NotAllowed, format!("登记员证书已于 {day} 到期，不能登记"),
                format!("The registrar's licence ended on {day}; registering is not possible"),
                ["请由证书有效的登记员办理，并请系统管理员更新期限", "Ask a registrar whose licence holds"]),
            Self::NeedsSecond(permission) => {
                let [zh, en] = permission.words();
                with("not-allowed.second", NotAllowed, format!("这一步要由另一个人{zh}"),
                    format!("This step needs a second person to {en}"),
                    ["请第二人在本屏登录（命令用 --second）", "Let a second person sign in (commands: --second)"])
            }
            Self::OwnApproval => told("not-allowed.own", NotAllowed, "不能审批自己经办的事项", "Nobody approves their own override",
                ["请由另一个人审批", "Ask another person to approve"]),
            Self::FixedClock => told("clock.fixed", NotAllowed, "--now 只能用于练习库", "--now is taken on a training database only",
                ["请去掉 --now", "Leave --now out"]),
            Self::TrainingOnly => told("training-only", NotAllowed, "这一步只能在练习库里做，记录没有变化",
                "This is for training databases only; nothing was written",
                ["请另建练习库：guitai --db 文件 init --training", "Make one: guitai --db FILE init --training"]),
            Self::NoSuchAccount(name) => with("account.unknown", Input, format!("没有账号 {name}"), format!("No account {name}"),
                ["请用 guitai user list 核对", "See guitai user list"]),
            Self::AccountTaken(name) => with("account.taken", Input, format!("账号 {name} 已有人用"),
                format!("Account {name} exists already"), ["请换一个账号名", "Choose another name"]),
            Self::AccountName(name) => with("account.name", Input,
                format!("“{name}”不能作账号名：只用小写字母、数字、点和短横，2到32位"),
                format!("\"{name}\" is no account name: small letters, digits, dots and dashes, 2 to 32"),
                ["请换一个账号名", "Choose another name"]),
            Self::WeakPassword => told("account.weak", Input, "密码太简单：至少8位，含字母、数字、符号中的两种",
                "The password is too simple: at least 8 characters, two of letters, digits, signs",
                ["请换一个密码", "Choose another password"]),
            Self::LastAdministrator => told("account.last-admin", Refused, "这是最后一个能用的系统管理账号，不能停用或去掉角色",
                "This is the last administrator that can sign in", ["请先设另一个系统管理账号", "Make another administrator first"]),
            Self::NoSuchRole(text) => with("account.no-such-role", Input, format!("没有岗位“{text}”"), format!("No role \"{text}\""),
                ["岗位有 clerk registrar stock_keeper supervisor administrator auditor",
                 "Roles are clerk registrar stock_keeper supervisor administrator auditor"]),
            Self::NoRole => told("account.no-role", Input, "账号没有岗位", "The account has no role", ["请至少给一个岗位", "Give it at least one"]),
            Self::RolesApart(a, b) => with("account.roles-apart", Refused, format!("{}与{}不能由一个人担任", a.label(), b.label()),
                format!("A {} and a {} must not be one person", a.english(), b.english()), ["请分设两个账号", "Make two accounts"])
                .because(["岗位分离", "separation of duties"]),
            Self::NoForm(id) => with("form.none", Setup, format!("表单 {id} 在这一天没有可用的版本，或文件有错"),
                format!("No form {id} is in force that day, or its file is broken"),
                ["请运行 guitai forms check", "Run guitai forms check"]),
            Self::NoBusiness(id) => with("form.business", Input, format!("没有业务“{id}”"), format!("No business \"{id}\""),
                ["请用 guitai forms list 看能办的业务", "See guitai forms list"]),
            Self::NoGround(code) => with("refuse.ground", Input, format!("没有不予办理的理由“{code}”"), format!("No ground \"{code}\""),
                ["请从清单里选理由", "Choose a ground from the list"]),
            Self::NoLayout(id) => with("paper.none", Setup, format!("缺版式 {id}，没有写入任何内容"),
                format!("The layout {id} is missing; nothing was written"), ["请运行 guitai forms check", "Run guitai forms check"]),
            Self::NoWords(code) => with("paper.words", Setup, format!("缺文书用语 {code}，没有写入任何内容"),
                format!("The words of papers {code} are missing; nothing was written"), ["请运行 guitai forms check", "Run guitai forms check"]),
            Self::NoDefinition(id) => with("paper.text", Damaged, format!("记录里缺版式 {id} 的原文"),
                format!("The record lacks the text of layout {id}"), ["请用最近的备份核对", "Compare with the latest backup"]),
            Self::BadJson(what) => with("submit.json", Input, format!("提交的内容不合要求：{what}。没有写入任何内容"),
                format!("What was submitted is not understood: {what}. Nothing was written"),
                ["请对照 guitai forms schema 的说明改正", "See guitai forms schema"]),
            Self::KeyReused(key) => with("submit.key", Input, format!("编号 {key} 已用于另一份内容不同的提交，没有写入"),
                format!("Key {key} was used for another content; nothing was written"),
                ["同一件事请原样重发；另一件事请换一个 key", "Send the same content again, or choose another key"]),
            Self::NoCase(id) => with("case.unknown", Input, format!("没有业务 {id}"), format!("No case {id}"),
                ["请核对编号，或用 guitai find 查找", "Check the number, or use guitai find"]),
            Self::CaseClosed(id) => with("case.closed", Refused, format!("业务 {id} 已经办结，没有再写入"),
                format!("Case {id} is closed already; nothing was written"), ["请打开这件业务核对", "Open the case and look"]),
            Self::NoSettlement(number) => with("settlement.unknown", Input, format!("没有结算 {number}"), format!("No settlement {number}"),
                ["请核对凭证号，或用 guitai find 查找", "Check the number, or use guitai find"]),
            Self::NoTariff(why, english) => with("waiver.tariff", Input, why, english,
                ["请用 guitai forms list 看有哪些收费目录", "See guitai forms list"]),
            Self::SpanBackwards(from, to) => with("span.backwards", Input, format!("期间不对：{from} 晚于 {to}"),
                format!("{from} is after {to}"), ["请核对起止日期", "Check both days"]),
            Self::SettlementVoid(number) => with("settlement.void", Refused, format!("结算 {number} 早已作废，没有再写入"),
                format!("Settlement {number} was voided before; nothing was written"), ["请打开这件业务核对", "Open the case and look"]),
            Self::SettlementFollows(number, first) => with("settlement.follows", Refused,
                format!("{number} 本身是补差，请打开最初的结算 {first}"), format!("{number} follows {first} itself: open that one"),
                ["请打开最初的结算", "Open the first settlement"]),
            Self::SettlementFollowed(number, later) => with("settlement.followed", Refused,
                format!("结算 {number} 之后还有补差 {later}，不能先作废"), format!("Settlement {later} follows {number}; nothing was written"),
                ["请先作废后面的补差", "Void the later one first"]),
            Self::NoDocument(id) => with("paper.unknown", Input, format!("没有文书 {id}"), format!("No paper {id}"),
                ["请用 guitai show 看这件业务有哪些文书", "See guitai show for the papers of the case"]),
            Self::PaperChanged(title, case) => with("paper.changed", Damaged,
                format!("{case} 的《{title}》与审查时的记录不符，可能在程序之外被改过，没有打印"),
                format!("The paper {title} of {case} is not what was examined; it may have been changed behind this program and was not printed"),
                ["请运行 guitai verify，并用最近的备份核对", "Run guitai verify and compare with the latest backup"]),
            Self::CopyReason(name) => with("paper.copy", Input, format!("{name} 已打印过，再打要写明原因"),
                format!("{name} was printed before; another copy needs a reason"), ["请写明原因后再打印", "Give the reason"]),
            Self::PageGone(name, standing) => with("paper.page-gone", Refused,
                format!("{name}{}，这一页不能再套打", standing.words()[0]),
                format!("{name} {}: this page is not set on a booklet any more", standing.words()[1]),
                ["请打印换证后的那一页；存档用审查处理表", "Print the page made at the replacement; the review form is for the archive"]),
            Self::ArchiveReason(name, standing) => with("paper.archive", Input,
                format!("{name}{}，只能作存档副本打印，要写明原因", standing.words()[0]),
                format!("{name} {}: only an archive copy may be printed, for a reason", standing.words()[1]),
                ["请写明原因后再打印", "Give the reason"]),
            Self::NoReason => told("reason.none", Input, "这一步要写明原因，没有写入", "This step needs a reason; nothing was written",
                ["请写明原因", "Give the reason"]),
            Self::ReasonTooLong(one, all) => with("reason.long", Input,
                format!("确认和更正的原因太长：每条最多 {one} 个字，合计最多 {all} 个字。没有写入"),
                format!("The reasons are too long: at most {one} characters each, {all} together; nothing was written"),
                ["请写得短一些", "Say it shorter"]),
            Self::BadSerial(zh, en) => with("stock.serial", Input, zh, format!("The serial is wrong: {en}"), ["请核对印制号", "Check the serials"]),
            Self::RangeTooLong(n) => with("stock.range", Input, format!("一次 {n} 本太多，最多 20000 本"),
                format!("{n} serials at once are too many; at most 20000"), ["请分批登记", "Do it in parts"]),
            Self::NoSuchBlankKind(kind) => with("stock.kind", Input, format!("没有“{kind}”这种空白证"), format!("No kind of blanks \"{kind}\""),
                ["种类有 marriage（结婚证）、divorce（离婚证）", "Kinds are marriage and divorce"]),
            Self::BlankElsewhere(serial, state) => with("stock.elsewhere", Refused, format!("印制号 {serial} {state}，没有写入"),
                format!("Blank {serial} is not where this act needs it; nothing was written"), ["请查库存核对", "Look at the stock"]),
            Self::NoBlank(desk) => with("stock.none", Refused, format!("{desk} 号窗口没有空白证了"),
                format!("Desk {desk} has no blanks left"), ["请证件管理员发证到窗口", "Ask the stock keeper for blanks"]),
            Self::BadBlock(what) => with("block.bad", Input, format!("号段不对：{what}"), format!("This is no block: {what}"),
                ["请核对省里下达的号段", "Check the block that the province assigned"]),
            Self::BlockOverlaps => told("block.overlaps", Refused, "号段与已启用的号段或已用的号重叠，没有写入",
                "The block shares numbers with one that was opened before", ["请核对省里下达的号段", "Check the block that the province assigned"]),
            Self::BlockUnused => told("block.unused", Refused, "本处设置为不自行发号（issue_offline = never），启用号段没有用处，没有写入",
                "This registry gives no numbers itself (issue_offline = never); a block would be of no use and was not opened",
                ["请系统管理员先把设置 issue_offline 改为 own_block", "Let an administrator set issue_offline to own_block first"]),
            Self::BlockPast(year) => with("block.past", Refused, format!("{year} 年已经过去，不会再有 {year} 年的登记，没有写入"),
                format!("The year {year} is over, nothing will be registered in it; nothing was written"),
                ["请核对省里下达的号段", "Check the block that the province assigned"]),
            Self::NoSuchSetting(key) => with("setting.unknown", Input, format!("没有设置项“{key}”"), format!("No setting \"{key}\""),
                ["请用 guitai setting list 看有哪些", "See guitai setting list"]),
            Self::BadSetting(key, expected) => with("setting.value", Input, format!("设置项 {key} 的值不对，应为 {expected}"),
                format!("The value of {key} should be {expected}"), ["请改正后再试", "Put it right and try again"]),
            Self::BadRegistryCode(code) => with("found.code", Input, format!("登记机关代码“{code}”不是六位行政区划代码"),
                format!("\"{code}\" is no six-digit area code"), ["请核对代码，如 330521", "Check the code, such as 330521"]),
            Self::RegistryName => told("found.name", Input, "登记机关名称没有填写", "The registry has no name",
                ["请写明名称，文书照印", "Say its name as papers print it"]),
            Self::RegistryNameLong(length, most) => with("found.name-long", Input,
                format!("登记机关名称有 {length} 个字，文书最多印得下 {most} 个"),
                format!("The registry's name has {length} characters; papers have room for {most}"),
                ["请用较短的名称", "Take a shorter name"]),
            Self::RestoreTraining(true) => told("restore.training", Refused, "现用的是练习库，备份是正式库的，不能互相替换",
                "This is a training database and the backup a real one; neither may replace the other",
                ["请核对备份文件和 --db", "Check the backup and --db"]),
            Self::RestoreTraining(false) => told("restore.training", Refused, "现用的是正式库，备份是练习库的，不能互相替换",
                "This is a real database and the backup one for training; neither may replace the other",
                ["请核对备份文件和 --db", "Check the backup and --db"]),
            Self::RestoreOther(own, other) => with("restore.other", Refused,
                format!("备份是登记机关 {other} 的，现用的库是 {own} 的，不能互相替换"),
                format!("The backup is of registry {other}, this database of {own}; neither may replace the other"),
                ["请核对备份文件和 --db", "Check the backup and --db"]),
            Self::Unreadable(what) => with("record.unreadable", Damaged, format!("记录读不出来：{what}"),
                format!("The record cannot be read: {what}"), ["请运行 guitai verify，用最近的备份核对", "Run guitai verify and compare with a backup"]),
            Self::Machine(what) => with("machine", Bug, format!("程序内部出错：{what}。没有写入"),
                format!("Internal error: {what}. Nothing was written"), ["请再试；仍不行请报告", "Try again, or report it"]),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        fault.problem()
    }
}
