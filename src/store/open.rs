//! Opening the database file.

use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{Store, StoreError, header, host, migrate};

/// How long a desk waits for another one's write, in polls of one millisecond. The busy handler can capture nothing,
/// so it stands here.
static PATIENCE: AtomicI32 = AtomicI32::new(10_000);

/// How many compiled statements are kept: all that the acts of a day run.
const STATEMENTS: usize = 256;

/// What holds for whoever writes.
const WRITING: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA journal_size_limit = 67108864;";

/// What holds for whoever reads.
const READING: &str = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
    PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;";

/// How long this process waits for others.
pub(super) fn patience() -> Duration {
    Duration::from_millis(PATIENCE.load(Ordering::Relaxed).unsigned_abs().into())
}

impl Store {
    /// How long this process waits for another one's write before it says that the store is busy.
    pub fn wait_at_most(patience: Duration) {
        let polls = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        PATIENCE.store(polls, Ordering::Relaxed);
    }

    /// Opens a database, after a backup and migration where it is of an older version.
    ///
    /// # Errors
    /// No file, not ours, newer than this program, on the network, damaged, not writable.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.display().to_string()));
        }
        host::refuse_network(path)?;
        Self::checked(path).map_err(|error| error.at(path))
    }

    fn checked(path: &Path) -> Result<Self, StoreError> {
        if std::fs::metadata(path)?.permissions().readonly() {
            return Err(StoreError::ReadOnly(path.display().to_string()));
        }
        // Asked before anything is set: setting the log's mode would write into a file that is not ours.
        header::check(path)?;
        let connection = Self::plain(path)?;
        let mut store = Self::settled(connection)?;
        migrate::up(&mut store.connection, path)?;
        Ok(store)
    }

    pub(super) fn plain(path: &Path) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_handler(Some(|polls| {
            sleep(Duration::from_millis(1));
            polls < PATIENCE.load(Ordering::Relaxed)
        }))?;
        Ok(connection)
    }

    pub(super) fn settled(connection: Connection) -> Result<Self, StoreError> {
        connection.execute_batch(WRITING)?;
        Self::settled_to_look(connection)
    }

    /// As [`Store::settled`] for a connection that writes nothing.
    pub(super) fn settled_to_look(connection: Connection) -> Result<Self, StoreError> {
        // Without this every statement with a bound value is compiled anew at each run: the build has STAT4.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch(READING)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self { connection })
    }

    /// Folds the log in and closes, so that the one file is the whole of it.
    pub(super) fn into_one_file(self) -> Result<(), StoreError> {
        self.connection.execute_batch("PRAGMA journal_mode = DELETE")?;
        self.connection.close().map_err(|(_, error)| error.into())
    }
}
