//! One window for each data folder: a second start hands over what it was given and ends.
//!
//! The first one holds a lock on `window.lock` in the data folder, which the system lets go of however a program ends.
//! On Unix it listens at a socket of its own in a folder that only this user can enter, and writes the socket's place
//! into the lock file. On Windows Tauri's plugin does the handing over (see `main.rs`).

#[cfg(unix)]
mod door;

use cueline_events::CallContext;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// What a second start brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Handed {
    /// What `--context` says.
    pub(crate) context: Option<Box<CallContext>>,
    /// A link, as it was given.
    pub(crate) link: Option<String>,
}

/// What a start is.
pub(crate) enum Start {
    /// The only one with this data folder; the place is held as long as this is.
    First(Place),
    /// Another one was there and has taken what was handed over.
    HandedOver,
}

/// The place of the only window of a data folder.
pub(crate) struct Place {
    // Before the lock, as it is closed first.
    #[cfg(unix)]
    door: Option<door::Door>,
    /// Held, not read: the lock goes with it. `None` where the folder's file system knows no locks.
    _lock: Option<File>,
}

/// Takes the place of a data folder's only window, or hands over to the one that has it.
///
/// # Errors
/// When another one has the place and does not answer.
pub(crate) fn start(data_dir: &Path, handed: &Handed) -> io::Result<Start> {
    let file = data_dir.join("window.lock");
    let lock = File::options().read(true).write(true).create(true).truncate(false).open(&file)?;
    match lock.try_lock() {
        Ok(()) => Ok(Start::First(Place::take(lock, data_dir))),
        Err(TryLockError::WouldBlock) => hand_over(lock, data_dir, handed),
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "this data folder can't be locked; a second window would not be noticed");
            Ok(Start::First(Place::unlocked()))
        }
    }
}

impl Place {
    #[cfg(unix)]
    fn take(mut lock: File, data_dir: &Path) -> Self {
        let door = door::Door::open(&mut lock, data_dir);
        if let Err(error) = &door {
            tracing::warn!(%error, "a second start can't be taken over");
        }
        Self { _lock: Some(lock), door: door.ok() }
    }

    #[cfg(not(unix))]
    fn take(lock: File, _data_dir: &Path) -> Self {
        Self { _lock: Some(lock) }
    }

    fn unlocked() -> Self {
        Self {
            _lock: None,
            #[cfg(unix)]
            door: None,
        }
    }

    /// Gives what second starts bring to `take`, from a thread of its own, as long as the program runs.
    ///
    /// # Errors
    /// When the system refuses a thread.
    #[cfg(unix)]
    pub(crate) fn listen(&self, take: impl Fn(Handed) + Send + 'static) -> io::Result<()> {
        self.door.as_ref().map_or(Ok(()), |door| door.listen(take))
    }
}

#[cfg(unix)]
fn hand_over(lock: File, data_dir: &Path, handed: &Handed) -> io::Result<Start> {
    let until = std::time::Instant::now() + door::PATIENCE;
    loop {
        match door::hand_over(&data_dir.join("window.lock"), handed) {
            Ok(()) => return Ok(Start::HandedOver),
            // The first one may be about to open its door, or to leave.
            Err(_) if lock.try_lock().is_ok() => return Ok(Start::First(Place::take(lock, data_dir))),
            Err(error) if std::time::Instant::now() >= until => return Err(error),
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(50)),
        }
    }
}

/// The plugin finds the first one and hands over; nothing is left to do for this start.
#[cfg(not(unix))]
fn hand_over(_lock: File, _data_dir: &Path, _handed: &Handed) -> io::Result<Start> {
    Ok(Start::First(Place::unlocked()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
