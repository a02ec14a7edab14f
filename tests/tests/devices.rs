//! Real audio devices: a call played into a virtual microphone and a virtual headset, captured by `cueline live`.

use cueline_events::{CallEvent, Lane};
use cueline_tests::{Cueline, LiveProcess, Pulse, Recording, assert_same_cues, said};

/// What the devices carry is what the file holds, so the live call raises the cues that a replay raises.
#[test]
fn a_captured_call_raises_the_cues_of_its_replay() {
    let sample = Recording::sample_call();
    let captured = captured_whole(&sample);
    let replayed = Cueline::new().replay(sample.file(), &["--context", sample.script(), "--no-log"]);
    for lane in [Lane::Agent, Lane::Customer] {
        let (heard, expected) = (said(&captured, lane), said(&replayed, lane));
        let missing = expected.split_whitespace().filter(|word| !heard.contains(word)).count();
        let words = expected.split_whitespace().count();
        assert!(missing * 4 <= words, "{lane:?}: {missing} of {words} words are missing: {heard}");
    }
    assert_same_cues(&captured, &replayed, "captured");
}

/// The call as the devices carried it. A sound server that gets no time to run drops sound, and the log says so; what
/// was dropped can't be heard, so the call is then played again.
fn captured_whole(sample: &Recording) -> Vec<CallEvent> {
    for _ in 0..3 {
        let captured = captured(sample);
        if !captured.iter().any(|event| matches!(event, CallEvent::Gap { .. })) {
            return captured;
        }
    }
    panic!("sound was lost in each of three calls");
}

fn captured(sample: &Recording) -> Vec<CallEvent> {
    let pulse = Pulse::start();
    let user = Cueline::new();
    let (agent, customer) = sample.lanes_as_files();
    let mut command = user.command(&[
        "live",
        "--agent",
        &format!("pulseaudio:{}", Pulse::MICROPHONE),
        "--customer",
        &format!("pulseaudio:{}.monitor", Pulse::HEADSET),
        "--context",
        sample.script(),
        "--json",
    ]);
    command.envs(pulse.environment());
    let mut live = LiveProcess::start(command);
    live.wait_for("the call to start", |event| matches!(event, CallEvent::CallStarted { .. }));
    let mut players = [pulse.play(&agent, Pulse::MICROPHONE_FEED), pulse.play(&customer, Pulse::HEADSET)];
    for player in &mut players {
        assert!(player.wait().unwrap().success());
    }
    let captured = live.end();
    let listed = user.run(&["calls", "list"]);
    assert_eq!(listed.out.lines().count(), 1, "one call is in the log: {}", listed.out);
    captured
}

/// A headset is unplugged and plugged in again: the call goes on and the gap is in the log.
#[test]
fn a_device_lost_in_mid_call_is_told_and_found_again() {
    let pulse = Pulse::start();
    let user = Cueline::new();
    let mut command = user.command(&[
        "live",
        "--json",
        "--no-log",
        "--agent",
        &format!("pulseaudio:{}", Pulse::MICROPHONE),
    ]);
    command.args(["--customer", "pulseaudio:second_headset.monitor"]).envs(pulse.environment());
    let headset = ["module-null-sink", "sink_name=second_headset", "rate=48000"];
    let number = pulse.load(&headset);
    let mut live = LiveProcess::start(command);
    live.wait_for("the call to start", |event| matches!(event, CallEvent::CallStarted { .. }));
    pulse.unload(&number);
    live.wait_for("the loss to be told", |event| is_notice(event, "device_lost"));
    pulse.load(&headset);
    live.wait_for("the device to be found again", |event| is_notice(event, "device_found"));
    live.wait_for("the gap", |event| matches!(event, CallEvent::Gap { .. }));
    live.end();
}

#[test]
fn without_a_sound_system_the_error_says_so() {
    let user = Cueline::new();
    let mut command = user.command(&["devices"]);
    command.env("PULSE_SERVER", "unix:/nonexistent").env("XDG_RUNTIME_DIR", "/nonexistent");
    let outcome = cueline_tests::Outcome::of(command.output().unwrap());
    assert_ne!(outcome.code, 2);
    assert!(!outcome.err.contains("panicked"), "{}", outcome.err);
}

fn is_notice(event: &CallEvent, code: &str) -> bool {
    matches!(event, CallEvent::Notice(notice) if notice.code == code)
}
