use super::format::{LANES, RATE};
use super::{RecordingReader, Silenced};
use crate::StoreError;
use serde::Serialize;
use ts_rs::TS;

/// A recording as it is drawn: how loud each lane is at its loudest, in equal pieces of time.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Waveform {
    /// The recording's length.
    pub seconds: f64,
    /// The agent's peaks, 0 for silence to 255 for full scale.
    pub agent: Vec<u8>,
    /// The customer's peaks.
    pub customer: Vec<u8>,
    /// Where both lanes were silenced, in order.
    pub silenced: Vec<Silenced>,
}

impl RecordingReader {
    /// Reads the whole recording into so many pieces, 1 to 65,536.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first chunk that is not as it was written.
    pub fn waveform(mut self, buckets: u32) -> Result<Waveform, StoreError> {
        let buckets = u64::from(buckets.clamp(1, MOST));
        let total = self.length()?;
        let mut peaks = [vec![0_u16; buckets as usize], vec![0_u16; buckets as usize]];
        let mut frame = 0_u64;
        while let Some(second) = self.read_second()? {
            for samples in second.chunks_exact(usize::from(LANES)) {
                let bucket = (frame * buckets / total.max(1)).min(buckets - 1) as usize;
                for (lane, sample) in peaks.iter_mut().zip(samples) {
                    lane[bucket] = lane[bucket].max(sample.unsigned_abs());
                }
                frame += 1;
            }
        }
        let [agent, customer] = peaks.map(|lane| lane.into_iter().map(loudness).collect());
        let silenced = self.silenced().iter().map(Silenced::of_frames).collect();
        Ok(Waveform { seconds: total as f64 / f64::from(RATE), agent, customer, silenced })
    }
}

/// Far more pieces than a screen has columns.
const MOST: u32 = 65_536;

/// A peak of 0 to 32,768 as 0 to 255; what is not silent is at least 1.
fn loudness(peak: u16) -> u8 {
    let scaled = (u32::from(peak) * 255).div_ceil(32_768);
    u8::try_from(scaled).unwrap_or(u8::MAX)
}
