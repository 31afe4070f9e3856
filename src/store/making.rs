//! Making a database: beside its place, put there when it is whole. Cut off in between, nothing stands in the way.

use std::fs::File;
use std::path::Path;

use super::{Store, StoreError, header, host, migrate, open};

/// What a database is called while it is being made.
const MAKING: &str = ".making";

impl Store {
    /// Makes a new database; `founding` writes what is in it from the beginning.
    ///
    /// # Errors
    /// The file exists, its folder is none, cannot be written or lies on the network, the disk is full, or what the
    /// founding says. Then there is no file.
    pub fn create<E: From<StoreError>>(
        path: &Path,
        founding: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<Self, E> {
        host::refuse_network(path)?;
        let _alone = host::alone_in_folder_of(path, open::patience())?;
        if path.exists() {
            return Err(StoreError::Exists(path.display().to_string()).into());
        }
        let making = host::with_ending(path, MAKING);
        host::remove_database(&making)?;
        let made = begin(&making)
            .map_err(|error| error.at(path).into())
            .and_then(|mut store| {
                founding(&mut store)?;
                finish(store, &making, path).map_err(|error| error.at(path).into())
            });
        if let Err(error) = made {
            // What cannot be removed is removed by the next try.
            let _ = host::remove_database(&making);
            return Err(error);
        }
        Ok(Self::open(path)?)
    }
}

fn begin(making: &Path) -> Result<Store, StoreError> {
    drop(host::create_private(making)?);
    let mut store = Store::settled(Store::plain(making)?)?;
    let id = header::APPLICATION_ID;
    store
        .connection
        .execute_batch(&format!("PRAGMA application_id = {id};"))?;
    migrate::up(&mut store.connection, making)?;
    Ok(store)
}

fn finish(store: Store, making: &Path, path: &Path) -> Result<(), StoreError> {
    store.into_one_file()?;
    File::open(making)?.sync_all()?;
    host::clear_logs(path)?;
    std::fs::rename(making, path)?;
    host::sync_folder(path)
}
