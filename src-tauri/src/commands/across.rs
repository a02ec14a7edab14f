//! What people said, looked at over many past calls: how far reviewers agree, playlists, what was given to practise.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_calls::{CallFilter, GivenScore, PlaylistMoment, PracticeTask};
use cueline_live::Calibration;
use std::sync::Arc;
use tauri::State;

/// How far two reviewers agree over the past calls that a filter lets through; without names those two who have scored the
/// most calls together.
#[tauri::command]
pub(crate) async fn calibration(
    state: State<'_, Arc<AppState>>,
    filter: CallFilter,
    reviewers: Option<[String; 2]>,
) -> Result<Calibration, Failure> {
    aside(state, move |state| {
        let playbook = |score: &GivenScore| state.startup.playbook_that_ran(&score.playbook, &score.context);
        Ok(cueline_live::calibration(&state.acting()?, &filter, reviewers, &playbook)?)
    })
    .await
}

/// The moments in playlists of the past calls that a filter lets through.
#[tauri::command]
pub(crate) async fn playlist_moments(
    state: State<'_, Arc<AppState>>,
    filter: CallFilter,
) -> Result<Vec<PlaylistMoment>, Failure> {
    aside(state, move |state| Ok(state.acting()?.playlist_moments(&filter)?)).await
}

/// What was given to practise on the past calls that a filter lets through.
#[tauri::command]
pub(crate) async fn practice_tasks(
    state: State<'_, Arc<AppState>>,
    filter: CallFilter,
) -> Result<Vec<PracticeTask>, Failure> {
    aside(state, move |state| Ok(state.acting()?.practice_tasks(&filter)?)).await
}
