//! Past calls.

use super::aside;
use crate::failure::Failure;
use crate::improvements::ImprovementState;
use crate::state::AppState;
use cueline_calls::{CallFilter, CallOrder, CallRecord, CallSummary, SearchHit, SearchQuery};
use cueline_events::Spoken;
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// As many places as one search shows.
const HITS: u32 = 50;

/// Past calls that a filter lets through, in an order.
#[tauri::command]
pub(crate) async fn list_calls(
    state: State<'_, Arc<AppState>>,
    filter: CallFilter,
    order: CallOrder,
    limit: u32,
    offset: u32,
) -> Result<Vec<CallSummary>, Failure> {
    aside(state, move |state| Ok(state.acting()?.list(&filter, order, limit, offset)?)).await
}

/// How many past calls a filter lets through.
#[tauri::command]
pub(crate) async fn count_calls(state: State<'_, Arc<AppState>>, filter: CallFilter) -> Result<u32, Failure> {
    aside(state, move |state| Ok(state.acting()?.count(&filter)?)).await
}

/// Whose past calls there are.
#[tauri::command]
pub(crate) async fn call_agents(state: State<'_, Arc<AppState>>) -> Result<Vec<String>, Failure> {
    aside(state, |state| Ok(state.acting()?.agents()?)).await
}

/// One past call, with its live transcript or with the improved one.
#[tauri::command]
pub(crate) async fn show_call(
    state: State<'_, Arc<AppState>>,
    id: String,
    improved: bool,
) -> Result<CallRecord, Failure> {
    aside(state, move |state| Ok(state.acting()?.open(&id, improved)?)).await
}

/// Keeps the agent's note of a call. Notes kept before stay in the log; the newest counts.
#[tauri::command]
pub(crate) async fn keep_note(
    state: State<'_, Arc<AppState>>,
    call: String,
    text: Spoken,
) -> Result<(), Failure> {
    aside(state, move |state| Ok(state.acting()?.keep_note(&call, &text)?)).await
}

/// Tells from now on how far the pass over recordings has come.
#[tauri::command]
pub(crate) async fn watch_improvements(
    state: State<'_, Arc<AppState>>,
    channel: Channel<ImprovementState>,
) -> Result<(), Failure> {
    aside(state, move |state| {
        state.improvements.tell(channel);
        Ok(())
    })
    .await
}

/// Where in past calls something was said or cued.
#[tauri::command]
pub(crate) async fn search_calls(
    state: State<'_, Arc<AppState>>,
    query: SearchQuery,
) -> Result<Vec<SearchHit>, Failure> {
    aside(state, move |state| Ok(state.acting()?.search(&query, HITS)?)).await
}
