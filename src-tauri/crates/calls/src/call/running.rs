use crate::{StoreError, files};
use rusqlite::Connection;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Held for as long as a process writes a call.
///
/// It is the operating system's lock on an empty file: the system lets go of it however the process ends, so a lock
/// that nobody holds means that nobody writes the call any more.
pub(crate) struct RunningLock {
    path: PathBuf,
    _locked: File,
}

impl RunningLock {
    /// Takes a call's lock, or nothing when another process (or this one) holds it.
    pub(crate) fn take(data_dir: &Path, call: Uuid) -> Result<Option<Self>, StoreError> {
        let folder = data_dir.join("running");
        files::create_private_folder(&folder)?;
        let path = folder.join(format!("{call}.lock"));
        let fail = |e| StoreError::file(&path, e);
        let file = files::private().write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path, _locked: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(fail(e)),
        }
    }
}

impl Drop for RunningLock {
    fn drop(&mut self) {
        // A file that stays behind is empty and harmless.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The calls that a process on this machine writes, or wrote when it stopped.
pub(crate) fn running_calls(connection: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = connection.prepare("SELECT call FROM running ORDER BY call")?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}
