//! The encrypted database: opening it, its settings, its schema.

#[cfg(test)]
mod migration_power_cut_tests;
mod migrations;
mod word;

pub(crate) use migrations::SCHEMA;
pub(crate) use word::{from_json, from_word, is_content, word};

use crate::{StoreError, files, keys::Key};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// `CuLn` in the file's header (SQLite's `application_id`), so that the file says whose it is once it is open.
const APPLICATION_ID: i32 = 0x4375_4c6e;

/// How long a write waits for another process's write before it gives up.
const BUSY: Duration = Duration::from_secs(5);

/// Where the database is and what opens it.
#[derive(Clone)]
pub(crate) struct Database {
    path: PathBuf,
    key: Key,
}

impl Database {
    pub(crate) fn new(path: PathBuf, key: Key) -> Self {
        Self { path, key }
    }

    /// An error of this database.
    pub(crate) fn fault(&self) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
        |e| StoreError::database(&self.path, e)
    }

    /// Makes an empty database with the newest schema under `path`, replacing what is there.
    pub(crate) fn create(path: &Path, key: &Key) -> Result<(), StoreError> {
        // SQLite gives its side files the permissions of the main one.
        files::write_private(path, &[])?;
        let database = Self::new(path.to_path_buf(), key.clone());
        let fault = database.fault();
        let mut connection = database.unlocked()?;
        connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(&fault)?;
        migrations::migrate(&mut connection, path)?;
        connection.close().map_err(|(_, e)| fault(e))?;
        std::fs::File::options()
            .write(true)
            .open(path)
            .and_then(|f| f.sync_all())
            .map_err(|e| StoreError::file(path, e))
    }

    /// Opens the database for the first time in this process: sees that it is ours and brings its schema up to date.
    pub(crate) fn open(&self) -> Result<Connection, StoreError> {
        let mut connection = self.connect()?;
        let ours = connection
            .query_row("PRAGMA application_id", [], |row| row.get::<_, i32>(0))
            .map_err(self.fault())?;
        if ours != APPLICATION_ID {
            return Err(StoreError::NotAStore { file: self.path.clone() });
        }
        migrations::migrate(&mut connection, &self.path)?;
        Ok(connection)
    }

    /// A further connection, for one more writer or reader.
    pub(crate) fn connect(&self) -> Result<Connection, StoreError> {
        let connection = self.unlocked()?;
        let read: Result<i64, _> =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0));
        match read.map_err(self.fault()) {
            Err(StoreError::Damaged { .. }) if self.is_plain() => {
                return Err(StoreError::NotAStore { file: self.path.clone() });
            }
            other => other?,
        };
        // WAL with a sync at every commit: a killed process loses nothing that was committed, and neither does a
        // power cut, which synchronous = NORMAL would let take everything since the last checkpoint. A call commits
        // a few times a second at most, so the syncs cost nothing that matters.
        let mode: String =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(self.fault())?;
        if mode != "wal" {
            let reason = format!("its journal is `{mode}` and cannot be changed");
            return Err(StoreError::Damaged { file: self.path.clone(), reason });
        }
        connection
            .execute_batch(
                "PRAGMA synchronous = FULL;
                 PRAGMA fullfsync = ON;
                 PRAGMA checkpoint_fullfsync = ON;
                 PRAGMA journal_size_limit = 16777216;
                 PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;
                 PRAGMA trusted_schema = OFF;",
            )
            .map_err(self.fault())?;
        Ok(connection)
    }

    /// A connection that has its key but has not read a page.
    fn unlocked(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(self.fault())?;
        // SQLCipher would write to the terminal what we report as errors.
        connection.execute_batch("PRAGMA cipher_log_level = NONE").map_err(self.fault())?;
        let digits = Zeroizing::new(self.key.iter().fold(String::with_capacity(64), |mut digits, byte| {
            for nibble in [byte >> 4, byte & 15] {
                digits.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
            digits
        }));
        let key = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *digits));
        connection.execute_batch(&key).map_err(self.fault())?;
        // An SQLite without SQLCipher ignores the key and would write everything in the clear.
        let version: Result<String, _> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0));
        if version.is_err() {
            return Err(StoreError::Unfit { what: "this build's database cannot encrypt".to_owned() });
        }
        // `cipher_memory_security` stays off: it wipes and locks SQLite's whole heap at a price on every query, while
        // the same words stand in our own memory and on the screen. The keys themselves lie in SQLCipher's locked heap.
        connection.execute_batch("PRAGMA temp_store = MEMORY").map_err(self.fault())?;
        connection.busy_timeout(BUSY).map_err(self.fault())?;
        Ok(connection)
    }

    /// Whether the file is an ordinary SQLite database.
    fn is_plain(&self) -> bool {
        use std::io::Read;
        let mut head = [0; 16];
        let read = std::fs::File::open(&self.path).and_then(|mut f| f.read_exact(&mut head));
        read.is_ok() && &head == b"SQLite format 3\0"
    }

    /// Reads every page and checks its seal: not a part of opening, which must stay quick with a million utterances.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let connection = self.connect()?;
        // The check reads the file alone, and a power cut may have left a page in it half written that is whole in the journal.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(self.fault())?;
        let mut pages = connection.prepare("PRAGMA cipher_integrity_check").map_err(self.fault())?;
        let faults = pages.query_map([], |row| row.get::<_, String>(0)).map_err(self.fault())?;
        let faults: Vec<String> = faults.collect::<Result<_, _>>().map_err(self.fault())?;
        match faults.first() {
            None => Ok(()),
            Some(first) => Err(StoreError::Damaged {
                file: self.path.clone(),
                reason: format!("{} pages do not carry their seal, the first: {first}", faults.len()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> (tempfile::TempDir, Database) {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::new(dir.path().join("calls.db"), Key::new([5; 32]));
        Database::create(&database.path, &database.key).unwrap();
        (dir, database)
    }

    #[test]
    fn a_fresh_database_opens_with_its_key_and_is_whole() {
        let (_dir, database) = fresh();
        database.open().unwrap();
        database.check().unwrap();
        let head = std::fs::read(&database.path).unwrap();
        assert!(!head.starts_with(b"SQLite format 3"));
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let (_dir, database) = fresh();
        let other = Database::new(database.path.clone(), Key::new([6; 32]));
        assert_eq!(other.open().unwrap_err().code(), "store_damaged");

        let good = std::fs::read(&database.path).unwrap();
        let mut bad = good.clone();
        bad[5000] ^= 1;
        std::fs::write(&database.path, &bad).unwrap();
        assert_eq!(database.check().unwrap_err().code(), "store_damaged");

        std::fs::write(&database.path, b"a letter to a friend, longer than a page header".repeat(200))
            .unwrap();
        assert_eq!(database.open().unwrap_err().code(), "store_damaged");

        std::fs::remove_file(&database.path).unwrap();
        let plain = Connection::open(&database.path).unwrap();
        plain.execute_batch("CREATE TABLE t (x)").unwrap();
        drop(plain);
        assert_eq!(database.open().unwrap_err().code(), "not_a_store");
    }

    #[test]
    fn a_newer_schema_is_left_alone() {
        let (_dir, database) = fresh();
        database.open().unwrap().pragma_update(None, "user_version", SCHEMA + 1).unwrap();
        assert_eq!(database.open().unwrap_err().code(), "store_newer");
    }
}
