//! The pass after a call, on a thread that gives way to everything else.

use crate::improver::{ImproveProgress, Improver, Passed};
use crate::{LiveError, OwnedDecoder};
use cueline_calls::Store;
use std::thread::{self, Builder};
use std::time::Duration;
use thread_priority::{ThreadPriority, set_current_thread_priority};

/// How often a pass that waits asks whether it may go on.
const WAIT: Duration = Duration::from_millis(500);

/// Whether a pass may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// It may.
    GoOn,
    /// Not now: a call needs the machine. The model is let go of meanwhile.
    Wait,
    /// It is not wanted any more. Nothing is kept.
    Stop,
}

/// Makes the transcript of a call, named by its id or the beginning of it, again from its recording, and keeps it
/// beside the live one. True when it is kept, false when it was stopped.
///
/// It works on a thread of the lowest priority that the system has for programs. `leave` is told how far it has come,
/// and asked, before every utterance: a call that begins waits for one decode at most. `load` loads the model, again
/// after each wait.
///
/// # Errors
/// When the call has no recording or still runs, the model can't be loaded, or the store can't be written. The live
/// transcript is as it was then.
pub fn improve(
    store: &Store,
    call: &str,
    load: &(dyn Fn() -> Result<OwnedDecoder, LiveError> + Sync),
    leave: &mut (dyn FnMut(ImproveProgress) -> Leave + Send),
) -> Result<bool, LiveError> {
    let mut improver = Improver::new(store, call)?;
    thread::scope(|scope| {
        let body = || {
            // A system that refuses leaves the pass at the ordinary priority: slower calls are not the price of an
            // error here, since the pass still waits while a call runs.
            let _ = set_current_thread_priority(ThreadPriority::Min);
            pass(&mut improver, load, leave)
        };
        let thread = Builder::new().name("improve".into()).spawn_scoped(scope, body)?;
        thread.join().map_err(|_| LiveError::Fault)?
    })
}

fn pass(
    improver: &mut Improver,
    load: &dyn Fn() -> Result<OwnedDecoder, LiveError>,
    leave: &mut dyn FnMut(ImproveProgress) -> Leave,
) -> Result<bool, LiveError> {
    loop {
        loop {
            match leave(improver.progress()) {
                Leave::GoOn => break,
                Leave::Wait => thread::sleep(WAIT),
                Leave::Stop => return Ok(false),
            }
        }
        let mut decoder = load()?;
        let mut go_on = |progress| leave(progress) == Leave::GoOn;
        if improver.run(&mut *decoder, &mut go_on)? == Passed::Whole {
            return Ok(true);
        }
    }
}
