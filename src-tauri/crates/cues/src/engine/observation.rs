use cueline_events::{Lane, Spoken};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something the engine is told. Times are seconds from the start of the call.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// What one lane said: so far, or for good.
    Utterance {
        /// When this text was there.
        at: f64,
        /// Who spoke.
        lane: Lane,
        /// The utterance's number, counted over both lanes.
        utterance: u32,
        /// When it began.
        start: f64,
        /// Up to when it is transcribed.
        end: f64,
        /// The words.
        text: Spoken,
        /// How far it is.
        progress: Progress,
    },
    /// A lane began to speak.
    VoiceStarted {
        /// Who.
        lane: Lane,
        /// When.
        at: f64,
    },
    /// A lane stopped speaking.
    VoiceEnded {
        /// Who.
        lane: Lane,
        /// When.
        at: f64,
    },
    /// Time passed. However often this comes, the cue events are the same.
    Clock {
        /// Now.
        at: f64,
    },
    /// The agent says that a disclosure was said, which nobody heard.
    MarkedSaid {
        /// When.
        at: f64,
        /// The disclosure's id.
        cue: String,
    },
    /// The agent's microphone gives nothing from here on, not even a room's noise.
    Muted {
        /// When.
        at: f64,
    },
    /// It gives something again.
    Unmuted {
        /// When.
        at: f64,
    },
    /// The agent paused the call: nothing is heard from here on.
    Paused {
        /// When.
        at: f64,
    },
    /// The call goes on.
    Resumed {
        /// When.
        at: f64,
    },
    /// The agent did something with a card.
    Action {
        /// When.
        at: f64,
        /// The cue's id.
        cue: String,
        /// What.
        action: CardAction,
    },
}

/// How far an utterance is when its words are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Speech goes on: the last words may still be heard otherwise.
    Speaking,
    /// The voice has paused after these words: they stand, unless it goes on.
    Paused,
    /// They will not change any more.
    Final,
}

/// What an agent can do with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CardAction {
    /// It is done: the card goes.
    Done,
    /// Not now: the card goes and the cue stays away for a while.
    NotNow,
    /// It does not fit here: the card goes. Two of these, or of `NotNow`, mute the cue for the call.
    Wrong,
}
