use crate::requests::{KeyAction, send_key};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{App, AppHandle};

/// Puts Cueline into the desktop's tray. A desktop without one changes nothing else.
///
/// # Errors
/// When the system refuses the icon or its menu.
pub(crate) fn show(app: &App) -> tauri::Result<()> {
    if !is_possible() {
        tracing::info!("this desktop has no tray that Cueline can use");
        return Ok(());
    }
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let menu = Menu::with_items(
        app,
        &[
            &item("show", "Show Cueline")?,
            &item("compact", "Compact")?,
            &item("pause", "Pause")?,
            &PredefinedMenuItem::separator(app)?,
            &item("quit", "Quit")?,
        ],
    )?;
    let tray = TrayIconBuilder::new().menu(&menu).tooltip("Cueline").on_menu_event(|app, event| {
        choose(app, event.id().as_ref());
    });
    let icon = app.default_window_icon().cloned();
    let tray = if let Some(icon) = icon { tray.icon(icon) } else { tray };
    tray.build(app).map(drop)
}

fn choose(app: &AppHandle, item: &str) {
    match item {
        "show" => crate::window::bring_to_front(app),
        "compact" => send_key(app, KeyAction::Compact),
        "pause" => send_key(app, KeyAction::Pause),
        "quit" => app.exit(0),
        _ => {}
    }
}

/// Tauri's tray loads this library when it is first used, and panics where there is none. The names are those that it
/// looks for.
#[cfg(target_os = "linux")]
fn is_possible() -> bool {
    let loads = |name: &&str| {
        // SAFETY: these are plain GTK libraries; their initialisers do nothing but register types.
        unsafe { libloading::Library::new(*name) }.is_ok()
    };
    ["libayatana-appindicator3.so.1", "libappindicator3.so.1"].iter().any(loads)
}

#[cfg(not(target_os = "linux"))]
fn is_possible() -> bool {
    true
}
