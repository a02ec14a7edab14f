use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is speaking. Each lane is its own audio stream from capture to log; lanes are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Lane {
    /// The person who works with Cueline: the microphone, the left channel of a recording.
    Agent,
    /// The person on the other end: the loopback, the right channel of a recording.
    Customer,
}

impl Lane {
    /// Both lanes, in channel order (left, right).
    pub const BOTH: [Lane; 2] = [Lane::Agent, Lane::Customer];

    /// 0 for the agent (left), 1 for the customer (right).
    pub const fn index(self) -> usize {
        match self {
            Lane::Agent => 0,
            Lane::Customer => 1,
        }
    }

    /// The lane of the person spoken to.
    pub const fn other(self) -> Lane {
        match self {
            Lane::Agent => Lane::Customer,
            Lane::Customer => Lane::Agent,
        }
    }

    /// The name in JSON, in the store and on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Lane::Agent => "agent",
            Lane::Customer => "customer",
        }
    }
}

impl std::fmt::Display for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
