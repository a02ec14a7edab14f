//! Speech models.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_models::{AdvisedModel, Progress};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// Downloads a model, makes it ready and loads it. The only command that uses the network.
#[tauri::command]
pub(crate) async fn fetch_model(
    state: State<'_, Arc<AppState>>,
    id: String,
    channel: Channel<Progress>,
) -> Result<(), Failure> {
    aside(state, move |state| {
        // A window that was closed meanwhile needs no progress; what has arrived is kept for the next time.
        state.model.fetch(&id, &mut |progress| drop(channel.send(progress)))?;
        state.model.load()?;
        // The model is there whatever comes of measuring it.
        if state.model.measure_once(&id, || state.call.is_busy()).is_err() {
            tracing::warn!(model = id, "the model could not be measured");
        }
        state.improvements.wake();
        Ok(())
    })
    .await
}

/// Which models there are, and which suits this machine.
#[tauri::command]
pub(crate) async fn list_models(state: State<'_, Arc<AppState>>) -> Result<Vec<AdvisedModel>, Failure> {
    aside(state, |state| Ok(state.model.list())).await
}
