//! What the store asks of the machine: is the path local, who may read the file, is it on disk, who else is there.
//!
//! The only file of the store that knows the operating system.

#[cfg(unix)]
use std::fs::TryLockError;
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::thread::sleep;
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use super::StoreError;

/// File systems that live on another machine (Linux `statfs` magic numbers): WAL needs memory shared by all writers.
const NETWORK: [(u64, &str); 7] = [
    (0x6969, "nfs"),
    (0xFF53_4D42, "cifs"),
    (0xFE53_4D42, "smb2"),
    (0x517B, "smb"),
    (0x0102_1997, "9p"),
    (0x6573_5546, "fuse"),
    (0x7375_7245, "coda"),
];

/// Refuses a path on a network file system.
///
/// # Errors
/// The path is on one, or its folder cannot be looked at.
pub(super) fn refuse_network(path: &Path) -> Result<(), StoreError> {
    let text = path.to_string_lossy();
    if text.starts_with("\\\\") || text.starts_with("//") {
        return Err(StoreError::NetworkPath(text.into_owned()));
    }
    if is_network(&folder_of(path))? {
        Err(StoreError::NetworkPath(text.into_owned()))
    } else {
        Ok(())
    }
}

/// The folder a file stands in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(target_os = "linux")]
fn is_network(folder: &Path) -> Result<bool, StoreError> {
    let stat = rustix::fs::statfs(folder).map_err(|error| no_folder(error.into(), folder))?;
    let magic = u64::from_ne_bytes(stat.f_type.to_ne_bytes()) & 0xFFFF_FFFF;
    Ok(NETWORK.iter().any(|(known, _)| *known == magic))
}

#[cfg(not(target_os = "linux"))]
fn is_network(_: &Path) -> Result<bool, StoreError> {
    Ok(false)
}

/// Makes an empty file that only its owner may read.
///
/// # Errors
/// It exists, or the folder cannot be written.
pub(super) fn create_private(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists(path.display().to_string()),
        _ => no_folder(error, &folder_of(path)).at(path),
    })
}

/// The error, or that the folder is none where this is all that is wrong.
fn no_folder(error: Error, folder: &Path) -> StoreError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => StoreError::NoFolder(folder.display().to_string()),
        _ => error.into(),
    }
}

/// Waits until nobody else makes files in the folder of a path; they are kept out until what comes back goes.
///
/// # Errors
/// The folder is none, or somebody else is at it for longer than patience lasts.
#[cfg(unix)]
pub(super) fn alone_in_folder_of(path: &Path, patience: Duration) -> Result<Option<File>, StoreError> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(StoreError::NoFolder(folder.display().to_string()));
    }
    let opened = File::open(&folder)?;
    let begun = Instant::now();
    loop {
        match opened.try_lock() {
            Ok(()) => return Ok(Some(opened)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
            // A file system without locks: then there is nothing to wait for.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Folders cannot be locked here.
#[cfg(not(unix))]
pub(super) fn alone_in_folder_of(path: &Path, _: Duration) -> Result<Option<File>, StoreError> {
    let folder = folder_of(path);
    if folder.is_dir() {
        Ok(None)
    } else {
        Err(StoreError::NoFolder(folder.display().to_string()))
    }
}

/// Two files change names, at one moment where the system can do that.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), StoreError> {
    if at_one_moment(one, other)? {
        return Ok(());
    }
    let between = unused(&with_ending(one, ".between"));
    std::fs::rename(one, &between)?;
    std::fs::rename(other, one)?;
    Ok(std::fs::rename(&between, other)?)
}

#[cfg(target_os = "linux")]
fn at_one_moment(one: &Path, other: &Path) -> Result<bool, StoreError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(Error::from(error).into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn at_one_moment(_: &Path, _: &Path) -> Result<bool, StoreError> {
    Ok(false)
}

/// A path with something behind its last letter.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The path itself where nothing stands there and no log of it, else with the first number behind it that is free.
pub(super) fn unused(path: &Path) -> PathBuf {
    let free = |path: &PathBuf| !path.exists() && LOGS.iter().all(|log| !with_ending(path, log).exists());
    let numbered = (2_u32..).map(|n| with_ending(path, &format!("-{n}")));
    std::iter::once(path.to_owned())
        .chain(numbered)
        .find(free)
        .unwrap_or_else(|| path.to_owned())
}

/// What SQLite keeps beside a database: changes not yet in it, and what to undo after a power cut.
pub(super) const LOGS: [&str; 2] = ["-wal", "-journal"];

/// Takes what is left of an older database of that name out of the way: a new file would be mixed with its changes.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn clear_logs(path: &Path) -> Result<(), StoreError> {
    for log in LOGS.map(|log| with_ending(path, log)) {
        if log.exists() {
            std::fs::rename(&log, unused(&with_ending(&log, ".left")))?;
        }
    }
    remove(&with_ending(path, "-shm"))
}

/// Removes a file, where there is one.
///
/// # Errors
/// It cannot be removed.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Removes a database that was never finished, with all that SQLite keeps beside it.
///
/// # Errors
/// One of them cannot be removed.
pub(super) fn remove_database(path: &Path) -> Result<(), StoreError> {
    ["", "-wal", "-journal", "-shm"]
        .iter()
        .try_for_each(|ending| remove(&with_ending(path, ending)))
}

/// Puts a folder's entries on disk, so that a new or renamed file is still there after a power cut.
///
/// # Errors
/// The disk refuses.
pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
}
