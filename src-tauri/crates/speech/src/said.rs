use crate::{DecodeJob, Decoded, Token};
use std::fmt;
use std::sync::Arc;

/// An utterance that is over, as a decoder heard it.
#[derive(Clone)]
pub struct Said {
    /// Its audio: mono, 16 kHz, -1 to 1.
    pub samples: Arc<[f32]>,
    /// Where its voice ends in them, in samples.
    pub voice_end: u64,
    /// Its words as the model wrote them, with times from the first sample on.
    pub tokens: Vec<Token>,
}

impl Said {
    /// What a decoder made of the last job of an utterance; `None` when it found no words or does not say which.
    pub fn of(job: &DecodeJob, decoded: &Decoded) -> Option<Self> {
        let voice_end = job.voiced.end.saturating_sub(job.audio.start).min(job.samples.len() as u64);
        (!decoded.tokens.is_empty()).then(|| Self {
            samples: Arc::clone(&job.samples),
            voice_end,
            tokens: decoded.tokens.clone(),
        })
    }
}

/// Neither sound nor words.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").field("samples", &self.samples.len()).finish_non_exhaustive()
    }
}
