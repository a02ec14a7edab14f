//! The encrypted audio of a call: one sealed chunk a second.
//!
//! A file is a header and chunks. Each chunk is sealed with XChaCha20-Poly1305 together with the header and its own
//! place, so that none can be changed, swapped, repeated or taken out unnoticed; an end chunk tells a whole file from
//! one cut short. The key is the file's own, so a chunk's place is all that its nonce needs.
//!
//! Where figures that must not be stored were said, both lanes are silent, and a chunk before that audio says so. While the call
//! runs, audio waits in memory for its words ([`HeldRecording`]), so that such figures never reach the disk; what a later
//! look finds is silenced by writing the recording anew (`silence`).

mod arriving;
mod format;
mod held;
mod outline;
mod reader;
mod repair;
mod seeking;
mod silence;
mod silenced;
mod waveform;
mod writer;

pub(crate) use arriving::{Arriving, settle_arrivals};
pub use held::HeldRecording;
pub use outline::RecordingOutline;
pub(crate) use outline::SampleHash;
pub use reader::{RecordingEnd, RecordingReader, RecordingState};
pub(crate) use repair::repair;
pub(crate) use silence::{silence, unfinished};
pub use silenced::Silenced;
pub use waveform::Waveform;
pub use writer::RecordingWriter;

use crate::StoreError;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Where a call's recording is.
pub(crate) fn path(data_dir: &Path, call: Uuid) -> PathBuf {
    folder(data_dir).join(format!("{call}.cuerec"))
}

pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("recordings")
}

/// The calls that have a recording.
pub(crate) fn all(data_dir: &Path) -> Result<BTreeSet<Uuid>, StoreError> {
    recorded(&folder(data_dir))
}

/// The calls whose recordings are in a folder.
fn recorded(folder: &Path) -> Result<BTreeSet<Uuid>, StoreError> {
    let files = match std::fs::read_dir(folder) {
        Ok(files) => files,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(StoreError::file(folder, e)),
    };
    let mut calls = BTreeSet::new();
    for file in files {
        let path = file.map_err(|e| StoreError::file(folder, e))?.path();
        if path.extension().is_some_and(|ending| ending == "cuerec") {
            calls.extend(path.file_stem().and_then(|id| Uuid::parse_str(id.to_str()?).ok()));
        }
    }
    Ok(calls)
}

/// Deletes a call's recording, if it has one, and one that was to take its place.
pub(crate) fn delete(data_dir: &Path, call: Uuid) -> Result<(), StoreError> {
    for path in [path(data_dir, call), unfinished(data_dir, call)] {
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::file(&path, e)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
