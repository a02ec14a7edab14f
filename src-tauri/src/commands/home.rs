//! What the first screen needs.

use super::aside;
use crate::failure::Failure;
use crate::session_logs::StoreState;
use crate::settings::{RawSettings, Settings};
use crate::speech_model::SpeechModelState;
use crate::state::AppState;
use cueline_events::Notice;
use serde::Serialize;
use std::sync::Arc;
use tauri::State;
use ts_rs::TS;

/// What the first screen needs to know.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct Home {
    /// Whether calls can be transcribed.
    model: SpeechModelState,
    /// Whether past calls can be read and new ones kept.
    store: StoreState,
    /// What the agent chose.
    settings: Settings,
    /// A recording that is to be played at once, if the app was started with one.
    replay: Option<String>,
    /// Cueline's version.
    version: String,
    /// What happened since the start that the person should know: settings put aside, calls repaired.
    notices: Vec<Notice>,
}

/// What the first screen needs to know. Opens the store if that needs nobody.
#[tauri::command]
pub(crate) async fn home(state: State<'_, Arc<AppState>>) -> Result<Home, Failure> {
    aside(state, |state| {
        let (store, repaired) = state.logs.open()?;
        state.tell(repaired);
        if store == StoreState::Open {
            state.improvements.wake();
        }
        Ok(Home {
            model: state.model.state(),
            store,
            settings: state.settings(),
            replay: state.startup.replay.as_ref().map(|replay| replay.recording.display().to_string()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            notices: state.notices().into_iter().chain(state.model.remark()).collect(),
        })
    })
    .await
}

/// Opens the store of past calls; sets the passphrase where there is none yet.
#[tauri::command]
pub(crate) async fn unlock(state: State<'_, Arc<AppState>>, passphrase: String) -> Result<(), Failure> {
    aside(state, move |state| {
        let repaired = state.logs.unlock(passphrase)?;
        state.tell(repaired);
        state.improvements.wake();
        Ok(())
    })
    .await
}

/// Keeps the settings.
#[tauri::command]
pub(crate) async fn save_settings(
    state: State<'_, Arc<AppState>>,
    settings: RawSettings,
) -> Result<(), Failure> {
    aside(state, move |state| Ok(state.keep_settings(Settings::try_from(settings)?)?)).await
}
