//! What can go wrong with the database file, each with its sentence: what happened, what is safe, what to do.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use super::Flaw;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file there.
    #[error("没有数据库 {0}。请先用 guitai init 建库，或用 --db 指明。")]
    NotFound(String),
    /// A file stands where a new one should be made.
    #[error("{0} 已经存在，没有动它。请换一个文件名。")]
    Exists(String),
    /// The file is no SQLite database.
    #[error("{0} 不是数据库文件，没有动它。请核对 --db 指的文件。")]
    NotADatabase(String),
    /// A database of another program.
    #[error("{0} 是别的程序的数据库，没有动它。请核对 --db 指的文件。")]
    Foreign(String),
    /// Written by a later release.
    #[error("{path} 是较新版本的库（第 {found} 版，本程序认识到第 {known} 版），没有动它。请用新版程序打开。")]
    Newer {
        /// The file.
        path: String,
        /// Its schema version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// On a network file system, where the log of changes is not safe.
    #[error("{0} 在网络盘上，多窗口同写会损坏记录，没有打开。请把库放在本机磁盘。")]
    NetworkPath(String),
    /// The folder or the file cannot be written.
    #[error("{0} 不能写入。记录没有变化。请检查目录权限。")]
    ReadOnly(String),
    /// A file should be made in a folder that is none.
    #[error("没有目录 {0}，没有写入任何内容。请先建好目录，或改正文件名。")]
    NoFolder(String),
    /// Another process held the lock for too long.
    #[error("数据库正被另一个窗口占用，这一步没有写入，可以再试。")]
    Busy,
    /// Another process has the file open.
    #[error("{0} 还开在别的窗口，没有动它。请先退出所有窗口。")]
    InUse(String),
    /// The disk is full.
    #[error("磁盘满了，这一步没有写入；以前的记录都在。请腾出空间后再试。")]
    Full,
    /// The file is torn or a record does not fit.
    #[error("记录有损坏：{}。请停止写入，用最近的备份核对。", .0.words()[0])]
    Damaged(Flaw),
    /// The copy that should become a backup does not verify; it was kept under a name that says so.
    #[error("副本核对不上：{}。副本留在 {kept}，不能当作备份。", .flaw.words()[0])]
    BadCopy {
        /// What does not fit.
        flaw: Flaw,
        /// Where the copy is.
        kept: String,
    },
    /// A backup that does not verify; nothing was put in its place.
    #[error("备份 {backup} 有损坏：{}。没有用它替换任何文件。", .flaw.words()[0])]
    BadBackup {
        /// What does not fit.
        flaw: Flaw,
        /// The backup.
        backup: String,
    },
    /// A backup that is the database it should replace.
    #[error("{0} 就是现用的库，没有动它。请指明备份文件。")]
    Same(String),
    /// Two records that must differ are the same.
    #[error("已有同样的记录（{0}），这一步没有写入。")]
    Twin(String),
    /// What this act wants to change was changed since it was looked at.
    #[error("{0} 的状态已经变了，这一步没有写入。")]
    Changed(String),
    /// The disk said no.
    #[error("磁盘读写出错：{0}。这一步没有写入。")]
    Io(String),
    /// A statement that should have worked did not.
    #[error("数据库出错：{0}。这一步没有写入。")]
    Other(String),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let Error::SqliteFailure(failure, ref message) = error else {
            return match error {
                Error::FromSqlConversionFailure(..)
                | Error::InvalidColumnType(..)
                | Error::IntegralValueOutOfRange(..) => Self::Damaged(Flaw::Value),
                other => Self::Other(other.to_string()),
            };
        };
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseCorrupt => Self::Damaged(Flaw::File(error.to_string())),
            ErrorCode::NotADatabase => Self::NotADatabase(String::new()),
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly(String::new()),
            ErrorCode::SystemIoFailure => Self::Io(error.to_string()),
            ErrorCode::ConstraintViolation => Self::Twin(message.clone().unwrap_or_default()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl StoreError {
    /// Puts the file's name where SQLite knows none.
    pub(crate) fn at(self, path: &Path) -> Self {
        let name = path.display().to_string();
        match self {
            Self::NotADatabase(_) => Self::NotADatabase(name),
            Self::ReadOnly(_) => Self::ReadOnly(name),
            other => other,
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(String::new())
            }
            _ => Self::Io(error.to_string()),
        }
    }
}
