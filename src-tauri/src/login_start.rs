//! Starting with the desktop, which is off until the agent wants it.

use crate::failure::Failure;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Wry};
use tauri_plugin_autostart::ManagerExt;

/// What writes the desktop's list of programs.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_autostart::Builder::new().build()
}

/// Puts Cueline on the list of programs that start with the desktop, or takes it off.
///
/// # Errors
/// When the list can't be written.
pub(crate) fn set(app: &AppHandle, on: bool) -> Result<(), Failure> {
    let list = app.autolaunch();
    let written = if on { list.enable() } else { list.disable() };
    written.map_err(|error| {
        let message = format!("The list of programs that start with the desktop can't be changed: {error}.");
        Failure::new("start_at_login", message, "Change it in the system's own settings.")
    })
}
