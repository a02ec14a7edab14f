use crate::block::BLOCK_SAMPLES;
use crate::{Block, LaneEvent};
use cueline_events::Lane;

/// The lowest level shown: digital silence has no decibels, and nobody hears what lies below this.
const FLOOR_DB: f32 = -90.0;

/// Blocks in one level reading: 100 ms.
const BLOCKS_PER_LEVEL: u32 = 5;

/// Cuts a lane's samples into contiguous blocks of 20 ms and measures their level ten times a second.
///
/// The level counts samples, not seconds on a clock: a recording gives the same readings at any pace.
pub(crate) struct BlockCutter {
    lane: Lane,
    start: u64,
    samples: Vec<f32>,
    squares: f64,
    peak: f32,
    measured: u32,
    blocks: u32,
}

impl BlockCutter {
    pub(crate) fn new(lane: Lane) -> Self {
        let samples = Vec::with_capacity(BLOCK_SAMPLES);
        Self { lane, start: 0, samples, squares: 0.0, peak: 0.0, measured: 0, blocks: 0 }
    }

    /// How many samples have come so far.
    pub(crate) fn taken(&self) -> u64 {
        self.start + self.samples.len() as u64
    }

    pub(crate) fn push(&mut self, mut samples: &[f32], events: &mut Vec<LaneEvent>) {
        while !samples.is_empty() {
            let (now, later) = samples.split_at(samples.len().min(BLOCK_SAMPLES - self.samples.len()));
            self.samples.extend_from_slice(now);
            samples = later;
            if self.samples.len() == BLOCK_SAMPLES {
                self.cut(events);
            }
        }
    }

    /// Gives the last, shorter block.
    pub(crate) fn finish(&mut self, events: &mut Vec<LaneEvent>) {
        if !self.samples.is_empty() {
            self.cut(events);
        }
    }

    fn cut(&mut self, events: &mut Vec<LaneEvent>) {
        let samples = std::mem::replace(&mut self.samples, Vec::with_capacity(BLOCK_SAMPLES));
        for &sample in &samples {
            self.squares += f64::from(sample) * f64::from(sample);
            self.peak = self.peak.max(sample.abs());
        }
        self.measured += samples.len() as u32;
        self.blocks += 1;
        let block = Block { lane: self.lane, start: self.start, samples };
        self.start = block.end();
        events.push(LaneEvent::Samples(block));
        if self.blocks == BLOCKS_PER_LEVEL {
            let rms = (self.squares / f64::from(self.measured)).sqrt() as f32;
            events.push(LaneEvent::Level {
                lane: self.lane,
                rms_db: decibels(rms),
                peak_db: decibels(self.peak),
            });
            (self.squares, self.peak, self.measured, self.blocks) = (0.0, 0.0, 0, 0);
        }
    }
}

/// An amplitude in dB below full scale.
fn decibels(amplitude: f32) -> f32 {
    (20.0 * amplitude.log10()).max(FLOOR_DB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn levels(events: &[LaneEvent]) -> Vec<(f32, f32)> {
        let level = |event: &LaneEvent| match event {
            LaneEvent::Level { rms_db, peak_db, .. } => Some((*rms_db, *peak_db)),
            _ => None,
        };
        events.iter().filter_map(level).collect()
    }

    #[test]
    fn levels_come_ten_times_a_second_in_decibels() {
        for (amplitude, rms_db, peak_db) in [(1.0, -3.01, 0.0), (0.1, -23.01, -20.0), (0.0, -90.0, -90.0)] {
            let mut cutter = BlockCutter::new(Lane::Agent);
            let mut events = Vec::new();
            let sine = |n: u32| (n as f32 * std::f32::consts::TAU * 1000.0 / 16_000.0).sin() * amplitude;
            cutter.push(&(0..16_000).map(sine).collect::<Vec<_>>(), &mut events);
            let levels = levels(&events);
            assert_eq!(levels.len(), 10);
            for (rms, peak) in levels {
                assert!((rms - rms_db).abs() < 0.05, "rms {rms} of amplitude {amplitude}");
                assert!((peak - peak_db).abs() < 0.05, "peak {peak} of amplitude {amplitude}");
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_are_contiguous_and_nothing_is_lost(sizes in prop::collection::vec(0_usize..2000, 0..40)) {
            let mut cutter = BlockCutter::new(Lane::Customer);
            let mut events = Vec::new();
            let mut given = Vec::new();
            for size in sizes {
                let samples: Vec<f32> = (0..size).map(|n| ((given.len() + n) % 997) as f32 / 997.0).collect();
                cutter.push(&samples, &mut events);
                given.extend(samples);
                prop_assert_eq!(cutter.taken(), given.len() as u64);
            }
            cutter.finish(&mut events);
            let mut taken: Vec<f32> = Vec::new();
            for event in events {
                if let LaneEvent::Samples(block) = event {
                    prop_assert_eq!(block.start, taken.len() as u64);
                    prop_assert!(!block.samples.is_empty() && block.samples.len() <= BLOCK_SAMPLES);
                    taken.extend(block.samples);
                }
            }
            prop_assert_eq!(taken, given);
        }
    }
}
