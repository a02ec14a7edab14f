use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// One file a version, in order; a file that has been released is never changed again.
const MIGRATIONS: [&str; 2] =
    [include_str!("migrations/0001_calls.sql"), include_str!("migrations/0002_improved.sql")];

/// The newest schema, as SQLite's `user_version`.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// Brings a database to the newest schema, each step whole or not at all.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let fault = |e| StoreError::database(path, e);
    loop {
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let found: i64 = step.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fault)?;
        let next = usize::try_from(found).ok().filter(|&n| n <= MIGRATIONS.len());
        let Some(next) = next else {
            return Err(StoreError::Newer { file: path.to_path_buf(), found, known: SCHEMA });
        };
        let Some(sql) = MIGRATIONS.get(next) else { return Ok(()) };
        step.execute_batch(sql).map_err(fault)?;
        step.pragma_update(None, "user_version", found + 1).map_err(fault)?;
        step.commit().map_err(fault)?;
    }
}
