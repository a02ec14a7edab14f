use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use cueline_calls::Silenced;

/// What the recorder is told of the audio that it holds.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    /// Up to this second everything that was said is known.
    pub(crate) until: f64,
    /// What of it must not be heard.
    pub(crate) silenced: Vec<Silenced>,
    /// Nothing more will be judged.
    pub(crate) over: bool,
}

/// The call loop's end of the way to the recorder. It never waits for the disk: what finds no room joins what comes next.
pub(crate) struct Judging {
    recorder: Sender<Judgement>,
    waiting: Judgement,
}

/// A way to a recorder, and the recorder's end of it.
pub(crate) fn judging() -> (Judging, Receiver<Judgement>) {
    let (recorder, judged) = bounded(1);
    (Judging { recorder, waiting: Judgement::default() }, judged)
}

impl Judging {
    /// Something in the call must not be heard. It is told no later than that the audio is understood.
    pub(crate) fn silence(&mut self, silenced: impl IntoIterator<Item = Silenced>) {
        self.waiting.silenced.extend(silenced);
    }

    /// Everything up to second `until` is understood.
    pub(crate) fn understood(&mut self, until: f64) {
        // What is silenced of a later utterance begins this much before its voice, and an utterance's audio earlier still.
        self.waiting.until = self.waiting.until.max(until - Silenced::MARGIN);
        match self.recorder.try_send(std::mem::take(&mut self.waiting)) {
            Err(TrySendError::Full(waiting)) => self.waiting = waiting,
            // A recorder that has ended has nothing left to be told of.
            Ok(()) | Err(TrySendError::Disconnected(_)) => {}
        }
    }

    /// Nothing more will be understood. The transcript is complete when `whole`, and then so is the recording.
    pub(crate) fn end(mut self, whole: bool) {
        if whole {
            self.waiting.until = f64::INFINITY;
        }
        self.waiting.over = true;
        let _ = self.recorder.send(self.waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_busy_recorder_was_not_told_comes_with_the_next() {
        let (mut judging, judged) = judging();
        let silenced = |start: f64| Silenced { start, end: start + 1.0 };
        judging.silence([silenced(1.0)]);
        judging.understood(3.0);
        judging.silence([silenced(4.0)]);
        judging.understood(6.0);
        judging.silence([silenced(7.0)]);
        judging.understood(5.0);
        let first = judged.try_recv().unwrap();
        assert_eq!((first.until, first.silenced), (2.5, vec![silenced(1.0)]));
        assert!(judged.try_recv().is_err());
        judging.understood(0.0);
        let second = judged.try_recv().unwrap();
        assert_eq!((second.until, second.silenced), (5.5, vec![silenced(4.0), silenced(7.0)]));
        judging.end(true);
        let last = judged.try_recv().unwrap();
        assert!(last.over && last.until == f64::INFINITY);
    }
}
