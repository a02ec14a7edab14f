//! Shortcuts that work while another window has the keyboard. They are the system's only while the agent wants them.

use crate::failure::Failure;
use crate::requests::{KeyAction, send_key};
use std::sync::mpsc;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_global_shortcut::{
    Builder, Code, GlobalShortcut, GlobalShortcutExt, Modifiers, Shortcut, ShortcutEvent, ShortcutState,
};

/// What each one does, and its name for people. All are with Ctrl and Alt.
const KEYS: [(Code, &str, KeyAction); 5] = [
    (Code::KeyP, "Ctrl+Alt+P", KeyAction::Pause),
    (Code::Digit1, "Ctrl+Alt+1", KeyAction::Done),
    (Code::Digit2, "Ctrl+Alt+2", KeyAction::NotNow),
    (Code::Digit3, "Ctrl+Alt+3", KeyAction::Wrong),
    (Code::KeyC, "Ctrl+Alt+C", KeyAction::Compact),
];

/// Takes the shortcuts from the system, or gives them back.
///
/// # Errors
/// When the desktop has none to give, or another program has one of them; none is taken then.
pub(crate) fn set(app: &AppHandle, on: bool) -> Result<(), Failure> {
    if !on {
        // Nothing was taken in a start that never wanted any.
        let taken = app.try_state::<GlobalShortcut<Wry>>();
        return taken.map_or(Ok(()), |keys| give_back(&keys)).map_err(|error| refused(&error.to_string()));
    }
    if is_wayland() {
        return Err(refused("on Wayland no program may have keys while another has the keyboard"));
    }
    prepare(app)?;
    let keys = app.global_shortcut();
    for (code, name, _) in KEYS {
        let shortcut = shortcut(code);
        if keys.is_registered(shortcut) {
            continue;
        }
        if let Err(error) = keys.register(shortcut) {
            tracing::warn!(%error, name, "a global shortcut is taken");
            // What was taken before it is given back: half of them would be a riddle.
            let _ = give_back(keys);
            return Err(refused(&format!("another program has {name}")));
        }
    }
    Ok(())
}

fn give_back(keys: &GlobalShortcut<Wry>) -> Result<(), tauri_plugin_global_shortcut::Error> {
    keys.unregister_all()?;
    // On X11 the last one goes only with whatever is asked next (tauri-apps/global-hotkey#197).
    #[cfg(target_os = "linux")]
    keys.unregister(shortcut(KEYS[0].0))?;
    Ok(())
}

/// The plugin reaches for the system's keyboard, so it is there only once somebody wants it. It has to begin on the
/// main thread.
fn prepare(app: &AppHandle) -> Result<(), Failure> {
    if app.try_state::<GlobalShortcut<Wry>>().is_some() {
        return Ok(());
    }
    let (told, done) = mpsc::channel();
    let main = app.clone();
    let begin = move || {
        let _ = told.send(main.plugin(Builder::<Wry>::new().with_handler(press).build()));
    };
    app.run_on_main_thread(begin).map_err(|error| refused(&error.to_string()))?;
    let begun = done.recv().map_err(|error| refused(&error.to_string()))?;
    begun.map_err(|error| refused(&error.to_string()))
}

fn press(app: &AppHandle, pressed: &Shortcut, event: ShortcutEvent) {
    if event.state() == ShortcutState::Pressed
        && let Some((.., action)) = KEYS.iter().find(|(code, ..)| shortcut(*code) == *pressed)
    {
        send_key(app, *action);
    }
}

fn shortcut(code: Code) -> Shortcut {
    Shortcut::new(Some(Modifiers::CONTROL | Modifiers::ALT), code)
}

fn is_wayland() -> bool {
    cfg!(target_os = "linux")
        && std::env::var_os("WAYLAND_DISPLAY").is_some_and(|display| !display.is_empty())
        && std::env::var_os("GDK_BACKEND").is_none_or(|backend| backend != "x11")
}

fn refused(why: &str) -> Failure {
    let message = format!("The shortcuts for everywhere can't be used: {why}.");
    Failure::new(
        "global_keys",
        message,
        "Use the keys inside Cueline's window, or close the program that has them.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read_is_what_is_registered() {
        for (code, name, _) in KEYS {
            assert_eq!(name.parse::<Shortcut>().unwrap(), shortcut(code));
        }
    }
}
