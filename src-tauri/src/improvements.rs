use crate::failure::Failure;
use crate::state::{AppState, lock};
use cueline_calls::Store;
use cueline_events::Notice;
use cueline_live::{ImproveProgress, Leave};
use serde::Serialize;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tauri::ipc::Channel;
use ts_rs::TS;

/// How often the end of a running call is looked for before its recording is transcribed again.
const LOOK: Duration = Duration::from_millis(500);

/// How far the pass over a call's recording has come.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub(crate) struct ImprovementState {
    /// The call's id.
    call: String,
    /// Seconds of it that are done.
    done: f64,
    /// Its length in seconds.
    total: f64,
    /// What became of it.
    step: ImprovementStep,
}

/// What a pass over a recording is at.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum ImprovementStep {
    /// It is being transcribed.
    Working,
    /// A call is running, and comes first.
    Waiting,
    /// The improved transcript is in the session log.
    Kept,
    /// It could not be made; the live transcript is as it was.
    Failed {
        /// Why.
        notice: Notice,
    },
}

/// Transcribes recordings once more while nobody calls, one after another, on a thread of its own.
#[derive(Default)]
pub(crate) struct Improvements {
    /// Whether there may be something new to do.
    woken: Mutex<bool>,
    bell: Condvar,
    listener: Mutex<Option<Channel<ImprovementState>>>,
}

impl Improvements {
    /// Starts the thread. It ends with the program; what it had of an unfinished pass is made again another time.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub(crate) fn start(state: Arc<AppState>) -> std::io::Result<()> {
        let body = move || {
            // Calls whose recording can't be transcribed are not tried again before the next start.
            let mut failed = HashSet::new();
            loop {
                state.improvements.wait();
                while state.call.is_busy() {
                    std::thread::sleep(LOOK);
                }
                improve_all(&state, &mut failed);
            }
        };
        std::thread::Builder::new().name("improvements".into()).spawn(body).map(drop)
    }

    /// Says that a call may have ended, that the store was opened or that the settings are others.
    pub(crate) fn wake(&self) {
        *lock(&self.woken) = true;
        self.bell.notify_all();
    }

    /// Tells the window from now on how far the pass has come.
    pub(crate) fn tell(&self, channel: Channel<ImprovementState>) {
        *lock(&self.listener) = Some(channel);
    }

    fn wait(&self) {
        let woken = self.bell.wait_while(lock(&self.woken), |woken| !*woken);
        *woken.unwrap_or_else(PoisonError::into_inner) = false;
    }

    fn told(&self, call: &str, ImproveProgress { done, total }: ImproveProgress, step: ImprovementStep) {
        if let Some(channel) = &*lock(&self.listener) {
            // A window that is gone needs to know nothing.
            let _ = channel.send(ImprovementState { call: call.to_owned(), done, total, step });
        }
    }
}

/// Every call that lacks an improved transcript, the newest first, as long as the setting wants it.
fn improve_all(state: &AppState, failed: &mut HashSet<String>) {
    // A store that is still locked, and a model that is not there yet, wake this thread when they are.
    let Ok(store) = state.logs.store() else { return };
    let Ok((model, file)) = state.model.most_accurate() else { return };
    while state.settings().improves_calls() {
        let next = match store.improvable() {
            Ok(calls) => calls.into_iter().find(|call| !failed.contains(call)),
            Err(error) => {
                tracing::warn!(%error, "the calls to improve could not be listed");
                None
            }
        };
        let Some(call) = next else { return };
        if let Err(failure) = improve(state, &store, &call, &model, &file) {
            let notice = Notice::from(failure);
            tracing::warn!(call, code = notice.code, "a call could not be improved");
            let nothing = ImproveProgress { done: 0.0, total: 0.0 };
            state.improvements.told(&call, nothing, ImprovementStep::Failed { notice });
            failed.insert(call);
        }
    }
}

fn improve(state: &AppState, store: &Store, call: &str, model: &str, file: &Path) -> Result<(), Failure> {
    let load = || cueline_live::load_thorough_model(file, model);
    let mut last = ImproveProgress { done: 0.0, total: 0.0 };
    let mut leave = |progress| {
        last = progress;
        let (step, leave) = match (state.settings().improves_calls(), state.call.is_busy()) {
            (false, _) => return Leave::Stop,
            (true, true) => (ImprovementStep::Waiting, Leave::Wait),
            (true, false) => (ImprovementStep::Working, Leave::GoOn),
        };
        state.improvements.told(call, progress, step);
        leave
    };
    if cueline_live::improve(store, call, &load, &mut leave)? {
        tracing::info!(call, model, "call improved");
        state.improvements.told(call, last, ImprovementStep::Kept);
    }
    Ok(())
}
