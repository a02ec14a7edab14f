use super::Outcome;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a list shows of a call that only its playbook can tell: worked out from its events once it has ended.
///
/// It is no part of the log and may be replaced when it is made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Digest {
    /// Points of its scorecard, as the events propose them.
    pub points: f64,
    /// What the items that have points are worth together.
    pub of: f64,
    /// The cues that hold it until a person has looked.
    pub held: Vec<String>,
    /// The stop-orders that were given.
    pub stop_orders: Vec<String>,
    /// The triggers that were heard, for tags.
    pub triggers: Vec<String>,
    /// How many things the customer revealed.
    pub clues: u32,
    /// How many of them the agent did not pick up.
    pub clues_missed: u32,
    /// What it came to.
    pub outcome: Outcome,
}
