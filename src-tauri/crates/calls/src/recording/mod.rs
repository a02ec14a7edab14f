//! The encrypted audio of a call: one sealed chunk a second.
//!
//! A file is a header and chunks. Each chunk is sealed with XChaCha20-Poly1305 together with the header and its own
//! place, so that none can be changed, swapped, repeated or taken out unnoticed; an end chunk tells a whole file from
//! one cut short. The key is the file's own, so a chunk's place is all that its nonce needs.

mod format;
mod reader;
mod repair;
mod seeking;
mod waveform;
mod writer;

pub use reader::{RecordingEnd, RecordingReader, RecordingState};
pub(crate) use repair::repair;
pub use waveform::Waveform;
pub use writer::RecordingWriter;

use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Where a call's recording is.
pub(crate) fn path(data_dir: &Path, call: Uuid) -> PathBuf {
    folder(data_dir).join(format!("{call}.cuerec"))
}

pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("recordings")
}

#[cfg(test)]
mod tests;
