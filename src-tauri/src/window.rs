use crate::state::AppState;
use std::path::Path;
use std::sync::Arc;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// Opens the main window as `tauri.conf.json` describes it.
///
/// It shows the pages that are built into the program and goes nowhere else: no other address, no second window, no
/// download. The content security policy keeps the pages from loading anything; this keeps the window from leaving.
///
/// # Errors
/// When the system can't open a window.
pub(crate) fn open(app: &App, data_dir: &Path) -> tauri::Result<()> {
    let config = &app.config().app;
    for window in &config.windows {
        let window = WebviewWindowBuilder::from_config(app, window)?
            .data_directory(data_dir.join("window"))
            .on_navigation(stays)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .build()?;
        app.state::<Arc<AppState>>().compact.restore(&window)?;
        let leaving = window.clone();
        window.on_window_event(move |event| {
            if let WindowEvent::CloseRequested { .. } = event {
                leaving.state::<Arc<AppState>>().compact.leave(&leaving);
            }
        });
    }
    Ok(())
}

/// The main window, while there is one.
pub(crate) fn main(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window("main")
}

/// Shows the window above the others and gives it the keyboard.
pub(crate) fn bring_to_front(app: &AppHandle) {
    let front = |window: WebviewWindow| {
        window.unminimize()?;
        window.show()?;
        window.set_focus()
    };
    if let Some(Err(error)) = main(app).map(front) {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Whether the window may go to an address. Of a refused one the log has the host alone: the rest may be anything.
fn stays(url: &Url) -> bool {
    let stays = is_built_in(url);
    if !stays {
        tracing::warn!(scheme = url.scheme(), host = url.host_str(), "refused to leave the built-in pages");
    }
    stays
}

/// True for the addresses under which Tauri serves the built-in pages: its own scheme, or on Windows a host name of
/// its own that no name server knows. While the pages are developed they come from Vite on this machine.
fn is_built_in(url: &Url) -> bool {
    let tauri_host = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    let vite = cfg!(dev) && url.host_str() == Some("localhost");
    tauri_host || vite
}

#[cfg(test)]
mod tests {
    use super::is_built_in;

    #[test]
    fn only_the_built_in_pages_are_shown() {
        for (address, shown) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/calls", true),
            ("http://tauri.localhost/", true),
            ("https://example.org/", false),
            ("http://127.0.0.1:8080/", false),
            ("http://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
        ] {
            assert_eq!(is_built_in(&address.parse().unwrap()), shown, "{address}");
        }
    }
}
