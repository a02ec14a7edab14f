//! A call's log: written event by event, listed, read and searched.

mod event_rows;
mod hearing;
mod improved;
mod list;
mod log;
mod new_call;
mod note;
mod record;
mod running;
mod search;
mod summary;
mod transcript_version;

pub(crate) use event_rows::Kept;
pub use improved::{ImprovedTranscript, ImprovedUtterance};
pub(crate) use improved::{insert as insert_improved, lacking as lacking_improved};
pub use list::CallFilter;
pub(crate) use list::list;
pub use log::CallLog;
pub use new_call::NewCall;
pub use note::CallNote;
pub(crate) use note::insert as insert_note;
pub use record::CallRecord;
pub(crate) use record::{chain_start, find, improved_record, ledger_rows, record, verify};
pub(crate) use running::{RunningLock, running_calls};
pub(crate) use search::search;
pub use search::{SearchHit, SnippetPart};
pub use summary::{CallSummary, Disclosures};
pub use transcript_version::TranscriptVersion;

/// Milliseconds since 1970-01-01 UTC on this machine's clock; 0 when it is set before that.
pub(crate) fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}
