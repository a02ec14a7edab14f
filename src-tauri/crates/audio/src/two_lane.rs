use crate::{Block, SAMPLE_RATE};
use cueline_events::Lane;
use std::collections::VecDeque;

/// Samples in a second of one lane.
const SECOND: usize = SAMPLE_RATE as usize;

/// Seconds by which one lane may be ahead before the other is no longer waited for.
///
/// Lanes follow the same clock and are never more than a second apart, unless a lane's thread hangs. Then the lane
/// that works is still recorded: silence stands for the other, and what that brings too late is left out.
const LONGEST_WAIT: usize = 10;

/// Puts both lanes' blocks side by side, for the recording: interleaved 16-bit stereo at 16 kHz, left the agent and
/// right the customer, in whole seconds of 16,000 frames.
///
/// It holds at most ten seconds and a block per lane, as long as each lane's blocks are contiguous.
#[derive(Default)]
pub struct TwoLane {
    /// The index of the first sample that was not released yet.
    start: u64,
    lanes: [VecDeque<i16>; 2],
}

impl TwoLane {
    /// Nothing yet; the first second begins with the call.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a block and gives the seconds that are complete with it, oldest first.
    pub fn push(&mut self, block: &Block) -> Vec<Vec<i16>> {
        let lane = &mut self.lanes[block.lane.index()];
        let end = self.start + lane.len() as u64;
        // What comes twice, or after its second was released, is left out; a hole is silent.
        let known = end.saturating_sub(block.start).min(block.samples.len() as u64) as usize;
        let hole = block.start.saturating_sub(end) as usize;
        lane.extend(std::iter::repeat_n(0, hole));
        lane.extend(block.samples[known..].iter().copied().map(to_i16));

        let mut seconds = Vec::new();
        while self.lanes.iter().all(|lane| lane.len() >= SECOND) || self.longest() > LONGEST_WAIT * SECOND {
            seconds.push(self.release(SECOND));
        }
        seconds
    }

    /// Gives what is left at the end of the call; its last second may be shorter, and the shorter lane is filled up
    /// with silence.
    pub fn finish(&mut self) -> Vec<Vec<i16>> {
        let mut seconds = Vec::new();
        while self.longest() > 0 {
            seconds.push(self.release(self.longest().min(SECOND)));
        }
        seconds
    }

    fn longest(&self) -> usize {
        self.lanes.iter().map(VecDeque::len).max().unwrap_or(0)
    }

    fn release(&mut self, frames: usize) -> Vec<i16> {
        self.start += frames as u64;
        let mut interleaved = vec![0; frames * 2];
        for lane in Lane::BOTH {
            let samples = &mut self.lanes[lane.index()];
            let there = samples.len().min(frames);
            let places = interleaved.iter_mut().skip(lane.index()).step_by(2);
            places.zip(samples.drain(..there)).for_each(|(place, sample)| *place = sample);
        }
        interleaved
    }
}

fn to_i16(sample: f32) -> i16 {
    // A cast saturates, so that what is louder than full scale is clipped.
    (sample * 32_767.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(lane: Lane, start: u64, samples: Vec<f32>) -> Block {
        Block { lane, start, samples }
    }

    #[test]
    fn left_is_the_agent_and_right_the_customer() {
        let mut lanes = TwoLane::new();
        assert!(lanes.push(&block(Lane::Customer, 0, vec![1.0, -2.0, 0.0])).is_empty());
        assert!(lanes.push(&block(Lane::Agent, 0, vec![-0.5])).is_empty());
        assert_eq!(lanes.finish(), [[-16384, 32767, 0, -32768, 0, 0]]);
        assert!(lanes.finish().is_empty());
    }

    #[test]
    fn a_lane_that_hangs_does_not_hold_up_the_other_for_ever() {
        let mut lanes = TwoLane::new();
        let mut seconds = Vec::new();
        for n in 0..600 {
            seconds.extend(lanes.push(&block(Lane::Agent, n * 320, vec![0.5; 320])));
            assert!(lanes.longest() <= LONGEST_WAIT * SECOND);
        }
        assert_eq!(seconds.len(), 2);
        // What comes too late is left out, and what comes after it is in its place.
        assert!(lanes.push(&block(Lane::Customer, 0, vec![1.0; 16_000])).is_empty());
        assert!(lanes.push(&block(Lane::Customer, 16_000, vec![1.0; 16_000])).is_empty());
        let third = &lanes.push(&block(Lane::Customer, 32_000, vec![1.0; 16_000]))[0];
        assert!(third.chunks(2).all(|frame| frame == [16384, 32767]));
    }

    proptest! {
        /// Any cutting and any order between the lanes gives the same recording.
        #[test]
        fn seconds_are_whole_and_aligned(
            cuts in prop::collection::vec((any::<bool>(), 1_usize..4_000), 1..60)
        ) {
            let sample = |lane: Lane, n: u64| ((n * 7 + lane.index() as u64 * 13) % 1_000) as f32 / 1_000.0;
            let mut lanes = TwoLane::new();
            let mut lengths = [0_u64; 2];
            let mut recorded = Vec::new();
            for (customer, size) in cuts {
                let lane = Lane::BOTH[usize::from(customer)];
                let start = lengths[lane.index()];
                if start + size as u64 > lengths[lane.other().index()] + 100_000 {
                    continue;
                }
                lengths[lane.index()] += size as u64;
                let samples = (start..start + size as u64).map(|n| sample(lane, n)).collect();
                for second in lanes.push(&block(lane, start, samples)) {
                    prop_assert_eq!(second.len(), 2 * SECOND);
                    recorded.extend(second);
                }
            }
            prop_assert_eq!(recorded.len() as u64 / 2, lengths.iter().min().unwrap() / 16_000 * 16_000);
            recorded.extend(lanes.finish().concat());
            prop_assert_eq!(recorded.len() as u64 / 2, *lengths.iter().max().unwrap());
            for (n, frame) in recorded.chunks(2).enumerate() {
                for lane in Lane::BOTH {
                    let there = (n as u64) < lengths[lane.index()];
                    let expected = if there { to_i16(sample(lane, n as u64)) } else { 0 };
                    prop_assert_eq!(frame[lane.index()], expected);
                }
            }
        }
    }
}
