//! What people say of a call after it: that it was reviewed, whether its cues were right, scores, notes, a legal hold; and
//! what of that is looked at over many calls.

mod across;
mod entry;
mod given_score;
mod mark;
mod playlist_moment;
mod practice_task;
mod role;
mod rows;
mod state;
mod verdict;

pub(crate) use across::{Across, across};
pub(crate) use entry::NewReviewEntry;
pub use entry::ReviewEntry;
pub use given_score::GivenScore;
pub(crate) use given_score::standing_scores;
pub use mark::ReviewMark;
pub use playlist_moment::PlaylistMoment;
pub use practice_task::PracticeTask;
pub(crate) use practice_task::practice_tasks;
pub use role::Role;
pub(crate) use rows::{insert, read, restate, verdicts};
pub use state::ReviewState;
pub use verdict::{CueVerdict, Verdict};
