//! The agent's window as a new agent meets it: the guide, the form before a call, the call with all that stands beside
//! the card, the note after it, settings, links and second starts.
#![cfg(target_os = "linux")]

use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, assert_unreadable, built_program};
use serde_json::json;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// How long the window may take to show what it knows already.
const SOON: Duration = Duration::from_secs(20);
/// How long the sample call may take to say a thing: its 60 seconds, and a busy machine.
const IN_THE_CALL: Duration = Duration::from_secs(120);
/// Keys as WebDriver writes them.
const F8: &str = "\u{e038}";
const F9: &str = "\u{e039}";
const ENTER: &str = "\u{e007}";

/// A second start of the app with the same data folder.
fn start_again(user: &Cueline, arguments: &[&str]) -> Output {
    Command::new(built_program("cueline-app"))
        .args(["--data-dir", user.data_dir().to_str().expect("a UTF-8 path")])
        .args(arguments)
        .env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE)
        .env("XDG_RUNTIME_DIR", user.data_dir())
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("the app starts")
}

#[track_caller]
fn appears(window: &AppWindow, testid: &str) {
    window.until(&format!("`{testid}` is there"), SOON, || window.has(testid).then_some(()));
}

#[track_caller]
fn goes(window: &AppWindow, testid: &str) {
    window.until(&format!("`{testid}` has gone"), SOON, || (!window.has(testid)).then_some(()));
}

#[track_caller]
fn is_accessible(window: &AppWindow, screen: &str) {
    // What is still fading in has less contrast than it will have.
    window.settle();
    assert_eq!(window.accessibility_faults(), Vec::<String>::new(), "{screen}");
}

#[test]
fn a_new_agent_goes_from_the_guide_through_a_call_to_its_note() {
    let user = Cueline::new();
    let window = AppWindow::of(&user, &[]);

    // The guide, with the keyboard alone; the model is there, nobody checks the sound here.
    appears(&window, "first-run");
    is_accessible(&window, "the guide");
    for step in ["model", "sound", "practice"] {
        window.click("[data-testid=guide-next]", SOON);
        window.until("the guide goes on", SOON, || {
            (window.count(&format!("[data-testid=guide-step-{step}] [aria-current=step]")) > 0).then_some(())
        });
    }
    window.text("[data-testid=guide-step-model][data-state=done]", SOON);
    window.click("[data-testid=finish-guide]", SOON);
    appears(&window, "before-call");
    is_accessible(&window, "the form before a call");

    window.click("[data-testid=sample-call]", SOON);
    window.text("[data-testid=transcript]", IN_THE_CALL);
    is_accessible(&window, "the live screen");

    // The agent's own word stands for a disclosure, and is told from a tick.
    window.click("[data-testid=mark-said]", IN_THE_CALL);
    window.until("the row says whose word it is", SOON, || {
        window.text("[data-testid=checklist]", SOON).contains("you said so").then_some(())
    });

    // One key pauses, the same goes on.
    window.press(F8);
    let paused = window.text("[data-testid=pause-banner]", SOON);
    assert!(paused.contains("nothing is transcribed or recorded"), "{paused}");
    window.press(F8);
    goes(&window, "pause-banner");

    // The transcript folds away and back; the small window has the card's line and the checklist's.
    window.press("t");
    window.until("the transcript is folded", SOON, || {
        let open =
            "return document.querySelector('[data-testid=fold-transcript]').getAttribute('aria-expanded');";
        (window.run(open, Vec::new()) == json!("false")).then_some(())
    });
    window.press("t");
    window.press(F9);
    appears(&window, "compact-line");
    window.press(F9);
    goes(&window, "compact-line");
    window.press("?");
    appears(&window, "keys-overview");
    window.press("\u{e00c}");
    goes(&window, "keys-overview");

    // What the customer reveals, and a question that fits.
    window.text("[data-testid=clue]", IN_THE_CALL);
    window.text("[data-testid=question]", SOON);

    // The plan's figures, when nothing silences talk of payment.
    if window.has("open-plan") {
        window.click("[data-testid=open-plan]", SOON);
        appears(&window, "plan-calculator");
        is_accessible(&window, "the calculator");
        window.click("[data-testid=close-plan]", SOON);
    }

    window.click("[data-testid=end-call]", SOON);
    window.text("[data-testid=wrap-up]", IN_THE_CALL);
    is_accessible(&window, "the note after the call");
    window.type_into("[data-testid=note-more]", "Prefers a call after six.");
    window.until("the note is kept", SOON, || {
        (window.count("[data-testid=note-state][data-state=kept]") > 0).then_some(())
    });
    window.click("[data-testid=open-log]", SOON);
    let note = window.text("[data-testid=call-note]", SOON);
    assert!(note.contains("Prefers a call after six."), "{note}");
    let log = window.text("[data-testid=review]", SOON);
    assert!(log.contains("Ledger intact"), "{log}");
    is_accessible(&window, "the session log");

    // Settings, log files, the web view's own files, the store: none has a word, a name or a figure of the call in the clear,
    // while the window is open and once it is closed.
    let said = [
        "Robin",
        "Brightwater",
        "Lakeside",
        "attempt to collect",
        "already paid",
        "store card",
        "60614",
        "call after six",
    ];
    assert_unreadable(user.data_dir(), &said);
    drop(window);
    assert_unreadable(user.data_dir(), &said);
}

#[test]
fn a_context_a_second_start_and_links_fill_in_the_form() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let window = AppWindow::of(
        &user,
        &["--context", "mode=first_party,creditor=Harbor Lane,customer_name=Robin Hale"],
    );
    appears(&window, "filled-in");
    let field = |name: &str| {
        window
            .run("return document.querySelector(`[name=${arguments[0]}]`)?.value ?? null;", vec![json!(name)])
    };
    assert_eq!(field("creditor"), json!("Harbor Lane"));

    // A second start hands its link to the first window and ends.
    let second = start_again(&user, &["cueline://call?mode=third_party&creditor=Northfield%20Bank"]);
    assert_eq!(second.status.code(), Some(0), "{second:?}");
    window.until("the link has filled in the form", SOON, || {
        (field("creditor") == json!("Northfield Bank")).then_some(())
    });

    // What a link says wrongly is named, and what stood there stays.
    let third = start_again(&user, &["cueline://call?creditor=Larkspur&colour=red"]);
    assert_eq!(third.status.code(), Some(0), "{third:?}");
    let notice = window.text("[data-testid=notice]", SOON);
    assert!(notice.contains("colour"), "{notice}");
    assert_eq!(field("creditor"), json!("Northfield Bank"));
}

#[test]
fn settings_are_kept_and_say_where_everything_is() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=settings]", SOON);
    appears(&window, "settings-screen");
    is_accessible(&window, "the settings");
    let data_dir = window.text("[data-testid=data-dir]", SOON);
    assert!(data_dir.contains(user.data_dir().to_str().expect("a UTF-8 path")), "{data_dir}");
    window.run("document.querySelector('[data-testid=text-size] input[value=\"125\"]').click()", Vec::new());
    window.until("the choice is kept", SOON, || {
        let kept = std::fs::read_to_string(user.data_dir().join("settings.toml")).unwrap_or_default();
        kept.contains("text_size = 125").then_some(())
    });
    is_accessible(&window, "the settings in large text");
    window.click("[data-testid=back]", SOON);
    appears(&window, "before-call");
    // Without a model nothing can be transcribed: the form says so in place.
    let start = window.run("return document.querySelector('[data-testid=start-call]').disabled", Vec::new());
    assert_eq!(start, json!(true));
    window.press(ENTER);
    appears(&window, "before-call");
}
