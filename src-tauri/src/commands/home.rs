//! What the first screen needs.

use super::aside;
use crate::failure::Failure;
use crate::session_logs::StoreState;
use crate::settings::{RawSettings, Settings};
use crate::speech_model::SpeechModelState;
use crate::state::AppState;
use crate::{digests, global_keys, logging, login_start};
use cueline_calls::Role;
use cueline_events::{CallContext, Notice};
use serde::Serialize;
use std::sync::Arc;
use tauri::{AppHandle, State};
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
    /// What is known before the first call, from `--context` or a link at the start.
    context: Option<CallContext>,
    /// Whether nobody has chosen anything in this data folder yet.
    first_run: bool,
    /// Where models, session logs, recordings and settings are kept.
    data_dir: String,
    /// Where the program's own log files are.
    log_dir: String,
}

/// What the first screen needs to know. Opens the store if that needs nobody.
#[tauri::command]
pub(crate) async fn home(state: State<'_, Arc<AppState>>) -> Result<Home, Failure> {
    let shared = Arc::clone(&state);
    aside(state, move |state| {
        let (store, repaired) = state.logs.open()?;
        state.tell(repaired);
        if store == StoreState::Open {
            state.improvements.wake();
            state.sweeps.wake();
            digests::make_missing(shared);
        }
        Ok(Home {
            model: state.model.state(),
            store,
            settings: state.settings(),
            replay: state.startup.replay.as_ref().map(|replay| replay.recording.display().to_string()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            notices: state.notices().into_iter().chain(state.model.remark()).collect(),
            context: state.context.clone(),
            first_run: Settings::are_new(&state.startup.data_dir),
            data_dir: state.startup.data_dir.display().to_string(),
            log_dir: logging::folder(&state.startup.data_dir).display().to_string(),
        })
    })
    .await
}

/// Opens the store of past calls; sets the passphrase where there is none yet.
#[tauri::command]
pub(crate) async fn unlock(state: State<'_, Arc<AppState>>, passphrase: String) -> Result<(), Failure> {
    let shared = Arc::clone(&state);
    aside(state, move |state| {
        let repaired = state.logs.unlock(passphrase)?;
        state.tell(repaired);
        state.improvements.wake();
        state.sweeps.wake();
        digests::make_missing(shared);
        Ok(())
    })
    .await
}

/// Keeps the settings, once the system has done what they ask of it.
#[tauri::command]
pub(crate) async fn save_settings(
    app: AppHandle,
    state: State<'_, Arc<AppState>>,
    settings: RawSettings,
) -> Result<(), Failure> {
    aside(state, move |state| {
        let (before, settings) = (state.settings(), Settings::try_from(settings)?);
        if settings.agent_name() != before.agent_name() {
            may_rename(state)?;
        }
        if settings.starts_at_login() != before.starts_at_login() {
            login_start::set(&app, state, settings.starts_at_login())?;
        }
        if settings.has_global_keys() != before.has_global_keys() {
            global_keys::set(&app, settings.has_global_keys())?;
        }
        Ok(state.keep_settings(settings)?)
    })
    .await
}

/// Whether somebody may go by another name: where roles need passphrases an agent sees the calls of his own name alone.
fn may_rename(state: &AppState) -> Result<(), Failure> {
    // Before the session logs are open nobody sees a call.
    let Ok(store) = state.logs.store() else { return Ok(()) };
    let acting = state.acting()?;
    if store.guard()?.guarded && acting.actor().role != Role::TeamLead {
        return Err(Failure::new(
            "role",
            "The name decides whose calls are seen here, so the team lead alone changes it.",
            "Act as team lead, or ask them.",
        ));
    }
    Ok(())
}
