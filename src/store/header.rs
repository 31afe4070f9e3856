//! What a database file says of itself in its first hundred bytes. Read without SQLite, which would already change a
//! file that is not ours or newer than this program.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{Flaw, StoreError, migrate};

/// `GTAI`: what the header of each of our files says.
pub(super) const APPLICATION_ID: u32 = 0x4754_4149;

/// The header's length in bytes.
const LENGTH: usize = 100;

/// Where it stands: the schema's version and whose file it is, each in four bytes, high byte first.
const VERSION: usize = 60;
const APPLICATION: usize = 68;

/// Looks whether a file is one that this program may open.
///
/// # Errors
/// No database, another program's, newer than this program, or torn.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let name = || path.display().to_string();
    if !std::fs::metadata(path)?.is_file() {
        return Err(StoreError::NotADatabase(name()));
    }
    let mut bytes = [0; LENGTH];
    File::open(path)?
        .read_exact(&mut bytes)
        .map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => StoreError::NotADatabase(name()),
            _ => error.into(),
        })?;
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotADatabase(name()));
    }
    if number(&bytes, APPLICATION) != APPLICATION_ID {
        return Err(StoreError::Foreign(name()));
    }
    match i64::from(number(&bytes, VERSION)) {
        0 => Err(StoreError::Damaged(Flaw::Header(0))),
        found if found > migrate::KNOWN => Err(StoreError::Newer {
            path: name(),
            found,
            known: migrate::KNOWN,
        }),
        _ => Ok(()),
    }
}

fn number(bytes: &[u8; LENGTH], at: usize) -> u32 {
    let four = bytes.iter().skip(at).take(4);
    four.fold(0, |number, byte| (number << 8) | u32::from(*byte))
}
