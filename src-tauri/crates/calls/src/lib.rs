//! The session logs: what was said and cued in a call, kept encrypted on this machine.
//!
//! One data folder holds everything, and nothing in it can be read without the folder's key:
//!
//! ```text
//! keys.json              how the master key is kept: in the system's key store, or wrapped under a passphrase
//! calls.db               SQLCipher: calls, utterances, cue events, the ledger, the search index
//! recordings/<id>.cuerec the audio of a call, one sealed chunk a second
//! running/<id>.lock      held by the process that writes the call; empty
//! arriving/<id>.cuerec   the audio of a call that is being imported, until the call is there
//! ```
//!
//! Data flows one way: `live` hands every [`CallEvent`](cueline_events::CallEvent) to a [`CallLog`], which masks
//! card numbers and the like (`redaction`), links disclosures into the ledger and writes; the heads read through
//! [`Store`]. An event is on disk when [`CallLog::append`] returns: a killed process loses nothing that was
//! appended, and the next [`Store::open`] closes the call and says so.
//!
//! After the call, an overview of it is kept for lists, people say what they make of it (`review`), and its end is sealed
//! to the calls before it (`chain`). [`export`] writes calls for somewhere else, and `import` brings them in there; [`Retention`]
//! says which may go.
//!
//! A call's recording may be transcribed once more after the call: [`Store::keep_improved`] adds that transcript beside
//! the live one, which stays as it is, and every reader says which of the two it shows ([`TranscriptVersion`]).
//!
//! Rows are only ever added. Ids are global (UUIDv7) and a call's row carries agent, machine, playbook version and
//! schema version, so that the logs of many machines merge without rewriting; only the tables `running` and
//! `undecided` speak of calls that this machine is writing.
//!
//! The crate owns no thread and no clock beyond the time stamps of rows; it knows no audio device, no playbook and
//! no window.

mod access;
mod call;
mod chain;
mod database;
mod error;
pub mod export;
mod files;
mod hex_bytes;
mod import;
mod keys;
mod ledger;
mod recording;
mod redaction;
mod repair;
mod retention;
mod review;
mod store;

pub use access::{
    AccessEntry, AccessError, AccessFilter, AccessKind, Acting, Actor, Guard, RecoveryCode, TakenIn, TakenOut,
};
pub use call::{
    CallFilter, CallLog, CallNote, CallOrder, CallRecord, CallSummary, CallToRetell, Digest, Disclosures,
    EndedCall, ImprovedTranscript, ImprovedUtterance, NewCall, Observed, ObservedWhat, ObservedWords,
    Outcome, SearchHit, SearchQuery, SnippetPart, StoredCall, TranscriptVersion,
};
pub use chain::{ChainHead, Deletion, Proof, ProofFault};
pub use error::StoreError;
pub use import::{ImportFault, exports_in};
pub use keys::{KeyState, KeyStore, MemoryKeyStore, Passphrase, SystemKeyStore, Unlock, key_state};
pub use ledger::{LedgerEntry, LedgerState};
pub use recording::{
    HeldRecording, RecordingEnd, RecordingOutline, RecordingReader, RecordingState, RecordingWriter,
    Silenced, Waveform,
};
pub use repair::Repaired;
pub use retention::{KeepFor, Retention, RetentionPreview, Swept};
pub use review::{
    CueVerdict, GivenScore, PlaylistMoment, PracticeTask, ReviewEntry, ReviewMark, ReviewState, Role, Verdict,
};
pub use store::Store;
