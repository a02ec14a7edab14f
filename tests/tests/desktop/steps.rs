//! What the tests of the desktop share: settings that are switched, a call that runs.

use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, repository};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

/// How long the window may take to show what it knows already.
pub(crate) const SOON: Duration = Duration::from_secs(20);
/// How long the sample call may take to say a thing: its 60 seconds, and a busy machine.
pub(crate) const IN_THE_CALL: Duration = Duration::from_secs(120);

/// The arguments of a start that plays the sample call at once.
pub(crate) fn playing_the_sample_call() -> [String; 4] {
    let sample = |kind: &str| format!("{}/src-tauri/sample/sample-call.{kind}", repository().display());
    ["--replay".to_owned(), sample("wav"), "--context".to_owned(), sample("json")]
}

#[track_caller]
pub(crate) fn appears(window: &AppWindow, testid: &str) {
    window.until(&format!("`{testid}` is there"), IN_THE_CALL, || window.has(testid).then_some(()));
}

#[track_caller]
pub(crate) fn goes(window: &AppWindow, testid: &str) {
    window.until(&format!("`{testid}` has gone"), SOON, || (!window.has(testid)).then_some(()));
}

/// Waits until the call is paused and can go on: while the one is being done, the window does not ask for the other.
#[track_caller]
pub(crate) fn pauses(window: &AppWindow) {
    appears(window, "pause-banner");
    window.until("the call can go on", SOON, || {
        (window.count("[data-testid=pause]:not(:disabled)") > 0).then_some(())
    });
}

/// Whether a box in the settings is ticked.
pub(crate) fn is_ticked(window: &AppWindow, testid: &str) -> bool {
    let ticked = "return document.querySelector(`[data-testid=${arguments[0]}]`).checked;";
    window.run(ticked, vec![json!(testid)]) == json!(true)
}

/// Clicks a box in the settings and waits until the choice is kept.
#[track_caller]
pub(crate) fn switch(window: &AppWindow, user: &Cueline, testid: &str, on: bool) {
    assert_eq!(is_ticked(window, testid), !on, "`{testid}` was to be switched");
    window.click(&format!("[data-testid={testid}]"), SOON);
    let kept = format!("{} = {on}", testid.replace('-', "_"));
    window.until(&format!("`{kept}` is kept"), SOON, || settings_of(user).contains(&kept).then_some(()));
}

/// What a user chose, as it is kept.
pub(crate) fn settings_of(user: &Cueline) -> String {
    fs::read_to_string(user.data_dir().join("settings.toml")).expect("settings are kept")
}

/// What was told of a user's one call, in order.
pub(crate) fn events_of_the_call(user: &Cueline) -> Vec<Value> {
    let told = |arguments: &[&str]| -> Value {
        let outcome = user.run(arguments);
        serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{arguments:?}: {}", outcome.err))
    };
    let listed = told(&["calls", "list", "--json"]);
    let id = listed[0]["id"].as_str().expect("a call is kept");
    told(&["calls", "show", id, "--json"])["events"].as_array().expect("a list").clone()
}
