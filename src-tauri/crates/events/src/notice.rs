use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something the person at the screen should know, and what to do about it.
///
/// It is the one shape in which errors and health reach a window or a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Notice {
    /// A stable name, for example `device_lost`.
    pub code: String,
    /// What happened, in one sentence.
    pub message: String,
    /// What to do now, in one sentence.
    pub what_to_do: String,
}
