//! The running call.

use super::aside;
use crate::failure::Failure;
use crate::startup::context_from_json;
use crate::state::AppState;
use cueline_audio::CallFile;
use cueline_cues::{CardAction, PlaybookView};
use cueline_events::{CallContext, CallEvent, CueEvent, Lane};
use cueline_live::{CallSetup, LiveCall, Pace, Source};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;
use ts_rs::TS;

/// Where a call that is to be started gets its audio from.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[ts(export)]
pub(crate) enum StartSource {
    /// The sample call that comes with Cueline, as it was spoken; it has its own context.
    Sample,
    /// The chosen devices.
    Devices,
    /// A recording, as it was spoken.
    File {
        /// A stereo WAV file: left is the agent, right the customer.
        #[ts(type = "string")]
        path: PathBuf,
    },
}

/// A call that was started.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StartedCall {
    /// Its id, by which its log is found.
    call: String,
    /// The cues that apply to it.
    playbook: PlaybookView,
}

/// The cues that apply to a call with this context.
#[tauri::command]
pub(crate) async fn playbook_view(
    state: State<'_, Arc<AppState>>,
    context: CallContext,
) -> Result<PlaybookView, Failure> {
    aside(state, move |state| Ok(state.startup.playbook(&context).view())).await
}

/// Starts a call; its events arrive in order until `call_ended`, without the levels.
#[tauri::command]
pub(crate) async fn start_call(
    state: State<'_, Arc<AppState>>,
    source: StartSource,
    context: CallContext,
    channel: Channel<CallEvent>,
) -> Result<StartedCall, Failure> {
    aside(state, move |state| start(state, source, context, channel)).await
}

/// Ends the running call and waits until its log is closed; `call_ended` has been sent then.
#[tauri::command]
pub(crate) async fn end_call(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| state.call.end()).await
}

/// What the agent did with a card.
#[tauri::command]
pub(crate) async fn act_on_card(
    state: State<'_, Arc<AppState>>,
    cue: String,
    action: CardAction,
) -> Result<(), Failure> {
    aside(state, move |state| state.call.tell(|call| call.act(&cue, action))).await
}

/// The agent says that a disclosure was said.
#[tauri::command]
pub(crate) async fn mark_said(state: State<'_, Arc<AppState>>, cue: String) -> Result<(), Failure> {
    aside(state, move |state| state.call.tell(|call| call.mark_said(&cue))).await
}

/// Stops transcription and recording of both lanes until `resume_call`.
#[tauri::command]
pub(crate) async fn pause_call(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| state.call.tell(LiveCall::pause)).await
}

/// Goes on after a pause.
#[tauri::command]
pub(crate) async fn resume_call(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| state.call.tell(LiveCall::resume)).await
}

/// Ends the recording and nothing else: consent was withdrawn.
#[tauri::command]
pub(crate) async fn end_recording(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    aside(state, |state| state.call.tell(LiveCall::end_recording)).await
}

fn start(
    state: &AppState,
    from: StartSource,
    context: CallContext,
    channel: Channel<CallEvent>,
) -> Result<StartedCall, Failure> {
    let (source, context) = open_source(state, from, context)?;
    let playbook = state.startup.playbook(&context);
    let view = playbook.view();
    let setup = CallSetup {
        source,
        context,
        playbook,
        decoder: state.model.load()?,
        store: Some(state.logs.store()?),
        agent_name: state.settings().agent_name().to_owned(),
    };
    // A window that was closed during the call takes no more events; the log goes on until the call has ended.
    let improvements = Arc::clone(&state.improvements);
    let tell = move |event: &CallEvent| {
        match event {
            // Twenty a second, and the live screen draws none of them.
            CallEvent::Level { .. } => return,
            CallEvent::Cue(CueEvent { cue, shown: Some(true), .. }) => tracing::debug!(cue, "card sent"),
            _ => {}
        }
        drop(channel.send(event.clone()));
        if matches!(event, CallEvent::CallEnded { .. }) {
            improvements.wake();
        }
    };
    let call = state.call.begin(|| {
        state.levels.stop();
        Ok(cueline_live::start(setup, tell)?)
    })?;
    tracing::info!(call, "call started");
    Ok(StartedCall { call, playbook: view })
}

fn open_source(
    state: &AppState,
    from: StartSource,
    context: CallContext,
) -> Result<(Source, CallContext), Failure> {
    match from {
        StartSource::Sample => {
            let context = sample_context(&state.sample_dir.join("sample-call.json"))?;
            Ok((recording(&state.sample_dir.join("sample-call.wav"))?, context))
        }
        StartSource::Devices => {
            let settings = state.settings();
            let [agent, customer] = Lane::BOTH.map(|lane| settings.device(lane).cloned());
            Ok((Source::Devices { agent, customer }, context))
        }
        StartSource::File { path } => {
            let replay = state.startup.replay.as_ref().filter(|replay| replay.recording == path);
            let told = replay.and_then(|replay| replay.context.clone());
            Ok((recording(&path)?, told.unwrap_or(context)))
        }
    }
}

fn recording(path: &Path) -> Result<Source, Failure> {
    Ok(Source::File { file: Box::new(CallFile::open(path, None)?), pace: Pace::Realtime })
}

fn sample_context(file: &Path) -> Result<CallContext, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
    text.and_then(|text| context_from_json(&text).map_err(|error| error.to_string())).map_err(|reason| {
        let message = format!("The sample call {} can't be used: {reason}.", file.display());
        Failure::new("sample_call", message, "Install Cueline again; it comes with a sample call.")
    })
}
