use super::file::RawWays;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// By when a disclosure has to be said, counted from when it became due. Whatever comes first makes it overdue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Deadline {
    /// Seconds of the call; those in which it was paused do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// The agent's turns that may pass without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<u32>,
    /// Before what, in words: `before the call ends`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// Groups of words that both built-in playbooks use as the moment before which something must be said, as people say
/// it.
const MOMENTS: [(&str, &str); 3] = [
    ("<goodbye>", "before the call ends"),
    ("<ask_money>", "before payment"),
    ("<money_mention>", "before money is mentioned"),
];

/// What people call the words that make a disclosure overdue, where they are one of the known groups.
pub(super) fn before(overdue_on: &RawWays) -> Option<&'static str> {
    let written = overdue_on.iter().filter_map(|way| way.get_ref().plain.as_deref());
    let known = |text: &str| MOMENTS.iter().find(|(group, _)| *group == text).map(|(_, words)| *words);
    written.filter_map(known).next()
}
