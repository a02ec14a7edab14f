//! A call, or a set of calls, for somewhere else: as data, as a table, as a page to read and print, as sound.
//!
//! What is exported is in the clear: whoever exports it decides where it goes. Everything here is pure but
//! [`WholeFile`]; the heads read the store and write the files, a call's recording before its document: so whoever finds the document
//! has the recording that was exported with it. What a playbook says of a call is handed in, as this room knows no playbook.
//!
//! The JSON is all that is stored of a call, so that it can be brought into another data folder and is there the same call
//! (`import`). It is an object of these keys, and [`FORMAT_VERSION`] counts up when one of them changes its meaning:
//!
//! | key | value |
//! |---|---|
//! | `format`, `version` | `cueline-call` and the version |
//! | `digest` | SHA-256 over the document without this key, as JSON text without spaces and with the keys of each object in order |
//! | `started` | when it began, for people |
//! | `call` | its id, when it began (`started_at`), with which model and playbook, whose it is, on which machine, and which version of Cueline and its store wrote it (`app`, `schema`) |
//! | `context` | what was known before it: JSON, as the text that the ledger's first hash covers |
//! | `end` | its length (`at`), whether it was cut off and closed later, the ledger's length and last hash; `null` while it runs |
//! | `events` | the events that are kept, as in the event stream, each with its place (`seq`), when it was written, and of a final how many places were `masked` |
//! | `ledger` | every event of every disclosure: the event's place, its words, the salted digest of its `quote`, and the `hash` that seals it to the one before |
//! | `ledger_state` | whether the ledger was as it was written when it was exported |
//! | `observations` | what the engine was told, by which the call is told again |
//! | `improved` | transcripts that were made of the recording after the call, the oldest first |
//! | `notes`, `review` | the agent's notes and what people said of the call, the oldest first |
//! | `recording` | where the WAV file beside it is exported as well: its length in frames (16,000 a second), how it ends, which stretches were silenced or could not be kept, and the SHA-256 of its samples |
//! | `score` | the scorecard's items with weight, state and points, by the playbook; `null` without one |
//! | `titles` | the cues' names for people, by id |
//!
//! Times are seconds from the beginning of the call; `started_at`, `written_at` and a note's or an entry's `at` are milliseconds
//! since 1970-01-01 UTC. Hashes, digests and salts are hexadecimal. An import takes no notice of `started`, `ledger_state`,
//! `score` and `titles`, and makes its own.
//!
//! HTML and PDF show the same report (`report`), in the same order.
//!
//! The table has one row for each utterance and each cue event, in the order in which they happened.

mod csv;
mod exported_call;
mod format;
mod helvetica;
mod html;
mod json;
mod pdf;
mod report;
mod wav;
mod whole_file;

pub use csv::{CSV_HEADER, csv_rows};
pub use exported_call::{ExportedCall, ExportedScore, ScoreLine};
pub use format::ExportFormat;
pub use html::html;
pub(crate) use json::{FORMAT, document_digest};
pub use json::{FORMAT_VERSION, json};
pub use pdf::pdf;
pub use wav::wav;
pub use whole_file::WholeFile;

#[cfg(test)]
mod pdf_tests;
#[cfg(test)]
mod tests;
