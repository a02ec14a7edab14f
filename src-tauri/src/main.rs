//! Cueline's window: what a person sees of a live call and of past ones.
//!
//! The pages in `ui/` ask, through the commands in `commands/`, and the rooms answer: `live` for the running call,
//! `calls` for past ones, `models`, `audio` and `cues` for what is needed before a call. The app itself keeps
//! settings, holds what is open ([`state::AppState`]) and turns every fault into a notice. It is the only crate that
//! knows Tauri.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod current_call;
mod failure;
mod improvements;
mod level_watch;
mod logging;
mod session_logs;
mod settings;
mod speech_model;
mod startup;
mod state;
mod window;

use improvements::Improvements;
use startup::Startup;
use state::AppState;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::{App, AppHandle, Manager, RunEvent};

/// How often, and how long apart, a start tries to measure the speech model on a machine that is busy.
const MEASURING: usize = 12;
const MEASURE_AGAIN: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    choose_renderer();
    let startup = match Startup::from_command_line() {
        Ok(startup) => startup,
        Err(error) => return complain(2, &error),
    };
    if let Err(error) = logging::start(&startup.data_dir) {
        return complain(1, &format!("the program's log can't be written: {error}"));
    }
    let built = tauri::Builder::default()
        .invoke_handler(commands::handler())
        .setup(|app| Ok(prepare(app, startup)?))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(react);
            ExitCode::SUCCESS
        }
        Err(error) => complain(1, &format!("the window can't be opened: {error}")),
    }
}

/// Opens the window, and loads the speech model meanwhile so that a call starts at once.
fn prepare(app: &mut App, startup: Startup) -> tauri::Result<()> {
    let data_dir = startup.data_dir.clone();
    let state = Arc::new(AppState::new(startup, app.path().resource_dir()?.join("sample")));
    app.manage(Arc::clone(&state));
    if let Err(error) = Improvements::start(Arc::clone(&state)) {
        tracing::warn!(%error, "recordings are not transcribed again in this run");
    }
    tauri::async_runtime::spawn_blocking(move || {
        // A model that is missing or broken is told by `home`, and again when a call is started.
        if state.model.load().is_err() {
            return;
        }
        // A start keeps the machine busy; a figure taken then would not be the machine's.
        for _ in 0..MEASURING {
            match state.model.measure_once(&state.model.id(), || state.call.is_busy()) {
                Ok(false) => std::thread::sleep(MEASURE_AGAIN),
                Ok(true) => break,
                Err(_) => {
                    tracing::warn!("the speech model could not be measured");
                    break;
                }
            }
        }
    });
    window::open(app, &data_dir)
}

/// The window is closed or the system asks the program to leave: a running call is ended properly first.
fn react(app: &AppHandle, event: RunEvent) {
    if let RunEvent::ExitRequested { api, code, .. } = event {
        let state = Arc::clone(&app.state::<Arc<AppState>>());
        state.levels.stop();
        if state.call.is_busy() {
            api.prevent_exit();
            let app = app.clone();
            tauri::async_runtime::spawn_blocking(move || {
                if state.call.end().is_err() {
                    tracing::error!("the call ended with a fault while the app was closing");
                }
                app.exit(code.unwrap_or_default());
            });
        }
    }
}

/// WebKitGTK's DMA-BUF renderer shows a blank window with some drivers (tauri-apps/tauri#9304). Who wants it sets the
/// variable to 0.
#[cfg(target_os = "linux")]
fn choose_renderer() {
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: this is the first thing that `main` does; there is no other thread yet.
        unsafe { std::env::set_var(VARIABLE, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
fn choose_renderer() {}

/// Tells the person at the terminal why the program does not start.
#[expect(clippy::print_stderr, reason = "there is no window yet")]
fn complain(code: u8, why: &str) -> ExitCode {
    eprintln!("cueline-app: {why}");
    ExitCode::from(code)
}
