use cueline_audio::{Block, SAMPLE_RATE};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pauses that are remembered: audio reaches a lane a few seconds late at most.
const REMEMBERED: usize = 16;

/// What of a call is heard and recorded, as the agent has it: shared by whoever asks and by the lanes.
///
/// A block is judged by when it was captured, not by when it arrives, so that what was said before a pause is kept and
/// what was said in it is not, however late the lane runs.
#[derive(Default)]
pub(crate) struct Hearing(Mutex<State>);

#[derive(Default)]
struct State {
    /// Beginning and end of each pause, in seconds; the last one has no end while it lasts.
    pauses: VecDeque<(f64, Option<f64>)>,
    recording_ended: Option<f64>,
}

impl Hearing {
    /// Both lanes are silent from this second on. False when they are already.
    pub(crate) fn pause(&self, at: f64) -> bool {
        let mut state = self.lock();
        if state.paused() {
            return false;
        }
        if state.pauses.len() == REMEMBERED {
            state.pauses.pop_front();
        }
        state.pauses.push_back((at, None));
        true
    }

    /// Both lanes are heard again. False when they were never silenced.
    pub(crate) fn resume(&self, at: f64) -> bool {
        match self.lock().pauses.back_mut() {
            Some((_, end @ None)) => {
                *end = Some(at);
                true
            }
            _ => false,
        }
    }

    /// Nothing is recorded from this second on. False when nothing was any more.
    pub(crate) fn end_recording(&self, at: f64) -> bool {
        let mut state = self.lock();
        let news = state.recording_ended.is_none();
        state.recording_ended.get_or_insert(at);
        news
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.lock().paused()
    }

    /// Silences a block of which any part was captured in a pause.
    pub(crate) fn silence(&self, block: &mut Block) {
        let (from, to) = (seconds(block.start), seconds(block.end()));
        let paused = |(begin, end): &(f64, Option<f64>)| to > *begin && end.is_none_or(|end| from < end);
        if self.lock().pauses.iter().any(paused) {
            block.samples.fill(0.0);
        }
    }

    /// Whether a block still belongs in the recording.
    pub(crate) fn records(&self, block: &Block) -> bool {
        self.lock().recording_ended.is_none_or(|end| seconds(block.end()) <= end)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn paused(&self) -> bool {
        self.pauses.back().is_some_and(|(_, end)| end.is_none())
    }
}

fn seconds(sample: u64) -> f64 {
    sample as f64 / f64::from(SAMPLE_RATE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cueline_events::Lane;

    fn block(second: f64) -> Block {
        Block { lane: Lane::Agent, start: (second * 16_000.0) as u64, samples: vec![0.5; 320] }
    }

    fn is_heard(hearing: &Hearing, second: f64) -> bool {
        let mut block = block(second);
        hearing.silence(&mut block);
        assert_eq!(block.samples.len(), 320, "times stay right");
        block.samples.iter().all(|sample| *sample != 0.0)
    }

    #[test]
    fn what_was_captured_in_a_pause_is_silent_whenever_it_arrives() {
        let hearing = Hearing::default();
        assert!(!hearing.resume(1.0));
        assert!(hearing.pause(10.0) && !hearing.pause(11.0) && hearing.is_paused());
        let heard = |seconds: [f64; 5]| seconds.map(|second| is_heard(&hearing, second));
        assert_eq!(heard([9.9, 9.99, 10.0, 15.0, 1000.0]), [true, false, false, false, false]);
        assert!(hearing.resume(20.0) && !hearing.resume(21.0) && !hearing.is_paused());
        assert_eq!(heard([9.9, 10.0, 19.99, 20.0, 30.0]), [true, false, false, true, true]);
    }

    #[test]
    fn a_recording_ends_once() {
        let hearing = Hearing::default();
        assert!(hearing.records(&block(100.0)));
        assert!(hearing.end_recording(50.0) && !hearing.end_recording(60.0));
        assert!(hearing.records(&block(49.9)) && !hearing.records(&block(50.0)));
    }

    #[test]
    fn old_pauses_are_forgotten_and_the_running_one_never() {
        let hearing = Hearing::default();
        for n in 0..100 {
            assert!(hearing.pause(f64::from(n) * 10.0) && hearing.resume(f64::from(n) * 10.0 + 5.0));
        }
        assert!(hearing.pause(2_000.0));
        assert_eq!(hearing.lock().pauses.len(), REMEMBERED);
        assert!(!is_heard(&hearing, 3_000.0));
    }
}
