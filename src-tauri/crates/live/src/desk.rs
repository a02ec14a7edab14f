//! The desk between the lanes, which bring what they heard, and the one worker, which decodes.

use crate::call_clock::CallClock;
use crate::decoder::SharedDecoder;
use crate::frontier::Frontier;
use crate::message::Message;
use crossbeam_channel::Sender;
use cueline_events::Lane;
use cueline_speech::{DecodeJob, Heard, Transcribed, Transcriber};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The transcriber, shared by the lanes and the worker.
///
/// Results are sent while the lock is held, so that a partial can never overtake the final that supersedes it. The
/// call loop therefore never takes this lock: it reads the lag from an atomic.
pub(crate) struct Desk {
    state: Mutex<State>,
    work: Condvar,
    lag: AtomicU64,
    /// The second at which the last lane closed: the length of the call.
    closed: AtomicU64,
    clock: CallClock,
}

struct State {
    transcriber: Transcriber,
    frontier: Frontier,
    open_lanes: usize,
}

impl Desk {
    pub(crate) fn new(lanes: usize, clock: CallClock) -> Self {
        let state =
            State { transcriber: Transcriber::new(), frontier: Frontier::default(), open_lanes: lanes };
        Self {
            state: Mutex::new(state),
            work: Condvar::new(),
            lag: AtomicU64::new(0),
            closed: AtomicU64::new(0),
            clock,
        }
    }

    /// A lane brings what it heard; its listener is settled up to a sample. Also keeps lag and frontier current, so lanes call
    /// it with every block.
    pub(crate) fn hear(&self, lane: Lane, heard: Vec<Heard>, settled: u64, out: &Sender<Message>) {
        let mut state = self.lock();
        for one in heard {
            let now = self.clock.now();
            send_all(out, state.transcriber.hear(one, now));
        }
        state.frontier.settle(lane, settled);
        state.tell_frontier(out);
        self.lag.store(state.transcriber.lag(self.clock.now()).to_bits(), Ordering::Relaxed);
        self.work.notify_one();
    }

    /// The lane's running utterance whose words so far are a whole sentence; see [`Transcriber::complete`].
    pub(crate) fn complete(&self, lane: Lane) -> Option<(u32, u64)> {
        self.lock().transcriber.complete(lane)
    }

    /// A lane will bring nothing more.
    pub(crate) fn close_lane(&self) {
        self.lock().open_lanes -= 1;
        self.closed.store(self.clock.now().to_bits(), Ordering::Relaxed);
        self.work.notify_one();
    }

    /// Seconds that the transcript is behind the audio.
    pub(crate) fn lag(&self) -> f64 {
        f64::from_bits(self.lag.load(Ordering::Relaxed))
    }

    /// The second at which the last lane closed; what was said may still be being transcribed.
    pub(crate) fn closed(&self) -> f64 {
        f64::from_bits(self.closed.load(Ordering::Relaxed))
    }

    /// The worker's life: decodes what matters most until both lanes are closed and nothing is left.
    pub(crate) fn work(&self, decoder: &SharedDecoder, out: &Sender<Message>) {
        let mut told_of_failure = false;
        while let Some(job) = self.next_job() {
            let result = decoder.lock().unwrap_or_else(PoisonError::into_inner).decode(&job);
            if let (Err(error), false) = (&result, told_of_failure) {
                told_of_failure = true;
                let _ = out.send(Message::Notice(error.notice()));
            }
            let mut state = self.lock();
            let now = self.clock.now();
            send_all(out, state.transcriber.decoded(job, result, now));
            state.tell_frontier(out);
        }
    }

    fn next_job(&self) -> Option<DecodeJob> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.transcriber.next() {
                return Some(job);
            }
            if state.open_lanes == 0 && state.transcriber.idle() {
                return None;
            }
            // The time-out only guards against a lane thread that died without closing its lane.
            let waited = self.work.wait_timeout(state, Duration::from_secs(1));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Behind the finals that it speaks of.
    fn tell_frontier(&mut self, out: &Sender<Message>) {
        if let Some(message) = self.frontier.advance(&self.transcriber) {
            send(out, message);
        }
    }
}

fn send_all(out: &Sender<Message>, transcribed: Vec<Transcribed>) {
    for one in transcribed {
        send(out, Message::Transcribed(one));
    }
}

/// Sends, waiting for room only with what must not be lost. A loop that is gone has ended the call.
pub(crate) fn send(out: &Sender<Message>, message: Message) {
    if message.may_be_dropped() {
        let _ = out.try_send(message);
    } else {
        let _ = out.send(message);
    }
}
