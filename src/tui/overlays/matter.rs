//! What questions of the screens that are no forms are about.

/// A matter that a person was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// Why ID numbers must be seen whole.
    Unmask,
    /// Whether copies came out of the printer, each by its id with the hash of its file.
    CameOut(Vec<(i64, String)>),
    /// Which paper to print.
    Paper,
    /// Which blank under a certificate to replace.
    WhichBlank,
    /// A new account.
    NewAccount,
    /// What to do with an account.
    Account(String),
    /// An account's roles.
    Roles(String),
    /// Until when an account's licence holds.
    Licence(String),
    /// A new password for an account.
    Password(String),
    /// Whether an account is to be disabled, or enabled again.
    Disable(String, bool),
    /// The value of a setting, by its key.
    Setting(String),
    /// Blanks that came.
    Receive,
    /// Blanks that go to a desk.
    Issue,
    /// A blank that nobody used.
    SpoilBlank,
    /// A block of numbers.
    OpenBlock,
    /// Why a settlement is voided, by its number.
    VoidSettlement(String),
    /// Why a settlement is followed by another, by its number.
    Follow(String),
    /// Which day.
    Day,
    /// From which day to which money is to be paid out.
    Payments,
}
