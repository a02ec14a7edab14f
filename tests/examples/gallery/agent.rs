//! What an agent sees outside a call: the guide, the form before a call, the settings.

use crate::picture::{SOON, open, picture, settle_for};
use cueline_tests::webdriver::{AppWindow, Launch};
use cueline_tests::{Cueline, Pulse};

/// Makes these pictures.
pub(crate) fn make() {
    guide();
    before_call();
    settings();
}

fn guide() {
    // The guide comes up where there are no settings yet.
    let user = Cueline::new();
    let window = AppWindow::of(&user, &[]);
    window.text("[data-testid=first-run]", SOON);
    window.click("[data-testid=guide-next]", SOON);
    window.text("[data-testid=guide-step-model][data-state=done]", SOON);
    picture(&window, "guide");
}

/// With a microphone and a headset, filled in from the command line.
fn before_call() {
    let user = Cueline::new();
    let pulse = Pulse::start();
    settle_for(&user, "theme = \"light\"\nfirst_run_done = true\nagent_name = \"Marcus\"\n");
    let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
    let known = "mode=third_party,creditor=Harbor Lane,agency=Lakeside Services,debt_type=store card,amount=240,\
                 customer_name=Robin Hale,jurisdiction=US-IL";
    let environment =
        [pulse.environment(), vec![("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into())]].concat();
    let window = AppWindow::open(&Launch {
        arguments: &["--data-dir", data_dir, "--context", known],
        environment: &environment,
        scratch: user.data_dir(),
    });
    window.choose("[data-testid=device-agent]", &format!("pulseaudio:{}", Pulse::MICROPHONE));
    window.choose("[data-testid=device-customer]", &format!("pulseaudio:{}.monitor", Pulse::HEADSET));
    picture(&window, "before-call");
}

fn settings() {
    let user = Cueline::new();
    for (theme, name) in [("light", "settings"), ("dark", "settings-dark")] {
        let settings = format!("theme = \"{theme}\"\nfirst_run_done = true\nagent_name = \"Marcus\"\n");
        let window = open(&user, &settings);
        window.click("[data-testid=settings]", SOON);
        window.text("[data-testid=role-guard]", SOON);
        picture(&window, name);
    }
}
