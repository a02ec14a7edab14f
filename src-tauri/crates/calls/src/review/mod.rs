//! What people say of a call after it: that it was reviewed, whether its cues were right, scores, notes, a legal hold.

mod entry;
mod mark;
mod role;
mod rows;
mod state;
mod verdict;

pub(crate) use entry::NewReviewEntry;
pub use entry::ReviewEntry;
pub use mark::ReviewMark;
pub use role::Role;
pub(crate) use rows::{insert, read, restate, verdicts};
pub use state::ReviewState;
pub use verdict::{CueVerdict, Verdict};
