use cueline_events::{Lane, Spoken};

/// One thing that the cue engine was told in a call, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The engine's time when it was told, in seconds of the call: rules of time were looked at up to then.
    pub clock: f64,
    /// The second that it speaks of.
    pub at: f64,
    /// What.
    pub what: ObservedWhat,
}

/// What the cue engine was told.
#[derive(Debug, Clone, PartialEq)]
pub enum ObservedWhat {
    /// A lane began to speak.
    VoiceStarted {
        /// Who.
        lane: Lane,
    },
    /// A lane stopped speaking.
    VoiceEnded {
        /// Who.
        lane: Lane,
    },
    /// What a lane was saying so far.
    Partial {
        /// The words and when they were said.
        said: ObservedWords,
        /// Whether the voice had paused after them.
        paused: bool,
    },
    /// What a lane said. Its text is the utterance's.
    Final {
        /// The words and when they were said.
        said: ObservedWords,
    },
    /// The agent says that a disclosure was said.
    MarkedSaid {
        /// The disclosure.
        cue: String,
    },
    /// The agent's microphone gives nothing from here on.
    Muted,
    /// It gives something again.
    Unmuted,
    /// Nothing is heard from here on.
    Paused,
    /// All is heard again.
    Resumed,
    /// The agent did something with a card.
    Action {
        /// The card's cue.
        cue: String,
        /// The action's name.
        action: String,
    },
    /// The call ended, `at` seconds long.
    Ended,
}

/// Words of one lane.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedWords {
    /// Who spoke.
    pub lane: Lane,
    /// The utterance's number within the call.
    pub utterance: u32,
    /// When it began.
    pub start: f64,
    /// Up to when it was transcribed.
    pub end: f64,
    /// The words.
    pub text: Spoken,
}
