use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The listening counters that the voice strip shows: counts and seconds, nothing inferred (design rule 10).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Listening {
    /// Seconds from call start to which the counters hold.
    pub at: f64,
    /// The agent's words per minute of voiced time over the last 20 s; absent while too few words were said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_wpm: Option<f64>,
    /// The agent's share of voiced time, 0 to 1, without disclosures and read-backs; absent at the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk_share: Option<f64>,
    /// Seconds of both speaking at once in the last 60 s.
    pub overtalk_s: f64,
    /// Seconds since anybody spoke.
    pub silence_s: f64,
}
