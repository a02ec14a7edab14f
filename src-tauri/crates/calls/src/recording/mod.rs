//! The encrypted audio of a call: one sealed chunk a second.
//!
//! A file is a header and chunks. Each chunk is sealed with XChaCha20-Poly1305 together with the header and its own
//! place, so that none can be changed, swapped, repeated or taken out unnoticed; an end chunk tells a whole file from
//! one cut short. The key is the file's own, so a chunk's place is all that its nonce needs.
//!
//! Where figures that must not be stored were said, both lanes are silent, and a chunk before that audio says so. While the call
//! runs, audio waits in memory for its words ([`HeldRecording`]), so that such figures never reach the disk; what a later
//! look finds is silenced by writing the recording anew (`silence`).

mod format;
mod held;
mod reader;
mod repair;
mod seeking;
mod silence;
mod silenced;
mod silencing;
mod waveform;
mod writer;

pub use held::HeldRecording;
pub use reader::{RecordingEnd, RecordingReader, RecordingState};
pub(crate) use repair::repair;
pub(crate) use silence::{silence, unfinished};
pub use silenced::Silenced;
pub(crate) use silencing::Silencing;
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
