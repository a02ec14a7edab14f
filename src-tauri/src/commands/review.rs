//! What a review of past calls needs: scorecard, recording, what people said, proof and deletion.

use super::aside;
use crate::failure::Failure;
use crate::review_rights::{may_delete, may_say};
use crate::state::AppState;
use crate::time_stretch::stretch;
use cueline_calls::{NewDeletion, NewReviewEntry, Proof, ReviewEntry, ReviewMark, Waveform};
use cueline_cues::{Scorecard, scorecard};
use cueline_events::Spoken;
use cueline_live::cue_events;
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Response;

/// A past call's scorecard, as its events propose it.
#[tauri::command]
pub(crate) async fn call_scorecard(
    state: State<'_, Arc<AppState>>,
    id: String,
) -> Result<Scorecard, Failure> {
    aside(state, move |state| {
        let record = state.logs.store()?.show(&id)?;
        Ok(scorecard(&state.startup.playbook_of_call(&record), &cue_events(&record)))
    })
    .await
}

/// What people said of a past call, the oldest first.
#[tauri::command]
pub(crate) async fn call_review(
    state: State<'_, Arc<AppState>>,
    id: String,
) -> Result<Vec<ReviewEntry>, Failure> {
    aside(state, move |state| Ok(state.logs.store()?.review(&id)?)).await
}

/// Keeps what the person at the screen says of a past call, in the name and the role of the settings.
#[tauri::command]
pub(crate) async fn keep_review(
    state: State<'_, Arc<AppState>>,
    id: String,
    mark: ReviewMark,
) -> Result<ReviewEntry, Failure> {
    aside(state, move |state| {
        let role = state.settings().role();
        may_say(role, &mark)?;
        let entry = NewReviewEntry { author: author(state), role, machine: cueline_live::machine(), mark };
        Ok(state.logs.store()?.keep_review(&id, entry)?)
    })
    .await
}

/// The peaks of a past call's recording, so many of each lane; nothing where there is none.
#[tauri::command]
pub(crate) async fn call_waveform(
    state: State<'_, Arc<AppState>>,
    id: String,
    buckets: u32,
) -> Result<Option<Waveform>, Failure> {
    aside(state, move |state| Ok(state.logs.store()?.waveform(&id, buckets)?)).await
}

/// Some seconds of a past call's recording at a speed: interleaved samples (agent, customer) as little-endian 16-bit
/// numbers, 16,000 a second of each lane. Empty where nothing is recorded.
#[tauri::command]
pub(crate) async fn call_audio(
    state: State<'_, Arc<AppState>>,
    id: String,
    start: f64,
    end: f64,
    speed: f64,
) -> Result<Response, Failure> {
    /// Slower or faster than this nobody understands.
    const SPEEDS: std::ops::RangeInclusive<f64> = 0.5..=3.0;
    aside(state, move |state| {
        if !SPEEDS.contains(&speed) {
            return Err(Failure::new(
                "speed",
                "A call can't be played at that speed.",
                "Choose one that is offered.",
            ));
        }
        let samples = state.logs.store()?.audio(&id, start, end)?.unwrap_or_default();
        let bytes = stretch(&samples, speed).into_iter().flat_map(i16::to_le_bytes).collect::<Vec<u8>>();
        Ok(Response::new(bytes))
    })
    .await
}

/// Follows the ledgers of all past calls, and the chain that joins the calls.
#[tauri::command]
pub(crate) async fn verify_calls(state: State<'_, Arc<AppState>>) -> Result<Proof, Failure> {
    aside(state, |state| Ok(state.logs.store()?.verify_all()?)).await
}

/// Deletes a past call for good. Who did it and why stays.
#[tauri::command]
pub(crate) async fn delete_call(
    state: State<'_, Arc<AppState>>,
    id: String,
    reason: Spoken,
) -> Result<(), Failure> {
    aside(state, move |state| {
        may_delete(state.settings().role())?;
        let deletion = NewDeletion { by: author(state), reason, machine: cueline_live::machine() };
        state.logs.store()?.delete(&id, &deletion)?;
        Ok(())
    })
    .await
}

/// In whose name something is kept: the name in the settings, or else the machine's.
fn author(state: &AppState) -> String {
    let settings = state.settings();
    let name = settings.agent_name();
    if name.is_empty() { cueline_live::machine() } else { name.to_owned() }
}
