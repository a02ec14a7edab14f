use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

/// A question to the sound system that may take seconds to be answered, or for ever: PulseAudio waits for its
/// server, macOS for a person at a permission dialogue. It is asked from a thread of its own, which ends with the
/// answer, so that the lane that asks goes on filling its silence.
pub(crate) struct Background<T>(Receiver<T>);

/// Whether an answer has come.
pub(crate) enum Answer<T> {
    /// Not yet.
    Waiting,
    /// This one.
    Given(T),
    /// None ever will: asking failed on the way.
    Failed,
}

impl<T: Send + 'static> Background<T> {
    pub(crate) fn ask(question: impl FnOnce() -> T + Send + 'static) -> Self {
        let (answer, answers) = channel();
        let asked = std::thread::Builder::new().name("cueline-audio-ask".into()).spawn(move || {
            // Nobody waits any more when the call has ended.
            let _ = answer.send(question());
        });
        // Without a thread the channel is closed by now and `answer` says so.
        drop(asked);
        Self(answers)
    }

    /// A question that is answered before this returns: a test's clock does not wait for threads.
    #[cfg(test)]
    pub(crate) fn answered(answer: T) -> Self {
        let (sender, answers) = channel();
        sender.send(answer).unwrap();
        Self(answers)
    }

    /// Waits for the answer, at most so long.
    pub(crate) fn answer_within(&self, longest: Duration) -> Option<T> {
        self.0.recv_timeout(longest).ok()
    }

    pub(crate) fn answer(&self) -> Answer<T> {
        match self.0.try_recv() {
            Ok(answer) => Answer::Given(answer),
            Err(TryRecvError::Empty) => Answer::Waiting,
            Err(TryRecvError::Disconnected) => Answer::Failed,
        }
    }
}
