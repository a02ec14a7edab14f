use super::Outcome;
use cueline_events::CallSource;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which calls to list; what is absent or false does not narrow the list, and what is there holds together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct CallFilter {
    /// Begun at or after this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Begun before this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// By this agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// From this kind of source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<CallSource>,
    /// The customer's name has all these words in it, whatever their case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// It came to this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// This cue fired, or was missed, and it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// The customer revealed this, and it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clue: Option<String>,
    /// Something in it is for a person to look at and nobody has; or, if false, there is nothing, or somebody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs_review: Option<bool>,
    /// A disclosure was missed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub missed: bool,
    /// A disclosure is unsure.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub unsure: bool,
    /// A stop-order was given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub stop_order: bool,
    /// A cue holds it until a person has looked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub held: bool,
    /// It has ended and is at least so many seconds long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_seconds: Option<f64>,
}
