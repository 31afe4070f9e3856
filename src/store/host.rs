//! What the store asks of the machine: is the path local, who may read the file, is it on disk.
//!
//! The only file of the store that knows the operating system.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

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
    let stat = rustix::fs::statfs(folder).map_err(std::io::Error::from)?;
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
        std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.display().to_string()),
        _ => StoreError::from(error).at(path),
    })
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
