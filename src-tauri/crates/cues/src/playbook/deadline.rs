use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// By when a disclosure has to be said, counted from when it became due. Whatever comes first makes it overdue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Deadline {
    /// Seconds of the call; those in which it was paused do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// The agent's turns that may pass without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<u32>,
    /// Before what, in words: `before the call ends`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}
