//! What the store's faults are called at the desk: a code, what happened, what is safe, what to do.

use super::problem::{Problem, ProblemKind};
use crate::store::StoreError;

impl From<StoreError> for Problem {
    #[rustfmt::skip]
    fn from(error: StoreError) -> Self {
        use ProblemKind::{Bug, Busy, Damaged, Full, Input, Refused, Setup};
        let with = |code, kind, zh: String, en: String, next: [&str; 2]| Self::new(code, kind, [zh, en], next);
        match error {
            StoreError::NotFound(path) => with("store.none", Setup, format!("没有数据库 {path}"), format!("No database {path}"),
                ["请先用 guitai init 建库，或用 --db 指明", "Make one with guitai init, or name it with --db"]),
            StoreError::Exists(path) => with("store.exists", Input, format!("{path} 已经存在，没有动它"),
                format!("{path} exists and was left alone"), ["请换一个文件名", "Choose another name"]),
            StoreError::NotADatabase(path) => with("store.no-database", Setup, format!("{path} 不是数据库文件，没有动它"),
                format!("{path} is no database and was left alone"), ["请核对文件名", "Check its name"]),
            StoreError::Foreign(path) => with("store.foreign", Setup, format!("{path} 是别的程序的数据库，没有动它"),
                format!("{path} is another program's database and was left alone"), ["请核对文件名", "Check its name"]),
            StoreError::Newer { path, found, known } => with("store.newer", Setup,
                format!("{path} 是较新版本的库（第 {found} 版，本程序认识到第 {known} 版），没有动它"),
                format!("{path} is of a later release (version {found}, known up to {known}) and was left alone"),
                ["请用新版程序打开", "Open it with the newer program"]),
            StoreError::NetworkPath(path) => with("store.network", Setup, format!("{path} 在网络盘上，多窗口同写会损坏记录，没有打开"),
                format!("{path} is on a network file system, where several desks would damage it; not opened"),
                ["请把库放在本机磁盘", "Keep the database on a local disk"]),
            StoreError::ReadOnly(path) => with("store.read-only", Setup, format!("{path} 不能写入，记录没有变化"),
                format!("{path} cannot be written; the record is unchanged"), ["请检查目录和文件的权限", "Check the rights of folder and file"]),
            StoreError::Busy => with("store.busy", Busy, "数据库正被另一个窗口占用，这一步没有写入".into(),
                "Another desk is writing; this step was not written".into(), ["可以再试", "Try again"]),
            StoreError::InUse(path) => with("store.in-use", Busy, format!("{path} 还开在别的窗口，没有动它"),
                format!("{path} is open at another desk and was left alone"), ["请先退出所有窗口再试", "Leave it at every desk and try again"]),
            StoreError::Full => with("store.full", Full, "磁盘满了，这一步没有写入；以前的记录都在".into(),
                "The disk is full; this step was not written, everything before is safe".into(),
                ["请腾出空间后再试", "Make room and try again"]),
            StoreError::NoFolder(path) => with("store.no-folder", Input, format!("没有目录 {path}，没有写入任何内容"),
                format!("There is no folder {path}; nothing was written"), ["请先建好目录，或改正文件名", "Make the folder, or put the name right"]),
            StoreError::Damaged(flaw) => {
                let [zh, en] = flaw.words();
                with("store.damaged", Damaged, format!("记录有损坏：{zh}"), format!("The record is damaged: {en}"),
                    ["请停止写入，用最近的备份核对", "Stop writing and compare with the latest backup"])
            }
            StoreError::BadCopy { flaw, kept } => {
                let [zh, en] = flaw.words();
                with("backup.damaged", Damaged, format!("备份核对不上，记录有损坏：{zh}。副本留在 {kept}，不能当作可靠的备份"),
                    format!("The copy does not verify, the record is damaged: {en}. The copy is {kept}; it is no backup to rely on"),
                    ["请停止写入，用以前的备份核对", "Stop writing and compare with an earlier backup"])
            }
            StoreError::BadBackup { flaw, backup } => {
                let [zh, en] = flaw.words();
                with("restore.damaged", Damaged, format!("备份 {backup} 有损坏：{zh}"), format!("The backup {backup} is damaged: {en}"),
                    ["请换一份核对得上的备份", "Take another backup that verifies"])
            }
            StoreError::Same(path) => with("restore.same", Input, format!("{path} 就是现用的库，没有动它"),
                format!("{path} is the database itself and was left alone"), ["请指明备份文件", "Name the backup"]),
            StoreError::Changed(what) => with("store.changed", Refused, format!("{what} 的状态已经变了，这一步没有写入"),
                format!("{what} was changed since; this step was not written"), ["请重新打开核对", "Open it again and look"]),
            StoreError::Twin(what) => with("store.twin", Refused, format!("已有同样的记录（{what}），这一步没有写入"),
                format!("Such a record exists already ({what}); this step was not written"), ["请核对已有的记录", "Look at the record that exists"]),
            StoreError::Io(what) => with("store.io", Damaged, format!("磁盘读写出错：{what}。这一步没有写入"),
                format!("The disk reports an error: {what}. This step was not written"), ["请检查磁盘，用最近的备份核对", "Check the disk and the latest backup"]),
            StoreError::Other(what) => with("store.other", Bug, format!("数据库出错：{what}。这一步没有写入"),
                format!("The database reports an error: {what}. This step was not written"), ["请再试；仍不行请报告", "Try again, or report it"]),
        }
    }
}
