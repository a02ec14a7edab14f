//! Cueline's window: what a person sees of a live call and of past ones.
//!
//! The pages in `ui/` ask, through the commands in `commands/`, and the rooms answer: `live` for the running call,
//! `calls` for past ones, `models`, `audio` and `cues` for what is needed before a call. The app itself keeps
//! settings, holds what is open ([`state::AppState`]) and turns every fault into a notice. It is the only crate that
//! knows Tauri.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod before_call;
mod commands;
mod compact;
mod current_call;
mod digests;
mod failure;
mod global_keys;
mod improvements;
mod level_watch;
mod link;
mod logging;
mod login_start;
mod requests;
mod role_state;
mod saved_view;
mod seat;
mod session_logs;
mod settings;
mod single_instance;
mod speech_model;
mod startup;
mod state;
mod sweeps;
mod time_stretch;
mod tray;
mod window;
mod window_places;

use cueline_events::CallContext;
use improvements::Improvements;
use requests::WindowRequest;
use single_instance::{Handed, Place, Start};
use startup::Startup;
use state::{AppState, lock};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use sweeps::Sweeps;
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
    let place = match single_instance::start(&startup.data_dir, &startup.handed()) {
        Ok(Start::First(place)) => place,
        Ok(Start::HandedOver) if startup.replay.is_some() => {
            return complain(
                1,
                "Cueline is running with this data folder; close it first, then play the recording",
            );
        }
        Ok(Start::HandedOver) => {
            return complain(
                0,
                "Cueline is running already with this data folder; its window was brought to the front",
            );
        }
        Err(error) => {
            let why =
                format!("Cueline is running already with this data folder and does not answer: {error}");
            return complain(1, &why);
        }
    };
    let builder = tauri::Builder::default().invoke_handler(commands::handler());
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(login_start::plugin());
    #[cfg(windows)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
        take_over(app, startup::handed_by(arguments));
    }));
    let built = builder.setup(|app| Ok(prepare(app, startup, place)?)).build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(react);
            ExitCode::SUCCESS
        }
        Err(error) => complain(1, &format!("the window can't be opened: {error}")),
    }
}

/// Opens the window, and loads the speech model meanwhile so that a call starts at once.
fn prepare(app: &mut App, startup: Startup, place: Place) -> tauri::Result<()> {
    let data_dir = startup.data_dir.clone();
    let state = Arc::new(AppState::new(startup, app.path().resource_dir()?.join("sample")));
    app.manage(Arc::clone(&state));
    hold(app, place);
    if let Err(error) = Improvements::start(Arc::clone(&state)) {
        tracing::warn!(%error, "recordings are not transcribed again in this run");
    }
    if let Err(error) = Sweeps::start(Arc::clone(&state)) {
        tracing::warn!(%error, "the retention rules are not applied in this run");
    }
    window::open(app, &data_dir)?;
    if let Err(error) = tray::show(app) {
        tracing::warn!(%error, "there is no icon in the tray");
    }
    if state.settings().has_global_keys() {
        let (app, state) = (app.handle().clone(), Arc::clone(&state));
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(failure) = global_keys::set(&app, true) {
                state.requests.send(WindowRequest::Notice { notice: failure.into() });
            }
        });
    }
    warm_up(state);
    Ok(())
}

/// Keeps the place of this data folder's only window, and hears second starts.
fn hold(app: &App, place: Place) {
    #[cfg(unix)]
    {
        let handle = app.handle().clone();
        if let Err(error) = place.listen(move |handed| take_over(&handle, handed)) {
            tracing::warn!(%error, "a second start can't be taken over");
        }
    }
    app.manage(Mutex::new(Some(place)));
}

/// A second start brought something: the page is told, and comes to the front.
fn take_over(app: &AppHandle, Handed { context, link }: Handed) {
    let requests = &app.state::<Arc<AppState>>().requests;
    if let Some(context) = context {
        requests.send_context(Ok(*context));
    }
    if let Some(link) = link {
        requests.send_context(link::context(&link));
    }
    window::bring_to_front(app);
}

/// Loads the speech model and reads the playbooks, so that a call starts at once; measures the model when the start is
/// over.
fn warm_up(state: Arc<AppState>) {
    tauri::async_runtime::spawn_blocking(move || {
        // A model that is missing or broken is told by `home`, and again when a call is started.
        let loaded = state.model.load();
        drop(state.startup.playbook(&CallContext::default()));
        if loaded.is_err() {
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
}

/// The window is closed or the system asks the program to leave: a running call is ended properly first.
fn react(app: &AppHandle, event: RunEvent) {
    #[cfg(target_os = "macos")]
    if let RunEvent::Opened { urls } = &event {
        urls.iter().for_each(|url| take_over(app, Handed { context: None, link: Some(url.to_string()) }));
    }
    if let RunEvent::Exit = event {
        lock(&app.state::<Mutex<Option<Place>>>()).take();
    }
    if let RunEvent::ExitRequested { api, code, .. } = event {
        if let Some(window) = window::main(app) {
            app.state::<Arc<AppState>>().compact.leave(&window);
        }
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

/// Tells the person at the terminal why no window opens.
#[expect(clippy::print_stderr, reason = "there is no window yet")]
fn complain(code: u8, why: &str) -> ExitCode {
    eprintln!("cueline-app: {why}");
    ExitCode::from(code)
}
