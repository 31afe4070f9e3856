//! Many records in one act: rows as always, but one hash over each table's rows instead of one a row.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::certificate::{CertificateRow, PartyRow};
use super::chain::hex;
use super::rows::{ALT_KEY, CERTIFICATE, PARTY, Table, hash_row};
use super::{StoreError, Tx};

impl Tx<'_> {
    /// Writes certificates with the people on them; keys, indexes and audit as of a single act.
    ///
    /// # Errors
    /// A twin of a number, or the store cannot be written.
    pub fn insert_many(&mut self, records: &[(CertificateRow, [PartyRow; 2])]) -> Result<(), StoreError> {
        let tables = [CERTIFICATE, PARTY, ALT_KEY];
        let before: Vec<i64> = tables
            .iter()
            .map(|table| self.last_id(*table))
            .collect::<Result<_, _>>()?;
        for (certificate, parties) in records {
            self.put_certificate(certificate)?;
            let id = self.connection.last_insert_rowid();
            for party in parties {
                self.put_party(id, party)?;
            }
        }
        for (table, before) in tables.into_iter().zip(before) {
            let last = self.last_id(table)?;
            if last > before {
                let hash = self.hash_range(table, before + 1, last)?;
                self.chunks.push(json!([table.name, before + 1, last, hash]));
            }
        }
        Ok(())
    }

    fn last_id(&self, table: Table) -> Result<i64, StoreError> {
        let sql = format!("SELECT COALESCE(MAX(id), 0) FROM {}", table.name);
        Ok(self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
    }

    fn hash_range(&self, table: Table, from: i64, to: i64) -> Result<String, StoreError> {
        let mut statement = self.connection.prepare_cached(table.range)?;
        let mut rows = statement.query([from, to])?;
        let mut hasher = Sha256::new();
        while let Some(row) = rows.next()? {
            hasher.update(hash_row(row)?);
        }
        Ok(hex(&hasher.finalize().into()))
    }
}
