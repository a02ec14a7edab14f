//! The app is killed, or the disk is full, while a lead reviews: what the page had shown as kept is there, what was being written
//! is there whole or not at all, and the store is whole.

use crate::steps::{SOON, appears, lead_with_two_calls, open_call, press, unfold};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Cut, CutOff, How, Step};
use serde_json::{Value, json};

const NOTE: &str = "Thanked the customer first.";
const REASON: &str = "A calm tone throughout.";

/// What people said of Robin Hale's call, the oldest first, as the command line tells it.
fn review(user: &Cueline) -> Vec<Value> {
    let listed = user.run(&["calls", "list", "--customer", "Robin Hale"]);
    let call = listed.out.split_whitespace().next().unwrap_or_else(|| panic!("no call: {}", listed.err));
    let shown = user.run(&["calls", "show", call, "--json"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let record: Value = serde_json::from_str(&shown.out).expect("JSON");
    let entries = record["review"].as_array().cloned().unwrap_or_default();
    entries.into_iter().map(|entry| entry["mark"].clone()).collect()
}

/// A lead marks a call as reviewed, writes a note with a tag and then gives points; from the points on the cut counts.
fn reviews(user: &Cueline, cut_off: &CutOff, cut: Option<Cut>) -> AppWindow {
    let window = AppWindow::with(user, &[], cut_off.environment_to_arm(cut));
    window.click("[data-testid=open-logs]", SOON);
    open_call(&window, "Robin Hale");
    press(&window, "r");
    window.text("[data-testid=reviewed-by]", SOON);
    press(&window, "n");
    window.type_into("[data-testid=note-text]", NOTE);
    window.type_into("[name=tags]", "empathy");
    window.click("[data-testid=keep-coaching]", SOON);
    window.text("[data-testid=coaching-note]", SOON);
    unfold(&window, "Dignity");
    window.type_into("[data-chosen] [name=points]", "4");
    window.type_into("[data-chosen] [name=reason]", REASON);
    cut_off.arm();
    window.run_at_its_peril(
        "document.querySelector('[data-chosen] [data-testid=give-points]').click();",
        Vec::new(),
    );
    window
}

/// The two entries that were shown as kept, and of the third all or nothing.
#[track_caller]
fn is_whole(user: &Cueline, case: &str) -> bool {
    let proved = user.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{case}: {}", proved.err);
    let marks = review(user);
    let note = json!({ "kind": "note", "at": marks[1]["at"], "text": NOTE, "tags": ["empathy"] });
    assert_eq!(marks[..2], [json!({ "kind": "reviewed", "done": true }), note], "{case}");
    let Some(score) = marks.get(2) else { return false };
    assert_eq!((&score["kind"], &score["reason"]), (&json!("score"), &json!(REASON)), "{case}: {score}");
    assert_eq!((score["points"].as_f64(), marks.len()), (Some(4.0), 3), "{case}: {score}");
    true
}

#[test]
fn a_review_that_is_killed_at_any_write_keeps_what_was_shown_as_kept() {
    let user = lead_with_two_calls();
    let cut_off = CutOff::watching(&[&user.data_dir().join("calls.db")]);
    let window = reviews(&user, &cut_off, None);
    window.text("[data-testid=personal-score]", SOON);
    let steps = cut_off.steps();
    drop(window);
    assert!(is_whole(&user, "nothing happened"));
    let syncs = steps.iter().position(|step| matches!(step, Step::Sync(_))).expect("the points are synced");

    let (mut kept, mut lost) = (0, 0);
    for (number, step) in steps.iter().enumerate().map(|(n, step)| (n + 1, step)) {
        // A full disk has a test of its own.
        for &how in step.hows().iter().filter(|how| **how != How::Full) {
            let user = lead_with_two_calls();
            let cut_off = CutOff::watching(&[&user.data_dir().join("calls.db")]);
            let case = format!("{how:?} at step {number} of {}, {step:?}", steps.len());
            let window = reviews(&user, &cut_off, Some(Cut { step: number, how }));
            window.until_gone(SOON);
            drop(window);
            let is_kept = is_whole(&user, &case);
            assert!(is_kept || number <= syncs + 1, "{case}: what was synced is kept");
            kept += u32::from(is_kept);
            lost += u32::from(!is_kept);
        }
    }
    assert!(lost > 5 && kept > 0, "{lost} before the points were written, {kept} after");
}

#[test]
fn a_review_on_a_full_disk_says_so_and_is_kept_once_there_is_room() {
    let user = lead_with_two_calls();
    let cut_off = CutOff::watching(&[&user.data_dir().join("calls.db")]);
    let window = reviews(&user, &cut_off, Some(Cut { step: 1, how: How::Full }));
    let notice = window.text("[data-testid=review] [data-testid=notice]", SOON);
    assert!(notice.contains("full") && notice.contains("Free some space"), "{notice}");
    assert!(!is_whole(&user, "the disk is full"));
    // What was typed is still there, and there is room again.
    cut_off.disarm();
    window.click("[data-chosen] [data-testid=give-points]", SOON);
    appears(&window, "[data-testid=personal-score]");
    drop(window);
    assert!(is_whole(&user, "there is room again"));
}
