use serde::Serialize;
use ts_rs::TS;

/// Which of a call's transcripts a record holds, and what wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "version", rename_all = "snake_case")]
#[ts(export)]
pub enum TranscriptVersion {
    /// What was written down while the call went on; cues and ledger are based on it.
    Live {
        /// The speech model's id; empty for a script.
        model: String,
    },
    /// What was made of the recording after the call.
    Improved {
        /// The speech model's id.
        model: String,
        /// When, in milliseconds since 1970-01-01 UTC.
        #[ts(type = "number")]
        made_at: i64,
    },
}
