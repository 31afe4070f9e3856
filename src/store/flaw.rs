//! What does not fit in the record, named so that somebody can look at it, in both languages.

/// The first thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// What SQLite says of the file itself.
    File(String),
    /// The header names no schema this program ever wrote.
    Header(i64),
    /// A value of a row is none of its kind.
    Value,
    /// The chain has no head.
    NoHead,
    /// The chain's head is not its last entry: the entry the head names, the last one there is.
    Head(i64, i64),
    /// An entry of the chain is missing.
    NoEntry(i64),
    /// An entry of the chain was changed.
    Entry {
        /// Its number.
        seq: i64,
        /// What it says was done; empty where that cannot be read.
        action: String,
    },
    /// An entry's body cannot be read.
    Body(i64),
    /// A row is not there.
    NoRow {
        /// Its table.
        table: &'static str,
        /// Its id.
        id: i64,
        /// The entry that wrote it.
        seq: i64,
    },
    /// A row is not as its entry says.
    Row {
        /// Its table.
        table: &'static str,
        /// Its id.
        id: i64,
        /// The entry that wrote it.
        seq: i64,
        /// What that entry says was done.
        action: String,
    },
    /// Rows that came in together are not as their entry says, and it cannot be told which.
    Rows {
        /// Their table.
        table: &'static str,
        /// The first.
        first: i64,
        /// The last.
        last: i64,
        /// The entry that wrote them.
        seq: i64,
    },
    /// A row that no entry wrote.
    Stranger {
        /// Its table.
        table: &'static str,
        /// Its id.
        id: i64,
    },
    /// A table has other rows than the chain knows: how many there are, how many it knows.
    Count(&'static str, i64, i64),
    /// Two tables contradict each other: how, and about what.
    Against(Against, String),
    /// A setting every registry has is not there.
    NoSetting(&'static str),
}

/// How two tables contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// An own sequence has a gap.
    SequenceGap,
    /// A block has a gap.
    BlockGap,
    /// A number outside of every block.
    BesideBlocks,
    /// A used number without a case.
    NumberWithoutCase,
    /// A certificate that is not its case's.
    CertificateAndCase,
    /// A closed case without its certificate.
    CaseWithoutCertificate,
    /// A used blank under no certificate.
    BlankWithoutCertificate,
    /// A certificate's serials against the blanks.
    CertificateAndBlanks,
    /// A blank that should lie under a case's certificate.
    CaseAndBlank,
    /// The counters of a day against its cases.
    DayAndCases,
    /// The sums waived on a day against its settlements.
    DayAndSettlements,
    /// A settlement's sums against its lines.
    SettlementAndLines,
    /// A settlement without a case.
    SettlementWithoutCase,
}

impl Against {
    fn words(self) -> [&'static str; 2] {
        match self {
            Self::SequenceGap => ["号码有缺号", "numbers are missing"],
            Self::BlockGap => ["号段有缺号", "numbers of a block are missing"],
            Self::BesideBlocks => ["号码不在号段里", "a number belongs to no block"],
            Self::NumberWithoutCase => ["号码没有对应的业务", "a number has no case"],
            Self::CertificateAndCase => ["证与业务不符", "a certificate is not its case's"],
            Self::CaseWithoutCertificate => ["业务没有证", "a case has no certificate"],
            Self::BlankWithoutCertificate => ["空白证记为已用，却没有证", "a used blank has no certificate"],
            Self::CertificateAndBlanks => [
                "证上的印制号与空白证账不符",
                "a certificate's serials are not the blanks'",
            ],
            Self::CaseAndBlank => ["业务的证不在这个印制号上", "a case's certificate is not on this blank"],
            Self::DayAndCases => ["日计数与业务不符", "a day's counters are not its cases"],
            Self::DayAndSettlements => ["减免日计数与结算不符", "a day's sums are not its settlements'"],
            Self::SettlementAndLines => ["结算的合计与各行不符", "a settlement's sums are not its lines'"],
            Self::SettlementWithoutCase => ["结算没有对应的业务", "a settlement has no case"],
        }
    }
}

impl Flaw {
    /// The sentence without its full stop: Chinese, English.
    pub fn words(&self) -> [String; 2] {
        let both = |zh: String, en: String| [zh, en];
        match self {
            Self::File(what) => both(format!("文件损坏（{what}）"), format!("the file is torn ({what})")),
            Self::Header(version) => both(
                format!("文件头的版本号 {version} 不对"),
                format!("the header's version {version} is none"),
            ),
            Self::Value => both(
                "有一个值读不出来，guitai verify 会指出是哪一条".to_owned(),
                "a value cannot be read; guitai verify tells which".to_owned(),
            ),
            Self::NoHead => both("审计链没有末端".to_owned(), "the audit chain has no head".to_owned()),
            Self::Head(head, last) => both(
                format!("审计链末端应是第 {head} 条，实际到第 {last} 条，与末端不符"),
                format!("the audit chain should end with entry {head}, it ends with {last} and not as its head says"),
            ),
            Self::NoEntry(seq) => both(format!("审计链缺第 {seq} 条"), format!("audit entry {seq} is missing")),
            Self::Entry { seq, action } => both(
                format!("审计链第 {seq} 条{}被改过", in_brackets(action)),
                format!("audit entry {seq} {action} was changed").replace("  ", " "),
            ),
            Self::Body(seq) => both(
                format!("审计链第 {seq} 条的内容读不出来"),
                format!("what audit entry {seq} says cannot be read"),
            ),
            Self::NoRow { table, id, seq } => both(
                format!("{table} 的第 {id} 行不见了（审计第 {seq} 条写的）"),
                format!("row {id} of {table} is gone (written by audit entry {seq})"),
            ),
            Self::Row { table, id, seq, action } => both(
                format!("{table} 的第 {id} 行与审计第 {seq} 条{}不符", in_brackets(action)),
                format!("row {id} of {table} is not as audit entry {seq} ({action}) says"),
            ),
            Self::Rows {
                table,
                first,
                last,
                seq,
            } => both(
                format!("{table} 的第 {first} 到 {last} 行中有一行与审计第 {seq} 条不符"),
                format!("one of rows {first} to {last} of {table} is not as audit entry {seq} says"),
            ),
            Self::Stranger { table, id } => both(
                format!("{table} 的第 {id} 行没有审计记录"),
                format!("row {id} of {table} was written by no audit entry"),
            ),
            Self::Count(table, there, known) => both(
                format!("{table} 有 {there} 行，审计链认 {known} 行"),
                format!("{table} has {there} rows, the audit chain knows {known}"),
            ),
            Self::Against(how, what) => {
                let [zh, en] = how.words();
                both(format!("{zh}：{what}"), format!("{en}: {what}"))
            }
            Self::NoSetting(key) => both(format!("setting 表里没有 {key}"), format!("table setting has no {key}")),
        }
    }
}

fn in_brackets(action: &str) -> String {
    if action.is_empty() {
        String::new()
    } else {
        format!("（{action}）")
    }
}
