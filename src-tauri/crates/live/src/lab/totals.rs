use super::{Precision, Telling, ToldCall};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// What would have been different over all calls that were told again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct LabTotals {
    /// How many calls.
    pub calls: u32,
    /// Calls in which something would have been different.
    pub differing: u32,
    /// Calls that could be told in part, or from their transcript alone.
    pub in_part: u32,
    /// Each cue, by its id.
    pub cues: BTreeMap<String, CueTotal>,
}

/// One cue over all calls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CueTotal {
    /// How often it fired as it did before.
    pub same: u32,
    /// How often it would have fired and did not.
    pub fired: u32,
    /// How often it fired and would not have.
    pub missed: u32,
    /// How often it would have fired at another time.
    pub moved: u32,
    /// In how many calls something else would have become of it.
    pub ends_otherwise: u32,
    /// What people said of the times that it fired.
    pub before: Precision,
    /// The same of those that are left.
    pub after: Precision,
}

impl LabTotals {
    /// Counts one more call.
    pub fn add(&mut self, told: &ToldCall) {
        let count = |times: usize| u32::try_from(times).unwrap_or(u32::MAX);
        self.calls += 1;
        self.differing += u32::from(told.differs());
        self.in_part += u32::from(told.from != Telling::Observed);
        for (cue, change) in &told.cues {
            let total = self.cues.entry(cue.clone()).or_default();
            total.same += change.same;
            total.fired += count(change.fired.len());
            total.missed += count(change.missed.len());
            total.moved += count(change.moved.len());
            total.ends_otherwise += u32::from(change.ends_otherwise);
            total.before.add(change.before);
            total.after.add(change.after);
        }
    }
}
