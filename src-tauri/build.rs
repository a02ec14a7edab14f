//! Permissions of the app's commands and the resources that Tauri builds into the window.

use tauri_build::{AppManifest, Attributes};

/// Every command of the app. A command that is missing here cannot be permitted in `capabilities/`.
const COMMANDS: &[&str] = &[
    "home",
    "unlock",
    "save_settings",
    "devices",
    "choose_device",
    "watch_levels",
    "stop_levels",
    "play_test_tone",
    "playbook_view",
    "start_call",
    "end_call",
    "act_on_card",
    "mark_said",
    "pause_call",
    "resume_call",
    "end_recording",
    "list_calls",
    "show_call",
    "keep_note",
    "watch_improvements",
    "search_calls",
    "count_calls",
    "call_agents",
    "call_scorecard",
    "call_review",
    "keep_review",
    "call_waveform",
    "call_audio",
    "verify_calls",
    "delete_call",
    "calibration",
    "playlist_moments",
    "practice_tasks",
    "export_calls",
    "export_folder",
    "import_calls",
    "retention",
    "preview_retention",
    "set_retention",
    "role_state",
    "take_role",
    "leave_role",
    "set_role_passphrase",
    "remove_role_passphrases",
    "access_log",
    "run_lab",
    "stop_lab",
    "fetch_model",
    "list_models",
    "set_compact",
    "watch_requests",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !std::path::Path::new("../ui/dist/index.html").exists() {
        return Err("the window's pages are not built: run `npm ci && npm run build` in ui/ first".into());
    }
    tauri_build::try_build(Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS)))?;
    Ok(())
}
