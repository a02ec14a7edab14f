use crate::act::Act;
use crate::call_clock::CallClock;
use crate::hearing::Hearing;
use crate::setup::{CallSetup, Pace, Source};
use crate::{LiveError, opened_call, replay, threads};
use crossbeam_channel::Sender;
use cueline_cues::CardAction;
use cueline_events::CallEvent;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A running call.
pub struct LiveCall {
    pub(crate) id: String,
    /// Set to end the call; the threads that bring audio look at it.
    pub(crate) ending: Arc<AtomicBool>,
    pub(crate) clock: CallClock,
    pub(crate) hearing: Arc<Hearing>,
    pub(crate) acts: Sender<Act>,
    /// The thread that delivers events. It is the last to end.
    pub(crate) call_loop: JoinHandle<()>,
    pub(crate) others: Vec<JoinHandle<()>>,
}

/// Starts a call. Events arrive at `on_event` on the call loop's thread, in order, beginning with `call_started`
/// and closing with `call_ended`. It must return soon: the loop waits for it.
///
/// # Errors
/// A device that can't be opened, a store that can't be written, a thread that can't be started: no call runs then.
pub fn start(
    setup: CallSetup,
    on_event: impl FnMut(&CallEvent) + Send + 'static,
) -> Result<LiveCall, LiveError> {
    let source = setup.source.kind();
    let CallSetup { source: from, context, playbook, decoder, store, agent_name } = setup;
    let facts = opened_call::Facts { source, context, playbook, store, agent_name };
    let on_event = Box::new(on_event);
    match from {
        Source::Devices { agent, customer } => threads::listen(facts, decoder, [agent, customer], on_event),
        Source::File { file, pace: Pace::Realtime } => threads::play(facts, decoder, *file, on_event),
        Source::File { file, pace: Pace::Max } => replay::start(facts, decoder, *file, on_event),
    }
}

impl LiveCall {
    /// The call's id, by which its log is found.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Asks the call to end. What was being said is still transcribed and logged; [`LiveCall::wait`] waits for it.
    pub fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }

    /// A handle that can end the call from elsewhere, a signal handler for one.
    pub fn ending(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.ending)
    }

    /// Tells the engine what the agent did with a card.
    pub fn act(&self, cue: &str, action: CardAction) {
        let _ = self.acts.try_send(Act::Card { cue: cue.to_owned(), action });
    }

    /// Tells the engine that the agent says a disclosure was said.
    pub fn mark_said(&self, cue: &str) {
        self.tell(Act::MarkSaid { cue: cue.to_owned() });
    }

    /// From now on neither lane is transcribed or recorded: both are silence until [`LiveCall::resume`]. The recording
    /// goes on in silence, so that its times stay right. A replay in virtual time is never paused.
    pub fn pause(&self) {
        let at = self.clock.now();
        if self.hearing.pause(at) {
            self.tell(Act::Pause { at });
        }
    }

    /// Both lanes are heard again.
    pub fn resume(&self) {
        let at = self.clock.now();
        if self.hearing.resume(at) {
            self.tell(Act::Resume { at });
        }
    }

    /// From now on nothing is recorded; transcript, cues and log go on.
    pub fn end_recording(&self) {
        let at = self.clock.now();
        if self.hearing.end_recording(at) {
            self.tell(Act::EndRecording { at });
        }
    }

    /// Waits for room, as these must be in the log. A loop that is gone has ended the call.
    fn tell(&self, act: Act) {
        let _ = self.acts.send(act);
    }

    /// True once the last event was delivered.
    pub fn has_ended(&self) -> bool {
        self.call_loop.is_finished()
    }

    /// Waits until the last event was delivered and the log is closed.
    ///
    /// # Errors
    /// When a thread of the call ended with a fault.
    pub fn wait(self) -> Result<(), LiveError> {
        let mut sound = self.call_loop.join().is_ok();
        for thread in self.others {
            sound &= thread.join().is_ok();
        }
        if sound { Ok(()) } else { Err(LiveError::Fault) }
    }
}
