//! How long what is kept.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_calls::{Retention, RetentionPreview};
use std::sync::Arc;
use tauri::State;

/// The retention rules in force.
#[tauri::command]
pub(crate) async fn retention(state: State<'_, Arc<AppState>>) -> Result<Retention, Failure> {
    aside(state, |state| Ok(state.logs.store()?.retention()?)).await
}

/// What would go now by rules.
#[tauri::command]
pub(crate) async fn preview_retention(
    state: State<'_, Arc<AppState>>,
    rules: Retention,
) -> Result<RetentionPreview, Failure> {
    aside(state, move |state| Ok(state.acting()?.preview_retention(&rules)?)).await
}

/// Puts rules in force: what is older goes at once, unless a call runs, and then every day.
#[tauri::command]
pub(crate) async fn set_retention(state: State<'_, Arc<AppState>>, rules: Retention) -> Result<(), Failure> {
    aside(state, move |state| {
        state.acting()?.set_retention(&rules)?;
        state.sweeps.wake();
        Ok(())
    })
    .await
}
