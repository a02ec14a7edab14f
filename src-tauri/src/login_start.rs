//! Starting with the desktop, which is off until the agent wants it.

#[cfg(target_os = "linux")]
mod autostart_entry;

use crate::failure::Failure;
use crate::state::AppState;
use tauri::AppHandle;
#[cfg(target_os = "linux")]
use tauri::Manager;
#[cfg(not(target_os = "linux"))]
use tauri_plugin_autostart::ManagerExt;

/// What writes the desktop's list of programs.
#[cfg(not(target_os = "linux"))]
pub(crate) fn plugin() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_autostart::Builder::new().build()
}

/// Puts Cueline on the list of programs that start with the desktop, or takes it off.
///
/// # Errors
/// When the list can't be written.
pub(crate) fn set(app: &AppHandle, state: &AppState, on: bool) -> Result<(), Failure> {
    write(app, state, on).map_err(|why| {
        let message = format!("The list of programs that start with the desktop can't be changed: {why}.");
        Failure::new("start_at_login", message, "Change it in the system's own settings.")
    })
}

/// The entry starts this very program, and with the data folder that is open now where that is not the usual one.
#[cfg(target_os = "linux")]
fn write(app: &AppHandle, state: &AppState, on: bool) -> Result<(), String> {
    let folder = app.path().config_dir().map_err(|error| error.to_string())?.join("autostart");
    let put = || {
        let program = app.env().appimage.map_or_else(std::env::current_exe, |image| Ok(image.into()))?;
        let data_dir = &state.startup.data_dir;
        let usual = cueline_live::default_data_folder().and_then(|usual| usual.canonicalize().ok());
        let mut command = vec![program.as_os_str()];
        if usual.as_ref() != Some(data_dir) {
            command.extend(["--data-dir".as_ref(), data_dir.as_os_str()]);
        }
        autostart_entry::put(&folder, &command)
    };
    let written = if on { put() } else { autostart_entry::take_away(&folder) };
    written.map_err(|error| error.to_string())
}

#[cfg(not(target_os = "linux"))]
fn write(app: &AppHandle, _state: &AppState, on: bool) -> Result<(), String> {
    let list = app.autolaunch();
    let written = if on { list.enable() } else { list.disable() };
    written.map_err(|error| error.to_string())
}
