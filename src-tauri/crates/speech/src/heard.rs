use crate::DecodeJob;
use cueline_events::Lane;

/// What a lane's listener noticed.
#[derive(Debug, Clone)]
pub enum Heard {
    /// Somebody began to speak.
    VoiceStarted {
        /// Who.
        lane: Lane,
        /// Seconds from call start; the past, because an onset takes three frames to be sure of.
        at: f64,
    },
    /// Somebody paused. Sent when the pause has lasted 160 ms.
    VoiceEnded {
        /// Who.
        lane: Lane,
        /// Seconds from call start at which the voice ended, without that pause.
        at: f64,
    },
    /// Audio whose words are wanted. Every stretch of speech that sends a tick or an early job sends exactly one
    /// final job, as its last.
    Wanted(DecodeJob),
}
