//! What is seen without any call: the guide, the form before a call, the settings, a team lead's retention rules.

use crate::picture::{SOON, open, picture, settle_for};
use cueline_tests::webdriver::{AppWindow, Launch};
use cueline_tests::{Cueline, Pulse};

/// Makes these pictures.
pub(crate) fn make() {
    guide();
    let pulse = Pulse::start();
    before_call(&pulse);
    settings(&pulse);
    retention();
}

fn guide() {
    // The guide comes up where there are no settings yet.
    let user = Cueline::new();
    let window = AppWindow::of(&user, &[]);
    window.text("[data-testid=first-run]", SOON);
    picture(&window, "guide");
}

/// The app of somebody with a microphone and a headset.
fn open_with_sound(user: &Cueline, pulse: &Pulse, theme: &str, arguments: &[&str]) -> AppWindow {
    settle_for(user, &format!("theme = \"{theme}\"\nfirst_run_done = true\nagent_name = \"Marcus\"\n"));
    let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
    let arguments = [&["--data-dir", data_dir], arguments].concat();
    let environment =
        [pulse.environment(), vec![("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into())]].concat();
    AppWindow::open(&Launch { arguments: &arguments, environment: &environment, scratch: user.data_dir() })
}

fn before_call(pulse: &Pulse) {
    let user = Cueline::new();
    let known = "mode=third_party,creditor=Harbor Lane,agency=Lakeside Services,debt_type=store card,amount=240,\
                 customer_name=Robin Hale,jurisdiction=US-IL";
    let window = open_with_sound(&user, pulse, "light", &["--context", known]);
    window.choose("[data-testid=device-agent]", &format!("pulseaudio:{}", Pulse::MICROPHONE));
    window.choose("[data-testid=device-customer]", &format!("pulseaudio:{}.monitor", Pulse::HEADSET));
    window.resize((420, 860));
    picture(&window, "before-call");
}

fn settings(pulse: &Pulse) {
    let user = Cueline::new();
    for (theme, name) in [("light", "settings"), ("dark", "settings-dark")] {
        let window = open_with_sound(&user, pulse, theme, &[]);
        window.click("[data-testid=settings]", SOON);
        window.text("[data-testid=role-guard]", SOON);
        picture(&window, name);
    }
}

fn retention() {
    let user = Cueline::new();
    let window = open(&user, "theme = \"light\"\nfirst_run_done = true\nrole = \"team_lead\"\n");
    window.click("[data-testid=settings]", SOON);
    window.text("[data-testid=retention-in-force]", SOON);
    window.click("[data-testid=retention-reg-f]", SOON);
    window.click("[data-testid=retention-preview]", SOON);
    window.text("[data-testid=retention-counts]", SOON);
    window.run(
        "document.querySelector('[data-testid=retention]').scrollIntoView({ block: 'center' })",
        Vec::new(),
    );
    picture(&window, "retention");
}
