use crate::state::AppState;
use cueline_calls::StoreError;
use cueline_live::{cue_events, digest};
use std::sync::Arc;

/// Works out, on a thread of its own, what lists show of calls that ended without it: those of an older Cueline, and those
/// that were cut off.
pub(crate) fn make_missing(state: Arc<AppState>) {
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = make(&state) {
            tracing::warn!(%error, "what lists show of calls could not be worked out");
        }
    });
}

/// The same at once.
pub(crate) fn make(state: &AppState) -> Result<(), StoreError> {
    // A store that is locked again in between is tried at its next opening.
    let Ok(store) = state.logs.store() else { return Ok(()) };
    for call in store.undigested()? {
        if state.call.is_busy() {
            return Ok(());
        }
        let record = store.show(&call)?;
        store.keep_digest(&call, &digest(&state.startup.playbook_of_call(&record), &cue_events(&record)))?;
    }
    Ok(())
}
