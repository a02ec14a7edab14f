use crate::message::Message;
use cueline_events::Lane;
use cueline_speech::Transcriber;

/// Seconds between two tellings of it: a recording is written in seconds.
const STEP: f64 = 0.25;

/// Up to which second of the call everything that was said is known, told as it goes forward.
#[derive(Default)]
pub(crate) struct Frontier {
    /// Up to which sample each lane's listener has come.
    settled: [u64; 2],
    told: f64,
}

impl Frontier {
    /// A lane's listener has come so far.
    pub(crate) fn settle(&mut self, lane: Lane, sample: u64) {
        self.settled[lane.index()] = sample;
    }

    /// What is to be told now that the transcriber is at work on what it is at work on, after every final that it has told.
    pub(crate) fn advance(&mut self, transcriber: &Transcriber) -> Option<Message> {
        let until = transcriber.understood(self.settled);
        if until < self.told + STEP {
            return None;
        }
        self.told = until;
        Some(Message::Understood { until })
    }
}
