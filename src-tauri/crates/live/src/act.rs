use cueline_cues::CardAction;

/// What the agent does during a call, as the call loop learns it. Times are seconds of the call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Act {
    /// Something with a card.
    Card { cue: String, action: CardAction },
    /// He says that a disclosure was said.
    MarkSaid { cue: String },
    /// Both lanes are silent from here on.
    Pause { at: f64 },
    /// Both are heard again.
    Resume { at: f64 },
    /// Nothing is recorded any more.
    EndRecording { at: f64 },
}
