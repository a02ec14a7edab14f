use crate::span::seconds;
use crate::{Said, Span, Token};
use cueline_events::Lane;
use std::fmt;
use std::sync::Arc;

/// Why a piece of audio is to be decoded; it decides how soon, and what becomes of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Speech goes on: a look at the words so far. The first to give way.
    Tick,
    /// A first short pause: probably all that will be said. It becomes the final if the pause lasts.
    Early,
    /// The utterance is over.
    Final,
}

/// One piece of audio to turn into words.
///
/// The words depend on `samples`, `kind`, `settled`, `before` and where `voiced` lies in the samples alone, so a result may be kept and
/// used again.
#[derive(Clone)]
pub struct DecodeJob {
    /// Whose voice.
    pub lane: Lane,
    /// Why.
    pub kind: JobKind,
    /// Which stretch of speech of this lane it belongs to, counted from 0. A new number begins a new utterance.
    pub speech: u32,
    /// Where `samples` lie in the call: from a little before the voice to a little after it.
    pub audio: Span,
    /// Where the voice lies in it.
    pub voiced: Span,
    /// The newest sample of the lane when this was asked for.
    pub asked: u64,
    /// Mono, 16 kHz, -1 to 1.
    pub samples: Arc<[f32]>,
    /// The beginning of the words, as earlier looks at this utterance agreed on it. It is not heard again.
    pub settled: Arc<[Token]>,
    /// What the lane said before, the oldest first: it is heard once more in front of this, and its words are known.
    pub before: Vec<Arc<Said>>,
}

impl DecodeJob {
    /// Seconds from call start at which it was asked for.
    pub fn asked_at(&self) -> f64 {
        seconds(self.asked)
    }
}

/// Everything but the samples.
impl fmt::Debug for DecodeJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeJob")
            .field("lane", &self.lane)
            .field("kind", &self.kind)
            .field("speech", &self.speech)
            .field("audio", &self.audio)
            .field("voiced", &self.voiced)
            .finish_non_exhaustive()
    }
}
