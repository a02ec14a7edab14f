use crate::Spoken;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What made a cue fire or satisfied it: the utterance, when its deciding words were said, and the words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Evidence {
    /// The utterance's number within the call, counted over both lanes.
    pub utterance: u32,
    /// Seconds at which the quoted words begin.
    pub start: f64,
    /// Seconds at which the quoted words end.
    pub end: f64,
    /// The words as transcribed.
    pub quote: Spoken,
}
