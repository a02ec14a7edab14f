use crate::{DecodeJob, SpeechError};
use cueline_events::Spoken;

/// Turns audio into words. One worker owns one; whatever the engine behind it, the transcriber sees only this.
pub trait Decoder: Send {
    /// Decodes one job. The words depend on the job's samples, its kind and the length of its voice alone.
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
    /// Seconds of work it took, as measured.
    pub seconds: f64,
    /// The mean probability that the model gave its own tokens; `None` when it gave none.
    pub confidence: Option<f32>,
    /// How many passes it took; more than one means that a pass ran into a loop.
    pub passes: u32,
}
