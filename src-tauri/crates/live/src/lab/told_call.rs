use super::{CueChange, Telling, changes, retell};
use cueline_calls::CallToRetell;
use cueline_cues::Playbook;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use ts_rs::TS;

/// A stored call told again, and what would have been different.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ToldCall {
    /// The call's id.
    pub call: String,
    /// Who called.
    pub agent: String,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// From what it was told.
    pub from: Telling,
    /// What became of each cue that fired or would have, by its id.
    pub cues: BTreeMap<String, CueChange>,
}

impl ToldCall {
    /// Tells a call to a playbook.
    pub fn tell(call: &CallToRetell, playbook: Arc<Playbook>) -> Self {
        let (from, after) = retell(call, playbook);
        let cues = changes(&call.cues, &after, &call.verdicts);
        Self { call: call.id.clone(), agent: call.agent.clone(), started_at: call.started_at, from, cues }
    }

    /// Whether anything would have been different.
    pub fn differs(&self) -> bool {
        self.cues.values().any(|change| !change.is_none())
    }
}
