use crate::SAMPLE_RATE;

/// A stretch of one lane, as sample indexes at 16 kHz from the start of the call: `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first sample.
    pub start: u64,
    /// One past the last sample.
    pub end: u64,
}

impl Span {
    /// Its length in seconds.
    pub fn duration(self) -> f64 {
        seconds(self.end.saturating_sub(self.start))
    }
}

/// Seconds from the start of the call at which a sample lies.
pub(crate) fn seconds(samples: u64) -> f64 {
    samples as f64 / f64::from(SAMPLE_RATE)
}
