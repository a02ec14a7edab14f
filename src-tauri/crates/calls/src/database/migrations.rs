use crate::{StoreError, call};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// One file a version, in order; a file that has been released is never changed again.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001_calls.sql"),
    include_str!("migrations/0002_improved.sql"),
    include_str!("migrations/0003_own_word.sql"),
    include_str!("migrations/0004_review.sql"),
];

/// The step that makes the overview of calls, whose disclosures SQL alone cannot count.
const OVERVIEW: usize = 3;

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
        if next == OVERVIEW {
            call::close_all(&step).map_err(fault)?;
        }
        step.pragma_update(None, "user_version", found + 1).map_err(fault)?;
        step.commit().map_err(fault)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_first_version_wrote_is_kept_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO call VALUES (x'00112233445566778899aabbccddeeff', 0, 'file', 'm', 'p', '1', 'a', 'm', '{}', 1, '0');
                 INSERT INTO cue_event (call, seq, cue, event, at, emitted_at, written_ms)
                 VALUES (x'00112233445566778899aabbccddeeff', 1, 'disc.name', 'satisfied', 1.0, 1.0, 0);",
            )
            .unwrap();
        migrate(&mut connection, Path::new("calls.db")).unwrap();
        let by_agent: bool =
            connection.query_row("SELECT by_agent FROM cue_event", [], |row| row.get(0)).unwrap();
        assert!(!by_agent, "nobody's own word was known then");
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, SCHEMA);
    }
}
