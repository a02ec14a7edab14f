//! A call, or a set of calls, for somewhere else: as data, as a table, as a page to read and print, as sound.
//!
//! What is exported is in the clear: whoever exports it decides where it goes. Everything here is pure but
//! [`WholeFile`]; the heads read the store and write the files. What a playbook says of a call is handed in, as this room knows no playbook.
//!
//! The JSON is an object of these keys, and [`FORMAT_VERSION`] counts up when one of them changes its meaning:
//!
//! | key | value |
//! |---|---|
//! | `format`, `version` | `cueline-call` and the version |
//! | `started` | when it began, for people |
//! | `call`, `context`, `transcript`, `events`, `ledger`, `ledger_state`, `note` | as `cueline calls show --json` |
//! | `review` | what people said of it, the oldest first |
//! | `score` | the scorecard's items with weight, state and points; `null` without a playbook |
//! | `titles` | the cues' names for people, by id |
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
pub use json::{FORMAT_VERSION, json};
pub use pdf::pdf;
pub use wav::wav;
pub use whole_file::WholeFile;

#[cfg(test)]
mod pdf_tests;
#[cfg(test)]
mod tests;
