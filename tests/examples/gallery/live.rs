//! The live call, in each colour and size with a call of its own.

use crate::picture::{IN_THE_CALL, SOON, open, picture};
use cueline_tests::Cueline;
use cueline_tests::webdriver::AppWindow;

const F9: &str = "\u{e039}";

/// The docked window, as in the sketches.
const DOCKED: (u32, u32) = (380, 900);
const WIDE: (u32, u32) = (1120, 780);
const REVIEW: (u32, u32) = (1270, 860);

/// Makes these pictures.
pub(crate) fn make() {
    dark();
    large_text();
    light();
}

/// Plays the sample call up to its first card.
fn call_with_a_card(window: &AppWindow) {
    window.text("[data-testid=sample-call]", SOON);
    // Where the text is larger the page is zoomed, and the web view's coordinates are not those of its elements.
    window.run("document.querySelector('[data-testid=sample-call]').click()", Vec::new());
    window.until("a card is up", IN_THE_CALL, || {
        (window.count("[data-testid=now-card][data-cue] [data-testid=card-done]") > 0).then_some(())
    });
}

fn light() {
    let user = Cueline::new();
    let window = open(&user, "theme = \"light\"\nfirst_run_done = true\nrole = \"team_lead\"\n");
    call_with_a_card(&window);
    window.resize(DOCKED);
    picture(&window, "live-light");
    window.press(F9);
    window.until("the window is small", SOON, || {
        (window.run("return window.innerHeight < 240", Vec::new()) == true).then_some(())
    });
    picture(&window, "compact");
    window.press(F9);
    window.resize(WIDE);
    picture(&window, "live-wide");
    window.text("[data-testid=clue]", IN_THE_CALL);
    window.click("[data-testid=end-call]", SOON);
    window.text("[data-testid=wrap-up]", IN_THE_CALL);
    picture(&window, "wrap-up");
    session_log(&window, "session-log");
}

/// The log of the call that has just ended, with a pin open.
fn session_log(window: &AppWindow, name: &str) {
    window.resize(REVIEW);
    window.click("[data-testid=open-log]", SOON);
    window.click("[data-testid=cue-pin][data-cue='trig.dispute']", SOON);
    window.until("the waveform is drawn", SOON, || {
        (window.count("[data-testid=timeline] svg path") > 0).then_some(())
    });
    picture(window, name);
}

fn dark() {
    let user = Cueline::new();
    let window = open(&user, "theme = \"dark\"\nfirst_run_done = true\nrole = \"team_lead\"\n");
    call_with_a_card(&window);
    window.resize(DOCKED);
    picture(&window, "live-dark");
    window.text("[data-testid=clue]", IN_THE_CALL);
    window.resize(WIDE);
    window.click("[data-testid=end-call]", SOON);
    window.text("[data-testid=wrap-up]", IN_THE_CALL);
    session_log(&window, "session-log-dark");
}

fn large_text() {
    let user = Cueline::new();
    let window = open(&user, "theme = \"light\"\ntext_size = 125\nfirst_run_done = true\n");
    call_with_a_card(&window);
    window.resize(DOCKED);
    picture(&window, "live-125");
}
