//! Making and opening the database file.

use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Store, StoreError, host, migrate};

/// `GTAI`: what the file header says it is.
pub(super) const APPLICATION_ID: i64 = 0x4754_4149;

/// How long a desk waits for another one's write, in polls of one millisecond. The busy handler can capture nothing,
/// so it stands here.
static PATIENCE: AtomicI32 = AtomicI32::new(10_000);

/// How many compiled statements are kept: all that the acts of a day run.
const STATEMENTS: usize = 256;

const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16384;
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

impl Store {
    /// How long this process waits for another one's write before it says that the store is busy.
    pub fn wait_at_most(patience: Duration) {
        let polls = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        PATIENCE.store(polls, Ordering::Relaxed);
    }

    /// Makes a new database; the registry's own settings are written by the first act.
    ///
    /// # Errors
    /// The file exists, the folder cannot be written or lies on the network, the disk is full.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        host::refuse_network(path)?;
        drop(host::create_private(path)?);
        let made = Self::plain(path).and_then(Self::settled).and_then(|mut store| {
            store
                .connection
                .execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID};"))?;
            migrate::up(&mut store.connection, path)?;
            host::sync_folder(path)?;
            Ok(store)
        });
        if made.is_err() {
            // A half-made file would only be in the way of the next try.
            let _ = std::fs::remove_file(path);
        }
        made.map_err(|error| error.at(path))
    }

    /// Takes back a database that was just made and is of no use.
    pub fn discard(self, path: &Path) {
        drop(self);
        for ending in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            // What cannot be removed stands in the way and is named by the next try.
            let _ = std::fs::remove_file(name);
        }
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
        let connection = Self::plain(path)?;
        // Asked before anything is set: setting the log's mode would write into a file that is not ours.
        let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if id != APPLICATION_ID {
            return Err(StoreError::Foreign(path.display().to_string()));
        }
        let mut store = Self::settled(connection)?;
        migrate::up(&mut store.connection, path)?;
        Ok(store)
    }

    fn plain(path: &Path) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_handler(Some(|polls| {
            sleep(Duration::from_millis(1));
            polls < PATIENCE.load(Ordering::Relaxed)
        }))?;
        Ok(connection)
    }

    fn settled(mut connection: Connection) -> Result<Self, StoreError> {
        // Without this every statement with a bound value is compiled anew at each run: the build has STAT4.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch(SETTINGS)?;
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self { connection })
    }
}
