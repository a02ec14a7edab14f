use cueline_events::{CallContext, Communication, Direction, Level, Mode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the form before a call starts with: what one agent's calls have in common, and nothing about a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub(crate) struct BeforeCall {
    /// Third party, first party or no collection at all.
    mode: Mode,
    /// Who calls whom.
    direction: Direction,
    /// First or later communication.
    communication: Communication,
    /// Where the customers are: `US-TX`, `UK`; empty when unknown.
    jurisdiction: String,
    /// Whether calls are recorded.
    recording: bool,
    /// How much coaching the agent wants to see.
    level: Level,
}

impl Default for BeforeCall {
    fn default() -> Self {
        let CallContext { mode, direction, communication, jurisdiction, recording, level, .. } =
            CallContext::default();
        Self { mode, direction, communication, jurisdiction, recording, level }
    }
}
