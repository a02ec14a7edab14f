//! What all pictures are made with.

use crate::small_png::shrink;
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, repository};
use std::fs;
use std::time::Duration;

/// How long the window may take to show what it knows already.
pub(crate) const SOON: Duration = Duration::from_secs(20);
/// How long the sample call may take to say a thing: its 60 seconds, and a busy machine.
pub(crate) const IN_THE_CALL: Duration = Duration::from_secs(120);

/// Writes the settings that the app starts with.
pub(crate) fn settle_for(user: &Cueline, settings: &str) {
    fs::write(user.data_dir().join("settings.toml"), settings).expect("the data folder can be written");
}

/// The app with these settings.
pub(crate) fn open(user: &Cueline, settings: &str) -> AppWindow {
    settle_for(user, settings);
    AppWindow::of(user, &[])
}

/// Takes a picture of the window as it is.
pub(crate) fn picture(window: &AppWindow, name: &str) {
    window.settle();
    let file = repository().join("ui/screenshots").join(format!("{name}.png"));
    window.screenshot(&file);
    shrink(&file);
}
