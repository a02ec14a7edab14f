use super::{ReviewMark, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that somebody said of a call, as it is kept. Entries are only ever added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReviewEntry {
    /// Its id (UUIDv7).
    pub id: String,
    /// The call's id.
    pub call: String,
    /// Who said it.
    pub author: String,
    /// As what.
    pub role: Role,
    /// When it was kept, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// What.
    pub mark: ReviewMark,
}

/// What somebody says of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewReviewEntry {
    /// Who says it.
    pub(crate) author: String,
    /// As what.
    pub(crate) role: Role,
    /// On which machine.
    pub(crate) machine: String,
    /// What.
    pub(crate) mark: ReviewMark,
}
