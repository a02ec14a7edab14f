//! What the window can ask for. Each answers with a value or with a notice, and none works on the window's thread.

mod across;
mod calls;
mod devices;
mod export;
mod home;
mod import;
mod lab;
mod live;
mod models;
mod retention;
mod review;
mod roles;
mod window;

pub(crate) use lab::LabRuns;

use crate::failure::Failure;
use crate::state::AppState;
use std::sync::Arc;
use tauri::ipc::Invoke;
use tauri::{State, Wry};

/// The commands, as `build.rs` and `capabilities/` name them.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        home::home,
        home::unlock,
        home::save_settings,
        devices::devices,
        devices::choose_device,
        devices::watch_levels,
        devices::stop_levels,
        devices::play_test_tone,
        live::playbook_view,
        live::start_call,
        live::end_call,
        live::act_on_card,
        live::mark_said,
        live::pause_call,
        live::resume_call,
        live::end_recording,
        calls::list_calls,
        calls::show_call,
        calls::keep_note,
        calls::watch_improvements,
        calls::search_calls,
        calls::count_calls,
        calls::call_agents,
        review::call_scorecard,
        review::call_review,
        review::keep_review,
        review::call_waveform,
        review::call_audio,
        review::verify_calls,
        review::delete_call,
        across::calibration,
        across::playlist_moments,
        across::practice_tasks,
        export::export_calls,
        export::export_folder,
        import::import_calls,
        retention::retention,
        retention::preview_retention,
        retention::set_retention,
        roles::role_state,
        roles::take_role,
        roles::leave_role,
        roles::set_role_passphrase,
        roles::remove_role_passphrases,
        roles::access_log,
        lab::run_lab,
        lab::stop_lab,
        models::fetch_model,
        models::list_models,
        window::set_compact,
        window::watch_requests,
    ]
}

/// Runs what may take a while away from the window's thread and from the runtime's few.
async fn aside<T: Send + 'static>(
    state: State<'_, Arc<AppState>>,
    work: impl FnOnce(&AppState) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let state = Arc::clone(&state);
    let done = tauri::async_runtime::spawn_blocking(move || work(&state)).await;
    done.unwrap_or_else(|_| {
        Err(Failure::new(
            "fault",
            "Cueline could not finish that because of a fault of its own.",
            "Try again; if it stays, restart Cueline and report it with the file in the log folder.",
        ))
    })
}
