//! The window itself, and what comes to it from outside its page.

use super::aside;
use crate::compact::CompactState;
use crate::failure::Failure;
use crate::requests::WindowRequest;
use crate::state::AppState;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

/// Makes the window the small one that stays above all others, or gives it back its former size and place.
#[tauri::command]
pub(crate) async fn set_compact(
    window: WebviewWindow,
    state: State<'_, Arc<AppState>>,
    on: bool,
) -> Result<CompactState, Failure> {
    aside(state, move |state| {
        state.compact.set(&window, on).map_err(|error| {
            let message = format!("The window can't change its size: {error}.");
            Failure::new("window", message, "Go on with the window as it is.")
        })
    })
    .await
}

/// Tells from now on what comes from outside the page. Only the newest listener is told.
#[tauri::command]
pub(crate) async fn watch_requests(
    state: State<'_, Arc<AppState>>,
    channel: Channel<WindowRequest>,
) -> Result<(), Failure> {
    aside(state, move |state| {
        state.requests.tell(channel);
        Ok(())
    })
    .await
}
