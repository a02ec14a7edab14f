use crate::state::{AppState, lock};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How often what is older than is kept goes.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often the end of a running call, and of the day, is looked for.
const LOOK: Duration = Duration::from_secs(30);

/// Lets go of what is older than the retention rules in force keep: at the start, once a day and when the rules change, on a
/// thread of its own and never while a call runs.
#[derive(Default)]
pub(crate) struct Sweeps {
    /// The store was opened, or the rules are others.
    woken: Mutex<bool>,
    bell: Condvar,
}

impl Sweeps {
    /// Starts the thread. It ends with the program; what it has not come to goes another time.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub(crate) fn start(state: Arc<AppState>) -> std::io::Result<()> {
        let body = move || {
            let mut last = None;
            loop {
                let woken = state.sweeps.wait();
                if (woken || is_due(last, SystemTime::now())) && !state.call.is_busy() {
                    last = sweep(&state).then(SystemTime::now);
                }
            }
        };
        std::thread::Builder::new().name("sweeps".into()).spawn(body).map(drop)
    }

    /// Says that the store was opened, or that the rules are others.
    pub(crate) fn wake(&self) {
        *lock(&self.woken) = true;
        self.bell.notify_all();
    }

    fn wait(&self) -> bool {
        let waited = self.bell.wait_timeout_while(lock(&self.woken), LOOK, |woken| !*woken);
        let (mut woken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *woken)
    }
}

/// Whether a day has gone by on the clock of the wall: a machine that slept counts too.
fn is_due(last: Option<SystemTime>, now: SystemTime) -> bool {
    last.is_none_or(|last| now.duration_since(last).is_ok_and(|since| since >= DAY))
}

/// Whether everything that may go has gone.
fn sweep(state: &AppState) -> bool {
    // A store that is still locked wakes this when it is opened.
    let Ok(store) = state.logs.store() else { return false };
    let mut whole = true;
    let mut go_on = || {
        whole = !state.call.is_busy();
        whole
    };
    match store.sweep(&cueline_live::machine(), &mut go_on) {
        Ok(swept) => {
            if swept.calls + swept.recordings > 0 {
                tracing::info!(calls = swept.calls, recordings = swept.recordings, "older than is kept");
            }
            whole
        }
        Err(error) => {
            tracing::warn!(%error, "what is older than is kept could not be deleted");
            // Tomorrow again, rather than every half minute.
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_of_the_wall_s_clock() {
        let now = SystemTime::now();
        assert!(is_due(None, now));
        assert!(!is_due(Some(now), now));
        assert!(!is_due(Some(now - Duration::from_secs(86_399)), now));
        assert!(is_due(Some(now - DAY), now));
        assert!(!is_due(Some(now + DAY), now), "a clock that was set back");
    }
}
