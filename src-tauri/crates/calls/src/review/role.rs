use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As what somebody speaks of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Role {
    /// The one who works with Cueline on calls.
    Agent,
    /// The one who reviews and coaches.
    TeamLead,
    /// The one who checks that all was as it had to be.
    Auditor,
}

impl Role {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::TeamLead => "team lead",
            Self::Auditor => "auditor",
        }
    }
}
