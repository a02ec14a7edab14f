use crate::{CallRecord, RecordingOutline, ReviewEntry, StoredCall};
use serde::Serialize;
use std::collections::BTreeMap;

/// A call with everything that an export shows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedCall {
    /// When it began, as people write it.
    pub started: String,
    /// The call as people read it.
    pub record: CallRecord,
    /// The call as it is stored.
    pub stored: StoredCall,
    /// What its recording is, where that is exported as well.
    pub recording: Option<RecordingOutline>,
    /// What people said of it, the oldest first.
    pub review: Vec<ReviewEntry>,
    /// Its scorecard, where there is a playbook.
    pub score: Option<ExportedScore>,
    /// The cues' names for people, by id.
    pub titles: BTreeMap<String, String>,
}

/// A scorecard as it is exported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportedScore {
    /// Its items in the playbook's order.
    pub items: Vec<ScoreLine>,
    /// Points of the items that have any.
    pub points: f64,
    /// What those items are worth together.
    pub of: f64,
}

/// One item of a scorecard as it is exported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreLine {
    /// What is scored.
    pub title: String,
    /// What it is worth.
    pub weight: f64,
    /// How it stands, in words.
    pub state: String,
    /// Points, where events decide them.
    pub points: Option<f64>,
}

impl ExportedCall {
    /// A cue's name for people; its id where no playbook tells one.
    pub(super) fn title<'a>(&'a self, cue: &'a str) -> &'a str {
        self.titles.get(cue).map_or(cue, String::as_str)
    }
}
