//! The real window with real audio devices: the sound check, a device that is lost in mid-call, no devices at all.
#![cfg(target_os = "linux")]

use cueline_tests::webdriver::{AppWindow, Launch};
use cueline_tests::{Cueline, Pulse, Recording};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// How long the window may take to show what it knows already.
const SOON: Duration = Duration::from_secs(20);
/// How long a device may take to be missed or found again.
const A_WHILE: Duration = Duration::from_secs(60);

fn open(user: &Cueline, environment: &[(&str, PathBuf)]) -> AppWindow {
    let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
    let passphrase = ("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into());
    let environment = [environment, &[passphrase]].concat();
    AppWindow::open(&Launch {
        arguments: &["--data-dir", data_dir],
        environment: &environment,
        scratch: user.data_dir(),
    })
}

/// Chooses the device and waits until it is the one whose level is shown.
fn choose(window: &AppWindow, lane: &str, device: &str) {
    let css = format!("[data-testid=device-{lane}]");
    window.choose(&css, device);
    window.until("the choice is shown", SOON, || {
        let value = "return document.querySelector(arguments[0]).value";
        (window.run(value, vec![json!(css)]) == json!(device)).then_some(())
    });
}

fn verdict(window: &AppWindow) -> String {
    window.until("the check has found something", SOON, || {
        let idle = "return document.querySelector('[data-testid=sound-check]').getAttribute('aria-disabled')";
        (window.run(idle, Vec::new()) == json!("false")).then_some(())
    });
    window.text("[data-testid=sound-verdict]", SOON)
}

/// The agent's voice without the silence before it.
fn voice(sample: &Recording) -> PathBuf {
    let (samples, rate) = sample.samples();
    let agent = samples.iter().copied().step_by(2);
    sample.rewritten("voice.wav", 1, rate, agent.skip_while(|sample| sample.unsigned_abs() < 2000))
}

#[test]
fn the_sound_check_tells_heard_from_silent() {
    let pulse = Pulse::start();
    let user = Cueline::without_models();
    let window = open(&user, &pulse.environment());
    window.click("[data-testid=guide-step-sound] button", SOON);
    let microphone = format!("pulseaudio:{}", Pulse::MICROPHONE);
    let headset = format!("pulseaudio:{}.monitor", Pulse::HEADSET);
    choose(&window, "agent", &microphone);
    choose(&window, "customer", &headset);

    let sample = Recording::sample_call();
    let voice = voice(&sample);
    window.click("[data-testid=sound-check]", SOON);
    window.until("the agent is asked to speak", SOON, || {
        window.text("[data-testid=sound-phase]", SOON).starts_with("Now say").then_some(())
    });
    let mut player = pulse.play(&voice, Pulse::MICROPHONE_FEED);
    assert_eq!(verdict(&window), "Both sides are heard.");
    player.kill().expect("the player is ours");
    player.wait().expect("the player is ours");

    // The tones go to the headset, so another output is silent; and this time nobody speaks.
    choose(&window, "customer", &format!("pulseaudio:{}.monitor", Pulse::MICROPHONE_FEED));
    window.click("[data-testid=sound-check]", SOON);
    let found = verdict(&window);
    assert!(found.contains("The customer's side is silent: choose another output."), "{found}");
    assert!(found.contains("Your microphone is silent: see whether it is muted"), "{found}");
}

#[test]
fn a_device_lost_in_mid_call_is_told_in_place_and_the_gap_is_in_the_log() {
    let pulse = Pulse::start();
    let headset = ["module-null-sink", "sink_name=second_headset", "rate=48000"];
    let number = pulse.load(&headset);
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = open(&user, &pulse.environment());
    choose(&window, "agent", &format!("pulseaudio:{}", Pulse::MICROPHONE));
    choose(&window, "customer", "pulseaudio:second_headset.monitor");
    window.click("[data-testid=start-call]", SOON);
    window.text("[data-testid=transcript]", A_WHILE);

    let told = |what: &str| {
        window.until(&format!("the window says `{what}`"), A_WHILE, || {
            window.text("[data-testid=notice]", A_WHILE).contains(what).then_some(())
        });
    };
    pulse.unload(&number);
    told("is gone");
    pulse.load(&headset);
    told("audio is back");
    window.click("[data-testid=end-call]", SOON);
    window.click("[data-testid=open-log]", A_WHILE);
    window.until("the log has the gap", SOON, || {
        window.text("[data-testid=review]", SOON).contains("of the customer's sound is missing").then_some(())
    });
}

#[test]
fn without_devices_the_form_says_what_to_plug_in() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let nowhere = PathBuf::from("/nonexistent");
    let window =
        open(&user, &[("PULSE_SERVER", "unix:/nonexistent".into()), ("PULSE_RUNTIME_PATH", nowhere)]);
    let agent = window.text("[data-testid=fault-agent]", SOON);
    let customer = window.text("[data-testid=fault-customer]", SOON);
    assert!(agent.to_lowercase().contains("microphone"), "{agent}");
    assert!(customer.to_lowercase().contains("customer"), "{customer}");
}
