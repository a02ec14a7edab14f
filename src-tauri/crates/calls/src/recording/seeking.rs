//! Reading a part of a recording: the chunks before it are passed over unread.

use super::RecordingReader;
use super::format::{LANES, RATE};
use crate::StoreError;

impl RecordingReader {
    /// The interleaved samples (agent, customer) from second `start` to second `end`, as far as there are any.
    ///
    /// Only the chunks that hold them are opened, and each proves its own place; what is wrong elsewhere is not noticed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when one of them is not as it was written.
    pub fn audio(mut self, start: f64, end: f64) -> Result<Vec<i16>, StoreError> {
        let frame = |second: f64| (second.max(0.0) * f64::from(RATE)).round() as u64;
        let (first, last) = (frame(start), frame(end));
        let lanes = usize::from(LANES);
        let mut at = self.skip_to(first)?;
        let mut samples = Vec::new();
        while at < last {
            let Some(second) = self.read_second()? else { break };
            let frames = (second.len() / lanes) as u64;
            let from = first.saturating_sub(at).min(frames) as usize;
            let to = (last - at).min(frames) as usize;
            samples.extend_from_slice(&second[from.min(to) * lanes..to * lanes]);
            at += frames;
        }
        Ok(samples)
    }
}
