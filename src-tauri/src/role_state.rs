use cueline_calls::{Guard, Role};
use serde::Serialize;
use ts_rs::TS;

/// In which role the window works now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub(crate) struct RoleState {
    /// The role.
    pub(crate) role: Role,
    /// Whether roles need passphrases.
    pub(crate) guard: Guard,
    /// Seconds until the role falls back to the agent's when nobody does anything; null where it does not.
    pub(crate) seconds_left: Option<u32>,
}
