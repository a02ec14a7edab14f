//! Shortcuts that work while another program has the keyboard.

use crate::steps::{
    IN_THE_CALL, SOON, appears, events_of_the_call, goes, is_ticked, pauses, settings_of, switch,
};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{AnotherProgram, Cueline, Display};
use serde_json::json;

/// The keys that Cueline takes, each with Ctrl and Alt.
const KEYS: [char; 5] = ['p', '1', '2', '3', 'c'];

fn open_settings(window: &AppWindow) {
    window.click("[data-testid=settings]", SOON);
    appears(window, "settings-screen");
}

fn keys_that_can_be_taken(other: &AnotherProgram) -> Vec<char> {
    let free = KEYS.into_iter().filter(|&key| other.takes_ctrl_alt(key)).collect::<Vec<_>>();
    free.iter().for_each(|&key| other.gives_back_ctrl_alt(key));
    free
}

#[test]
fn a_call_is_led_by_keys_while_another_program_has_the_keyboard() {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = AppWindow::of(&user, &[]);
    open_settings(&window);
    switch(&window, &user, "global-keys", true);
    window.click("[data-testid=back]", SOON);
    window.click("[data-testid=sample-call]", SOON);
    appears(&window, "call-clock");

    let other = AnotherProgram::on(window.display());
    other.reads_what_is_typed('p');
    other.press_ctrl_alt('p');
    pauses(&window);
    other.press_ctrl_alt('p');
    goes(&window, "pause-banner");

    other.press_ctrl_alt('c');
    appears(&window, "compact-line");
    other.press_ctrl_alt('c');
    goes(&window, "compact-line");

    let card = |window: &AppWindow| {
        let shown = "return document.querySelector('[data-testid=now-card]')?.dataset.cue ?? null";
        window.run(shown, Vec::new())
    };
    let shown = window.until("a card is up", IN_THE_CALL, || card(&window).as_str().map(str::to_owned));
    other.press_ctrl_alt('1');
    window.until("the card that is done has gone", SOON, || (card(&window) != json!(shown)).then_some(()));
    assert!(other.has_the_keyboard(), "no key was taken from the other program for good");
    other.reads_what_is_typed('p');
    assert_eq!(window.count("[data-testid=pause-banner]"), 0, "a key alone is the other program's");
    window.click("[data-testid=end-call]", SOON);
    window.click("[data-testid=open-log]", IN_THE_CALL);
    let log = window.text("[data-testid=review]", SOON);
    assert!(log.contains("Ledger intact"), "{log}");
    let told = events_of_the_call(&user);
    let kinds = ["paused", "resumed"].map(|kind| told.iter().filter(|event| event["type"] == kind).count());
    assert_eq!(kinds, [1, 1], "each key was pressed once: {told:?}");
    assert!(told.iter().any(|event| event["cue"] == shown && event["event"] == "dismissed"), "{told:?}");
}

#[test]
fn a_key_that_another_program_has_is_named_and_none_is_taken() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let window = AppWindow::of(&user, &[]);
    open_settings(&window);
    assert!(!is_ticked(&window, "global-keys"), "they are off until somebody wants them");
    let other = AnotherProgram::on(window.display());
    assert_eq!(keys_that_can_be_taken(&other), KEYS);

    assert!(other.takes_ctrl_alt('2'));
    window.click("[data-testid=global-keys]", SOON);
    let notice = window.text("[data-testid=notice]", SOON);
    assert!(notice.contains("another program has Ctrl+Alt+2"), "{notice}");
    window.until("the box is empty again", SOON, || (!is_ticked(&window, "global-keys")).then_some(()));
    assert!(!settings_of(&user).contains("global_keys = true"), "{}", settings_of(&user));
    assert_eq!(keys_that_can_be_taken(&other), KEYS, "half of the keys would be a riddle");

    other.gives_back_ctrl_alt('2');
    switch(&window, &user, "global-keys", true);
    window.until("the notice has gone", SOON, || (window.count("[data-testid=notice]") == 0).then_some(()));
    assert!(keys_that_can_be_taken(&other).is_empty(), "all are Cueline's");
    switch(&window, &user, "global-keys", false);
    assert_eq!(keys_that_can_be_taken(&other), KEYS, "all are given back");
}

#[test]
fn keys_that_were_wanted_are_there_from_the_next_start_on_or_it_is_said_why_not() {
    let user = Cueline::without_models();
    std::fs::write(user.data_dir().join("settings.toml"), "first_run_done = true\nglobal_keys = true\n")
        .expect("the data folder can be written");
    let window = AppWindow::of(&user, &[]);
    let other = AnotherProgram::on(window.display());
    window.until("no key comes to another program any more", SOON, || {
        KEYS.into_iter().all(|key| !other.reads_ctrl_alt(key)).then_some(())
    });
    assert!(keys_that_can_be_taken(&other).is_empty(), "all are Cueline's");
    drop((other, window));

    let display = Display::start();
    let other = AnotherProgram::on(&display);
    assert!(other.takes_ctrl_alt('c'));
    let window = AppWindow::on(display, &user, &[], Vec::new());
    let notice = window.text("[data-testid=notice]", SOON);
    assert!(notice.contains("another program has Ctrl+Alt+C"), "{notice}");
    other.gives_back_ctrl_alt('c');
    assert_eq!(keys_that_can_be_taken(&other), KEYS, "the others are given back as well");
}
