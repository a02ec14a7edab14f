use crate::{DecodeJob, SpeechError, Token};
use cueline_events::Spoken;

/// Turns audio into words. One worker owns one; whatever the engine behind it, the transcriber sees only this.
pub trait Decoder: Send {
    /// Decodes one job. The words depend on the job's samples, its kind, where its voice lies in them, its settled
    /// words and what was said before alone.
    ///
    /// # Errors
    /// When the engine fails; the next job may still succeed.
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError>;

    /// The model's id, for example `base-q8_0`.
    fn model(&self) -> &str;
}

/// What a decoder made of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The words; empty when there were none.
    pub text: Spoken,
    /// The same as the model wrote them, with times from the job's first sample on; empty where it does not say.
    pub tokens: Vec<Token>,
    /// Seconds of work it took, as measured.
    pub seconds: f64,
    /// What was done for it, whatever the machine.
    pub work: Work,
}

/// The size of a decode, from which its cost can be told for another machine: sums over its passes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// How many passes it took; more than one means that a pass ran into a loop.
    pub passes: u32,
    /// Encoder positions, 50 for a second of audio.
    pub positions: u64,
    /// Squares of each pass's positions: attention compares each with each.
    pub squares: u64,
    /// Tokens that the decoder wrote one by one.
    pub tokens: u64,
}

impl Work {
    /// One pass with an encoder of so many positions.
    pub(crate) fn pass(positions: usize, tokens: usize) -> Self {
        let positions = positions as u64;
        Self { passes: 1, positions, squares: positions * positions, tokens: tokens as u64 }
    }
}

impl std::ops::AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.passes += other.passes;
        self.positions += other.positions;
        self.squares += other.squares;
        self.tokens += other.tokens;
    }
}
