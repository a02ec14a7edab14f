use serde::Serialize;
use ts_rs::TS;

/// What would go now by retention rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RetentionPreview {
    /// Calls with all that is kept of them.
    pub calls: u32,
    /// Recordings of calls whose log stays.
    pub recordings: u32,
    /// Calls that would go or lose their recording, were they not under legal hold.
    pub held: u32,
}

/// What went by the retention rules in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Calls with all that was kept of them.
    pub calls: u32,
    /// Recordings of calls whose log stays.
    pub recordings: u32,
}
