use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person's word on one cue event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Verdict {
    /// It was as the cue says.
    Right,
    /// It was not.
    Wrong,
    /// One may see it either way.
    Borderline,
}

/// The newest word on a cue event.
#[derive(Debug, Clone, PartialEq)]
pub struct CueVerdict {
    /// The cue's id.
    pub cue: String,
    /// When it happened, in seconds of the call.
    pub at: f64,
    /// The word.
    pub verdict: Verdict,
}
