use crate::{Evidence, Lane};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happened to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CueEventKind {
    /// It is on the checklist now.
    Due,
    /// A trigger was heard, a guard was broken, or a duty is overdue.
    Fires,
    /// All its required elements were said, or the need was met.
    Satisfied,
    /// Some of its elements were heard: never a tick.
    Unsure,
    /// It no longer applies.
    Expired,
    /// The call ended and it was never said.
    Missed,
    /// It was raised on a partial that its final contradicted.
    Retracted,
    /// The agent put the card aside.
    Dismissed,
}

/// Why a cue that fired did not become a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Withheld {
    /// Too many cards lately, or a more important one is up.
    Budget,
    /// The same cue was shown moments ago.
    Cooldown,
    /// The cue has been shown as often as one call allows.
    Limit,
    /// The agent is speaking and the cue is neither legal nor about safety.
    AgentSpeaking,
    /// A stop-order (attorney, bankruptcy, cease, deceased, risk to life) silences it.
    StopOrder,
    /// Its moment has passed.
    Stale,
    /// The agent's experience level does not show it.
    Level,
}

/// A counted quantity with its threshold. Listening cues carry the number that made them fire (design rule 10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Measure {
    /// What was measured.
    pub value: f64,
    /// The limit that it passed.
    pub threshold: f64,
    /// The unit of both, for example `wpm`, `s`, `share`.
    pub unit: String,
}

/// One thing that happened to one cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct CueEvent {
    /// The cue's id in the playbook.
    pub cue: String,
    /// What happened.
    pub event: CueEventKind,
    /// Seconds at which the deciding words ended in the audio.
    pub at: f64,
    /// Seconds, on the call's clock, at which the event left the engine.
    pub emitted_at: f64,
    /// Whose words decided it; absent when a clock or a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    /// The words that decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// On `fires`: whether it became a card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<bool>,
    /// On `fires` that was not shown: why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// The number and the threshold, where the cue is a count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// On `satisfied`: the agent said so, and no words were heard for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub by_agent: bool,
}
