//! A decoder that decodes each piece of audio once, and whose clock is a model of the work.
//!
//! A replay asks for the same decodes again under another cost, so they are remembered. What a decode costs on the
//! virtual clock is then told by the cost card and not by a stopwatch, so that two runs on a noisy machine agree.

use super::cost::CostCard;
use cueline_speech::{DecodeJob, Decoded, Decoder, JobKind, SpeechError, Whisper, Work};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// One decode as it happened on the virtual clock, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JobLog {
    pub(crate) kind: JobKind,
    /// From being asked for to being begun.
    pub(crate) waited: f64,
    pub(crate) cost: f64,
    /// How many other decodes it waited for.
    pub(crate) waited_for: usize,
    /// When it was done.
    ended: f64,
}

pub(crate) struct Memo {
    whisper: Whisper,
    known: HashMap<u64, Decoded>,
    /// Work and seconds of every decode really done.
    pub(crate) measured: Vec<(Work, f64)>,
    /// `None` while measuring: each decode costs what it takes.
    card: Option<CostCard>,
    factor: f64,
    free_at: f64,
    pub(crate) log: Vec<JobLog>,
}

impl Memo {
    pub(crate) fn new(whisper: Whisper) -> Self {
        Self {
            whisper,
            known: HashMap::new(),
            measured: Vec::new(),
            card: None,
            factor: 1.0,
            free_at: 0.0,
            log: Vec::new(),
        }
    }

    /// The words of a whole recording by the same weights alone.
    pub(crate) fn offline(&mut self, samples: &[f32]) -> Result<String, SpeechError> {
        Ok(self.whisper.offline(samples)?.as_str().to_owned())
    }

    /// A new call begins; from now on decodes cost what the card says, times `factor`.
    pub(crate) fn begin(&mut self, card: Option<CostCard>, factor: f64) {
        (self.card, self.factor, self.free_at) = (card, factor, 0.0);
        self.log.clear();
    }
}

impl Decoder for Memo {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        let key = key(job);
        // What is measured, or runs in real time, is really done.
        let mut decoded = match self.known.get(&key).filter(|_| self.card.is_some()) {
            Some(known) => known.clone(),
            None => {
                let decoded = self.whisper.decode(job)?;
                self.measured.push((decoded.work, decoded.seconds));
                self.known.insert(key, decoded.clone());
                decoded
            }
        };
        if let Some(card) = &self.card {
            decoded.seconds = card.seconds(decoded.work) * self.factor;
        }
        let begun = self.free_at.max(job.asked_at());
        self.free_at = begun + decoded.seconds;
        let waited_for = self.log.iter().rev().take_while(|other| other.ended > job.asked_at()).count();
        self.log.push(JobLog {
            kind: job.kind,
            waited: begun - job.asked_at(),
            cost: decoded.seconds,
            waited_for,
            ended: self.free_at,
        });
        Ok(decoded)
    }

    fn model(&self) -> &str {
        self.whisper.model()
    }
}

/// What the words of a job depend on.
fn key(job: &DecodeJob) -> u64 {
    let mut hasher = DefaultHasher::new();
    job.kind.hash(&mut hasher);
    [job.voiced.start, job.voiced.end].map(|at| at.abs_diff(job.audio.start)).hash(&mut hasher);
    job.settled.hash(&mut hasher);
    job.before.iter().for_each(|said| said.tokens.hash(&mut hasher));
    let before = job.before.iter().flat_map(|said| said.samples.iter());
    before.chain(job.samples.iter()).for_each(|sample| sample.to_bits().hash(&mut hasher));
    hasher.finish()
}
