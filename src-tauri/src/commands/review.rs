//! What a review of past calls needs: scorecard, recording, what people said, proof and deletion.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use crate::time_stretch::stretch;
use cueline_calls::{Proof, ReviewEntry, ReviewMark, Waveform};
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
        let record = state.acting()?.record(&id)?;
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
    aside(state, move |state| Ok(state.acting()?.review(&id)?)).await
}

/// Keeps what the person at the screen says of a past call, in the name of the settings and the role that holds.
#[tauri::command]
pub(crate) async fn keep_review(
    state: State<'_, Arc<AppState>>,
    id: String,
    mark: ReviewMark,
) -> Result<ReviewEntry, Failure> {
    aside(state, move |state| Ok(state.acting()?.keep_review(&id, mark)?)).await
}

/// The peaks of a past call's recording, so many of each lane; nothing where there is none.
#[tauri::command]
pub(crate) async fn call_waveform(
    state: State<'_, Arc<AppState>>,
    id: String,
    buckets: u32,
) -> Result<Option<Waveform>, Failure> {
    aside(state, move |state| Ok(state.acting()?.waveform(&id, buckets)?)).await
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
        let samples = state.acting()?.play(&id, start, end)?.unwrap_or_default();
        let bytes = stretch(&samples, speed).into_iter().flat_map(i16::to_le_bytes).collect::<Vec<u8>>();
        Ok(Response::new(bytes))
    })
    .await
}

/// Follows the ledgers of all past calls, the chain that joins the calls and the access log.
#[tauri::command]
pub(crate) async fn verify_calls(state: State<'_, Arc<AppState>>) -> Result<Proof, Failure> {
    aside(state, |state| Ok(state.acting()?.verify_all()?)).await
}

/// Deletes a past call for good. Who did it and why stays.
#[tauri::command]
pub(crate) async fn delete_call(
    state: State<'_, Arc<AppState>>,
    id: String,
    reason: Spoken,
) -> Result<(), Failure> {
    aside(state, move |state| {
        state.acting()?.delete(&id, &reason)?;
        Ok(())
    })
    .await
}
