//! Opening a file only to read it: nothing of it changes, and a full disk or one that cannot be written is no hindrance.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{Store, StoreError, header, host};

/// The first thing asked: it shows whether the file can be read at all.
const ASK: &str = "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_master;";

impl Store {
    /// Opens a database to read it. Whatever writes is refused.
    ///
    /// # Errors
    /// No file, not ours, newer than this program, on the network, torn, or with changes beside it that cannot be read
    /// without writing.
    pub fn open_to_look(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.display().to_string()));
        }
        host::refuse_network(path)?;
        looking(path)
            .and_then(Self::settled_to_look)
            .map_err(|error| error.at(path))
    }
}

/// A connection that reads a file of ours.
pub(super) fn looking(path: &Path) -> Result<Connection, StoreError> {
    header::check(path)?;
    let opened = Store::plain(path).and_then(asked);
    match opened {
        Err(StoreError::ReadOnly(_) | StoreError::Full | StoreError::Io(_)) => unwritten(path),
        opened => opened,
    }
}

/// Reads where nothing can be written, not even what desks share beside the file.
fn unwritten(path: &Path) -> Result<Connection, StoreError> {
    let log = host::with_ending(path, "-wal");
    let whole = std::fs::metadata(&log).is_ok_and(|log| log.len() == 0) || !log.exists();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if !whole {
        return asked(Connection::open_with_flags(path, flags)?);
    }
    let escaped: String = path.to_string_lossy().chars().map(escaped).collect();
    let uri = format!("file:{escaped}?immutable=1");
    asked(Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?)
}

/// What has a meaning of its own in a name with parameters.
fn escaped(letter: char) -> String {
    match letter {
        '%' => "%25".to_owned(),
        '?' => "%3f".to_owned(),
        '#' => "%23".to_owned(),
        other => other.to_string(),
    }
}

fn asked(connection: Connection) -> Result<Connection, StoreError> {
    connection.execute_batch(ASK)?;
    Ok(connection)
}
