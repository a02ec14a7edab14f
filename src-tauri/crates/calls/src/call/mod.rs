//! A call's log: written event by event, listed, read and searched.

mod call_order;
mod call_to_retell;
mod digest;
mod ended_call;
mod event_rows;
mod filter;
mod hearing;
mod improved;
mod list;
mod log;
mod new_call;
mod note;
mod observation_rows;
mod observed;
mod outcome;
mod overview;
mod record;
mod rows;
mod running;
mod search;
mod search_query;
pub(crate) mod stored;
mod summary;
mod transcript_version;

pub use call_order::CallOrder;
pub use call_to_retell::CallToRetell;
pub(crate) use call_to_retell::call_to_retell;
pub use digest::Digest;
pub use ended_call::EndedCall;
pub(crate) use ended_call::insert as insert_ended;
pub(crate) use event_rows::{Final, Kept, decide_all};
pub use filter::CallFilter;
pub use improved::{ImprovedTranscript, ImprovedUtterance};
pub(crate) use improved::{insert as insert_improved, lacking as lacking_improved};
pub(crate) use list::{agent_of, agents, count, list, passing};
pub use log::CallLog;
pub use new_call::NewCall;
pub use note::CallNote;
pub(crate) use note::insert as insert_note;
pub(crate) use observation_rows::observations;
pub use observed::{Observed, ObservedWhat, ObservedWords};
pub use outcome::Outcome;
pub(crate) use overview::{close_all, is_held, keep_digest, review as keep_review_state, undigested};
pub use record::CallRecord;
pub(crate) use record::{chain_start, find, improved_record, ledger_rows, record, verify};
pub(crate) use running::{RunningLock, running_calls};
pub(crate) use search::search;
pub use search::{SearchHit, SnippetPart};
pub use search_query::SearchQuery;
pub use stored::StoredCall;
pub use summary::{CallSummary, Disclosures};
pub use transcript_version::TranscriptVersion;

/// Milliseconds since 1970-01-01 UTC on this machine's clock; 0 when it is set before that.
pub(crate) fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}
