use serde::Serialize;
use ts_rs::TS;

/// A call that was to be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TakenIn {
    /// The call's id, the same as where it was made.
    pub call: String,
    /// Whether it was brought in: false where it was here already, with all that is in the file.
    pub new: bool,
}
