//! The start with the desktop.

use crate::steps::{SOON, appears, is_ticked, switch};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, built_program, files_below};
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn cueline_starts_at_login_only_as_long_as_somebody_wants_it() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let (home, config) = (tempfile::tempdir().expect("a home"), tempfile::tempdir().expect("its settings"));
    let homes = vec![("HOME", home.path().to_owned()), ("XDG_CONFIG_HOME", config.path().to_owned())];
    let window = AppWindow::with(&user, &[], homes);
    let entry = config.path().join("autostart/Cueline.desktop");
    window.click("[data-testid=settings]", SOON);
    appears(&window, "settings-screen");
    assert!(!is_ticked(&window, "start-at-login"), "it is off until somebody wants it");
    assert!(!entry.exists());

    switch(&window, &user, "start-at-login", true);
    let text = fs::read_to_string(&entry).expect("the desktop's list has Cueline");
    assert_eq!(text.lines().next(), Some("[Desktop Entry]"), "{text}");
    assert!(text.contains("\nType=Application\n"), "{text}");
    let command = text.lines().find_map(|line| line.strip_prefix("Exec=")).expect("what is started");
    assert!(command.contains(built_program("cueline-app").to_str().expect("a UTF-8 path")), "{command}");

    // What the desktop would start is this Cueline, with this data folder: it finds the window that is open.
    let started = Command::new("sh")
        .args(["-c", command])
        .env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE)
        .env("XDG_RUNTIME_DIR", user.data_dir())
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env_remove("CUELINE_DATA_DIR")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&started.stderr);
    assert_eq!(started.status.code(), Some(0), "{said}");
    assert!(said.contains("its window was brought to the front"), "{said}");

    switch(&window, &user, "start-at-login", false);
    assert!(!entry.exists(), "it is taken off the list again");
    let elsewhere = files_below(home.path())
        .into_iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "desktop"));
    assert_eq!(elsewhere.count(), 0, "the list is where the desktop looks for it");
}
