//! What the tests of the review share: calls that are kept, and what somebody does at the window.

use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Outcome, Recording};
use serde_json::json;
use std::fs;
use std::sync::LazyLock;
use std::time::Duration;

/// How long the window may take to show what it knows already.
pub(crate) const SOON: Duration = Duration::from_secs(20);
/// Somebody in whose log two calls are: Robin Hale's, and one of a customer called Ines Calder. Made once, since each is
/// transcribed.
static CALLED: LazyLock<Cueline> = LazyLock::new(|| {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let other = "mode=third_party,communication=subsequent,creditor=Harbor Lane,customer_name=Ines Calder";
    for context in [sample.script(), other] {
        keep_call(&user, &sample, context);
    }
    user
});

/// A recorded call of an agent called Mo.
pub(crate) fn keep_call(user: &Cueline, recording: &Recording, context: &str) {
    let file = recording.file().to_str().expect("a UTF-8 path");
    let replay = ["replay", file, "--context", context, "--pace", "max"];
    let ended = Outcome::of(user.command(&replay).env("USER", "Mo").output().expect("cueline starts"));
    assert_eq!(ended.code, 0, "{}", ended.err);
}

/// A team lead with a copy of those two calls.
pub(crate) fn lead_with_two_calls() -> Cueline {
    let user = Cueline::new();
    user.takes_over(CALLED.data_dir(), "");
    is_somebody(&user, "Ana", "team_lead");
    user
}

/// Who is at the window from its next start on.
pub(crate) fn is_somebody(user: &Cueline, name: &str, role: &str) {
    let settings =
        format!("first_run_done = true\nimprove_calls = false\nagent_name = \"{name}\"\nrole = \"{role}\"\n");
    fs::write(user.data_dir().join("settings.toml"), settings).expect("the data folder can be written");
}

/// Opens the session logs at a customer's call.
pub(crate) fn open_call(window: &AppWindow, customer: &str) {
    appears(window, "[data-testid=call-list] [data-testid=call-row]");
    window.until(&format!("{customer}'s call opens"), SOON, || {
        let row = "const row = [...document.querySelectorAll('[data-testid=call-row]')].find((row) => row.innerText.includes(arguments[0]));
            row?.click(); return row !== undefined;";
        (window.run(row, vec![json!(customer)]) == json!(true)).then_some(())
    });
    window.until(&format!("{customer}'s call is there"), SOON, || {
        let there =
            "return document.querySelector('#review-title')?.innerText.includes(arguments[0]) ?? false;";
        (window.run(there, vec![json!(customer)]) == json!(true)).then_some(())
    });
    appears(window, "[data-testid=score-item]");
}

/// Unfolds an item of the scorecard and marks it for what follows.
pub(crate) fn unfold(window: &AppWindow, item: &str) {
    window.run(
        "const row = [...document.querySelectorAll('[data-testid=score-item]')].find((row) => row.dataset.item.startsWith(arguments[0]));
         row.dataset.chosen = true; row.querySelector('button').click();",
        vec![json!(item)],
    );
}

/// Gives points to the item that is unfolded.
pub(crate) fn give(window: &AppWindow, points: &str, reason: &str) {
    window.type_into("[data-chosen] [name=points]", points);
    window.type_into("[data-chosen] [name=reason]", reason);
    window.click("[data-chosen] [data-testid=give-points]", SOON);
}

#[track_caller]
pub(crate) fn appears(window: &AppWindow, css: &str) {
    window.until(&format!("`{css}` is there"), SOON, || (window.count(css) > 0).then_some(()));
}

#[track_caller]
pub(crate) fn is_accessible(window: &AppWindow, screen: &str) {
    window.settle();
    assert_eq!(window.accessibility_faults(), Vec::<String>::new(), "{screen}");
}

/// A key where nothing is typed in: the page has the keyboard.
pub(crate) fn press(window: &AppWindow, key: &str) {
    window.run("document.activeElement?.blur()", Vec::new());
    window.press(key);
}
