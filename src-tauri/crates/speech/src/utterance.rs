use cueline_events::{Lane, Spoken};

/// What one lane said between two pauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    /// Who.
    pub lane: Lane,
    /// Its number within the call, counted from 1 over both lanes in the order of first appearance.
    pub id: u32,
    /// Seconds at which the voice began.
    pub start: f64,
    /// Seconds up to which the text goes.
    pub end: f64,
    /// The words. Empty only in a final that takes back its partials.
    pub text: Spoken,
}

/// What the transcriber has to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Transcribed {
    /// The words so far. The next revision replaces them.
    Partial {
        /// The words.
        said: Utterance,
        /// Which revision of them this is, counted from 1.
        revision: u32,
        /// The voice has paused after them: they are all of it, unless it goes on.
        paused: bool,
    },
    /// The words; nothing follows for this utterance.
    Final(Utterance),
    /// The decoder failed at an utterance: nobody knows all that was said in it. Its final, if it was shown before, has the words
    /// shown last.
    Unheard {
        /// Seconds at which its audio begins.
        start: f64,
        /// Seconds at which its audio ends.
        end: f64,
    },
}
