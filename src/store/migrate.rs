//! Bringing an older file up to this release: numbered texts, in one transaction, after a backup.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::backup;
use super::bulk;

/// The schema's steps; appended to, never changed.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_record.sql")];

/// The version this program writes.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Runs the steps the file has not seen.
///
/// # Errors
/// The file is newer than this program, or the backup or a step fails; then the file is as it was.
pub(super) fn up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found == VERSION {
        return bulk::mend(connection);
    }
    if found > VERSION {
        return Err(StoreError::Newer {
            path: path.display().to_string(),
            found,
            known: VERSION,
        });
    }
    if found > 0 {
        backup::copy(connection, &before(path, found))?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another desk may have been faster.
    let seen = usize::try_from(version(&transaction)?).unwrap_or(0);
    for (step, text) in MIGRATIONS.iter().enumerate().skip(seen) {
        transaction.execute_batch(text)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1)?;
    }
    transaction.commit()?;
    bulk::mend(connection)
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Where the copy from before a migration stands.
fn before(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{}", version + 1));
    PathBuf::from(name)
}
