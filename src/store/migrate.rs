//! Bringing an older file up to this release: numbered texts, in one transaction, after a backup.
//! The number stands in the file's header; a file with a higher one than ours is left alone.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{Flaw, StoreError, backup, bulk, host};

/// The schema's steps; appended to, never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_record.sql"),
    include_str!("migrations/0002_written.sql"),
];

/// The newest version this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Runs the steps the file has not seen, and brings back indexes that a bulk act left out.
///
/// # Errors
/// The file is newer than this program, or the backup or a step fails; then the file is as it was.
pub(super) fn up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    steps(connection, path, MIGRATIONS)?;
    bulk::mend(connection)
}

fn steps(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    if version(connection)? == steps.len() {
        return Ok(());
    }
    // Desks that start at once wait here; the first one migrates, the others find nothing left to do.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > steps.len() {
        return Err(StoreError::Newer {
            path: path.display().to_string(),
            found: found as i64,
            known: steps.len() as i64,
        });
    }
    if 0 < found && found < steps.len() {
        // The lock keeps others from writing; a second connection reads beside it.
        let source = Connection::open(path)?;
        backup::copy(
            &source,
            &host::unused(&host::with_ending(path, &format!(".before-{}", found + 1))),
        )?;
    }
    for (step, text) in steps.iter().enumerate().skip(found) {
        transaction.execute_batch(text)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1)?;
    }
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<usize, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| StoreError::Damaged(Flaw::Header(version)))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;
    use crate::store::Store;
    use crate::store::rows::PRINT_LOG;

    const NEXT: &str = "ALTER TABLE setting ADD COLUMN note TEXT NOT NULL DEFAULT ''";

    const NOW: usize = MIGRATIONS.len();

    fn before_next(attempt: &str) -> String {
        format!("r.db.before-{}{attempt}", NOW + 1)
    }

    #[test]
    fn rows_of_the_print_log_are_the_same_rows_after_it_was_given_another_outcome() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("r.db");
        let mut file = Connection::open(&path).unwrap();
        steps(&mut file, &path, &MIGRATIONS[..1]).unwrap();
        file.execute_batch(
            "INSERT INTO document VALUES (1, 'C1', 'x', '{}', '2026-11-24T09:00:00', 5);
             INSERT INTO print_log VALUES (7, 1, 1, '', 'a', '1', '2026-11-24T09:00:00', 'printed', '00', 6);",
        )
        .unwrap();
        let before = PRINT_LOG.hash(&file, 7).unwrap().unwrap();
        steps(&mut file, &path, MIGRATIONS).unwrap();
        assert_eq!(PRINT_LOG.hash(&file, 7).unwrap().unwrap(), before);
        let written = "UPDATE print_log SET outcome = 'written' WHERE id = 7";
        assert_eq!(file.execute(written, []).unwrap(), 1);
        let wrong = "UPDATE print_log SET outcome = 'lost' WHERE id = 7";
        assert!(file.execute(wrong, []).is_err());
    }

    fn registry() -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("r.db");
        drop(Store::create(&path, |_| Ok::<_, StoreError>(())).unwrap());
        (folder, path)
    }

    fn copies(folder: &TempDir) -> Vec<String> {
        let names = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains(".before-"))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_older_file_is_kept_before_it_is_migrated() {
        let (folder, path) = registry();
        let mut file = Connection::open(&path).unwrap();
        steps(&mut file, &path, &[MIGRATIONS, &[NEXT]].concat()).unwrap();
        assert_eq!(version(&file).unwrap(), NOW + 1);
        assert_eq!(copies(&folder), [before_next("")]);
        let kept = Store::open(&folder.path().join(before_next(""))).unwrap();
        kept.verify(&mut |_, _| {}).unwrap();
        let (newer, ours) = (NOW as i64 + 1, NOW as i64);
        assert!(matches!(
            Store::open(&path),
            Err(StoreError::Newer { found, known, .. }) if (found, known) == (newer, ours)
        ));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was_and_may_be_tried_again() {
        let (folder, path) = registry();
        let mut file = Connection::open(&path).unwrap();
        for _ in 0..2 {
            assert!(
                steps(
                    &mut file,
                    &path,
                    &[MIGRATIONS, &[NEXT, "CREATE TABLE setting(x)"]].concat()
                )
                .is_err()
            );
            assert_eq!(version(&file).unwrap(), NOW);
            assert!(file.prepare("SELECT note FROM setting").is_err());
        }
        steps(&mut file, &path, &[MIGRATIONS, &[NEXT]].concat()).unwrap();
        assert_eq!(copies(&folder), ["", "-2", "-3"].map(before_next));
    }

    #[test]
    fn desks_that_start_at_once_migrate_once() {
        let (folder, path) = registry();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let mut file = Connection::open(&path).unwrap();
                    file.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
                    steps(&mut file, &path, &[MIGRATIONS, &[NEXT]].concat()).unwrap();
                });
            }
        });
        assert_eq!(copies(&folder), [before_next("")]);
    }
}
