//! Audio devices: which there are, which are chosen, whether they hear something.

use super::aside;
use crate::failure::Failure;
use crate::level_watch::LevelReading;
use crate::state::AppState;
use cueline_audio::{Device, DeviceId};
use cueline_events::Lane;
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// Audio devices, as they are plugged in now.
#[tauri::command]
pub(crate) async fn devices(state: State<'_, Arc<AppState>>) -> Result<Vec<Device>, Failure> {
    aside(state, |_| Ok(cueline_audio::devices()?)).await
}

/// Remembers which device one lane is captured from; a running level watch goes on with it.
#[tauri::command]
pub(crate) async fn choose_device(
    state: State<'_, Arc<AppState>>,
    lane: Lane,
    id: DeviceId,
) -> Result<(), Failure> {
    aside(state, move |state| {
        let settings = state.settings().with_device(lane, id);
        state.keep_settings(settings.clone())?;
        state.levels.follow(&settings)
    })
    .await
}

/// Measures both chosen devices about ten times a second until `stop_levels` or a call.
#[tauri::command]
pub(crate) async fn watch_levels(
    state: State<'_, Arc<AppState>>,
    channel: Channel<LevelReading>,
) -> Result<(), Failure> {
    aside(state, move |state| {
        if state.call.is_busy() {
            return Err(Failure::new("call_running", "A call is using the devices.", "End the call first."));
        }
        state.levels.start(&state.settings(), channel)
    })
    .await
}

/// Plays two short tones through the system's default output, so that the customer's lane can be checked.
#[tauri::command]
pub(crate) async fn play_test_tone(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| {
        if state.call.is_busy() {
            return Err(Failure::new(
                "call_running",
                "A call is running.",
                "Check the sound after the call.",
            ));
        }
        Ok(cueline_audio::play_test_tone()?)
    })
    .await
}

/// Lets go of the devices.
#[tauri::command]
pub(crate) async fn stop_levels(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| {
        state.levels.stop();
        Ok(())
    })
    .await
}
