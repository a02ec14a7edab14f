use crate::failure::Failure;
use crate::state::lock;
use cueline_live::LiveCall;
use std::mem;
use std::sync::{Condvar, Mutex, PoisonError};

/// The one call that can run at a time.
#[derive(Default)]
pub(crate) struct CurrentCall {
    slot: Mutex<Slot>,
    /// Rung when a call has ended for good.
    ended: Condvar,
}

#[derive(Default)]
enum Slot {
    #[default]
    Idle,
    Running(LiveCall),
    /// The last words are being transcribed and the log is being closed.
    Ending,
}

impl CurrentCall {
    /// Starts a call and returns its id.
    ///
    /// # Errors
    /// When another call is running or ending, or this one can't be started.
    pub(crate) fn begin(&self, start: impl FnOnce() -> Result<LiveCall, Failure>) -> Result<String, Failure> {
        let mut slot = lock(&self.slot);
        if let Slot::Running(call) = &*slot
            && !call.has_ended()
        {
            return Err(busy("A call is running.", "End it first."));
        }
        if let Slot::Ending = *slot {
            return Err(busy("The last call is still being written down.", "Try again in a moment."));
        }
        if let Slot::Running(call) = mem::take(&mut *slot) {
            // A recording that came to its end: only its threads are left to be collected.
            call.wait()?;
        }
        let call = start()?;
        let id = call.id().to_owned();
        *slot = Slot::Running(call);
        Ok(id)
    }

    /// Tells the running call something.
    ///
    /// # Errors
    /// When no call is running.
    pub(crate) fn tell(&self, what: impl FnOnce(&LiveCall)) -> Result<(), Failure> {
        match &*lock(&self.slot) {
            Slot::Running(call) => {
                what(call);
                Ok(())
            }
            _ => Err(Failure::new("no_call", "No call is running.", "Start a call first.")),
        }
    }

    /// Ends the running call, if there is one, and waits until its last event was delivered and its log is closed.
    /// Takes as long as the last words take to transcribe: not for the window's thread.
    ///
    /// # Errors
    /// When a thread of the call ended with a fault.
    pub(crate) fn end(&self) -> Result<(), Failure> {
        let mut slot = lock(&self.slot);
        match mem::replace(&mut *slot, Slot::Ending) {
            Slot::Running(call) => {
                drop(slot);
                call.end();
                let ended = call.wait();
                *lock(&self.slot) = Slot::Idle;
                self.ended.notify_all();
                Ok(ended?)
            }
            Slot::Idle => {
                *slot = Slot::Idle;
                Ok(())
            }
            Slot::Ending => {
                let ending = |slot: &mut Slot| matches!(slot, Slot::Ending);
                drop(self.ended.wait_while(slot, ending).unwrap_or_else(PoisonError::into_inner));
                Ok(())
            }
        }
    }

    /// True when leaving now would cut a call short, and when the devices are a call's.
    pub(crate) fn is_busy(&self) -> bool {
        match &*lock(&self.slot) {
            Slot::Idle => false,
            Slot::Running(call) => !call.has_ended(),
            Slot::Ending => true,
        }
    }
}

fn busy(message: &str, what_to_do: &str) -> Failure {
    Failure::new("call_running", message, what_to_do)
}
